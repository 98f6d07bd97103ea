"""The text of a box as the index looks through it, and the letters that a page has of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import assert_never

from edition.layout.types import Box
from edition.model import (
    BlockStart,
    Cite,
    Emph,
    FootnoteRef,
    Inlines,
    LineBreak,
    Mark,
    Milestone,
    Ruby,
    Strong,
    Styled,
    Text,
)

_UNDRAWN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")


@dataclass(frozen=True, slots=True)
class TextPart:
    """Text of a box. ``of``: the headword that a span names, "" for a citation, None for text as
    any other; ``more``: letters that are drawn beside it, of a reading or a label; ``row`` of a
    table, from 1."""

    text: str
    of: str | None = None
    more: int = 0
    row: int = 0


def drawn_before(parts: Sequence[TextPart]) -> list[int]:
    """How many letters are drawn before each character of the parts: spaces, soft hyphens and
    selectors of a variant draw none."""
    counts: list[int] = []
    for part in parts:
        own = [int(_UNDRAWN.match(one) is None) for one in part.text]
        if own:
            own[0] += part.more
        counts += own
    return list(accumulate(counts, initial=0))


def parts_of(box: Box) -> Iterator[TextPart]:
    """The text of a box of the running text, with that of the cells of its table."""
    assert box.segment is not None
    yield TextPart("\n", more=len(box.label))
    yield from _told(box.inlines)
    table = box.segment.table
    for number, row in enumerate((table.header, *table.rows) if table else (), start=1):
        for cell in row:
            yield TextPart("\n", row=number)
            yield from (replace(part, row=number) for part in _told(cell.inlines))
    yield TextPart("\n")


def _told(inlines: Inlines, of: str | None = None) -> Iterator[TextPart]:
    for one in inlines:
        match one:
            case Text():
                yield TextPart(one.text, of)
            case Ruby():
                yield TextPart(one.base, of, sum(not sign.isspace() for sign in one.reading))
            case LineBreak():
                yield TextPart("\n", of)
            case Emph() | Strong():
                yield from _told(one.children, of)
            case Styled():
                named = dict(one.attrs).get("of")
                yield from _told(one.children, "" if "cite" in one.classes else named or of)
            case Cite() | FootnoteRef() | Mark() | Milestone() | BlockStart():
                pass
            case _:
                assert_never(one)
