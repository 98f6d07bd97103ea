"""The list of references: its entries as boxes, which are set as all other text is, and what stands
on each of its pages. It runs across whole pages, whatever the layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from edition.characters import HAN
from edition.layout.boxes import own
from edition.layout.quoted import WHOLE
from edition.layout.types import Book, Box, BoxRole, Flow, Layout, Measures, Placed, Row, Slice
from edition.model import EntryLook, Inline, Inlines, Reference, Strong, Styled

STYLE = "work"
# what no line divides: the sign of what a work is, a dynasty, a date, first and last page
_KEPT = re.compile(rf"\[(?:[A-Z]{{1,2}}(?:/[A-Z]{{2}})?|[{HAN}]{{1,4}})\]"
                   r"|(?<![\w/.-])\d{4}-\d\d(?:-\d\d)?(?![\w/-])"
                   r"|(?<![\w/.-])\d{1,5}-\d{1,5}(?![\w/-])")  # fmt: skip
_BREAK = "\u200b"  # a line may end there
_LEAST = 2  # lines of an entry that stand together at the foot or the head of a page


def key_of(entry: str) -> str:
    """Key of the box of an entry."""
    return f"references/{entry}"


def box(one: Reference, layout: Layout) -> Box:
    """The box of an entry, with its number before it in a list that has numbers."""
    return Box(
        key=key_of(one.key), role=BoxRole.WORK, style=f"{STYLE}-{one.lang}", lang=one.lang,
        width=layout.geometry.text_width, inlines=inlines(one), language=one.language,
        label=f"[{one.number}]" if one.number else "", span=one.span,
    )  # fmt: skip


def inlines(one: Reference) -> Inlines:
    """What an entry says, with its looks and links."""
    return tuple(_parts(one.text, 0, len(one.text), one.looks))


def _parts(text: str, start: int, end: int, looks: Sequence[EntryLook]) -> Iterator[Inline]:
    """``looks``: those within, each before what it holds."""
    at = start
    left = list(looks)
    while left:
        look = left.pop(0)
        inner = [one for one in left if one.end <= look.end]
        left = left[len(inner) :]
        yield from _words(text[at : look.start])
        if look.kind == "link":
            children = own(text[look.start : look.end])
        else:
            children = tuple(_parts(text, look.start, look.end, inner))
        if children:
            yield _looking(look, children)
        at = look.end
    yield from _words(text[at:end])


def _words(text: str) -> Iterator[Inline]:
    at = 0
    for kept in _KEPT.finditer(text):
        before = text[at : kept.start()]
        if kept[0][0] == "[" and before[-1:].isascii() and before[-1:].isalnum():
            before += _BREAK
        yield from own(before)
        inner = own(kept[0])
        yield Styled(inner, (WHOLE,), (), inner[0].span)
        at = kept.end()
    yield from own(text[at:])


def _looking(look: EntryLook, children: Inlines) -> Inline:
    span = children[0].span
    match look.kind:
        case "italic":
            return Styled(children, ("title",), (), span)  # which Han is never
        case "bold":
            return Strong(children, span)
        case "smallcaps":
            return Styled(children, ("sc",), (), span)
        case "sup" | "sub":
            return Styled(children, (look.kind,), (), span)
        case "link":
            return Styled(children, ("link",), (("href", look.address),), span)
        case _:
            assert_never(look.kind)


# --- pages ----------------------------------------------------------------------------------------


def pages(flow: Flow, book: Book, measures: Measures, layout: Layout) -> Iterator[list[Placed]]:
    """What stands on each page: entries below each other, none of which has a line alone."""
    grid, high = layout.geometry.grid, layout.geometry.lines
    page: list[Placed] = []
    y = below = 0.0
    for key in _keys(flow.rows, measures):
        style = layout.styles[book.boxes[key].style]
        unit = round(style.leading / grid)
        first, last = 0, measures[key].lines
        while first < last:
            above = max(float(style.above), below) if page and not first else 0.0
            room = int((high - y - above) // unit)
            count = _fitting(last - first, room, alone=not page)
            if count:
                page.append(Placed(Slice(key, first, first + count), "full", y + above))
                y += above + count * unit
                first += count
            if first < last:
                yield page
                page, y, below = [], 0.0, 0.0
        below = float(style.below)
    if page:
        yield page


def _keys(rows: Sequence[Row], measures: Measures) -> Iterator[str]:
    return (key for row in rows for key in row.keys if key in measures)


def _fitting(lines: int, room: int, *, alone: bool) -> int:
    """How many of so many lines of an entry stand where there is room for some. ``alone``: nothing
    stands above them, and what a page cannot hold is divided in any case."""
    if lines <= room:
        return lines
    most = min(room, lines - _LEAST)
    return most if most >= _LEAST else max(1, room) if alone else 0
