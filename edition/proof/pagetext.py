"""Text of a finished page by slice: which word stands in which, in the order of reading."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from edition.engine.readback import Word
from edition.latex import breaks
from edition.latex.alternates import MIRRORED, RIGHT_TO_LEFT
from edition.proof import expected
from edition.proof.types import SliceFacts

# English hangs hyphens and stops into the margin (up to 0.17 em), and boxes of glyphs are wide
MARGIN = 6.0
HANGING = 0.4  # em: how far a mark whose ink fills little of it hangs out of large type
_READING = 0.7  # of the size of the text: words smaller than this may be readings
_FIGURES = re.compile(r"\d(?:[\d.,:]*\d)?")
_CLOSING = breaks.CLOSING | breaks.POINTS


def of_page(
    slices: Sequence[SliceFacts], words: Iterable[Word], readings: frozenset[str]
) -> dict[int, list[str]]:
    """The lines of each slice of a page, by its number, a space between words. Ruby, of which
    ``readings`` has the words, stands between lines and may reach into the slice above."""
    held: dict[int, list[Word]] = defaultdict(list)
    areas = [
        (number, one.x - MARGIN, one.x + one.width + MARGIN, one.top, one.bottom)
        for number, one in enumerate(slices)
    ]
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        for number, left, right, top, bottom in areas:
            if top <= y < bottom and left <= x <= right:
                held[number].append(word)
                break
    return {
        number: _in_lines(own, slices[number], readings) for number, own in sorted(held.items())
    }


def inked(word: Word) -> tuple[float, float]:
    """Left and right edge of a word without the blank half of Chinese punctuation, which may
    hang out of the text block."""
    half = 0.45 * (word.bottom - word.top)
    left = word.left + (half if word.text[:1] in breaks.OPENING else 0.0)
    return left, word.right - (half if word.text[-1:] in _CLOSING else 0.0)


def _in_lines(words: list[Word], place: SliceFacts, readings: frozenset[str]) -> list[str]:
    """Words in the order of reading; a raised mark belongs to the line it stands in."""
    lines: dict[int, list[Word]] = defaultdict(list)
    small = _READING * place.size
    for word in words:
        if readings and word.bottom - word.top < small and expected.folded(word.text) in readings:
            continue
        lines[int(((word.top + word.bottom) / 2 - place.top) / place.leading)].append(word)
    for line in lines.values():
        line.sort(key=lambda word: word.left)
    return [in_order([word.text for word in lines[at]]) for at in sorted(lines)]


def in_order(line: Sequence[str]) -> str:
    """A line in the order of reading from its words from left to right. Words that run from right
    to left stand there as they are seen: they are turned round, with what stands between them."""
    plain = " ".join(line)
    if not RIGHT_TO_LEFT.search(plain):
        return plain
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
