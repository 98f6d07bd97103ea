"""What stands round the text: order, display pages, parts, imprint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edition.anchors import attach
from edition.config import Bilingual, Config, Imprint, load
from edition.config.matter import check_digit
from edition.layout import languages, matter, spec
from edition.layout.assemble import assemble
from edition.layout.plan import plan
from edition.layout.types import Book, BookPlan, Division, Measure
from edition.model import References, plain
from edition.readers import read_edition

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    "dedication": ("給鄰人 {#d.1}\n", "To a neighbour {#d.1}\n"),
    "epigraph": ("> 雨止。 {#e.1}\n\n某人 {#e.2 .byline}\n",
                 "> Rain. {#e.1}\n\nA {#e.2 .byline}\n"),
    "preface": ("# 序 {#pre}\n\n略說。 {#pre.1}\n", "# Preface {#pre}\n\nBriefly. {#pre.1}\n"),
    "10-a": ("# 上編 {#p1 .part}\n\n# 一 {#a}\n\n甲。 {#a.1}\n",
             "# Part One {#p1 .part}\n\n# One {#a}\n\nA. {#a.1}\n"),
    "20-b": ("# 下編 {#p2 .part}\n\n> 引。 {#p2.1}\n\n# 二 {#b}\n\n乙。 {#b.1}\n",
             "# Part Two {#p2 .part}\n\n> Q. {#p2.1}\n\n# Two {#b}\n\nB. {#b.1}\n"),
    "afterword": ("# 跋 {#aft}\n\n完。 {#aft.1}\n", "# Afterword {#aft}\n\nDone. {#aft.1}\n"),
}  # fmt: skip
SETTINGS = """\
[edition]
id = "a"
title = { zh = "題", en = "Title" }
date = "2026-03-05"
[imprint]
isbn = ["978-7-301-00000-7", "0-306-40615-2"]
series = { zh = "叢書", en = "Series" }
[matter]
front = ["half-title", "title", "imprint", "dedication", "epigraph", "contents", "preface"]
back = ["afterword"]
[layout]
name = "LAYOUT"
"""


def made(
    root: Path, layout: str, side: str = "", facts: str = SETTINGS
) -> tuple[Book, BookPlan, Config]:
    text = root / "source" / "text"
    text.mkdir(parents=True)
    (root / "source" / "edition.toml").write_text(facts.replace("LAYOUT", layout), "utf-8")
    for stem, sides in TEXTS.items():
        for lang, words in zip(("zh", "en"), sides, strict=True):
            if side in ("", lang):
                (text / f"{stem}.{lang}.md").write_text(words, "utf-8")
    settings = load(root).value
    assert settings is not None
    edition, config = languages.printed(attach(read_edition(root, settings).value).value, settings)
    shape = spec.load(config, ROOT).value
    assert shape is not None
    shape = languages.alone(shape, config.languages)
    book = assemble(edition, config, shape, References(style="", entries={}))
    measures = {key: Measure(key=key, lines=1) for key in book.boxes}
    return book, plan(book, measures, shape).value, config


D = Division
SIDES = {
    "facing": {D.HALF_TITLE: 0, D.SERIES: 1, D.TITLE: 2, D.IMPRINT: 3, D.DISPLAY: 4,
               D.CONTENTS: 7, D.FRONT: 9, D.PART: 12, D.BODY: 13, D.BACK: 19},
    "columns": {D.HALF_TITLE: 0, D.SERIES: 1, D.TITLE: 2, D.IMPRINT: 3, D.DISPLAY: 4,
                D.CONTENTS: 8, D.FRONT: 10, D.PART: 12, D.BODY: 14, D.BACK: 19},
}  # fmt: skip


@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_each_stands_on_its_side(tmp_path: Path, layout: str) -> None:
    book, planned, _ = made(tmp_path, layout)
    assert [flow.division for flow in book.flows] == [
        D.HALF_TITLE, D.SERIES, D.TITLE, D.IMPRINT, D.DISPLAY, D.DISPLAY, D.CONTENTS, D.FRONT,
        D.PART, D.BODY, D.PART, D.BODY, D.BACK]  # fmt: skip
    first: dict[Division, int] = {}
    for flow in book.flows:
        first.setdefault(flow.division, planned.first_page[flow.rows[0].keys[0]])
    assert first == SIDES[layout]
    for page in planned.pages:
        shown = {flow.division for flow in book.flows for row in flow.rows for key in row.keys
                 if planned.first_page[key] == page.index}  # fmt: skip
        display = any(one.display for one in shown)
        assert bool(page.label) == bool(page.body and not display)
        assert not (display and (page.head_left or page.head_right))
    part = planned.pages[first[D.PART]]
    assert (part.label, part.number) == ("", "1")


def test_the_contents_have_parts_and_what_has_a_heading(tmp_path: Path) -> None:
    book, _, _ = made(tmp_path, "facing")
    (flow,) = (one for one in book.flows if one.division is D.CONTENTS)
    lines = [plain(book.boxes[row.zh[0]].inlines) for row in flow.rows]
    assert lines == ["目次", "序", "上編", "一", "下編", "二", "跋"]
    styles = [book.boxes[row.zh[0]].style for row in flow.rows]
    assert styles.count("tocpart-zh") == 2


@pytest.mark.parametrize("side", ["zh", "en"])
def test_one_language_alone_has_nothing_of_the_other(tmp_path: Path, side: str) -> None:
    witness = '[[witness]]\nsiglum = { zh = "宋", en = "S" }\nname = { zh = "宋本", en = "Song" }\n'
    facts = SETTINGS.replace('"preface"]', '"preface", "sigla"]') + witness
    book, _, _ = made(tmp_path, "facing", side, facts)
    assert {box.lang for box in book.boxes.values()} == {side}
    said = "".join(plain(box.inlines) for box in book.boxes.values())
    assert ("Series" in said, "叢書" in said) == (side == "en", side == "zh")


def test_the_imprint_says_facts_as_books_of_each_language_do() -> None:
    config = Config(
        id="a", title=Bilingual(zh="題", en="Title"), date="2026-03-05", script="hans",
        editors=(Bilingual(zh="甲", en="A"), Bilingual(zh="乙", en="B")),
        imprint=Imprint(isbn=("978-7-301-00000-7",), rights=Bilingual(zh="版权所有")),
    )  # fmt: skip
    said = [(lang, text) for _, _, lang, text in matter.imprint(config)]
    assert said == [
        ("zh", "題"), ("zh", "编　　者　甲　乙"), ("zh", "出版日期　2026年3月5日"),
        ("zh", "书　　号　ISBN 978-7-301-00000-7"), ("zh", "版权所有"),
        ("en", "Title"), ("en", "Edited by A, B"), ("en", "Published 5 March 2026"),
        ("en", "ISBN 978-7-301-00000-7"),
    ]  # fmt: skip
    assert not matter.has_imprint(replace(config, date="", imprint=Imprint()))


def test_the_last_figure_of_an_isbn_follows_from_the_others() -> None:
    assert [check_digit(one) for one in ("978030640615", "030640615", "097522980")] == [
        "7",
        "2",
        "X",
    ]
