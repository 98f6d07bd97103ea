"""Numbers of notes: their signs, and which note of an opening has which."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition import numerals
from edition.layout.numbering import numbers
from edition.layout.shapes import Call
from edition.model import LANGS, Lang
from edition.numerals import Count, Numbering, form


def calls(lang: Lang, notes: str, rank: int = 1, count: Count = "opening") -> list[Call]:
    return [Call(1, f"n:{one}/{lang}", lang, rank, 1, one, count) for one in notes]


def numbered(zh: str, en: str, count: Count = "opening") -> tuple[str, str]:
    """The numbers of the notes of both sides, each side in the order of its marks."""
    sides = {"zh": calls("zh", zh, count=count), "en": calls("en", en, count=count)}
    found = numbers(sides, {})  # type: ignore[arg-type]
    one, two = ("".join(str(found[call.key]) for call in side) for side in sides.values())
    return one, two


@pytest.mark.parametrize("numbering", [*get_args(Numbering), "arabic"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_numbering_has_signs_of_its_own_and_room_for_them(
    numbering: Numbering, lang: Lang
) -> None:
    made = form(numbering, lang)
    assert len({made.sign(number) for number in range(1, 60)}) == 59
    assert (0 if numbering == "line" else 0.1) <= made.mark < made.label


def test_numbers_as_they_are_printed() -> None:
    circled = form("circled", "zh").sign
    assert [circled(n) for n in (1, 20, 21, 36, 51)] == ["①", "⑳", "㉑", "㊱", "(51)"]
    bracketed = form("bracketed", "zh").sign
    assert [bracketed(n) for n in (1, 12, 40)] == ["〔一〕", "〔十二〕", "〔四十〕"]
    assert form("bracketed", "en").sign(3) == "[3]"
    assert form("rounded", "zh").sign(3) == bracketed(3)
    assert form("rounded", "en").sign(3) == "(3)"
    letter = form("letter", "en").sign
    assert [letter(n) for n in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "az", "ba"]
    assert numerals.chinese(105) == "一〇五"
    assert form("arabic", "en").sign(7) == "7"


@pytest.mark.parametrize(
    ("zh", "en", "of_zh", "of_en"),
    [
        ("abc", "abc", "123", "123"),
        ("abc", "bac", "123", "213"),  # the English has other words first
        ("abc", "b", "123", "2"),
        ("", "xy", "", "12"),
        ("ab", "axb", "13", "123"),
        ("ab", "xab", "23", "123"),
        ("a", "axy", "1", "123"),
    ],
)
def test_a_note_has_one_number_on_both_sides(zh: str, en: str, of_zh: str, of_en: str) -> None:
    assert numbered(zh, en) == (of_zh, of_en)


def test_by_page_each_side_counts_for_itself() -> None:
    assert numbered("abc", "bac", "page") == ("123", "123")
    assert numbered("abc", "c", "page") == ("123", "1")


def test_layers_count_apart_and_late_notes_keep_their_numbers() -> None:
    sides: dict[Lang, list[Call]] = {
        "zh": [*calls("zh", "ab", 1), *calls("zh", "c", 2)], "en": calls("en", "c", 2),
    }  # fmt: skip
    assert numbers(sides, {("en", 2): 4}) == {
        "n:a/zh": 1, "n:b/zh": 2, "n:c/zh": 5, "n:c/en": 5,
    }  # fmt: skip


NOTES = st.lists(st.sampled_from("abcdefgh"), unique=True).map("".join)


@given(NOTES, NOTES)
def test_numbers_are_unique_and_shared(zh: str, en: str) -> None:
    sides: dict[Lang, list[Call]] = {"zh": calls("zh", zh), "en": calls("en", en)}
    found = numbers(sides, {})
    assert sorted({*found.values()}) == list(range(1, len({*zh, *en}) + 1))
    for lang, notes in (("zh", zh), ("en", en)):
        assert len({found[f"n:{one}/{lang}"] for one in notes}) == len(notes)
    assert all(found[f"n:{one}/zh"] == found[f"n:{one}/en"] for one in {*zh} & {*en})
    assert [found[f"n:{one}/zh"] for one in zh] == sorted(found[f"n:{one}/zh"] for one in zh)
