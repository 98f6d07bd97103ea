"""EPUB: whole, linked, valid, and the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import needed
from lxml import etree
from validators import ace, epubcheck
from writing_samples import manuscript, prepared, write

from edition.config import Variant
from edition.layout.types import BookPlan, PagePlan
from edition.model import plain
from edition.writers import Manuscript, Pages, epub
from edition.writers.package import CONTAINER

NS = {"x": "http://www.w3.org/1999/xhtml", "o": "http://www.idpf.org/2007/opf",
      "dc": "http://purl.org/dc/elements/1.1/", "epub": "http://www.idpf.org/2007/ops"}  # fmt: skip
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("epub") / "miscellany")


@pytest.fixture(scope="module")
def made(root: Path) -> Manuscript:
    """With pages: of the first rows, one each."""
    done = manuscript(prepared(root), root)
    rows = [row for flow in done.book.flows for row in flow.rows if row.id in ("a", "a.1", "b")]
    first = {key: number for number, row in enumerate(rows, start=3) for key in row.keys}
    pages = tuple(PagePlan(index=number, label=str(number + 1), side="both", body=(), notes=())
                  for number in range(9))  # fmt: skip
    plan = BookPlan(pages=pages, numbers={}, first_page=first)
    return replace(done, pages=Pages(pdf=b"", plan=plan))


@pytest.fixture(scope="module")
def book(made: Manuscript) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(epub.write(made)[".epub"]))
    return {name: archive.read(name) for name in archive.namelist()}


def pages(book: dict[str, bytes]) -> dict[str, Any]:
    return {name: etree.fromstring(data) for name, data in book.items() if name.endswith(".xhtml")}


def test_the_archive_is_one(book: dict[str, bytes], made: Manuscript, root: Path) -> None:
    data = epub.write(made)[".epub"]
    assert next(iter(book)) == "mimetype"
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    assert book["META-INF/container.xml"] == CONTAINER
    again = replace(manuscript(prepared(root), root), pages=made.pages)
    assert epub.write(again)[".epub"] == data
    package = etree.fromstring(book["EPUB/package.opf"])
    listed = {f"EPUB/{one}" for one in package.xpath("//o:item/@href", namespaces=NS)}
    assert listed == set(book) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}


def test_every_segment_is_there_in_order_and_says_its_language(
    made: Manuscript, book: dict[str, bytes]
) -> None:
    whole = [one for name, one in sorted(pages(book).items()) if "nav" not in name]
    for lang, tag in (("zh", "zh-Hant"), ("en", "en")):
        path = f"//x:div[@class='cell {lang}']"
        cells = [cell for one in whole for cell in one.xpath(path, namespaces=NS)]
        assert {cell.get(LANG) for cell in cells} == {tag}
        said = " ".join("".join(cell.itertext()) for cell in cells)
        at = 0
        for pair in made.edition.pairs:
            for one in pair.side("zh" if lang == "zh" else "en"):
                first = plain(one.inlines)[:1] if one.table is None else ""
                at = said.find(first, at)
                assert at >= 0, one.id


def test_every_link_leads_somewhere(book: dict[str, bytes]) -> None:
    documents = pages(book)
    ids = {name: set(one.xpath("//@id")) for name, one in documents.items()}
    for name, one in documents.items():
        assert len(one.xpath("//@id")) == len(ids[name])
        for href in one.xpath("//x:a/@href", namespaces=NS):
            if href.startswith(("http", "mailto")):
                continue
            file, _, own = href.partition("#")
            assert own == "" or own in ids[f"EPUB/{file}"], href


def test_notes_pop_up_and_pages_of_the_print_are_named(book: dict[str, bytes]) -> None:
    documents = pages(book)
    refs = [one for page in documents.values()
            for one in page.xpath("//x:a[@epub:type='noteref']", namespaces=NS)]  # fmt: skip
    notes = [one for page in documents.values()
             for one in page.xpath("//x:aside[@epub:type='footnote']", namespaces=NS)]  # fmt: skip
    assert len(refs) == len(notes) > 4
    nav = documents["EPUB/nav.xhtml"]
    listed = nav.xpath("//x:nav[@epub:type='page-list']//x:a", namespaces=NS)
    assert [one.text for one in listed] == ["4", "5", "6"]
    toc = nav.xpath("//x:nav[@epub:type='toc']/x:ol/x:li", namespaces=NS)
    assert "第一卷 The First Book" in ["".join(one[0].itertext()) for one in toc]
    assert nav.xpath("//x:nav[@epub:type='toc']//x:ol/x:li/x:ol/x:li/x:a", namespaces=NS)
    assert b"The First Book" in book["EPUB/toc.ncx"]


def test_it_says_how_it_can_be_read(book: dict[str, bytes]) -> None:
    package = etree.fromstring(book["EPUB/package.opf"])
    said = {(one.get("property"), one.text) for one in package.iter("{*}meta")}
    for wanted in (("schema:accessMode", "visual"), ("schema:accessModeSufficient", "textual"),
                   ("schema:accessibilityFeature", "pageNavigation"),
                   ("schema:accessibilityHazard", "none")):  # fmt: skip
        assert wanted in said
    assert package.xpath("//dc:language/text()", namespaces=NS) == ["zh-Hant", "en"]
    assert package.xpath("//dc:title/text()", namespaces=NS)[1] == 'A Miscellany: "A" & <B>'


def test_epubcheck_and_ace_find_nothing(made: Manuscript, tmp_path: Path) -> None:
    path = tmp_path / "whole.epub"
    path.write_bytes(epub.write(made)[".epub"])
    assert epubcheck(path) == []
    assert ace(path, needed(), tmp_path / "ace") == []


def test_an_exam_has_no_english(root: Path) -> None:
    alone = manuscript(prepared(root, variant=Variant(exam=True)), root)
    archive = zipfile.ZipFile(io.BytesIO(epub.write(alone)[".epub"]))
    assert not [one for one in archive.namelist() if b"The First Book" in archive.read(one)]
