"""How the text of an article cites the entries of its list."""

from __future__ import annotations

import re
from dataclasses import replace

from edition.bibliography.types import Entry, Field, Library
from edition.importers.citations import EntryIndex


def _once(entry: Entry) -> Entry:
    """``entry`` with each field once: what a reference says a second time is a note."""
    seen: dict[str, Field] = {}
    more: list[str] = []
    for one in entry.fields:
        if one.name in seen and one.value != seen[one.name].value:
            more.append(one.value)
        seen.setdefault(one.name, one)
    if more:
        note = "; ".join([*([seen["note"].value] if "note" in seen else []), *more])
        seen["note"] = Field("note", note)
    return replace(entry, fields=tuple(seen.values()))


def with_uses(library: Library, index: EntryIndex) -> Library:
    """Entries with ``citedas``: how the text cites them."""
    entries = []
    for entry in library.entries:
        if year := re.fullmatch(r"(\d{4})[a-z]", entry.get("year")):
            entry = entry.with_field("year", year[1])  # the letter is given anew, by the list
        entry = _once(entry)
        uses = index.citedas.get(entry.key)
        if uses:
            added = Field("citedas", "; ".join(uses))
            entry = replace(entry, fields=(*entry.fields, added))
        entries.append(entry)
    return replace(library, entries=tuple(entries))
