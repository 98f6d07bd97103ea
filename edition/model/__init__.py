"""The edition as values: sections, segments, inlines, notes, names, terms, alignment.

Everything keeps its :class:`~edition.source.Span` to the end, so that a fault found by the last
stage is reported where the editor can mend it. Readers build these values; nothing changes them.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from edition.model.inlines import (
    LANGS,
    UNDERLINED,
    BlockStart,
    Cite,
    CiteItem,
    Container,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    Lang,
    Leaf,
    LineBreak,
    Mark,
    Milestone,
    MilestoneKind,
    Ruby,
    Strong,
    Styled,
    Text,
    cited,
    flat,
    leaf_text,
    other,
    pieces,
    placed,
    plain,
)
from edition.source import Span

__all__ = [
    "Align",
    "Anchor",
    "ApparatusEntry",
    "BlockStart",
    "Cell",
    "Cite",
    "CiteItem",
    "Container",
    "Edition",
    "Emph",
    "Footnote",
    "FootnoteRef",
    "HEADINGS",
    "Inline",
    "Inlines",
    "Kind",
    "LANGS",
    "Lang",
    "Leaf",
    "Lemma",
    "LineBreak",
    "ListLink",
    "Mark",
    "Milestone",
    "MilestoneKind",
    "Name",
    "Note",
    "Pair",
    "Presence",
    "Reading",
    "ReadingType",
    "Reference",
    "References",
    "Ruby",
    "Section",
    "Segment",
    "Strong",
    "Styled",
    "Table",
    "Term",
    "Text",
    "UNDERLINED",
    "cited",
    "flat",
    "leaf_text",
    "other",
    "pieces",
    "placed",
    "plain",
]

HEADINGS = 4  # levels of headings


# --- segments ------------------------------------------------------------------------------


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


# --- notes, names, terms -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lemma:
    """The words a note is about, as they stand in the segment, and what tells them apart."""

    quote: str
    span: Span
    prefix: str = ""
    suffix: str = ""
    occurrence: int = 0  # 1-based; 0: the lemma must be unique


ReadingType: TypeAlias = Literal[
    "substitution", "omission", "addition", "transposition", "conjecture"
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What witnesses, or a scholar, have in the place of a lemma; of the lemma itself, who has it
    so. An empty ``text`` says that nothing stands there."""

    text: str
    span: Span
    wit: tuple[str, ...] = ()  # sigla
    resp: Mapping[Lang, Inlines] = field(default_factory=dict)  # who conjectured it, and where
    type: ReadingType | None = None
    faulty: bool = False  # the editor calls it a fault: 訛 脫 衍 倒


@dataclass(frozen=True, slots=True)
class ApparatusEntry:
    """An entry of the apparatus: a lemma with its readings, and what the editor says of them."""

    lem: Reading
    readings: tuple[Reading, ...]
    remark: Mapping[Lang, Inlines] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's note. ``lemmas`` and ``texts`` are by language; a language that is missing in
    ``texts`` prints no note on that side. 校 notes have ``sic``/``corr``/``resp``/``evidence``, or
    an ``entry`` of the apparatus, from which their texts are made where none are written."""

    id: str
    layer: str
    at: str  # segment id
    lemmas: Mapping[Lang, Lemma]
    texts: Mapping[Lang, Inlines]
    span: Span
    sic: str = ""
    corr: str = ""
    resp: str = ""
    evidence: str = ""
    proposed: bool = False  # not yet accepted by the editor (written by an import or a collation)
    entry: ApparatusEntry | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a note stands: after code point ``end`` of the plain text of ``segment``, or of one of
    its cells (``cell``, from 1, the head first), or of a footnote that it calls (``footnote``, its
    label)."""

    note: str
    lang: Lang
    segment: str
    start: int
    end: int
    cell: int = 0
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A person, place, body or work of names.toml. Forms of ``locked`` names are never converted
    by script; ``hans``/``hant`` give an explicit form where conversion would be wrong."""

    id: str
    kind: Literal["person", "place", "body", "work"]
    zh: str
    en: str
    span: Span
    variants: tuple[str, ...] = ()  # other spellings in use, either language
    sort: str = ""  # pinyin for Chinese sorting
    locked: bool = False
    hans: str = ""
    hant: str = ""
    short: str = ""  # of a body: what citations say for it, in Chinese and in English texts
    short_en: str = ""
    family: str = ""  # of a person: the surname in English, first or last of ``en``


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of glossary.toml."""

    id: str
    zh: str
    en: str
    span: Span
    pinyin: str = ""
    zh_gloss: Inlines = ()
    en_gloss: Inlines = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything read from a workspace's ``source/``, aligned and anchored."""

    sections: tuple[Section, ...]
    pairs: tuple[Pair, ...]  # in reading order, all sections
    notes: tuple[Note, ...]
    names: tuple[Name, ...] = ()
    terms: tuple[Term, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    segments: Mapping[tuple[Lang, str], Segment] = field(default_factory=dict)

    def segment(self, lang: Lang, id: str) -> Segment | None:
        return self.segments.get((lang, id))


# --- references, as the bibliography run gives them back ------------------------------------


@dataclass(frozen=True, slots=True)
class EntryLook:
    """How a part of a text looks, from ``start`` to before ``end``; ``address``: of a link."""

    start: int
    end: int
    kind: Literal["italic", "bold", "smallcaps", "sup", "sub", "link"]
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of the printed list with what a citation of it prints, as biber computed it."""

    key: str
    authors: str  # for the citation: "侯冠華", "Hart 和 Kim", "戚凱 等"
    year: str  # with the letter that tells works of one year apart: "2024a"
    number: str = ""  # of numeric styles
    authors_en: str = ""  # authors in an English sentence, where that differs: "Hart and Kim"
    year_en: str = ""  # the year in an English sentence, where that differs: "n.d."
    lang: Lang = "en"  # language of the entry: decides 等 / et al. and punctuation
    language: str = ""  # BCP 47 tag of the work's, where it is another: ja, fr, zh-Latn
    text: str = ""  # the whole entry, without its number
    looks: tuple[EntryLook, ...] = ()  # of parts of the text, by their starts, the outer first
    short: str = ""  # what a citation says for the authors once they are known: "SIA"
    short_en: str = ""  # and in an English sentence
    span: Span | None = field(default=None, compare=False)  # of the entry

    def author(self, lang: Lang) -> str:
        """The authors as they are cited in a text of ``lang``."""
        return self.authors_en if lang == "en" and self.authors_en else self.authors

    def shortened(self, lang: Lang) -> str:
        """Their short form there; "" for none."""
        return self.short_en if lang == "en" else self.short


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """The printed list of references: formatted in a run of its own, kept by content."""

    style: str
    entries: Mapping[str, Reference]  # in the order of the list
    aliases: Mapping[str, str] = field(default_factory=dict)  # merged key -> kept key
    corrections: tuple[tuple[str, str], ...] = ()  # lines of the appendix, Chinese and English
    introduced: frozenset[tuple[str, int]] = frozenset()  # citations that say short forms first

    def find(self, key: str) -> Reference | None:
        return self.entries.get(self.aliases.get(key, key))
