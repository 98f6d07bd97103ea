"""What a text in a Word file for review is known by when it comes back: a bookmark at its head.

Bookmarks whose names begin with "_" are not shown (Word); their names have at most 40 letters,
figures and "_". Programs of the office keep them where they lose whatever else an element may bear.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from edition.model import Lang

_NAME = re.compile("_ed_([ze])([oc])([0-9a-f]{12})([0-9a-f]{12})([0-9a-f]{8})")
_LANGS: dict[str, Lang] = {"z": "zh", "e": "en"}


def digest(text: str, length: int = 12) -> str:
    """A short name of ``text``; what stands for a text with one is found by making it again."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Ticket:
    """``key``: of the segment's id; ``version``: of its words, ``signs``: of what the edition says
    in them (citations, marks); ``converted``: the words stand in the other script of Chinese."""

    lang: Lang
    key: str
    version: str
    signs: str
    converted: bool = False

    @property
    def name(self) -> str:
        """The name of its bookmark."""
        own = "c" if self.converted else "o"
        return f"_ed_{self.lang[0]}{own}{self.key}{self.version}{self.signs}"


def ticket(name: str) -> Ticket | None:
    """The ticket of a bookmark; None of one that another program made."""
    met = _NAME.fullmatch(name)
    if met is None:
        return None
    return Ticket(_LANGS[met[1]], met[3], met[4], met[5], met[2] == "c")


def signs_of(texts: Sequence[str]) -> str:
    """What tells one row of signs from another. White space does not count."""
    return digest("".join("".join(texts).split()), 8)
