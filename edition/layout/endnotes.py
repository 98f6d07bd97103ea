"""Notes that are numbered through the text, and where those stand that its pages do not hold.

Their numbers are known before any page is: those of a section, or of the whole book, in the order
of their marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.config import Config, Layer
from edition.model import LANGS, Anchor, Edition, FootnoteRef, Kind, Segment, placed


@dataclass(frozen=True, slots=True)
class EndnoteBlock:
    """Notes of one series and one section in their order, the first numbered ``first``. ``layer``:
    that which says how the series is numbered and placed; ``sections``: the ids of the files of
    text that are one section of the book."""

    layer: Layer
    sections: tuple[str, ...]
    notes: tuple[str, ...]
    first: int = 1


def blocks(edition: Edition, config: Config) -> tuple[EndnoteBlock, ...]:
    """The notes of all layers that are numbered through the text, layer by layer and section by
    section: in the order of their marks in the Chinese, those that only the English has after the
    note before them there."""
    orders = _orders(edition, config)
    return tuple(one for layer in _heads(config) if layer.through
                 for one in _of_series(layer, orders, _sections(edition, layer)))  # fmt: skip


def _heads(config: Config) -> Iterator[Layer]:
    """The first layer of each series that is printed."""
    seen: set[str] = set()
    for layer in config.layers:
        if layer.head not in seen:
            seen.add(layer.head)
            yield next((one for one in config.layers if one.id == layer.head), layer)


def _of_series(
    layer: Layer, orders: Mapping[tuple[str, str], Sequence[str]],
    sections: Sequence[tuple[str, ...]],
) -> Iterator[EndnoteBlock]:  # fmt: skip
    first = 1
    for ids in sections:
        notes = tuple(note for one in ids for note in orders.get((one, layer.head), ()))
        if notes:
            yield EndnoteBlock(layer, ids, notes, first)
        if layer.count == "book":
            first += len(notes)


def _sections(edition: Edition, layer: Layer) -> list[tuple[str, ...]]:
    """The ids of the files that are one section: each, but where notes stand at the end of the
    book one without a heading goes with the file before it, as it has no name there."""
    found: list[tuple[str, ...]] = []
    for section in edition.sections:
        named = any(one.kind is Kind.HEADING for lang in LANGS for one in section.side(lang))
        if found and not named and layer.placement == "book-end":
            found[-1] = (*found[-1], section.id)
        else:
            found.append((section.id,))
    return found


def _in_order(anchors: Sequence[Anchor], edition: Edition) -> list[Anchor]:
    """Anchors of one language in the order of their marks: those in a footnote follow its mark.
    They come segment by segment."""
    segments = {one: number for number, one in
                enumerate(dict.fromkeys(anchor.segment for anchor in anchors))}  # fmt: skip
    called: dict[str, dict[str, tuple[int, int]]] = {}

    def place(anchor: Anchor) -> tuple[int, int, int, int, int]:
        name = anchor.segment
        if not anchor.footnote:
            return segments[name], anchor.cell, anchor.end, 0, 0
        if name not in called:
            segment = edition.segments.get((anchor.lang, name))
            called[name] = dict(_calls(segment)) if segment else {}
        cell, at = called[name].get(anchor.footnote, (anchor.cell, 0))
        return segments[name], cell, at, 1, anchor.end

    return sorted(anchors, key=place)


def _calls(segment: Segment) -> Iterator[tuple[str, tuple[int, int]]]:
    """(label of a footnote, (cell, characters before its mark)), the first mark of each last."""
    table = segment.table
    cells = [cell.inlines for cell in table.cells] if table else []
    for number, inlines in reversed(list(enumerate((segment.inlines, *cells)))):
        yield from ((one.label, (number, at)) for one, at, _ in reversed(list(placed(inlines)))
                    if isinstance(one, FootnoteRef))  # fmt: skip


def _orders(edition: Edition, config: Config) -> Mapping[tuple[str, str], Sequence[str]]:
    """(file of text, series) → its notes."""
    sections = {one.id: section.id for section in edition.sections
                for lang in LANGS for one in section.side(lang)}  # fmt: skip
    heads = {layer.id: layer.head for layer in config.layers}
    series = {note.id: heads.get(note.layer, note.layer) for note in edition.notes}
    orders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for lang in LANGS:
        after: dict[tuple[str, str], int] = defaultdict(int)
        for anchor in _in_order([one for one in edition.anchors if one.lang == lang], edition):
            place = sections[anchor.segment], series[anchor.note]
            order = orders[place]
            if anchor.note not in order:
                order.insert(after[place] if lang == "en" else len(order), anchor.note)
            after[place] = order.index(anchor.note) + 1
    return orders
