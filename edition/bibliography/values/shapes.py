"""Which characters look alike (形近字), computed from glyphs.

Two characters are compared as drawn on a small grid (``data/glyphs.bin``, made by
``tools/shapes.py``): how much of the ink of each lies on or beside the ink of the other. What that
is worth depends on the character (all dense ones share much ink), so the likeness told is a rank:
the share of a fixed sample of characters that are less like the first than the second is.
"""

from __future__ import annotations

import zlib
from functools import cache, lru_cache
from importlib import resources

from edition.bibliography.values.folding import simplified

ALIKE = 0.96  # rank from which two characters are taken to be confusable
SAMPLE = 800  # characters that a rank is counted among


@cache
def _glyphs() -> tuple[int, dict[str, int]]:
    """Side of the grid; character -> its ink, a bit a cell."""
    packed = resources.files("edition.bibliography").joinpath("data", "glyphs.bin").read_bytes()
    table = zlib.decompress(packed)
    side, end = table[0], table.index(0, 1)
    chars, size = table[1:end].decode(), table[0] ** 2 // 8
    body = memoryview(table)[end + 1 :]
    return side, {
        char: int.from_bytes(body[at * size : (at + 1) * size], "little")
        for at, char in enumerate(chars)
    }


@cache
def _spread(char: str) -> int:
    """The ink of ``char`` and the cells beside it."""
    side, glyphs = _glyphs()
    ink = glyphs[char]
    edge = sum(1 << (side * row) for row in range(side))
    full = (1 << (side * side)) - 1
    wide = ink | ((ink << 1) & ~edge) | ((ink & ~edge) >> 1)
    return (wide | (wide << side) | (wide >> side)) & full


def shared_ink(a: str, b: str) -> float:
    """Share of the ink of both that lies on, and beside, the ink of the other."""
    glyphs = _glyphs()[1]
    mine, theirs = glyphs[a], glyphs[b]
    total = mine.bit_count() + theirs.bit_count()
    if not total:
        return 0.0
    beside = (mine & _spread(b)).bit_count() + (theirs & _spread(a)).bit_count()
    return (beside + 0.5 * 2 * (mine & theirs).bit_count()) / (1.5 * total)


@cache
def _sample(*, latin: bool) -> tuple[str, ...]:
    chars = [char for char in _glyphs()[1] if (char < "\u3400") is latin]
    if latin:
        return tuple(char for char in chars if char.islower())
    return tuple(chars[:: max(1, len(chars) // SAMPLE)])


@cache
def _sampled(*, latin: bool) -> tuple[tuple[str, int, int, int], ...]:
    """Of each character of the sample its ink, that and the cells beside it, and how much it is."""
    glyphs = _glyphs()[1]
    return tuple((char, glyphs[char], _spread(char), glyphs[char].bit_count())
                 for char in _sample(latin=latin))  # fmt: skip


@lru_cache(maxsize=8192)
def _scores(char: str) -> tuple[float, ...]:
    """Likeness of ``char`` to each character of the sample, in ascending order: :func:`shared_ink`
    of all, with what is of ``char`` looked up once."""
    mine, wide = _glyphs()[1][char], _spread(char)
    own = mine.bit_count()
    return tuple(sorted([
        ((mine & spread).bit_count() + (theirs & wide).bit_count() + (mine & theirs).bit_count())
        / (1.5 * (own + ink)) if own + ink else 0.0
        for other, theirs, spread, ink in _sampled(latin=char < "\u3400") if other != char
    ]))  # fmt: skip


@lru_cache(maxsize=65536)
def alike(a: str, b: str) -> float:
    """Likeness of two characters in print: 1 for one character (in either script), else the rank
    of ``b`` among the characters by their likeness to ``a``, 0 … 1. 0 for what has no glyph."""
    if a == b or simplified(a) == simplified(b):
        return 1.0
    glyphs = _glyphs()[1]
    if len(a) != 1 or len(b) != 1:
        return 0.0
    best = 0.0
    for one, other in {
        (a, b),
        (simplified(a), simplified(b)),
        (a, simplified(b)),
        (simplified(a), b),
    }:
        if one in glyphs and other in glyphs and (one < "\u3400") is (other < "\u3400"):
            best = max(best, min(_rank(one, other), _rank(other, one)))
    return best


def _rank(a: str, b: str) -> float:
    import bisect

    scores = _scores(a)
    return bisect.bisect_left(scores, shared_ink(a, b)) / len(scores) if scores else 0.0


@lru_cache(maxsize=4096)
def near(char: str, least: float = ALIKE) -> tuple[tuple[str, float], ...]:
    """The look-alikes of ``char`` with their likeness, likeliest first."""
    glyphs = _glyphs()[1]
    if char not in glyphs:
        return ()
    latin = char < "\u3400"
    shared = sorted(
        (
            (shared_ink(char, other), other)
            for other in glyphs
            if other != char and (other < "\u3400") is latin
        ),
        reverse=True,
    )
    return tuple(
        (other, alike(char, other)) for _, other in shared[:60] if alike(char, other) >= least
    )
