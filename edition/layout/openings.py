"""One planned opening → slices at their places on one page (columns) or two (facing)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from edition.layout.numbering import Series
from edition.layout.numbering import numbers as numbered
from edition.layout.planner import Opening
from edition.layout.shapes import Call, Shape, Side
from edition.layout.types import Placed, Slice
from edition.model import LANGS, Lang


@dataclass(slots=True)
class Queue:
    """Notes of one side that are called but not yet wholly printed: key, lines done, lines."""

    waiting: list[tuple[str, int, int]] = field(default_factory=list)

    def unbegun(self) -> Iterator[str]:
        """Keys of the notes of which nothing is printed yet."""
        return (key for key, done, _ in self.waiting if not done)

    def take(self, calls: Sequence[Call], keep: int, order: Mapping[str, int]) -> tuple[Slice, ...]:
        """Lines for this page: all that waits and all of ``calls`` in their printed order, but
        for the last ``keep`` lines, which go on waiting. Notes stand as they are numbered
        (``order``); where one is cut, it is the last by its mark, of which the plan knows."""
        ordered = sorted(calls, key=lambda call: (call.rank, order.get(call.key, 0)))
        if keep and calls:
            layer = max(call.rank for call in calls)
            last = [call for call in calls if call.rank == layer][-1]
            ordered = [*(call for call in ordered if call is not last), last]
        self.waiting += [(call.key, 0, call.lines) for call in ordered]
        room = sum(lines - done for _, done, lines in self.waiting) - keep
        printed = []
        while self.waiting and room > 0:
            key, done, lines = self.waiting.pop(0)
            end = min(lines, done + room)
            printed.append(Slice(key, done, end))
            room -= end - done
            if end < lines:
                self.waiting.insert(0, (key, end, lines))
        return tuple(printed)


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands on one opening, by side: body and notes; ``white`` grid units stay blank."""

    body: dict[Lang, tuple[Placed, ...]]
    notes: dict[Lang, tuple[Slice, ...]]
    rows: tuple[int, ...]  # rows that begin here
    at_head: int  # the row at the head of the page, whole or in part; -1: notes only
    white: float
    numbers: Mapping[str, int]  # of the notes whose marks stand here


@dataclass(frozen=True, slots=True)
class _Part:
    """A row, or the part of it that stands on an opening, ``y`` units below the head."""

    row: int
    y: float
    lines: dict[Lang, tuple[int, int]]


def fill(
    opening: Opening,
    shapes: Sequence[Shape],
    gaps: Sequence[int],
    queues: dict[Lang, Queue],
    stretch: int,
    taken: Mapping[Series, int],
    *,
    level: bool = True,
) -> Filled:
    """Places of one opening; blank space is shared out among the gaps between rows, up to
    ``stretch`` units each. ``taken``: numbers of notes that begin late, on this opening;
    ``level``: the sides of a row begin at one height."""
    parts = _parts(opening, shapes, gaps)
    spread = min(stretch, opening.white / (len(parts) - 1)) if len(parts) > 1 else 0.0
    if spread:
        parts = [replace(one, y=one.y + index * spread) for index, one in enumerate(parts)]
    body: dict[Lang, list[Placed]] = {"zh": [], "en": []}
    calls: dict[Lang, list[Call]] = {"zh": [], "en": []}
    for lang in LANGS:
        places = [part.y for part in parts] if level else _evened(parts, shapes, lang)
        for part, y in zip(parts, places, strict=True):
            shape = shapes[part.row]
            side = shape.side(lang)
            start, end = part.lines[lang]
            if shape.row.full and lang == "en":
                above = shape.zh.height(*part.lines["zh"])
                y += above + shape.between if above else 0
            column = "full" if shape.row.full else lang
            body[lang] += _slices(side, start, end, y, column)
            calls[lang] += [call for call in side.calls if start < call.line <= end]
    called = [call for side in calls.values() for call in side if call.count]
    numbers = numbered({lang: [one for one in called if one.lang == lang] for lang in LANGS}, taken)
    through = {call.key: call.number for side in calls.values() for call in side}
    notes = {
        lang: queues[lang].take(calls[lang], keep, {**through, **numbers})
        for lang, keep in zip(LANGS, opening.carries, strict=True)
    }
    starts = tuple(part.row for part in parts if _begins(part))
    return Filled(
        body={lang: tuple(placed) for lang, placed in body.items()}, notes=notes, rows=starts,
        at_head=parts[0].row if parts else -1,
        white=opening.white - spread * max(0, len(parts) - 1), numbers=numbers,
    )  # fmt: skip


def _begins(part: _Part) -> bool:
    return all(start == 0 for start, _ in part.lines.values())


def _parts(opening: Opening, shapes: Sequence[Shape], gaps: Sequence[int]) -> list[_Part]:
    a, b = opening.a, opening.b
    parts: list[_Part] = []
    y = 0
    for row in range(a.row, b.row + 1):
        if row >= len(shapes):
            break
        shape = shapes[row]
        begin = {"zh": a.zh, "en": a.en} if row == a.row else {"zh": 0, "en": 0}
        if row == b.row:
            end = {"zh": b.zh, "en": b.en}
        else:
            end = {"zh": shape.zh.lines, "en": shape.en.lines}
        lines: dict[Lang, tuple[int, int]] = {lang: (begin[lang], end[lang]) for lang in LANGS}
        if all(stop <= start for start, stop in lines.values()):
            continue
        if parts:
            y += gaps[row]
        parts.append(_Part(row, y, lines))
        y += max(shape.part(lines["zh"], lines["en"]))
    return parts


def _evened(parts: Sequence[_Part], shapes: Sequence[Shape], lang: Lang) -> list[float]:
    """Where the parts begin on one side: between two headings the first and the last where they
    do on the other, and those between them at one distance from each other."""
    places = [part.y for part in parts]
    first = 0
    while first < len(parts):
        last = first
        while last + 1 < len(parts) and not (
            shapes[parts[last].row].row.level or shapes[parts[last + 1].row].row.level
        ):
            last += 1
        highs = [shapes[part.row].side(lang).height(*part.lines[lang])
                 for part in parts[first:last]]  # fmt: skip
        if highs:
            gap = (places[last] - places[first] - sum(highs)) / len(highs)
            for at, high in enumerate(highs, start=first):
                places[at + 1] = places[at] + high + gap
        first = last + 1
    return places


def _slices(side: Side, start: int, end: int, y: float, column: str) -> list[Placed]:
    """Lines ``start`` … ``end`` of a side as slices of its boxes."""
    placed: list[Placed] = []
    at = start
    while at < end:
        key, first = side.where[at]
        stop = at
        while stop < end and side.where[stop][0] == key:
            stop += 1
        top = y + side.tops[at] - side.tops[start] + (side.repeated(start) if at > start else 0)
        placed.append(Placed(Slice(key, first, side.slice_end(stop - 1)), column, float(top)))
        at = stop
    return placed
