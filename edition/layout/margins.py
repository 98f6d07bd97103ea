"""The margin beside the text: pages of the base text, verses, references, numbers of lines.

Each line of text has room for one label, as wide as the margin allows; what does not fit beside
its line goes to the next. So no label can meet another, nor the text.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from edition.config import LineNumbers
from edition.diagnostics import Diagnostic, error
from edition.layout import kinds, widths
from edition.layout.placement import left_margin
from edition.layout.shapes import is_block
from edition.layout.types import (
    Book,
    Box,
    BoxRole,
    Division,
    Geometry,
    Layout,
    MarginLabel,
    MarkPlace,
    Measures,
    PagePlan,
    Placed,
)
from edition.model import LANGS, Edition, Inlines, Lang, Milestone, Presence, flat

WIDE = error("LAY012", "a name in the margin is wider than the margin")

STYLE = "margin"
GAP = 9.0  # points from the text to the margin's labels: more than English hangs out
_SAFE = 8.5  # points to the edge of the paper that a trimmer may take: 3 mm
Numbered: TypeAlias = Mapping[tuple[str, int], int]  # (box, line from 1) → number of the line


def milestones(inlines: Inlines) -> Iterator[Milestone]:
    """The milestones of a text in order."""
    return (one for one in flat(inlines) if isinstance(one, Milestone))


def is_left(geometry: Geometry, index: int, lang: Lang) -> bool:
    """Whether the labels of a language stand left of the text on a page: of columns each has its
    own outer side; of facing pages it is the outer or the inner margin."""
    if not geometry.facing:
        return lang == "zh"
    return (index % 2 == 1) == (geometry.margin == "outer")


def room(geometry: Geometry, *, left: bool, index: int) -> float:
    """Points that a label may take on one side of a page."""
    start = left_margin(geometry, index)
    free = start if left else geometry.paper_width - start - geometry.text_width
    return free - GAP - _SAFE


def width(text: str, size: float) -> float:
    """About how many points a label takes, with the gaps between Han and Latin."""
    scripts = [unicodedata.east_asian_width(one) in "WF" for one in text if not one.isspace()]
    gaps = sum(one is not two for one, two in pairwise(scripts))
    return widths.width(text, size) + 0.25 * gaps * size


def check(edition: Edition, layout: Layout) -> Iterable[Diagnostic]:
    """Names for which no margin has room."""
    geometry, size = layout.geometry, layout.styles[STYLE].size
    for pair in edition.pairs:
        for lang in LANGS:
            index = 1 if lang == "zh" else 0
            free = room(geometry, left=is_left(geometry, index, lang), index=index)
            if not geometry.facing:
                free = min(room(geometry, left=lang == "zh", index=page) for page in (0, 1))
            for segment in pair.side(lang):
                for one in milestones(segment.inlines):
                    wide = width(one.name, size)
                    if wide > free:
                        yield Diagnostic(
                            code=WIDE, span=one.span, segment=segment.id,
                            fact=f"“{one.name}” takes {wide:.0f} pt, and the margin has {free:.0f}",
                            hint="shorten it, or take a wider margin in the layout",
                        )  # fmt: skip


def is_numbered(box: Box, numbers: LineNumbers) -> bool:
    """Whether the lines of a box of text have numbers."""
    segment = box.segment
    return (
        numbers.by != "none"
        and box.role is BoxRole.TEXT
        and box.lang in numbers.languages
        and segment is not None
        and kinds.of(segment.kind).counted
        and not segment.byline
        and segment.presence is Presence.TEXT
    )


def sections(book: Book) -> dict[str, int]:
    """The section, from a heading of level 1 to the next, of each box of the text."""
    keys: dict[str, int] = {}
    number = 0
    for flow in book.flows:
        for row in flow.rows if flow.division is Division.BODY else ():
            number += row.level == 1
            keys |= dict.fromkeys(row.keys, number)
    return keys


@dataclass(slots=True)
class _Line:
    baseline: float
    number: int  # that is printed beside the line; 0: none
    stones: list[tuple[Milestone, tuple[str, int]]]  # with (box, order)


@dataclass(slots=True)
class _Margins:
    book: Book
    measures: Measures
    layout: Layout
    counts: dict[Lang, int] = field(default_factory=lambda: dict.fromkeys(LANGS, 0))
    sections: Mapping[str, int] = field(init=False)  # key of a box → its section
    section: dict[Lang, int] = field(default_factory=lambda: dict.fromkeys(LANGS, -1))
    counted: dict[tuple[str, int], int] = field(default_factory=dict)  # (box, line) → its number

    def __post_init__(self) -> None:
        self.sections = sections(self.book)

    def page(self, page: PagePlan) -> PagePlan:
        labels: list[MarginLabel] = []
        for lang in LANGS:
            if self.book.line_numbers.by == "page":
                self.counts[lang] = 0
            placed = [one for one in page.body if self._own(one, lang)]
            placed.sort(key=lambda one: one.y)
            lines = [line for one in placed for line in self._lines(one, lang)]
            labels += self._labels(lines, page.index, lang)
        return replace(page, margin=tuple(labels)) if labels else page

    def _own(self, placed: Placed, lang: Lang) -> bool:
        box = self.book.boxes[placed.slice.key]
        return box.role is BoxRole.TEXT and box.lang == lang and not is_block(box)

    def _lines(self, placed: Placed, lang: Lang) -> Iterator[_Line]:
        key = placed.slice.key
        box, geometry = self.book.boxes[key], self.layout.geometry
        style = self.layout.styles[box.style]
        top = geometry.top + placed.y * geometry.grid + style.first
        names = list(milestones(box.inlines))
        stones = self.measures[key].stones
        for line in range(placed.slice.first + 1, placed.slice.last + 1):
            own = [(names[order], (key, order + 1))
                   for order, at in enumerate(stones) if at == line]  # fmt: skip
            baseline = top + (line - 1 - placed.slice.first) * style.leading
            number = self._number(box, lang)
            if number:
                self.counted[key, line] = number
            printed = number if number % self.book.line_numbers.every == 0 else 0
            yield _Line(baseline, printed, own)

    def _number(self, box: Box, lang: Lang) -> int:
        """The number of the next line; 0 where lines of its kind have none."""
        numbers = self.book.line_numbers
        if not is_numbered(box, numbers):
            return 0
        if box.key not in self.sections:  # before and after the text lines have none
            return 0
        section = self.sections[box.key]
        if numbers.by == "section" and section != self.section[lang]:
            self.section[lang] = section
            self.counts[lang] = 0
        self.counts[lang] += 1
        return self.counts[lang]

    def _labels(self, lines: Sequence[_Line], index: int, lang: Lang) -> Iterator[MarginLabel]:
        if not any(line.number or line.stones for line in lines):
            return
        geometry, style = self.layout.geometry, self.layout.styles[STYLE]
        left = is_left(geometry, index, lang)
        free = room(geometry, left=left, index=index)
        edge = left_margin(geometry, index) + (0.0 if left else geometry.text_width)
        waiting: list[tuple[Milestone, tuple[str, int]]] = []
        coming = deque(lines)
        below = 0.0  # where a name has room that found none beside its line
        while coming or waiting:
            if waiting and (not coming or coming[0].baseline - below >= style.leading):
                line = _Line(below, 0, [])
            else:
                line = coming.popleft()
            below = line.baseline + style.leading
            waiting += line.stones
            label = MarginLabel(
                parts=(("line", str(line.number)),) if line.number else (),
                baseline=line.baseline, edge=edge, left=left,
            )  # fmt: skip
            while waiting:
                stone, place = waiting[0]
                part = stone.kind, stone.name
                # names read from left to right; a number of lines stands next to the text
                named = len(label.stones) if left else len(label.parts)
                parts = (*label.parts[:named], part, *label.parts[named:])
                longer = replace(label, parts=parts, stones=(*label.stones, place))
                if label.parts and width(longer.text, style.size) > free:
                    break
                label = longer
                waiting.pop(0)
            if label.parts:
                yield label


def with_margins(
    pages: Sequence[PagePlan], book: Book, measures: Measures, layout: Layout
) -> tuple[list[PagePlan], Numbered]:
    """The pages with what their margins say, and the number of each line that has one."""
    if book.line_numbers.by == "none" and not any(one.stones for one in measures.values()):
        return list(pages), {}
    margins = _Margins(book, measures, layout)
    return [margins.page(page) for page in pages], margins.counted


def places_of_notes(
    pages: Sequence[PagePlan], book: Book, measures: Measures, numbered: Numbered
) -> dict[str, MarkPlace]:
    """What notes say of the place of their mark, by their keys. At the end of the book they say its
    page. Where each page counts its lines for itself, so does one at the end of its section
    (``123.4``) and one that is keyed by its line and had to begin on a later page; another that
    had to says nothing."""
    said: dict[str, MarkPlace] = {}
    ends = {key for flow in book.flows if flow.division is Division.NOTES
            for row in flow.rows for key in row.keys}  # fmt: skip
    for page in pages:
        here = {one.key for one in page.notes if not one.first}
        for one in (*(placed.slice for placed in page.body), *page.notes):
            for mark in measures[one.key].marks if one.key in measures else ():
                note = book.boxes[mark.note]
                if not one.first < mark.line <= one.last or not note.line:
                    continue
                number = numbered.get((one.key, mark.line), 0) if note.says_line else 0
                keyed = note.numbering == "line"
                if note.key in ends:
                    word = "" if keyed else book.page_words.get(note.lang, "")
                    said[note.key] = MarkPlace(page.label, number, word)
                elif number and (book.line_numbers.by == "section" or note.key in here):
                    said[note.key] = MarkPlace(line=number)
                elif number and (note.at_end or keyed):
                    said[note.key] = MarkPlace(page.label, number)
    return said
