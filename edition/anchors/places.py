"""Where a lemma stands in a text: code points, compared in NFC, on borders of characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from edition.model import Inlines, Lemma, Ruby, Segment, placed
from edition.model import plain as plain_of

_CLUSTER = regex.compile(r"\X")
# Characters that can join another into one character: with none of them, every offset is a border.
_JOINING = regex.compile(r"[^\p{GCB=Other}\p{GCB=Control}\p{GCB=LF}]")
WORD = regex.compile(r"[\p{Latin}\p{M}\p{Nd}]+")


@dataclass(frozen=True, slots=True)
class Searched:
    """Text of a segment, or of its cell or footnote, in NFC. ``offsets[i]`` is where ``text[i]``
    begins in its plain text; it has one item more, for the end. None stands for: every offset is
    itself, and every one a border between characters."""

    segment: Segment
    plain: str
    text: str
    offsets: tuple[int, ...] | None
    borders: frozenset[int] | None  # of ``text``
    rubies: tuple[tuple[int, int], ...]  # of ``plain``, where longer than one character
    cell: int = 0  # of the segment's table, from 1
    footnote: str = ""  # label of one that the segment calls

    def source(self, index: int) -> int:
        return index if self.offsets is None else self.offsets[index]

    def border(self, index: int) -> bool:
        return self.borders is None or index in self.borders

    def in_ruby(self, offset: int) -> bool:
        return any(start < offset < end for start, end in self.rubies)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a lemma: ``start``/``end`` in the text as searched (NFC)."""

    searched: Searched
    start: int
    end: int

    @property
    def whole(self) -> bool:
        """On borders of characters, and outside rubies."""
        one = self.searched
        return (
            one.border(self.start)
            and one.border(self.end)
            and not one.in_ruby(one.source(self.start))
            and not one.in_ruby(one.source(self.end))
        )

    @property
    def all_of_it(self) -> bool:
        return self.start == 0 and self.end == len(self.searched.text)

    @property
    def plain(self) -> tuple[int, int]:
        """Start and end in the plain text of the segment."""
        return self.searched.source(self.start), self.searched.source(self.end)

    def before(self, length: int) -> str:
        return self.searched.text[max(0, self.start - length) : self.start]

    def after(self, length: int) -> str:
        return self.searched.text[self.end : self.end + length]


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def searched(
    segment: Segment, inlines: Inlines | None = None, cell: int = 0, footnote: str = ""
) -> Searched:
    """``segment``, or ``inlines`` of one of its cells or footnotes, ready to be searched."""
    inlines = segment.inlines if inlines is None else inlines
    plain = plain_of(inlines)
    rubies = tuple(_rubies(inlines, 0))
    if not _JOINING.search(plain) and unicodedata.is_normalized("NFC", plain):
        return Searched(segment, plain, plain, None, None, rubies, cell, footnote)
    parts: list[str] = []
    offsets: list[int] = []
    borders = {0}
    for match in _CLUSTER.finditer(plain):
        part = nfc(match[0])
        # Offsets inside a character are never used for a place: only the borders are.
        offsets.extend(min(match.start() + i, match.end() - 1) for i in range(len(part)))
        parts.append(part)
        borders.add(len(offsets))
    offsets.append(len(plain))
    text = "".join(parts)
    return Searched(
        segment, plain, text, tuple(offsets), frozenset(borders), rubies, cell, footnote
    )


def undivided(segment: Segment) -> list[tuple[int, int]]:
    """What of a segment's plain text no lemma may begin or end inside, in order: rubies, and
    characters of several code points."""
    text = searched(segment)
    starts = [text.source(one) for one in sorted(text.borders or ())]
    characters = [(one, two) for one, two in pairwise(starts) if two - one > 1]
    inside = [one for one in characters if not text.in_ruby(one[0]) and not text.in_ruby(one[1])]
    return sorted({*text.rubies, *inside})


def _rubies(inlines: Inlines, at: int) -> Iterator[tuple[int, int]]:
    for one, start, end in placed(inlines, at):
        if isinstance(one, Ruby) and end - start > 1:
            yield start, end


def places(text: Searched, quote: str) -> list[Place]:
    """Every place of ``quote`` (in NFC), overlapping ones and undividable ones included."""
    found: list[Place] = []
    at = text.text.find(quote) if quote else -1
    while at >= 0:
        found.append(Place(text, at, at + len(quote)))
        at = text.text.find(quote, at + 1)
    return found


def fits(place: Place, lemma: Lemma) -> bool:
    """Whether prefix and suffix stand round the place. White space between them and the lemma
    does not count: YAML drops it from plain scalars."""
    text = place.searched.text
    prefix, suffix = nfc(lemma.prefix).rstrip(), nfc(lemma.suffix).lstrip()
    start = place.start
    while start > 0 and text[start - 1].isspace():
        start -= 1
    end = place.end
    while end < len(text) and text[end].isspace():
        end += 1
    return text.endswith(prefix, 0, start) and text.startswith(suffix, end)


def in_word(text: str, index: int) -> bool:
    """Whether ``index`` stands inside a word of Latin letters or figures."""
    return (
        0 < index < len(text)
        and WORD.match(text[index - 1]) is not None
        and WORD.match(text[index]) is not None
    )


def word_end(text: str, index: int) -> int:
    while in_word(text, index):
        index += 1
    return index


def telling(chosen: Place, all_places: list[Place], limit: int = 24) -> tuple[str, str]:
    """The shortest (prefix, suffix), one of them empty, that tells a place from all the others;
    two empty strings where none of up to ``limit`` characters does."""
    others = [one for one in all_places if one is not chosen]
    for length in range(1, limit + 1):
        for side in ("before", "after"):
            mine = getattr(chosen, side)(length)
            if not mine.strip() or mine != mine.strip() or len(mine) < length:
                continue
            if all(getattr(one, side)(length) != mine for one in others):
                return (mine, "") if side == "before" else ("", mine)
    return "", ""
