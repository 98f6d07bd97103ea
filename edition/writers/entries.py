"""Entries of the list of references as parts: what is in italics, what is an address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from edition.model import Reference


@dataclass(frozen=True, slots=True)
class EntryPart:
    """Words of an entry that look alike; ``address``: where they lead, "" where nowhere."""

    text: str
    italic: bool = False
    address: str = ""


def entry_parts(entry: Reference) -> Iterator[EntryPart]:
    """All of an entry's text, in order. Italics within italics are upright."""
    looks = [one for one in entry.looks if one.kind in ("italic", "link")]
    places = sorted({0, len(entry.text), *(at for one in looks for at in (one.start, one.end))})
    for start, end in pairwise(places):
        here = [one for one in looks if one.start <= start < one.end]
        italic = sum(one.kind == "italic" for one in here) % 2 == 1
        address = next((one.address for one in here if one.address), "")
        yield EntryPart(entry.text[start:end], italic, address)
