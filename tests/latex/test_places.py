"""Where things go on a page: margins by side, columns, notes on the foot of the text block."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tex_samples import FACES, GRID, Book, box, inlines, layout, note, stack

from edition.latex.boxes import Setter, number_tex
from edition.latex.pages import PagesDocument
from edition.layout.placement import column_x, left_margin, note_places
from edition.layout.types import BookPlan, Box, Measure, PagePlan, Slice


def page(**more: object) -> PagePlan:
    made = PagePlan(index=0, label="1", side="both", body=(), notes=())
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_inner_margin_is_at_the_spine() -> None:
    geometry = layout().geometry
    assert left_margin(geometry, 0) == geometry.inner
    assert left_margin(geometry, 1) + geometry.text_width == pytest.approx(
        geometry.paper_width - geometry.inner
    )


def test_english_stands_on_the_right_of_a_page_of_columns() -> None:
    geometry = layout("columns").geometry
    assert column_x(geometry, 0, "zh") == geometry.inner
    right = column_x(geometry, 0, "en") + geometry.en_width
    assert right == pytest.approx(geometry.inner + geometry.text_width)
    assert column_x(layout().geometry, 0, "en") == geometry.inner


def test_notes_stand_on_the_foot_and_begin_together() -> None:
    shape = layout("columns")
    geometry = shape.geometry
    boxes = {
        "z": note("z", "zh", "甲", width=geometry.zh_width),
        "e": note("e", "en", "a", width=geometry.en_width),
        "f": note("f", "en", "b", width=geometry.text_width),
    }
    placed = page(notes=(Slice("z", 0, 3), Slice("e", 1, 3), Slice("f", 0, 2)))
    places = {one.key: (x, y) for x, y, one in note_places(placed, boxes, shape)}
    foot = geometry.top + geometry.lines * GRID
    assert places["f"][1] == pytest.approx(foot - 2 * 10.5)
    assert places["z"][1] == places["e"][1] == pytest.approx(foot - 2 * 10.5 - 3 * 14)
    assert places["e"][0] == column_x(geometry, 0, "en")
    facing = layout()
    narrow = {"z": boxes["z"]}
    [(x, y, _)] = note_places(page(notes=(Slice("z", 0, 3),)), narrow, facing)
    assert (x, y) == (62, pytest.approx(foot - 3 * 14))


def _tex(boxes: dict[str, Box], *pages: PagePlan) -> str:
    measures = {key: Measure(key=key, lines=2) for key in boxes}
    plan = BookPlan(pages=pages, numbers={"n:a/zh": "〔一〕"}, first_page={"p": 0})
    return PagesDocument(boxes, plan, measures, layout(), FACES).run().tex


def test_the_folio_is_at_the_outer_edge_with_a_head_and_without() -> None:
    head = inlines("樣張")
    tex = _tex({}, page(head_left=head), page(index=1, label="2", head_left=head),
               page(index=2, label="3"), page(index=3, label=""))  # fmt: skip
    assert tex.count(r"{head}{r}{1}") == tex.count(r"{head}{l}{2}") == 1
    assert tex.count(r"{head}{r}{3}") == 1
    assert tex.count(r"\EDlabelat") == 5
    assert tex.count(r"\begin{editionpage}") == 4


def test_a_register_is_not_used_twice_on_a_page() -> None:
    boxes = {one.key: one for one in (box("p", "zh", "甲"), note("n:a/zh", "zh", "乙"))}
    measures = {key: Measure(key=key, lines=2) for key in boxes}
    plan = stack(Book(boxes), measures, layout())
    tex = PagesDocument(boxes, plan, measures, layout(), FACES).run().tex
    registers = re.findall(r"\\EDbuild\{(\d+)\}", tex)
    assert len(registers) == len(set(registers)) == 2


def test_numbers_in_brackets_are_tight_and_escaped() -> None:
    assert number_tex("〔一〕", "zh") == r"\EDopening{〔}一\EDclosing{〕}"
    assert number_tex("#1", "en") == r"\#1"


def test_characters_of_the_chinese_font_are_borrowed_where_the_latin_lacks_them() -> None:
    boxes = {"p": box("p", "en", "go → 院")}
    setter = Setter(boxes, layout(), FACES)
    assert FACES.odd("go → 院") == {"→"}
    assert r"go \EDborrow{→} 院" in setter.set(boxes["p"]).tex
    assert FACES.missing("a→\U0001f9ff") == {"\U0001f9ff"}
