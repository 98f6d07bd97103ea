"""Lists in two columns: every line once, in order, whole entries, columns as high as each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tex_samples import box, layout

from edition.layout import listing
from edition.layout.types import Book, Division, Flow, Measure, Placed, Row
from edition.model import LANGS, Lang

LINES = st.lists(st.integers(1, 4), max_size=90)
HIGH: dict[Lang, float] = {"zh": 17.5 / 7, "en": 14 / 7}


def _pages(
    zh: list[int], en: list[int], name: str, *, start: float = 6.0, paired: bool = False
) -> list[dict[Lang, tuple[Placed, ...]]]:
    lines = {f"{n}/{lang}": count for lang, side in zip(LANGS, (zh, en), strict=True)
             for n, count in enumerate(side)}  # fmt: skip
    boxes = {key: box(key, "zh" if key.endswith("zh") else "en", "x", style=key[-2:])
             for key in lines}  # fmt: skip
    keys = {lang: tuple(key for key in lines if key.endswith(lang)) for lang in LANGS}
    rows = (Row(id="r", zh=keys["zh"], en=keys["en"]),)
    if paired:
        rows = tuple(Row(id=one, zh=(one,), en=(two,), whole=True)
                     for one, two in zip(keys["zh"], keys["en"], strict=True))  # fmt: skip
    flow = Flow(division=Division.INDEX, rows=(Row(id="heading"), *rows), listed=True)
    book = Book(boxes=boxes, flows=(flow,), layers={}, labels={}, titles={}, heads={})
    measures = {key: Measure(key=key, lines=count) for key, count in lines.items()}
    return list(listing.pages(flow, book, measures, layout(name), start))


def _units(one: Placed) -> float:
    lang: Lang = "zh" if one.slice.key.endswith("zh") else "en"
    return (one.slice.last - one.slice.first) * round(HIGH[lang])


def _columns(body: tuple[Placed, ...]) -> list[list[Placed]]:
    return [[one for one in body if one.column == name] for name in ("first", "second")]


@pytest.mark.parametrize("name", ["facing", "stacked"])
@given(zh=LINES, en=LINES)
@settings(max_examples=25, deadline=None)
def test_entries_go_down_one_column_and_on_in_the_next(
    name: str, zh: list[int], en: list[int]
) -> None:
    pages = _pages(zh, en, name)
    high = layout().geometry.lines
    seen: list[tuple[str, int, int]] = []
    for number, page in enumerate(pages):
        for body in page.values():
            for column in _columns(body):
                for one, two in pairwise(column):
                    assert one.y + _units(one) <= two.y, "one stands on the other"
                for one in column:
                    assert (0 if number else 6) <= one.y
                    assert one.y + _units(one) <= high
    for lang in LANGS:
        of_lang = [one for page in pages for body in page.values() for one in body
                   if one.slice.key.endswith(lang)]  # fmt: skip
        seen = [(one.slice.key, one.slice.first, one.slice.last) for one in of_lang]
        counts = zh if lang == "zh" else en
        assert seen == [(f"{n}/{lang}", 0, count) for n, count in enumerate(counts)]


def test_the_columns_of_the_last_page_are_as_high_as_each_other() -> None:
    for count in (1, 2, 7, 30, 61):
        pages = _pages([1] * count, [], "facing")
        first, second = _columns(pages[-1]["zh"])
        assert 0 <= len(first) - len(second) <= 1
    assert len(_pages([1] * 34, [], "facing")) == 1
    assert len(_pages([1] * 80, [], "facing")) == 2


def test_a_second_list_begins_below_the_first_where_it_has_room() -> None:
    [page] = _pages([1] * 20, [1] * 20, "stacked")
    zh = max(one.y for one in page["zh"] if one.slice.key.endswith("zh"))
    assert min(one.y for one in page["zh"] if one.slice.key.endswith("en")) > zh + 6
    assert len(_pages([1] * 60, [1] * 20, "stacked")) == 2


def test_both_languages_of_an_entry_stand_in_one_column() -> None:
    pages = _pages([2] * 20, [1] * 20, "stacked", paired=True)
    for page in pages:
        for column in _columns(page["zh"]):
            assert [one.slice.key for one in column] == [
                f"{one.slice.key[:-3]}/{lang}" for one in column[::2] for lang in LANGS
            ]


def test_an_entry_higher_than_a_column_goes_on_in_the_next() -> None:
    [page] = _pages([50], [], "facing")
    slices = [one.slice for one in page["zh"]]
    assert [one.first for one in slices[1:]] == [one.last for one in slices[:-1]]
    assert (slices[0].first, slices[-1].last) == (0, 50)
    assert {one.column for one in page["zh"]} == {"first", "second"}


def test_a_column_has_room_for_words_or_there_is_none() -> None:
    def measured(name: str, size: float) -> list[float]:
        made = layout(name, 400.0)
        entry = replace(made.styles["zh"], size=size)
        styles = {**made.styles, "index-zh": entry, "index-en": entry}
        return [listing.measure(replace(made, styles=styles), "index", lang) for lang in LANGS]

    assert measured("facing", 9.0) == [193.0, 193.0]
    assert measured("facing", 13.0) == [0.0, 0.0], "large print"
    assert measured("columns", 9.0) == [0.0, 0.0], "each language has its column"
