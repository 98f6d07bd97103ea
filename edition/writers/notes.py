"""Notes of a text without pages: counted through each section, or through the book where their
layer is, one number on both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from edition import numerals
from edition.layout.types import Book, Box, Row
from edition.model import Edition, Lang, Mark, flat


@dataclass(frozen=True, slots=True)
class NotePair:
    """A note in both languages, by the keys of its boxes; either may be missing."""

    rank: int  # of its layer; 0: the author's own
    keys: dict[Lang, str]


@dataclass(slots=True)
class Notes:
    """The notes of a book: the sign of each by its box's key, and those of each section in the
    order of their marks, layer for layer."""

    signs: dict[str, str] = field(default_factory=dict)
    of: dict[str, list[NotePair]] = field(default_factory=dict)


def sections(book: Book, edition: Edition) -> dict[str, list[Row]]:
    """The rows of each section of the text, without the notes that pages have at its end."""
    section_of = {pair.id: pair.section for pair in edition.pairs}
    found: dict[str, list[Row]] = {}
    for flow in book.flows:
        for row in flow.rows:
            if row.id in section_of:
                found.setdefault(section_of[row.id], []).append(row)
    return found


def numbered(book: Book, edition: Edition) -> Notes:
    """All notes, in the order of their marks: those of the Chinese of a pair before those that
    only its English has."""
    made = Notes()
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for section, rows in sections(book, edition).items():
        found: dict[tuple[int, str], dict[Lang, str]] = {}
        keys = [key for row in rows for key in row.keys]
        for key in keys:  # grows: notes have notes
            box = book.boxes[key]
            for mark in _marks(box):
                note = book.boxes.get(mark)
                if note is None:
                    continue
                rank = book.layers.get(mark, 0)
                name = note.note or mark.rpartition("/")[0]
                found.setdefault((rank, name), {})[note.lang] = mark
                keys.append(mark)
        pairs = []
        for (rank, _), sides in sorted(found.items(), key=lambda one: one[0][0]):
            whole = book.boxes[next(iter(sides.values()))].count == "book"
            series = "" if whole else section, rank
            counts[series] += 1
            pairs.append(NotePair(rank, sides))
            for lang, key in sides.items():
                made.signs[key] = _sign(book, book.boxes[key], counts[series], lang)
        made.of[section] = pairs
    return made


def _sign(book: Book, box: Box, number: int, lang: Lang) -> str:
    if not box.note and book.labels.get(box.key):  # the author's own
        return book.labels[box.key]
    return numerals.form(box.numbering or "arabic", lang).sign(number)


def _marks(box: Box) -> Iterator[str]:
    table = box.segment.table if box.segment else None
    for inlines in (box.inlines, *(cell.inlines for cell in (table.cells if table else ()))):
        yield from (one.note for one in flat(inlines) if isinstance(one, Mark))


def layers(pairs: Sequence[NotePair]) -> Iterator[tuple[int, list[NotePair]]]:
    """The notes of a section by their layers' ranks."""
    by_rank: dict[int, list[NotePair]] = defaultdict(list)
    for pair in pairs:
        by_rank[pair.rank].append(pair)
    yield from sorted(by_rank.items())
