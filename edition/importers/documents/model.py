"""What a document is made of, whatever format it came in.

Readers build it, :mod:`edition.importers.documents.draft` takes it on. A block knows its
``place``: the line of the file it begins on or, in a format without lines, the number of its
paragraph, from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from edition.diagnostics import Diagnostic

Style = Literal["emph", "strong", "sup", "sub", "small"]


@dataclass(frozen=True, slots=True)
class TextRun:
    text: str


@dataclass(frozen=True, slots=True)
class StyledRun:
    style: Style
    children: Inlines


@dataclass(frozen=True, slots=True)
class RubyRun:
    """Characters and the reading above them."""

    base: str
    reading: str


@dataclass(frozen=True, slots=True)
class Hyperlink:
    children: Inlines
    address: str


@dataclass(frozen=True, slots=True)
class NoteRef:
    """The mark of a note; ``label`` is a key of :attr:`Document.notes`."""

    label: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Words set as typed: code, and formulas that no other form can hold."""

    text: str


@dataclass(frozen=True, slots=True)
class LineEnd:
    """A line end within a block."""


@dataclass(frozen=True, slots=True)
class RawMarkup:
    """Markup of docs/format.md taken over as it stands: citations, milestones, classes."""

    markup: str


Inline = TextRun | StyledRun | RubyRun | Hyperlink | NoteRef | Verbatim | LineEnd | RawMarkup
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    inlines: Inlines
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """``level`` from 1; ``title``: of the whole document. ``number`` is one that the program of
    the document counts ("1.2", "一、") and that stands nowhere in its text."""

    level: int
    inlines: Inlines
    title: bool = False
    subtitle: Inlines = ()
    number: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A paragraph of a list. ``depth`` from 1; ``mark`` is "-", a number with its sign ("3.",
    "[3]"), or "" for a further paragraph of the item before it."""

    inlines: Inlines
    depth: int = 1
    mark: str = "-"
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A paragraph of a displayed quotation."""

    inlines: Inlines
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verse:
    """A stanza, by lines."""

    lines: tuple[Inlines, ...]
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """Rows of cells, the head first."""

    rows: tuple[tuple[Inlines, ...], ...]
    caption: Inlines = ()
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``picture`` is a key of :attr:`Document.pictures`, a path that the document names and that
    does not come along, or "" where nothing is known of it."""

    picture: str = ""
    caption: Inlines = ()
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    lines: tuple[str, ...]
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ornament:
    """An ornament between paragraphs."""

    place: int = 0


Block = Paragraph | Heading | Item | Quote | Verse | TableBlock | Figure | CodeBlock | Ornament
NoteBlock = Paragraph | Item | Quote | Verse


@dataclass(frozen=True, slots=True)
class NoteBody:
    """The body of a footnote or endnote."""

    blocks: tuple[NoteBlock, ...]
    place: int = 0


@dataclass(frozen=True, slots=True)
class Drop:
    """Characters of a document that are left out, and why."""

    text: str
    reason: str
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """``characters``: how many the document has, counted by themselves and not by what became of
    them: those of blocks and notes together with ``dropped`` must come to as many. ``format`` is
    what a reader of the report is told it is: "Word document"."""

    format: str
    blocks: tuple[Block, ...]
    notes: Mapping[str, NoteBody] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    characters: int
    dropped: tuple[Drop, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    paged: bool = False  # it may have been read off pages: folios and cut paragraphs stand in it
    cited: tuple[str, ...] = ()  # citations as the text has them, by keys
    date: str = ""  # YYYY-MM-DD, where its head gives one
    bibliographies: tuple[str, ...] = ()  # files that its head names


class RefusedError(Exception):
    """A document that cannot be taken over: ``fact`` says why in one sentence, ``hint`` what to
    do."""

    def __init__(self, fact: str, hint: str) -> None:
        super().__init__(fact)
        self.fact = fact
        self.hint = hint
