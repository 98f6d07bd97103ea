"""RIS, the format of EndNote and reference databases: written, and read back.

Fields that RIS has no tag for stand as notes, ``N1  - name: value``, and are read back from there;
the BibTeX type and key as ``M3`` and ``ID``; what this program keeps for itself is left out. RIS is
plain text: TeX has become characters. Records of other programs are read by :data:`_READ`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from edition.bibliography import scan, tags
from edition.bibliography.csl import NOBODY, bib_names, names, rich
from edition.bibliography.dates import iso
from edition.bibliography.types import Entry, Field

_TYPES = {
    "article": "JOUR", "book": "BOOK", "incollection": "CHAP", "online": "ELEC",
    "inproceedings": "CPAPER", "phdthesis": "THES", "techreport": "RPRT", "newspaper": "NEWS",
    "misc": "GEN", "unpublished": "UNPB", "patent": "PAT", "standard": "STAND",
    "dataset": "DATA", "software": "COMP", "periodical": "JFULL", "video": "VIDEO",
    "collection": "EDBOOK", "proceedings": "CONF", "inbook": "CHAP", "thesis": "THES",
    "mastersthesis": "THES", "report": "RPRT", "manual": "BOOK",
}  # fmt: skip
_BACK = {tag: kind for kind, tag in reversed(_TYPES.items())}
_PEOPLE = {"author": "AU", "editor": "A2", "translator": "A4"}
_TAGS = {
    "title": "TI", "shorttitle": "ST", "journal": "T2", "journaltitle": "T2", "booktitle": "T2",
    "series": "T3", "volume": "VL", "number": "IS", "edition": "ET", "publisher": "PB",
    "school": "PB", "institution": "PB", "location": "CY", "address": "CY", "doi": "DO",
    "url": "UR", "isbn": "SN", "issn": "SN", "abstract": "AB", "langid": "LA", "language": "LA",
    "organization": "PB",
}  # fmt: skip
_PRIVATE = frozenset(("foundin", "citedas", "ids", "sortkey", "sortname", "crossref", "related"))
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
_PUBLISHERS = {"phdthesis": "school", "mastersthesis": "school", "thesis": "institution",
               "techreport": "institution", "report": "institution"}  # fmt: skip
_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?$")
_RANGE = re.compile(r"([^\s–—-]+)\s*(?:--?|–|—)\s*([^\s–—-]+)")
_NOTE = re.compile(r"([a-z][\w+-]*): (.*)$")
_EXACT = frozenset(("url", "doi", "isbn", "issn"))


def write(entries: Iterable[Entry]) -> str:
    """RIS records of the entries, in their order."""
    return "\n".join(_record(one) for one in entries)


def _record(entry: Entry) -> str:
    lines = [f"TY  - {_TYPES.get(entry.type, 'GEN')}", f"ID  - {entry.key}"]
    used: set[str] = set()
    kind = _TYPES.get(entry.type, "GEN")
    if _BACK.get(kind) != entry.type:
        lines.append(f"M3  - {entry.type}")
    for field in entry.fields:
        text = field.value if field.name in _EXACT else rich(field.value, markup=False)
        text = re.sub(r"\s+", " ", text)
        tag = _TAGS.get(field.name, "")
        if field.name in _PRIVATE:
            continue
        if tag == "LA":
            text = tags.tag(field.value) or text
        if field.name in _PEOPLE:
            lines += [f"{_PEOPLE[field.name]}  - {one}" for one in _people(field.value)]
            if re.search(r"\band\s+others\s*$", field.value):
                lines.append(f"N1  - others: {field.name}")  # not an author of that name
        elif field.name in ("year", "date") and not used & {"PY"} and _dated(field.value):
            used.add("PY")
            lines += _date_lines(field)
        elif field.name == "urldate" and iso(field.value):
            lines.append(f"Y2  - {iso(field.value).replace('-', '/')}")
        elif field.name == "pages" and _RANGE.fullmatch(field.value):
            found = _RANGE.fullmatch(field.value)
            assert found is not None
            lines += [f"SP  - {found[1]}", f"EP  - {found[2]}"]
        elif field.name == "pages" and not re.search(r"[\s,–—-]", text):
            lines.append(f"SP  - {text}")
        elif tag and tag not in used:
            used.add(tag)
            lines.append(f"{tag}  - {text}")
        else:
            lines.append(f"N1  - {field.name}: {text}")
    return "\n".join([*lines, "ER  - ", ""])


def _usual(kind: str, tag: str) -> str:
    """The field that a tag is read back as, by type of entry."""
    if tag == "T2":
        part = kind in ("incollection", "inbook", "inproceedings")
        return "booktitle" if part else "journal"
    if tag == "PB":
        return _PUBLISHERS.get(kind, "publisher")
    if tag == "SN":
        return "issn" if kind in ("article", "periodical") else "isbn"
    if tag == "CY":
        return "location"
    return next(name for name, one in _TAGS.items() if one == tag)


def _people(value: str) -> list[str]:
    """``Family, Given``; Chinese names and bodies in one part. A body ends in a comma, as RIS has
    it for names that must not be parted."""
    made = []
    for one in names(value):
        if "literal" in one:
            foreign = "·" in one["literal"] or one["literal"] in NOBODY
            made.append(one["literal"] + ("" if foreign else ","))
        elif re.search("[\u3400-\u9fff]", one["family"]):
            made.append(one["family"] + one.get("given", ""))
        else:
            made.append(", ".join(part for part in (one["family"], one.get("given", "")) if part))
    return made


def _dated(value: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(-\d{1,2}(-\d{1,2})?)?", value))


def _date_lines(field: Field) -> list[str]:
    lines = [f"PY  - {field.value[:4]}"]
    if field.name == "date":
        lines.append(f"DA  - {field.value.replace('-', '/')}")
    return lines


# --- reading ----------------------------------------------------------------------------------


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
        kind = _BACK.get(tag) or _KINDS.get(tag, "misc")
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
            return _usual(kind, "T2")
        case "serial":
            return _usual(kind, "SN")
        case "publisher":
            return _usual(kind, "PB")
        case _:
            return name


def _value(name: str, text: str) -> str:
    return text if name in _EXACT else re.sub(r"([&%$#_{}])", r"\\\1", text)


def _joined(values: list[str]) -> str:
    made: list[dict[str, str]] = []
    for one in values:
        if one == "others" or one.endswith(","):
            made.append({"literal": one.removesuffix(",")})
        else:
            family, _, given = one.partition(", ")
            made.append({"family": family, "given": given})
    return bib_names(made)
