"""Whatever an edition holds is text in every format: it runs nothing, fetches nothing, hides
nothing."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree, html
from writing_samples import FILES, manuscript, prepared, write

from edition.model import Edition, EntryLook, Inlines, Pair, Segment, Styled, Text
from edition.source import Span
from edition.writers import WRITERS, Manuscript, writer

NAMES = [one.name for one in WRITERS if not one.pages]
BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">&amp; ]]> --> {{x}} \'"'
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "＝1+1", " =1")
ESCAPED = re.sub(r"[<>{}&\[\]]", lambda sign: "\\" + sign[0], EVIL)
LINKS = ("javascript:alert(3)", " java\tscript:alert(3)", "data:text/html,x", "vbscript:x")
PLACES = {  # what the samples say, and what it becomes
    "The ancients said: “well done”.": ESCAPED,
    "Luoyang & its *walls*.": ESCAPED,
    "first, water": "=cmd|' /C calc'!A0",
    "Anonymous {.byline}": "Anonymous \\<script\\>alert(4)\\</script\\> {.byline}",
    "A view of hills": "\\<svg onload=alert(5)\\>",
    "| State |": "| =cmd\\|' /C calc'!A0 |",
    'en = "long river"': 'en = "<script>alert(6)</script>"',
    'en = "Master Donggao"': 'en = "Master Donggao\\"><script>alert(7)</script>"',
    'en = "A Miscellany: \\"A\\" & <B>"': 'en = "</title><script>alert(8)</script>"',
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Manuscript:
    root: Path = write(tmp_path_factory.mktemp("hostile") / "miscellany")
    for name, text in FILES.items():
        for old, new in PLACES.items():
            text = text.replace(old, new)
        (root / name).write_text(text, "utf-8")
    done = manuscript(prepared(root), root)
    entries = {key: replace(one, text=f"{EVIL} javascript:alert(9) https://a.example/\"onclick=x",
                            looks=(EntryLook(0, 8, "italic"),
                                   EntryLook(9, 11, "link", "https://a.example/\"onclick=x")))
               for key, one in done.references.entries.items()}  # fmt: skip
    references = replace(done.references, entries=entries)
    whole = replace(done, references=references)
    assert whole.other is not None
    return replace(whole, other=replace(whole.other, references=references))


def saying(made: Manuscript, segment: str, words: str) -> Manuscript:
    """The manuscript with another English text of a segment, in boxes and in the encoded text."""

    def inlines(span: Span) -> Inlines:  # and links that no reader would let in
        return (Text(words, span), *(Styled((Text("x", span),), ("link",), (("href", one),), span)
                                     for one in LINKS))  # fmt: skip

    def of(one: Segment) -> Segment:
        return replace(one, inlines=inlines(one.span)) if one.id == segment else one

    def pair(one: Pair) -> Pair:
        return replace(one, en=tuple(map(of, one.en)))

    def edition(one: Edition | None) -> Edition | None:
        if one is None:
            return None
        sections = [replace(each, en=tuple(map(of, each.en))) for each in one.sections]
        return replace(one, pairs=tuple(map(pair, one.pairs)), sections=tuple(sections))

    key = f"{segment}/en"
    box = made.book.boxes[key]
    boxes = {**made.book.boxes, key: replace(box, inlines=inlines(box.segment.span))}
    other = saying(made.other, segment, words) if made.other else None
    return replace(made, book=replace(made.book, boxes=boxes), encoded=edition(made.encoded),
                   other=other)  # fmt: skip


def documents(name: str, data: bytes) -> Iterator[tuple[str, Any]]:
    """All documents of markup in a file."""
    if name == "html":
        yield "page", html.fromstring(data.decode())
    elif name in ("epub", "docx", "xlsx"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        assert archive.testzip() is None
        for one in archive.namelist():
            if one.endswith((".xml", ".xhtml", ".opf", ".ncx", ".rels")):
                yield one, etree.fromstring(archive.read(one))
    elif name != "csv":
        yield name, etree.fromstring(data)


ACTIVE = {"script", "img", "svg", "iframe", "object", "embed", "form", "base", "meta", "link"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_an_edition_is_markup(name: str, made: Manuscript) -> None:
    evil = saying(made, "01-first.6", f"{EVIL}{BIDI}\x00\x08\ufffe end")
    said = ""
    for file, root in documents(name, writer(name).write(evil)[suffix(name)]):
        said += "".join(root.itertext())
        for one in root.iter(etree.Element):
            tag = etree.QName(one).localname.lower()
            own = (file == "page" and tag in ("script", "meta", "img")) or (
                file.endswith((".xhtml", ".opf", ".ncx")) and tag in ("link", "meta", "img")
            )
            assert tag not in ACTIVE or own, (file, tag)
            for key, value in one.attrib.items():
                assert not etree.QName(key).localname.lower().startswith("on"), (file, key)
                address = "".join(str(value).split()).lower()
                assert not address.startswith(("javascript:", "data:text", "vbscript:")), file
    if name == "html":
        page = html.fromstring(writer(name).write(evil)[".html"].decode())
        assert len(page.xpath("//script")) == 1
        assert all(str(one).startswith("data:image/") for one in page.xpath("//img/@src"))
        said = page.text_content()
    if name == "csv":
        said = writer(name).write(evil)[".csv"].decode("utf-8-sig")
    assert not set(said) & set(BIDI + "\x00\x08\ufffe")
    if name != "tbx":
        assert "onerror=" in said, "it is told as text"
    assert "<script>" in said


def suffix(name: str) -> str:
    return {"xliff": ".xlf", "tei": ".tei.xml"}.get(name, f".{name}")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(formula: str, made: Manuscript) -> None:
    evil = saying(made, "01-first.5", formula)
    table = writer("csv").write(evil)[".csv"].decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert not [one for one in cells if one.strip()[:1] in tuple("=+-@＝")]
    assert f"'{formula}xxxx" in cells
    book = openpyxl.load_workbook(io.BytesIO(writer("xlsx").write(evil)[".xlsx"]))
    found = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {(cell.data_type, cell.quotePrefix) for cell in found} == {("s", True)}
    assert f"{formula}xxxx" in [cell.value for cell in found]


@pytest.mark.parametrize("name", NAMES)
def test_a_paragraph_may_be_ten_megabytes(name: str, made: Manuscript) -> None:
    words = "a <b>& " * 1_500_000
    start = time.process_time()
    data = writer(name).write(saying(made, "01-first.6", words))[suffix(name)]
    assert time.process_time() - start < 60
    if name in ("epub", "docx", "xlsx"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(archive.read(one) for one in archive.namelist())
    if name == "xlsx":
        assert len(data) < 1 << 20, "no cell holds it, and a part of it would come back as all"
    elif name != "tbx":
        assert len(data) > len(words)
