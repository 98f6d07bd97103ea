"""Text of the finished pages by box: which word stands in which slice, in the order of reading."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from edition.engine.readback import Pages, Word
from edition.latex import breaks
from edition.latex.alternates import MIRRORED
from edition.layout.types import Book, Layout, SliceAt
from edition.proof import expected

# English hangs hyphens and stops into the margin (up to 0.17 em), and boxes of glyphs are wide
MARGIN = 6.0
HANGING = 0.4  # em: how far a mark whose ink fills little of it hangs out of large type
_FIGURES = re.compile(r"\d(?:[\d.,:]*\d)?")
_CLOSING = breaks.CLOSING | breaks.POINTS


@dataclass(slots=True)
class PageText:
    """Reads pages by the places of their slices."""

    book: Book
    layout: Layout
    readings: frozenset[str] = field(init=False)  # of ruby, folded

    def __post_init__(self) -> None:
        found = (expected.readings(box.inlines) for box in self.book.boxes.values())
        self.readings = frozenset(one for readings in found for one in readings)

    def read(self, pages: Pages, places: Sequence[SliceAt]) -> dict[str, str]:
        """Text of each box as the pages have it, without spaces."""
        return {
            key: "".join("".join(line.split()) for line in lines)
            for key, lines in self.lines(pages, places).items()
        }

    def lines(self, pages: Pages, places: Sequence[SliceAt]) -> dict[str, list[str]]:
        """The lines of each box as the pages have them, a space between words."""
        by_page: dict[int, list[SliceAt]] = defaultdict(list)
        for one in places:
            by_page[one.page].append(one)
        parts: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
        for index, slices in by_page.items():
            held: dict[int, list[Word]] = defaultdict(list)
            for word in pages[index] if index < len(pages) else ():
                number = self._slice_of(word, slices)
                if number is not None:
                    held[number].append(word)
            for number, found in held.items():
                one = slices[number]
                found = [word for word in found if not self._is_reading(word, one)]
                lines = _in_lines(found, one.top, self._leading(one))
                parts[one.slice.key].append((one.slice.first, lines))
        return {
            key: [line for _, lines in sorted(found, key=lambda part: part[0]) for line in lines]
            for key, found in parts.items()
        }

    def _is_reading(self, word: Word, one: SliceAt) -> bool:
        """Ruby stands between lines, and may reach into the box above."""
        size = self.layout.styles[self.book.boxes[one.slice.key].style].size
        small = word.bottom - word.top < 0.7 * size
        return small and expected.folded(word.text) in self.readings

    def _leading(self, one: SliceAt) -> float:
        return self.layout.styles[self.book.boxes[one.slice.key].style].leading

    def _slice_of(self, word: Word, slices: list[SliceAt]) -> int | None:
        for number, one in enumerate(slices):
            right = one.x + self.book.boxes[one.slice.key].width
            across = one.x - MARGIN <= word.x <= right + MARGIN
            if across and one.top <= word.y < one.bottom:
                return number
        return None


def inked(word: Word) -> tuple[float, float]:
    """Left and right edge of a word without the blank half of Chinese punctuation, which may
    hang out of the text block."""
    half = 0.45 * (word.bottom - word.top)
    left = word.left + (half if word.text[:1] in breaks.OPENING else 0.0)
    return left, word.right - (half if word.text[-1:] in _CLOSING else 0.0)


def _in_lines(words: list[Word], top: float, leading: float) -> list[str]:
    """Words in the order of reading; a raised mark belongs to the line it stands in."""
    lines: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        lines[int((word.y - top) / leading)].append(word)
    return [
        in_order([word.text for word in sorted(lines[at], key=lambda word: word.left)])
        for at in sorted(lines)
    ]


def in_order(line: Sequence[str]) -> str:
    """A line in the order of reading from its words from left to right. Words that run from right
    to left stand there as they are seen: they are turned round, with what stands between them."""
    turned = [any(unicodedata.bidirectional(one) in ("R", "AL") for one in word) for word in line]
    out: list[str] = []
    at = 0
    while at < len(line):
        end = at
        for look in range(at, len(line)):
            if turned[look]:
                end = look + 1
            elif any(unicodedata.bidirectional(one) == "L" for one in line[look]):
                break
        if not turned[at] or end <= at:
            out.append(line[at])
            at += 1
            continue
        out.append(_logical(" ".join(line[at:end])))
        at = end
    return " ".join(out)


def _logical(seen: str) -> str:
    """Words that are seen from right to left in the order of their letters. What stands outside
    the outermost letters belongs to the line around them."""
    letters = [n for n, one in enumerate(seen) if unicodedata.bidirectional(one) in ("R", "AL")]
    first, last = letters[0], letters[-1] + 1
    while last < len(seen) and unicodedata.combining(seen[last]):
        last += 1
    inside = seen[first:last][::-1].translate(MIRRORED)
    inside = _FIGURES.sub(lambda found: found.group()[::-1], inside)
    return seen[:first] + inside + seen[last:]
