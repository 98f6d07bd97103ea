"""Where the plan puts everything, in points from the upper left corner of each page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from edition.layout import heads
from edition.layout.types import Box, Geometry, Layout, PagePlan, Slice

BETWEEN = 14.0  # points between two columns of a list


class SlicePlace(NamedTuple):
    """A slice with its upper left corner."""

    x: float
    y: float
    slice: Slice


class Rule(NamedTuple):
    """A thin rule with its upper left corner."""

    x: float
    y: float
    length: float


def left_margin(geometry: Geometry, index: int) -> float:
    """From the left edge of the paper to the text block. Page 0 is a right-hand page."""
    if index % 2 == 0:
        return geometry.inner
    return geometry.paper_width - geometry.inner - geometry.text_width


def second_column(geometry: Geometry) -> float:
    """From the left edge of the text block to that of the second of two columns of a list."""
    return (geometry.text_width + BETWEEN) / 2


def column_x(geometry: Geometry, index: int, column: str) -> float:
    """Left edge of a column, in points from that of the page. Chinese stands on the left."""
    x = left_margin(geometry, index)
    if column == "second":
        return x + second_column(geometry)
    if not geometry.facing and column == "en":
        return x + geometry.zh_width + geometry.gutter
    return x


def head_top(layout: Layout) -> float:
    """From the upper edge of the page to the line of the running head."""
    return layout.geometry.top - heads.GAP - layout.styles[heads.STYLE].leading


def note_places(page: PagePlan, boxes: Mapping[str, Box], layout: Layout) -> tuple[SlicePlace, ...]:
    """The notes of a page: those as wide as a column below their column, the others across; all
    stand on the foot of the text block, and notes of both columns begin at the same height."""
    geometry = layout.geometry
    groups: dict[str, list[Slice]] = {"zh": [], "en": [], "full": []}
    for one in page.notes:
        box = boxes[one.key]
        narrow = not geometry.facing and box.width < geometry.text_width - 1
        groups[box.lang if narrow else "full"].append(one)

    def high(name: str) -> float:
        return sum(
            (one.last - one.first) * layout.styles[boxes[one.key].style].leading
            for one in groups[name]
        )

    foot = geometry.top + geometry.lines * geometry.grid
    across = foot - high("full")
    tops = {"full": across}
    tops["zh"] = tops["en"] = across - max(high("zh"), high("en"))
    places: list[SlicePlace] = []
    for name, group in groups.items():
        y = tops[name]
        for one in group:
            places.append(SlicePlace(column_x(geometry, page.index, name), y, one))
            y += (one.last - one.first) * layout.styles[boxes[one.key].style].leading
    return tuple(places)


def slices(page: PagePlan, boxes: Mapping[str, Box], layout: Layout) -> tuple[SlicePlace, ...]:
    """The slices of a page, text before notes."""
    return (*body_places(page, layout), *note_places(page, boxes, layout))


def body_places(page: PagePlan, layout: Layout) -> tuple[SlicePlace, ...]:
    """The text of a page."""
    geometry = layout.geometry
    return tuple([
        SlicePlace(
            column_x(geometry, page.index, placed.column),
            geometry.top + placed.y * geometry.grid,
            placed.slice,
        )
        for placed in page.body
    ])  # fmt: skip


def rules(notes: Iterable[SlicePlace], geometry: Geometry) -> list[Rule]:
    """The short rule above the first of the ``notes`` of each column."""
    tops: dict[float, float] = {}
    for x, y, _ in notes:
        tops[x] = min(y, tops.get(x, y))
    length = min(60.0, geometry.text_width / 5)
    return [Rule(x, y - 0.45 * geometry.note_gap, length) for x, y in sorted(tops.items())]
