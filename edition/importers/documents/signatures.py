"""What a file is, by its first bytes and never by its name. Nothing binary is ever text."""

from __future__ import annotations

import json
import re
from typing import Literal

from edition.importers.decoding import decode
from edition.importers.documents.archives import Archive
from edition.importers.documents.model import RefusedError

Kind = Literal[
    "text", "html", "docx", "odt", "epub", "xlsx", "pdf", "rtf", "doc", "tmx", "xliff", "po",
    "csv", "tsv", "json", "tei",
]  # fmt: skip

_AS_TEXT = "save the text in it as .docx, .odt, .md or .txt, and import that"
_PICTURE = "it is a picture; read it with a program for OCR, and import the text that this makes"
_UNPACK = "unpack it, and import the text that lies in it"
_SOUND = "write down what is said in it, and import that text"

# (place, bytes, what it is, what to do)
_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture", _PICTURE),
    (0, b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (0, b"GIF87a", "a GIF picture", _PICTURE),
    (0, b"GIF89a", "a GIF picture", _PICTURE),
    (0, b"II*\x00", "a TIFF picture", _PICTURE),
    (0, b"MM\x00*", "a TIFF picture", _PICTURE),
    (8, b"WEBP", "a WebP picture", _PICTURE),
    (0, b"8BPS", "a Photoshop picture", _PICTURE),
    (0, b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture", _PICTURE),
    (0, b"AT&TFORM", "a DjVu document", "take the text out of it with djvutxt, and import that"),
    (4, b"ftypheic", "a HEIC picture", _PICTURE),
    (4, b"ftypavif", "an AVIF picture", _PICTURE),
    (4, b"ftyp", "a film or a recording", _SOUND),
    (0, b"ID3", "a recording", _SOUND),
    (0, b"OggS", "a recording", _SOUND),
    (0, b"fLaC", "a recording", _SOUND),
    (8, b"WAVE", "a recording", _SOUND),
    (8, b"AVI ", "a film", _SOUND),
    (0, b"\x1aE\xdf\xa3", "a film", _SOUND),
    (0, b"\x1f\x8b\x08", "a gzip archive", _UNPACK),
    (0, b"BZh", "a bzip2 archive", _UNPACK),
    (0, b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
    (0, b"\x7fELF", "a program", _AS_TEXT),
    (0, b"SQLite format 3\x00", "a database", _AS_TEXT),
    (0, b"%!PS", "a PostScript file", "make a PDF of it with ps2pdf, and import that"),
    (60, b"BOOKMOBI", "a Kindle book", "make an EPUB of it with Calibre, and import that"),
    (0, b"wOFF", "a font", _AS_TEXT),
    (0, b"wOF2", "a font", _AS_TEXT),
    (0, b"OTTO", "a font", _AS_TEXT),
    (0, b"ttcf", "a font", _AS_TEXT),
    (0, b"\x00\x01\x00\x00", "a font or a database", _AS_TEXT),
    (0, b"HN\x00", "a CAJ document", "save it as PDF in its reader, and import that"),
    (0, b"CAJ", "a CAJ document", "save it as PDF in its reader, and import that"),
)
# what a name promises: a text of such a name is a file that was cut off or saved as another
_PROMISED = {
    "tmx": "TMX", "xlf": "XLIFF", "xliff": "XLIFF", "tbx": "TBX", "docx": "a Word document",
    "odt": "an OpenDocument text", "epub": "an EPUB", "xlsx": "an Excel workbook", "pdf": "a PDF",
}  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_ROOT = re.compile(rb"<(?![?!])(?:[\w-]+:)?(?P<name>[\w-]+)")
_PO = re.compile(rb'^msgid\s+"', re.MULTILINE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_NOTEBOOK = re.compile(r'"nbformat"\s*:\s*\d')
_SOURCE_HEAD = 20_000  # characters in which the markup of other programs is looked for
# markup that is not read, and how often each of its signs stands in it, at least
_SOURCES: tuple[tuple[str, tuple[tuple[re.Pattern[str], int], ...]], ...] = tuple(
    (what, tuple((re.compile(sign, re.MULTILINE), least) for sign, least in signs))
    for what, signs in (
        ("LaTeX source", ((r"\A(?:\s*%.*\n)*\s*\\(?:document(?:class|style)|PassOptionsTo)", 1),)),
        ("LaTeX source", ((r"^\\(?:chapter|section|subsection|begin|end|item|label)\b", 4),)),
        ("Org source", ((r"^#\+(?i:title|author|date|options|begin_\w+|name|caption):?", 1),
                        (r"^\*{1,4} \S", 1))),
        ("reStructuredText", ((r"^\.\. (?:[\w-]+::|\[#?\w*\]|_)|:\w+:`", 1),
                              (r"^\S.*\n(?:={3,}|~{3,}|-{3,}|\^{3,})$", 2))),
        ("wiki source", ((r"^={2,5} ?[^=\n]+ ?={2,5}$", 1), (r"'{3}|<ref\b|\[\[|\{\{|^\{\|", 2))),
        ("AsciiDoc source", ((r"\A= \S", 1), (r"^:[\w-]+:|^-{4}$|^={2,4} \S|^\[\w+", 2))),
    )
)  # fmt: skip
_STRANGE = 0.02  # share of characters that are controls or no text, from which nothing is text


def kind_of(data: bytes, name: str = "") -> Kind:
    """What ``data`` is. ``name`` tells only where bytes cannot: whether text is CSV, TSV or JSON,
    and whether it is text at all that was meant.
    Raises :class:`RefusedError` for what cannot be imported."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    for place, sign, what, hint in _SIGNATURES:
        if data[place : place + len(sign)] == sign and (place or not _wordy(sign, data)):
            raise RefusedError(f"it is {what}", hint)
    return _text(data, name)


def _wordy(sign: bytes, data: bytes) -> bool:
    """Whether a sign of plain letters may as well begin a text: then the rest must be binary."""
    return sign.isascii() and sign.isalnum() and b"\x00" not in data[:4096]


def _zipped(data: bytes) -> Kind:
    """What a ZIP archive holds."""
    archive = Archive(data)
    names = archive.names
    kinds: dict[str, Kind] = {
        "application/vnd.oasis.opendocument.text": "odt",
        "application/vnd.oasis.opendocument.text-template": "odt",
        "application/epub+zip": "epub",
    }
    mimetype = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    if known := kinds.get(mimetype.strip()):
        return known
    if "spreadsheet" in mimetype:
        raise RefusedError("it is an OpenDocument spreadsheet",
                           "save it as .xlsx or .csv, and import that")  # fmt: skip
    if "META-INF/container.xml" in names:
        return "epub"
    if any(re.match(r"word/document\d*\.xml$", one) for one in names):
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "ppt/presentation.xml" in names or "presentation" in mimetype:
        raise RefusedError("it is a presentation", _AS_TEXT)
    if any(one.endswith(".iwa") for one in names):
        raise RefusedError("it is a document of Apple's Pages, Numbers or Keynote",
                           "export it as a Word document, and import that")  # fmt: skip
    if "xl/workbook.bin" in names:
        raise RefusedError("it is a binary Excel workbook (.xlsb)",
                           "save it as .xlsx or .csv, and import that")  # fmt: skip
    raise RefusedError("it is a ZIP archive and no document", _UNPACK)


def _compound(data: bytes) -> Kind:
    """What a compound file of Microsoft's holds: its streams are named in UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise RefusedError("it is protected by a password", "save it without one, and import that")
    if has("WordDocument"):
        return "doc"
    if has("Workbook") or has("Book"):
        raise RefusedError("it is an old Excel workbook (.xls)",
                           "save it as .xlsx or .csv, and import that")  # fmt: skip
    if has("PowerPoint Document"):
        raise RefusedError("it is a presentation", _AS_TEXT)
    raise RefusedError("it is an old Office file of unknown kind", _AS_TEXT)


def _text(data: bytes, name: str) -> Kind:
    decoded = decode(name, data)
    text = decoded.file.text
    strange = decoded.replaced + len(_CONTROLS.findall(text))
    if text and strange / len(text) > _STRANGE:
        raise RefusedError(
            "its bytes are no text, and no format that is known here",
            f"if it is a document, {_AS_TEXT}; if it is text, find out its encoding, and save it "
            "as UTF-8",
        )
    head = text[:4096].lstrip().encode("utf-8", "replace")
    if _HTML.match(head):
        return "html"
    if head.startswith(b"<"):
        return _markup(head, name.rpartition(".")[2].lower())
    if _PO.search(head) and b"msgstr" in head:
        return "po"
    for what, signs in _SOURCES:
        if all(len(sign.findall(text[:_SOURCE_HEAD])) >= least for sign, least in signs):
            raise RefusedError(f"it is {what}", "make Markdown of it with pandoc, and import that")
    suffix = name.rpartition(".")[2].lower()
    if suffix == "json" or (head[:1] in (b"[", b"{") and _is_json(text)):
        if _NOTEBOOK.search(text):
            raise RefusedError("it is a Jupyter notebook", "export it as Markdown, and import that")
        return "json"
    if suffix in ("csv", "tsv"):
        return "csv" if suffix == "csv" else "tsv"
    return _plain(suffix)


def _plain(suffix: str) -> Kind:
    """Text, where its name says nothing else."""
    if promised := _PROMISED.get(suffix):
        raise RefusedError(f"it is text, and by its name {promised}",
                           "save it anew in its program; a plain text ends in .txt")  # fmt: skip
    return "text"


def _is_json(text: str) -> bool:
    try:
        made = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(made, list | dict)


def _markup(head: bytes, suffix: str) -> Kind:
    """What XML it is, by its root."""
    root = _ROOT.search(head)
    name = root["name"].decode().lower() if root else ""
    if name == "tmx":
        return "tmx"
    if name == "xliff":
        return "xliff"
    if name in ("tei", "teicorpus"):
        return "tei"
    others = {
        "svg": ("an SVG picture", _PICTURE),
        "fictionbook": ("a FictionBook", "make an EPUB of it with Calibre, and import that"),
        "worddocument": ("a Word document in the XML of 2003", "save it as .docx, and import that"),
        "package": ("a flat Office document", "save it as .docx, and import that"),
        "document": ("a flat OpenDocument", "save it as .odt, and import that"),
    }
    if head.startswith(b"<?xml"):
        what, hint = others.get(name, (f"XML with the root <{name}>", _AS_TEXT))
        raise RefusedError(f"it is {what}", hint)
    if name == "svg":
        raise RefusedError("it is an SVG picture", _PICTURE)
    if suffix in ("html", "htm", "xhtml"):
        return "html"  # a part of a page; Markdown may begin with a tag too
    return _plain(suffix)


_SUFFIX = re.compile(r"\.(?:md|markdown|mdown|mkd|mkdn|qmd|rmd|mdx)$", re.IGNORECASE)
_SIGNS = tuple(re.compile(one, re.MULTILINE) for one in (
    r"\A---\n(?:.*\n){1,60}?(?:---|\.\.\.)\n", r"^ {0,3}(?:```|~~~)", r"^#{1,6} \S",
    r"^\[\^[^\]\s]+\]:", r"\]\(https?://|^!\[.*\]\(", r"^:::"))  # fmt: skip


def is_markdown(name: str, text: str) -> bool:
    """Whether a text is Markdown: its name says so, or it has signs of three kinds."""
    return bool(_SUFFIX.search(name)) or sum(bool(one.search(text)) for one in _SIGNS) >= 3
