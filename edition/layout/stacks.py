"""Where a pair may be cut in one stream of pages, where its English stands under its Chinese.

A short pair stays whole as long as that leaves no great white; a long one is cut between its two
languages or within either, but never so that one line stands alone on a page.
"""

from __future__ import annotations

from edition.layout.shapes import DIVIDED, LONELY, SPLIT, TABLE_SPLIT, Cut, Shape, lonely_cost

SHORT = 8  # lines of both languages that a reader has before him at once
_SHORT_SPLIT = 36.0  # as bad as six lines of white


def cuts(shape: Shape, *, lonely: bool = False) -> list[Cut]:
    """Places at which the row may be cut, after so many lines of both languages; none leaves a
    single line unless ``lonely``."""
    side = shape.zh
    if shape.whole:
        return []
    found = []
    for line in range(1, side.lines):
        alone = lonely_cost(side, line)
        if line == side.seam and min(line, side.lines - line) == 1 and not shape.table:
            alone = LONELY  # a line of one language, parted from the other
        if alone and not lonely:
            continue
        found.append(Cut(line, 0, _split(shape) + alone + DIVIDED * (line in side.divided)))
    return found


def _split(shape: Shape) -> float:
    if shape.table:
        return TABLE_SPLIT
    return _SHORT_SPLIT if shape.zh.seam and shape.zh.lines <= SHORT else SPLIT
