"""Entries of one work → one: which is kept, which fields it takes over, what contradicts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.bibliography.matching.records import clean_doi, clean_isbn, clean_pages
from edition.bibliography.types import Conflict, Entry
from edition.bibliography.values import compact, fold, persons, urls

LISTS = frozenset({"foundin", "citedas", "note", "keywords", "file", "annotation"})
# Names of one field in BibTeX and BibLaTeX.
DIALECTS = (
    ("journal", "journaltitle"),
    ("year", "date"),
    ("address", "location"),
    ("school", "institution"),
    ("annote", "annotation"),
    ("archiveprefix", "eprinttype"),
    ("primaryclass", "eprintclass"),
    ("key", "sortkey"),
)
SILENT = frozenset(
    {
        "ids",
        "foundin",
        "citedas",
        "keywords",
        "file",
        "abstract",
        "annotation",
        "note",
        "timestamp",
        "owner",
        "groups",
        "date-added",
        "date-modified",
    }
)


def keep(entries: Sequence[Entry]) -> Entry:
    """The entry that the others go into: the richest, of equals the first."""

    def wealth(one: Entry) -> int:
        return sum(1 for field in one.fields if field.value and field.name not in SILENT)

    best = max(wealth(one) for one in entries)
    return next(one for one in entries if wealth(one) == best)


def united(
    kept: Entry, others: Sequence[Entry]
) -> tuple[tuple[tuple[str, str], ...], tuple[Conflict, ...]]:
    """The fields that the kept entry gains or gets a richer reading of, and the fields on which
    the entries contradict each other, each with every reading."""
    gained: dict[str, str] = {}
    conflicts: list[Conflict] = []
    names = dict.fromkeys(field.name for one in (kept, *others) for field in one.fields)
    for name in dict.fromkeys(_spoken(kept, name) for name in names):
        if name == "ids":
            continue
        readings = [(one.key, text) for one in (kept, *others) if (text := _read(one, name))]
        if not readings:
            continue  # empty wherever it stands
        value = _join(readings) if name in LISTS else _richest(name, readings)
        if value != kept.get(name):
            gained[name] = value
        if (
            name not in SILENT
            and len({_same(name, text) for _, text in readings}) > 1
            and (not _only_poorer(name, [text for _, text in readings]))
        ):
            conflicts.append(Conflict(name, value, tuple(readings)))
    keys = [part.strip() for one in (kept, *others) for part in one.get("ids").split(",")]
    ids = dict.fromkeys([*(key for key in keys if key), *(one.key for one in others)])
    gained["ids"] = ",".join(key for key in ids if key != kept.key)
    return tuple(gained.items()), tuple(conflicts)


def _spoken(kept: Entry, name: str) -> str:
    """``name`` in the dialect of the kept entry: ``journal`` where it has that and not
    ``journaltitle``. A date beside a year is the same field."""
    for group in DIALECTS:
        if name in group:
            own = [one for one in group if kept.get(one)]
            return own[0] if own else name
    return name


def _read(one: Entry, name: str) -> str:
    """The value of the field, under whichever of its names; a year of a date, where the year is
    asked for."""
    if one.get(name):
        return one.get(name)
    if name == "year":
        return one.get("date")[:4]
    if name == "date":
        return one.get("year")
    group = next((group for group in DIALECTS if name in group), ())
    return next((one.get(other) for other in group if one.get(other)), "")


def _join(readings: list[tuple[str, str]]) -> str:
    return "; ".join(
        dict.fromkeys(
            part.strip() for _, text in readings for part in text.split("; ") if part.strip()
        )
    )


def _same(name: str, text: str) -> str:
    """``text`` as far as it matters for agreement."""
    if name == "url":
        return urls.key(text) or text
    if name == "doi":
        return clean_doi(text) or text
    if name == "isbn":
        return clean_isbn(text) or text
    if name == "date" and re.fullmatch(r"\d{4}", text):
        return text
    if name in ("urldate", "date"):
        from edition.bibliography.values import iso

        return iso(text) or text
    if name == "pages":
        return "-".join(clean_pages(text)) or text
    if name in ("author", "editor"):
        return " ".join(one.key for one in persons(text))
    return compact(text)


def _only_poorer(name: str, texts: list[str]) -> bool:
    """The readings only say more or less: a title without its subtitle, a page of a range."""
    rich = max(texts, key=len)
    if name == "title":
        return all(fold(rich).startswith(fold(one)) for one in texts)
    if name == "date":
        return all(rich.startswith(one) for one in texts)
    if name in ("author", "editor"):
        full = [one.key for one in persons(rich)]
        return all(
            [one.key for one in persons(text)] == full[: len(persons(text))] for text in texts
        )
    return False


def _richest(name: str, readings: list[tuple[str, str]]) -> str:
    """The reading that says most; where none does, that of the kept entry."""
    first = readings[0][1]
    best = first
    for _, text in readings[1:]:
        if _richer(name, text, best):
            best = text
    return best


def _richer(name: str, text: str, best: str) -> bool:
    if name in ("author", "editor"):
        mine, theirs = persons(text), persons(best)
        if [one.key for one in mine[: len(theirs)]] != [one.key for one in theirs]:
            return False
        return (len(mine), sum(len(one.given) for one in mine)) > (
            len(theirs),
            sum(len(one.given) for one in theirs),
        )
    if name == "date":
        return len(text) > len(best) and text.startswith(best + "-")
    if name == "title":
        return len(fold(text)) > len(fold(best)) and fold(text).startswith(fold(best))
    if name == "pages":
        (first, last), (start, end) = clean_pages(text), clean_pages(best)
        return first != last and start == end and _inside(start, first, last)
    if name == "url":
        return urls.key(text) == urls.key(best) and len(urls.tidy(text)) < len(urls.tidy(best))
    return False


def _inside(page: str, first: str, last: str) -> bool:
    return all(one.isdecimal() for one in (page, first, last)) and (
        int(first) <= int(page) <= int(last)
    )
