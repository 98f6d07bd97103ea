"""Which of two readings of a name is the better one: the one with more independent evidence.

Evidence, in the order in which it decides: a reading that an export has damaged ("Tom?s") is never
better, and one without accents never replaces one with them; names the edition knows; citations in
the text; the number of entries that have the name; a list of given names. Where nothing tells the
two apart nothing is said, from whichever side one looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from edition.bibliography.matching import turned
from edition.bibliography.values import Person, fold, given_names, untex

_DAMAGE = frozenset("?\ufffd")


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
