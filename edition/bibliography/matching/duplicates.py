"""Duplicates of a library: what is merged, what is proposed, what is kept apart and why.

Near-linear: blocking bounds the pairs of each record, groups are compared along their links only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from edition.bibliography.matching.clusters import Cluster, MatchLink, Union, groups, links
from edition.bibliography.matching.judge import MatchVerdict
from edition.bibliography.matching.merging import keep, united
from edition.bibliography.matching.records import Record, record
from edition.bibliography.types import BibliographyDecision, Entry, Library, Merge, Tier

EDITOR = "decision.merge"


def find(
    library: Library, decisions: Sequence[BibliographyDecision] = (), *, auto: bool = True
) -> tuple[Merge, ...]:
    """The merges of ``library``, applied ones first, each tier in the order of the file.

    ``distinct`` and ``refuse`` keep entries apart; ``merge`` and ``accept`` join them. With
    ``auto`` off nothing is applied but what the editor decided.
    """
    entries = library.entries
    records = [record(at, one) for at, one in enumerate(entries)]
    place = {one.key: at for at, one in enumerate(entries)}
    apart = _apart(decisions)
    told = _told(decisions, place)
    found = [*told, *links(records, apart)]
    if not auto:
        found = [
            one
            if one.verdict.rule == EDITOR or one.verdict.tier is not Tier.APPLIED
            else MatchLink(one.a, one.b, replace(one.verdict, tier=Tier.PROPOSED))
            for one in found
        ]
    union = Union(len(records))
    for one in told:
        union.join(one.a, one.b)
    union, sure = groups(records, found, tier=Tier.APPLIED, apart=apart, start=union)
    merges = [_merge([entries[at] for at in one.members], one, Tier.APPLIED) for one in sure]
    heads = {at: union.find(at) for at in range(len(records))}
    kept = {heads[one.members[0]]: merge.kept for one, merge in zip(sure, merges, strict=True)}
    merges += _proposals(entries, records, found, union, apart, kept)
    merges += _refusals(entries, found, heads, decisions)
    return tuple(merges)


def _apart(decisions: Iterable[BibliographyDecision]) -> frozenset[frozenset[str]]:
    pairs = set()
    for one in decisions:
        if one.verdict == "distinct" or (one.verdict == "refuse" and len(one.entries) > 1):
            pairs |= {frozenset((a, b)) for a in one.entries for b in one.entries if a != b}
    return frozenset(pairs)


def _told(decisions: Iterable[BibliographyDecision], place: dict[str, int]) -> list[MatchLink]:
    """Merges that the editor ordered, as links of full confidence."""
    told = []
    for one in decisions:
        joins = one.verdict == "merge" or (one.verdict == "accept" and len(one.entries) > 1)
        known = [place[key] for key in one.entries if key in place]
        if joins and len(known) > 1:
            said = (f"the editor: {one.reason}" if one.reason else "the editor’s decision",)
            verdict = MatchVerdict(Tier.APPLIED, EDITOR, 1.0, said)
            told += [MatchLink(min(known[0], at), max(known[0], at), verdict) for at in known[1:]]
    return told


def _merge(entries: Sequence[Entry], group: Cluster, tier: Tier, first: str = "") -> Merge:
    kept = next((one for one in entries if one.key == first), None) or keep(entries)
    others = [one for one in entries if one.key != kept.key]
    fields, conflicts = united(kept, others)
    weakest = min(group.links, key=lambda one: one.verdict.confidence)
    evidence = tuple(dict.fromkeys(fact for one in group.links for fact in one.verdict.evidence))[
        :8
    ]
    return Merge(
        kept=kept.key,
        merged=tuple(one.key for one in others),
        tier=tier,
        rule=weakest.verdict.rule,
        evidence=evidence,
        conflicts=conflicts,
        fields=fields,
        confidence=weakest.verdict.confidence,
    )


def _proposals(
    entries: Sequence[Entry],
    records: list[Record],
    found: list[MatchLink],
    union: Union,
    apart: frozenset[frozenset[str]],
    kept: dict[int, str],
) -> list[Merge]:
    """Groups that the editor may join; an applied merge stands in them by its kept entry."""
    before = {at: union.find(at) for at in range(len(records))}
    _, asked = groups(records, found, tier=Tier.PROPOSED, apart=apart, start=union)
    merges = []
    for one in asked:
        heads = list(dict.fromkeys(before[at] for at in one.members))
        if len(heads) < 2:
            continue
        keys = [kept.get(head) or entries[head].key for head in heads]
        members = [entry for entry in (entries[at] for at in one.members) if entry.key in keys]
        merges.append(_merge(members, one, Tier.PROPOSED))
    return merges


def _refusals(
    entries: Sequence[Entry],
    found: list[MatchLink],
    heads: dict[int, int],
    decisions: Sequence[BibliographyDecision],
) -> list[Merge]:
    """Pairs that look alike and that a veto or the editor keeps apart."""
    refused = [
        Merge(
            kept=entries[one.a].key,
            merged=(entries[one.b].key,),
            tier=Tier.REFUSED,
            rule=one.verdict.rule,
            evidence=one.verdict.evidence,
            confidence=one.verdict.confidence,
            reason="a rule keeps them apart",
        )
        for one in found
        if one.verdict.tier is Tier.REFUSED and heads[one.a] != heads[one.b]
    ]
    known = {one.key for one in entries}
    for told in decisions:
        keys = tuple(key for key in told.entries if key in known)
        if len(keys) > 1 and told.verdict in ("distinct", "refuse"):
            refused.append(
                Merge(
                    kept=keys[0],
                    merged=keys[1:],
                    tier=Tier.REFUSED,
                    rule="decision.distinct",
                    evidence=("the editor’s decision",),
                    reason=told.reason,
                )
            )
    return refused
