"""Layers of notes that stand at the end of their section, not at the foot of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from edition.config import Config, Layer
from edition.model import LANGS, Edition

Ends = Mapping[str, Sequence[tuple[Layer, Sequence[str]]]]  # section → layers with their notes


def by_section(edition: Edition, config: Config) -> Ends:
    """The notes of such layers in the order of their marks: that of the Chinese, those that only
    the English has after the note before them there."""
    sections = {one.id: section.id for section in edition.sections
                for lang in LANGS for one in section.side(lang)}  # fmt: skip
    layer_of = {note.id: note.layer for note in edition.notes}
    orders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for lang in LANGS:
        after: dict[tuple[str, str], int] = defaultdict(int)
        for anchor in edition.anchors:
            if anchor.lang != lang:
                continue
            place = sections[anchor.segment], layer_of[anchor.note]
            order = orders[place]
            if anchor.note not in order:
                order.insert(after[place] if lang == "en" else len(order), anchor.note)
            after[place] = order.index(anchor.note) + 1
    late = [layer for layer in config.layers if layer.placement == "section-end"]
    return {
        section.id: [(layer, orders[section.id, layer.id]) for layer in late
                     if orders.get((section.id, layer.id))]
        for section in edition.sections
    }  # fmt: skip
