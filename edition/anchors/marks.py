"""Note marks in inlines."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from edition.model import Container, Inline, Inlines, Mark, Text, plain
from edition.source import Span


def insert_marks(inlines: Inlines, marks: Sequence[tuple[int, str]]) -> Inlines:
    """``inlines`` with a :class:`~edition.model.Mark` after code point ``offset`` of their plain
    text for each ``(offset, note)``; marks at one place keep their order.

    Texts and what encloses them are split as needed, every part with its own span. A mark at the
    end of an emphasis or span stands behind it, one inside a ruby behind the ruby, and always
    before a citation or footnote that follows. Offsets outside the text count as its ends.
    """
    if not marks:
        return inlines
    length = sum(len(plain((one,))) for one in inlines)
    queue = deque(
        sorted(
            ((min(max(offset, 0), length), note) for offset, note in marks), key=lambda one: one[0]
        )
    )
    if not inlines:
        raise ValueError("there is no text to mark")
    out: list[Inline] = []
    _emit(queue, 0, _start(inlines[0].span), out)
    _fill(inlines, 0, queue, out)
    return tuple(out)


def _start(span: Span) -> Span:
    return Span(span.file, span.start, span.start)


def _end(span: Span) -> Span:
    return Span(span.file, span.end, span.end)


def _emit(queue: deque[tuple[int, str]], at: int, span: Span, out: list[Inline]) -> None:
    while queue and queue[0][0] <= at:
        out.append(Mark(queue.popleft()[1], span))


def _fill(inlines: Inlines, at: int, queue: deque[tuple[int, str]], out: list[Inline]) -> int:
    """Append ``inlines``, which begin at ``at``, and the marks due in and right after each of
    them. The offset after the last."""
    for one in inlines:
        end = at + len(plain((one,)))
        if queue and queue[0][0] < end and isinstance(one, Text):
            _split(one, at, end, queue, out)
        elif queue and queue[0][0] < end and isinstance(one, Container):
            inside: list[Inline] = []
            # The mark at the end is left for this level: it prints in the type of the text.
            late = deque(mark for mark in queue if mark[0] >= end)
            early = deque(mark for mark in queue if mark[0] < end)
            _fill(one.children, at, early, inside)
            out.append(replace(one, children=tuple(inside)))
            queue.clear()
            queue.extend(late)
        else:
            out.append(one)
        _emit(queue, end, _end(one.span), out)
        at = end
    return at


def _split(
    text: Text, start: int, end: int, queue: deque[tuple[int, str]], out: list[Inline]
) -> None:
    """Append the parts of ``text`` with the marks that stand between them."""
    done = 0
    while queue and queue[0][0] < end:
        offset = queue[0][0]
        part = _part(text, done, offset - start)
        out.append(part)
        done = offset - start
        _emit(queue, offset, _end(part.span), out)
    out.append(_part(text, done, len(text.text)))


def _part(text: Text, start: int, end: int) -> Text:
    """``text.text[start:end]`` with its span. Where the text is longer or shorter than its source
    (converted by script), the last part takes what is left."""
    span = text.span
    stop = span.end - span.start if end == len(text.text) else end
    begin = min(start, span.end - span.start)
    return Text(text.text[start:end], span.within(begin, stop))
