"""Which reader a file is for, by what it holds. A reader is loaded when there is a file for it:
with its library and its patterns it may cost more than the file."""

from __future__ import annotations

from typing import Literal, Protocol

from edition.importers.decoding import decode
from edition.importers.documents import plain
from edition.importers.documents.model import Document, RefusedError
from edition.importers.documents.signatures import is_markdown, kind_of

Format = Literal[
    "lines", "wrapped", "markdown", "csv", "tsv", "json"
]  # of text, which bytes leave open


class Programs(Protocol):
    """Programs that read what no library does; they raise :class:`RefusedError`."""

    def layout_of_pdf(self, data: bytes) -> bytes: ...

    def word_of(self, data: bytes, kind: str) -> bytes: ...

    def lacking(self, text: str) -> frozenset[str]: ...


def open_document(
    name: str, data: bytes, format: Format | None = None, programs: Programs | None = None
) -> Document | None:  # fmt: skip
    """The document in ``data``; None where it is plain text, which the importer of
    articles reads by itself. ``format``: of text, in place of what it looks like. Raises
    :class:`RefusedError` for what cannot be taken over."""
    kind = kind_of(data, name)
    if format in ("csv", "tsv", "json"):
        kind = format
    match kind:
        case "text":
            return _text(name, data, format)
        case "html":
            from edition.importers.documents.html import decode_page, read_html

            return read_html(decode_page(name, data))
        case "tei":
            from edition.importers import tei

            return tei.one_language(name, data)
        case "docx":
            from edition.importers.documents import docx

            return docx.read(data)
        case "odt":
            from edition.importers.documents import odt

            return odt.read(data)
        case "epub":
            from edition.importers.documents import epub

            return epub.read(data)
        case "pdf" if programs:
            from edition.importers.documents import pdf
            from edition.importers.documents.archives import parse
            from edition.importers.documents.xml import printable

            return pdf.read(parse(printable(programs.layout_of_pdf(data)), name))
        case "doc" | "rtf" if programs:
            from edition.importers.documents import docx

            return docx.read(programs.word_of(data, kind))
        case "csv" | "tsv" | "xlsx" | "json" | "tmx" | "xliff" | "po":
            from edition.importers.pairs import rows

            return rows.read(kind, name, data)
        case _:
            raise RefusedError(f"a file of the kind {kind} needs a program that reads it",
                               "edition import reads it")  # fmt: skip


def _text(name: str, data: bytes, format: Format | None) -> Document | None:
    """The document of Markdown, and of a text each of whose lines is a paragraph."""
    decoded = decode(name, data)
    if format == "markdown" or (format is None and is_markdown(name, decoded.file.text)):
        from edition.importers.documents.markdown import read_markdown

        return read_markdown(decoded.file.text)
    if format == "lines" or (format is None and plain.lined(decoded.file.text)):
        return plain.read(decoded)
    return None
