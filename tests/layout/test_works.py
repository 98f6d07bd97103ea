"""The list of references: entries as boxes, and what stands on each of its pages."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tex_samples import CONFIG

from edition.layout import spec, works
from edition.layout.quoted import kept_whole
from edition.layout.types import Book, BoxRole, Division, Flow, Layout, Measure, Row
from edition.model import EntryLook, Reference, Strong, Styled, Text, plain

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Lee. On Walks at 5th Quay[EB/OL]. (2020-01-02). https://q.example/2020-01-02."
ADDRESS = TEXT[TEXT.index("https") : -1]


def layout() -> Layout:
    shape = spec.load(CONFIG, ROOT).value
    assert shape is not None
    return shape


def look(part: str, kind: str, address: str = "") -> EntryLook:
    at = TEXT.rindex(part)
    return EntryLook(at, at + len(part), kind, address)  # type: ignore[arg-type]


ENTRY = Reference(
    key="lee", authors="Lee", year="2020", text=TEXT, number="7", language="ja",
    looks=(look("On Walks at 5th Quay", "italic"), look("th Q"[:2], "sup"),
           look("Quay", "bold"), look(ADDRESS, "link", ADDRESS)),
)  # fmt: skip


def test_an_entry_is_a_box_with_its_looks() -> None:
    box = works.box(ENTRY, layout())
    assert (box.key, box.role, box.style) == ("references/lee", BoxRole.WORK, "work-en")
    assert (box.label, box.language) == ("[7]", "ja")
    assert box.width == layout().geometry.text_width
    assert plain(box.inlines).replace("\u200b", "") == TEXT
    (title,) = [one for one in box.inlines if isinstance(one, Styled) and "title" in one.classes]
    inner = [type(one) for one in title.children]
    assert inner == [Text, Styled, Text, Strong]
    (link,) = [one for one in box.inlines if isinstance(one, Styled) and "link" in one.classes]
    assert dict(link.attrs) == {"href": ADDRESS}
    assert plain(link.children) == ADDRESS
    assert list(kept_whole(box.inlines)) == ["[EB/OL]", "2020-01-02"], "not within the address"


@given(lines=st.lists(st.integers(1, 9), min_size=1, max_size=40), long=st.integers(0, 120))
def test_no_line_of_an_entry_stands_alone_and_none_is_lost(lines: list[int], long: int) -> None:
    shape = layout()
    lines = [*lines, *([long] if long else [])]
    entries = [Reference(key=f"k{n}", authors="", year="", text="x") for n in range(len(lines))]
    boxes = {works.key_of(one.key): works.box(one, shape) for one in entries}
    measures = {key: Measure(key=key, lines=count)
                for key, count in zip(boxes, lines, strict=True)}  # fmt: skip
    flow = Flow(division=Division.REFERENCES,
                rows=tuple(Row(id=key, zh=(key,), full=True) for key in boxes))  # fmt: skip
    book = Book(boxes=boxes, flows=(flow,), layers={}, labels={}, titles={}, heads={})
    pages = list(works.pages(flow, book, measures, shape))
    unit = round(shape.styles["work-en"].leading / shape.geometry.grid)
    shown: dict[str, list[tuple[int, int]]] = {}
    for page in pages:
        foot = 0.0
        for one in page:
            assert one.column == "full"
            assert one.y >= foot
            foot = one.y + (one.slice.last - one.slice.first) * unit
            assert foot <= shape.geometry.lines
            shown.setdefault(one.slice.key, []).append((one.slice.first, one.slice.last))
    for key, parts in shown.items():
        whole = [number for first, last in parts for number in range(first, last)]
        assert whole == list(range(measures[key].lines)), "every line, in order"
        if len(parts) > 1:
            assert all(last - first >= 2 for first, last in parts)
    assert list(shown) == list(boxes)
