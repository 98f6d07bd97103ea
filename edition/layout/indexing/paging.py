"""The pages of a plan on which headwords stand.

Where a box runs over pages, the line of an occurrence is told by the letters that the lines hold.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from edition.config import Script
from edition.layout.indexing.entries import entry, printed_pages
from edition.layout.indexing.letters import drawn_before, parts_of
from edition.layout.types import (
    Book,
    BookPlan,
    Box,
    Division,
    Layout,
    Measure,
    Measures,
    Occurrence,
)
from edition.model import Lang

_HYPHENS = ("-", "‐", "–", "—", "/")


def pages(
    found: Sequence[Occurrence], book: Book, plan: BookPlan, measures: Measures,
    letters: Mapping[str, Sequence[int]],
) -> Iterator[tuple[Occurrence, int]]:  # fmt: skip
    """The occurrences with the index of the page on which each begins. ``letters``: how many
    each line of a box has."""
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)  # (last line, page) of slices
    for page in plan.pages:
        for part in (*(placed.slice for placed in page.body), *page.notes):
            where[part.key].append((part.last, page.index))
    ends: dict[str, list[int]] = {}
    for one in found:
        slices = sorted(where.get(one.box, ()))
        if len(slices) == 1 or one.defining:
            yield from ((one, page) for _, page in slices[:1])
        elif slices:
            if one.box not in ends:
                box, measure = book.boxes[one.box], measures[one.box]
                ends[one.box] = _line_ends(box, measure, letters.get(one.box, ()))
            line = _row_line(one, measures[one.box]) or bisect_right(ends[one.box], one.at) + 1
            yield one, next((at for last, at in slices if line <= last), slices[-1][1])


def _row_line(one: Occurrence, measure: Measure) -> int:
    """The 1-based first line of the row of a table that an occurrence stands in; 0 elsewhere."""
    if not measure.rows:
        return 0
    if one.row < 2:
        return measure.caption + 1 if one.row else 1
    return measure.caption + measure.head + sum(measure.rows[: one.row - 2]) + 1


def _line_ends(box: Box, measure: Measure, letters: Sequence[int]) -> list[int]:
    """How many letters of the text stand before the end of each line: a hyphen that TeX has put
    there is none of them."""
    parts = list(parts_of(box))
    text, drawn = "".join(one.text for one in parts), drawn_before(parts)
    ends, at = [], 0
    for number, count in enumerate(letters, start=1):
        at += count
        if number in measure.divided:
            last = text[bisect_left(drawn, at) - 1 : bisect_left(drawn, at)]
            at -= last not in _HYPHENS
        ends.append(at)
    return ends


def moves(book: Book) -> bool:
    """Whether something that the index or the glossary names stands behind one of them: then what
    their pages take may move it."""
    after = False
    for flow in book.flows:
        if flow.division in (Division.GLOSSARY, Division.INDEX):
            after = True
        elif after and (flow.division.text or flow.division.display):
            return True
    return False


def with_pages(
    book: Book, plan: BookPlan, measures: Measures, letters: Mapping[str, Sequence[int]],
    layout: Layout, script: Script,
) -> Book:  # fmt: skip
    """The book with the pages of its index, as the plan has them."""
    if book.index is None:
        return book
    told: dict[tuple[str, Lang], dict[int, bool]] = defaultdict(dict)
    placed: dict[tuple[str, int], tuple[str, ...]] = {}
    for one, page in pages(book.index.occurrences, book, plan, measures, letters):
        mine = told[one.headword, book.boxes[one.box].lang]
        mine[page] = mine.get(page, False) or one.defining
        if one.form:
            placed[one.box, page] = (*placed.get((one.box, page), ()), one.form)
    step = 2 if layout.geometry.facing else 1
    boxes = dict(book.boxes)
    for key, line in book.index.lines.items():
        numbers = printed_pages(told.get((line.headword, line.lang), {}), plan, step)
        box = boxes[key]
        span = next(one.span for one in box.inlines)
        boxes[key] = replace(box, inlines=entry(line, numbers, span, script))
    return replace(book, boxes=boxes, index=replace(book.index, placed=placed))
