"""Everything together: find, decide, apply. :func:`repair` is the whole of it and is pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from edition.bibliography import addresses, corporate, decide, duplicates, evidence, findings, rules
from edition.bibliography.fields import repair_fields
from edition.bibliography.fuller import fuller_names
from edition.bibliography.names import repair_names
from edition.bibliography.titles import protected, repair_titles
from edition.bibliography.types import (
    Change,
    Context,
    Decision,
    Entry,
    InText,
    Library,
    Merge,
    Repair,
    Tier,
)
from edition.diagnostics import Outcome

Readings = Mapping[str, Mapping[str, Sequence[tuple[str, str]]]]
OVERLAP = "overlaps with a change that was applied"


def repair(
    library: Library, context: Context, decisions: Sequence[Decision] = ()
) -> Outcome[Repair]:
    """The corrected library with every merge and change that led to it or was proposed or
    refused. The entries of ``library`` stay as they are. Diagnostics: decisions that can't be
    followed, and what is wrong but can't be mended from the list."""
    merges = duplicates.find(library, decisions, auto=context.auto)
    merged, readings = merge(library, merges)
    cited = evidence.gather(merged, context)
    made = (
        rules.licensed(one, house=context.house)
        for one in _changes(merged, context, cited, readings)
    )
    changes = [
        *(one for one in made if one is not None),
        *_gone(library, merged, context),
        *addresses.misread(merged, readings),
    ]
    if not context.auto:
        changes = [
            replace(one, tier=Tier.PROPOSED) if one.tier is Tier.APPLIED else one for one in changes
        ]
    decided, matched = _decided(changes, decisions, merged)
    corrected, final = change(merged, decided)
    met = matched | _met(decisions, merges)
    found = [*decide.check(decisions, merged, met), *findings.find(corrected, context, cited)]
    return Outcome(Repair(merges=merges, changes=tuple(final), library=corrected), tuple(found))


# --- merging ---------------------------------------------------------------------------------


def merge(library: Library, merges: Iterable[Merge]) -> tuple[Library, Readings]:
    """The library with the applied merges done, and for each kept entry the readings of the
    entries that went into it, by field."""
    known = library.by_key()
    aliases = dict(library.aliases)
    gone: set[str] = set()
    readings: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    gained: dict[str, Merge] = {}
    for one in merges:
        if one.tier is not Tier.APPLIED:
            continue
        gained[one.kept] = one
        for key in one.merged:
            aliases[key] = one.kept
            gone.add(key)
            for field in known[key].fields:
                readings[one.kept][field.name].append((key, field.value))
    entries = []
    for entry in library.entries:
        if entry.key in gone:
            continue
        if entry.key in gained:
            for name, value in gained[entry.key].fields:
                entry = entry.with_field(name, value)
        entries.append(entry)
    return replace(library, entries=tuple(entries), aliases=aliases), readings


# --- changes ---------------------------------------------------------------------------------


def _changes(
    library: Library, context: Context, cited: Mapping[str, tuple[InText, ...]], readings: Readings
) -> list[Change]:
    """Every change the rules find, in the order of the file; the same one only once."""
    people = [*repair_names(library, cited, context, readings), *fuller_names(library, context)]
    bodies = list(corporate.repair_bodies(library, context, readings))
    pairs = [
        (value, entry.get(name))
        for entry in library.entries
        for name in ("author", "title")
        for _, value in readings.get(entry.key, {}).get(name, ())
        if value != entry.get(name)
    ]
    confused = corporate.confused([*people, *bodies], pairs)
    found = [
        *people,
        *bodies,
        *repair_titles(library, context, confused),
        *protected(library.entries),
        *addresses.repair_addresses(library, readings),
        *repair_fields(library, cited),
    ]
    place = {entry.key: at for at, entry in enumerate(library.entries)}
    unique = {(one.entry, one.field, one.after): one for one in reversed(found)}
    return sorted(
        unique.values(), key=lambda one: (place[one.entry], one.field, -one.confidence, one.after)
    )


def _gone(library: Library, merged: Library, context: Context) -> list[Change]:
    """What was wrong in the names of entries that were merged into others: their readings stand
    among the conflicts, and the report says which of them is a misreading."""
    lost = frozenset(merged.aliases) - frozenset(library.aliases)
    known = merged.by_key()
    found = []
    for one in corporate.repair_bodies(library, context) if lost else ():
        if one.entry in lost and one.tier is Tier.APPLIED:
            kept = merged.aliases[one.entry]
            if known[kept].get(one.field) != one.before:
                found.append(replace(one, reason=f"the entry went into {kept}"))
    return found


def _decided(
    changes: list[Change], decisions: Sequence[Decision], library: Library
) -> tuple[list[Change], frozenset[int]]:
    """The changes with the editor's word on them, his own readings added, and the positions of
    the decisions that were followed."""
    result = list(changes)
    matched: set[int] = set()
    known = library.by_key()
    for number, told in enumerate(decisions):
        key = library.aliases.get(told.entries[0], told.entries[0])
        entry = known.get(key)
        if entry is None or not told.field or len(told.entries) > 1:
            continue
        if told.before and entry.get(told.field) != told.before:
            continue
        if told.verdict == "set":
            result = [
                replace(one, tier=Tier.REFUSED, reason=told.reason)
                if _same(one, key, told)
                else one
                for one in result
            ]
            result.append(_own(entry, told))
            matched.add(number)
            continue
        meant = [one for one in result if _same(one, key, told) and _wanted(one, told)]
        if told.verdict == "refuse" and told.value and not meant:
            # refused once, a reading is not asked about under another rule
            meant = [
                one for one in result if one.entry == key and one.field == told.field
                and one.after == told.value
            ]  # fmt: skip
        if told.verdict == "accept":
            meant = meant[:1]
        tier = Tier.APPLIED if told.verdict == "accept" else Tier.REFUSED
        for one in meant:
            result[result.index(one)] = _by_word(one, told, tier)
            matched.add(number)
    return result, frozenset(matched)


def _same(one: Change, key: str, told: Decision) -> bool:
    return (
        one.entry == key
        and one.field == told.field
        and (not told.rule or one.rule == told.rule or told.verdict == "set")
    )


def _wanted(one: Change, told: Decision) -> bool:
    return (
        not told.value
        or told.value == one.after
        or (told.verdict == "accept" and told.value in one.alternatives)
    )


def _by_word(one: Change, told: Decision, tier: Tier) -> Change:
    after = told.value if tier is Tier.APPLIED and told.value else one.after
    return replace(
        one,
        tier=tier,
        after=after,
        reason=told.reason or f"the editor: {told.verdict}",
        confidence=1.0 if tier is Tier.APPLIED else one.confidence,
    )


def _own(entry: Entry, told: Decision) -> Change:
    return Change(
        entry=entry.key,
        field=told.field,
        before=entry.get(told.field),
        after=told.value,
        rule="decision.set",
        evidence=("the editor’s own reading",),
        tier=Tier.APPLIED,
        reason=told.reason,
    )


def _met(decisions: Sequence[Decision], merges: Iterable[Merge]) -> frozenset[int]:
    """Decisions on merges that hold: the entries stand together, or apart."""
    sets = [(one.tier, {one.kept, *one.merged}) for one in merges]
    met = set()
    for number, told in enumerate(decisions):
        if len(told.entries) < 2:
            continue
        wanted = Tier.APPLIED if told.verdict in ("accept", "merge") else Tier.REFUSED
        if any(tier is wanted and set(told.entries) <= held for tier, held in sets):
            met.add(number)
    return frozenset(met)


# --- applying --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """``text`` in place of ``start`` to ``end`` of a value."""

    start: int
    end: int
    text: str


def edit(before: str, after: str) -> Edit:
    """The one stretch in which two values differ."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < min(len(before), len(after)) - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return Edit(start, len(before) - tail, after[start : len(after) - tail])


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
    done: list[Edit] = []
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
