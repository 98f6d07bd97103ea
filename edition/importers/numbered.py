"""Citations by number: ``[3]``, ``[2, 5]``, ``[4-6]`` of a list of references whose items bear
numbers in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.bibliography.types import Library

_LEAD = re.compile(r"[\[［〔]\s*(\d{1,3})\s*[\]］〕]\s*$")
_MANY = r"\d{1,3}(?:\s*[-–—~～,，、;；]\s*\d{1,3})*"
_CITED = re.compile(rf"(?<!\W[A-Za-z])[\[［]\s*(?P<numbers>{_MANY})\s*[\]］]")
_RANGE = re.compile(r"(\d+)(?:\s*[-–—~～]\s*(\d+))?")


def numbers_of(library: Library) -> dict[int, str]:
    """Number of each item of the list that bears one → key of its entry."""
    found: dict[int, str] = {}
    for entry in library.entries:
        if entry.span is None:
            continue
        text = entry.span.file.text
        lead = _LEAD.search(text[text.rfind("\n", 0, entry.start) + 1 : entry.start])
        if lead:
            found.setdefault(int(lead[1]), entry.key)
    return found


def cited(text: str, numbers: dict[int, str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """(start, end, keys) of each bracket all of whose numbers are in the list."""
    if not numbers:
        return
    for one in _CITED.finditer(text):
        wanted: list[int] = []
        for first, last in _RANGE.findall(one["numbers"]):
            wanted += range(int(first), int(last or first) + 1)
        if wanted and all(number in numbers for number in wanted):
            yield one.start(), one.end(), tuple(numbers[number] for number in wanted)
