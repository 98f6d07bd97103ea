"""How many characters a text has, counted apart from what a reader made of it.

Marks of Markdown and HTML are no words, and no two programs count them alike. So each word of the
source is looked for in what was taken over, left out for a reason, or named as a mark; one that is
found nowhere counts as a character more than the document has, which the account then misses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from edition.importers.documents.model import (
    Block,
    CodeBlock,
    Document,
    Figure,
    Heading,
    Hyperlink,
    Inlines,
    Item,
    LineEnd,
    NoteBody,
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

_WORD = re.compile(r"[^\W_]+")
_NEAR = 4000  # characters ahead in which the next word is looked for first
_FAR = 2000  # words that are looked for in the whole text


def counted(document: Document, source: str, marks: Sequence[str]) -> Document:
    """``document`` with its number of characters: those in it, and the words of ``source`` that
    are neither there nor in ``marks``."""
    taken = "".join(words_of(document.blocks, document.notes))
    left = "".join(one.text for one in document.dropped)
    lost = sum(len(one) for one in missing(source, "\n".join((taken, left, *marks))))
    return replace(document, characters=len(taken) + len(left) + lost)


def missing(source: str, text: str) -> Iterator[str]:
    """The words of ``source`` that are not in ``text``."""
    known = set(_WORD.findall(text))
    at = far = 0
    for found in _WORD.finditer(source):
        word = found[0]
        near = text.find(word, at, at + _NEAR)
        if near >= 0:
            at = near + len(word)
        elif word not in known:
            far += 1
            if far > _FAR or word not in text:
                yield word


def words_of(blocks: Iterable[Block], notes: Mapping[str, NoteBody]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Verse():
                for line in block.lines:
                    yield from _of(line)
            case TableBlock():
                for row in (*block.rows, (block.caption,)):
                    for cell in row:
                        yield from _of(cell)
            case Figure():
                yield from _of(block.caption)
            case CodeBlock():
                yield from block.lines
            case Heading() | Paragraph() | Item() | Quote():
                yield from _of(block.inlines)
            case Ornament():
                pass
            case _:
                assert_never(block)
    for note in notes.values():
        yield from words_of(note.blocks, {})


def _of(inlines: Inlines) -> Iterator[str]:
    for one in inlines:
        match one:
            case TextRun() | Verbatim():
                yield one.text
            case StyledRun() | Hyperlink():
                yield from _of(one.children)
            case RubyRun():
                yield one.base + one.reading
            case RawMarkup():
                yield one.markup
            case LineEnd() | NoteRef():
                pass
            case _:
                assert_never(one)
