"""A document → the lines of an article, with what is known of each.

The lines are what the account counts and what findings point at; a line stands for a paragraph, a
row of a table, a line of code. What the document says of them beside their words goes along as
:class:`Given` (a heading of level 2) and :class:`DraftSpan` (these characters are emphasised).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, assert_never

from edition.importers.documents.model import (
    Block,
    CodeBlock,
    Document,
    Figure,
    Heading,
    Hyperlink,
    Inline,
    Inlines,
    Item,
    LineEnd,
    NoteRef,
    Ornament,
    Paragraph,
    Quote,
    RawMarkup,
    RubyRun,
    StyledRun,
    TableBlock,
    TextRun,
    Verbatim,
    Verse,
)
from edition.importers.documents.tidy import tidy, words
from edition.importers.lines import SUPERSCRIPT_SIGNS, language
from edition.source import SourceFile

GivenKind = Literal[
    "heading", "item", "quote", "verse", "table", "figure", "code", "rule", "note", "para"
]  # fmt: skip
HOLDER = "\ufffc"  # stands for what has no words: a figure, a rule
_LISTED = re.compile(r"-?|\d{1,4}[.)]")
_SIGNS = {"emph": ("*", "*"), "strong": ("**", "**"), "sup": ("[", "]{.sup}"),
          "sub": ("[", "]{.sub}")}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a document says of a line, and of the ``rows`` - 1 lines below it. ``lead``: how many
    characters at its head are its mark or the place of a picture."""

    kind: GivenKind
    level: int = 0
    mark: str = ""
    lead: int = 0
    rows: int = 1
    title: bool = False
    picture: str = ""
    caption: bool = False  # its first line is the caption
    parts: tuple[str, ...] = ()  # of a note: what stands before each of its lines


@dataclass(frozen=True, slots=True)
class DraftSpan:
    """``open`` and ``close`` go round the characters from ``start`` to ``end``; with ``whole``
    these are left out, and ``open`` stands for them."""

    start: int
    end: int
    open: str
    close: str = ""
    whole: bool = False


class Spans:
    """Spans in the order of their starts, outer ones first."""

    def __init__(self, spans: Sequence[DraftSpan] = ()) -> None:
        # of two with the same characters the inner one was found first
        numbered = sorted(enumerate(spans), key=lambda one: (one[1].start, -one[1].end, -one[0]))
        self._spans = [one for _, one in numbered]
        self._starts = [one.start for one in self._spans]
        self._longest = max((one.end - one.start for one in spans), default=0)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def within(self, offsets: Sequence[int]) -> list[tuple[int, int, DraftSpan]]:
        """(start, end, span) by positions among ``offsets``, which rise, of each span that has
        characters among them."""
        if not self._spans or not offsets:
            return []
        first = bisect_right(self._starts, offsets[0] - self._longest - 1)
        last = bisect_right(self._starts, offsets[-1])
        found = []
        for one in self._spans[first:last]:
            start = bisect_right(offsets, one.start - 1)
            end = bisect_right(offsets, one.end - 1)
            if start < end:
                found.append((start, end, one))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Transcript(SourceFile):
    """The lines of a document. Positions count as the document does: ``places`` of its lines."""

    places: tuple[int, ...] = ()

    def position(self, offset: int) -> tuple[int, int]:
        line, column = SourceFile.position(self, offset)
        return self.places[line - 1] if line <= len(self.places) else line, column

    def line_text(self, line: int) -> str:
        shown = self.places.index(line) + 1 if line in self.places else 0
        return SourceFile.line_text(self, shown)

    def lines(self) -> Iterator[tuple[int, str]]:
        for number, start in enumerate(self.starts, start=1):
            yield start, SourceFile.line_text(self, number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """``given``: what is known of lines, by their number from 1; ``ours``: half-open ranges of
    characters that are not the document's own (line ends, tabs between cells, numbers of items)."""

    file: SourceFile
    document: Document
    given: Mapping[int, Given] = field(default_factory=dict)
    spans: Spans = field(default_factory=Spans)
    ours: tuple[tuple[int, int], ...] = ()


def draft(path: str, document: Document, *, interlinear: bool = False) -> Draft:
    """The lines of ``document``, named ``path`` in findings. ``interlinear``: Chinese words in
    small type are put in brackets, as commentary between the lines."""
    return _Drafter(document, interlinear=interlinear).made(path)


class _Drafter:
    def __init__(self, document: Document, *, interlinear: bool) -> None:
        self.interlinear = interlinear
        self.document = document
        self.out: list[str] = []
        self.at = 0
        self.places: list[int] = []
        self.given: dict[int, Given] = {}
        self.spans: list[DraftSpan] = []
        self.ours: list[tuple[int, int]] = []

    def made(self, path: str) -> Draft:
        for block in self.document.blocks:
            self._block(block)
        for label, note in self.document.notes.items():
            lead = f"[^{label}]: "
            number = len(self.places) + 1
            parts = []
            for place, block in enumerate(note.blocks):
                self._own("" if place else lead)
                match block:
                    case Item():
                        parts.append("  " * (block.depth - 1) + f"{block.mark} ".lstrip())
                    case Quote():
                        parts.append("> ")
                    case Verse() | Paragraph():
                        parts.append("")
                    case _:
                        assert_never(block)
                self._inlines(_flat(block.lines) if isinstance(block, Verse) else block.inlines)
                self._end(block.place or note.place)
            if not note.blocks:
                self._own(lead)
                self._end(note.place)
                parts.append("")
            self.given[number] = Given(kind="note", mark=label, lead=len(lead), rows=len(parts),
                                       parts=tuple(parts))  # fmt: skip
        file = Transcript(path, "".join(self.out), tuple(self.places))
        return Draft(file=file, document=self.document, given=self.given,
                     spans=Spans(self.spans), ours=tuple(self.ours))  # fmt: skip

    # --- blocks -----------------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        number = len(self.places) + 1
        match block:
            case Paragraph():
                self._inlines(block.inlines)
                self.given[number] = Given(kind="para")
                self._end(block.place)
            case Heading():
                self._own(block.number)
                self._inlines(block.inlines, flat=True)
                if block.subtitle:
                    self._own("：" if _wide(block.inlines) else ": ")
                    self._inlines(block.subtitle, flat=True)
                self.given[number] = Given(kind="heading", level=block.level, title=block.title)
                self._end(block.place)
            case Item():
                self._item(block, number)
            case Quote():
                self._inlines(block.inlines)
                self.given[number] = Given(kind="quote")
                self._end(block.place)
            case Verse():
                self._inlines(_flat(block.lines))
                self.given[number] = Given(kind="verse")
                self._end(block.place)
            case TableBlock():
                self._table(block, number)
            case Figure():
                self._own(HOLDER)
                self._inlines(block.caption, flat=True)
                self.given[number] = Given(kind="figure", lead=1, picture=block.picture)
                self._end(block.place)
            case CodeBlock():
                for line in block.lines or ("",):
                    self._put(line)
                    self._end(block.place)
                rows = len(self.places) + 1 - number
                self.given[number] = Given(kind="code", rows=rows)
            case Ornament():
                self._own(HOLDER)
                self.given[number] = Given(kind="rule", lead=1)
                self._end(block.place)
            case _:
                assert_never(block)

    def _item(self, item: Item, number: int) -> None:
        """An item with a bullet or a plain number; one with any other number (一、, (a), [3]) is a
        paragraph that begins with it."""
        plain = _LISTED.fullmatch(item.mark)
        gap = " " if item.mark[-1:].isascii() else ""
        lead = f"{item.mark}{gap}" if item.mark else ""
        self._own(lead)
        self._inlines(item.inlines)
        self.given[number] = Given(kind="para")
        if plain:
            self.given[number] = Given(kind="item", level=item.depth, mark=item.mark,
                                       lead=len(lead))  # fmt: skip
        self._end(item.place)

    def _table(self, table: TableBlock, number: int) -> None:
        if table.caption:
            self._own(HOLDER)
            self._inlines(table.caption, flat=True)
            self._end(table.place)
        for row in table.rows:
            self._own(HOLDER)
            for place, cell in enumerate(row):
                if place:
                    self._own("\t")
                self._inlines(cell, flat=True)
            self._own(HOLDER)
            self._end(table.place)
        self.given[number] = Given(kind="table", rows=len(self.places) + 1 - number, lead=1,
                                   caption=bool(table.caption))  # fmt: skip

    # --- inlines ----------------------------------------------------------------------------------

    def _inlines(self, inlines: Inlines, *, flat: bool = False) -> None:
        for one in tidy(inlines):
            self._inline(one, flat=flat)

    def _inline(self, one: Inline, *, flat: bool) -> None:
        start = self.at
        match one:
            case TextRun():
                self._put(one.text)
            case StyledRun(style="small"):
                aside = self.interlinear and _aside(words(one.children))
                self._own("〔" if aside else "")
                self._inlines(one.children, flat=flat)
                self._own("〕" if aside else "")
            case StyledRun():
                digits = _digits(one, "".join(self.out[-1:]))
                if digits:
                    self._put(digits)
                    return
                self._inlines(one.children, flat=flat)
                if self.at > start:
                    self.spans.append(DraftSpan(start, self.at, *_SIGNS[one.style]))
            case Hyperlink():
                self._inlines(one.children, flat=flat)
                if self.at > start:
                    self.spans.append(DraftSpan(start, self.at, "[", f"]({_address(one.address)})"))
            case RubyRun():
                self._put(one.base + one.reading)
                self.spans.append(DraftSpan(start, self.at, _ruby(one), "", True))
            case NoteRef():
                self._own(f"[^{one.label}]")
            case Verbatim():
                self._put(one.text)
                self.spans.append(DraftSpan(start, self.at, _code(one.text), "", True))
            case RawMarkup():
                self._put(one.markup)
                self.spans.append(DraftSpan(start, self.at, one.markup, "", True))
            case LineEnd():
                self._own(" ")
                if not flat:
                    self.spans.append(DraftSpan(start, self.at, "\\\n", "", True))
            case _:
                assert_never(one)

    # --- characters -------------------------------------------------------------------------------

    def _put(self, text: str) -> None:
        """Characters of the document."""
        for place, line in enumerate(text.replace("\r", " ").split("\n")):
            if place:
                self.out.append(" ")  # counts for the line end that stood there
                self.at += 1
            self.out.append(line)
            self.at += len(line)

    def _own(self, text: str) -> None:
        """Characters that are not the document's."""
        if text:
            self.ours.append((self.at, self.at + len(text)))
            self.out.append(text)
            self.at += len(text)

    def _end(self, place: int) -> None:
        self.places.append(place or len(self.places) + 1)
        self._own("\n")


def _aside(text: str) -> bool:
    """Whether small type is commentary: Chinese, and in no brackets of its own."""
    return language(text) == "zh" and not re.match(r"\s*[（(〔【\[]", text)


def _wide(inlines: Inlines) -> bool:
    return language(words(inlines)) == "zh"


def _flat(lines: Sequence[Inlines]) -> Inlines:
    made: list[Inline] = []
    for line in lines:
        made += [*([LineEnd()] if made else []), *line]
    return tuple(made)


def _digits(styled: StyledRun, before: str) -> str:
    """A number set high, as the signs for it, where it may be the mark of a note: the article says
    which family of marks it uses. After a figure it is a power."""
    inside = styled.children
    if styled.style != "sup" or len(inside) != 1 or not isinstance(inside[0], TextRun):
        return ""
    text = inside[0].text
    if not (text.isascii() and text.isdecimal() and len(text) <= 3) or before[-1:].isdecimal():
        return ""
    return text.translate(SUPERSCRIPT_SIGNS)


def _ruby(ruby: RubyRun) -> str:
    reading = re.sub(r'["{}\\]', "'", ruby.reading)
    return f'[{re.sub(r"([][{}*@<])", "", ruby.base)}]{{ruby="{reading}"}}'


def _code(text: str) -> str:
    """``text`` between enough backticks."""
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _address(address: str) -> str:
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
