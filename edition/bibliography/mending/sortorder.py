"""Whether a list is in alphabetical order, and what mends a break in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from edition.bibliography.types import Entry
from edition.bibliography.values import Person, fold, persons


@lru_cache(maxsize=16384)
def sort_key(name: str) -> str:
    """Letters to sort a family name by; Chinese in pinyin."""
    if name and name[0] >= "\u3400":
        from pypinyin import lazy_pinyin

        return " ".join(lazy_pinyin(name))
    return fold(name)


def _first(entry: Entry) -> str:
    people = persons(entry.get("author") or entry.get("editor"))
    if not people or people[0].body:
        return ""
    return sort_key(people[0].raw if people[0].han else people[0].family)


def mends_order(entries: Sequence[Entry], at: int, one: Person, reading: str) -> bool:
    """The neighbours (three on each side) are in order, the entry breaks it as it stands and
    not as read. Both scripts are sorted apart, as lists do."""
    before = [key for key in (_first(e) for e in entries[max(0, at - 3) : at]) if key]
    after = [key for key in (_first(e) for e in entries[at + 1 : at + 4]) if key]
    row = [*before, *after]
    if len(before) < 2 or len(after) < 2 or row != sorted(row):
        return False
    from edition.bibliography.values import person

    now = sort_key(one.raw if one.han else one.family)
    read = sort_key(reading if one.han else person(reading).family)
    return before[-1] <= read <= after[0] and not before[-1] <= now <= after[0]


def disorder(entries: Sequence[Entry]) -> list[tuple[Entry, str]]:
    """Entries that break the order of a list which is otherwise sorted (three steps of five at
    least), with what they stand after. Chinese and other names are lists of their own; works of
    one author should follow each other by year."""
    found = []
    for chinese in (False, True):
        row = []
        for entry in entries:
            people = persons(entry.get("author") or entry.get("editor"))
            if people and not people[0].body and people[0].han is chinese:
                row.append((_first(entry), entry.get("year"), entry))
        breaks = [(one, next_) for one, next_ in pairwise(row) if next_[:2] < one[:2]]
        if len(row) < 5 or len(breaks) * 5 > len(row) * 2:
            continue
        found += [
            (after[2], f"stands after {before[2].key} ({before[0]} {before[1]})")
            for before, after in breaks
        ]
    return found
