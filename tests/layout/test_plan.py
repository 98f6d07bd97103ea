"""The plan of a book: what is said where a rule of the page was given up."""

from __future__ import annotations

from tex_samples import box, layout, note

from edition.layout.plan import plan
from edition.layout.types import Book, Box, Division, Flow, MarkAt, Measure, Row
from edition.model import Kind


def _book(*rows: Row, boxes: dict[str, Box], layers: dict[str, int]) -> Book:
    return Book(
        boxes=boxes, flows=(Flow(division=Division.BODY, rows=rows),), layers=layers, labels={},
        titles={}, heads={},
    )  # fmt: skip


def _measures(**lines: int) -> dict[str, Measure]:
    return {key: Measure(key=key, lines=number) for key, number in lines.items()}


def test_LAY010_text_higher_than_a_page() -> None:
    picture = box("p", "zh", "題", kind=Kind.FIGURE)
    book = _book(Row(id="p", zh=("p",), whole=True), boxes={"p": picture}, layers={})
    found = plan(book, _measures(p=500), layout()).diagnostics
    assert [one.code.id for one in found] == ["LAY010"]
    assert "higher than a page" in found[0].fact


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
