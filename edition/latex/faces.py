"""Which font files print what. Found by :mod:`edition.engine.fonts`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from edition.layout.types import UNNAMED, Named


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

    def codes(self) -> set[int]:
        return {
            code for start, end in zip(self.starts, self.ends, strict=True)
            for code in range(start, end)
        }  # fmt: skip

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
class Spare:
    """A face that stands in where the fonts of the book lack a character. ``name`` is what TeX
    calls it: capital letters. A ``han`` face is set by xeCJK, as Chinese text is. A ``chosen`` one
    is named in the settings; a ``late`` one comes after the Latin letters of the Chinese font."""

    name: str
    family: Family
    has: Coverage
    han: bool = False
    chosen: bool = False
    late: bool = False

    def offers(self, code: int) -> bool:
        """Whether the face sets a code point. What stands for private use means something in a
        font that was chosen for it only."""
        private = 0xE000 <= code <= 0xF8FF or code >= 0xF0000
        return code in self.has and (self.chosen or not private)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """The faces of a book. ``han`` and ``latin`` are what their regular faces cover; ``spares``
    stand in, in this order, for what both lack."""

    zh: Family
    zh_sans: Family
    en: Family
    han: Coverage
    latin: Coverage
    identity: str  # changes when a font file does
    spares: tuple[Spare, ...] = ()
    centred: bool = False  # points of Chinese stand in the middle of their em
    # characters whose glyph says another character to a reader of the PDF: the face of the same
    # shapes in which it says this one, or None where there is none
    twins: Mapping[str, Spare | None] = field(default_factory=dict)
    named: Named = UNNAMED
    # what :meth:`odd` has found out: it is asked for every run of every text
    _plain: set[str] = field(default_factory=set, compare=False, repr=False)
    _odd: set[str] = field(default_factory=set, compare=False, repr=False)

    @property
    def others(self) -> tuple[Spare, ...]:
        """Every face beyond the three families, each once."""
        twins = {one.name: one for one in self.twins.values() if one is not None}
        return (*self.spares, *twins.values())

    @property
    def key(self) -> str:
        """Changes when a face, or what it is used for, does."""
        spares = [(one.name, one.chosen, one.late, one.han) for one in self.spares]
        twins = [(one, twin and twin.name) for one, twin in sorted(self.twins.items())]
        return f"{self.identity}{spares}{twins}"

    def odd(self, text: str) -> frozenset[str]:
        """Characters of ``text`` that are not simply set in the font of their side."""
        rest = set(text) - self._plain
        for one in rest - self._odd:
            (self._odd if self._is_odd(one) else self._plain).add(one)
        return frozenset(rest & self._odd)

    def _is_odd(self, one: str) -> bool:
        if one.isspace() or one in UNSEEN:
            return False
        if one in self.twins or is_complex(one):
            return True
        return ord(one) not in (self.han if is_han(one) else self.latin)

    def missing(self, text: str) -> frozenset[str]:
        """Characters of ``text`` that no font of the book has."""
        return frozenset(one for one in self.odd(text) if not self._has(one))

    def _has(self, one: str) -> bool:
        code = ord(one)
        return (
            code in self.latin
            or code in self.han
            or any(spare.offers(code) for spare in self.spares)
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


@lru_cache(maxsize=1 << 16)
def is_han(character: str) -> bool:
    """Whether the character is set in the Chinese font wherever it stands."""
    code = ord(character)
    return any(first <= code <= last for first, last in _HAN_RANGES)


# Scripts whose letters take their shape from their neighbours, or stand above and below each
# other, or run from right to left: a word of them is one piece, shaped as a whole.
_COMPLEX_RANGES = (
    (0x0590, 0x08FF),  # Hebrew to Arabic Extended-A
    (0x0900, 0x109F),  # Devanagari to Myanmar
    (0x1780, 0x18AF),  # Khmer, Mongolian
    (0x1900, 0x1AAF),
    (0x1B00, 0x1C4F),
    (0xA800, 0xABFF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFE),
    (0x10800, 0x11FFF),
    (0x1E800, 0x1EEFF),
)
COMPLEX = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in _COMPLEX_RANGES)}]")
# Characters that change what stands beside them and print nothing themselves.
UNSEEN = frozenset("\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff") | frozenset(
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)


_SCRIPTS = (
    (0x0590, 0x05FF, "Hebrew"), (0x0600, 0x06FF, "Arabic"), (0x0700, 0x074F, "Syriac"),
    (0x0750, 0x077F, "Arabic"), (0x0780, 0x07BF, "Thaana"), (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"), (0x0B00, 0x0B7F, "Oriya"), (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada"), (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Lao"),
    (0x0F00, 0x0FFF, "Tibetan"), (0x1000, 0x109F, "Myanmar"), (0x1780, 0x17FF, "Khmer"),
    (0x1800, 0x18AF, "Mongolian"), (0xFB1D, 0xFB4F, "Hebrew"), (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFE, "Arabic"),
)  # fmt: skip


def script_of(word: str) -> str:
    """The script of a word that is shaped as a whole, by fontspec's name; empty where unknown."""
    for one in word:
        if is_complex(one):
            code = ord(one)
            return next((name for first, last, name in _SCRIPTS if first <= code <= last), "")
    return ""


def is_complex(character: str) -> bool:
    """Whether a word with the character is shaped as a whole."""
    return character >= "\u0590" and COMPLEX.match(character) is not None
