"""Citations by number: ``[3]``, ``[2, 5]``, ``[4-6]`` of a list of references whose items bear
numbers in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from edition.bibliography.types import Library
from edition.importers.lines import SUPERSCRIPTS

_LEAD = re.compile(r"[\[［〔]\s*(\d{1,3})\s*[\]］〕]\s*$")
_MANY = r"\d{1,3}(?:\s*[-–—~～,，、;；]\s*\d{1,3})*"
_PAGES = r"\d{1,4}(?:\s*[-–—~～]\s*\d{1,4})?"
# within the bracket ([3: 35], [3, p. 35]) or behind it ([3]35, [3](35), [3]⁴⁵)
_CITED = re.compile(
    rf"(?<!\W[A-Za-z])[\[［〔]\s*(?P<numbers>{_MANY})\s*(?:(?:[:：]\s*|[,，]\s*(?:[Pp]p?\.|第|[页頁])\s*)"
    rf"(?:pp?\.\s*)?(?P<inside>{_PAGES})\s*[页頁]?)?\s*[\]］〕]"
    rf"(?P<behind>[:：]?{_PAGES}(?![\d.%年月日個个次位人名篇本部條条項项種种])|"
    rf"[(（]\s*(?:[Pp]p?\.?\s*)?{_PAGES}\s*[)）]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{2,4}})?"
)
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


@dataclass(frozen=True, slots=True)
class Numbered:
    """A bracket with numbers of works: the ``keys`` of these, and the pages of a single one."""

    start: int
    end: int
    keys: tuple[str, ...]
    pages: str = ""


def cited(text: str, numbers: dict[int, str]) -> Iterator[Numbered]:
    """Each bracket all of whose numbers are in the list."""
    if not numbers:
        return
    for one in _CITED.finditer(text):
        wanted: list[int] = []
        for first, last in _RANGE.findall(one["numbers"]):
            wanted += range(int(first), int(last or first) + 1)
        if not wanted or not all(number in numbers for number in wanted):
            continue
        keys = tuple(numbers[number] for number in wanted)
        pages = one["inside"] or one["behind"] or ""
        if len(keys) > 1 or not pages:
            yield Numbered(one.start(), one.end("numbers") + 1 if pages else one.end(), keys)
            continue
        plain = re.sub(r"[^\d–—~～-]", "", pages.translate(SUPERSCRIPTS))
        yield Numbered(one.start(), one.end(), keys, plain)
