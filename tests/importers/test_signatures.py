"""What a file is, its bytes tell; what holds no text is refused in one sentence."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from edition.importers.documents.archives import Archive, parse
from edition.importers.documents.model import RefusedError
from edition.importers.documents.signatures import kind_of
from edition.importers.workspace import run_import


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return made.getvalue()


KINDS = {
    "docx": zipped(**{"[Content_Types].xml": "<Types/>", "word__document.xml": "<w/>"}),
    "odt": zipped(mimetype="application/vnd.oasis.opendocument.text"),
    "epub": zipped(mimetype="application/epub+zip"),
    "xlsx": zipped(**{"xl__workbook.xml": "<w/>"}),
    "pdf": b"%PDF-1.4\n%\xe2\xe3\n",
    "rtf": b"{\\rtf1\\ansi a}",
    "tmx": b'<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"></tmx>',
    "xliff": b'<?xml version="1.0"?><xliff xmlns="urn:x" version="1.2"/>',
    "po": '# 譯\nmsgid "水"\nmsgstr "water"\n'.encode(),
    "json": '[{"zh": "水", "en": "water"}]'.encode(),
    "html": b"\n<!-- saved --><!DOCTYPE html><p>a</p>",
    "text": "河水的刻痕。\n".encode(),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_known_by_its_bytes(kind: str) -> None:
    assert kind_of(KINDS[kind], "whatever.txt") == kind


def test_a_part_of_a_page_is_a_page_by_its_name() -> None:
    part = "<table><tr><td>渡口</td><td>The ford</td></tr></table>".encode()
    assert kind_of(part, "part.htm") == "html"
    assert kind_of(part, "part.md") == "text"


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "big5", "utf-8-sig", "utf-32"])
def test_text_is_text_in_any_encoding(encoding: str) -> None:
    assert kind_of(("水位在石壁上留下刻痕，年年不同。\r\n" * 3).encode(encoding)) == "text"


REFUSED = {
    "PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "TIFF": b"II*\x00\x08\x00\x00\x00",
    "gzip": gzip.compress(b"text"),
    "ZIP archive": zipped(a="b"),
    "presentation": zipped(**{"ppt__presentation.xml": "<p/>"}),
    "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
    "cut off": KINDS["docx"][:60],
    "CAJ": b"CAJ\x00\x00\x00",
    "LaTeX": b"\\documentclass{article}\n\\begin{document}",
    "no text": bytes(range(256)) * 8,
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><text>a</text></svg>',
    "root <book>": b'<?xml version="1.0"?><book/>',
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_holds_no_text_is_refused_with_what_to_do(what: str, tmp_path: Path) -> None:
    source = tmp_path / "text.txt"
    source.write_bytes(REFUSED[what])
    done = run_import(source, tmp_path / "out")
    assert done.value is None
    (refused,) = done.diagnostics
    assert refused.code.id == "IMP060"
    assert what in refused.fact
    assert refused.hint
    assert not (tmp_path / "out").exists()


def test_words_that_begin_like_a_signature_are_text() -> None:
    assert kind_of(b"BZh is how it begins, and CAJ too.\n") == "text"
    assert kind_of("ID3 標籤說明。\n".encode()) == "text"


def test_an_archive_that_would_burst_is_refused() -> None:
    bomb = zipped(**{"word__document.xml": "0" * (8 << 20)})
    with pytest.raises(RefusedError, match="times its size"):
        Archive(bomb)


def test_entities_of_xml_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    for outside in (f'<!ENTITY a SYSTEM "{secret}">', '<!ENTITY a "b"><!ENTITY c "&a;&a;">'):
        with pytest.raises(RefusedError, match="entities"):
            parse(f"<!DOCTYPE d [{outside}]><d>&a;</d>".encode(), "d.xml")


@pytest.mark.parametrize("name", ["a.tmx", "a.XLF", "a.tbx", "a.docx", "a.odt", "a.epub", "a.xlsx"])
@pytest.mark.parametrize("data", [b"x", b"", b"<tbx><body>a</body></tbx>", "渡口".encode()])
def test_what_is_text_and_by_its_name_no_text_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(RefusedError, match="by its name"):
        kind_of(data, name)
    assert kind_of(data, "a.txt") == "text"
