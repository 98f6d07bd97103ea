"""What no page holds: parts of a row that may not be divided and are higher than the text block.

Boxes were measured one by one, and each may have room; of a row that has both languages below each
other a page holds a part of both. Here rows are looked at as the planner has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edition.diagnostics import Diagnostic, error
from edition.layout.breaks import Breaks, Space
from edition.layout.shapes import Shape
from edition.layout.types import Book

TOO_HIGH = error("TEX010", "A table or picture is higher than a page")

_LOOSEST = 2  # level of the planner: single lines may stand alone


def too_high(shapes: Sequence[Shape], book: Book, space: Space) -> Iterator[Diagnostic]:
    """An error for each row of which a part fits no page, however it is divided."""
    for shape in shapes:
        if shape.height <= space.height:
            continue
        row = _last_reached(shape, space)
        if row is not None:
            yield _told(shape, row, book)


def _last_reached(shape: Shape, space: Space) -> int | None:
    """How many lines (of a table: rows) of its first side pages can hold up to the part that none
    holds; None where there is no such part."""
    places = Breaks([shape], space, _LOOSEST)
    ends = places.all
    reached = {0}
    for index, start in enumerate(ends[:-1]):
        if index not in reached:
            continue
        places.begin(start)
        reached |= {
            other for other in range(index + 1, len(ends))
            if places.follows(start, ends[other])
            and max(places.heights(start, other)) <= space.height
        }  # fmt: skip
    return None if len(ends) - 1 in reached else ends[max(reached)].zh


def _told(shape: Shape, done: int, book: Book) -> Diagnostic:
    box = book.boxes[shape.row.keys[0]]
    both = shape.row.full and bool(shape.zh.lines and shape.en.lines)
    if shape.table:
        below = ", with its two languages one below the other" if both else ""
        fact = f"row {done + 1} of the table is higher than a page{below}"
        hint = "divide its text into several rows, or take larger pages"
    else:
        fact = "what may not be divided of it is higher than a page"
        hint = "shorten it, or take larger pages"
    span = box.span or (box.segment.span if box.segment else None)
    return Diagnostic(code=TOO_HIGH, span=span, fact=fact, hint=hint,
                      segment=box.segment.id if box.segment else shape.row.id)  # fmt: skip
