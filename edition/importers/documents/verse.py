"""Lines of verse in texts that mark none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from edition.characters import IS_HAN
from edition.importers import lines as looks
from edition.importers.documents.model import Inline, Inlines, LineEnd
from edition.importers.documents.tidy import tidy, words

_WIDE = 64  # width of the longest line of verse


def stanza(inlines: Sequence[Inline]) -> tuple[Inlines, ...]:
    """The lines of a paragraph that is broken as verse; () where it is none."""
    made = tuple(tidy(line) for line in lines_of(inlines) if words(line).strip())
    return made if versed([words(line).strip() for line in made]) else ()


def lines_of(inlines: Iterable[Inline]) -> list[list[Inline]]:
    """The lines of a block, parted at its line ends."""
    lines: list[list[Inline]] = [[]]
    for one in inlines:
        if isinstance(one, LineEnd):
            lines.append([])
        else:
            lines[-1].append(one)
    return lines


def versed(lines: Sequence[str]) -> bool:
    """Whether these lines are verse: short, and as long as each other or many."""
    if len(lines) < 2 or any(looks.width(one) > _WIDE for one in lines):
        return False
    if any(re.search(r"[:：@]|https?://|\d{3}", one) for one in lines):
        return False  # an address, a list of facts
    return len(lines) >= 3 or regular(lines)


def regular(lines: Sequence[str]) -> bool:
    """Whether lines have as many Chinese characters as each other, as few as verse has."""
    counts = {len(IS_HAN.findall(one)) for one in lines}
    return len(lines) >= 2 and len(counts) == 1 and 4 <= counts.pop() <= 16
