"""Duplicates on the labelled sets: precision, recall, F1 and time of both tiers; growth in time.

python tests/bench/bench_bibliography.py
"""

from __future__ import annotations

import csv
import math
import os
import re
import time
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import labelled

from edition.bibliography.matching.clusters import groups, links
from edition.bibliography.matching.records import Record, record
from edition.bibliography.reading import parse
from edition.bibliography.repair import repair
from edition.bibliography.rules import RULES, Reach
from edition.bibliography.types import Context, Entry, Field, Library, Tier
from edition.bibliography.values.entrytext import entry_text
from edition.bibliography.writing.outputs import render
from edition.source import SourceFile

SHARED = Path(
    os.environ.get("EDITION_SHARED") or Path(__file__).resolve().parents[2].parent / "shared"
)
Pairs = set[tuple[str, str]]
TERMS = (
    "technology",
    "alliance",
    "trade",
    "standard",
    "network",
    "policy",
    "energy",
    "market",
    "water",
    "model",
    "theory",
    "method",
    "history",
    "security",
    "reform",
    "urban",
    "growth",
)
HAN = "技術聯盟貿易標準網絡政策能源市場水文模型理論方法歷史安全改革城市增長氣候勞動健康地區競爭"
NAMES = [
    a + b
    for a in ("Mar", "Kel", "Tor", "Bren", "Sav", "Lin", "Ost", "Hal", "Wex", "Dor")
    for b in ("tin", "ler", "res", "nan", "age", "den", "berg", "ford", "ley", "ova")
]


def entry(key: str, type: str, values: Iterable[tuple[str, str]]) -> Entry:
    return Entry(key, type, tuple(Field(name, value) for name, value in values if value))


def cytology(folder: Path) -> tuple[list[Entry], Pairs]:
    """The export and its true pairs."""
    with (folder / "records.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = ("title", "year", "author", "pages", "volume", "number", "journal")
    entries = [entry(row["ID"], row["ENTRYTYPE"], ((n, row[n]) for n in names)) for row in rows]
    gold: Pairs = set()
    with (folder / "merged_ids.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            gold |= {_pair(a, b) for a, b in combinations(row["merged_ids"].split(";"), 2)}
    return entries, gold


def cora(folder: Path) -> tuple[list[Entry], Pairs]:
    """Citations as scanned, fields cut as they are. The columns are BibTeX's; the venue is a
    journal or a collection by its own first words."""
    with (folder / "records.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="|"))
    entries = []
    for row in rows:
        venue = row["venue"].strip(" ,.")
        within = re.match(r"in\b|proc|advances", venue)
        kind = "inproceedings" if within else "techreport" if row["institution"] else "misc"
        values = [
            (n, row[n].strip(" ,.'`\"()"))
            for n in ("author", "editor", "title", "year", "pages", "volume", "publisher", "note")
        ]
        values.append(("booktitle" if within else "journal", venue))
        values.append(("institution", row["institution"]))
        entries.append(entry(row["Entity Id"], kind, values))
    gold = {_pair(*line.split("|")) for line in (folder / "pairs.csv").read_text("utf-8").split()}
    return entries, gold


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def found(records: list[Record]) -> tuple[Pairs, Pairs]:
    """The pairs of the automatic tier, and of both, each after transitive closure."""
    judged = links(records)
    union, sure = groups(records, judged, tier=Tier.APPLIED)
    first = _closed(records, [one.members for one in sure])
    union, _ = groups(records, judged, tier=Tier.PROPOSED, start=union)
    return first, _closed(records, [tuple(one) for one in union.members.values()])


def _closed(records: list[Record], sets: Iterable[tuple[int, ...]]) -> Pairs:
    return {
        _pair(records[a].entry.key, records[b].entry.key)
        for members in sets
        for a, b in combinations(members, 2)
    }


def measure(got: Pairs, gold: Pairs) -> tuple[float, float, float]:
    hit = len(got & gold)
    precision = hit / len(got) if got else 1.0
    recall = hit / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0


def read(name: str) -> tuple[list[Record], Pairs]:
    loader = {"cytology_screening": cytology, "cora": cora}[name]
    entries, gold = loader(SHARED / "bench" / name)
    return [record(at, one) for at, one in enumerate(entries)], gold


def grown(size: int, seed: int = 7) -> Library:
    """A list of ``size`` entries, one in ten of them a duplicate with a misprint or other pages;
    a quarter Chinese. Names and words are drawn with the frequencies of real lists."""
    import random

    rng = random.Random(seed)
    entries: list[Entry] = []
    while len(entries) < size:
        key = f"k{len(entries)}"
        if entries and rng.random() < 0.1:
            old = rng.choice(entries[-500:])
            title = old.get("title")
            cut = rng.randrange(3, len(title) - 2)
            misprint = old.with_field("title", title[:cut] + title[cut + 1 :])
            paged = old.with_field("pages", str(rng.randrange(1, 400)))
            entries.append(Entry(key, old.type, rng.choice((misprint, paged)).fields))
            continue
        if rng.random() < 0.25:
            title = "".join(rng.choices(HAN, k=14))
            people = rng.choice("王李張劉陳楊趙黃周吳") + "".join(rng.choices(HAN, k=2))
        else:
            title = " ".join(rng.choices(TERMS, k=7)).capitalize() + f" of {rng.choice(NAMES)}"
            people = " and ".join(f"{rng.choice('ABCDEFGH')}. {rng.choice(NAMES)}" for _ in "ab")
        first = rng.randrange(1, 900)
        entries.append(
            entry(
                key,
                "article",
                (
                    ("author", people),
                    ("title", title),
                    ("year", str(rng.randrange(1980, 2026))),
                    ("journal", f"Journal of {rng.choice(TERMS)} {rng.randrange(60)}"),
                    ("volume", str(rng.randrange(1, 60))),
                    ("pages", f"{first}-{first + 20}"),
                ),
            )
        )
    return Library(entries=tuple(entries), found=size)


def growth() -> None:
    """Processor time and memory from the text of a file to all outputs. ``growth``: the exponent
    of the time over the number of entries; 1 is linear, 2 quadratic."""
    import resource

    before: tuple[int, float] | None = None
    for size in (2_500, 5_000, 10_000, 20_000, 100_000):
        text = "\n".join(map(entry_text, grown(size).entries))
        start = time.process_time()
        library = parse.read(SourceFile("bench.bib", text)).value
        render(library, repair(library, Context()))
        spent = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        growth = ""
        if before:
            growth = f"growth {math.log(spent / before[1]) / math.log(size / before[0]):.2f}"
        print(f"{size:7} entries {spent:6.1f} s  {memory:5.0f} MB  {growth}", flush=True)
        before = size, spent


def rules() -> None:
    """The rules with their reach and licence: share of right edits, and Wilson's lower bound."""
    print(f"{'rule':24} {'reach':12} {'right':>9} {'share':>7} {'bound':>7}")
    for one in RULES.values():
        if one.reach is Reach.EDITOR:
            continue
        held = one.licence
        figures = f"{held.right}/{held.judged}" if held.judged else "–"
        share = f"{held.share:7.3f} {held.bound:7.3f}" if held.judged else ""
        print(f"{one.id:24} {one.reach.value:12} {figures:>9} {share}")


def labelled_rules() -> None:
    """The licences computed anew from labelled corrections of real files, and duplicates there."""
    folder = SHARED / "bench" / "edits"
    if not folder.is_dir():
        print("labelled corrections: not found beside the repository")
        return
    print("\nanew, from labelled corrections of real files:")
    print(labelled.table(labelled.measured(folder)))


def main() -> None:
    rules()
    labelled_rules()
    for name in ("cytology_screening", "cora"):
        if not (SHARED / "bench" / name).is_dir():
            print(f"{name}: not found beside the repository")
            continue
        start = time.perf_counter()
        records, gold = read(name)
        automatic, both = found(records)
        spent = time.perf_counter() - start
        for tier, got in (("automatic", automatic), ("both tiers", both)):
            precision, recall, f1 = measure(got, gold)
            print(
                f"{name:20} {tier:10} P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  "
                f"{len(records)} records in {spent:.2f} s"
            )
    growth()


if __name__ == "__main__":
    main()
