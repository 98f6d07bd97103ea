"""What a text says, and the markup in it as codes: as programs of translators have it, and as a
text that comes back is compared with the one that went out.

Words stand as they print, so that a program counts, finds and aligns them; markup is beside them,
as the file of the text has it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from edition.model import (
    BlockStart,
    Cite,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    LineBreak,
    Mark,
    Milestone,
    Ruby,
    Strong,
    Styled,
    Text,
)
from edition.readers.captions import NUMBER, number_of
from edition.source import Span

VERSION = "version"  # what formats call a version of a text
OBJECT = "\ufffc"  # stands for a code that holds no words (Unicode, 23.8)
_OBJECTS = re.compile(f"{OBJECT}{{2,}}")
_DIGITS = 12  # of a version: 48 bits, of one text among its own earlier ones


@dataclass(frozen=True, slots=True)
class InlineCode:
    """Markup, as it is written: before and behind what it holds, or all in ``opening`` where it
    holds no words, as a citation does."""

    opening: str
    closing: str = ""
    children: Wording = ()


Wording: TypeAlias = tuple[str | InlineCode, ...]


def worded(inlines: Inlines) -> Wording:
    """What inlines say."""
    if number_of(inlines):  # of a caption: the edition counts, not its translator
        inlines = inlines[2:]
    return tuple(made for one in inlines for made in _pieces(one))


def _pieces(inline: Inline) -> Wording:
    match inline:
        case Text():
            return (inline.text,)
        case Emph() | Strong() | Styled():
            inner = inline.children
            number = isinstance(inline, Styled) and NUMBER in inline.classes
            if not inner or number:
                return (InlineCode(inline.span.text),)
            start, end = inner[0].span.start, inner[-1].span.end
            return _round(inline.span, start, end, worded(inner))
        case Ruby():
            start = inline.span.start + 1
            return _round(inline.span, start, start + len(inline.base), (inline.base,))
        case Cite() | FootnoteRef() | Milestone():
            return (InlineCode(inline.span.text),)
        case LineBreak() | BlockStart():
            return ("\n",)
        case Mark():
            return ()  # of a page: no text that is written has any
    assert_never(inline)


def _round(span: Span, start: int, end: int, inner: Wording) -> Wording:
    """``inner`` in the markup of ``span`` round it; alone where there is none, as in a block of
    code."""
    before, behind = span.file.text[span.start : start], span.file.text[end : span.end]
    return (InlineCode(before, behind, inner),) if before or behind else inner


def joined(texts: Sequence[Wording]) -> Wording:
    """Texts of several segments, with an empty line between."""
    made: list[str | InlineCode] = []
    for text in texts:
        if plain(text):
            made += ["\n\n", *text] if made else text
    return tuple(made)


def plain(wording: Wording) -> str:
    """The words alone."""
    return "".join(one if isinstance(one, str) else plain(one.children) for one in wording)


def written(wording: Wording) -> str:
    """The words with all markup, as it stands in the file."""
    return "".join(
        one if isinstance(one, str) else one.opening + written(one.children) + one.closing
        for one in wording
    )


def with_objects(wording: Wording) -> str:
    """The words, with a sign where codes stand that hold none: one for several that follow."""
    return _OBJECTS.sub(OBJECT, "".join(_with_objects(wording)))


def _with_objects(wording: Wording) -> Iterator[str]:
    for one in wording:
        if isinstance(one, str):
            yield one
        elif one.children:
            yield from _with_objects(one.children)
        else:
            yield OBJECT


def codes(wording: Wording) -> Iterator[InlineCode]:
    """All codes, outer ones first."""
    for one in wording:
        if isinstance(one, InlineCode):
            yield one
            yield from codes(one.children)


def version(text: str) -> str:
    """Tells one text of a segment from another: what goes out with it, so that a change in the
    workspace since then is seen when it comes back. White space does not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:_DIGITS]
