"""A pasted reference list → references with fields: :func:`read_list`.

Formats: GB/T 7714 (numbered or not), the style of Korean and Chinese journals
(``侯冠華 (2024) "…" *國際論壇*. No.1,p.118.``), a body with a URL and the day of the visit in
Chinese, Korean or English, Chicago author-date and notes. What can't be read is reported with
its line and kept word for word; no line is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from edition.diagnostics import Diagnostic, Outcome, error, info, warning
from edition.importers.references_formats import Reading, read
from edition.importers.references_lines import Dropped, Item, items, sources
from edition.source import SourceFile, Span

UNREAD = error("LST001", "a reference of the list can't be read")
DROPPED = info("LST002", "a line of the list is no part of a reference")
HYPHEN = info("LST003", "a URL was rejoined at a hyphen")
EMPTY = error("LST004", "no reference was found in the list")
INCOMPLETE = warning("LST005", "a reference of the list lacks its access date or its year")


@dataclass(frozen=True, slots=True)
class ListedField:
    """``value`` as it goes into a field; ``span`` where it stands in the list."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedReference:
    """One reference. ``type`` and field names are BibLaTeX's; ``key`` is unique in the list:
    first surname (Chinese in pinyin) and year, or body and words of the URL."""

    key: str
    type: str
    fields: tuple[ListedField, ...]
    text: str
    span: Span
    number: str = ""  # as the list numbers it
    section: str = ""  # heading above it in the list
    format: str = ""

    def get(self, name: str) -> str:
        return next((one.value for one in self.fields if one.name == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceList:
    """What a list holds: references in order, what could not be read, lines that are debris."""

    references: tuple[ListedReference, ...]
    unread: tuple[Item, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def read_list(source: SourceFile) -> Outcome[ReferenceList]:
    """Read a pasted list. Diagnostics: LST001 (unread), LST002 (debris), LST003 (hyphen in a
    URL), LST004 (nothing found), LST005 (no date). ``references`` and ``unread`` together hold
    every source the list names."""
    listed, dropped = items(source)
    found: list[Diagnostic] = [
        Diagnostic(code=DROPPED, span=one.span, fact=f"dropped as {one.why}: “{one.span.text}”")
        for one in dropped if one.why != "heading"
    ]
    references: list[ListedReference] = []
    unread: list[Item] = []
    keys: set[str] = set()
    for item in (part for one in listed for part in sources(one)):
        reading = read(item)
        if reading is None:
            unread.append(item)
            found.append(_unread(item))
            continue
        one = _reference(item, reading, keys)
        references.append(one)
        found += _remarks(item, one)
    if not references and not unread:
        found.append(Diagnostic(code=EMPTY, span=source.span(0),
                                fact=f"{source.path} holds no reference"))
    value = ReferenceList(references=tuple(references), unread=tuple(unread), dropped=dropped)
    return Outcome(value, tuple(found))


def _unread(item: Item) -> Diagnostic:
    shown = item.text if len(item.text) <= 60 else item.text[:59] + "…"
    return Diagnostic(
        code=UNREAD, span=item.span(), fact=f"“{shown}” follows no known format",
        hint="set it in GB/T 7714, author (year) “title”, body + URL, or Chicago form; "
             "it is kept word for word among the quarantined entries")


def _remarks(item: Item, one: ListedReference) -> list[Diagnostic]:
    found = []
    for at in item.joins:
        around = item.text[max(0, at - 18) : at + 19]
        found.append(Diagnostic(
            code=HYPHEN, span=item.span(at, at + 1), where=f"entry {one.key}",
            fact=f"the line ended at a hyphen in “{around}”; it was kept",
            hint="check the URL: the hyphen may be the page's, not the address's"))
    if one.type == "online" and not one.get("urldate"):
        found.append(Diagnostic(code=INCOMPLETE, span=item.span(), where=f"entry {one.key}",
                                fact=f"{one.key} names no day on which the page was visited"))
    elif one.type != "online" and not (one.get("year") or one.get("date")):
        found.append(Diagnostic(code=INCOMPLETE, span=item.span(), where=f"entry {one.key}",
                                fact=f"{one.key} has no year"))
    return found


def _reference(item: Item, reading: Reading, keys: set[str]) -> ListedReference:
    fields = tuple(ListedField(one.name, one.value, item.span(one.start, one.end))
                   for one in reading.pieces)
    wanted = _key(reading)
    key, letter = wanted, ord("a")
    while key in keys:
        letter += 1
        key = f"{wanted}{chr(letter)}" if letter <= ord("z") else f"{wanted}-{letter}"
    keys.add(key)
    return ListedReference(key=key, type=reading.type, fields=fields, text=item.text,
                           span=item.span(), number=item.number, section=item.section,
                           format=reading.format)


def _key(reading: Reading) -> str:
    values = {one.name: one.value for one in reading.pieces}
    year = re.search(r"\d{4}[a-z]?", values.get("year") or values.get("date") or "")
    if values.get("author"):
        name = surname(values["author"].split(" and ")[0])
        return f"{name}{year.group() if year else ''}" or "entry"
    body = latin(values.get("organization") or values.get("title") or "")
    initials = "".join(word[0] for word in body.split() if word)
    head = body.replace(" ", "") if len(body) <= 12 else initials
    slug = _slug(values.get("url", ""))
    return "-".join(part for part in (head, slug) if part) or "entry"


def _slug(url: str) -> str:
    """The first words of the last telling part of a URL's path."""
    for part in reversed(urlsplit(url).path.split("/")):
        words = re.findall(r"[a-z]{2,}", part.lower().rsplit(".", 1)[0])
        if len(words) >= 2:
            return "-".join(words[:3])
    digits = re.findall(r"\d+", urlsplit(url).path)
    return digits[-1] if digits else ""


def surname(name: str) -> str:
    """The family name of one name, in lower-case ASCII letters; Chinese in pinyin."""
    if re.match(r"[\u3400-\u9fff]", name):
        return latin(name[:1])
    last = name.split(",")[0] if "," in name else name.split()[-1] if name.split() else ""
    return latin(last).replace(" ", "")


def latin(text: str) -> str:
    """``text`` in lower-case ASCII letters and digits, words apart; Chinese in pinyin."""
    import unicodedata

    if re.search(r"[\u3400-\u9fff]", text):
        from pypinyin import lazy_pinyin

        text = " ".join(lazy_pinyin(text))
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))
