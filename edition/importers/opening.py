"""Which reader a file is for, by what it holds."""

from __future__ import annotations

from edition.importers.documents import docx
from edition.importers.documents.model import Document, RefusedError
from edition.importers.documents.signatures import kind_of


def open_document(name: str, data: bytes) -> Document | None:
    """The document in ``data``; None where it is plain text or Markdown, which the importer of
    articles reads by itself. Raises :class:`RefusedError` for what cannot be taken over."""
    match kind_of(data, name):
        case "text" | "html":
            return None
        case "docx":
            return docx.read(data)
        case kind:
            raise RefusedError(f"files of the kind {kind} are not read yet", "import plain text")
