"""Word documents (.docx), as Word, WPS, LibreOffice and Google Docs write them."""

from edition.importers.documents.docx.reader import read

__all__ = ["read"]
