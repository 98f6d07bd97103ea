"""Widths of text, near enough to choose measures and sizes before TeX has set anything."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache

_NARROW = frozenset("ijlft.,;:'|!()[]’‘")
_BRACKETS = frozenset("〔〕［］（）【】")
_BROAD = frozenset("mwMW—…%")


@cache
def em(character: str, *, bold: bool = False) -> float:
    """Width of a character in em of its own type; Latin letters as in a book face."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character == " ":
        width = 0.25
    elif character in _NARROW:
        width = 0.30
    elif character in _BROAD:
        width = 0.86
    elif character.isupper():
        width = 0.64
    else:
        width = 0.51
    return width * (1.08 if bold else 1.0)


def width(text: str, size: float) -> float:
    """Width of ``text`` set on one line in type of ``size`` points."""
    return sum(em(one) * count for one, count in Counter(text).items()) * size


def sign(text: str) -> float:
    """Width of a number of a note, in em: brackets take half their width, circles all of it."""
    return sum(
        0.5 if one in _BRACKETS else 1.0 if "\u2460" <= one <= "\u32ff" else em(one) for one in text
    )


def lines(text: str, size: float, measure: float, indent: float = 0.0) -> int:
    """About how many lines ``text`` takes on a ``measure`` in points."""
    if not text:
        return 0
    return max(1, -(-round(width(text, size) + indent) // max(round(measure), 1)))
