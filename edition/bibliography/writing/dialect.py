"""The list in one dialect: of BibTeX (JabRef, Overleaf with ``natbib``, old styles) or of BibLaTeX.

Fields that this program keeps for itself, and those a dialect has no name for, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from edition.bibliography.types import Entry, Field
from edition.bibliography.values import entry_text, iso, tags

PRIVATE = frozenset(("foundin", "citedas"))
_TO_BIBLATEX = {"journal": "journaltitle", "address": "location", "school": "institution",
                "annote": "annotation", "key": "sortkey"}  # fmt: skip
_BIBLATEX_TYPES = {"phdthesis": ("thesis", "phdthesis"), "mastersthesis": ("thesis", "mathesis"),
                   "techreport": ("report", "techreport"), "conference": ("inproceedings", ""),
                   "www": ("online", ""), "electronic": ("online", "")}  # fmt: skip
_TO_BIBTEX = {"journaltitle": "journal", "location": "address", "annotation": "annote"}
_BIBTEX_TYPES = {
    "online": "misc", "electronic": "misc", "www": "misc", "report": "techreport",
    "collection": "book", "reference": "book", "mvbook": "book", "mvcollection": "book",
    "mvproceedings": "proceedings", "newspaper": "article", "suppperiodical": "article",
    "inreference": "incollection", "bookinbook": "inbook", "suppbook": "inbook",
    "suppcollection": "incollection", "periodical": "misc", "dataset": "misc", "software": "misc",
    "patent": "misc", "standard": "misc", "legislation": "misc", "video": "misc",
    "thesis": "phdthesis",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What .bst files of the standard styles and natbib read, and JabRef keeps in BibTeX mode.
_BIBTEX = frozenset(("author", "editor", "translator", "title", "booktitle", "journal", "year",
                     "month", "volume", "number", "pages", "publisher", "address", "edition",
                     "series", "chapter", "school", "institution", "organization", "type", "note",
                     "howpublished", "crossref", "key", "annote", "url", "doi", "isbn", "issn",
                     "abstract", "keywords", "language", "eprint", "archiveprefix",
                     "urldate"))  # fmt: skip
_MASTER = re.compile(r"(?i)master|ma\b|mathesis|硕士|碩士|석사")


def biblatex(entries: Iterable[Entry]) -> str:
    """The entries in BibLaTeX's dialect, in their order."""
    return "\n".join(entry_text(to_biblatex(one)) for one in entries)


def bibtex(entries: Iterable[Entry]) -> str:
    """The entries in BibTeX's dialect; parents stand behind those that inherit from them."""
    listed = [to_bibtex(one) for one in entries]
    parents = {one.get("crossref") for one in listed}
    return "\n".join(entry_text(one) for one in sorted(listed, key=lambda one: one.key in parents))


def to_biblatex(entry: Entry) -> Entry:
    kind, genre = _BIBLATEX_TYPES.get(entry.type, (entry.type, ""))
    fields: dict[str, str] = {}
    if kind == "newspaper":
        kind, fields["entrysubtype"] = "article", "newspaper"
    for field in entry.fields:
        name = _TO_BIBLATEX.get(field.name, field.name)
        if field.name in PRIVATE or (name != field.name and name in entry):
            continue
        value = field.value
        if name == "langid":
            value = tags.name(value)
        elif name in ("date", "urldate", "origdate", "eventdate"):
            value = value if re.fullmatch(r"[\d/.~?%-]+", value) else iso(value) or value
        elif name == "pages":
            value = _DASH.sub("--", value)
        fields[name] = value
    if genre:
        fields.setdefault("type", genre)
    if "date" not in fields and re.fullmatch(r"\d{4}", fields.get("year", "")):
        month = _month(fields.get("month", ""))
        date = fields.pop("year") + (f"-{month:02}" if month else "")
        if month:
            del fields["month"]
        fields = {**fields, "date": date}
    return Entry(entry.key, kind, tuple(Field(*pair) for pair in fields.items()))


_DASH = re.compile(r"(?<=\w)\s*(?:--+|[–—‑−]|-)\s*(?=\w)")


def _month(text: str) -> int:
    name = text.strip().lower()[:3]
    if name in _MONTHS:
        return _MONTHS.index(name) + 1
    return int(text) if text.strip().isdecimal() and 1 <= int(text) <= 12 else 0


def to_bibtex(entry: Entry) -> Entry:
    kind = _BIBTEX_TYPES.get(entry.type, entry.type)
    if entry.type == "thesis" and _MASTER.search(entry.get("type")):
        kind = "mastersthesis"
    fields: dict[str, str] = {}
    for field in entry.fields:
        name = _TO_BIBTEX.get(field.name, field.name)
        if kind in ("phdthesis", "mastersthesis") and name == "institution":
            name = "school"
        value = field.value
        if name == "langid":
            name, value = "language", tags.name(value)
        elif name == "pages":
            value = _DASH.sub("--", value)
        elif name == "date":
            _dated(fields, iso(value) or value, entry)
            continue
        if name in _BIBTEX and name not in fields and (name == field.name or name not in entry):
            fields[name] = value
    if kind == "misc" and "url" in fields and "howpublished" not in fields:
        fields["howpublished"] = rf"\url{{{fields['url']}}}"
    if entry.type == "standard" and "number" in fields:
        fields.setdefault("howpublished", fields["number"])
    return Entry(entry.key, kind, tuple(Field(*pair) for pair in fields.items()))


def _dated(fields: dict[str, str], date: str, entry: Entry) -> None:
    found = re.match(r"(\d{4})(?:-(\d\d))?", date)
    fields["year"] = found[1] if found else date
    if found and found[2] and "/" not in date and "month" not in entry:
        fields["month"] = found[2].lstrip("0")
