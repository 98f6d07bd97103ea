"""A pasted reference list → references with fields: :func:`read_list`.

The formats are those of :mod:`.formats`. What can't be read is reported with its line and kept word
for word; no line is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.bibliography.reading.lists.builder import FieldPiece, ItemReading
from edition.bibliography.reading.lists.formats import read
from edition.bibliography.reading.lists.items import Dropped, ListedReference
from edition.bibliography.reading.lists.keys import key_of
from edition.bibliography.reading.lists.lines import items, parted
from edition.bibliography.reading.lists.remains import leftover
from edition.bibliography.reading.lists.seams import sources
from edition.bibliography.types import Entry, Field, Library, Quarantined
from edition.diagnostics import Diagnostic, Outcome, error, info, warning
from edition.source import SourceFile

UNREAD = error("IMP050", "reference of a list that cannot be read")
DROPPED = info("IMP051", "line of a list that is no part of a reference")
HYPHEN = info("IMP052", "URL rejoined at a hyphen")
EMPTY = error("IMP053", "list without a reference")
INCOMPLETE = warning("IMP054", "reference that is read in part")

# Kinds of GB/T 7714 that BibLaTeX names otherwise.
_TYPES = {"newspaper": "article"}
_DAY = re.compile(r"(\d{4})\s*[年년.\-/]\s*(\d{1,2})\s*[月월.\-/]\s*(\d{1,2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = re.compile(
    r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})|"
    r"(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})")

LONGEST = 5_000  # characters of a reference; patterns take time with the square of it

# An item, its reading if it follows a format, and the words of it that stand in no field.
_Read = tuple[ListedReference, ItemReading | None, list[str]]


def read_list(source: SourceFile) -> Outcome[Library]:
    """Read a pasted list: ``entries`` in order with ``foundin`` (heading and number in the list),
    what follows no known format among ``quarantined``. ``span`` of an entry covers it in the
    list, so that ``entry.raw`` is its text as it stands. Diagnostics: IMP050 (unread), IMP051
    (debris), IMP052 (hyphen in a URL), IMP053 (nothing found), IMP054 (no date, words left)."""
    return read_items(source)[0]


def read_items(source: SourceFile) -> tuple[Outcome[Library], tuple[Dropped, ...]]:
    """:func:`read_list`, and the lines of the list that are no part of a reference."""
    listed, dropped = items(source)
    found: list[Diagnostic] = [
        Diagnostic(code=DROPPED, span=one.span, fact=f"dropped as {one.why}: “{one.span.text}”")
        for one in dropped if one.why != "heading"
    ]  # fmt: skip
    entries: list[Entry] = []
    unread: list[Quarantined] = []
    keys: set[str] = set()
    counts: dict[str, int] = {}
    for item, reading, rest in (made for one in listed for part in sources(one.squeezed())
                                for made in _read(part)):  # fmt: skip
        counts[item.section] = counts.get(item.section, 0) + 1
        if reading is None:
            unread.append(Quarantined("", "it follows no known format", item.span()))
            found.append(_unread(item))
            continue
        entry = _entry(item, reading, keys, counts[item.section])
        entries.append(entry)
        found += [*_parts(item, entry, rest), *_remarks(item, entry)]
    if not entries and not unread:
        fact = f"{source.path} holds no reference"
        found.append(Diagnostic(code=EMPTY, span=source.span(0), fact=fact))
    library = Library(entries=tuple(entries), quarantined=tuple(unread), source=source,
                      found=len(entries) + len(unread))  # fmt: skip
    return Outcome(library, tuple(found)), dropped


def _read(item: ListedReference) -> list[_Read]:
    """The item as it reads; or its parts, where fewer of its words stay out of the fields so."""
    whole = _alone(item)
    if len(item.text) > LONGEST:
        return [whole]
    made = [_alone(one) for one in parted(item)]
    if len(made) < 2:
        return [whole]
    fewer = _unused(made) < _unused([whole])
    return made if fewer or all(_full(one) for one in made) else [whole]


def _full(made: _Read) -> bool:
    """Whether the part says all that a reference has to."""
    _, reading, rest = made
    if reading is None or rest:
        return False
    if reading.style == "body-url" and not any(one.name == "urldate" for one in reading.pieces):
        return False  # the end of the reference above it
    names = {one.name for one in reading.pieces}
    where = {"journal", "booktitle", "publisher", "institution", "organization", "url", "location",
             "number"}  # fmt: skip
    return bool(names & {"title", "url"} and names & {"date", "year", "url", "pubstate"} and
                names & where)  # fmt: skip


def _alone(item: ListedReference) -> _Read:
    """No reading where more of it stays out of the fields than goes into them."""
    reading = read(item) if len(item.text) <= LONGEST else None
    rest = leftover(item, reading) if reading else []
    if reading is None or sum(map(len, rest)) * 2 > len(item.text):
        return item, None, [item.text]
    return item, reading, rest


def _unused(made: Sequence[_Read]) -> int:
    return sum(len(one) for _, _, rest in made for one in rest)


def as_bib(library: Library) -> str:
    """The library as a ``.bib`` file. Above each entry stands its reference as the list has it, so
    that nothing of the list is lost; references that cannot be read stand so alone."""
    parts: list[tuple[int, str]] = []
    for one in library.quarantined:
        text = f"% line {one.span.line}, not read: {_comment(one.raw)}\n"
        parts.append((one.span.start, text))
    for entry in library.entries:
        lead = f"% line {entry.line}: {_comment(entry.raw)}\n" if entry.span else ""
        rows = "".join(f"  {one.name} = {{{_braced(one.value)}}},\n" for one in entry.fields)
        parts.append((entry.start, f"{lead}@{entry.type}{{{entry.key},\n{rows}}}\n"))
    return "\n".join(text for _, text in sorted(parts, key=lambda part: part[0]))


def _comment(text: str) -> str:
    """On one line, and without the sign that begins an entry even in a comment."""
    return re.sub(r"\s+", " ", text).strip().replace("@", "\uff20")


def _braced(value: str) -> str:
    """Braces of a field must pair; those that don't are written as commands."""
    depth, lowest = 0, 0
    for char in value:
        depth += (char == "{") - (char == "}")
        lowest = min(lowest, depth)
    if depth or lowest:
        value = value.replace("{", r"\textbraceleft ").replace("}", r"\textbraceright ")
    return re.sub(r"(?<!\\)([%&#])", r"\\\1", value) if "://" not in value else value


def _unread(item: ListedReference) -> Diagnostic:
    shown = item.text if len(item.text) <= 60 else item.text[:59] + "…"
    if len(item.text) > LONGEST:
        return Diagnostic(
            code=UNREAD, span=item.span(),
            fact=f"“{shown}” is longer than {LONGEST:,} characters: no reference",
            hint="begin each reference on a line of its own")  # fmt: skip
    return Diagnostic(
        code=UNREAD, span=item.span(), fact=f"“{shown}” follows no known format",
        hint="set it in GB/T 7714, APA, Chicago, MLA, Vancouver or in a style of history; "
             "it is kept word for word in a comment")  # fmt: skip


def _parts(item: ListedReference, entry: Entry, rest: Sequence[str]) -> list[Diagnostic]:
    return [Diagnostic(code=INCOMPLETE, span=item.span(), where=f"entry {entry.key}",
                       fact=f"“{one}” of {entry.key} stands in no field",
                       hint="set it by hand; the reference is kept word for word in a comment")
            for one in rest]  # fmt: skip


def _remarks(item: ListedReference, one: Entry) -> list[Diagnostic]:
    found = []
    for at in item.joins:
        around = item.text[max(0, at - 18) : at + 19]
        found.append(Diagnostic(
            code=HYPHEN, span=item.span(at, at + 1), where=f"entry {one.key}",
            fact=f"the line ended at a hyphen in “{around}”; it was kept",
            hint="check the URL: the hyphen may be the page's, not the address's"))  # fmt: skip
    if one.type == "online" and not one.get("urldate"):
        found.append(
            Diagnostic(
                code=INCOMPLETE,
                span=item.span(),
                where=f"entry {one.key}",
                fact=f"{one.key} names no day on which the page was visited",
            )
        )
    elif one.type != "online" and not (one.get("year") or one.get("date")):
        found.append(Diagnostic(code=INCOMPLETE, span=item.span(), where=f"entry {one.key}",
                                fact=f"{one.key} has no year"))  # fmt: skip
    return found


def _entry(item: ListedReference, reading: ItemReading, keys: set[str], position: int) -> Entry:
    fields = [
        Field(one.name, _value(one), item.text[one.start : one.end],
              item.span(one.start, one.end))
        for one in reading.pieces if one.name
    ]  # fmt: skip
    place = f"{item.section}, {item.number or position}" if item.section else str(position)
    fields.append(Field("foundin", place))
    wanted = key_of(reading)
    key, letter = wanted, ord("a")
    while key in keys:
        letter += 1
        key = f"{wanted}{chr(letter)}" if letter <= ord("z") else f"{wanted}-{letter}"
    keys.add(key)
    return Entry(key, _TYPES.get(reading.type, reading.type), tuple(fields), item.span())


def _value(one: FieldPiece) -> str:
    """As found; days are written as BibLaTeX reads them."""
    return day(one.value) if one.name in ("urldate", "date") else one.value


def day(text: str) -> str:
    """A day in Chinese, Korean or English as ``2024-12-30``; else ``text``."""
    if found := _DAY.search(text):
        year, month, number = found.groups()
    elif found := _YEAR_FIRST.search(text):
        year, name, number = found.groups()
        if name.lower() not in _MONTHS:
            return text
        month = str(_MONTHS.index(name.lower()) + 1)
    elif found := _WORDS.search(text):
        name = (found[1] or found[5]).lower()
        if name not in _MONTHS:
            return text
        year, number = found[3] or found[6], found[2] or found[4]
        month = str(_MONTHS.index(name) + 1)
    else:
        return text
    return f"{year}-{int(month):02}-{int(number):02}"
