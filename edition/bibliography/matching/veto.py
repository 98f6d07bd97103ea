"""A reason that keeps two entries apart."""

from __future__ import annotations

import enum
from dataclasses import dataclass

# kinds of entries, by type
THESIS = frozenset({"thesis", "phdthesis", "mastersthesis"})
BOOKS = frozenset({"book", "collection", "mvbook", "proceedings", "mvcollection", "reference"})
PARTS = frozenset(
    {"incollection", "inbook", "inproceedings", "conference", "suppbook", "inreference"}
)
REPORTS = frozenset(
    {
        "report",
        "techreport",
        "manual",
        "standard",
        "patent",
        "dataset",
        "legislation",
        "jurisdiction",
    }
)


class VetoCode(enum.StrEnum):
    """The ids of vetoes in :data:`edition.bibliography.rules.RULES`."""

    ABOUT = "veto.about"
    ANNUAL = "veto.annual"
    ARXIV = "veto.arxiv"
    AUTHORS = "veto.authors"
    CHAPTER = "veto.chapter"
    DATE = "veto.date"
    DOI = "veto.doi"
    EDITION = "veto.edition"
    GENERIC = "veto.generic"
    ISBN = "veto.isbn"
    ISSUE = "veto.issue"
    NUMBER = "veto.number"
    PAGES = "veto.pages"
    PART = "veto.part"
    PREPRINT = "veto.preprint"
    SEQUEL = "veto.sequel"
    TRANSLATION = "veto.translation"
    TRANSLATOR = "veto.translator"
    TYPE = "veto.type"
    URL = "veto.url"
    VENUE = "veto.venue"
    VOLUME = "veto.volume"
    WORDING = "veto.wording"
    YEAR = "veto.year"


@dataclass(frozen=True, slots=True)
class Veto:
    """``absolute``: never one work; else the editor may say so."""

    code: VetoCode
    fact: str
    absolute: bool
