"""Proof of notes that are numbered through the text, and of those at the end of their section or of
the book: under the heads of their sections, in the order of the marks, numbered from first to last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from edition.diagnostics import Diagnostic, error
from edition.layout.types import Book, Box, Division, Measures, SliceAt
from edition.model import LANGS, Lang, plain

END = error("PRF025", "a note does not stand where its number says")

Places = Mapping[str, Sequence[SliceAt]]


@dataclass(frozen=True, slots=True)
class _Stood:
    """A note at an end: under which head (0: above the first), on which file its mark is, and which
    of the marks in its language it is."""

    box: Box
    head: int
    file: str
    order: int


def of_book(book: Book, measures: Measures, places: Places) -> Iterator[Diagnostic]:
    """What is wrong with notes that are numbered through the text, and with those at ends, by
    where TeX set them."""
    if not any(box.at_end or box.number for box in book.boxes.values()):
        return
    yield from _through(book, _marked(book, measures, _first_side(book)))
    for lang in LANGS:
        marked, headings = _marked(book, measures, lang), _headings(book, lang)
        for flow in book.flows:
            if flow.division not in (Division.BODY, Division.NOTES):
                continue
            boxes = [book.boxes[key] for row in flow.rows for key in row.side(lang)]
            stood, titles = _stood(boxes, marked, places)
            yield from _numbers(stood, follows=_first_side(book) == lang)
            if flow.division is Division.NOTES:
                yield from _heads(stood, titles, headings)


def _stood(
    boxes: Sequence[Box], marked: Mapping[str, tuple[str, int]], places: Places
) -> tuple[list[_Stood], dict[int, str]]:
    """The notes at ends among ``boxes`` in the order of their places, and what the heads above
    them say, by number."""
    printed = sorted((box for box in boxes if places.get(box.key)),
                     key=lambda box: (places[box.key][0].page, places[box.key][0].top))  # fmt: skip
    stood: list[_Stood] = []
    titles: dict[int, str] = {}
    for box in printed:
        if box.at_end and box.key in marked:
            file, order = marked[box.key]
            stood.append(_Stood(box, len(titles), file, order))
        elif box.segment is None:
            titles[len(titles) + 1] = plain(box.inlines)
    return stood, titles


def _numbers(stood: Sequence[_Stood], *, follows: bool) -> Iterator[Diagnostic]:
    """Under a head numbers grow from note to note. ``follows``: so do the marks, as the order is
    theirs in this language."""
    for above, one in pairwise(stood):
        if one.head != above.head:
            continue
        if one.box.number and one.box.number <= above.box.number:
            yield _wrong(one, f"the number {one.box.number} follows {above.box.number}")
        elif follows and one.order < above.order:
            yield _wrong(one, "its mark stands before that of the note above it")


def _through(book: Book, marked: Mapping[str, tuple[str, int]]) -> Iterator[Diagnostic]:
    """Numbers grow from mark to mark through a file of text, and are the same on both sides."""
    last: dict[tuple[int, str], Box] = {}
    numbers: dict[str, int] = {}
    for key, (file, _) in marked.items():
        box = book.boxes[key]
        series = book.layers.get(key, 0), file
        if box.number and series in last and box.number <= last[series].number:
            fact = f"its mark has the number {box.number}, after {last[series].number}"
            yield Diagnostic(code=END, span=box.span, where=box.note, fact=fact)
        if box.number:
            last[series] = box
    for box in book.boxes.values():
        if box.note and numbers.setdefault(box.note, box.number) != box.number:
            fact = f"it is {box.number}, on the other side {numbers[box.note]}"
            yield Diagnostic(code=END, span=box.span, where=box.note, fact=fact)


def _heads(
    stood: Sequence[_Stood], titles: Mapping[int, str], headings: Mapping[str, set[str]]
) -> Iterator[Diagnostic]:
    """Every head has the words of a heading of the file that its notes are on; a file without a
    heading has none."""
    for one in stood:
        said, own = titles.get(one.head, ""), headings.get(one.file)
        if own and said not in own:
            yield _wrong(one, f"it stands under “{said}”, and its mark does not")


def _wrong(one: _Stood, fact: str) -> Diagnostic:
    return Diagnostic(code=END, span=one.box.span, where=one.box.note, fact=fact)


def _first_side(book: Book) -> Lang:
    langs = {box.lang for box in book.boxes.values() if box.note}
    return "zh" if "zh" in langs else "en"


def _marked(book: Book, measures: Measures, lang: Lang) -> dict[str, tuple[str, int]]:
    """Note → the file of the text that its mark is on, and its place among all marks, as TeX has
    set them."""
    found: dict[str, tuple[str, int]] = {}
    for flow in book.flows:
        for row in flow.rows if flow.division is Division.BODY else ():
            for key in row.side(lang):
                box = book.boxes[key]
                file = box.segment.span.file.path if box.segment else ""
                for mark in measures[key].marks if key in measures else ():
                    found[mark.note] = file, len(found)
                    for inner in measures[mark.note].marks if mark.note in measures else ():
                        found[inner.note] = file, len(found)
    return found


def _headings(book: Book, lang: Lang) -> dict[str, set[str]]:
    """File of text → what its headings say."""
    found: dict[str, set[str]] = {}
    for flow in book.flows:
        for row in flow.rows if flow.division is Division.BODY else ():
            for key in row.side(lang) if row.level else ():
                segment = book.boxes[key].segment
                if segment:
                    words = plain(book.titles.get(row.id, {}).get(lang, ()))
                    found.setdefault(segment.span.file.path, set()).add(words)
    return found
