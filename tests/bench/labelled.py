"""The rules measured by labelled corrections of real files: ``bench/edits`` beside the repository.

A rule is right in a labelled edit or merge where it does what was judged right (or harmless, or
plausible where it proposes). Only what the program does today counts; the rest is unjudged.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from edition.bibliography.reading import parse
from edition.bibliography.repair import repair
from edition.bibliography.rules import Licence
from edition.bibliography.types import Context, Tier

Pair = frozenset[tuple[str, str]]
Place = tuple[str, str, str, str]  # file, entry, field, what it becomes
GOOD = ("right", "harmless", "plausible", "right-merge")


@dataclass(slots=True)
class Labels:
    """``edits``: verdict of each; ``works``: entry -> the one that stands for its work."""

    edits: dict[Place, str] = field(default_factory=dict)
    works: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    false: set[Pair] = field(default_factory=set)

    def work(self, node: tuple[str, str]) -> tuple[str, str]:
        while self.works.get(node, node) != node:
            node = self.works[node]
        return node


@dataclass(slots=True)
class Count:
    """Of one rule in one tier."""

    right: int = 0
    judged: int = 0
    unjudged: int = 0

    def add(self, verdict: str | None) -> None:
        if verdict is None:
            self.unjudged += 1
        else:
            self.judged += 1
            self.right += verdict in GOOD

    @property
    def licence(self) -> Licence:
        return Licence(self.right, self.judged)


def read(folder: Path) -> Labels:
    labels = Labels()
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        _row(labels, json.loads(line))
    return labels


def _row(labels: Labels, row: dict[str, Any]) -> None:
    name, verdict = row["file"], row["verdict"]
    if "merge" not in row:
        labels.edits[name, row["entry"], row["field"], _flat(row["after"])] = verdict
        return
    a, b = ((name, row["merge"][one]) for one in ("kept", "merged"))
    if verdict in ("right-merge", "right"):
        labels.works[labels.work(a)] = labels.work(b)
    elif verdict == "false-merge" or row.get("alone"):
        labels.false.add(frozenset((a, b)))


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def measured(folder: Path) -> dict[tuple[str, Tier], Count]:
    """The counts of each rule and tier over all files."""
    labels = read(folder)
    counts: dict[tuple[str, Tier], Count] = defaultdict(Count)
    for path in sorted((folder / "files").glob("*.bib")):
        for rule, tier, verdict in judged(path, labels):
            counts[rule, tier].add(verdict)
    return counts


def judged(path: Path, labels: Labels) -> Iterator[tuple[str, Tier, str | None]]:
    found = repair(parse.load(path).value, Context()).value
    for change in found.changes:
        if change.tier is not Tier.REFUSED:
            place = (path.stem, change.entry, change.field, _flat(change.after))
            yield change.rule, change.tier, labels.edits.get(place)
    for merge in found.merges:
        if merge.tier is Tier.REFUSED:
            continue
        nodes = [(path.stem, key) for key in (merge.kept, *merge.merged)]
        pairs = [frozenset(one) for one in combinations(nodes, 2)]
        if any(one in labels.false for one in pairs):
            yield merge.rule, merge.tier, "false-merge"
        else:
            one_work = len({labels.work(node) for node in nodes}) == 1
            yield merge.rule, merge.tier, "right-merge" if one_work else None


def table(counts: dict[tuple[str, Tier], Count]) -> str:
    """Rule by rule: right of judged, share, lower end of Wilson's interval, not judged."""
    lines = [f"{'rule':24} {'tier':9} {'right':>9} {'share':>7} {'bound':>7} {'unjudged':>9}"]
    for (rule, tier), count in sorted(counts.items()):
        held = count.licence
        figures = f"{held.right}/{held.judged}" if held.judged else "–"
        share = f"{held.share:7.3f} {held.bound:7.3f}" if held.judged else " " * 15
        lines.append(f"{rule:24} {tier:9} {figures:>9} {share} {count.unjudged:9}")
    return "\n".join(lines)
