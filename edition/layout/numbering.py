"""Numbers of notes: which note of an opening has which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from edition.layout.shapes import Call
from edition.model import LANGS, Lang

Series = tuple[Lang, int]  # notes of one layer (its rank) in one language


def numbers(calls: Mapping[Lang, Sequence[Call]], taken: Mapping[Series, int]) -> dict[str, int]:
    """Numbers from 1 of the notes called on one opening, by key, layer for layer. ``calls``: in
    the order of their marks; ``taken``: the highest number of notes of earlier openings that
    begin on this one."""
    found: dict[str, int] = {}
    for rank in sorted({call.rank for side in calls.values() for call in side}):
        own = {lang: [call for call in calls[lang] if call.rank == rank] for lang in LANGS}
        count = next(call.count for side in own.values() for call in side)
        match count:
            case None | "section" | "book":  # known before any page is
                continue
            case "opening":
                first = 1 + max(taken.get((lang, rank), 0) for lang in LANGS)
                order = {note: first + at for at, note in enumerate(merged(own["zh"], own["en"]))}
                found |= {call.key: order[call.note] for side in own.values() for call in side}
            case "page":
                for lang in LANGS:
                    first = 1 + taken.get((lang, rank), 0)
                    found |= {call.key: first + at for at, call in enumerate(own[lang])}
            case _:
                assert_never(count)
    return found


def merged(zh: Sequence[Call], en: Sequence[Call]) -> list[str]:
    """Notes of both sides in one order: that of the Chinese, those that only the English has
    after the note before them there."""
    order = list(dict.fromkeys(call.note for call in zh))
    after = 0
    for call in en:
        if call.note in order:
            after = order.index(call.note) + 1
        else:
            order.insert(after, call.note)
            after += 1
    return order
