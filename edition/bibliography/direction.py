"""Which of two readings of a name is the better one: the one with more independent evidence.

Evidence, in the order in which it decides: a reading that an export has damaged ("Tom?s") is never
better, and one without accents never replaces one with them; names the edition knows; citations in
the text; the number of entries that have the name; a list of given names. Where nothing tells the
two apart nothing is said, from whichever side one looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from edition.bibliography.candidates import given_names
from edition.bibliography.fold import compact, fold, has_han, untex
from edition.bibliography.people import Person
from edition.bibliography.shapes import ALIKE, alike

_DAMAGE = frozenset("?\ufffd")
_ENDINGS = frozenset("aeo")  # by which a family name is a woman’s, or another language’s


@dataclass(frozen=True, slots=True)
class Standing:
    """What speaks for one form of a name: entries that have it, citations of it, and whether the
    edition knows it."""

    entries: int
    cited: int = 0
    known: bool = False


def damaged(name: str) -> bool:
    return bool(_DAMAGE & set(name))


def accented(name: str) -> bool:
    """Whether the name has letters beyond ASCII, written so or in TeX."""
    return "\\" in name or not untex(name).isascii()


def better(mine: Person, theirs: Person, here: Standing, there: Standing) -> str:
    """Why ``theirs`` is the better reading; empty where it isn't, or where nothing tells."""
    if damaged(theirs.raw):
        return ""
    if damaged(mine.raw):
        return "a letter is lost in the form that stands here"
    if not mine.han and accented(theirs.raw) and not turned(mine, theirs):
        return ""  # respelling would lose the accents
    if not mine.han and accented(mine.raw) and not accented(theirs.raw):
        return ""
    if here.known != there.known:
        return "the edition knows it" if there.known else ""
    if here.cited != there.cited:
        return f"the text cites it {there.cited} times" if there.cited > here.cited else ""
    if there.entries > here.entries:
        return f"{there.entries} entries have it, {here.entries} the other"
    if there.entries < here.entries:
        return ""
    first, second = _first(mine), _first(theirs)
    if first != second and second in given_names() and first not in given_names():
        return f"{second.title()} is a given name, {first.title()} is in no list"
    return ""


def _first(one: Person) -> str:
    words = fold(one.given).split()
    return words[0] if words and len(words[0]) > 2 else ""


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


def extends(mine: Person, theirs: Person) -> bool:
    """``theirs`` has the given names of ``mine``, one of them in full, and more after them; what
    is more repeats nothing, and no accent is lost."""
    if mine.han or theirs.han or mine.key != theirs.key or mine.body or theirs.body:
        return False
    given, longer = fold(mine.given).split(), fold(theirs.given).split()
    more = longer[len(given) :]
    return (
        len(given) > 0
        and len(given[0]) > 2
        and longer[: len(given)] == given
        and len(more) == 1
        and all(one[0] != word[0] for one in more for word in given[1:])
        and more[0] != given[-1]
        and re.search(r"[a-z]\.[A-Z]|^[a-z]\b|\s[a-z]\.?$", theirs.given) is None
        and (accented(theirs.raw) or not accented(mine.raw))
        and not damaged(theirs.raw)
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
