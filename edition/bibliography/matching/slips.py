"""Whether two forms of a name may be one with a slip in it, or turned about."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from edition.bibliography.values import ALIKE, Person, alike, compact, fold
from edition.characters import has_han

_ENDINGS = frozenset("aeo")  # by which a family name is a woman’s, or another language’s


def misspelt(mine: Person, theirs: Person) -> bool:
    """Whether one form may be the other with a slip in it, rather than another person: one letter
    inside the family name with the same full given name, or one inside the given name with the
    same family name. First letters (Tan, Yan), short names (Liu, Li) and endings (Ristov,
    Ristova) tell people apart."""
    if mine.han or theirs.han:
        return _han_slip(compact(mine.raw), compact(theirs.raw))
    given, other = fold(mine.given), fold(theirs.given)
    family, second = _digraphs(mine.key), _digraphs(theirs.key)
    if len(given.replace(" ", "")) < 4 or len(other.replace(" ", "")) < 4:
        return False  # initials say too little
    if given == other:
        return _slip(family, second)
    return (
        family == second
        and len(family) > 3
        and given.split()[1:] == other.split()[1:]
        and _slip(given.split()[0], other.split()[0])
    )


def _digraphs(name: str) -> str:
    """Koblmueller as Koblmuller: one name in two transcriptions."""
    return name.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("ss", "s")


def _slip(a: str, b: str) -> bool:
    if min(len(a), len(b)) < 6 or a[0] != b[0] or OSA.distance(a, b, score_cutoff=1) != 1:
        return False
    if not (a.isalpha() and b.isalpha()):
        return False
    short, long = sorted((a, b), key=len)
    return not (long.startswith(short) or (a[-1] != b[-1] and {a[-1], b[-1]} <= _ENDINGS))


def _han_slip(a: str, b: str) -> bool:
    if len(a) != len(b) or not 2 <= len(a) <= 4 or not has_han(a):
        return False
    odd = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(odd) == 1 and alike(*odd[0]) >= ALIKE


def turned(mine: Person, theirs: Person) -> bool:
    """Family and given name change places between the two: “Kneese, Tamara” and “Tamara,
    Kneese”."""
    return (
        bool(mine.given and theirs.given)
        and not mine.body
        and mine.key != theirs.key
        and compact(mine.given) == theirs.key
        and compact(theirs.given) == mine.key
    )
