"""Readings that an English note quotes as they stand in a witness: no line divides their words, or
a reader could not tell whose the hyphen is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edition.model import Container, Inline, Inlines, Note, Styled, Text, flat

WHOLE = "whole"  # class of words that no line divides
_PARTS = re.compile(r"\s*[;；／]\s*")
_LONGEST = 16  # letters of a word that is kept whole
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2}")


def readings(note: Note) -> tuple[str, ...]:
    """What the note quotes, in Latin letters: its sic, the readings of its entry."""
    said = _PARTS.split(note.sic)
    if note.entry:
        said += [one.text for one in (note.entry.lem, *note.entry.readings)]
    return tuple(dict.fromkeys(one for one in said if _WORD.search(one) and _is_short(one)))


def _is_short(words: str) -> bool:
    """Whether a narrow column holds each word whole."""
    return all(len(word) <= _LONGEST for word in words.split())


def whole(inlines: Inlines, words: Sequence[str]) -> Inlines:
    """``inlines`` with ``words`` kept whole wherever they stand."""
    if not words:
        return inlines
    longest = sorted(words, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    return tuple(_each(inlines, pattern))


def _each(inlines: Inlines, pattern: re.Pattern[str]) -> Iterator[Inline]:
    for one in inlines:
        if isinstance(one, Text):
            yield from _text(one, pattern)
        elif isinstance(one, Container):
            yield replace(one, children=tuple(_each(one.children, pattern)))
        else:
            yield one


def _text(text: Text, pattern: re.Pattern[str]) -> Iterator[Inline]:
    at = 0
    for match in pattern.finditer(text.text):
        if match.start() > at:
            yield Text(text.text[at : match.start()], text.span.within(at, match.start()))
        span = text.span.within(match.start(), match.end())
        yield Styled((Text(match[0], span),), (WHOLE,), (), span)
        at = match.end()
    if at < len(text.text):
        yield Text(text.text[at:], text.span.within(at, len(text.text)) if at else text.span)


def kept_whole(inlines: Inlines) -> Iterator[str]:
    """The words that no line of a text divides."""
    for one in flat(inlines):
        if isinstance(one, Styled) and WHOLE in one.classes:
            yield "".join(each.text for each in one.children if isinstance(each, Text))
