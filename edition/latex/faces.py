"""Which font files print what. Found by :mod:`edition.engine.fonts`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file; ``index`` is its place in a collection (.ttc), else 0."""

    path: str
    index: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    regular: Face
    bold: Face
    italic: Face
    bold_italic: Face


@dataclass(frozen=True, slots=True)
class Coverage:
    """Code points a face has, as sorted half-open ranges."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __contains__(self, code: int) -> bool:
        import bisect

        at = bisect.bisect_right(self.starts, code) - 1
        return at >= 0 and code < self.ends[at]

    @classmethod
    def of(cls, codes: Iterable[int]) -> Coverage:
        starts: list[int] = []
        ends: list[int] = []
        for code in sorted(set(codes)):
            if ends and ends[-1] == code:
                ends[-1] = code + 1
            else:
                starts.append(code)
                ends.append(code + 1)
        return cls(tuple(starts), tuple(ends))


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """The faces of a book. ``han`` and ``latin`` are what their regular faces cover."""

    zh: Family
    zh_sans: Family
    en: Family
    han: Coverage
    latin: Coverage
    identity: str  # changes when a font file does

    def borrowed(self, text: str) -> frozenset[str]:
        """Characters of ``text`` that go to the Latin font, which lacks them, though the Chinese
        font has them: arrows, letters of pinyin."""
        return frozenset(
            one
            for one in set(text)
            if not is_han(one) and ord(one) not in self.latin and ord(one) in self.han
        )

    def missing(self, text: str) -> frozenset[str]:
        """Characters of ``text`` that no font of the book has."""
        return frozenset(
            one
            for one in set(text)
            if not one.isspace() and ord(one) not in self.latin and ord(one) not in self.han
        )


# What xeCJK hands to the Chinese font: its class CJK and full-width punctuation. Ambiguous
# punctuation (quotation marks, dashes) is in both fonts and of no concern here.
_HAN_RANGES = (
    (0x1100, 0x11FF),
    (0x2460, 0x24FF),
    (0x2E80, 0x9FFF),
    (0xA000, 0xA4CF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE1F),
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFFEF),
    (0x16FE0, 0x18AFF),
    (0x1AFF0, 0x1B16F),
    (0x20000, 0x3FFFD),
)


def is_han(character: str) -> bool:
    """Whether the character is set in the Chinese font wherever it stands."""
    code = ord(character)
    return any(first <= code <= last for first, last in _HAN_RANGES)
