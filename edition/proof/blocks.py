"""What the proof asks of boxes as wholes: heights as planned, rows of a table facing each other,
room for notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from edition.layout.shapes import is_table
from edition.layout.types import Book, BoxRole, Layout, Measure, Measures, Row, SliceAt
from edition.model import LANGS, Lang

Places = Mapping[str, Sequence[SliceAt]]
_TOLERANCE = 0.5  # points


def heights(
    places: Places, book: Book, measures: Measures, layout: Layout
) -> Iterator[tuple[str, float, float]]:
    """(box, height planned, height set) in points, of each slice where the two differ: lines, and
    the head that a table repeats."""
    for key, slices in places.items():
        leading, measure = layout.styles[book.boxes[key].style].leading, measures.get(key)
        if measure is None:
            continue
        for one in slices:
            lines = one.slice.last - one.slice.first + (measure.head if one.slice.first else 0)
            planned, high = lines * leading, one.bottom - one.top
            if abs(high - planned) > _TOLERANCE:
                yield key, planned, high


def rows_apart(
    rows: Sequence[Row], places: Places, book: Book, measures: Measures,
    opening: Callable[[int], int],
) -> Iterator[tuple[str, int]]:  # fmt: skip
    """(Chinese box, 1-based row) of each table of which a row stands on another opening than the
    row that it answers to: the first such row. Tables of unlike numbers of rows are left out."""
    for row in rows:
        keys = [row.side(lang)[0] for lang in LANGS if len(row.side(lang)) == 1]
        both = [measures[key] for key in keys if key in measures]
        if len(both) < 2 or not all(is_table(book.boxes[key]) for key in keys):
            continue
        zh, en = (_openings(one, places.get(one.key, ()), opening) for one in both)
        if len(zh) == len(en):
            apart = (number for number, pair in enumerate(zip(zh, en, strict=True), start=1)
                     if pair[0] != pair[1])  # fmt: skip
            yield from ((keys[0], number) for number in list(apart)[:1])


def _openings(
    measure: Measure, slices: Sequence[SliceAt], opening: Callable[[int], int]
) -> list[int]:
    """The opening of each row of a table; -1 where none has it whole."""
    found = []
    start = measure.caption + measure.head
    for lines in measure.rows:
        end = start + lines
        found.append(next((opening(one.page) for one in slices
                           if one.slice.first <= start and end <= one.slice.last), -1))  # fmt: skip
        start = end
    return found


def room(page: int, lang: Lang, slices: Sequence[SliceAt], book: Book, layout: Layout) -> float:
    """Points that a page has left for notes of a language, below its text and the notes that it
    has."""
    geometry = layout.geometry
    text, notes = geometry.top, 0.0
    for one in slices:
        box = book.boxes[one.slice.key]
        if one.page != page:
            continue
        if box.role is not BoxRole.NOTE or box.at_end:
            text = max(text, one.bottom)
        elif box.lang == lang or geometry.stacked:
            notes += one.bottom - one.top
    return geometry.top + geometry.lines * geometry.grid - text - geometry.note_gap - notes
