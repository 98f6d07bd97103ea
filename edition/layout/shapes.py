"""Rows with their measures: heights in grid units, where they may be cut, where notes are called.

All numbers of this module are whole grid units or numbers of lines, so that sums are exact.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from edition.layout.types import Book, Box, Layout, MarkAt, Measure, Measures, Row, Style
from edition.model import Kind, Lang
from edition.numerals import Count


@dataclass(frozen=True, slots=True)
class Call:
    """A note mark: in which line of the side (1-based), which note, in which language, its layer
    and lines, and how it is numbered: not at all where it has a label of its own, a ``number`` or
    another."""

    line: int
    key: str
    lang: Lang
    rank: int
    lines: int
    note: str = ""  # id that both languages share
    count: Count | None = None
    number: int = 0  # of a note that is numbered through the text


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: its lines from above, those of several boxes one after the other. In
    one stream of pages the Chinese side has the lines of both, and the English none.
    ``tops[k]`` and ``bottoms[k]``: distances of the 0-based line ``k`` from the head of the row;
    ``where[k]``: box and line number in it. A block (picture) is one line, and so is each row of
    a table, its caption and head with the first."""

    tops: tuple[int, ...] = ()
    bottoms: tuple[int, ...] = ()
    where: tuple[tuple[str, int], ...] = ()
    calls: tuple[Call, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()  # (lines, sentences ended within them)
    lines_of: Mapping[str, int] = field(default_factory=dict)  # of each box, as measured
    heads: Mapping[str, int] = field(default_factory=dict)  # of tables: units of their heads
    divided: frozenset[int] = frozenset()  # numbers of lines after which a word goes on
    says_absent: bool = False  # its line says that there is no text
    seam: int = 0  # lines of Chinese above those of English; 0 where it has one language

    @property
    def absent(self) -> bool:
        """Whether the side has no text."""
        return self.says_absent or not self.tops

    @property
    def lines(self) -> int:
        return len(self.tops)

    def height(self, start: int, end: int) -> int:
        """Of lines ``start`` … ``end`` (0-based, end excluded), the head that a table repeats
        included; 0 if there are none."""
        if end <= start:
            return 0
        return self.bottoms[end - 1] - self.tops[start] + self.repeated(start)

    def repeated(self, start: int) -> int:
        """Height of the head that stands again above line ``start`` at the head of a page."""
        key, line = self.where[start]
        return self.heads.get(key, 0) if line else 0

    def slice_end(self, line: int) -> int:
        """The line of its box at which line ``line`` of the side ends."""
        key = self.where[line][0]
        if line + 1 < self.lines and self.where[line + 1][0] == key:
            return self.where[line + 1][1]
        return self.lines_of[key]


@dataclass(frozen=True, slots=True)
class Shape:
    """A row as the planner sees it."""

    row: Row
    zh: Side
    en: Side
    above: int
    below: int
    between: int = 0  # of a full row: from the Chinese to the English below it

    def side(self, lang: Lang) -> Side:
        return self.zh if lang == "zh" else self.en

    @property
    def table(self) -> bool:
        return bool(self.zh.heads or self.en.heads)

    @property
    def whole(self) -> bool:
        return self.row.whole or (self.row.full and not self.table)

    @property
    def height(self) -> int:
        """In grid units: of a full row both sides together, else the higher one."""
        return max(self.part((0, self.zh.lines), (0, self.en.lines)))

    def part(self, zh: tuple[int, int], en: tuple[int, int]) -> tuple[int, int]:
        """Grid units that lines ``zh`` and ``en`` of the two sides take; a full row has them below
        each other, so that both take all."""
        one, two = self.zh.height(*zh), self.en.height(*en)
        if not self.row.full:
            return one, two
        high = one + two + (self.between if one and two else 0)
        return high, high


def shapes(rows: tuple[Row, ...], book: Book, measures: Measures, layout: Layout) -> list[Shape]:
    """Shapes of rows whose boxes are measured; a box without measure (reported where it was
    measured) takes no room."""
    maker = _Maker(book, measures, layout)
    return [maker.shape(row) for row in rows]


class _Maker:
    def __init__(self, book: Book, measures: Measures, layout: Layout) -> None:
        self.book = book
        self.measures = measures
        self.layout = layout
        self.units = {
            name: round(style.leading / layout.geometry.grid)
            for name, style in layout.styles.items()
        }

    def shape(self, row: Row) -> Shape:
        if self.layout.geometry.stacked:
            return self._stacked(row)
        styles = self._styles(row.keys)
        above = max((style.above for style in styles), default=0)
        return Shape(
            row=row, zh=self._side(row.zh), en=self._side(row.en), above=above,
            between=above if row.full and row.zh and row.en else 0,
            below=max((style.below for style in styles), default=0),
        )  # fmt: skip

    def _styles(self, keys: tuple[str, ...]) -> list[Style]:
        return [self.layout.styles[self.book.boxes[key].style] for key in keys]

    def _stacked(self, row: Row) -> Shape:
        """A row of one stream of pages: the English below the Chinese, as what follows it."""
        zh, en = self._styles(row.zh), self._styles(row.en)
        first, last = zh or en, en or zh
        gap = max((*(one.below for one in zh), *(one.above for one in en)), default=0)
        return Shape(
            row=row, zh=self._side(row.zh, row.en, gap), en=Side(),
            above=max((style.above for style in first), default=0),
            below=max((style.below for style in last), default=0),
        )  # fmt: skip

    def _side(self, keys: tuple[str, ...], below: tuple[str, ...] = (), gap: int = 0) -> Side:
        """``below``: keys of the boxes of the other language that follow, ``gap`` units away."""
        tops: list[int] = []
        bottoms: list[int] = []
        where: list[tuple[str, int]] = []
        calls: list[Call] = []
        sentences: list[tuple[int, int]] = []
        divided: set[int] = set()
        lines_of: dict[str, int] = {}
        heads: dict[str, int] = {}
        y = ended = seam = 0
        for number, key in enumerate((*keys, *below)):
            if number == len(keys) and tops:
                seam, y = len(tops), y + gap
            box, measure = self.book.boxes[key], self.measures.get(key)
            if measure is None:
                continue
            unit, before = self.units[box.style], len(tops)
            starts = _units(box, measure)
            lines_of[key] = measure.lines
            calls += self._calls(measure.marks, before, starts)
            if measure.rows:
                heads[key] = measure.head * unit
            for start, end in pairwise((*starts, measure.lines)):
                tops.append(y)
                y += (end - start) * unit
                bottoms.append(y)
                where.append((key, start))
            sentences += [(before + line, ended + count) for line, count in measure.sentence_ends]
            ended += measure.sentence_ends[-1][1] if measure.sentence_ends else 0
            divided |= {before + line for line in measure.divided}
        return Side(
            tuple(tops), tuple(bottoms), tuple(where), tuple(calls), tuple(sentences), lines_of,
            heads, frozenset(divided),
            all(self.book.boxes[key].style.startswith("absent") for key in (*keys, *below)), seam,
        )  # fmt: skip

    def _calls(
        self, marks: tuple[MarkAt, ...], before: int, starts: Sequence[int]
    ) -> Iterator[Call]:
        for mark in marks:
            measure = self.measures.get(mark.note)
            if measure is not None and not self.book.boxes[mark.note].at_end:
                line = bisect.bisect_left(starts, mark.line)
                rank = self.book.layers.get(mark.note, 0)
                box = self.book.boxes[mark.note]
                keyed = mark.note in self.book.labels or box.numbering == "line"
                count = None if keyed else box.count
                yield Call(
                    before + line, mark.note, box.lang, rank, measure.lines,
                    box.note or box.key, count, box.number,
                )  # fmt: skip
                # notes on one of the author's footnotes are called where it is
                yield from self._calls(measure.marks, before + line - 1, (0,))


def _units(box: Box, measure: Measure) -> Sequence[int]:
    """0-based lines of a box before which it may be cut, its first included."""
    if is_block(box):
        return (0,)
    if not measure.rows:
        return range(measure.lines)
    below = measure.caption + measure.head
    return (0, *(below + end for end in accumulate(measure.rows[:-1])))


def is_block(box: Box) -> bool:
    """Whether a box is never cut: a picture."""
    return box.segment is not None and box.segment.kind is Kind.FIGURE


def is_table(box: Box) -> bool:
    return box.segment is not None and box.segment.table is not None


# --- where a row may be cut --------------------------------------------------------------------


class Cut(NamedTuple):
    """After ``zh`` lines of the Chinese and ``en`` lines of the English, at a ``cost``."""

    zh: int
    en: int
    cost: float


SPLIT = 4.0  # a pair in one piece is better than one in two
TABLE_SPLIT = 60.0  # a table too, if no more than eight lines stay blank for it
DIVIDED = 24.0  # a word that goes on on the next page: worth a line of white on a page of some
_BESIDE = 2.0  # lines that the end of the English may lie from what answers to the Chinese for it
APART = 40.0  # a note whose mark is on one opening in one language, on the next in the other
LONELY = 60.0  # a single line of a paragraph at the head or foot of a page


def cuts(shape: Shape, *, lonely: bool = False) -> list[Cut]:
    """Places at which both sides may be cut so that the same part of the text stands on both:
    none leaves a single line unless ``lonely``."""
    zh, en = shape.zh.lines, shape.en.lines
    split = TABLE_SPLIT if shape.table else SPLIT
    if shape.whole or not (zh or en):
        return []
    if shape.zh.absent or shape.en.absent:
        return _of_one_side(shape, lonely=lonely)
    least = 1 if lonely else 2
    found: list[Cut] = []
    shared = _shared(shape)
    for k in range(least, zh - least + 1):
        cost_zh = lonely_cost(shape.zh, k)
        if cost_zh and not lonely:
            continue
        aim = _answering(shape, k)
        for j, apart in _near(shape, k, aim, shared):
            if not least <= j <= en - least:
                continue
            cost_en = lonely_cost(shape.en, j)
            if lonely or not cost_en:
                words = (k in shape.zh.divided) + (j in shape.en.divided)
                cost = split + 2 * (j - aim) ** 2 + DIVIDED * words + APART * apart
                found.append(Cut(k, j, cost + cost_zh + cost_en))
                break
    if not found and lonely:  # a side of one line: it stays on the first page
        found = _beside_one_line(zh, en)
    return found


def _shared(shape: Shape) -> list[tuple[int, int]]:
    """The lines of the marks of each note that both sides call."""
    zh = {call.note: call.line for call in shape.zh.calls if call.note}
    return [(zh[call.note], call.line) for call in shape.en.calls if call.note in zh]


def _near(
    shape: Shape, k: int, aim: float, shared: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Lines of the English after which it may be cut where the Chinese is after ``k`` lines, the
    best first, each with how many notes it parts: those by ``aim``, which answers to it, and as far
    again where it may else part notes."""
    reach = 2 if shared else 0
    near = [(line, sum((one <= k) != (two <= line) for one, two in shared))
            for line in range(int(aim) - 1 - reach, int(aim) + 3 + reach)]  # fmt: skip
    return sorted(near, key=lambda cut: (
        cut[1], abs(cut[0] - aim) + _BESIDE * (cut[0] in shape.en.divided)))  # fmt: skip


def _of_one_side(shape: Shape, *, lonely: bool) -> list[Cut]:
    """Cuts where one side has no text: what says so stays with the first part of the other."""
    zh, en = shape.zh, shape.en
    alone = en if zh.absent else zh
    found = []
    for k in range(1, alone.lines):
        cost = lonely_cost(alone, k)
        if lonely or not cost:
            cost += SPLIT + DIVIDED * (k in alone.divided)
            found.append(Cut(zh.lines, k, cost) if zh.absent else Cut(k, en.lines, cost))
    return found


def lonely_cost(side: Side, line: int) -> float:
    """Cost of a cut after ``line`` lines that leaves one line of a box before or after it."""
    key, number = side.where[line - 1]
    if line >= side.lines or side.where[line][0] != key:
        return 0.0
    return LONELY if number == 0 or side.slice_end(line) == side.lines_of[key] else 0.0


def _beside_one_line(zh: int, en: int) -> list[Cut]:
    cost = SPLIT + 3 * LONELY
    if zh == 1:
        return [Cut(1, j, cost) for j in range(1, en)]
    return [Cut(k, 1, cost) for k in range(1, zh)]


def _answering(shape: Shape, k: int) -> float:
    """The line of the English, as a fraction, that answers to the end of line ``k`` of the
    Chinese: by sentences where both sides have as many, else in proportion."""
    zh, en = shape.zh, shape.en
    total_zh = zh.sentences[-1][1] if zh.sentences else 0
    total_en = en.sentences[-1][1] if en.sentences else 0
    if total_zh != total_en or total_zh < 2:
        return k * en.lines / zh.lines
    here = {count: line for line, count in zh.sentences}
    there = {count: line for line, count in en.sentences}
    marks = [(0, 0), *((here[n], there[n]) for n in sorted(here) if n in there),
             (zh.lines, en.lines)]  # fmt: skip
    for (x0, y0), (x1, y1) in pairwise(marks):
        if x0 <= k <= x1 and x1 > x0:
            return y0 + (k - x0) * (y1 - y0) / (x1 - x0)
    return k * en.lines / zh.lines
