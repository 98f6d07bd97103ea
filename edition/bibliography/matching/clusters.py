"""Pairs → groups of one work each, without ever joining two that a veto keeps apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edition.bibliography.matching.blocking import pairs
from edition.bibliography.matching.judge import MatchVerdict, judge
from edition.bibliography.matching.records import Record, marked
from edition.bibliography.matching.similarity import likeness, pages_likeness
from edition.bibliography.matching.venues import renamed
from edition.bibliography.matching.vetoes import vetoes
from edition.bibliography.types import Tier

LOOK = 10  # members of a group that are compared with those of another before the two are joined


@dataclass(frozen=True, slots=True)
class MatchLink:
    """Two records (positions, smaller first) and the verdict on them."""

    a: int
    b: int
    verdict: MatchVerdict


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records of one work, in the order of the file, and the links that hold them together."""

    members: tuple[int, ...]
    links: tuple[MatchLink, ...]


class Union:
    """Disjoint sets with their members."""

    def __init__(self, size: int) -> None:
        self.root = list(range(size))
        self.members = {at: [at] for at in range(size)}

    def find(self, at: int) -> int:
        while self.root[at] != at:
            self.root[at] = self.root[self.root[at]]
            at = self.root[at]
        return at

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self.find(a), self.find(b)))
        if a != b:
            self.root[b] = a
            self.members[a] += self.members.pop(b)


def links(
    records: Sequence[Record], apart: frozenset[frozenset[str]] = frozenset()
) -> list[MatchLink]:
    """The verdicts worth telling. ``apart``: pairs of keys that the editor calls distinct."""
    found = []
    records = renamed(marked(records))
    for a, b in pairs(records):
        if apart and frozenset((records[a].entry.key, records[b].entry.key)) in apart:
            continue
        verdict = judge(records[a], records[b])
        if verdict is not None:
            found.append(MatchLink(a, b, verdict))
    return found


def groups(
    records: Sequence[Record],
    found: Iterable[MatchLink],
    *,
    tier: Tier,
    apart: frozenset[frozenset[str]] = frozenset(),
    start: Union | None = None,
) -> tuple[Union, list[Cluster]]:
    """Join along the links of ``tier``, surest first. Two groups are joined only where no veto
    and no word of the editor stands between their members."""
    union = start or Union(len(records))
    used: list[MatchLink] = []
    chosen = [one for one in found if one.verdict.tier is tier]
    for link in sorted(chosen, key=lambda one: (-one.verdict.confidence, one.a, one.b)):
        a, b = union.find(link.a), union.find(link.b)
        if a == b:
            used.append(link)
            continue
        if _compatible(records, union.members[a], union.members[b], link, apart):
            union.join(a, b)
            used.append(link)
    by_root: dict[int, list[MatchLink]] = {}
    for link in used:
        by_root.setdefault(union.find(link.a), []).append(link)
    return union, [
        Cluster(tuple(sorted(union.members[root])), tuple(held))
        for root, held in sorted(by_root.items())
    ]


def _compatible(
    records: Sequence[Record],
    mine: list[int],
    theirs: list[int],
    link: MatchLink,
    apart: frozenset[frozenset[str]],
) -> bool:
    for a in mine[:LOOK]:
        for b in theirs[:LOOK]:
            if {a, b} == {link.a, link.b}:
                continue
            if apart and frozenset((records[a].entry.key, records[b].entry.key)) in apart:
                return False
            if _contradict(records[a], records[b]):
                return False
            verdict = judge(records[a], records[b])
            if verdict is not None and verdict.tier is Tier.REFUSED:
                return False
            if verdict is None and _kept_apart(records[a], records[b]):
                return False
    return True


def _kept_apart(a: Record, b: Record) -> bool:
    """A veto between two that a third, poorer record would bring together."""
    like = likeness(a, b)
    return like is not None and any(one.absolute for one in vetoes(a, b, like))


def _contradict(a: Record, b: Record) -> bool:
    """Other pages in another year: two printings, which a third, poorer record may not join."""
    return bool(a.year and b.year and a.year != b.year) and pages_likeness(a, b) == "apart"
