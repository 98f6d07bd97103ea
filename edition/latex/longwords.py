"""Words that are too long for their measure: formulas, names of types, file names. They get places
where a line may end, so that no line sticks out and no editor has to put soft hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import assert_never

from edition.latex import breaks
from edition.layout.quoted import WHOLE
from edition.model import (
    BlockStart,
    Cite,
    Container,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    LineBreak,
    Mark,
    Milestone,
    Ruby,
    Strong,
    Styled,
    Text,
)

BREAK = "\u200b"
HYPHEN = "\u00ad"
_SOFT = "/\\-_.,:;=&?|<>()[]{}@#+"  # a line may end after these
_ADDRESS = re.compile(r"https?://|www\.|doi:")  # has its own rules
_HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]{2}")
_MARKED_HAN = re.compile("[\u2e80-\u9fff][\u3001-\u3011\uff01-\uff1f”’]")
# where a word may be divided, near enough for a column that is too narrow for any: before a
# consonant that a vowel follows
_VOWEL, _CONSONANT = "[aeiouyà-ÿ]", "[b-df-hj-np-tv-xz]"
_SYLLABLE = re.compile(
    "|".join(f"(?<={_VOWEL}{_CONSONANT * n})(?={_CONSONANT}{_VOWEL})" for n in range(3)),
    re.IGNORECASE,
)
_NO_WORD = 24  # as many letters are no word: AAAA…
_SIGN = 0.4  # em that a hyphen takes
# marks about a word and within it: country’s, “so”
_ABOUT = re.compile("[’'“”‘.,;:!?()—–-]+")
_KEPT_BACK = breaks.NO_START | frozenset("'\"")  # no line begins with these
_KEPT = 3  # letters of a word that stay together at its ends


def breakable(inlines: Inlines, room: float, signed: float = 0.0) -> Inlines:
    """``inlines`` with places where a line may end in words that are wider than ``room`` em:
    after signs, and where that is not enough after any letter. Words from ``signed`` em on, where
    that is said, have those after signs."""
    text = "".join(_characters(inlines, room))
    least = signed or room
    if not _run(int(least / _WIDEST) + 1).search(text):
        return inlines
    places: dict[int, str] = {}
    at = 0
    for word in words(text):
        if len(word) > 1 and widest(word) > least and not _ADDRESS.search(word):
            places |= {at + place: sign for place, sign in _places(word, room)}
        at += len(word)
    return _with(inlines, 0, places) if places else inlines


@lru_cache(maxsize=64)
def _run(length: int) -> re.Pattern[str]:
    """As many characters that may be of one word: no shorter run is wider than its room."""
    return re.compile(f"[^\\s\u3001-\u3017\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]{{{length}}}")


def _characters(inlines: Inlines, room: float = 0.0) -> Iterator[str]:
    """Text as it stands on a line; what is no text as a space, which parts words, and so what is to
    be kept whole and is no wider than ``room``."""
    for one in inlines:
        match one:
            case Text():
                yield one.text
            case Styled() if WHOLE in one.classes:
                text = "".join(_characters(one.children))
                yield text if widest(text) > room else " " * len(text)
            case Emph() | Strong() | Styled():
                yield from _characters(one.children, room)
            case Ruby():
                yield " " * len(one.base)
            case LineBreak() | BlockStart():
                yield "\n"
            case Cite() | FootnoteRef() | Mark() | Milestone():
                pass
            case _:
                assert_never(one)


def _with(inlines: Inlines, at: int, places: Mapping[int, str]) -> Inlines:
    out: list[Inline] = []
    for one in inlines:
        length = sum(map(len, _characters((one,))))
        if isinstance(one, Text):
            text = "".join(places.get(at + n, "") + letter for n, letter in enumerate(one.text))
            out.append(replace(one, text=text))
        elif isinstance(one, Container):
            out.append(replace(one, children=_with(one.children, at, places)))
        else:
            out.append(one)
        at += length
    return tuple(out)


def words(text: str) -> list[str]:
    """The text in runs that no line break divides, and what parts them."""
    found: list[str] = []
    run = ""
    for one in text:
        if one.isspace() or unicodedata.east_asian_width(one) in "WF":
            found += [run, one] if run else [one]
            run = ""
        else:
            run += one
    return [*found, run] if run else found


def _places(word: str, room: float) -> Iterator[tuple[int, str]]:
    """(place in a long word before which a line may end, sign that allows it)"""
    at = 0
    for piece in pieces(word):
        if at:
            yield at, BREAK
        if widest(piece) > room:
            word_like = _ABOUT.sub("", piece).isalpha() and len(piece) < _NO_WORD
            cuts = [one.start() for one in _SYLLABLE.finditer(piece)] if word_like else []
            yield from ((at + cut, HYPHEN) for cut in cuts)
            for start, end in pairwise((0, *cuts, len(piece))):
                if widest(piece[start:end]) > room - _SIGN:
                    ends = min(_KEPT, (end - start) // 4) or 1
                    yield from ((at + n, BREAK) for n in range(start + ends, end - ends + 1)
                                if piece[n] not in _KEPT_BACK)  # fmt: skip
        at += len(piece)


def pieces(word: str) -> list[str]:
    """A long word at its signs, and before a capital that follows a small letter."""
    found, start = [], 0
    for at in range(1, len(word)):
        before, here = word[at - 1], word[at]
        sign = before in _SOFT and here not in _SOFT
        if sign or (before.islower() and here.isupper()):
            found.append(word[start:at])
            start = at
    return [*found, word[start:]]


# --- widths in em --------------------------------------------------------------------------------


_WIDEST = 0.98  # of what is not as wide as an ideograph


@cache
def _em(character: str) -> float:
    """Width of a character: generous, since a bold heading is wider."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character) or character == BREAK:
        return 0.0
    if character in "ijlft.,;:'|!()[] ":
        return 0.38
    if character in "mwMW—…%":
        return _WIDEST
    return 0.8 if character.isupper() else 0.6


def widest(text: str) -> float:
    """Em of the longest line of ``text``, a little more than it takes."""
    return max((sum(map(_em, line)) for line in text.split("\n")), default=0.0)


def longest_piece(text: str) -> float:
    """Em of the longest part that only force could divide. Han has two characters to a line at
    least, with the mark that closes them."""
    least = 3.0 if _MARKED_HAN.search(text) else 2.1 if _HAN.search(text) else 1.0
    parts = (
        widest(piece)
        for word in words(text) if not _ADDRESS.search(word)
        for piece in pieces(word)
    )  # fmt: skip
    return max(least, max(parts, default=0.0))
