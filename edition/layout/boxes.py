"""Segments and notes → boxes of a book."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from edition import anchors
from edition.config import Config, Layer
from edition.layout import quoted, words
from edition.layout.citations import format_cites
from edition.layout.links import with_addresses
from edition.layout.naming import Namer, is_marked
from edition.layout.types import Box, BoxRole, Geometry, Layout
from edition.model import (
    LANGS,
    Cell,
    Container,
    Edition,
    Footnote,
    FootnoteRef,
    Inline,
    Inlines,
    Kind,
    Lang,
    Mark,
    Note,
    Presence,
    References,
    Segment,
    Styled,
    Table,
    Text,
    plain,
)
from edition.numerals import NoteNumbering
from edition.source import SourceFile

_CLOSING = re.compile(r"[”’\"']*(?!\w)[,.;:!?]?(?!\w)[”’\"']*(?!\w)")  # but no apostrophe: Han’s
AUTHOR: NoteNumbering = "arabic"  # numbering of the author's own footnotes


def width(geometry: Geometry, lang: Lang, *, full: bool = False) -> float:
    """Measure of a box in points."""
    if full:
        return geometry.text_width
    return geometry.zh_width if lang == "zh" else geometry.en_width


def note_key(note: str, lang: Lang) -> str:
    return f"n:{note}/{lang}"


def footnote_key(section: str, label: str, lang: Lang, again: int = 1) -> str:
    """``again``: which of the marks that refer to one footnote; each has it on its own page."""
    return f"f:{section}:{label}{f'+{again}' if again > 1 else ''}/{lang}"


def place(text: str, end: int, lang: Lang) -> int:
    """Where the mark of a note on the words before ``end`` stands: in English after the quotation
    marks that close there, and after a comma or stop."""
    found = _CLOSING.match(text, end) if lang == "en" else None
    return found.end() if found else end


def style_of(segment: Segment) -> str:
    """Name of the style of a segment, without its language."""
    if segment.presence is not Presence.TEXT:
        return "absent"
    if segment.part:
        return "part"
    if segment.kind is Kind.HEADING:
        return f"heading{min(max(segment.level, 1), 4)}"
    if segment.byline:
        return "byline"
    return str(segment.kind.value)


class BoxMaker:
    """Makes the boxes of one edition in one layout."""

    def __init__(
        self, edition: Edition, config: Config, layout: Layout, references: References
    ) -> None:
        self.config = config
        self.geometry = layout.geometry
        self.references = references
        self.notes = {note.id: note for note in edition.notes}
        self.layers = {layer.id: layer for layer in config.layers}
        self.namer = Namer(edition.names, config.name_marks)
        heads = list(dict.fromkeys(layer.head for layer in config.layers))
        self.ranks = {layer.id: heads.index(layer.head) + 1 for layer in config.layers}
        self.footnoted: Counter[str] = Counter()  # marks of each of the author's footnotes
        # (end, note) in each text: of a segment and its cell, or of a section and its footnote
        self.marks: dict[tuple[Lang, str, int | str], list[tuple[int, str]]] = defaultdict(list)
        sections = {segment.id: section.id for section in edition.sections
                    for lang in LANGS for segment in section.side(lang)}  # fmt: skip
        for anchor in edition.anchors:
            if anchor.lang in self.notes[anchor.note].texts:
                mark = anchor.end, note_key(anchor.note, anchor.lang)
                if anchor.footnote:
                    section = sections[anchor.segment]
                    self.marks[anchor.lang, section, anchor.footnote].append(mark)
                else:
                    self.marks[anchor.lang, anchor.segment, anchor.cell].append(mark)

    def segment(self, segment: Segment, section: str, *, full: bool = False) -> Box:
        """The box of one segment, note marks and citations in place."""
        style = f"{style_of(segment)}-{segment.lang}"
        key = f"{segment.id}/{segment.lang}"
        wide = width(self.geometry, segment.lang, full=full)
        if segment.presence is not Presence.TEXT:
            text = words.absent(segment.presence, segment.lang, self.config.script)
            inlines: Inlines = (Text(text, segment.span),)
            segment = replace(segment, kind=Kind.PARA)
        elif segment.kind is Kind.BREAK:
            inlines = (Text(words.ornament(segment.lang), segment.span),)
        else:
            inlines = self._marked(segment.inlines, segment.lang, segment.id, 0)
            inlines = self.finished(inlines, section, segment.lang)
            if segment.lang == "zh" and is_marked(segment):
                inlines = self.namer.text(inlines, section)
        table = segment.table and self._table(segment.table, segment, section)
        label = segment.label
        if segment.kind is Kind.FIGURE and not segment.figure:
            label = words.no_figure(segment.lang, self.config.script)
        return Box(
            key=key, role=BoxRole.TEXT, style=style, width=wide, lang=segment.lang,
            inlines=inlines, segment=replace(segment, table=table) if table else segment,
            label=label, span=segment.span,
        )  # fmt: skip

    def _marked(self, inlines: Inlines, lang: Lang, owner: str, part: int | str) -> Inlines:
        """``inlines`` with the marks of the notes on them."""
        text = plain(inlines)
        ends = self.marks.get((lang, owner, part), ())
        marks = sorted(((place(text, end, lang), key) for end, key in ends), key=self._order)
        return anchors.insert_marks(inlines, marks) if marks else inlines

    def _order(self, mark: tuple[int, str]) -> tuple[int, int]:
        note = self.notes[mark[1][2:].rpartition("/")[0]]
        return mark[0], self.ranks.get(note.layer, 0)

    def finished(self, inlines: Inlines, section: str, lang: Lang) -> Inlines:
        """Citations formatted, references to the author's footnotes turned into marks."""
        return tuple(self._with_footnotes(self._cited(inlines, lang), section, lang))

    def _cited(self, inlines: Inlines, lang: Lang) -> Inlines:
        """Citations formatted, and addresses of links printed where the edition asks."""
        if self.config.link_addresses:
            inlines = with_addresses(inlines, lang)
        return format_cites(inlines, self.references, lang)

    def _with_footnotes(self, inlines: Inlines, section: str, lang: Lang) -> Iterator[Inline]:
        for one in inlines:
            if isinstance(one, FootnoteRef):
                self.footnoted[footnote_key(section, one.label, lang)] += 1
                again = self.footnoted[footnote_key(section, one.label, lang)]
                yield Mark(footnote_key(section, one.label, lang, again), one.span)
            elif isinstance(one, Container):
                children = tuple(self._with_footnotes(one.children, section, lang))
                yield replace(one, children=children)
            else:
                yield one

    def _table(self, table: Table, segment: Segment, section: str) -> Table:
        def finished(cell: Cell, number: int) -> Cell:
            inlines = self._marked(cell.inlines, segment.lang, segment.id, number)
            inlines = self.finished(inlines, section, segment.lang)
            if segment.lang == "zh":
                inlines = self.namer.text(inlines, section)
            return replace(cell, inlines=inlines)

        return table.mapped(finished)

    def note(self, note: Note, lang: Lang) -> Box:
        """The box of an editor's note in one language."""
        inlines = self._cited(note.texts[lang], lang)
        if lang == "zh":
            inlines = self.namer.note(inlines)
        else:
            inlines = quoted.whole(inlines, quoted.readings(note))
        layer = self.layers.get(note.layer)
        numbering: NoteNumbering = layer.numbering if layer else "circled"
        if numbering == "bracketed" and self.config.bibliography.numeric:
            numbering = "rounded"  # [1] is a citation
        return Box(
            key=note_key(note.id, lang), role=BoxRole.NOTE, style=f"note-{lang}", lang=lang,
            width=width(self.geometry, lang), inlines=inlines, span=note.span,
            numbering=numbering, note=note.id,
            count=layer.count if layer else "opening",
            at_end=layer.at_end if layer else False,
            line=self._place_room(layer, lang) if layer else 0,
            says_line=layer is not None and (layer.lines or layer.numbering == "line"),
        )  # fmt: skip

    def _place_room(self, layer: Layer, lang: Lang) -> int:
        """Figures of the widest place of its mark that a note of the layer is to say."""
        by_line = layer.lines or layer.numbering == "line"
        lines = self._line_room(lang) if by_line else 0
        match layer.placement:
            case "page-foot":
                return lines
            case "section-end":  # away from its page a note says that too: 123.45
                return lines + 4 * (lines > 0 and self.config.line_numbers.by == "page")
            case "book-end":  # p. 123
                return lines + (3 if layer.numbering == "line" else 5) + (lines > 0)
            case _:
                assert_never(layer.placement)

    def _line_room(self, lang: Lang) -> int:
        """Figures of the widest number of a line."""
        numbers = self.config.line_numbers
        if lang not in numbers.languages:
            return 0
        match numbers.by:
            case "none":
                return 0
            case "page":
                return 2
            case "section":
                return 3
            case _:
                assert_never(numbers.by)

    def footnotes(self, footnote: Footnote, section: str) -> Iterator[Box]:
        """The boxes of one of the author's own footnotes, one for each of its marks in the
        segments made so far: none where nothing refers to it."""
        lang, label = footnote.lang, footnote.label
        for again in range(1, self.footnoted[footnote_key(section, label, lang)] + 1):
            inlines = footnote.inlines
            if again == 1:  # notes on it stand where it is printed first
                inlines = self._marked(inlines, lang, section, label)
            inlines = self._cited(inlines, lang)
            if lang == "zh":
                inlines = self.namer.note(inlines)
            yield Box(
                key=footnote_key(section, label, lang, again), role=BoxRole.NOTE,
                style=f"note-{lang}", lang=lang, width=width(self.geometry, lang),
                inlines=inlines, span=footnote.span, numbering=AUTHOR, label=label,
            )  # fmt: skip

    def made(
        self, key: str, style: str, lang: Lang, inlines: Inlines, *, role: BoxRole,
        full: bool = False, target: str = "", measure: float = 0.0,
    ) -> Box:  # fmt: skip
        """A box of the front or back matter; ``measure``: its width, where it is no column's."""
        return Box(
            key=key, role=role, style=f"{style}-{lang}", lang=lang, inlines=inlines,
            width=measure or width(self.geometry, lang, full=full), target=target,
            span=inlines[0].span if inlines else None,
        )  # fmt: skip


HEADWORD = "headword"  # class of what an entry of a list is about


def headed(text: Inlines, rest: Inlines) -> Inlines:
    """An entry of a list: what it is about, and what it says of that."""
    return (Styled(text, (HEADWORD,), (), text[0].span), *rest) if text else rest


def has_headword(box: Box) -> bool:
    """Whether a box is an entry of a list that says first what it is about."""
    first = next(iter(box.inlines), None)
    return isinstance(first, Styled) and HEADWORD in first.classes


_OWN = SourceFile("(the book itself)", "")


def own(text: str) -> Inlines:
    """Text that the book says itself."""
    return (Text(text, _OWN.span(0)),) if text else ()
