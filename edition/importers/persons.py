"""Names of people as citations write them, compared with those of an entry."""

from __future__ import annotations

from collections.abc import Sequence

from edition.bibliography.matching import same_family
from edition.bibliography.values import compact, person
from edition.characters import has_han


def surname(name: str) -> str:
    """The family name of a Western name, folded."""
    return person(name).key


def alike(one: str, two: str) -> float:
    """1 for the same name; less for one that a reader of the page may have taken for it."""
    a, b = compact(one), compact(two)
    if a == b:
        return 1.0
    if has_han(one) and has_han(two):
        if len(a) == len(b) > 1:
            odd = sum(x != y for x, y in zip(a, b, strict=True))
            return 0.9 * (1 - odd / len(a)) if odd <= len(a) / 2 else 0.0
        foreign = "·" in two or len(b) > 4  # by the surname
        return 1.0 if foreign and (b.endswith(a) or a.endswith(b)) else 0.0
    if has_han(one) or has_han(two):
        return 0.0
    x, y = surname(one), surname(two)
    if not x or not y or _others(one, two):
        return 0.0
    return 1.0 if x == y else 0.9 if min(len(x), len(y)) > 3 and same_family(x, y) else 0.0


def _others(one: str, two: str) -> bool:
    """Whether given names tell two people of one family name apart."""
    own, theirs = person(one).given[:1].casefold(), person(two).given[:1].casefold()
    return bool(own and theirs and own != theirs)


def likeness(asked: Sequence[str], names: Sequence[str]) -> float:
    """How well the names of a citation are those of an entry: 1 for all the same."""
    if not asked or not names:
        return 0.0
    scores = [max(alike(one, other) for other in names) for one in asked]
    if min(scores) == 0 or alike(asked[0], names[0]) == 0:
        return 0.0
    return sum(scores) / len(scores) - 0.02 * min(abs(len(names) - len(asked)), 5)
