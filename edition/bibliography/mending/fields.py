"""Fields that can be mended by form alone, and readings that another place contradicts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from edition.bibliography.matching import clean_doi, clean_pages
from edition.bibliography.types import Change, Entry, InText, Library, Tier
from edition.bibliography.values import dates, persons
from edition.characters import has_han

_STORED = re.compile(r"/(?:uploads?|files?|assets|media)/", re.IGNORECASE)  # when, not published
# Pages named as such and nothing more: 第1版自序 and 扉页 are places of their own.
_NAMED_PAGES = re.compile(
    r"\s*(?:pp?\.?|pages?)\s*(\d+(?:\s*[-–—]+\s*\d+)?)\s*"
    r"|\s*第?\s*(\d+(?:\s*[-–—]+\s*\d+)?)\s*[頁页]\s*",
    re.IGNORECASE,
)
_SWAPPED = 60  # pages; a range that runs back over more has a figure misprinted instead
_DATES = ("urldate", "date", "origdate", "eventdate")


def repair_fields(library: Library, cited: Mapping[str, Sequence[InText]]) -> Iterator[Change]:
    """Changes by form (applied) and contradictions (proposed)."""
    for entry in library.entries:
        yield from _days(entry)
        yield from _published(entry, cited.get(entry.key, ()))
        yield from _identifiers(entry)
        yield from _pages(entry, cited.get(entry.key, ()))
        yield from _authors(entry, cited.get(entry.key, ()))


def _change(
    entry: Entry,
    name: str,
    after: str,
    rule: str,
    fact: str | tuple[str, ...],
    tier: Tier = Tier.APPLIED,
    confidence: float = 0.98,
    alternatives: tuple[str, ...] = (),
) -> Change:
    return Change(
        entry=entry.key,
        field=name,
        before=entry.get(name),
        after=after,
        rule=rule,
        evidence=(fact,) if isinstance(fact, str) else fact,
        tier=tier,
        confidence=confidence,
        alternatives=alternatives,
    )


# --- dates, identifiers ----------------------------------------------------------------------


def _days(entry: Entry) -> Iterator[Change]:
    for name in _DATES:
        value = entry.get(name)
        if value:
            iso = dates.whole(value)
            if iso and iso != value:
                yield _change(entry, name, iso, "date.iso", "dates are written YYYY-MM-DD")
    year = entry.get("year")
    found = re.fullmatch(r"(\d{4})(?:\s*[年년]|\.)", year)  # [1936] is a year inferred
    if found:
        yield _change(entry, "year", found[1], "year.form", "a year is four figures")


def _published(entry: Entry, cited: Sequence[InText]) -> Iterator[Change]:
    """The year by which the text cites an entry that has another or none, and the day that the
    address of a page without a date names."""
    years = {one.year[:4] for one in cited if one.year}
    year = next(iter(years)) if len(years) == 1 else ""
    said = next(
        (
            f"the text cites {'·'.join(one.names) or entry.key} {one.year}"
            for one in cited
            if one.year
        ),
        "",
    )
    name = "date" if entry.get("date") or not entry.get("year") else "year"
    now = entry.get(name)
    if year and re.match(r"\d{4}", now) and now[:4] != year:
        yield _change(
            entry,
            name,
            year + now[4:] if name == "year" else year,
            "year.in-text",
            (said, f"the entry has {now}"),
            Tier.PROPOSED,
            0.5,
        )
    if now or entry.type != "online" or "crossref" in entry or "xdata" in entry:
        return
    day = "" if _STORED.search(entry.get("url")) else dates.of_url(entry.get("url"))
    if day and (not year or day.startswith(year)):
        yield _change(
            entry,
            "date",
            day,
            "date.url",
            f"the address names {day}, the entry no date",
            Tier.PROPOSED,
            0.7,
        )
    elif year:
        yield _change(
            entry, "date", year, "year.in-text", (said, "the entry has no date"), Tier.PROPOSED, 0.6
        )


def _identifiers(entry: Entry) -> Iterator[Change]:
    value = entry.get("doi")
    bare = re.sub(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)", "", value, flags=re.IGNORECASE)
    if value and bare != value and clean_doi(bare):
        yield _change(entry, "doi", bare.strip(), "doi.form", "a DOI begins with 10.")
    for name in ("issn", "isbn"):
        value = entry.get(name)
        plain = re.sub(r"[‐‑–—−]", "-", value).strip()
        if value and plain != value:
            yield _change(entry, name, plain, f"{name}.form", "hyphens part the groups")


# --- pages -----------------------------------------------------------------------------------


def _pages(entry: Entry, cited: Sequence[InText]) -> Iterator[Change]:
    value = entry.get("pages")
    if not value:
        return
    named = _NAMED_PAGES.fullmatch(value)
    if named:
        bare = named[1] or named[2]
        yield _change(entry, "pages", bare, "pages.form", "the style sets p. and pp.")
    first, last = clean_pages(value)
    written = re.fullmatch(r"(\d+)\s*[-–—]+\s*(\d+)", value)
    backwards = written and len(written[1]) == len(written[2]) and int(last) < int(first)
    if backwards and int(first) - int(last) <= _SWAPPED:
        yield _change(
            entry,
            "pages",
            f"{last}--{first}",
            "pages.order",
            f"the range runs backwards: {value}",
            Tier.PROPOSED,
            0.6,
        )
        return
    locators = [(one, clean_pages(one.locator)) for one in cited if one.locator]
    if any((start, end) == (first, last) for _, (start, end) in locators) or not first.isdecimal():
        return
    seen = set()
    for one, (start, end) in locators:
        if not start.isdecimal() or not end.isdecimal() or (start, end) in seen:
            continue
        seen.add((start, end))
        if int(first) <= int(start) <= int(end) <= int(last):
            continue
        after = start if start == end else f"{start}-{end}"
        said = f"the text cites {'·'.join(one.names) or entry.key} {one.year}, {one.locator}"
        near = _digits_near((first, last), (start, end))
        facts = (said, f"the entry has {value}") + (
            (f"{near}: one of the two is misprinted",) if near else ()
        )
        yield _change(
            entry, "pages", after, "pages.locator", facts, Tier.PROPOSED, 0.55 if near else 0.4
        )


def _digits_near(mine: tuple[str, str], theirs: tuple[str, str]) -> str:
    odd = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if odd and all(
        len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1 for a, b in odd
    ):
        return "they differ in one figure"
    return ""


# --- writers of pages that the list gives to a body ------------------------------------------


def _authors(entry: Entry, cited: Sequence[InText]) -> Iterator[Change]:
    """A page listed under a body that the text cites by its writers."""
    people = persons(entry.get("author"))
    if len(people) != 1 or not people[0].body:
        return
    for one in cited:
        if one.names and all(" " in name or has_han(name) for name in one.names):
            names = " and ".join(one.names)
            yield _change(
                entry,
                "author",
                names,
                "name.writer",
                (
                    f"the text cites {'·'.join(one.names)} {one.year}; the list names only "
                    f"{people[0].raw.strip('{}')}",
                ),
                Tier.PROPOSED,
                0.7,
            )
            return
