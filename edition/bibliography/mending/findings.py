"""What is wrong in a list and can't be mended from it: diagnostics, by entry."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence

from edition.bibliography.matching import clean_doi, clean_pages
from edition.bibliography.mending.names import unmatched
from edition.bibliography.mending.sortorder import disorder
from edition.bibliography.types import Context, Entry, InText, Library
from edition.bibliography.values import dates, persons
from edition.characters import has_han
from edition.diagnostics import Code, Diagnostic, error, info, warning

MISSING = warning("REP005", "An entry lacks a field that its type asks for")
UNDEFINED = error("REP006", "The text cites a key that no entry has")
UNUSED = info("REP007", "An entry is not cited")
CHECKSUM = warning("REP008", "An identifier is not valid")
DATES = warning("REP009", "Dates of an entry contradict each other")
SINGLE = info("REP010", "The page cited stands where the extent of the work is expected")
OTHERWISE = warning("REP011", "The text names an entry’s authors otherwise than the list")
ISSUE = warning("REP012", "An issue number is unlikely")
SERIES = info("REP017", "A university journal is named without its series")
CAPITALS = info("REP018", "A title is capitalised otherwise than those of the list")
ORDER = info("REP013", "An entry stands out of the order of its list")

_RAISED = re.compile("[²³¹⁰⁴-⁹₀-₉①-⑳]")
# Long words that a title in headline style leaves small.
_SMALL = frozenset((
    "about", "above", "after", "against", "along", "among", "around", "before", "behind", "below",
    "beneath", "beside", "between", "beyond", "during", "through", "toward", "towards", "under",
    "underneath", "until", "versus", "within", "without", "since", "where", "while"))  # fmt: skip
# Required fields by type, alternatives parted by "/": biblatex's data model.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "article": ("author", "title", "journal/journaltitle", "year/date"),
    "book": ("author/editor", "title", "publisher", "year/date"),
    "incollection": ("author", "title", "booktitle", "year/date"),
    "inbook": ("author", "title", "booktitle", "year/date"),
    "inproceedings": ("author", "title", "booktitle", "year/date"),
    "phdthesis": ("author", "title", "school/institution", "year/date"),
    "mastersthesis": ("author", "title", "school/institution", "year/date"),
    "thesis": ("author", "title", "school/institution", "year/date", "type"),
    "report": ("author", "title", "institution", "year/date"),
    "techreport": ("author", "title", "institution", "year/date"),
    "online": ("author/editor/organization", "title", "year/date", "url", "urldate"),
}


def find(
    library: Library, context: Context, cited: Mapping[str, Sequence[InText]]
) -> Iterator[Diagnostic]:
    for entry in library.entries:
        yield from _missing(entry)
        yield from _numbers(entry)
        yield from _contradictions(entry)
        yield from _extent(entry, cited.get(entry.key, ()))
        yield from _series(entry)
        yield from _named(entry, cited.get(entry.key, ()))
    yield from _keys(library, context)
    yield from _places(library.entries)
    yield from _capitals(library.entries)
    for entry, fact in disorder(library.entries):
        yield _made(ORDER, entry, "author", fact, "the style sorts the printed list anew")


def _made(code: Code, entry: Entry, name: str, fact: str, hint: str = "") -> Diagnostic:
    field = entry.field(name)
    span = field.span if field is not None and field.span else entry.span
    return Diagnostic(
        code=code, fact=f"{entry.key}: {fact}", span=span, hint=hint, where=f"entry {entry.key}"
    )


def _missing(entry: Entry) -> Iterator[Diagnostic]:
    if "crossref" in entry or "xdata" in entry:
        return
    wanted = REQUIRED.get(entry.type, ())
    lacking = [names for names in wanted if not any(entry.get(name) for name in names.split("/"))]
    if lacking:
        shown = ", ".join(one.replace("/", " or ") for one in lacking)
        yield _made(
            MISSING,
            entry,
            "",
            f"{shown} missing (@{entry.type})",
            "add it to the list, or set it in bib/decisions.toml",
        )


def _numbers(entry: Entry) -> Iterator[Diagnostic]:
    for name, test in (("isbn", isbn_valid), ("issn", issn_valid)):
        value = entry.get(name)
        if value and not test(value):
            yield _made(
                CHECKSUM,
                entry,
                name,
                f"{name.upper()} {value} fails its check digit",
                "compare it with the book",
            )
    if entry.get("doi") and not clean_doi(entry.get("doi")):
        yield _made(CHECKSUM, entry, "doi", f"{entry.get('doi')} is no DOI", "a DOI is 10.…/…")
    number = entry.get("number") or entry.get("issue")
    if (
        entry.type == "article"
        and not entry.get("volume")
        and number.isdecimal()
        and (12 < int(number) < 1000)
        and has_han(entry.get("journal"))
    ):
        yield _made(
            ISSUE,
            entry,
            "number",
            f"issue {number} of {entry.get('journal')} in one year",
            "a monthly has 12 issues; perhaps a running number or a misprint",
        )


def isbn_valid(value: str) -> bool:
    digits = re.sub(r"[\s\-–]", "", value).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return _elevens(digits) == 0
    return (
        bool(re.fullmatch(r"97[89]\d{10}", digits))
        and sum(int(d) * (1, 3)[at % 2] for at, d in enumerate(digits)) % 10 == 0
    )


def issn_valid(value: str) -> bool:
    digits = re.sub(r"[\s\-–]", "", value).upper()
    return bool(re.fullmatch(r"\d{7}[\dX]", digits)) and _elevens(digits) == 0


def _elevens(digits: str) -> int:
    """The digits weighed from their number down to 1, modulo 11; X is ten."""
    return (
        sum((len(digits) - at) * (10 if d == "X" else int(d)) for at, d in enumerate(digits)) % 11
    )


def _contradictions(entry: Entry) -> Iterator[Diagnostic]:
    visited = dates.iso(entry.get("urldate")) or entry.get("urldate")
    if entry.get("urldate") and not re.match(r"\d{4}(-\d\d)?(-\d\d)?$", visited):
        yield _made(DATES, entry, "urldate", f"{entry.get('urldate')} is no day")
    published = dates.of_url(entry.get("url")) or entry.get("date")
    if visited and published and visited[: len(published)] < published:
        yield _made(
            DATES, entry, "urldate", f"visited {visited}, before it was published ({published})"
        )
    year = entry.get("year")
    if year.isdecimal() and entry.get("date")[:4].isdecimal() and entry.get("date")[:4] != year:
        yield _made(DATES, entry, "year", f"year {year}, date {entry.get('date')}")
    for name in ("year", "date"):
        odd = _RAISED.search(entry.get(name))
        if odd:
            yield _made(
                DATES, entry, name, f"“{odd[0]}” in {entry.get(name)} is no figure of a year"
            )
    now = datetime.datetime.now(tz=datetime.UTC).year
    if year.isdecimal() and len(year) == 4 and int(year) > now + 2:
        yield _made(DATES, entry, "year", f"the year {year} is yet to come")


def _places(entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    """Books without a place, in a list that gives it."""
    books = [
        one
        for one in entries
        if one.get("publisher")
        and one.type
        in ("book", "incollection", "inbook", "collection", "inproceedings", "proceedings")
    ]
    bare = [
        one
        for one in books
        if not (one.get("location") or one.get("address"))
        and not ("crossref" in one or "xdata" in one)
    ]
    having = len(books) - len(bare)
    if having and having >= len(bare):
        for one in bare:
            yield _made(
                MISSING,
                one,
                "publisher",
                f"location missing, though the list has it of other books ({having})",
                "add the place of publication",
            )


def _capitals(entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    """Western titles in sentence style among four times as many in headline style, or the
    reverse."""
    high: set[str] = set()
    low: set[str] = set()
    for one in entries:
        title = one.get("title")
        words = [] if has_han(title) else re.findall(r"(?<![\w.{])[^\W\d_]{5,}", title)[1:]
        small = [word for word in words if word[0].islower() and word not in _SMALL]
        if len(words) > 2 and len(small) != 1:
            (low if small else high).add(one.key)
    odd, style = (
        (low, "sentence")
        if len(low) * 4 <= len(high)
        else ((high, "headline") if len(high) * 4 <= len(low) else (set(), ""))
    )
    for one in entries:
        if one.key in odd:
            yield _made(CAPITALS, one, "title", f"a title in {style} style among others")


def _extent(entry: Entry, cited: Sequence[InText]) -> Iterator[Diagnostic]:
    pages = entry.get("pages")
    shown = "give first and last page; the page cited belongs to the citation"
    if entry.type in ("article", "incollection", "inproceedings"):
        if re.fullmatch(r"\d{1,4}", pages):
            yield _made(
                SINGLE,
                entry,
                "pages",
                f"page {pages} is a page cited, not the extent of the work",
                shown,
            )
        elif _brief(entry, cited):
            yield _made(
                SINGLE,
                entry,
                "pages",
                f"pages {pages} are few for the whole work; perhaps the pages cited",
                shown,
            )
    elif entry.type == "book" and re.fullmatch(r"\d{1,4}", pages):
        yield _made(SINGLE, entry, "pages", f"page {pages} of a whole book is a page cited")


def _brief(entry: Entry, cited: Sequence[InText]) -> bool:
    """Two or three pages of a Chinese journal, or up to four that the text cites as just these."""
    first, last = clean_pages(entry.get("pages"))
    if not (first.isdecimal() and last.isdecimal()) or not 0 < int(last) - int(first) <= 3:
        return False
    if any(clean_pages(one.locator) == (first, last) for one in cited if one.locator):
        return True
    return int(last) - int(first) < 3 and has_han(entry.get("journal"))


def _series(entry: Entry) -> Iterator[Diagnostic]:
    """Most journals of Chinese universities come in several series of their own volumes."""
    journal = entry.get("journal") or entry.get("journaltitle")
    if re.search(r"(?:大學|大学|學院|学院)(?:學報|学报)$", journal):
        yield _made(
            SERIES,
            entry,
            "journal",
            f"{journal} appears in several series, as a rule",
            "add it: 哲學社會科學版, 自然科學版 …",
        )


def _named(entry: Entry, cited: Sequence[InText]) -> Iterator[Diagnostic]:
    missing = unmatched(entry, cited)
    if missing:
        yield _made(
            OTHERWISE,
            entry,
            "author",
            f"a citation in the text leaves out {', '.join(missing)}",
            "add the name to the citation",
        )
    people = persons(entry.get("author"))
    for one in cited:
        if people and not people[0].body and one.names and (has_han(one.names[0]) != people[0].han):
            yield _made(
                OTHERWISE,
                entry,
                "author",
                f"the text cites {one.names[0]} {one.year}, the list has {people[0].raw}",
                "write the name in one script, or both",
            )


def _keys(library: Library, context: Context) -> Iterator[Diagnostic]:
    if not context.cited:
        return
    keys = {one.key for one in library.entries} | set(library.aliases)
    for key in sorted(context.cited - keys):
        yield Diagnostic(
            code=UNDEFINED, fact=f"the text cites {key}, which no entry has", where=f"entry {key}"
        )
    used = {library.aliases.get(key, key) for key in context.cited}
    for entry in library.entries:
        if entry.key not in used:
            yield _made(UNUSED, entry, "", "no citation in the text has it")
