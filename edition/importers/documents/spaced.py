"""Tables drawn with spaces, dashes and plus signs: pandoc's simple, multiline and grid tables, and
rows whose cells stand under each other. Columns are counted as they are seen: a Chinese character
takes two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Piece = tuple[int, int, int]  # line, and from where to where in it
Cell = tuple[Piece, ...]

_GRID = re.compile(r"\s*\+(?:[-=:]+\+)+\s*$")
_RULER = re.compile(r"\s*-{2,}(?:\s+-{2,})+\s*$")
_FULL = re.compile(r"\s*-{3,}\s*$")
_GAP = re.compile(r" {2,}|\u3000+ *| \u3000+")
ROWS = 400  # lines of a table at the most
_LONG = 60  # columns that a cell of rows without a rule has at the most
_STOP = re.compile(r"[，。；：、！？,;:!?]$|^[（(]?[一二三四五六七八九十\d]+[)）、.．]")


@dataclass(frozen=True, slots=True)
class Spaced:
    """``lines``: how many from the first on it takes."""

    rows: tuple[tuple[Cell, ...], ...]
    lines: int


def spaced(lines: Sequence[str], *, ruled: bool = False) -> Spaced | None:
    """The table that begins with the first of ``lines``; None where none does. ``ruled``: only one
    with rules, as Markdown has them."""
    first = lines[0] if lines else ""
    if _GRID.match(first):
        return _grid(lines)
    if _FULL.match(first):
        return _multiline(lines)
    if _RULER.match(first):
        return _headless(lines)
    if len(lines) > 2 and first.strip() and _RULER.match(lines[1]):
        return _simple(lines)
    return None if ruled else _aligned(lines)


# --- with rules ----------------------------------------------------------------------------------


def _grid(lines: Sequence[str]) -> Spaced | None:
    end = 1
    while end < min(len(lines), ROWS) and re.match(r"\s*[+|]", lines[end]):
        end += 1
    if not _GRID.match(lines[end - 1]):
        return None
    width = lines[0].count("+") - 1
    rows: list[tuple[Cell, ...]] = []
    columns: list[list[Piece]] = [[] for _ in range(width)]
    for number in range(1, end):
        line = lines[number]
        if _GRID.match(line):
            if any(columns):
                rows.append(tuple(map(tuple, columns)))
            columns = [[] for _ in range(width)]
            continue
        bars = [at for at, char in enumerate(line) if char == "|"]
        if len(bars) != width + 1:
            return None  # a cell over several columns
        for column, (left, right) in enumerate(pairwise(bars)):
            columns[column] += _piece(line, number, left + 1, right)
    return Spaced(tuple(rows), end) if rows else None


def _simple(lines: Sequence[str]) -> Spaced | None:
    """A head, a rule, and rows to the next blank line or rule."""
    end = 2
    while end < min(len(lines), ROWS) and lines[end].strip() and not _closes(lines[end]):
        end += 1
    if end == 2:
        return None
    rows = [_row(lines, [number], lines[1]) for number in (0, *range(2, end))]
    closed = end < len(lines) and bool(lines[end].strip())
    return _made(rows, end + closed)


def _headless(lines: Sequence[str]) -> Spaced | None:
    """Rows between two rules."""
    end = next((n for n in range(1, min(len(lines), ROWS)) if _closes(lines[n])), 0)
    if end < 2 or not _RULER.match(lines[end]):
        return None
    body = _several(lines, 1, end)
    return _made([_row(lines, each, lines[0]) for each in body], end + 1)


def _multiline(lines: Sequence[str]) -> Spaced | None:
    """Rows of several lines, blank lines between them, under a full rule, a head and a rule."""
    ruler = next((n for n in range(1, min(len(lines), 9)) if _RULER.match(lines[n])), 0)
    if ruler < 2:
        return None
    last = range(ruler + 1, min(len(lines), ROWS))
    end = next((n for n in last if _FULL.match(lines[n]) or _RULER.match(lines[n])), 0)
    if not end:
        return None
    body = [list(range(1, ruler)), *_several(lines, ruler + 1, end)]
    return _made([_row(lines, each, lines[ruler]) for each in body], end + 1)


def _several(lines: Sequence[str], start: int, end: int) -> list[list[int]]:
    """The numbers of the lines of each row: rows stand between blank lines where there are any,
    else each line is one."""
    if all(lines[number].strip() for number in range(start, end)):
        return [[number] for number in range(start, end)]
    rows: list[list[int]] = [[]]
    for number in range(start, end):
        if lines[number].strip():
            rows[-1].append(number)
        elif rows[-1]:
            rows.append([])
    return [row for row in rows if row]


def _closes(line: str) -> bool:
    return bool(_RULER.match(line) or _FULL.match(line))


def _row(lines: Sequence[str], numbers: Sequence[int], ruler: str) -> tuple[Cell, ...] | None:
    """The cells under the dashes of ``ruler``; None where a word stands under the space between
    two of them."""
    starts = [found.start() for found in re.finditer(r"-+", ruler)]
    columns: list[list[Piece]] = [[] for _ in starts]
    for number in numbers:
        line = lines[number]
        fields = _fields(line)
        if len(fields) == len(starts):  # whatever the width of its characters
            places = [at for at, _ in fields]
            bounds = [0, *places[1:], len(line)]
        else:
            bounds = [0, *(_place(line, start) for start in starts[1:]), len(line)]
            if any(0 < at < len(line) and not line[at - 1].isspace() and not line[at].isspace()
                   for at in bounds[1:-1]):  # fmt: skip
                return None
        for column, (left, right) in enumerate(pairwise(bounds)):
            columns[column] += _piece(line, number, left, right)
    return tuple(map(tuple, columns))


def _made(rows: Sequence[tuple[Cell, ...] | None], lines: int) -> Spaced | None:
    whole = [row for row in rows if row is not None]
    return Spaced(tuple(whole), lines) if len(whole) == len(rows) and len(whole) > 1 else None


# --- without -------------------------------------------------------------------------------------


def _aligned(lines: Sequence[str]) -> Spaced | None:
    """Three rows and more of as many short cells, of which those of a column begin or end under
    each other."""
    rows: list[list[tuple[int, int]]] = []
    for line in lines[:ROWS]:
        fields = _fields(line)
        if len(fields) < 2 or (rows and len(fields) != len(rows[0])) or any(
                _STOP.search(line[left:right]) or _width(line[left:right]) > _LONG
                for left, right in fields):  # fmt: skip
            break
        rows.append(fields)
    if len(rows) < 3:
        return None
    for column in range(len(rows[0])):
        starts = {_width(line[: row[column][0]]) for line, row in zip(lines, rows, strict=False)}
        ends = {_width(line[: row[column][1]]) for line, row in zip(lines, rows, strict=False)}
        if min(len(starts), len(ends)) > 1:
            return None
    return Spaced(tuple(tuple(((number, left, right),) for left, right in row)
                        for number, row in enumerate(rows)), len(rows))  # fmt: skip


def _fields(line: str) -> list[tuple[int, int]]:
    """What stands between gaps of two columns and more."""
    found = []
    at = 0
    for gap in [*_GAP.finditer(line), None]:
        left, right = at, len(line) if gap is None else gap.start()
        if line[left:right].strip():
            lead = len(line[left:right]) - len(line[left:right].lstrip())
            found.append((left + lead, left + len(line[left:right].rstrip())))
        at = right if gap is None else gap.end()
    return found


def _piece(line: str, number: int, left: int, right: int) -> list[Piece]:
    text = line[left:right]
    if not text.strip():
        return []
    lead = len(text) - len(text.lstrip())
    return [(number, left + lead, left + len(text.rstrip()))]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _place(line: str, column: int) -> int:
    """Where in ``line`` the character of this column stands, or its end."""
    seen = 0
    for at, char in enumerate(line):
        if seen >= column:
            return at
        seen += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return len(line)
