"""The corrected list as .bib, CSL-JSON and RIS, and the reports of what was done to it."""

from edition.bibliography.writing import appendix, export, order
from edition.bibliography.writing.outputs import (
    DECISIONS,
    DIALECTS,
    FORMER,
    GB7714,
    OUTDATED,
    OUTPUTS,
    REFERENCES,
    Order,
    encoded,
    outdated,
    render,
    unwritable,
    write_all,
)
from edition.bibliography.writing.romanise import by_pinyin

__all__ = [
    "DECISIONS",
    "DIALECTS",
    "FORMER",
    "GB7714",
    "OUTDATED",
    "OUTPUTS",
    "Order",
    "REFERENCES",
    "appendix",
    "by_pinyin",
    "encoded",
    "export",
    "order",
    "outdated",
    "render",
    "unwritable",
    "write_all",
]
