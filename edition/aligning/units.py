"""What is aligned, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from edition.model import Kind

_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
SURE = 0.75  # chance from which an alignment by contents is taken
CERTAIN = 0.95  # chance from which nobody is asked or told


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One text of one language: a paragraph, a heading, or whatever is to find its counterpart.

    ``keys`` are what stands on both sides letter for letter: keys of citations, marks of
    footnotes, pictures. A unit that is ``blank`` has no text on purpose."""

    text: str
    kind: Kind = Kind.PARA
    level: int = 0
    keys: frozenset[str] = frozenset()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class TermForms:
    """One name or term as both languages write it; every form of a side stands for it."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


Settled = tuple[tuple[int, int], tuple[int, int]]  # half-open ranges of Chinese and English


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two texts that answer to each other, in order. ``settled``: ranges that are aligned already,
    in order on both sides; what stands between two of them is to be aligned."""

    zh: tuple[Unit, ...]
    en: tuple[Unit, ...]
    settled: tuple[Settled, ...] = ()


@dataclass(frozen=True, slots=True)
class Bead:
    """Units that answer to each other, as half-open ranges; one of them may be empty.

    ``sure`` is the probability that exactly these belong together, as far as the evidence tells;
    1 where it was settled before."""

    zh: tuple[int, int]
    en: tuple[int, int]
    sure: float = 1.0
    settled: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of Chinese and of English units."""
        return self.zh[1] - self.zh[0], self.en[1] - self.en[0]


@dataclass(frozen=True, slots=True)
class Moved:
    """A Chinese unit whose English stands elsewhere in the order."""

    zh: int
    en: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """Beads of a part in order, every unit in exactly one, and what of them was moved."""

    beads: tuple[Bead, ...]
    moved: tuple[Moved, ...] = ()


def letters(text: str) -> int:
    """Length of a text for comparison: letters and figures, without signs and spaces."""
    if text.isascii():
        return len(text.encode().translate(None, _SIGNS))
    return sum(map(str.isalnum, text))
