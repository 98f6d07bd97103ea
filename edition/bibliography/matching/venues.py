"""Two names of one journal or conference, told by the list itself.

Databases call a venue what they like (“SIGMOD Conference”, “International Conference on Management
of Data”), and no letters tell that they are one. Where many works stand under both names, with the
same title, authors and year, the names are one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from edition.bibliography.matching.records import Record

WORKS = 5  # works that must stand under both names
_TITLE = 20  # letters of a title that few works share
_SHARE = 0.5  # of the works that a name shares with any other name
_CROWD = 4  # more works of one title and year are a column


def renamed(records: Sequence[Record]) -> list[Record]:
    """The records, those of a venue with two names under one."""
    pairs = Counter(_shared(records))
    with_any: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        with_any[one] += count
        with_any[other] += count
    names: dict[str, str] = {}
    for (one, other), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        if count < WORKS or count < _SHARE * min(with_any[one], with_any[other]):
            continue
        if one not in names and other not in names.values():
            names[one] = names.get(other, other)
    if not names:
        return list(records)
    return [replace(one, venue=names[one.venue]) if one.venue in names else one for one in records]


def _shared(records: Sequence[Record]) -> list[tuple[str, str]]:
    """The pair of names under which each work stands that has two, and nothing but a year to say
    where it is: a place in print would tell by itself."""
    works: dict[tuple[str, str, tuple[str, ...]], list[Record]] = defaultdict(list)
    for one in records:
        if one.venue and one.year and one.families and len(one.key) >= _TITLE:
            works[one.key, one.year, one.families].append(one)
    found = []
    for held in works.values():
        names = sorted({one.venue for one in held})
        if len(held) > _CROWD or len(names) < 2:
            continue
        if any(one.volume or one.pages[0] for one in held):
            continue
        found += list(combinations(names, 2))
    return found
