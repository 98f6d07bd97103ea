"""NBIB, the format of PubMed: read."""

from __future__ import annotations

import re

from edition.bibliography.reading import csl
from edition.bibliography.types import Entry, Field
from edition.bibliography.values import tags

_LINE = re.compile(r"([A-Z]{2,4})\s*- (.*)$")
_FIELDS = {"TI": "title", "BTI": "title", "JT": "journal", "TA": "shortjournal", "VI": "volume",
           "IP": "number", "PG": "pages", "AB": "abstract", "PB": "publisher",
           "PMID": "pmid", "PMC": "pmcid", "CTI": "booktitle", "EN": "edition"}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TYPES = {"Book Chapter": "incollection", "Book": "book", "Preprint": "article"}


def read(text: str) -> tuple[Entry, ...]:
    """Entries of a file; lines that begin with white space continue the one before."""
    records: list[list[tuple[str, str]]] = []
    for line in text.removeprefix("\ufeff").splitlines():
        found = _LINE.match(line)
        if found and (found[1] == "PMID" or not records):
            records.append([])
        if found:
            records[-1].append((found[1], found[2].strip()))
        elif line[:1].isspace() and line.strip() and records and records[-1]:
            tag, value = records[-1][-1]
            records[-1][-1] = (tag, f"{value} {line.strip()}")
    return tuple(_entry(one, number) for number, one in enumerate(records, 1))


def _entry(record: list[tuple[str, str]], number: int) -> Entry:
    fields: dict[str, str] = {}
    full = [value for tag, value in record if tag == "FAU"]
    people = [_name(one) for one in full or [value for tag, value in record if tag == "AU"]]
    people += [f"{{{csl.tex(value)}}}" for tag, value in record if tag == "CN"]
    if people:
        fields["author"] = " and ".join(people)
    editors = [_name(value) for tag, value in record if tag in ("FED", "ED")]
    if editors:
        fields["editor"] = " and ".join(editors)
    for tag, value in record:
        name = _FIELDS.get(tag, "")
        if name == "title":
            value = value.removesuffix(".")
        if name:
            fields.setdefault(name, csl.tex(value))
        elif tag in ("LID", "AID") and value.endswith("[doi]"):
            fields.setdefault("doi", value.removesuffix("[doi]").strip())
        elif tag == "DP":
            fields |= _date(value)
        elif tag == "LA":
            fields.setdefault("langid", tags.name(value))
        elif tag == "IS":
            fields.setdefault("issn", value.split(" ")[0])
        elif tag == "OT":
            words = (fields.get("keywords"), csl.tex(value.lstrip("*")))
            fields["keywords"] = ", ".join(one for one in words if one)
    kinds = [_TYPES[value] for tag, value in record if tag == "PT" and value in _TYPES]
    kind = "article" if fields.get("journal") else (kinds or ["misc"])[0]
    key = f"pmid{fields['pmid']}" if fields.get("pmid") else f"nbib{number}"
    return Entry(key, kind, tuple(Field(*pair) for pair in fields.items()))


def _name(value: str) -> str:
    """``Watson, James D`` as it stands; ``Watson JD`` with a comma."""
    if "," in value:
        return csl.tex(value)
    found = re.fullmatch(r"(.+?) ([A-Z]{1,4})(?: (Jr|Sr|2nd|3rd))?", value)
    return csl.tex(f"{found[1]}, {found[2]}" if found else value)


def _date(value: str) -> dict[str, str]:
    found = re.match(r"(\d{4})(?:\s+([A-Za-z]{3})[a-z]*(?:-[A-Za-z]+)?(?:\s+(\d{1,2}))?)?", value)
    if not found:
        return {}
    month = (found[2] or "").lower()
    if month not in _MONTHS:
        return {"year": found[1]}
    day = f"-{int(found[3]):02}" if found[3] else ""
    return {"date": f"{found[1]}-{_MONTHS.index(month) + 1:02}{day}"}
