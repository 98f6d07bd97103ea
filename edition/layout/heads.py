"""Headings away from their place: in the contents, the outline, and as running heads.

There a heading is one line of words. Note marks, readings and citations in brackets stay behind;
a citation that is part of the sentence keeps its words. A running head that is too long for its
room is cut, never squeezed; ``{short="…"}`` says what it is instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from edition.diagnostics import Diagnostic, warning
from edition.layout import widths
from edition.layout.citations import format_cites
from edition.layout.types import Box, Layout
from edition.model import (
    LANGS,
    BlockStart,
    Cite,
    Container,
    Edition,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    Kind,
    Lang,
    LineBreak,
    Mark,
    Milestone,
    References,
    Ruby,
    Segment,
    Strong,
    Styled,
    Text,
    plain,
)
from edition.readers.captions import number_of

CUT = warning("LAY011", "a running head was cut")

STYLE = "head"  # style of running heads and folios
FOLIO = 2.4  # em of that style that a folio takes
GAP = 12.0  # points from the running head to the text
NARROWEST = 0.85  # of its natural width, to which TeX may narrow a head that was estimated short
_LEEWAY = 1.04  # widths are estimates: what is longer by less than this is left whole
_ELLIPSIS: dict[Lang, str] = {"zh": "……", "en": "…"}
_PAUSES = frozenset("：:；;，,—–。.？?！!（(、　")  # a title is best cut where it pauses
_OPENING = frozenset("（(《〈「『“‘[〔【")
_LITTLE = frozenset(
    ("a", "an", "the", "of", "and", "or", "in", "on", "at", "to", "for", "with", "by", "from",
     "its", "their", "after", "before")
)  # fmt: skip


def title(inlines: Inlines, references: References, lang: Lang) -> Inlines:
    """A heading as one line of words, for the contents, the outline and running heads."""
    return _trimmed(tuple(_words(inlines, references, lang)))


def _words(inlines: Inlines, references: References, lang: Lang) -> Iterator[Inline]:
    for one in inlines:
        match one:
            case Mark() | FootnoteRef() | Milestone():
                continue
            case Cite():
                if one.narrative:
                    yield from _unlinked(format_cites((one,), references, lang))
            case Ruby():
                yield Text(one.base, one.span)
            case LineBreak():
                yield Text(" " if lang == "en" else "\u3000", one.span)
            # a line of the contents is one link already
            case Styled() if not {"link", "ref"}.isdisjoint(one.classes):
                yield from _words(one.children, references, lang)
            case Emph() | Strong() | Styled():
                yield replace(one, children=tuple(_words(one.children, references, lang)))
            case Text() | BlockStart():
                yield one
            case _:
                assert_never(one)


def _unlinked(inlines: Inlines) -> Iterator[Inline]:
    """Citations as words: a line of the contents is one link already."""
    for one in inlines:
        if isinstance(one, Styled) and "cite" in one.classes:
            yield from one.children
        else:
            yield one


def _trimmed(inlines: Inlines) -> Inlines:
    """Without the spaces that stood before what has gone, at the end and before punctuation."""
    kept: list[Inline] = []
    for one in reversed(inlines):
        if isinstance(one, Text):
            after = next((plain((more,)) for more in reversed(kept) if plain((more,))), "")
            bare = not after or unicodedata.category(after[0])[0] == "P" or after[0].isspace()
            text = one.text.rstrip() if bare and after[:1] not in _OPENING else one.text
            if text:
                kept.append(Text(text, one.span.within(0, len(text))))
        else:
            kept.append(one)
    return tuple(reversed(kept))


# --- running heads ---------------------------------------------------------------------------


def room(layout: Layout) -> float:
    """Points that one running head may take: facing pages have one each, columns two."""
    style = layout.styles[STYLE]
    free = layout.geometry.text_width - FOLIO * style.size
    return free - GAP if layout.geometry.facing else (free - FOLIO * style.size) / 2 - GAP


def running(inlines: Inlines, lang: Lang, layout: Layout) -> Inlines:
    """``inlines``, a title, cut to the room of a running head; as it is where it fits."""
    size, free = layout.styles[STYLE].size, room(layout)
    text = plain(inlines)
    if widths.width(text, size) <= _LEEWAY * free:
        return inlines
    most = _length(text, free / size - widths.width(_ELLIPSIS[lang], 1))
    cut = tuple(_cut(inlines, _pause(text, most, lang)))
    return (*cut, Text(_ELLIPSIS[lang], inlines[-1].span))


def _length(text: str, em: float) -> int:
    """Characters of ``text`` that are not wider than ``em``."""
    wide = 0.0
    for at, character in enumerate(text):
        wide += widths.em(character)
        if wide > em:
            return at
    return len(text)


def _pause(text: str, most: int, lang: Lang) -> int:
    """Where a title of which ``most`` characters have room is cut: at its last pause in the
    latter half, else between words, in Chinese anywhere."""
    for at in range(most, most // 2, -1):
        if text[at] in _PAUSES or text[at - 1] in _PAUSES:
            return len(text[:at].rstrip("".join(_PAUSES | _OPENING) + " "))
    if lang == "en" or text[most : most + 1].isascii():
        at = text.rfind(" ", 0, most + 1)
        most = at if at > most // 2 else most
        while text[:most].rpartition(" ")[2].casefold() in _LITTLE:
            most = text.rfind(" ", 0, most)
    return max(1, len(text[:most].rstrip("".join(_PAUSES | _OPENING) + " ")))


def _cut(inlines: Inlines, left: int) -> Iterator[Inline]:
    """The first ``left`` characters of ``inlines``."""
    for one in inlines:
        length = len(plain((one,)))
        if left <= 0:
            return
        if isinstance(one, Text) and length > left:
            yield Text(one.text[:left], one.span.within(0, left))
        elif isinstance(one, Container):
            yield replace(one, children=tuple(_cut(one.children, left)))
        else:
            yield one
        left -= length


def of_segment(segment: Segment, references: References) -> Inlines:
    """What the running head of a heading says, before it is cut."""
    return segment.short or title(segment.inlines, references, segment.lang)


def of_caption(box: Box, references: References) -> Inlines:
    """What the list of tables or figures says of one: its caption, or its number with what it says
    shorter."""
    said = box.segment.short if box.segment else ()
    if said and number_of(box.inlines):
        said = (*box.inlines[:2], *said)
    return title(said or box.inlines, references, box.lang)


def check(edition: Edition, layout: Layout, references: References) -> Iterable[Diagnostic]:
    """One finding for each running head that will be cut."""
    for pair in edition.pairs:
        for lang in LANGS:
            for one in pair.side(lang):
                if one.kind is not Kind.HEADING or one.level != 1 or one.part:
                    continue
                whole = of_segment(one, references)
                head = running(whole, lang, layout)
                if head is not whole:
                    yield Diagnostic(
                        code=CUT, span=one.span, segment=one.id,
                        fact=f"the running head is cut to “{plain(head)}”",
                        hint='say what it is to be after the heading: {short="…"}',
                    )  # fmt: skip
