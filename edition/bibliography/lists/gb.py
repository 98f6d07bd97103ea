"""References as GB/T 7714 has them, by the mark of their kind."""

from __future__ import annotations

import re

from edition.bibliography.lists.builder import PAGES, YEAR, Builder, Reading
from edition.bibliography.lists.items import Item
from edition.bibliography.lists.seams import URL

MARK = r"[\[［](?P<mark>[A-Z]{1,2})(?:/(?P<medium>[A-Z]{2}))?[\]］]"
GB_HEAD = re.compile(
    rf"""^(?P<author>[^.．［\[]+(?:\.\s?[A-Z]\b[^.．［\[]*)*?)[.．]\s*
    (?:(?P<year>{YEAR}[a-z]?)[.．]\s*)?(?P<title>[^\[［]+?)\s*{MARK}\s*""",
    re.VERBOSE,
)
GB_BARE = re.compile(rf"^(?P<title>[^\[［]+?)\s*{MARK}\s*")
GB_TYPES = {
    "J": "article",
    "M": "book",
    "C": "proceedings",
    "D": "thesis",
    "R": "report",
    "S": "standard",
    "P": "patent",
    "N": "newspaper",
    "EB": "online",
    "DB": "dataset",
    "G": "collection",
    "A": "incollection",
    "Z": "misc",
    "CP": "software",
}
GB_SERIAL = re.compile(
    rf"""^[.．,，]?\s*(?P<journal>[^,，.:：\d][^,，:：]*?)[,，]\s*(?P<year>{YEAR})
    (?:\s*[-–]\s*(?P<md>\d{{2}}-\d{{2}})\s*(?:[(（](?P<edition>\d+)[)）])?)?
    (?:\s*[,，]\s*(?:Vol\.?\s*)?(?P<volume>\d+))?\s*(?:[,，]?\s*[(（](?P<number>[^()（）]+)[)）])?
    (?:\s*[:：]\s*(?P<pages>{PAGES}))?\s*""",
    re.VERBOSE,
)
GB_SERIAL_YEAR_FIRST = re.compile(
    rf"""^[.．,，]?\s*(?P<journal>[^,，.:：\d][^,，:：]*?)[,，]\s*(?P<volume>\d+)?\s*
    (?:[(（](?P<number>[^()（）]+)[)）])?(?:\s*[:：]\s*(?P<pages>{PAGES}))\s*""",
    re.VERBOSE,
)
GB_IMPRINT = re.compile(
    rf"""^[.．,]?\s*(?:(?P<translator>[^.．,，]{{2,40}}?)[,，]\s*(?:譯|译|trans)\s*[.．]\s*)?
    (?:(?P<edition>第?\s*[\d一二三四五六七八九十]+\s*(?:版|th\ ed|nd\ ed|rd\ ed|st\ ed))[.．]\s*)?
    (?:(?P<location>[^.．,，:：\[\]]{{1,40}}?)\s*[:：]\s*)?(?P<publisher>[^,，\[\]:：]{{2,80}}?)
    (?:[,，]\s*(?P<year>{YEAR}))?(?:\s*[:：]\s*(?P<pages>{PAGES}))?\s*(?=[.．\[［]|$)""",
    re.VERBOSE,
)
GB_DATE = re.compile(rf"[(（](?P<date>{YEAR}-\d\d(?:-\d\d)?)[)）]")
GB_SEEN = re.compile(rf"[\[［](?P<urldate>{YEAR}-\d{{1,2}}-\d{{1,2}})[\]］]")
GB_DOI = re.compile(r"DOI\s*[:：]\s*(?P<doi>10\.\d{4,9}/[^\s]+?)[.。]?\s*$", re.IGNORECASE)


# ``//编者. 文集名[C]. 北京: 出版社, 2018: 1-9``; what looks like an imprint is no book.
GB_HOST = re.compile(
    rf"""\s*(?:(?P<editor>[^.．]{{2,60}}?)[.．]\s*(?=\S))?
    (?![^.．:：]{{1,40}}[:：][^.．]*[,，]\s*{YEAR})
    (?P<booktitle>(?:[^.．\[\]［］]|\.(?=\d))+?)(?:\s*{MARK})?\s*[.．](?!\d)\s*""",
    re.VERBOSE,
)


def gb7714(item: Item) -> Reading | None:
    """GB/T 7714, by the mark of its kind: [J], [M], [EB/OL] …"""
    text = item.text
    found = GB_HEAD.match(text) or GB_BARE.match(text)
    if not found:
        return None
    build = Builder(item)
    if "author" in found.groupdict():
        build.people("author", found.start("author"), found.end("author"), inverted=True)
        build.group(found, "year")
    build.group(found, "title")
    kind = GB_TYPES.get(found.group("mark"), "misc")
    at = found.end()
    if text[at : at + 2] == "//":
        at, kind = _host(build, text, at + 2, kind)
    _imprint(build, text, at, kind)
    return build.reading(kind, "GB/T 7714")


def _host(build: Builder, text: str, at: int, kind: str) -> tuple[int, str]:
    """The book that the part stands in."""
    host = GB_HOST.match(text, at)
    if not host:
        return at, kind
    if host.group("editor"):
        build.people("editor", host.start("editor"), host.end("editor"), inverted=True)
    build.put("booktitle", host.start("booktitle"), host.end("booktitle"))
    meeting = kind == "proceedings" or host.group("mark") == "C"
    return host.end(), "inproceedings" if meeting else "incollection"


def _imprint(build: Builder, text: str, at: int, kind: str) -> None:
    """Journal or publisher, day, visit, identifiers: what stands after the mark."""
    rest = text[at:]
    names = {piece.name for piece in build.pieces}
    serial = GB_SERIAL.match(rest) if kind in ("article", "newspaper") else None
    if serial is None and kind in ("article", "newspaper") and "year" in names:
        serial = GB_SERIAL_YEAR_FIRST.match(rest)
    dated = GB_DATE.search(rest)
    link = URL.search(rest)
    before = min([one.start() for one in (dated, link) if one] or [len(rest)])
    found = serial or GB_IMPRINT.match(rest[:before].rstrip(".． "))
    if found:
        _named(build, found, at, names, kind)
    if serial and serial.groupdict().get("md"):
        build.put("date", at + serial.start("year"), at + serial.end("md"))
        build.pieces = [one for one in build.pieces if one.name != "year"]
    for pattern, name in ((GB_DATE, "date"), (GB_SEEN, "urldate"), (GB_DOI, "doi")):
        one = pattern.search(rest)
        if one:
            build.put(name, at + one.start(name), at + one.end(name))
    if link:
        url = link.group().rstrip(".")
        build.put("url", at + link.start(), at + link.start() + len(url))


def _named(build: Builder, found: re.Match[str], at: int, names: set[str], kind: str) -> None:
    for name in found.groupdict():
        if not found.group(name) or name in {"md", *names}:
            continue
        start, end = at + found.start(name), at + found.end(name)
        if name == "translator":
            build.people(name, start, end)
        else:
            role = "institution" if kind in ("thesis", "report") and name == "publisher" else name
            build.put(role, start, end)
