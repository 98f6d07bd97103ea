"""Entries of the list of references as parts: what is in italics, what is an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from edition.model import Reference

_ADDRESS = re.compile(r"https?://[!-~]+")


@dataclass(frozen=True, slots=True)
class EntryPart:
    """Words of an entry that look alike; ``address``: where they lead, "" where nowhere."""

    text: str
    italic: bool = False
    address: str = ""


def entry_parts(entry: Reference) -> Iterator[EntryPart]:
    """All of an entry's text, in order."""
    addresses = [(found.start(), found.start() + len(address), address)
                 for found in _ADDRESS.finditer(entry.text)
                 if (address := found[0].rstrip(".,;"))]  # fmt: skip
    ranges = [(start, end) for start, end, _ in addresses] + [*entry.italics]
    places = sorted({0, len(entry.text), *(at for one in ranges for at in one)})
    for start, end in pairwise(places):
        italic = any(one <= start < two for one, two in entry.italics)
        address = next((said for one, two, said in addresses if one <= start < two), "")
        yield EntryPart(entry.text[start:end], italic, address)
