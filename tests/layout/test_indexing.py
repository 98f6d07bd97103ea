"""The index: headwords, where they stand, and their pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from book_samples import workspace

from edition.build.stages import prepare
from edition.config import Config, IndexSettings
from edition.layout import indexing
from edition.layout.assemble import assemble
from edition.layout.fit import fit
from edition.layout.indexing import forms, letters, paging
from edition.layout.types import Book, BookPlan, Measure, PagePlan, Placed, Slice
from edition.model import Edition, References, plain

SETTINGS = """\
[edition]
id = "x"
title = { zh = "泉", en = "Spring" }

[index]
names = true
works = true
terms = true
"""
NAMES = """\
[[person]]
id = "nye"
zh = "約瑟夫·奈德"
en = "Joseph Nyder"
variants = ["奈德", "Nyder"]
sort = "yuesefu naide"

[[person]]
id = "wang"
zh = "王遠山"
en = "Wang Yuanshan"

[[place]]
id = "hill"
zh = "遠山"
en = "Far Hill"
variants = ["青丘"]

[[person]]
id = "li-a"
zh = "李白石"
en = "Li Baishi"
variants = ["白石"]

[[place]]
id = "stone"
zh = "白石"
en = "White Stone"

[[work]]
id = "book"
zh = "泉記"
en = "Record of a Spring"
"""
ZH = (
    "# 一 {#s}\n\n王遠山登遠山，奈德從之。白石在側，[石]{.name of=\"stone\"}甚白。"
    "作泉記。 {#s.1}\n\n"
    "| 人 | 地 |\n| --- | --- |\n| 奈德 | 青丘 |\n{#s.2}\n"
)  # fmt: skip
EN = (
    "# One {#s}\n\nWang Yuanshan climbs Far Hill; Nyder follows. White Stone is near. "
    "Farther hills. {#s.1}\n\n"
    "| who | where |\n| --- | --- |\n| Nyder | Far Hill |\n{#s.2}\n"
)
NOTES = "- {id: n, at: s.1, quote: {zh: 奈德, en: Nyder}, layer: 注, zh: 人也。, en: A man.}\n"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Book, Edition, Config]:
    root = workspace(tmp_path / "w", ZH, EN, notes=NOTES, settings=SETTINGS)
    (root / "source/names.toml").write_text(NAMES, encoding="utf-8")
    glossary = '[[term]]\nid = "follow"\nzh = "從之"\nen = "follows"\npinyin = "cong zhi"\n'
    (root / "source/glossary.toml").write_text(glossary, encoding="utf-8")
    ready = prepare(root).value
    assert ready
    assert ready.layout
    layout = fit(ready.layout, ready.edition, ready.config.ratio_limits)
    book = assemble(ready.edition, ready.config, layout, References(style="", entries={}))
    return book, ready.edition, ready.config


def said(book: Book, lang: str) -> list[str]:
    assert book.index
    keys = sorted((key for key in book.index.lines if key.endswith(lang)),
                  key=lambda key: int(key.split("/")[1]))  # fmt: skip
    return [plain(book.boxes[key].inlines) for key in keys]


def test_entries_stand_in_the_order_of_their_language(made: tuple[Book, Edition, Config]) -> None:
    assert said(made[0], "zh") == [
        "白石　White Stone　0", "從之　follows　0", "青丘　見遠山", "泉記　Record of a Spring　0",
        "王遠山　Wang Yuanshan　0", "遠山　Far Hill　0", "約瑟夫·奈德　Joseph Nyder　0",
    ]  # fmt: skip
    assert said(made[0], "en") == [
        "Far Hill 遠山, 0", "follows 從之, 0", "Nyder, Joseph 約瑟夫·奈德, 0",
        "Wang Yuanshan 王遠山, 0", "White Stone 白石, 0",
    ]  # fmt: skip


def test_a_name_read_by_its_surname_stands_under_it(made: tuple[Book, Edition, Config]) -> None:
    _, edition, config = made
    nye = next(one for one in edition.names if one.id == "nye")
    by_given = forms._of_name(nye)
    by_surname = forms._of_name(replace(nye, sort="naide"))
    unread = forms._of_name(replace(nye, sort="", hans="约瑟夫·奈德"))
    found = [indexing.lines([one], [("nye", "zh")], config)["zh"]
             for one in (by_given, by_surname, unread)]  # fmt: skip
    assert [line.text for (line,) in found] == ["約瑟夫·奈德", "奈德，約瑟夫", "約瑟夫·奈德"]


@pytest.mark.parametrize(
    ("zh", "en", "family", "found"),
    [("李敏", "Min Lee", "Lee", ["李敏", "Lee, Min"]),
     ("Min-Young Lee", "Min-Young Lee", "Lee", ["Lee, Min-Young", "Lee, Min-Young"]),
     ("李敏", "Lee Min", "Lee", ["李敏", "Lee Min"]),
     ("安娜·范·德·梅", "Anna van der Mey", "van der Mey",
      ["安娜·范·德·梅", "van der Mey, Anna"])],
)  # fmt: skip
def test_a_name_stands_under_the_surname_that_is_told(
    made: tuple[Book, Edition, Config], zh: str, en: str, family: str, found: list[str]
) -> None:
    _, edition, config = made
    name = replace(edition.names[0], zh=zh, en=en, family=family, sort="", variants=())
    [word] = forms._with_surnames([forms._of_name(name)], [name])
    lines = indexing.lines([word], [(name.id, "zh"), (name.id, "en")], config)
    assert [line.text for side in lines.values() for line in side] == found
    assert family in word.forms["en"]


def test_a_plural_at_the_head_of_a_sentence_is_no_reference(
    made: tuple[Book, Edition, Config],
) -> None:
    _, edition, config = made
    term = replace(edition.terms[0], id="city", zh="智慧城市", en="smart city")
    found = indexing.lines([forms._of_term(term)], [("term:city", "en")], config)
    assert [line.text for line in found["en"]] == ["smart city"]


def test_the_longest_form_is_meant_and_a_shared_one_is_nobodys(
    made: tuple[Book, Edition, Config],
) -> None:
    index = made[0].index
    assert index
    zh = [(one.headword, one.form) for one in index.occurrences if one.box == "s.1/zh"]
    assert zh == [("stone", "石"), ("wang", "王遠山"), ("hill", "遠山"), ("nye", "奈德"),
                  ("term:follow", "從之"), ("book", "泉記")]  # fmt: skip
    (unsure,) = index.found
    assert unsure.code.id == "IDX001"
    assert "li-a or stone" in unsure.fact
    en = {(one.headword, one.row) for one in index.occurrences if one.box == "s.2/en"}
    assert en == {("nye", 2), ("hill", 2)}
    assert [one.box for one in index.occurrences if one.defining] == ["n:n/zh", "n:n/en"]


def test_nothing_is_indexed_unasked(made: tuple[Book, Edition, Config]) -> None:
    _, edition, config = made
    assert indexing.headwords(edition, config)
    assert not indexing.headwords(edition, Config(id="a", title=config.title))
    only = Config(id="a", title=config.title, index=IndexSettings(works=True))
    assert [one.id for one in indexing.headwords(edition, only)] == ["book"]


def plan(*pages: tuple[str, tuple[Slice, ...]]) -> BookPlan:
    made = tuple(
        PagePlan(index=number, label=label, side="zh", notes=(),
                 body=tuple(Placed(one, "zh", 0) for one in slices))
        for number, (label, slices) in enumerate(pages)
    )  # fmt: skip
    return BookPlan(pages=made, numbers={}, first_page={})


def test_pages_follow_the_lines(made: tuple[Book, Edition, Config]) -> None:
    book = made[0]
    assert book.index
    box = book.boxes["s.1/zh"]
    total = letters.drawn_before(list(letters.parts_of(box)))[-1]
    glyphs = {"s.1/zh": [8, total - 8]}
    measures = {"s.1/zh": Measure(key="s.1/zh", lines=2)}
    planned = plan(("4", (Slice("s.1/zh", 0, 1),)), ("6", (Slice("s.1/zh", 1, 2),)))
    found = [one for one in book.index.occurrences if one.box == "s.1/zh"]
    pages = {one.form: page for one, page in indexing.pages(found, book, planned, measures, glyphs)}
    # 王遠山登遠山，奈｜德: what begins on the first page is there
    assert pages == {"王遠山": 0, "遠山": 0, "奈德": 0, "從之": 1, "石": 1, "泉記": 1}


def test_a_hyphen_of_the_type_setter_is_no_glyph_of_the_text(
    made: tuple[Book, Edition, Config],
) -> None:
    box = made[0].boxes["s.1/en"]
    measure = Measure(key=box.key, lines=2, divided=(1,))
    assert paging._line_ends(box, measure, [9, 60]) == [8, 68]


@pytest.mark.parametrize(
    ("text", "count"),
    [("dif\u00adferent office", 15), ("a\u2060b\u200bc", 3), ("葛\U000e0100城", 2), ("ﬁ é", 2)],
)
def test_what_draws_nothing_is_not_counted(text: str, count: int) -> None:
    assert letters.drawn_before([letters.TextPart(text)])[-1] == count


@pytest.mark.parametrize(
    ("pages", "step", "labels"),
    [
        ({0: False, 1: False, 2: False, 4: False}, 1, ["1–3", "5"]),
        ({0: False, 1: False, 4: False}, 1, ["1", "2", "5"]),
        ({0: False, 1: True, 2: False}, 1, ["1", "2*", "3"]),
        ({0: False, 2: False, 4: False, 6: True}, 2, ["1–5", "7*"]),
        ({}, 1, []),
    ],
)
def test_pages_that_follow_each_other_are_a_range(
    pages: dict[int, bool], step: int, labels: list[str]
) -> None:
    planned = plan(*((str(number), ()) for number in range(1, 9)))
    printed = indexing.printed_pages(pages, planned, step)
    assert [label + "*" * defining for label, defining in printed] == labels
