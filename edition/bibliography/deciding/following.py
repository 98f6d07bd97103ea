"""The editor's decisions laid over what the rules found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from edition.bibliography.types import BibliographyDecision, Change, Entry, Library, Merge, Tier


def decided(
    changes: list[Change], decisions: Sequence[BibliographyDecision], library: Library
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


def _same(one: Change, key: str, told: BibliographyDecision) -> bool:
    return (
        one.entry == key
        and one.field == told.field
        and (not told.rule or one.rule == told.rule or told.verdict == "set")
    )


def _wanted(one: Change, told: BibliographyDecision) -> bool:
    return (
        not told.value
        or told.value == one.after
        or (told.verdict == "accept" and told.value in one.alternatives)
    )


def _by_word(one: Change, told: BibliographyDecision, tier: Tier) -> Change:
    after = told.value if tier is Tier.APPLIED and told.value else one.after
    return replace(
        one,
        tier=tier,
        after=after,
        reason=told.reason or f"the editor: {told.verdict}",
        confidence=1.0 if tier is Tier.APPLIED else one.confidence,
    )


def _own(entry: Entry, told: BibliographyDecision) -> Change:
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


def met(decisions: Sequence[BibliographyDecision], merges: Iterable[Merge]) -> frozenset[int]:
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
