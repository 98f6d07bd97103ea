"""The way through two runs of units: dynamic programming within a band, and how sure it is.

A full table of 3,000 × 3,100 paragraphs would be nine million cells. The way never strays far from
where equal lengths and rare shared words say that it goes, so only a band round that is looked at;
where the way comes to run along the band's edge, the band was too narrow.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from edition.aligning.rising import rising

Shape = tuple[int, int]
Score = Callable[[int, int, Shape], float]
Step = tuple[int, int, Shape]  # Chinese and English unit that a bead begins with, its shape

_SLIGHT = -9.0  # logarithm of a chance that is none
_FULL = 30_000  # cells of a table that is looked at whole


@dataclass(frozen=True, slots=True)
class BandStretch:
    """A stretch of both texts, half-open, that is to be aligned."""

    zh: tuple[int, int]
    en: tuple[int, int]

    @property
    def rows(self) -> int:
        return self.zh[1] - self.zh[0]

    @property
    def columns(self) -> int:
        return self.en[1] - self.en[0]


@dataclass(frozen=True, slots=True)
class Band:
    """For each number of Chinese units gone by, from 0, the least and greatest number of English
    ones; both within the box and growing."""

    box: BandStretch
    low: tuple[int, ...]
    high: tuple[int, ...]

    def strained(self, path: Sequence[Step]) -> bool:
        """Whether a way runs along an edge of the band that is none of the box."""
        for i, j, _ in path:
            row, column = i - self.box.zh[0], j - self.box.en[0]
            low, high = self.low[row], self.high[row]
            if (low and column <= low + 1) or (high < self.box.columns and column >= high - 1):
                return True
        return False


def _band(box: BandStretch, centres: Sequence[float], width: int) -> Band:
    low, high = [], []
    floor = 0
    for centre in centres:
        floor = max(floor, min(box.columns, math.floor(centre) - width))
        low.append(max(0, floor))
        high.append(min(box.columns, max(floor, math.ceil(centre) + width)))
    low[0], high[-1] = 0, box.columns
    for row in range(1, len(high)):  # grow, and begin within what the row above reaches
        high[row] = max(high[row], high[row - 1])
        low[row] = min(low[row], high[row - 1])
    for row in range(len(low) - 2, -1, -1):
        low[row] = min(low[row], low[row + 1], high[row])
    return Band(box, tuple(low), tuple(high))


def whole(box: BandStretch) -> Band:
    return Band(box, (0,) * (box.rows + 1), (box.columns,) * (box.rows + 1))


def small(box: BandStretch) -> bool:
    return (box.rows + 1) * (box.columns + 1) <= _FULL


def along(
    box: BandStretch, long_zh: Sequence[int], long_en: Sequence[int],
    anchors: Sequence[tuple[int, int]],
    width: int,
) -> Band:  # fmt: skip
    """The band where lengths run even between ``anchors``: pairs of units, in order on both
    sides, that most likely belong together."""
    inside = [
        (i - box.zh[0], j - box.en[0]) for i, j in anchors
        if box.zh[0] <= i < box.zh[1] and box.en[0] <= j < box.en[1]
    ]  # fmt: skip
    posts = [(0, 0), *(one for one in inside if one != (0, 0)), (box.rows, box.columns)]
    ends_zh = _sums(long_zh[box.zh[0] : box.zh[1]])
    ends_en = _sums(long_en[box.en[0] : box.en[1]])
    centres = [0.0] * (box.rows + 1)
    for (row, column), (next_row, next_column) in pairwise(posts):
        length = max(ends_zh[next_row] - ends_zh[row], 1)
        scale = (ends_en[next_column] - ends_en[column]) / length
        for at in range(row, next_row + 1):
            goal = ends_en[column] + (ends_zh[at] - ends_zh[row]) * scale
            centres[at] = bisect_left(ends_en, goal, column, next_column)
    return _band(box, centres, width)


def _sums(lengths: Sequence[int]) -> list[int]:
    total, found = 0, [0]
    for one in lengths:
        total += one + 1
        found.append(total)
    return found


def near(box: BandStretch, path: Sequence[Step], width: int) -> Band:
    """The band round a way that is known roughly."""
    centres = [0.0] * (box.rows + 1)
    at = 0
    for i, j, _ in path:
        row = i - box.zh[0]
        while at < row:
            at += 1
            centres[at] = j - box.en[0]
        centres[row] = j - box.en[0]
    for row in range(at + 1, box.rows + 1):
        centres[row] = box.columns
    return _band(box, centres, width)


def chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that grows on both sides."""
    return rising(sorted(set(pairs), key=lambda pair: (pair[0], -pair[1])))


@dataclass(frozen=True, slots=True)
class BandScores:
    """The score of every bead that ends at a place of the band: by row, then column, then shape."""

    band: Band
    shapes: tuple[Shape, ...]
    rows: tuple[array[float], ...]


def table(band: Band, score: Score, shapes: Sequence[Shape]) -> BandScores:
    """Every score once, for all that is asked of it."""
    (top, _), (left, _) = band.box.zh, band.box.en
    rows = []
    for row in range(band.box.rows + 1):
        scores = array("d")
        for column in range(band.low[row], band.high[row] + 1):
            for shape in shapes:
                i, j = row - shape[0], column - shape[1]
                inside = i >= 0 and band.low[i] <= j <= band.high[i]
                scores.append(score(top + i, left + j, shape) if inside else -math.inf)
        rows.append(scores)
    return BandScores(band, tuple(shapes), tuple(rows))


def best(table: BandScores) -> list[Step]:
    """The way of the greatest score, from end to end of the box."""
    band, shapes = table.band, table.shapes
    (top, _), (left, _) = band.box.zh, band.box.en
    reached: list[list[float]] = []
    back: list[bytearray] = []
    for row, scores in enumerate(table.rows):
        low, high = band.low[row], band.high[row]
        values = [-math.inf] * (high - low + 1)
        reached.append(values)
        froms = bytearray(high - low + 1)
        back.append(froms)
        at = 0
        for column in range(low, high + 1):
            found, which = (-math.inf, 0) if row or column else (0.0, 0)
            for number, (a, d) in enumerate(shapes):
                said = scores[at]
                at += 1
                if said > -math.inf:
                    total = reached[row - a][column - d - band.low[row - a]] + said
                    if total > found:
                        found, which = total, number
            values[column - low], froms[column - low] = found, which
    path = []
    row, column = band.box.rows, band.box.columns
    while row or column:
        a, d = shapes[back[row][column - band.low[row]]]
        row, column = row - a, column - d
        path.append((top + row, left + column, (a, d)))
    return path[::-1]


def rough(band: Band, pair: Callable[[int, int], float], lone: float) -> list[Step]:
    """The way by pairs alone: ``pair`` gives the score of two units, ``lone`` is that of a unit
    without counterpart. Splits and joins come out as a pair and what is left."""
    (top, _), (left, _) = band.box.zh, band.box.en
    above: list[float] = []
    back: list[bytearray] = []
    for row in range(band.box.rows + 1):
        low, high = band.low[row], band.high[row]
        shift = low - band.low[row - 1] if row else 0
        values: list[float] = []
        froms = bytearray(high - low + 1)
        so_far = -math.inf
        for at in range(high - low + 1):
            found, which = (so_far + lone, 1) if row or at else (0.0, 1)
            before = at + shift
            if row and before < len(above):
                if above[before] + lone > found:
                    found, which = above[before] + lone, 2
                if before:
                    paired = above[before - 1] + pair(top + row - 1, left + low + at - 1)
                    if paired > found:
                        found, which = paired, 0
            if row and before == len(above):
                paired = above[before - 1] + pair(top + row - 1, left + low + at - 1)
                if paired > found:
                    found, which = paired, 0
            so_far = found
            values.append(found)
            froms[at] = which
        above = values
        back.append(froms)
    path: list[Step] = []
    row, column = band.box.rows, band.box.columns
    while row or column:
        a, d = ((1, 1), (0, 1), (1, 0))[back[row][column - band.low[row]]]
        row, column = row - a, column - d
        path.append((top + row, left + column, (a, d)))
    return path[::-1]


def shifted(table: BandScores, by: Mapping[Shape, float]) -> BandScores:
    """The scores with so much more for each shape."""
    more = [by[shape] for shape in table.shapes] * max(map(len, table.rows), default=0)
    rows = tuple(array("d", map(float.__add__, row, more)) for row in table.rows)
    return BandScores(table.band, table.shapes, rows)


def sureness(table: BandScores, path: Sequence[Step]) -> list[float]:
    """The probability of each step of a way among all ways through the band."""
    forward, backward, total = _both_ways(table)
    band, shapes = table.band, table.shapes
    found = []
    for i, j, shape in path:
        row, column = i - band.box.zh[0], j - band.box.en[0]
        end_row, end = row + shape[0], column + shape[1] - band.low[row + shape[0]]
        said = table.rows[end_row][end * len(shapes) + shapes.index(shape)]
        logarithm = forward[row][column - band.low[row]] + said + backward[end_row][end] - total
        found.append(math.exp(min(0.0, logarithm)))
    return found


def expected(table: BandScores) -> dict[Shape, float]:
    """How many beads of each shape there are likely to be."""
    forward, backward, total = _both_ways(table)
    low, shapes = table.band.low, table.shapes
    counts = [0.0] * len(shapes)
    for row, column, scores in _places(table):
        after = backward[row][column - low[row]] - total
        if after == -math.inf:
            continue
        for number, said in enumerate(scores):
            if said > -math.inf:
                a, d = shapes[number]
                chance = forward[row - a][column - d - low[row - a]] + said + after
                if chance > _SLIGHT:
                    counts[number] += math.exp(min(0.0, chance))
    return dict(zip(shapes, counts, strict=True))


def _both_ways(table: BandScores) -> tuple[list[list[float]], list[list[float]], float]:
    """The logarithms of the sums of all ways to each place, of those from there on, and of all."""
    band, shapes = table.band, table.shapes
    low = band.low
    forward = [[-math.inf] * (high - least + 1) for least, high in zip(low, band.high, strict=True)]
    backward = [list(row) for row in forward]
    forward[0][0] = 0.0
    for row, column, scores in _places(table):
        here = [
            forward[row - a][column - d - low[row - a]] + said
            for (a, d), said in zip(shapes, scores, strict=True) if said > -math.inf
        ]  # fmt: skip
        if here:
            forward[row][column - low[row]] = _total(here)
    backward[-1][band.box.columns - low[-1]] = 0.0
    for row, column, scores in reversed(list(_places(table))):
        after = backward[row][column - low[row]]
        if after == -math.inf:
            continue
        for (a, d), said in zip(shapes, scores, strict=True):
            if said > -math.inf:
                values, at = backward[row - a], column - d - low[row - a]
                values[at] = _sum(values[at], after + said)
    return forward, backward, forward[-1][band.box.columns - low[-1]]


def _places(table: BandScores) -> Iterator[tuple[int, int, array[float]]]:
    """Each place of the band with the scores of the beads that end there."""
    count = len(table.shapes)
    for row, scores in enumerate(table.rows):
        for number in range(len(scores) // count):
            yield (
                row, table.band.low[row] + number, scores[number * count : (number + 1) * count],
            )  # fmt: skip


def _sum(one: float, two: float) -> float:
    """The logarithm of the sum of what these are logarithms of."""
    if one < two:
        one, two = two, one
    return one if two < one - 30 else one + math.log1p(math.exp(two - one))


def _total(logs: Sequence[float]) -> float:
    """The same of several; at least one."""
    most = max(logs)
    if most == -math.inf:
        return most
    return most + math.log(sum(math.exp(one - most) for one in logs if one > most - 30))
