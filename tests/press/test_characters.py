"""What a page shows, run by run: the pattern for our own streams and the reading token by token
give the same, and glyphs stand where the widths of their font put them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from edition.press.characters import PT, Run, _GlyphReader, _TextState

CMAP = b"""1 begincodespacerange <0000> <FFFF> endcodespacerange
4 beginbfchar <0001> <0061> <0002> <5712> <0003> <2014> <0004> <00660069> endbfchar"""
WIDTHS = {1: 500, 2: 1000, 3: 1000, 4: 600}


def resources() -> DictionaryObject:
    """One font of two-byte codes: a, 園, a dash and a ligature."""
    stream = DecodedStreamObject()
    stream.set_data(CMAP)
    widths = ArrayObject([NumberObject(1), ArrayObject(map(NumberObject, WIDTHS.values()))])
    own = DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/CIDFontType0"),
            NameObject("/W"): widths,
            NameObject("/DW"): NumberObject(700),
        }
    )
    font = DictionaryObject({
        NameObject("/Subtype"): NameObject("/Type0"), NameObject("/ToUnicode"): stream,
        NameObject("/BaseFont"): NameObject("/ABCDEF+Some-Font"),
        NameObject("/DescendantFonts"): ArrayObject([own]),
    })  # fmt: skip
    return DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})


RESOURCES = resources()


class File:
    """The fonts of a file, as a reader of its pages asks for them."""

    def __init__(self) -> None:
        self.known: dict[int, Any] = {}

    def font(self, font: DictionaryObject) -> Any:
        from edition.press.fontfacts import FontFacts

        return self.known.setdefault(id(font), FontFacts(font))


def read(content: bytes, *, plain: bool, glyphs: bool = False) -> list[Run]:
    page = PageObject.create_blank_page(width=100, height=100)
    reader = _GlyphReader(File(), page, glyphs=glyphs)  # type: ignore[arg-type]
    if plain:
        assert reader._plain(content, RESOURCES), content
    else:
        reader._run(content, RESOURCES, _TextState((1, 0, 0, 1, 0, 0)), 0)
    return reader.runs


NUMBER = st.integers(-3000, 3000).map(lambda value: f"{value / 10:g}")
STRING = st.lists(st.sampled_from(["0001", "0002", "0003", "0004", "0009"]), max_size=4).map(
    lambda codes: f"<{''.join(codes)}>"
)
MOVE = st.one_of(st.just(""), NUMBER)
SHOWN = st.tuples(
    st.lists(st.tuples(MOVE, STRING).map("".join), max_size=8).map("".join), MOVE
).map(lambda parts: f"[{parts[0]}{parts[1]}]TJ")
STEP = st.one_of(
    SHOWN,
    st.tuples(NUMBER, NUMBER).map(lambda at: f"{at[0]} {at[1]} Td"),
    st.sampled_from(["/F1 12.5 Tf", "/F1 8 Tf", "q", "Q", "1 0 0 1 5 7 cm", "2 0 0 1 0 0 cm",
                     "0 1 -1 0 9 9 cm", "-1 0 0 1 0 0 Tm", "1 0 0.2 1 3 4 Tm", "80 Tz", "0 g",
                     "BT", "ET", "0.4 w 0 0 m 5 0 l S",
                     "/Span <</ActualText <feff0041>>> BDC", "EMC"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, max_size=20))
def test_both_ways_of_reading_give_the_same(steps: list[str]) -> None:
    content = ("BT /F1 10 Tf " + " ".join(steps)).encode()
    for glyphs in (False, True):
        fast = read(content, plain=True, glyphs=glyphs)
        slow = read(content, plain=False, glyphs=glyphs)
        assert len(fast) == len(slow)
        for one, two in zip(fast, slow, strict=True):
            assert (one.y, one.size) == pytest.approx((two.y, two.size))
            assert [piece[0] for piece in one.pieces] == [piece[0] for piece in two.pieces]
            assert [piece[1:] for piece in one.pieces] == [
                pytest.approx(piece[1:]) for piece in two.pieces
            ]


def test_pieces_stand_where_widths_and_moves_put_them() -> None:
    (run,) = read(b"BT /F1 10 Tf 20 30 Td[<00010002>-200<0004>]TJ", plain=True)
    assert (run.y, run.size) == pytest.approx((70 * PT, 10 * PT))
    (first, x, right), (second, left, end) = run.pieces
    assert (first, second) == ("a園", "fi")
    assert (x, right, left, end) == pytest.approx((20 * PT, 35 * PT, 37 * PT, 43 * PT))


def test_a_move_to_the_left_or_far_away_begins_a_run() -> None:
    runs = read(b"BT /F1 10 Tf[<0001>1500<0002>-2000<0001>]TJ", plain=True)
    assert ["".join(piece[0] for piece in run.pieces) for run in runs] == ["a", "園", "a"]


def test_dashes_are_pieces_of_their_own() -> None:
    (run,) = read(b"BT /F1 10 Tf[<0002000300030002>]TJ", plain=True)
    assert [piece[0] for piece in run.pieces] == ["園", "—", "—", "園"]
    (run,) = read(b"BT /F1 10 Tf[<00020002>]TJ", plain=True, glyphs=True)
    assert [piece[0] for piece in run.pieces] == ["園", "園"]


@pytest.mark.parametrize(
    "content",
    [
        b"BT (a) Tj",
        b"BI /W 1 ID x EI",
        b"/Im Do",
        b"[(a)]TJ",
        b"[1 2]TJ",
        b"[1-2<0001>]TJ",
        b"/P <</MCID 1/Lang(en)>> BDC",
    ],
)
def test_what_the_pattern_does_not_know_is_read_token_by_token(content: bytes) -> None:
    reader = _GlyphReader(File(), PageObject.create_blank_page(width=9, height=9), glyphs=False)  # type: ignore[arg-type]
    assert not reader._plain(content, RESOURCES)
