"""What a word that is not known was meant to be: the nearest of the known ones, and whether it is
a slip of the pen that needs no asking."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LEAST = 4  # letters below which another word is as near as a slip


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like ``word``; empty where none is."""
    return next(iter(get_close_matches(word, list(known), 1)), "")


def guess(word: str, known: Iterable[str], otherwise: str = "known: ") -> str:
    """The words of a hint: what was meant, or all there are, behind ``otherwise``."""
    listed = list(known)
    near = nearest(word, listed)
    return f"did you mean {near}?" if near else f"{otherwise}{', '.join(listed)}"


def slip(word: str, known: Iterable[str]) -> str:
    """The one known word that ``word`` is a slip of: a letter is missing, too many or another, two
    are exchanged, or case or ``-`` and ``_`` differ. Empty where there is none, where there are
    several, and for words of less than four letters. Figures are never taken for slips."""
    plain = _plain(word)
    near = {one for one in known if len(one) >= _LEAST and _near(plain, _plain(one))}
    return near.pop() if len(near) == 1 else ""


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_")


def _near(one: str, other: str) -> bool:
    """Whether two words are the same but for one slip of letters."""
    if one == other:
        return True
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    mine, theirs = one[start:], other[start:]
    while mine and theirs and mine[-1] == theirs[-1]:
        mine, theirs = mine[:-1], theirs[:-1]
    if not all(char.isalpha() or char == "_" for char in mine + theirs):
        return False
    exchanged = len(mine) == len(theirs) == 2 and mine == theirs[::-1]
    return exchanged or (len(mine) <= 1 and len(theirs) <= 1)
