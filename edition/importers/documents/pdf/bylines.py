"""Authors who stand side by side under a title, each above where he works."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from edition.characters import HAN
from edition.importers.documents.pdf.lines import Line

_NAME = re.compile(
    rf"(?:[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){{1,3}}|[{HAN}]{{2,4}})[*†‡§¶¹²³⁴⁵⁶⁷⁸⁹,\d]{{0,4}}"
)
_HIGH = 4  # rows of a title, at most
_NEXT = 0.8  # white above the next row of the same authors, in sizes of the type


@dataclass(frozen=True, slots=True)
class Bylines:
    """Lines ``above`` the authors and ``below``, and each author with the lines under the name."""

    above: list[Line]
    authors: list[tuple[Line, list[Line]]]
    below: list[Line]


def bylines(lines: Sequence[Line]) -> Bylines | None:
    """The authors side by side at the head of a page; None where there are none."""
    rows = _rows(lines)
    at = next((number for number, row in enumerate(rows[: _HIGH + 1]) if _names(row)), 0)
    if not at or len(rows) < at + 2:
        return None
    names = rows[at]
    under: list[list[Line]] = [[] for _ in names]
    end = at + 1
    while end < len(rows) and _goes_on(rows[end], rows[end - 1], names[0]):
        for piece in rows[end]:
            under[_nearest(piece, names)].append(piece)
        end += 1
    if not any(under):
        return None
    return Bylines(
        above=[line for row in rows[:at] for line in row],
        authors=list(zip(names, under, strict=True)),
        below=[line for row in rows[end:] for line in row],
    )


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and line.beside(rows[-1][0]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _names(row: Sequence[Line]) -> bool:
    return len(row) > 1 and all(
        _NAME.fullmatch(one.text.strip()) and one.text[:1] == one.text[:1].upper() for one in row
    )


def _goes_on(row: Sequence[Line], above: Sequence[Line], name: Line) -> bool:
    """Whether a row still says where the authors work: close below, in letters as small."""
    return (
        row[0].y0 - above[0].y1 < _NEXT * name.size
        and max(one.size for one in row) <= name.size + 0.5
    )


def _nearest(piece: Line, names: Sequence[Line]) -> int:
    def off(one: Line) -> float:
        return abs(one.x0 + one.x1 - piece.x0 - piece.x1)

    return min(range(len(names)), key=lambda number: off(names[number]))
