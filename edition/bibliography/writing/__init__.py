"""The corrected list as .bib, CSL-JSON and RIS, and the reports of what was done to it."""

from edition.bibliography.writing import appendix, export, order, page, patch, report
from edition.bibliography.writing.romanise import by_pinyin

__all__ = ["appendix", "by_pinyin", "export", "order", "page", "patch", "report"]
