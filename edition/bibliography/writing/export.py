"""The library in other formats: CSL-JSON, RIS, BibTeX, BibLaTeX, and that in the form of GB/T 7714.

Each is text and reads back to the same entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from edition.bibliography.types import Entry, Library
from edition.bibliography.writing import csl, dialect, gb7714, ris

Format = Literal["csl", "ris", "gb7714", "bibtex", "biblatex"]

_WRITERS: Mapping[Format, Callable[[Iterable[Entry]], str]] = {
    "csl": csl.write, "ris": ris.write, "gb7714": gb7714.write,
}  # fmt: skip


def write(library: Library, format: Format) -> str:
    """The entries of the library in their order; what entries inherit is written out in CSL-JSON
    and RIS, which know no cross-references."""
    if format in ("bibtex", "biblatex"):
        written = dialect.bibtex if format == "bibtex" else dialect.biblatex
        return written(library.entries)
    if format == "gb7714":
        return _WRITERS[format](library.entries)
    known = library.by_key()
    return _WRITERS[format](inherited(one, known) for one in library.entries)


# Fields that a part doesn't take from the work it stands in, and those it takes by other names.
_OWN = frozenset(("title", "subtitle", "titleaddon", "shorttitle", "pages", "ids", "crossref",
                  "xref", "xdata", "related", "keywords", "abstract", "note", "label", "url",
                  "urldate", "doi", "author", "foundin", "citedas"))  # fmt: skip
_RENAMED = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon",
            "author": "bookauthor"}  # fmt: skip
_PARTS = frozenset(("incollection", "inproceedings", "inbook", "suppbook", "suppcollection",
                    "inreference", "bookinbook"))  # fmt: skip


def inherited(entry: Entry, known: Mapping[str, Entry], depth: int = 0) -> Entry:
    """The entry with what it inherits by ``crossref`` and ``xdata`` as fields of its own."""
    if depth > 8:  # a ring of references
        return entry
    for key in (one.strip() for one in entry.get("xdata").split(",")):
        parent = known.get(key)
        if parent is not None:
            parent = inherited(parent, known, depth + 1)
            for field in parent.fields:
                if field.name not in entry:
                    entry = entry.with_field(field.name, field.value)
    parent = known.get(entry.get("crossref"))
    if parent is not None:
        parent = inherited(parent, known, depth + 1)
        for field in parent.fields:
            name = field.name
            if entry.type in _PARTS and name in _RENAMED:
                name = _RENAMED[name]
            elif name in _OWN:
                continue
            if name not in entry:
                entry = entry.with_field(name, field.value)
    return entry
