"""What the margin says beside which line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tex_samples import CONFIG, SPAN, box, inlines

from edition.config import LineNumbers
from edition.layout import margins, spec
from edition.layout.types import (
    Book,
    Box,
    BoxRole,
    Division,
    Flow,
    Layout,
    MarkAt,
    Measure,
    PagePlan,
    Placed,
    Row,
    Slice,
)
from edition.model import Edition, Kind, Lang, Milestone, MilestoneKind, Pair, Segment

ROOT = Path(__file__).resolve().parents[2]


def layout(name: str) -> Layout:
    found = spec.load(replace(CONFIG, layout=name), ROOT).value  # type: ignore[arg-type]
    assert found is not None
    return found


def stone(name: str, kind: MilestoneKind = "page") -> Milestone:
    return Milestone(kind, name, SPAN)


def labels(
    names: dict[int, list[str]], *, lines: int = 4, index: int = 1, lang: Lang = "zh",
    name: str = "facing", numbers: LineNumbers | None = None, levels: tuple[int, ...] = (0,),
) -> list[tuple[str, float, bool]]:  # fmt: skip
    """(text, baseline from that of the first line in lines, whether left) of the labels of a page
    with one box of ``lines`` for each of ``levels``, of which the first has ``names`` by line."""
    shape = layout(name)
    stones = [(line, stone(one)) for line, several in names.items() for one in several]
    boxes: dict[str, Box] = {}
    measures = {}
    rows = []
    placed = []
    style = shape.styles[f"para-{lang}"]
    for number, level in enumerate(levels):
        key = f"p{number}/{lang}"
        kind = Kind.HEADING if level else Kind.PARA
        own = [one for _, one in stones] if not number else []
        boxes[key] = box(key, lang, "文", *own, style=style.name, kind=kind)
        at = tuple(line for line, _ in stones) if not number else ()
        measures[key] = Measure(key=key, lines=lines, stones=at)
        rows.append(Row(id=key, zh=(key,), level=level))
        y = number * lines * style.leading / shape.geometry.grid
        placed.append(Placed(Slice(key, 0, lines), lang, y))
    book = Book(
        boxes=boxes, flows=(Flow(division=Division.BODY, rows=tuple(rows)),), layers={},
        labels={}, titles={}, heads={}, line_numbers=numbers or LineNumbers(),
    )  # fmt: skip
    page = PagePlan(index=index, label="2", side=lang, body=tuple(placed), notes=())
    [made], _ = margins.with_margins([page], book, measures, shape)
    first = shape.geometry.top + style.first
    return [
        (one.text, round((one.baseline - first) / style.leading, 3), one.left)
        for one in made.margin
    ]


def test_a_name_stands_beside_its_line() -> None:
    assert labels({2: ["12a"], 4: ["12b"]}) == [("12a", 1, True), ("12b", 3, True)]


def test_names_of_a_line_read_from_left_to_right_on_both_sides() -> None:
    every = LineNumbers(by="page", every=1)
    assert labels({1: ["a", "b"]}, lines=1, numbers=every) == [("a\u2002b\u20021", 0, True)]
    assert labels({1: ["a", "b"]}, lines=1, numbers=every, index=2) == [
        ("1\u2002a\u2002b", 0, False)
    ]


@pytest.mark.parametrize(
    ("name", "lang", "index", "left"),
    [("facing", "zh", 1, True), ("facing", "en", 2, False),
     ("columns", "zh", 1, True), ("columns", "zh", 2, True),
     ("columns", "en", 1, False), ("columns", "en", 2, False)],
)  # fmt: skip
def test_names_stand_on_the_outer_side(name: str, lang: Lang, index: int, left: bool) -> None:
    assert labels({1: ["12a"]}, name=name, lang=lang, index=index) == [("12a", 0, left)]


def test_what_has_no_room_beside_its_line_goes_below() -> None:
    many = ["T1.120a", "T1.120b", "T1.120c"]
    got = labels({1: many})
    assert [text for text, _, _ in got] == ["T1.120a", "T1.120b", "T1.120c"]
    assert [line for _, line, _ in got] == [0, 1, 2]
    below = labels({4: many})
    assert [round(line, 1) for _, line, _ in below] == [3, 3.5, 4.1]


def _said(by: str, pages: list[PagePlan], *, at_end: bool = False) -> dict[str, str]:
    """What the note on the 3rd line of the 2nd box says: boxes of 4 lines, a heading before."""
    note = replace(box("n:n/zh", "zh", "注", style="note-zh"), role=BoxRole.NOTE, line=2,
                   says_line=True, at_end=at_end)  # fmt: skip
    boxes = {one: box(one, "zh", "文", style="para-zh", kind=Kind.PARA) for one in ("p/zh", "q/zh")}
    boxes["h/zh"] = box("h/zh", "zh", "題", style="para-zh", kind=Kind.HEADING)
    measures = {key: Measure(key=key, lines=4) for key in boxes}
    measures["q/zh"] = replace(measures["q/zh"], marks=(MarkAt("n:n/zh", 3),))
    rows = tuple(Row(id=key, zh=(key,), level=key == "h/zh") for key in ("h/zh", "p/zh", "q/zh"))
    book = Book(
        boxes={**boxes, note.key: note}, flows=(Flow(division=Division.BODY, rows=rows),),
        layers={}, labels={}, titles={}, heads={},
        line_numbers=LineNumbers(by=by),  # type: ignore[arg-type]
    )  # fmt: skip
    made, numbered = margins.with_margins(pages, book, measures, layout("facing"))
    said = margins.places_of_notes(made, book, measures, numbered)
    return {key: place.text for key, place in said.items()}


def _page(index: int, *parts: tuple[str, int, int], notes: bool = False) -> PagePlan:
    body = tuple(Placed(Slice(*part), "zh", 4.0 * n) for n, part in enumerate(parts))
    said = (Slice("n:n/zh", 0, 1),) if notes else ()
    return PagePlan(index=index, label=str(index + 1), side="zh", body=body, notes=said)


def test_a_note_says_the_line_of_its_mark() -> None:
    first = _page(1, ("h/zh", 0, 4), ("p/zh", 0, 4), ("q/zh", 0, 2))
    pages = [first, _page(3, ("q/zh", 2, 4), notes=True)]
    assert _said("page", pages) == {"n:n/zh": "1"}
    assert _said("section", pages) == {"n:n/zh": "7"}
    assert _said("none", pages) == {}
    late = [first, _page(3, ("q/zh", 2, 4)), _page(5, notes=True)]
    assert _said("page", late) == {}, "of another page than its own"
    assert _said("section", late) == {"n:n/zh": "7"}
    assert _said("page", late, at_end=True) == {"n:n/zh": "4.1"}


def test_lines_are_numbered_by_page_or_section() -> None:
    every2 = LineNumbers(by="page", every=2)
    assert [text for text, _, _ in labels({}, numbers=every2)] == ["2", "4"]
    # nearest to the text: on the left of it, last
    assert labels({2: ["7"]}, numbers=every2)[0] == ("7\u20022", 1, True)
    assert labels({2: ["7"]}, numbers=every2, lang="en", index=2)[0] == ("2\u20027", 1, False)
    three = LineNumbers(by="section", every=3)
    assert [text for text, _, _ in labels({}, numbers=three, levels=(0, 1, 0))] == ["3", "3"]
    only = LineNumbers(by="page", every=2, languages=("en",))
    assert labels({}, numbers=only) == []


def test_LAY012_a_name_too_wide_for_the_margin() -> None:
    segment = Segment(id="a.1", given=True, lang="zh", kind=Kind.PARA, span=SPAN,
                      inlines=inlines("文", stone("T01n0001_p0001a02"), "字"))  # fmt: skip
    pair = Pair("a.1", "a", (segment,), ())
    edition = Edition(sections=(), pairs=(pair,), notes=())
    for name in ("facing", "columns"):
        [found] = margins.check(edition, layout(name))
        assert found.code.id == "LAY012"
    assert not list(margins.check(replace(edition, pairs=()), layout("facing")))
