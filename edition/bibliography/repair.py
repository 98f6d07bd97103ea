"""Everything together: find, decide, apply. :func:`repair` is the whole of it and is pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from edition.bibliography import rules
from edition.bibliography.deciding import change, decisionfile, following
from edition.bibliography.matching import duplicates
from edition.bibliography.mending import (
    addresses,
    corporate,
    evidence,
    findings,
    fuller_names,
    protected,
    repair_fields,
    repair_names,
    repair_titles,
)
from edition.bibliography.types import (
    BibliographyDecision,
    Change,
    Context,
    InText,
    Library,
    Merge,
    Repair,
    Tier,
)
from edition.diagnostics import Outcome

Readings = Mapping[str, Mapping[str, Sequence[tuple[str, str]]]]


def repair(
    library: Library, context: Context, decisions: Sequence[BibliographyDecision] = ()
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
    decided, matched = following.decided(changes, decisions, merged)
    corrected, final = change(merged, decided)
    met = matched | following.met(decisions, merges)
    found = [*decisionfile.check(decisions, merged, met), *findings.find(corrected, context, cited)]
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
                found.append(replace(one, reason=f"the entry went into {kept}", into=kept))
    return found
