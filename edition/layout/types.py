"""What passes between book assembly, TeX, the planner and the proof.

One **box** is one thing that TeX sets into lines on a rigid grid: one side of a segment, one
note, one entry of the contents. Assembly says what is in it, the measuring run how many lines it
has and where its marks fall, the plan which lines go on which page, the typesetting run cuts it
there, the proof reads back that it did. Lengths are in TeX points (1/72.27 inch).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from edition.config import LayoutName, LineNumbers
from edition.diagnostics import Diagnostic
from edition.layout.structure import Stretch
from edition.model import Inlines, Lang, MilestoneKind, Segment
from edition.numerals import Count, NoteNumbering
from edition.source import Span

Align = Literal["justify", "ragged", "left", "center", "right"]
Weight = Literal["regular", "bold"]
Shape = Literal["upright", "italic"]  # italic: never of Han


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A paragraph style of a layout. ``leading`` is a multiple of the layout's grid unit;
    ``first`` is the height of the first line above its baseline."""

    name: str
    size: float
    leading: float
    first: float
    indent: float = 0.0  # first line, in em
    left: float = 0.0  # hanging margin, in em
    right: float = 0.0
    align: Align = "justify"
    weight: Weight = "regular"
    shape: Shape = "upright"
    lang: str = ""  # zh | en | "" (either)
    above: int = 0  # grid units of space above (dropped at the head of a page) and below
    below: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """A layout's page: lengths in points. ``grid`` is the common unit that all leadings divide
    into; ``lines`` the height of the text block in grid units; ``inner`` and ``top`` margins."""

    layout: LayoutName
    paper_width: float
    paper_height: float
    text_width: float
    grid: float
    lines: int
    inner: float
    top: float
    gutter: float  # between columns
    zh_width: float
    en_width: float
    note_gap: float  # text to first line of notes, rule included
    row_gap: int = 0  # grid units between rows
    stretch: int = 0  # grid units that a gap between rows may grow by to fill a page
    margin: str = "outer"  # outer | inner: where references and numbers of lines stand

    @property
    def facing(self) -> bool:
        return self.layout == "facing"

    @property
    def stacked(self) -> bool:
        """Whether the English of a pair stands under its Chinese, in one stream of pages."""
        return self.layout == "stacked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What the build may adjust: Chinese (size, leading) to choose from, facing; in columns, the
    least number of characters of a Chinese line, which holds a whole number of them."""

    zh: tuple[tuple[float, float], ...] = ()
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A layout resolved for one book: its page and its styles by name. Running heads and folios
    are set in the style ``head``."""

    geometry: Geometry
    styles: Mapping[str, Style]
    fit: Fit = Fit()


class BoxRole(enum.Enum):
    TEXT = "text"
    NOTE = "note"
    FRONT = "front"  # title page, contents
    BACK = "back"  # glossary, editorial rules
    WORK = "work"  # an entry of the list of references


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One thing to set. ``key`` is unique in the book: ``iii.5/zh``, ``n:small-yard/en``,
    ``toc/3/zh``. Marks inside ``inlines`` are :class:`edition.model.Mark`; a table is set from
    ``segment.table``."""

    key: str
    role: BoxRole
    style: str
    width: float
    lang: Lang
    inlines: Inlines = ()
    segment: Segment | None = None
    label: str = ""  # of a note: set by number when typesetting; of an item: "•"
    language: str = ""  # BCP 47 tag, where it is not that of ``lang``: of a work
    span: Span | None = None
    numbering: NoteNumbering | None = None  # of a note; decides the widths of its marks
    note: str = ""  # of an editor's note: its id, which both languages share
    count: Count = "opening"  # of an editor's note: among which notes it is numbered
    line: int = 0  # of a note: room in figures for the place of its mark, which it says
    says_line: bool = False  # of a note: it says the number of the line of its mark
    target: str = ""  # of a line of the contents: key of the box whose page it ends with
    at_end: bool = False  # of a note: it stands at the end of its section, or of the book
    number: int = 0  # of an editor's note that is numbered through the text
    bare: bool = False  # of a figure: the caption alone, the picture stands on the other side
    reserve: float = 0.0  # of a figure: points below its picture that captions take


class MarkAt(NamedTuple):
    note: str
    line: int  # 1-based line of the box; in a table, the first line of its row


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What the measuring run found of one box. ``sentence_ends``: 1-based lines in which a
    sentence ends, with how many sentences have ended by then (for breaking both sides alike)."""

    key: str
    lines: int
    marks: tuple[MarkAt, ...] = ()
    sentence_ends: tuple[tuple[int, int], ...] = ()
    divided: tuple[int, ...] = ()  # 1-based lines that end within a word
    stones: tuple[int, ...] = ()  # the 1-based line of each milestone, in their order
    caption: int = 0  # lines of the caption of a table, and of its head: these stand above
    head: int = 0  # the rows, the head on every page that the table runs on to
    rows: tuple[int, ...] = ()  # lines of each row of a table, its head not counted
    faults: tuple[str, ...] = ()  # OFFGRID, TALL, DEEP, WIDE:<pt>


Measures = Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class Slice:
    """Lines ``first``+1 … ``last`` of a box (0 ≤ first < last). The rest of a table stands below
    a copy of its head, which is none of these lines."""

    key: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A slice at a distance of ``y`` grid units below the head of its area; the column says
    which area: "zh", "en", or "full" (across both columns); "first" and "second" are columns of a
    list in one language."""

    slice: Slice
    column: str
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginLabel:
    """What the margin says beside one line of text, each part of a kind. ``stones``: (box, order
    from 1) of the milestones it names. ``edge``: of the text block at which it stands,
    ``baseline`` its own: both in points from the upper left corner of the page; it ends at the
    edge if ``left``, else begins there, at a distance of :data:`edition.layout.margins.GAP`."""

    parts: tuple[tuple[MilestoneKind | Literal["line"], str], ...]
    baseline: float
    edge: float
    left: bool
    stones: tuple[tuple[str, int], ...] = ()

    @property
    def text(self) -> str:
        return "\u2002".join(text for _, text in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    """One page. ``label`` is its folio as it is printed (roman in the front matter), "" where none
    is; ``counted`` what it would be there. ``body`` is placed from the head of the text block,
    ``notes`` flow in order from the foot."""

    index: int  # 0-based page of the PDF
    label: str
    side: str  # zh | en | both | none (blank)
    body: tuple[Placed, ...]
    notes: tuple[Slice, ...]
    head_left: Inlines = ()
    head_right: Inlines = ()
    white: float = 0.0  # blank grid units between text and notes
    margin: tuple[MarginLabel, ...] = ()
    counted: str = ""

    @property
    def number(self) -> str:
        """The number by which the page is referred to."""
        return self.label or self.counted


@dataclass(frozen=True, slots=True)
class MarkPlace:
    """Where a note says that its mark is: on a page (its folio), in a line, or both; ``word``
    stands before them."""

    page: str = ""
    line: int = 0
    word: str = ""

    @property
    def text(self) -> str:
        parts = (self.page, str(self.line) if self.line else "")
        return self.word + ".".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPlan:
    pages: tuple[PagePlan, ...]
    numbers: Mapping[str, str]  # note box key -> printed number (① or 〔一〕)
    first_page: Mapping[str, int]  # box key -> page index of its first slice
    ordinals: Mapping[str, int] = field(default_factory=dict)  # note box key -> what is printed so
    places: Mapping[str, MarkPlace] = field(default_factory=dict)  # note box key -> what it says


# --- the book before it is planned -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What stands side by side: keys of boxes by language. ``full`` rows take the whole width,
    Chinese above English. ``keep`` rows stay with the row after them; a ``whole`` row is never
    cut."""

    id: str
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    full: bool = False
    keep: bool = False
    whole: bool = False
    level: int = 0  # of a heading
    part: bool = False  # the title of a part, to which the headings after it belong

    def side(self, lang: Lang) -> tuple[str, ...]:
        return self.zh if lang == "zh" else self.en

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.zh, *self.en)


class Division(enum.Enum):
    """The parts that a book may have; the value names their boxes."""

    HALF_TITLE = "half-title"
    SERIES = "series"  # behind the half title
    TITLE = "title"
    IMPRINT = "imprint"  # 版權頁
    DISPLAY = "display"  # a dedication, an epigraph: a page of its own
    CONTENTS = "contents"
    TABLES = "tables"
    FIGURES = "figures"
    BASE = "base"  # what the base text is
    RULES = "rules"
    SIGLA = "sigla"
    ABBREVIATIONS = "abbreviations"
    FRONT = "front"  # a section before the text
    PART = "part"  # the title of a part of the text
    BODY = "body"
    NOTES = "notes"  # at the end of the book
    BACK = "back"  # a section after the text
    GLOSSARY = "glossary"
    REFERENCES = "references"
    CORRECTIONS = "corrections"
    INDEX = "index"

    @property
    def text(self) -> bool:
        """Whether it holds pairs of the edition that stand side by side."""
        return self in (Division.FRONT, Division.BODY, Division.BACK)

    @property
    def display(self) -> bool:
        """Whether it is one page without running head and folio."""
        return self in (Division.HALF_TITLE, Division.SERIES, Division.TITLE, Division.IMPRINT,
                        Division.DISPLAY, Division.PART)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One division: rows that follow each other from the head of a fresh opening. ``front``: it
    stands before the text, where folios are roman. ``listed``: below its first row, the heading,
    its boxes stand in two columns of a page."""

    division: Division
    rows: tuple[Row, ...]
    front: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A headword of the index in a box: ``at`` is how many letters of the box are drawn before it.
    ``form``: the words that stand there; ``row`` of a table, from 1, the head first, 0 being its
    caption; ``defining``: the box is the note on it."""

    headword: str
    box: str
    at: int
    form: str = ""
    row: int = 0
    defining: bool = False


@dataclass(frozen=True, slots=True)
class IndexLine:
    """An entry of the index in one language: what it says before its pages, the name in the other
    language after it; ``see``: where to look instead of pages. An entry of the glossary says
    ``gloss`` before its pages."""

    headword: str
    lang: Lang
    text: str
    other: str
    see: str = ""
    gloss: Inlines = ()


@dataclass(frozen=True, slots=True)
class BookIndex:
    """The index: the line of each of its boxes, and where the headwords occur; ``found``: what
    could not be told. Once there is a plan, ``placed`` has (box, page) → the words of headwords
    that begin there."""

    lines: Mapping[str, IndexLine]
    occurrences: tuple[Occurrence, ...]
    found: tuple[Diagnostic, ...] = ()
    placed: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything that is printed. ``layers``: rank of a note's layer by its key: the notes of a
    page stand in the order of their ranks."""

    boxes: Mapping[str, Box]
    flows: tuple[Flow, ...]
    layers: Mapping[str, int]
    labels: Mapping[str, str]  # numbers that a note has by itself: the author's own footnotes
    titles: Mapping[str, Mapping[Lang, Inlines]]  # row of a heading -> its words, without marks
    heads: Mapping[str, Mapping[Lang, Inlines]]  # row of a heading -> what its running head says
    line_numbers: LineNumbers = field(default_factory=LineNumbers)
    page_words: Mapping[Lang, str] = field(default_factory=dict)  # before a page: 頁, p.
    index: BookIndex | None = None


# --- what the typesetting run writes back ---------------------------------------------------
# Positions are in points from the left and the top edge of the page; y of a baseline.


@dataclass(frozen=True, slots=True)
class PointAt:
    """Something of zero height set at a point: a note mark (name: box key of the note), a
    citation (name: reference key), a link (name: its address), a line of the
    contents (name: key of its target box)."""

    kind: str  # mark | cite | link | toc | stone (name: key of its box, a colon, its order)
    name: str
    page: int
    x: float
    y: float
    width: float = 0.0
    box: str = ""  # key of the box that it stands in, and its order there
    order: int = 0


@dataclass(frozen=True, slots=True)
class SliceAt:
    """Where a slice was really set: ``top`` of its first line, ``bottom`` below its last."""

    slice: Slice
    page: int
    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Named:
    """What a PDF is to say for its glyphs, by the stem of a font's name (``NotoSerifCJKjp``).
    ``fonts``: for the characters that the driver names. ``glyphs``: for glyphs by their number,
    where the driver prefers another name. ``twins``: the same of that one among the fonts of
    this name that has no other glyphs than these."""

    fonts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    glyphs: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    twins: tuple[tuple[str, Mapping[int, str]], ...] = ()


UNNAMED = Named()  # fonts say what they say


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """The finished typesetting run."""

    pdf: str
    pages: int
    points: tuple[PointAt, ...]
    slices: tuple[SliceAt, ...]
    cut_errors: tuple[str, ...] = ()  # messages of the checks that TeX makes at each cut
    contents: tuple[Stretch, ...] = ()  # what pages say of their parts; none where they do not
    named: Named = UNNAMED
