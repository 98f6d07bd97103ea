"""A change of plain words → the place in the file where it stands; markup stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

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
from edition.wording import OBJECT

_TOKEN = re.compile(rf"[0-9A-Za-z\u00c0-\u024f]+|\s+|[^{OBJECT}]|{OBJECT}")
_FIXED = ("code", "link", "ref", "number", "lock", "math")  # spans whose words are no plain text


Path: TypeAlias = tuple[tuple[int, int], ...]  # where markup begins and ends, outer markup first


@dataclass(frozen=True, slots=True)
class PlacedChar:
    """A code point of the words of a text: where it stands in the file, in which markup, and
    whether it may be changed as plain text."""

    char: str
    start: int
    end: int
    path: Path
    fixed: bool


@dataclass(frozen=True, slots=True)
class WordChange:
    """``old``, from ``start`` to ``end`` of the words of a text, becomes ``new``. ``span``: in the
    file, None where markup is in the way."""

    start: int
    end: int
    old: str
    new: str
    span: tuple[int, int] | None


def placed(inlines: Inlines) -> list[PlacedChar]:
    """The words of a text, with one :data:`OBJECT` for codes that follow each other."""
    made: list[PlacedChar] = []
    for one in _placed(inlines, (), fixed=False):
        last = made[-1] if made else None
        if last is not None and last.char == one.char == OBJECT:
            made[-1] = PlacedChar(OBJECT, last.start, one.end, last.path, fixed=True)
        else:
            made.append(one)
    return made


def _placed(inlines: Inlines, path: Path, *, fixed: bool) -> Iterator[PlacedChar]:
    for one in inlines:
        yield from _each(one, path, fixed=fixed)


def _each(inline: Inline, path: Path, *, fixed: bool) -> Iterator[PlacedChar]:
    start, end = inline.span.start, inline.span.end
    match inline:
        case Text() if len(inline.text) == end - start:
            for at, char in enumerate(inline.text):
                yield PlacedChar(char, start + at, start + at + 1, path, fixed)
        case Text():
            several = len(inline.text) > 1
            for char in inline.text:
                yield PlacedChar(char, start, end, path, fixed or several)
        case Emph() | Strong() | Styled() if not inline.children:
            yield PlacedChar(OBJECT, start, end, path, fixed=True)
        case Emph() | Strong() | Styled():
            held = isinstance(inline, Styled) and any(one in _FIXED for one in inline.classes)
            yield from _placed(inline.children, (*path, (start, end)), fixed=fixed or held)
        case Ruby():
            for at, char in enumerate(inline.base, start=start + 1):
                yield PlacedChar(char, at, at + 1, (*path, (start, end)), fixed=True)
        case LineBreak() | BlockStart():
            yield PlacedChar("\n", start, end, path, fixed=True)
        case Cite() | FootnoteRef() | Milestone():
            yield PlacedChar(OBJECT, start, end, path, fixed=True)
        case Mark():
            return


def changes(chars: Sequence[PlacedChar], now: str) -> list[WordChange]:
    """What turns the words of ``chars`` into ``now``, in order."""
    was = "".join(one.char for one in chars)
    old, new = _TOKEN.findall(was), _TOKEN.findall(now)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    ends = [0]
    for token in old:
        ends.append(ends[-1] + len(token))
    middle = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail],
                             autojunk=False)  # fmt: skip
    made = []
    for kind, i1, i2, j1, j2 in middle.get_opcodes():
        if kind == "equal":
            continue
        start, end = ends[head + i1], ends[head + i2]
        put = "".join(new[head + j1 : head + j2])
        made.append(WordChange(start, end, was[start:end], put, _span(chars, start, end, put)))
    return made


def _span(chars: Sequence[PlacedChar], start: int, end: int, new: str) -> tuple[int, int] | None:
    """Where the file has the words from ``start`` to ``end``; None where other markup stands in
    them, or would come or go with them."""
    if OBJECT in new or "\n" in new:
        return None
    if start == end:
        return _between(chars, start)
    part = chars[start:end]
    if any(one.fixed for one in part) or len({one.path for one in part}) > 1:
        return None
    if not new and _empties(chars, start, end):
        return None
    return part[0].start, part[-1].end


def _empties(chars: Sequence[PlacedChar], start: int, end: int) -> bool:
    """Whether nothing would be left of the markup round these words."""
    path = chars[start].path
    beside = [chars[at].path for at in (start - 1, end) if 0 <= at < len(chars)]
    return bool(path) and not any(one[: len(path)] == path for one in beside)


def _between(chars: Sequence[PlacedChar], at: int) -> tuple[int, int] | None:
    """Where words that are new stand: outside of markup that begins or ends there."""
    left = chars[at - 1] if at else None
    right = chars[at] if at < len(chars) else None
    before, after = (one.path if one else () for one in (left, right))
    common = 0
    while before[common : common + 1] == after[common : common + 1] != ():
        common += 1
    if left and right and left.fixed and right.fixed and (common or left.start == right.start):
        return None
    if len(before) > common:
        place = before[common][1]
    elif left is not None:
        place = left.end
    elif right is not None:
        place = after[0][0] if after else right.start
    else:
        return None
    return place, place
