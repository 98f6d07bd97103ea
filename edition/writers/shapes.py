"""Blocks and inlines of an edition → elements of a format. Here every kind is matched, once for all
formats; a **dialect** says what each is in its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, assert_never

from edition.model import (
    BlockStart,
    Cite,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    Kind,
    LineBreak,
    Mark,
    Milestone,
    Ruby,
    Segment,
    Strong,
    Styled,
    Text,
)
from edition.writers.xml import Element, Node

Content = Sequence[Node]


class Dialect(Protocol):
    """What inlines and blocks are in one format."""

    def text(self, text: str) -> Content: ...
    def emphasis(self, inner: Content, *, strong: bool) -> Element: ...
    def span(self, styled: Styled, inner: Content) -> Content: ...
    def ruby(self, syllables: Sequence[tuple[str, str]]) -> Content: ...
    def cite(self, cite: Cite) -> Content: ...
    def footnote(self, ref: FootnoteRef) -> Content: ...
    def mark(self, mark: Mark) -> Content: ...
    def milestone(self, milestone: Milestone) -> Content: ...
    def line_break(self) -> Element: ...

    def heading(self, segment: Segment, inner: Content) -> Element: ...
    def paragraph(self, segment: Segment, inner: Content) -> Element: ...
    def item(self, segment: Segment, inner: Content) -> Element: ...
    def quote(self, inner: Content) -> Element: ...
    def verse(self, lines: Sequence[Content]) -> Element: ...
    def table(
        self, segment: Segment, caption: Content, head: Sequence[Content],
        rows: Sequence[Sequence[Content]],
    ) -> Element: ...  # fmt: skip
    def figure(self, segment: Segment, caption: Content) -> Element: ...
    def code(self, lines: Sequence[Content]) -> Element: ...
    def term(self, inner: Content) -> Element: ...
    def definition(self, inner: Content) -> Element: ...
    def ornament(self, inner: Content) -> Element: ...


def content(inlines: Inlines, to: Dialect) -> list[Node]:
    """Inlines as what stands in an element. Where a further block of a note begins, a line does."""
    made: list[Node] = []
    for inline in inlines:
        made += _inline(inline, to)
    return made


def _inline(inline: Inline, to: Dialect) -> Content:
    match inline:
        case Text():
            return to.text(inline.text)
        case Emph() | Strong():
            inner = content(inline.children, to)
            return (to.emphasis(inner, strong=isinstance(inline, Strong)),)
        case Styled():
            return to.span(inline, content(inline.children, to))
        case Ruby():
            return to.ruby(syllables(inline))
        case LineBreak() | BlockStart():
            return (to.line_break(),)
        case Cite():
            return to.cite(inline)
        case FootnoteRef():
            return to.footnote(inline)
        case Mark():
            return to.mark(inline)
        case Milestone():
            return to.milestone(inline)
    assert_never(inline)


def syllables(ruby: Ruby) -> list[tuple[str, str]]:
    """Characters with their readings: one by one where there are as many, else all in one."""
    parts = ruby.reading.split()
    if len(parts) == len(ruby.base) > 1:
        return list(zip(ruby.base, parts, strict=True))
    return [(ruby.base, ruby.reading)]


def block(segment: Segment, to: Dialect) -> Element:
    """One segment that has a text. Its inlines are those to print."""
    match segment.kind:
        case Kind.HEADING:
            return to.heading(segment, content(segment.inlines, to))
        case Kind.PARA:
            return to.paragraph(segment, content(segment.inlines, to))
        case Kind.ITEM:
            return to.item(segment, content(segment.inlines, to))
        case Kind.QUOTE:
            return to.quote(content(segment.inlines, to))
        case Kind.VERSE:
            return to.verse([content(one, to) for one in lines(segment.inlines)])
        case Kind.TABLE:
            table = segment.table
            head = [content(cell.inlines, to) for cell in table.header] if table else []
            rows = (
                [[content(cell.inlines, to) for cell in row] for row in table.rows] if table else []
            )
            return to.table(segment, content(segment.inlines, to), head, rows)
        case Kind.FIGURE:
            return to.figure(segment, content(segment.inlines, to))
        case Kind.CODE:
            return to.code([content(one, to) for one in lines(segment.inlines)])
        case Kind.TERM:
            return to.term(content(segment.inlines, to))
        case Kind.DEFINITION:
            return to.definition(content(segment.inlines, to))
        case Kind.BREAK:
            return to.ornament(content(segment.inlines, to))
    assert_never(segment.kind)


def lines(inlines: Inlines) -> list[Inlines]:
    """Inlines parted where lines are broken between them."""
    parted: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, LineBreak):
            parted.append([])
        else:
            parted[-1].append(inline)
    return [tuple(one) for one in parted]


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """A block of a note: what begins it, None for its first; its inlines."""

    start: BlockStart | None
    inlines: Inlines


def note_blocks(inlines: Inlines) -> Iterator[NoteBlock]:
    """A note, parted into its blocks."""
    start: BlockStart | None = None
    held: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, BlockStart):
            if held or start is not None:
                yield NoteBlock(start, tuple(held))
            start, held = inline, []
        else:
            held.append(inline)
    yield NoteBlock(start, tuple(held))
