"""Which characters look alike: computed from glyphs (``tools/shapes.py``), kept in a table."""

from __future__ import annotations

import re
from functools import cache

from edition.bibliography.fold import data, simplified

# Latin letters and pairs of letters that print or scan alike, measured like the characters: the
# share of ink that falls on (or beside) the other's ink.
_CELL = re.compile(r"(\D)(\d\d)")


@cache
def table() -> dict[str, dict[str, float]]:
    """Character -> its look-alikes with their likeness, 0 … 1."""
    found: dict[str, dict[str, float]] = {}
    for line in data("shapes.txt").splitlines():
        found[line[0]] = {c: int(score) / 100 for c, score in _CELL.findall(line[1:])}
    return found


def alike(a: str, b: str) -> float:
    """Likeness of two characters in print, 0 (not alike) … 1 (the same). Forms of one character
    in the two scripts are the same."""
    if a == b or simplified(a) == simplified(b):
        return 1.0
    known = table()
    return max(known.get(a, {}).get(b, 0.0), known.get(b, {}).get(a, 0.0),
               known.get(simplified(a), {}).get(simplified(b), 0.0))


def near(char: str) -> tuple[tuple[str, float], ...]:
    """Look-alikes of ``char``, likeliest first."""
    return tuple(table().get(char, {}).items())
