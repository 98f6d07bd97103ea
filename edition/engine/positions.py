"""What TeX writes beside a run: measures of boxes, and positions of points in them.

``b 12 7 m2:3 s1:2 h4 TALL`` is the measure of box 12; ``m 12:3 4 1234 5678`` the position of its
third note mark: the page (or, in the measuring run, the line), and scaled points from the left and
the lower edge of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from edition.latex.boxes import SetBox, note_key
from edition.layout.types import Box, MarkAt, Measure, PointAt

_KINDS = "mcetpqs"


@dataclass(frozen=True, slots=True)
class WrittenPosition:
    """One position; ``what`` is the order of the point in its box, or the lines of a slice."""

    kind: str
    box: int
    what: str
    page: int
    x: int
    y: int


def text_of(path: Path) -> str:
    """What was written; nothing where TeX came to nothing."""
    try:
        return path.read_text("ascii", "replace")
    except OSError:
        return ""


def written(text: str) -> Iterator[WrittenPosition]:
    """The positions in order; lines that are not whole are passed over."""
    for line in text.splitlines():
        parts = line.split()
        if len(parts) != 5 or len(parts[0]) != 1 or parts[0] not in _KINDS:
            continue
        number, _, what = parts[1].partition(":")
        yield WrittenPosition(
            parts[0], int(number), what, int(parts[2]), int(parts[3]), int(parts[4])
        )


# --- measures -------------------------------------------------------------------------------


def measures(text: str, boxes: Sequence[SetBox]) -> dict[str, Measure]:
    """Measures by key. Marks are named by their order."""
    results: dict[str, Measure] = {}
    for line in text.splitlines():
        parts = line.split()
        if len(parts) < 3 or parts[0] != "b" or not "".join(parts[1:3]).isdecimal():
            continue
        number = int(parts[1])
        if number < len(boxes):
            box = boxes[number]
            results[box.key] = _measured(box, int(parts[2]), parts[3:])
    return results


def _measured(box: SetBox, lines: int, more: Sequence[str]) -> Measure:
    last: list[tuple[int, int]] = []  # (order of the last mark of a line, line)
    ends: list[tuple[int, int]] = []
    stones: list[tuple[int, int]] = []  # (order of the last milestone of a line, line)
    divided: list[int] = []
    faults: list[str] = []
    parts: dict[str, list[int]] = {"k": [], "e": [], "r": []}  # caption, head, rows of a table
    for one in more:
        what, _, line = one.partition(":")
        if what[:1] == "g" and what[1:].isdecimal() and line.isdecimal():
            stones.append((int(what[1:]), int(line)))
        elif what[:1] == "m" and what[1:].isdecimal() and line.isdecimal():
            last.append((int(what[1:]), int(line)))
        elif what[:1] == "s" and what[1:].isdecimal() and line.isdecimal():
            ends.append((int(line), int(what[1:])))
        elif what[:1] == "h" and what[1:].isdecimal():
            divided.append(int(what[1:]))
        elif one[:1] in parts and one[1:].isdecimal():
            parts[one[0]].append(int(one[1:]))
        elif one not in faults:
            faults.append(one)
    return Measure(
        key=box.key,
        lines=lines,
        marks=_marks(box, last, sum(parts["k"] + parts["e"]), parts["r"]),
        sentence_ends=tuple(ends),
        divided=tuple(divided),
        caption=sum(parts["k"]),
        head=sum(parts["e"]),
        rows=tuple(parts["r"]),
        stones=tuple(_lines(stones)),
        faults=tuple(faults),
    )


def _marks(
    box: SetBox, last: Sequence[tuple[int, int]], above: int, rows: Sequence[int]
) -> tuple[MarkAt, ...]:
    """The line of each mark. TeX tells the last of a line only: those before it, back to the
    last of an earlier line, stand on the same. The marks of a block are with its one slice, those
    of a table in the first line of their row, ``above`` lines and the rows before it down."""
    if box.rows is not None:
        starts = [0, *accumulate(rows, initial=above)]
        return tuple(MarkAt(str(order), starts[row] + 1)
                     for order, row in enumerate(box.rows, start=1))  # fmt: skip
    if box.block:
        return tuple(MarkAt(str(order), 1) for order in range(1, len(box.marks) + 1))
    return tuple(MarkAt(str(order), line) for order, line in enumerate(_lines(last), start=1))


def _lines(last: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The line of each of several things in their order, of which TeX tells the last of a line."""
    done = 0
    for order, line in last:
        yield from [line] * (order - done)
        done = max(done, order)


def widths(text: str) -> dict[int, int]:
    """Widths of labels in scaled points, by their numbers: ``l 3 65536``."""
    parts = (line.split() for line in text.splitlines() if line.startswith("l "))
    return {int(one[1]): int(one[2]) for one in parts if len(one) == 3}


# --- points ---------------------------------------------------------------------------------


@dataclass(slots=True)
class Points:
    """Takes the points of a book in the order in which they stand, gives those that links and
    proof go by."""

    boxes: Mapping[str, Box]
    found: list[PointAt] = field(default_factory=list)
    _opened: dict[tuple[str, str], tuple[int, float, float, float]] = field(default_factory=dict)

    def add(self, box: SetBox, kind: str, order: str, page: int, x: float, y: float,
            left: float) -> None:  # fmt: skip
        """A point at (x, y), in points from the upper left corner of its page, in a slice whose
        left edge is at ``left``."""
        own = self.boxes[box.key]
        if kind == "m":
            note = note_key(self.boxes, box.marks[int(order) - 1], own.lang)
            self.found.append(PointAt("mark", note, page, x, y, 0.0, box.key, int(order)))
        elif kind == "s":
            self.found.append(PointAt("stone", f"{box.key}:{order}", page, x, y))
        elif kind == "t":
            self.found.append(PointAt("toc", own.target, page, left, y, box.width, box.key))
        elif kind == "c":
            self._opened[box.key, order] = page, x, y, left
        elif kind == "e" and (box.key, order) in self._opened:
            start = self._opened.pop((box.key, order))
            self.found += _citation(box, int(order), start, (page, x, y, left))


def _citation(
    box: SetBox,
    order: int,
    start: tuple[int, float, float, float],
    end: tuple[int, float, float, float],
) -> list[PointAt]:
    """The parts of a citation or link, one for each end of a line it is broken at. Lines between
    its first and its last, where it has three lines or more, are left out."""
    kind, name = box.cites[order - 1]
    page, x, y, left = start
    if page == end[0] and abs(y - end[2]) < 1:
        return [PointAt(kind, name, page, x, y, end[1] - x, box.key, order)]
    right = max(0.0, left + box.width - x)
    parts = [PointAt(kind, name, page, x, y, right, box.key, order)]
    if end[0] == page:
        parts.append(PointAt(kind, name, end[0], left, end[2], max(0.0, end[1] - left), box.key,
                             order))  # fmt: skip
    return parts
