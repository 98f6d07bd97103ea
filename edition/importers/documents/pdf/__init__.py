"""PDF with a text layer: lines as poppler finds them, put in order and joined to paragraphs."""

from edition.importers.documents.pdf.reader import read

__all__ = ["read"]
