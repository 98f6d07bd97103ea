"""Which reader a file is for, by what it holds."""

from __future__ import annotations

from edition.importers.decoding import decode
from edition.importers.documents import docx
from edition.importers.documents.html import decode_page, read_html
from edition.importers.documents.markdown import is_markdown, read_markdown
from edition.importers.documents.model import Document, RefusedError
from edition.importers.documents.signatures import kind_of


def open_document(name: str, data: bytes) -> Document | None:
    """The document in ``data``; None where it is plain text or Markdown, which the importer of
    articles reads by itself. Raises :class:`RefusedError` for what cannot be taken over."""
    match kind_of(data, name):
        case "text":
            text = decode(name, data).file.text
            return read_markdown(text) if is_markdown(name, text) else None
        case "html":
            return read_html(decode_page(name, data))
        case "docx":
            return docx.read(data)
        case kind:
            raise RefusedError(f"files of the kind {kind} are not read yet", "import plain text")
