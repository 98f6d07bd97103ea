"""RIS read, of this program (:mod:`edition.bibliography.writing.ris`) and of others."""

from __future__ import annotations

import re

from edition.bibliography.reading import scan
from edition.bibliography.reading.csl import bib_names
from edition.bibliography.types import Entry, Field
from edition.bibliography.values import risterms as terms
from edition.bibliography.values import tags

# Tags as EndNote, Zotero, Scopus, Web of Science and CNKI write them.
_READ = {
    "TI": "title", "T1": "title", "CT": "title", "ST": "shorttitle", "T2": "container",
    "JO": "container", "JF": "container", "BT": "container", "T3": "series", "JA": "shortjournal",
    "J2": "shortjournal", "VL": "volume", "IS": "number", "ET": "edition", "PB": "publisher",
    "CY": "location", "PP": "location", "DO": "doi", "UR": "url", "L2": "url", "SN": "serial",
    "AB": "abstract", "N2": "abstract", "LA": "langid", "C7": "eid", "SE": "chapter",
    "NV": "volumes",
}  # fmt: skip
_READ_PEOPLE = {"AU": "author", "A1": "author", "ED": "editor", "A2": "editor", "A3": "editor",
                "A4": "translator"}  # fmt: skip
_KINDS = {"JOUR": "article", "MGZN": "article", "EJOUR": "article", "NEWS": "newspaper",
          "BOOK": "book", "EBOOK": "book", "WHOLE": "book", "CHAP": "incollection",
          "ECHAP": "incollection", "CONF": "proceedings", "CPAPER": "inproceedings",
          "THES": "thesis", "RPRT": "report", "ELEC": "online", "BLOG": "online", "WEB": "online",
          "STAND": "standard", "ABST": "article", "INPR": "article", "SER": "book",
          "PAMP": "booklet", "MANSCPT": "unpublished"}  # fmt: skip
_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?$")
_NOTE = re.compile(r"([a-z][\w+-]*): (.*)$")


def read(text: str) -> tuple[Entry, ...]:
    """Entries of RIS records. Lines that have no tag continue the one before."""
    records: list[list[tuple[str, str]]] = []
    for line in text.removeprefix("\ufeff").splitlines():
        found = _LINE.match(line)
        if found is None:
            if line.strip() and records and records[-1]:
                tag, value = records[-1][-1]
                records[-1][-1] = (tag, f"{value} {line.strip()}")
        elif found[1] == "TY":
            records.append([("TY", (found[2] or "").strip())])
        elif found[1] != "ER" and records:
            records[-1].append((found[1], (found[2] or "").strip()))
    return tuple(_entry(one, number) for number, one in enumerate(records, 1))


def _entry(record: list[tuple[str, str]], number: int) -> Entry:
    told = dict(reversed(record))
    kind = told.get("M3", "").strip()
    if kind not in scan.KNOWN:
        tag = told.get("TY", "").upper()
        kind = terms.BACK.get(tag) or _KINDS.get(tag, "misc")
    found: dict[str, str] = {}
    people: dict[str, list[str]] = {}
    rest: list[str] = []
    for tag, value in record:
        if not value or tag in ("TY", "ID", "EP", "DA"):
            continue
        note = _NOTE.match(value) if tag == "N1" else None
        if tag in _READ_PEOPLE:
            name = _READ_PEOPLE[tag]
            found.setdefault(name, "")
            people.setdefault(name, []).append(value)
        elif tag in ("PY", "Y1"):
            day = re.sub(r"/(?:/.*)?$", "", told.get("DA") or value).replace("/", "-").strip("-")
            day = day if re.fullmatch(r"\d{4}(-\d\d?){0,2}", day) else value[:4]
            found.setdefault("date" if "-" in day else "year", day)
        elif tag == "Y2":
            found["urldate"] = value.strip("/").replace("/", "-")
        elif tag == "SP":
            end = told.get("EP", "")
            found["pages"] = value + (f"-{end}" if end and end not in value else "")
        elif tag == "KW":
            found["keywords"] = ", ".join(one for one in (found.get("keywords"), value) if one)
        elif note and note[1] == "others":
            people.setdefault(note[2], []).append("others")
        elif note:
            found[note[1]] = _value(note[1], note[2])
        elif tag == "N1":
            rest.append(value)
        elif tag in _READ:
            name = _named(kind, _READ[tag])
            if tag == "TI":  # before T1 and CT
                found.pop("title", None)
            found.setdefault(name, tags.name(value) if name == "langid" else _value(name, value))
        elif tag not in ("M3", "DB", "DP", "AN", "ER", "L1", "L4", "AD"):
            rest.append(f"{tag}: {value}")
    if rest:
        found["note"] = _value("note", "; ".join(rest))
    found |= {name: _joined(values) for name, values in people.items()}
    key = told.get("ID") or f"ris{number}"
    return Entry(key, kind, tuple(Field(*pair) for pair in found.items() if pair[1]))


def _named(kind: str, name: str) -> str:
    """The field of a tag, by type of entry."""
    match name:
        case "container":
            return terms.usual(kind, "T2")
        case "serial":
            return terms.usual(kind, "SN")
        case "publisher":
            return terms.usual(kind, "PB")
        case _:
            return name


def _value(name: str, text: str) -> str:
    return text if name in terms.EXACT else re.sub(r"([&%$#_{}])", r"\\\1", text)


def _joined(values: list[str]) -> str:
    made: list[dict[str, str]] = []
    for one in values:
        if one == "others" or one.endswith(","):
            made.append({"literal": one.removesuffix(",")})
        else:
            family, _, given = one.partition(", ")
            made.append({"family": family, "given": given})
    return bib_names(made)
