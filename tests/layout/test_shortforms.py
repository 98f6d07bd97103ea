"""Short forms of authors: in full the first time that a reader meets them, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest
from book_samples import workspace

from edition.build.stages import prepare
from edition.build.works import _short_forms
from edition.layout.assemble import assemble
from edition.layout.shortforms import shortened
from edition.layout.types import Book
from edition.model import Reference, References, plain

SETTINGS = """\
[edition]
id = "x"
title = { zh = "泉", en = "Spring" }
[matter]
front = ["preface", "abbreviations"]
"""
NAMES = """\
[[body]]
id = "society"
zh = "山水學會"
en = "Society of Hills and Waters"
short = { zh = "學會", en = "SHW" }
"""
BIB = """\
@report{a, author = {{Society of Hills and Waters}}, title = {A}, year = {2020}}
@report{b, author = {{Society of Hills and Waters}}, title = {B}, year = {2021}}
@report{c, author = {{Guild of Printers}}, shortauthor = {{GP}}, title = {C}, year = {2022}}
@book{d, author = {Wang, Yuan}, title = {D}, year = {2023}}
"""
ZH = """# 一 {#s}

山水[@a; @b, 3]。[^1]又@c說。 {#s.1}

再說@c。[@d] {#s.2}

[^1]: 注腳[@c]。
"""
EN = """# One {#s}

@a, of hills [@b, 3]. {#s.1}

Again [@a; @d]. {#s.2}
"""
NOTES = """- {id: n, at: s.1, quote: {zh: 山水, en: hills}, zh: '見[@a]。', en: 'See [@c].'}
- {id: m, at: s.2, quote: {zh: 再說, en: Again}, zh: '見[@c]。', en: 'See @c.'}
"""
PREFACE = ("序言[@b]。 {#p.1}\n", "Preface. {#p.1}\n")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    root = workspace(tmp_path / "w", ZH, EN, notes=NOTES, settings=SETTINGS)
    (root / "source/names.toml").write_text(NAMES, encoding="utf-8")
    (root / "bib").mkdir()
    (root / "bib/references.bib").write_text(BIB, encoding="utf-8")
    for lang, text in zip(("zh", "en"), PREFACE, strict=True):
        (root / f"source/text/preface.{lang}.md").write_text(text, encoding="utf-8")
    ready = prepare(root).value
    assert ready
    assert ready.layout
    society, guild = "Society of Hills and Waters", "Guild of Printers"
    listed = References(style="gb7714-2015", entries={
        key: Reference(key=key, authors=author, year=year)
        for key, author, year in (("a", society, "2020"), ("b", society, "2021"),
                                  ("c", guild, "2022"), ("d", "Wang Yuan", "2023"))
    })  # fmt: skip
    references = shortened(listed, ready.edition, ready.config, _short_forms(ready, listed))
    return assemble(ready.edition, ready.config, ready.layout, references)


def test_each_language_introduces_a_short_form_once(book: Book) -> None:
    said = {key: plain(box.inlines) for key, box in book.boxes.items()}
    assert said["p.1/zh"] == "序言（Society of Hills and Waters [學會]，2021）。"
    assert (
        said["s.1/zh"] == "山水（學會，2020；學會，2021：3）。又Guild of Printers（GP，2022）說。"
    )
    assert said["f:01-s:1/zh"] == "注腳（GP，2022）。"
    assert said["n:n/zh"] == "見（學會，2020）。"
    assert said["s.2/zh"] == "再說GP（2022）。（Wang Yuan，2023）"
    assert said["s.1/en"] == "Society of Hills and Waters (SHW 2020), of hills (SHW 2021, 3)."
    assert said["n:n/en"] == "See (Guild of Printers [GP] 2022)."
    assert said["s.2/en"] == "Again (SHW 2020; Wang Yuan 2023)."
    assert said["n:m/en"] == "See GP (2022)."


def test_the_abbreviations_have_them(book: Book) -> None:
    lines = [plain(box.inlines) for key, box in book.boxes.items()
             if key.startswith("abbreviations/") and "heading" not in key]  # fmt: skip
    assert lines == [
        "學會　Society of Hills and Waters", "SHW\u2002Society of Hills and Waters",
        "GP　Guild of Printers", "GP\u2002Guild of Printers",
    ]  # fmt: skip
