"""Cells of CSV: what spreadsheets would run as a formula stands behind an apostrophe.

Spreadsheets, and people who type into them, mark text so; what is written so is read back exactly,
for a text that itself begins with apostrophes gets one more.
"""

from __future__ import annotations

import re

# what begins a formula in Excel, LibreOffice and Google Sheets, full-width forms too, with blanks
# and apostrophes before it
_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]")


def inert(text: str) -> str:
    """``text`` as a cell that no program takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def from_inert(cell: str) -> str:
    """The text of a cell that :func:`inert` or a person made so."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
