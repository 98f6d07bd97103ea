"""A later version of a list: decisions go on speaking of the works they were about, through
renamed keys.

Works are known again by their key, where it still has the same work, else by what tells duplicates:
DOI, title, authors, place. ``decisions.toml`` gets the new keys; its comments and order stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from edition.bibliography.matching import links, record
from edition.bibliography.types import Entry, Library, Repair, Tier
from edition.bibliography.values import compact

_ENTRIES = re.compile(r"^(\s*entries\s*=\s*\[)([^\]]*)(\])", re.MULTILINE)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')


@dataclass(frozen=True, slots=True)
class Update:
    """What became of the entries. ``renamed``: old key -> new key; ``gone`` and ``added`` are
    keys; ``open``: new proposals, those that the old list did not raise already."""

    renamed: Mapping[str, str]
    gone: tuple[str, ...]
    added: tuple[str, ...]
    kept: int
    open: int = 0

    @property
    def line(self) -> str:
        return (
            f"{self.kept} entries as before, {len(self.renamed)} under another key, "
            f"{len(self.added)} new, {len(self.gone)} gone; {self.open} proposals are new"
        )


def compare(old: Library, new: Library) -> Update:
    """The works of ``old`` in ``new``."""
    before, after = old.by_key(), new.by_key()
    same = {key for key, one in before.items() if key in after and _same(one, after[key])}
    lost = [one for key, one in before.items() if key not in same]
    fresh = [one for key, one in after.items() if key not in same]
    renamed = _pairs(lost, fresh)
    # a key that stands still, for what may be the same work with another title
    for one in lost:
        if one.key in after and one.key not in renamed and one.key not in renamed.values():
            same.add(one.key)
    taken = same | set(renamed.values())
    return Update(
        renamed=renamed,
        gone=tuple(one.key for one in lost if one.key not in renamed and one.key not in same),
        added=tuple(key for key in after if key not in taken),
        kept=len(same),
    )


def _same(one: Entry, other: Entry) -> bool:
    names = ("doi", "title", "url")
    return any(one.get(name) and compact(one.get(name)) == compact(other.get(name))
               for name in names)  # fmt: skip


def _pairs(lost: list[Entry], fresh: list[Entry]) -> dict[str, str]:
    """Old key -> new key of the entries that are one work, the surest first, each once."""
    records = [record(at, one) for at, one in enumerate([*lost, *fresh])]
    found = [
        link
        for link in links(records)
        if link.a < len(lost) <= link.b and link.verdict.tier is not Tier.REFUSED
    ]
    pairs: dict[str, str] = {}
    for link in sorted(found, key=lambda one: (-one.verdict.confidence, one.a, one.b)):
        a, b = lost[link.a].key, fresh[link.b - len(lost)].key
        if a not in pairs and b not in pairs.values():
            pairs[a] = b
    return pairs


def rekeyed(text: str, renamed: Mapping[str, str]) -> str:
    """The text of ``decisions.toml`` with the new keys in its ``entries``; all else stays."""

    def key(found: re.Match[str]) -> str:
        try:
            old = json.loads(found[0])
        except ValueError:
            return found[0]
        return json.dumps(renamed[old], ensure_ascii=False) if old in renamed else found[0]

    return _ENTRIES.sub(lambda found: found[1] + _STRING.sub(key, found[2]) + found[3], text)


def fresh(old: Repair, new: Repair, renamed: Mapping[str, str]) -> int:
    """Open proposals of ``new`` that ``old`` had not."""

    def asked(repair: Repair, names: Mapping[str, str]) -> set[tuple[object, ...]]:
        changes = {
            (names.get(one.entry, one.entry), one.field, one.before, one.after)
            for one in repair.changes
            if one.tier is Tier.PROPOSED
        }
        merges = {
            frozenset(names.get(key, key) for key in (one.kept, *one.merged))
            for one in repair.merges
            if one.tier is Tier.PROPOSED
        }
        return {*changes, *((one,) for one in merges)}

    return len(asked(new, {}) - asked(old, renamed))
