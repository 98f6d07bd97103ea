"""OpenDocument texts (.odt), as LibreOffice, Word and Google Docs write them."""

from edition.importers.documents.odt.reader import read

__all__ = ["read"]
