"""EndNote XML: read. Declarations of a document type, by which a file can grow without end or reach
other files, are refused."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from edition.bibliography.reading import csl
from edition.bibliography.types import Entry, Field
from edition.bibliography.values import tags

_KINDS = {
    "journal article": "article", "electronic article": "article", "magazine article": "article",
    "newspaper article": "newspaper", "book": "book", "edited book": "book",
    "electronic book": "book",
    "book section": "incollection", "electronic book section": "incollection",
    "conference paper": "inproceedings", "conference proceedings": "proceedings",
    "thesis": "thesis", "report": "report", "web page": "online", "blog": "online",
    "patent": "patent", "standard": "standard", "dataset": "dataset",
    "computer program": "software", "manuscript": "unpublished",
}  # fmt: skip
_PATHS = {
    "title": "titles/title", "shorttitle": "titles/short-title", "volume": "volume",
    "number": "number", "pages": "pages", "edition": "edition", "publisher": "publisher",
    "location": "pub-location", "doi": "electronic-resource-num", "abstract": "abstract",
    "note": "notes", "urldate": "access-date", "type": "work-type", "langid": "language",
}  # fmt: skip
_PEOPLE = {"author": "contributors/authors/author",
           "editor": "contributors/secondary-authors/author",
           "translator": "contributors/subsidiary-authors/author"}  # fmt: skip


def read(text: str) -> tuple[Entry, ...]:
    """Entries of the records. Raises ``ValueError`` for what is no EndNote XML."""
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text):
        raise ValueError("a document type is declared, which is not read")
    try:
        root = ElementTree.fromstring(text.removeprefix("\ufeff").strip())  # noqa: S314  (no DTD)
    except ElementTree.ParseError as fault:
        raise ValueError(f"it is no XML: {fault}") from fault
    records = [*root.iter("record")]
    if not records:
        raise ValueError("it holds no <record> of EndNote")
    return tuple(_entry(one, number) for number, one in enumerate(records, 1))


def _text(record: ElementTree.Element, path: str) -> str:
    found = record.find(path)
    return re.sub(r"\s+", " ", "".join(found.itertext())).strip() if found is not None else ""


def _entry(record: ElementTree.Element, number: int) -> Entry:
    told = record.find("ref-type")
    kind = _KINDS.get((told.get("name") or "").lower() if told is not None else "", "misc")
    fields: dict[str, str] = {}
    for name, path in _PEOPLE.items():
        people = ["".join(one.itertext()).strip() for one in record.iterfind(path)]
        if people:
            fields[name] = " and ".join(_name(one) for one in people if one)
    for name, path in _PATHS.items():
        value = _text(record, path)
        if value:
            exact = name in ("doi", "urldate")
            fields[name] = value if exact else csl.tex(value)
    container = _text(record, "titles/secondary-title") or _text(record, "periodical/full-title")
    if container:
        part = kind in ("incollection", "inproceedings")
        fields["booktitle" if part else "journal" if kind in ("article", "newspaper") else
               "series"] = csl.tex(container)  # fmt: skip
    _dates(fields, record)
    serial = _text(record, "isbn")
    if serial:
        fields["issn" if kind == "article" else "isbn"] = serial
    url = _text(record, "urls/related-urls/url") or _text(record, "urls/web-urls/url")
    if url:
        fields["url"] = url
    if "langid" in fields:
        fields["langid"] = tags.name(fields["langid"])
    words = ["".join(one.itertext()).strip() for one in record.iterfind("keywords/keyword")]
    if words:
        fields["keywords"] = csl.tex(", ".join(words))
    if kind in ("thesis", "report") and "publisher" in fields:
        fields["institution"] = fields.pop("publisher")
    key = _text(record, "label") or f"endnote{_text(record, 'rec-number') or number}"
    return Entry(key, kind, tuple(Field(*pair) for pair in fields.items()))


def _dates(fields: dict[str, str], record: ElementTree.Element) -> None:
    year = _text(record, "dates/year")
    if year:
        fields["year"] = csl.tex(year)
    day = _text(record, "dates/pub-dates/date")
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", day):
        fields.pop("year", None)
        fields["date"] = day


def _name(value: str) -> str:
    """``Family, Given``; a body ends in a comma."""
    if value.endswith(","):
        return f"{{{csl.tex(value.rstrip(','))}}}"
    return csl.tex(value)
