"""Tables and pictures as blocks. A table keeps its natural columns where they fit the measure, else
its widest columns are set as paragraphs; TeX decides, since only TeX knows the widths."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from edition.model import Cell, Inlines, Table, plain

_LETTERS = {"left": "l", "center": "c", "right": "r"}
_RAGGED = {"left": r"\raggedright", "center": r"\centering", "right": r"\raggedleft"}
GAP = 0.9  # between columns, in em


def table_tex(table: Table, size: float, width: float, set_cell: Callable[[Inlines], str]) -> str:
    """``\\EDtable`` for a table in type of ``size`` points on a measure of ``width`` points."""
    columns = max((len(row) for row in (table.header, *table.rows)), default=0)
    if not columns:
        return ""
    aligns = [_align(table, column) for column in range(columns)]
    natural = "".join(_LETTERS[one] for one in aligns)
    widths = column_widths(table, columns, size, width)
    wrapped = "".join(
        f">{{{_RAGGED[align]}\\arraybackslash}}p{{{points:.2f}pt}}"
        for align, points in zip(aligns, widths, strict=True)
    )
    head = _row(table.header, columns, lambda cell: rf"\EDbold{{{set_cell(cell)}}}")
    body = "".join(_row(row, columns, set_cell) for row in table.rows)
    rows = rf"{head}\EDmidrule {body}" if any(plain(c.inlines) for c in table.header) else body
    return rf"\EDtable{{{natural}}}{{{wrapped}}}{{{rows}}}"


def _row(cells: tuple[Cell, ...], columns: int, set_cell: Callable[[Inlines], str]) -> str:
    texts = [set_cell(cell.inlines) for cell in cells]
    texts += [""] * (columns - len(texts))
    return "&".join(f"{{{text}}}" if text else "" for text in texts) + r"\tabularnewline "


def _align(table: Table, column: int) -> str:
    for row in (table.header, *table.rows):
        if column < len(row):
            return row[column].align
    return "left"


def _em(character: str) -> float:
    """Width of a character in em: generous, since a bold heading is wider."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in "ijlft.,;:'|!()[] ":
        return 0.38
    if character in "mwMW—…%":
        return 0.98
    return 0.8 if character.isupper() else 0.6


def estimate(text: str, size: float) -> float:
    """Width of a text in points, near enough to share a measure out among columns."""
    return sum(map(_em, text)) * size


def _longest_word(text: str, size: float) -> float:
    longest = current = 0.0
    for one in text:
        if one.isspace() or unicodedata.east_asian_width(one) in "WF":
            current = 0.0
            longest = max(longest, size)
        else:
            current += _em(one) * size
            longest = max(longest, current)
    return longest


def column_widths(table: Table, columns: int, size: float, width: float) -> list[float]:
    """Widths that fill the measure: narrow columns keep what they need, the others share the
    rest by what they hold, and none is narrower than its longest word."""
    room = width - GAP * size * (columns - 1)
    texts = [
        [plain(row[column].inlines) for row in (table.header, *table.rows) if column < len(row)]
        for column in range(columns)
    ]
    need = [max((estimate(text, size) for text in column), default=size) + 1
            for column in texts]  # fmt: skip
    least = [max((_longest_word(text, size) for text in column), default=size)
             for column in texts]  # fmt: skip
    widths = [0.0] * columns
    open_columns = set(range(columns))
    left = room
    while open_columns:
        share = left / len(open_columns)
        fixed = {column for column in open_columns if need[column] <= share}
        if not fixed:
            break
        for column in fixed:
            widths[column] = need[column]
            left -= need[column]
        open_columns -= fixed
    # a column that holds four times as much gets about twice the width
    weights = {column: need[column] ** 0.5 for column in open_columns}
    while open_columns:
        total = sum(weights[column] for column in open_columns)
        short = {c for c in open_columns if left * weights[c] / total < least[c]}
        if not short or short == open_columns:
            for column in open_columns:
                widths[column] = max(left, size) * weights[column] / total
            break
        for column in short:
            widths[column] = least[column]
            left -= least[column]
        open_columns -= short
    return widths
