"""Tables of a web page as a grid: cells that go over several rows or columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from edition.importers.documents.model import Inlines, LineEnd, TextRun
from edition.importers.documents.xml import Element

_WIDEST = 50  # columns or rows that one cell may go over


def grid(
    rows: Sequence[Element], read: Callable[[Element], Inlines]
) -> tuple[tuple[Inlines, ...], ...]:
    """The cells of ``rows``, each row with as many; one that goes over several leaves the others
    empty."""
    made: list[dict[int, Inlines]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while column in made[number]:
                column += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for y in range(number, min(number + down, len(rows))):
                for x in range(column, column + across):
                    made[y].setdefault(x, ())
            made[number][column] = tuple(
                TextRun(" ") if isinstance(one, LineEnd) else one for one in read(cell)
            )
            column += across
    width = max((max(row, default=-1) + 1 for row in made), default=0)
    return tuple(tuple(row.get(x, ()) for x in range(width)) for row in made)


def _span(cell: Element, name: str) -> int:
    value = cell.get(name) or "1"
    return min(max(int(value), 1), _WIDEST) if value.isdecimal() and len(value) < 4 else 1
