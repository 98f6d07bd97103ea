"""The plan of a book: what is said where a rule of the page was given up."""

from __future__ import annotations

from dataclasses import replace

from tex_samples import box, layout, note

from edition.layout.plan import plan
from edition.layout.types import Book, Box, Division, Flow, MarkAt, Measure, Row
from edition.model import LANGS, Kind, Table


def _book(*rows: Row, boxes: dict[str, Box], layers: dict[str, int]) -> Book:
    return Book(
        boxes=boxes, flows=(Flow(division=Division.BODY, rows=rows),), layers=layers, labels={},
        titles={}, heads={},
    )  # fmt: skip


def _measures(**lines: int) -> dict[str, Measure]:
    return {key: Measure(key=key, lines=number) for key, number in lines.items()}


def test_TEX010_what_is_never_divided_and_higher_than_a_page() -> None:
    picture = box("p", "zh", "題", kind=Kind.FIGURE)
    book = _book(Row(id="p", zh=("p",), whole=True), boxes={"p": picture}, layers={})
    found = plan(book, _measures(p=500), layout()).diagnostics
    assert [one.code.id for one in found] == ["TEX010"]
    assert "higher than a page" in found[0].fact


def test_TEX010_a_row_of_a_table_that_no_page_holds_in_both_languages() -> None:
    table = Table((), ())
    boxes = {}
    for lang in LANGS:
        made = box(f"t/{lang}", lang, "題", style="table", kind=Kind.TABLE)
        assert made.segment is not None
        boxes[made.key] = replace(made, segment=replace(made.segment, table=table))
    shape = layout()
    lines = shape.geometry.lines // round(
        shape.styles[boxes["t/zh"].style].leading / shape.geometry.grid
    )
    book = _book(Row(id="t", zh=("t/zh",), en=("t/en",), full=True), boxes=boxes, layers={})

    def found(*rows: int) -> list[tuple[str, str]]:
        measures = {key: Measure(key=key, lines=2 + sum(rows), caption=1, head=1, rows=rows)
                    for key in boxes}  # fmt: skip
        return [(one.code.id, one.fact) for one in plan(book, measures, shape).diagnostics]

    fits = lines // 2 - 2
    assert found(fits, fits - 1, fits) == []
    [(code, fact)] = found(2, fits + 3, 2)  # either language would have room
    assert code == "TEX010"
    assert "row 2" in fact


def test_a_title_that_a_page_does_not_hold_goes_on_overleaf() -> None:
    shape = layout()
    boxes = {key: box(key, "zh", "題") for key in ("a", "b", "c")}
    rows = tuple(Row(id=f"title/{key}", zh=(key,), full=True, whole=True) for key in boxes)
    book = replace(
        _book(boxes=boxes, layers={}), flows=(Flow(division=Division.TITLE, rows=rows, front=True),)
    )
    style = shape.styles[boxes["a"].style]
    most = shape.geometry.lines // round(style.leading / shape.geometry.grid)
    made = plan(book, _measures(a=most - 4, b=4, c=2), shape)
    assert made.diagnostics == ()
    pages = [[one.slice.key for one in page.body] for page in made.value.pages if page.body]
    assert pages == [["a", "b"], ["c"]]


def test_a_list_that_has_no_room_below_the_contents_stands_with_what_follows() -> None:
    """But where it has none there either, it keeps an opening of its own."""
    shape = layout()
    most = shape.geometry.lines // round(shape.styles["zh"].leading / shape.geometry.grid)

    def first(contents: int, rules: int) -> dict[str, int]:
        boxes = {key: box(key, "zh", "題") for key in ("c", "h", "t", "r")}
        rows = [Row(id=key, zh=(key,), whole=key != "r", level=int(key == "h"), keep=key == "h")
                for key in boxes]  # fmt: skip
        flows = (
            Flow(division=Division.CONTENTS, rows=tuple(rows[:3]), front=True),
            Flow(division=Division.RULES, rows=tuple(rows[3:]), front=True),
        )
        book = replace(_book(boxes=boxes, layers={}), flows=flows)
        return dict(plan(book, _measures(c=contents, h=1, t=2, r=rules), shape).value.first_page)

    assert first(most - 3, 4) == {"c": 1, "h": 1, "t": 1, "r": 3}
    assert first(most - 2, 4) == {"c": 1, "h": 3, "t": 3, "r": 3}
    assert first(most - 2, most - 2) == {"c": 1, "h": 3, "t": 3, "r": 5}


def test_LAY013_names_the_note_and_both_pages() -> None:
    boxes = {"t": box("t", "zh", "文"), "n1": note("n1", "zh", "一"), "n2": note("n2", "zh", "二")}
    measures = _measures(t=1, n1=70, n2=3)
    measures["t"] = Measure(key="t", lines=1, marks=(MarkAt("n1", 1), MarkAt("n2", 1)))
    book = _book(Row(id="t", zh=("t",)), boxes=boxes, layers={"n1": 1, "n2": 1})
    made = plan(book, measures, layout())
    assert [(one.code.id, one.where) for one in made.diagnostics] == [("LAY013", "n2")]
    pages = {key: made.value.pages[index].label for key, index in made.value.first_page.items()}
    assert f"on page {pages['t']}" in made.diagnostics[0].fact
    assert f"on page {pages['n2']}" in made.diagnostics[0].fact
    assert pages["t"] == pages["n1"] != pages["n2"]
