"""Fields that can be mended by form alone, and readings that another place contradicts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA

from edition.bibliography import dates, urls
from edition.bibliography.fold import has_han
from edition.bibliography.people import persons
from edition.bibliography.records import clean_doi, clean_pages
from edition.bibliography.types import Change, Entry, InText, Library, Tier

_DATES = ("urldate", "date", "origdate", "eventdate")
_PAIR = re.compile(r"[0-9a-z]{2}")
_HEX = re.compile(r"[0-9a-f]{2}")
_MISREAD = str.maketrans({"l": "1", "i": "1", "o": "0"})  # letters for figures in hexadecimal


def repair_fields(library: Library, cited: Mapping[str, Sequence[InText]],
                  conflicts: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]],
                  ) -> Iterator[Change]:
    """Changes by form (applied) and contradictions (proposed)."""
    hosts = _hosts(library, conflicts)
    hexed = {urls.host(entry.get("url")) for entry in library.entries
             if len(_pairs(entry.get("url"))) > 1
             and all(map(_HEX.fullmatch, _pairs(entry.get("url"))))}
    for entry in library.entries:
        yield from _address(entry, hosts, hexed, conflicts.get(entry.key, {}).get("url", ()))
        yield from _days(entry)
        yield from _identifiers(entry)
        yield from _pages(entry, cited.get(entry.key, ()))
        yield from _authors(entry, cited.get(entry.key, ()))


def _change(entry: Entry, name: str, after: str, rule: str, fact: str | tuple[str, ...],
            tier: Tier = Tier.APPLIED, confidence: float = 0.98,
            alternatives: tuple[str, ...] = ()) -> Change:
    return Change(entry=entry.key, field=name, before=entry.get(name), after=after, rule=rule,
                  evidence=(fact,) if isinstance(fact, str) else fact, tier=tier,
                  confidence=confidence, alternatives=alternatives)


# --- addresses -------------------------------------------------------------------------------


def _hosts(library: Library,
           conflicts: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]]) -> Mapping[
               str, Counter[str]]:
    """Registered name -> its hosts, by the entries that have them, merged ones included."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in library.entries:
        read = [entry.get("url"), *(value for _, value in conflicts.get(entry.key, {}).get(
            "url", ()))]
        for value in read:
            labels = urls.owner_labels(value)
            if labels:
                found[labels[0]][urls.host(value)] += 1
    return found


def _pairs(url: str) -> list[str]:
    """Path segments of two characters that stand side by side."""
    parts = [part for part in urlsplit(url).path.split("/") if part] if "://" in url else []
    return [part for part in parts if _PAIR.fullmatch(part)]


def _address(entry: Entry, hosts: Mapping[str, Counter[str]], hexed: set[str],
             readings: Sequence[tuple[str, str]]) -> Iterator[Change]:
    value = entry.get("url")
    if not value:
        return
    tidy = urls.tidy(value)
    if tidy != value:
        yield _change(entry, "url", tidy, "url.tidy", "the case of a host, spaces and tracking "
                      "parameters are no part of an address")
    pairs = _pairs(value)
    odd = [part for part in pairs if not _HEX.fullmatch(part)]
    if len(pairs) > 1 and len(odd) == 1 and _HEX.fullmatch(odd[0].translate(_MISREAD)):
        read = odd[0].translate(_MISREAD)
        facts = [f"“{odd[0]}” is no hexadecimal number as its neighbour is; {read} is"]
        if urls.host(value) in hexed or any(host in hexed for host in hosts.get(
                (urls.owner_labels(value) or ("",))[0], ())):
            facts.append("other addresses of the same site have two such numbers there")
        yield _change(entry, "url", value.replace(f"/{odd[0]}/", f"/{read}/", 1), "url.misread",
                      tuple(facts), Tier.PROPOSED, 0.5 + 0.2 * len(facts))
    yield from _twin_host(entry, value, hosts)
    for key, other in dict.fromkeys(readings):
        if other != value and urls.key(other) != urls.key(value):
            longer = len(other) > len(value)
            if not longer and OSA.distance(other, value) == 1:
                continue  # the conflict stays on record; the fuller reading stands already
            fact = f"{key}, merged into this entry, has {other}"
            hint = ("a letter of a pair is sooner lost than added",) if longer and OSA.distance(
                other, value) == 1 else ()
            yield _change(entry, "url", other, "url.conflict", (fact, *hint), Tier.PROPOSED,
                          0.6 if longer else 0.4)


def _twin_host(entry: Entry, value: str, hosts: Mapping[str, Counter[str]]) -> Iterator[Change]:
    """Two hosts of one owner that differ in a letter: one of them is misread."""
    labels = urls.owner_labels(value)
    host = urls.host(value)
    for other, count in sorted(hosts.get(labels[0], Counter()).items()) if labels else ():
        if other != host and OSA.distance(other, host) == 1 and len(other) > len(host):
            after = re.sub(re.escape(host), other, value, count=1, flags=re.IGNORECASE)
            yield _change(entry, "url", after, "url.host", (
                f"{count} readings have the host {other}, {hosts[labels[0]][host]} have {host}; "
                "a letter of a pair is sooner lost than added",), Tier.PROPOSED, 0.6)


# --- dates, identifiers ----------------------------------------------------------------------


def _days(entry: Entry) -> Iterator[Change]:
    for name in _DATES:
        value = entry.get(name)
        if value and not re.fullmatch(r"\d{4}(?:-\d\d){0,2}(?:/.*)?", value):
            iso = dates.iso(value)
            if iso:
                yield _change(entry, name, iso, "date.iso", "dates are written YYYY-MM-DD")
    year = entry.get("year")
    found = re.fullmatch(r"[\[(（]?\s*(\d{4})\s*[年년]?\s*[\])）]?\.?", year)
    if found and found[1] != year:
        yield _change(entry, "year", found[1], "year.form", "a year is four figures")


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
    bare = re.sub(r"^\s*(?:pp?\.|pages?|頁|页|第)\s*|\s*[頁页]\s*$", "", value, flags=re.IGNORECASE)
    if bare != value:
        yield _change(entry, "pages", bare, "pages.form", "the style sets p. and pp.")
    first, last = clean_pages(value)
    if first.isdigit() and last.isdigit() and int(last) < int(first):
        yield _change(entry, "pages", f"{last}--{first}", "pages.order",
                      f"the range runs backwards: {value}", Tier.PROPOSED, 0.6)
        return
    locators = [(one, clean_pages(one.locator)) for one in cited if one.locator]
    if any((start, end) == (first, last) for _, (start, end) in locators) or not first.isdigit():
        return
    seen = set()
    for one, (start, end) in locators:
        if not start.isdigit() or not end.isdigit() or (start, end) in seen:
            continue
        seen.add((start, end))
        if int(first) <= int(start) <= int(end) <= int(last):
            continue
        after = start if start == end else f"{start}-{end}"
        said = f"the text cites {'·'.join(one.names) or entry.key} {one.year}, {one.locator}"
        near = _digits_near((first, last), (start, end))
        facts = (said, f"the entry has {value}") + (
            (f"{near}: one of the two is misprinted",) if near else ())
        yield _change(entry, "pages", after, "pages.locator", facts, Tier.PROPOSED,
                      0.55 if near else 0.4)


def _digits_near(mine: tuple[str, str], theirs: tuple[str, str]) -> str:
    odd = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if odd and all(len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
                   for a, b in odd):
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
            yield _change(entry, "author", names, "name.writer", (
                f"the text cites {'·'.join(one.names)} {one.year}; the list names only "
                f"{people[0].raw.strip('{}')}",), Tier.PROPOSED, 0.7)
            return
