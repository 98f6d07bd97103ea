"""Texts in two languages: segments, sections, and which of them stand side by side."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from edition.model.inlines import Inlines, Lang, plain
from edition.source import Span

HEADINGS = 4  # levels of headings


class Kind(enum.Enum):
    """What a segment is; its value is the name of its style."""

    HEADING = "heading"
    PARA = "para"
    ITEM = "item"
    QUOTE = "quote"
    VERSE = "verse"  # one stanza; lines are separated by LineBreak
    TABLE = "table"
    FIGURE = "figure"
    CODE = "code"  # lines as they stand, separated by LineBreak
    TERM = "term"  # of a list of definitions
    DEFINITION = "definition"
    BREAK = "break"  # a rule between paragraphs: an ornament


class Presence(enum.Enum):
    """Why a side of a pair has no text."""

    TEXT = "text"
    UNTRANSLATED = "untranslated"
    OMITTED = "omitted"
    BLANK = "blank"  # nothing stands there, and nothing says so: the translator added the other


Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    inlines: Inlines
    align: Align
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells in reading order, those of the head first."""
        return (*self.header, *(cell for row in self.rows for cell in row))

    def mapped(self, change: Callable[[Cell, int], Cell]) -> Table:
        """The table with each cell as ``change`` makes it of that and its number, from 1."""
        cells = iter([change(cell, number) for number, cell in enumerate(self.cells, start=1)])
        header = tuple(next(cells) for _ in self.header)
        return Table(header, tuple(tuple(next(cells) for _ in row) for row in self.rows))


@dataclass(frozen=True, slots=True)
class Segment:
    """A block of text in one language: the unit of alignment.

    ``id`` is unique among the segments of its language; ``given`` tells whether the file states
    it (else it is section id + position). ``inlines`` is the text, or the caption of a table or
    figure. ``level``: of a heading 1–4, of an item its depth from 1. ``short``: of a heading, what
    its running head says instead.
    """

    id: str
    given: bool
    lang: Lang
    kind: Kind
    inlines: Inlines
    span: Span
    level: int = 0
    label: str = ""  # of an item: "•" or "1."
    table: Table | None = None
    figure: str = ""  # path of the picture, relative to the workspace
    alt: Inlines = ()  # what it shows, for those who do not see it
    presence: Presence = Presence.TEXT
    corresp: tuple[str, ...] = ()  # ids on the other side, where not simply the same id
    source_hash: str = ""  # {hash="…"}: of the other side when the translation was last checked
    classes: tuple[str, ...] = ()
    short: Inlines = ()
    sure: str = ""  # {sure="0.83"}: its alignment was proposed with this chance

    @property
    def text(self) -> str:
        return plain(self.inlines)

    @property
    def part(self) -> bool:
        """Whether it is the title of a part, to which the headings after it belong."""
        return self.kind is Kind.HEADING and "part" in self.classes

    @property
    def byline(self) -> bool:
        """Whether it names who wrote what the heading before it begins."""
        return self.kind is Kind.PARA and "byline" in self.classes


@dataclass(frozen=True, slots=True)
class Footnote:
    """Definition of an author's footnote, ``[^3]: …``."""

    label: str
    lang: Lang
    inlines: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """One pair of files. A side without a file is empty."""

    id: str  # the stem of the files: "02-motives"
    zh: tuple[Segment, ...]
    en: tuple[Segment, ...]
    footnotes: tuple[Footnote, ...] = ()

    def side(self, lang: Lang) -> tuple[Segment, ...]:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Pair:
    """Aligned segments: what stands side by side. Either side may be empty or hold several.
    ``sure``: the chance that they belong together, where nothing but their texts says so."""

    id: str
    section: str
    zh: tuple[Segment, ...]
    en: tuple[Segment, ...]
    sure: float = 1.0

    def side(self, lang: Lang) -> tuple[Segment, ...]:
        return self.zh if lang == "zh" else self.en

    @property
    def first(self) -> Segment:
        """The first segment that has a text, the Chinese before the English."""
        both = (*self.zh, *self.en)
        return next((one for one in both if one.presence is Presence.TEXT), both[0])

    @property
    def kind(self) -> Kind:
        return self.first.kind

    @property
    def level(self) -> int:
        return self.first.level

    @property
    def part(self) -> bool:
        return any(one.part for one in (*self.zh, *self.en))

    @property
    def byline(self) -> bool:
        return any(one.byline for one in (*self.zh, *self.en))
