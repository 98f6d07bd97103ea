"""Tables as rows of whole grid lines, so that a page may end after each. A table keeps its natural
columns where they fit the measure (TeX decides, since only TeX knows the widths), else its widest
columns are set as paragraphs; where a word is wider than what its column can have, first the type
is made smaller, then the word is broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edition.latex.longwords import breakable, longest_piece, widest
from edition.model import Cell, Inlines, LineBreak, Table, flat, plain

_NATURAL = {"left": r"#\hfil", "center": r"\hfil#\hfil", "right": r"\hfil#"}
_WRAPPED = {"left": r"\EDcellleft", "center": r"\EDcellcenter", "right": r"\EDcellright"}
GAP = 0.9  # between columns, in em
LEAST_GAP = 0.5
SMALLER = 0.8  # least share of the type's size before words are broken
SMALLEST = 0.6  # and at all: 9 point type becomes 5.4
_NARROWEST = 2.2  # em: two characters of Han to a line, at least

SetCell = Callable[[Inlines], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """How a table meets its measure: ``widths`` of its columns in points where they are set as
    paragraphs, in type of ``scale`` times the size of its style; ``broken``: the first word that
    had to be broken at any letter."""

    widths: tuple[float, ...]
    gap: float  # em
    scale: float = 1.0
    broken: str = ""


def columns(table: Table, size: float, width: float) -> Columns:
    """Columns of a table in type of ``size`` points on a measure of ``width`` points. By this
    rule: as it is; the type down to four fifths, so that every word fits; words broken; the type
    down to three fifths."""
    count = max(len(row) for row in rows_of(table))
    texts = [[plain(row[n].inlines) for row in rows_of(table) if n < len(row)]
             for n in range(count)]  # fmt: skip
    need = [max((widest(text) for text in column), default=1.0) + 0.1 for column in texts]
    least = [max((longest_piece(text) for text in column), default=1.0) for column in texts]

    def room(scale: float, gap: float) -> float:
        return width / (size * scale) - gap * (count - 1)

    scale, gap = 1.0, GAP
    if sum(least) > room(1.0, GAP):
        gap = LEAST_GAP
        scale = max(SMALLER, min(1.0, width / size / (sum(least) + gap * (count - 1))))
    if sum(least) <= room(scale, gap) + 0.01:
        shares = share_out(need, least, room(scale, gap))
        return Columns(widths=tuple(one * size * scale for one in shares), gap=gap, scale=scale)
    scale = min(scale, max(SMALLEST, width / size / (count * (_NARROWEST + gap))))
    least = [min(one, room(scale, gap) / count) for one in least]
    shares = share_out(need, least, room(scale, gap))
    broken = next((word for column, share in zip(texts, shares, strict=True)
                   for text in column for word in text.split()
                   if longest_piece(word) > share), "")  # fmt: skip
    return Columns(widths=tuple(one * size * scale for one in shares), gap=gap, scale=scale,
                   broken=broken)  # fmt: skip


def rows_of(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """All rows, the head first."""
    return (table.header, *table.rows)


def has_head(table: Table) -> bool:
    return any(cell.inlines for cell in table.header)


def table_tex(
    table: Table, fitted: Columns, size: float, set_cell: SetCell,
    between: Callable[[], None] = lambda: None,
) -> str:  # fmt: skip
    """``\\EDtable``. ``between`` is called after the head and after each row, so that the caller
    can tell to which row the marks belong that ``set_cell`` met."""
    count = len(fitted.widths)
    em = size * fitted.scale
    natural = wrapped = ""
    if not any(_has_break(cell.inlines) for row in rows_of(table) for cell in row):
        natural = _preamble([_NATURAL[_align(table, n)] for n in range(count)], fitted.gap * em)
    wrapped = _preamble(
        [f"\\EDcell{{{points:.2f}pt}}{_WRAPPED[_align(table, n)]}#\\EDendcell"
         for n, points in enumerate(fitted.widths)], fitted.gap * em,
    )  # fmt: skip
    head = ""
    if has_head(table):
        head = _row(table.header, fitted, em, lambda cell: rf"\EDbold{{{set_cell(cell)}}}")
    between()
    body = ""
    for row in table.rows:
        body += _row(row, fitted, em, set_cell)
        between()
    scale = rf"\EDscale{{{fitted.scale:.3f}}}" if fitted.scale < 1 else ""
    rows = 1 if head else 0
    return rf"{scale}\EDtable{{{rows}}}{{{natural}}}{{{wrapped}}}{{{head}{body}}}"


def _preamble(templates: Sequence[str], gap: float) -> str:
    """The columns of ``\\halign``, ``gap`` points from one to the next."""
    first, *rest = templates
    tex = r"\EDrowstrut " + first
    if rest:
        *middle, last = rest
        tex += rf"\tabskip{gap:.2f}pt&" + "".join(f"{one}&" for one in middle)
        tex += rf"\tabskip0pt\relax {last}"
    return tex


def _row(cells: tuple[Cell, ...], fitted: Columns, em: float, set_cell: SetCell) -> str:
    texts = [
        set_cell(breakable(cell.inlines, points / em))
        for cell, points in zip(cells, fitted.widths, strict=False)
    ]
    texts += [""] * (len(fitted.widths) - len(texts))
    return "&".join(f"{{{text}}}" for text in texts) + r"\cr "


def _align(table: Table, column: int) -> str:
    for row in rows_of(table):
        if column < len(row):
            return row[column].align
    return "left"


def _has_break(inlines: Inlines) -> bool:
    return any(isinstance(one, LineBreak) for one in flat(inlines))


def share_out(need: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Widths that fill ``room``: narrow columns keep what they need, the others share the rest by
    what they hold, and none is narrower than its least."""
    widths = [0.0] * len(need)
    open_columns = set(range(len(need)))
    left = room
    while open_columns:
        share = left / len(open_columns)
        others = sum(least[column] for column in open_columns)
        narrow = (c for c in sorted(open_columns)
                  if need[c] <= min(share, left - others + least[c]))  # fmt: skip
        column = next(narrow, None)
        if column is None:
            break
        widths[column] = need[column]
        left -= need[column]
        open_columns.remove(column)
    # a column that holds four times as much gets about twice the width
    weights = {column: need[column] ** 0.5 for column in open_columns}
    while open_columns:
        total = sum(weights[column] for column in open_columns)
        short = {c for c in open_columns if left * weights[c] / total < least[c]}
        if not short or short == open_columns:
            for column in open_columns:
                widths[column] = max(left, 1.0) * weights[column] / total
            break
        for column in short:
            widths[column] = least[column]
            left -= least[column]
        open_columns -= short
    return widths
