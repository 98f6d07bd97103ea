"""Changes put into entries: which stretch of a value each one touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edition.bibliography.types import Change, Library, Tier

OVERLAP = "overlaps with a change that was applied"


@dataclass(frozen=True, slots=True)
class ValueEdit:
    """``text`` in place of ``start`` to ``end`` of a value."""

    start: int
    end: int
    text: str


def edit(before: str, after: str) -> ValueEdit:
    """The one stretch in which two values differ."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < min(len(before), len(after)) - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return ValueEdit(start, len(before) - tail, after[start : len(after) - tail])


def change(library: Library, changes: Sequence[Change]) -> tuple[Library, list[Change]]:
    """The library with the applied changes done. Each change speaks of the field as it stood, so
    that any one can be undone alone; where two applied ones touch the same letters the surer is
    done and the other proposed."""
    by_field: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for one in changes:
        if one.tier is Tier.APPLIED:
            by_field[one.entry, one.field].append(one)
    values: dict[str, dict[str, str]] = defaultdict(dict)
    demoted: set[int] = set()
    for (key, name), held in by_field.items():
        values[key][name] = _composed(held, demoted)
    entries = []
    for entry in library.entries:
        for name, value in values.get(entry.key, {}).items():
            entry = entry.with_field(name, value)
        entries.append(entry)
    final = [
        replace(one, tier=Tier.PROPOSED, reason=OVERLAP) if id(one) in demoted else one
        for one in changes
    ]
    return replace(library, entries=tuple(entries)), final


def _composed(held: list[Change], demoted: set[int]) -> str:
    before = held[0].before
    own = [one for one in held if one.rule == "decision.set"]
    if own:
        demoted.update(id(one) for one in held if one is not own[-1])
        return own[-1].after
    done: list[ValueEdit] = []
    for one in sorted(held, key=lambda c: (-c.confidence, c.after)):
        part = edit(before, one.after)
        if any(
            (part.start < other.end and other.start < part.end) or part.start == other.start
            for other in done
        ):
            demoted.add(id(one))
        else:
            done.append(part)
    value = before
    for part in sorted(done, key=lambda e: -e.start):
        value = value[: part.start] + part.text + value[part.end :]
    return value
