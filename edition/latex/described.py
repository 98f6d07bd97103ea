"""Characters that no font has, printed by a description of their parts: ``[𱍐]{ids="⿰火良"}``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from edition.latex.escape import unset
from edition.latex.faces import Faces
from edition.layout.types import Book, Box
from edition.model import Container, Emph, Inline, Inlines, Lang, Strong, Styled, Text, plain

OPENING, CLOSING = "〔", "〕"
_NOTHING = frozenset(("", "〓"))  # written where the character itself cannot be


def described(inlines: Inlines, faces: Faces) -> Inlines:
    """``inlines`` in which a character that has a description and that no font has is the
    description in brackets, 〔⿰火良〕; one that a font has stands as it is."""
    return tuple(_described(one, faces) for one in inlines)


def _described(one: Inline, faces: Faces) -> Inline:
    if isinstance(one, Styled) and (ids := dict(one.attrs).get("ids")):
        text = plain(one.children)
        if text in _NOTHING or unset(text, faces):
            return replace(one, children=(Text(f"{OPENING}{ids}{CLOSING}", one.span),))
        return one
    if isinstance(one, Container):
        return replace(one, children=described(one.children, faces))
    return one


def described_book(book: Book, faces: Faces) -> Book:
    """The book with its descriptions, in all that it prints."""
    return replace(
        book,
        boxes={key: _box(box, faces) for key, box in book.boxes.items()},
        titles={row: _both(one, faces) for row, one in book.titles.items()},
        heads={row: _both(one, faces) for row, one in book.heads.items()},
    )


def _both(texts: Mapping[Lang, Inlines], faces: Faces) -> dict[Lang, Inlines]:
    return {lang: described(one, faces) for lang, one in texts.items()}


def _box(box: Box, faces: Faces) -> Box:
    inlines = described(box.inlines, faces)
    segment = box.segment
    if segment and segment.table:
        table = segment.table.mapped(
            lambda cell, _: replace(cell, inlines=described(cell.inlines, faces))
        )
        segment = replace(segment, table=table)
    if inlines == box.inlines and segment is box.segment:
        return box
    return replace(box, inlines=inlines, segment=segment)


def needed(book: Book) -> bool:
    """Whether anything in the book is described."""
    for box in book.boxes.values():
        if _any(box.inlines):
            return True
        if box.segment and box.segment.table:
            table = box.segment.table
            if any(_any(cell.inlines) for cell in table.cells):
                return True
    return False


def _any(inlines: Inlines) -> bool:
    return any(
        "ids" in dict(one.attrs) or _any(one.children) if isinstance(one, Styled)
        else isinstance(one, Emph | Strong) and _any(one.children)
        for one in inlines
    )  # fmt: skip
