"""An entry as it is compared: every field folded once, so that comparing is cheap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from edition.bibliography.types import Entry
from edition.bibliography.values import Person, compact, fold, persons, urls
from edition.characters import has_han

RECURS = 3  # issues of a serial in which a title must stand to be a column of it
_DOI = re.compile(r"10\.\d{4,9}/[^\s,;}\"]+")
_ARXIV = re.compile(
    r"(?:arxiv[:./ ]*(?:abs/|pdf/)?)?((?:\d{4}\.\d{4,5}|[a-z-]+/\d{7}))(v\d+)?", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_PAGE = re.compile(r"([a-zA-Z]?\d+)\s*(?:[-–—~～]+|to)\s*([a-zA-Z]?\d+)|([a-zA-Z]{0,2}\d+)")
_HAN_NUMBER = str.maketrans("一二三四五六七八九十", "1234567890")
_PART = re.compile(
    r"(?:^| )(?:第 )?([一二三四五六七八九十上中下]|\d+) ?"
    r"(?:卷|册|编|部分|部|辑|集|篇|版|讲|章)"
)
_SIDE = re.compile(r"[（(【\[]\s*([上中下]|[一二三四五六七八九十]|[ivxIVX]+|\d+)\s*[)）\]】]\s*$")
_TAIL_SIDE = re.compile(r"[\s·:：,，—-]([上中下]|[一二三四五六七八九十])\s*[篇卷册冊集部編编]?\s*$")
_ROMAN = re.compile(r"^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xv)$")
# What databases add to a title: [Review] [43 refs], [Erratum appears in …], [see comment].
_ADDED = re.compile(
    r"\s*[\[(](?:review|\d+ refs?|see comments?|comments?|erratum (?:appears|in)|article in|"
    r"in process|abstract|letter|corrected|electronic resource|"
    r"(?:english|french|german|spanish|italian|chinese|japanese|russian|portuguese|polish|dutch)"
    r"(?=[\])]))\b[^\])]*[\])]?\.?",
    re.IGNORECASE,
)
# “J Thromb.Conference: 23rd Congress …”: the journal, with the occasion of its supplement.
_BESIDE = re.compile(r"(?:v(?:ol(?:ume)?)?\.?\s*)?(\d+)\s*(?:\(|,|:|suppl|$)", re.IGNORECASE)
_RANGE = re.compile(r"(?<![\d.])[a-zA-Z]?\d+\s*[-–—~～]+\s*[a-zA-Z]?\d+")
_OCCASION = re.compile(r"\.?\s*conference(?: start)?: .*", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
WORD_NUMBERS = {word: str(at) for at, word in enumerate(_NUMBERS.split())}
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth"
ORDINALS = {word: str(at) for at, word in enumerate(_ORDINALS.split())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """``at`` is the entry's position; ``title`` and ``venue`` are folded, words parted by spaces;
    ``pages`` are (first, last), both equal for one page, ("", "") for none; ``numbers`` are the
    figures, Roman numerals and part marks of the title."""

    at: int
    entry: Entry
    type: str
    title: str
    key: str  # the title without spaces
    subtitle: str
    numbers: frozenset[str]
    han: bool
    people: tuple[Person, ...]
    families: tuple[str, ...]
    editors: tuple[str, ...]
    year: str
    date: str
    venue: str
    volume: str
    month: int
    number: str
    pages: tuple[str, str]
    edition: str
    doi: str
    isbn: str
    arxiv: str
    url: str
    translator: str
    publisher: str
    chapter: str
    whole: str  # authors and title as one text
    recurring: bool = False  # its list has the title in three issues of the serial or more


def clean_doi(value: str) -> str:
    found = _DOI.search(value.replace("\\_", "_").replace("{", "").replace("}", ""))
    return found[0].rstrip(".").lower() if found else ""


def clean_isbn(value: str) -> str:
    """13 digits of the first ISBN in ``value``; empty where there is none."""
    for part in re.findall(r"[\dXx][\dXx\- –]{8,}", value):
        digits = re.sub(r"[^\dXx]", "", part).upper()
        if len(digits) == 10:
            body = "978" + digits[:9]
            check = (10 - sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(body)) % 10) % 10
            return body + str(check) if body.isdecimal() else ""
        if len(digits) == 13 and digits.isdecimal():
            return digits
    return ""


def clean_pages(value: str) -> tuple[str, str]:
    """First and last page of the first range; ``131--6`` is 131 to 136."""
    found = _PAGE.search(re.sub(r"^\s*(?:pp?\.?|pages?|頁|第)\s*", "", value, flags=re.IGNORECASE))
    if not found:
        return "", ""
    if found[3]:
        return found[3].lower(), found[3].lower()
    first, last = found[1].lower(), found[2].lower()
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first, last


def title_numbers(title: str) -> frozenset[str]:
    """What tells parts, years and editions in a title apart."""
    folded = fold(title)
    found = set()
    for word in folded.split():
        if word in ORDINALS:
            found.add(ORDINALS[word])
        elif word in WORD_NUMBERS:
            found.add(WORD_NUMBERS[word])
        elif word[0].isdecimal():
            found.add(re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word))
    words = folded.split()
    if words and _ROMAN.match(words[-1]):
        found.add(words[-1])
    found |= {
        w
        for a, w in pairwise(words)
        if a in ("part", "volume", "vol", "no", "number", "teil", "band", "chapter", "book")
    }
    for pattern in (_SIDE, _TAIL_SIDE):
        side = pattern.search(title.strip())
        if side:
            found.add("part " + side[1].lower().translate(_HAN_NUMBER))
    for part in _PART.findall(folded):
        found.add("part " + part.translate(_HAN_NUMBER))
    return frozenset(found)


def bare_title(title: str) -> str:
    """``title`` without the remarks that databases add to it in brackets."""
    if "[" not in title and "(" not in title:
        return title
    bare = _ADDED.sub("", title).strip()
    return bare if len(bare) > 8 else title


def _pages(value: str) -> tuple[str, str]:
    """As :func:`clean_pages`, of the one range where a volume stands before it ("41, 67-95")."""
    ranges = _RANGE.findall(value)
    return clean_pages(ranges[0] if len(ranges) == 1 else value)


def _year(entry: Entry) -> str:
    for name in ("year", "date", "issued"):
        found = _YEAR.search(entry.get(name))
        if found:
            return found[0]
    return ""


def _venue(entry: Entry) -> str:
    names = ("journal", "journaltitle", "booktitle", "series", "venue")
    value = next((entry.get(name) for name in names if entry.get(name)), "")
    journal = _OCCASION.sub("", value)
    return fold(journal if len(journal) > 3 else value)


def _volume(value: str) -> str:
    """The volume; its number alone where words ("Drug Discovery. 9"), the issue ("82(3)") or a
    supplement ("24 Suppl 3") stand beside it."""
    beside = _BESIDE.match(value.strip())
    if beside:
        return beside[1]
    plain = compact(value)
    figures = re.findall(r"\d+", plain)
    words = re.sub(r"\d", "", plain)
    return figures[0] if len(figures) == 1 and len(words) > 3 else plain


def _month(entry: Entry) -> int:
    """1 … 12, 0 where none is given or none can be told."""
    dated = re.fullmatch(r"\d{4}-(\d\d)(?:-\d\d)?", entry.get("date"))
    value = dated[1] if dated else entry.get("month").strip().casefold()
    if value.isdecimal():
        return int(value) if 1 <= int(value) <= 12 else 0
    return _MONTHS.get(value[:3], 0) if re.fullmatch(r"[a-z]+\.?", value) else 0


def marked(records: Sequence[Record]) -> list[Record]:
    """The records, with what recurs in a serial told: a column, the calendar, a yearly report."""
    issues: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for one in records:
        if one.key and (one.venue or one.url):
            place = one.venue or one.url.partition("/")[0]
            held = issues.setdefault((one.key, place), set())
            held.add((one.year, one.volume, one.number))
    often = {key for key, held in issues.items() if len(held) >= RECURS}
    if not often:
        return list(records)
    return [
        replace(one, recurring=True)
        if (one.key, one.venue or one.url.partition("/")[0]) in often
        else one
        for one in records
    ]


def _macros(title: str) -> str:
    """A title that is macros alone, by their names: ``{\\LuaTeX}`` → LuaTeX."""
    return title.replace("\\", " ")


def record(at: int, entry: Entry) -> Record:
    title = bare_title(entry.get("title"))
    folded = fold(title) or fold(_macros(title))
    people = persons(entry.get("author"))
    arxiv = (
        entry.get("eprint")
        if "arxiv" in (entry.get("archiveprefix") + entry.get("eprinttype")).lower()
        else ""
    )
    for name in ("journal", "journaltitle", "note", "howpublished", "url", "doi"):
        if not arxiv and "arxiv" in entry.get(name).lower():
            arxiv = entry.get(name)
    found = _ARXIV.search(arxiv) if arxiv else None
    doi = clean_doi(entry.get("doi")) or clean_doi(
        entry.get("url") if "doi.org" in entry.get("url") else ""
    )
    return Record(
        at=at,
        entry=entry,
        type=entry.type,
        title=folded,
        key=folded.replace(" ", ""),
        subtitle=fold(entry.get("subtitle")),
        numbers=title_numbers(title),
        han=has_han(title),
        people=people,
        families=tuple(one.key for one in people if one.key),
        editors=tuple(one.key for one in persons(entry.get("editor")) if one.key),
        year=_year(entry),
        date=entry.get("date") or entry.get("month") + entry.get("day"),
        venue=_venue(entry),
        volume=_volume(entry.get("volume")),
        month=_month(entry),
        number=compact(entry.get("number") or entry.get("issue")),
        pages=_pages(entry.get("pages")),
        edition=compact(entry.get("edition")),
        doi=doi,
        isbn=clean_isbn(entry.get("isbn")),
        arxiv=found[1].lower() if found else "",
        url=urls.key(entry.get("url")),
        translator=compact(entry.get("translator")),
        publisher=fold(
            entry.get("publisher")
            or entry.get("institution")
            or entry.get("school")
            or entry.get("organization")
        ),
        chapter=compact(entry.get("chapter")),
        whole=" ".join([*(one.key for one in people if one.key), folded]),
    )
