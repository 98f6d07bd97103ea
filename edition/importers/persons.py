"""Names of people as citations write them, compared with those of an entry."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence

_SPLIT = re.compile(
    r"\s*(?:[·・‧•&＆、,，;；/]|\s(?:and|und|et)\s|和(?=[\u3400-\u9fff]{2,4}$)|與|与)\s*"
)
OTHERS = re.compile(r"\s*(?:等人?|et\s+al\.?|and\s+others)\s*$", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")


def people(names: str) -> list[str]:
    """The names of a citation, one by one."""
    bare = OTHERS.sub("", names.strip())
    parts = [one.strip(" .") for one in _SPLIT.split(bare) if one.strip(" .")]
    joined: list[str] = []
    for one in parts:  # "Smith, J." is one person
        if joined and re.fullmatch(r"(?:[A-Z]\.?[\s-]?){1,3}", one):
            joined[-1] += f", {one}"
        else:
            joined.append(one)
    return joined


def _fold(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in text if char.isalnum() or char in " ,")


def surname(name: str) -> str:
    folded = _fold(name)
    if "," in folded:
        return folded.split(",")[0].strip()
    words = folded.split()
    return words[-1] if words else ""


def alike(one: str, two: str) -> float:
    """1 for the same name; less for one that a reader of the page may have taken for it."""
    a, b = _fold(one).replace(" ", ""), _fold(two).replace(" ", "")
    if _HAN.search(a) and _HAN.search(b):
        if a == b:
            return 1.0
        if len(a) == len(b) and len(a) >= 2:
            same = sum(x == y for x, y in zip(a, b, strict=True)) / len(a)
            return 0.9 * same if same >= 0.5 else 0.0
        if "·" in two or len(b) > 4:  # a foreigner by the surname
            return 1.0 if b.endswith(a) or a.endswith(b) else 0.0
        return 0.0
    if _HAN.search(a) or _HAN.search(b):
        return 0.0
    x, y = surname(one), surname(two)
    if not x or not y:
        return 0.0
    if x == y or a == b:
        return 1.0
    if min(len(x), len(y)) < 4:
        return 0.0
    ratio = difflib.SequenceMatcher(None, x, y).ratio()
    return ratio * 0.95 if ratio >= 0.8 else 0.0


def likeness(asked: Sequence[str], names: Sequence[str]) -> float:
    """How well the names of a citation are those of an entry: 1 for all the same."""
    if not asked or not names:
        return 0.0
    scores = [max(alike(one, other) for other in names) for one in asked]
    if min(scores) == 0 or alike(asked[0], names[0]) == 0:
        return 0.0
    return sum(scores) / len(scores) - 0.02 * min(abs(len(names) - len(asked)), 5)
