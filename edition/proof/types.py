"""What passes between the parts of the proof.

The proof of a page is a function of what the finished file shows there and of its **facts**: all
that the plan and the edition say should be there. What is found is kept by both, so that nothing
that a verdict rests on can change without it being reached anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from edition.diagnostics import Diagnostic, Severity, error
from edition.layout.types import Book, BookPlan, Layout, Measures, Typeset
from edition.model import Lang

TEXT = error("PRF008", "the page does not say what the source says")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofMatter:
    """What is proved. ``pictures``: what pictures say by themselves, by their path in the
    workspace."""

    book: Book
    plan: BookPlan
    measures: Measures
    typeset: Typeset
    layout: Layout
    pictures: Mapping[str, str] = field(default_factory=dict)


# --- what should be on a page ---------------------------------------------------------------------
# Facts are named tuples of plain values: their digest is that of their JSON.


class LinedFacts(NamedTuple):
    """A name that has a line: n, straight, or t, wavy; its ideographs, and some of those behind
    it."""

    mark: str
    han: str
    after: str


class BoxFacts(NamedTuple):
    """What the lines of a box should say, and how they are read. ``written``: its text as the
    editor wrote it; ``again``: what the head of a table repeats; ``picture``: words of its
    picture. ``ordered``: its lines read from left to right and from above. ``leaders``: dots lead
    to a page number. ``silent``: a finished page, whose words are not the editor's.
    ``lined``: names with a line, in order. ``ornament``: it is no text, and no one is read it;
    ``whole``: words that no line divides."""

    written: str
    again: str
    picture: str
    lang: Lang
    ordered: bool
    leaders: bool
    lined: tuple[LinedFacts, ...] = ()
    ornament: bool = False
    whole: tuple[str, ...] = ()


class SliceFacts(NamedTuple):
    """A slice where it was set, in points, and its style. ``lines``: of its whole box. ``rise``:
    the first line above its baseline. ``filled``: lines fill the measure. ``several``: it may
    hold several blocks. ``block``: a table or picture; ``mute``: its glyphs are not judged.
    ``box`` is None where other pages hold more of it: then the whole book judges it.
    ``stretches``: the marked content that is its text."""

    first: int
    last: int
    lines: int
    x: float
    top: float
    bottom: float
    width: float
    size: float
    leading: float
    rise: float
    lang: Lang
    filled: bool
    several: bool
    block: bool
    mute: bool
    note: bool
    box: BoxFacts | None
    stretches: tuple[int, ...] = ()


class MarginFacts(NamedTuple):
    """A label of the margin: its text, where it stands, its size and its natural width."""

    text: str
    baseline: float
    edge: float
    left: bool
    size: float
    width: float


class Frame(NamedTuple):
    """Where words may stand, in points: the text block with running head and folio; where the
    running head stands; the width of the paper."""

    left: float
    right: float
    top: float
    bottom: float
    head: float
    body: float
    paper: float


class PageFacts(NamedTuple):
    """All that the proof of one page knows of the book. ``head``: the running head; ``folio``
    stands before it on a ``verso``, else after it; ``readings``: of the ruby of its boxes;
    ``named``: names in the book have lines; ``ruby``: Chinese on the page has readings. ``tagged``:
    pages say what their parts are; ``unread``: marked content that is a reading above characters,
    of which boxes say nothing."""

    frame: Frame
    head: str
    folio: str
    verso: bool
    slices: tuple[SliceFacts, ...]
    readings: tuple[str, ...]
    margin: tuple[MarginFacts, ...]
    named: bool = False
    tagged: bool = False
    unread: tuple[int, ...] = ()
    ruby: bool = False


# --- what was found there ---------------------------------------------------------------------


class PageFinding(NamedTuple):
    """A finding on a page: on its ``slice`` (number on the page), or on the page as such where
    that is -1; ``line`` of the box, 0 for none. It knows no page number: pages move."""

    code: str
    slice: int
    line: int
    fact: str
    hint: str = ""


class LineRead(NamedTuple):
    """Of a printed line what the lines before and after it are judged by. ``number``: of its box,
    from 1; ``head`` and ``tail``: its first and last word."""

    number: int
    text: str
    last: bool
    block: bool
    head: str
    tail: str

    @property
    def divided(self) -> bool:
        """Whether it ends within a word."""
        return self.text[-1:] in HYPHENS and not self.last


HYPHENS = ("-", "\u2010", "\u00ad")


class NamesRead(NamedTuple):
    """Of a printed line its ideographs, and the lines below them: (n or t, the first of its
    ideographs, the one behind its last, that it begins the line, that it ends it)."""

    han: str
    marks: tuple[tuple[str, int, int, bool, bool], ...]


class ReadSlice(NamedTuple):
    """What was read of a slice: the words of its lines, its lines by their glyphs, and the length
    of the first dash that is not as long as it should be, in em, 0 where none is. ``names``: the
    lines below names, where the book has some; ``told``: what its stretches say, where pages have
    such."""

    text: str
    lines: tuple[LineRead, ...]
    dash: float
    names: tuple[NamesRead, ...] = ()
    told: str | None = None


class Counts(NamedTuple):
    """Figures of lines that add up: see :class:`Figures`."""

    zh: int = 0
    loose_zh: int = 0
    en: int = 0
    loose_en: int = 0
    ladders: int = 0
    stubs: int = 0
    ends: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(*map(sum, zip(self, other, strict=True)))


class PageProof(NamedTuple):
    """``parts``: what was read of the slices whose boxes run over to other pages, by number.
    ``lasting``: whether it may be kept: not where the page shows glyphs of which their fonts say
    nothing, nor with findings that may speak of its folio."""

    findings: tuple[PageFinding, ...]
    counts: Counts
    parts: tuple[tuple[int, ReadSlice], ...]
    lasting: bool = True


# --- the proof of the book ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the lines of text and notes are filled: lines that are filled out, and those of them
    that are loose, by language; runs of more than two divided words one below the other; words
    divided after or before two letters; columns that end in a divided word."""

    lines: Mapping[Lang, int] = field(default_factory=dict)
    loose: Mapping[Lang, int] = field(default_factory=dict)
    ladders: int = 0
    stubs: int = 0
    ends: int = 0

    @classmethod
    def of(cls, counts: Counts) -> Figures:
        return cls(
            lines={"zh": counts.zh, "en": counts.en},
            loose={"zh": counts.loose_zh, "en": counts.loose_en},
            ladders=counts.ladders, stubs=counts.stubs, ends=counts.ends,
        )  # fmt: skip

    def as_dict(self) -> dict[str, object]:
        return {
            "lines": dict(self.lines), "loose": dict(self.loose), "ladders": self.ladders,
            "stubs": self.stubs, "column_ends": self.ends,
        }  # fmt: skip

    def share(self, lang: Lang) -> float:
        """Of the filled lines of a language, the share that is loose."""
        return self.loose.get(lang, 0) / max(1, self.lines.get(lang, 0))


@dataclass(frozen=True, slots=True)
class Proof:
    """What was checked and what was found. ``white``: blank lines of each opening."""

    pages: int
    pairs: int
    notes: int
    split_pairs: int
    split_notes: int
    white: tuple[float, ...]
    found: tuple[Diagnostic, ...] = ()
    figures: Figures = field(default_factory=Figures)

    @property
    def violations(self) -> tuple[Diagnostic, ...]:
        return tuple(one for one in self.found if one.level is Severity.ERROR)

    def line(self) -> str:
        """The proof in one line."""
        mean = sum(self.white) / len(self.white) if self.white else 0.0
        return (
            f"proof: {self.pages} pages, {self.pairs} pairs ({self.split_pairs} run over), "
            f"{self.notes} notes ({self.split_notes} run over), "
            f"{len(self.violations)} violations; blank lines an opening: "
            f"mean {mean:.1f}, most {max(self.white, default=0.0):.1f}"
        )

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready; keys stable."""
        return {
            "pages": self.pages,
            "pairs": self.pairs,
            "notes": self.notes,
            "split_pairs": self.split_pairs,
            "split_notes": self.split_notes,
            "blank_lines": {
                "mean": round(sum(self.white) / len(self.white), 2) if self.white else 0.0,
                "max": round(max(self.white, default=0.0), 2),
            },
            "lines": self.figures.as_dict(),
            "violations": [
                {"code": one.code.id, "place": one.place, "message": one.fact}
                for one in self.violations
            ],
            "remarks": [
                {"code": one.code.id, "place": one.place, "message": one.fact}
                for one in self.found if one.level is not Severity.ERROR
            ],
        }  # fmt: skip


def difference(want: str, have: str) -> str:
    """Where two texts begin to differ, in words."""
    at = next((n for n, (a, b) in enumerate(zip(want, have, strict=False)) if a != b),
              min(len(want), len(have)))  # fmt: skip
    start = max(0, at - 8)
    return f"“…{have[start : at + 16]}…” where “…{want[start : at + 16]}…” was to stand"
