"""The rules of the bibliography in one table: what each does, how far it may go, and by what leave.

A rule changes an entry unasked only where its licence says that it was right whenever it was
judged (99.5 % at least); else it proposes. What is only form belongs to the house style, which is
off unless asked for and then taken whole.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass

from edition.bibliography.types import Change, Tier

LEAVE = 0.995  # share of right edits from which a rule may act unasked
DOC = "docs/bibliography.md"


class Reach(enum.Enum):
    """How far a rule may go."""

    ACTS = "acts"  # unasked, where its evidence is whole; else it proposes
    PROPOSES = "proposes"
    HOUSE = "house style"  # form alone: only where the house style is asked for
    EDITOR = "the editor"
    FORBIDS = "keeps apart"


@dataclass(frozen=True, slots=True)
class Licence:
    """How often the rule was right among its labelled edits: those of real ``.bib`` files under
    ``bench/edits``, and those of the base document's own list, each judged by hand. Plausible and
    harmless ones count as right for a rule that proposes."""

    right: int
    judged: int

    @property
    def share(self) -> float:
        return self.right / self.judged if self.judged else 0.0

    @property
    def bound(self) -> float:
        """Lower end of Wilson's interval of 95 % (E. B. Wilson 1927)."""
        if not self.judged:
            return 0.0
        z, n, p = 1.96, self.judged, self.share
        middle = p + z * z / (2 * n)
        spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - spread) / (1 + z * z / n)

    @property
    def acts(self) -> bool:
        return self.judged > 0 and self.share >= LEAVE


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairRule:
    """``says``: the rule in the words of the reports. ``why`` it is a fault, ``section`` of
    :data:`DOC`."""

    id: str
    says: str
    why: str
    reach: Reach
    licence: Licence = Licence(0, 0)
    section: str = "titles-fields"


def _rule(
    id: str, says: str, why: str, reach: Reach, right: int = 0, judged: int = 0,
    section: str = "titles-fields",
) -> RepairRule:  # fmt: skip
    return RepairRule(
        id=id, says=says, why=why, reach=reach, licence=Licence(right, judged), section=section
    )


_ONE_WORK = "two entries of one work print twice"
_NAME = "a misspelt name is not found, and sorts wrongly"
_BODY = "a body under a wrong name is cited for what it did not say"
_WORD = "a misprint is copied on"
_FORM = "lists look even"
_VALUES = "programs read the one form and not the other"
_PLACE = "a reader cannot find the place"
_APART = "two works in one lose the second"

# what each veto says
_VETOES = {
    "veto.translation": "the titles are in two languages, or only one is a translation",
    "veto.translator": "two translators",
    "veto.about": "one is about the other: erratum, reply, review",
    "veto.part": "parts, figures or years in the titles",
    "veto.sequel": "one continues the other",
    "veto.wording": "the titles have other words",
    "veto.edition": "two editions",
    "veto.volume": "two volumes",
    "veto.number": "two numbers of reports",
    "veto.issue": "two issues",
    "veto.pages": "other pages",
    "veto.chapter": "a book and a part of it, or two parts",
    "veto.generic": "a title of many pieces",
    "veto.annual": "a report that comes every year",
    "veto.date": "other days or months",
    "veto.preprint": "a draft and what was published",
    "veto.type": "works of two kinds",
    "veto.url": "two addresses of the web",
    "veto.doi": "two DOIs",
    "veto.isbn": "two ISBNs",
    "veto.arxiv": "two arXiv numbers",
    "veto.authors": "other authors",
    "veto.year": "other years",
    "veto.venue": "other journals or books",
}

_ALL = (
    _rule("duplicate.title", "nearly the same title, same authors and place", _ONE_WORK,
          Reach.ACTS, 2, 2, "duplicates"),
    _rule("duplicate.same-title", "same title, authors and place", _ONE_WORK,
          Reach.ACTS, 105, 105, "duplicates"),
    _rule("duplicate.pages", "one work entered with several pages", _ONE_WORK,
          Reach.ACTS, 4, 4, "duplicates"),
    _rule("duplicate.url", "one address", _ONE_WORK, Reach.ACTS, 54, 54, "duplicates"),
    _rule("duplicate.url-hyphen", "addresses that differ in a hyphen of a line end", _ONE_WORK,
          Reach.PROPOSES, section="duplicates"),
    _rule("duplicate.url-typo", "addresses that differ in a misprint", _ONE_WORK,
          Reach.ACTS, 2, 2, "duplicates"),
    _rule("duplicate.doi", "one DOI", _ONE_WORK, Reach.ACTS, 2, 2, "duplicates"),
    _rule("duplicate.isbn", "one ISBN", _ONE_WORK, Reach.PROPOSES, section="duplicates"),
    _rule("duplicate.arxiv", "one arXiv number", _ONE_WORK, Reach.PROPOSES, section="duplicates"),
    _rule("decision.merge", "the editor", "", Reach.EDITOR, section="decisions"),
    _rule("decision.set", "the editor’s reading", "", Reach.EDITOR, section="decisions"),
    _rule("decision.distinct", "the editor", "", Reach.EDITOR, section="decisions"),
    _rule("name.in-text", "name, by the citation in the text", _NAME, Reach.ACTS, 2, 2, "names"),
    _rule("name.entry", "name, by another entry of the work", _NAME, Reach.PROPOSES,
          section="names"),
    _rule("name.order", "family and given name the other way round", _NAME, Reach.PROPOSES,
          section="names"),
    _rule("name.fuller", "name written out", _NAME, Reach.PROPOSES, 8, 8, "names"),
    _rule("name.elsewhere", "name, by other entries", _NAME, Reach.PROPOSES, 1, 1, "names"),
    _rule("name.writer", "writer named in the text only", _NAME, Reach.PROPOSES, 3, 3, "names"),
    _rule("body.host", "body against the host of its address", _BODY, Reach.PROPOSES, 4, 4,
          "names"),
    _rule("body.script", "body in the other script", _BODY, Reach.PROPOSES, 1, 1, "names"),
    _rule("body.variant", "body under two names", _BODY, Reach.PROPOSES, 1, 1, "names"),
    _rule("title.word", "word of a title", _WORD, Reach.PROPOSES, 3, 3),
    _rule("title.shape", "look-alike character in a title", _WORD, Reach.PROPOSES, 1, 1),
    _rule("title.width", "full-width punctuation", _FORM, Reach.HOUSE),
    _rule("title.dash", "dash", _FORM, Reach.HOUSE, 2, 2),
    _rule("title.quotes", "quotation marks", _FORM, Reach.HOUSE),
    _rule("title.case", "case protection", _FORM, Reach.HOUSE, 3, 3),
    _rule("script.mixed", "simplified character in a traditional list", _WORD, Reach.PROPOSES,
          1, 1),
    _rule("journal.variant", "journal under two names", _FORM, Reach.PROPOSES, 5, 5),
    _rule("journal.form", "form of a journal’s name", _FORM, Reach.HOUSE),
    _rule("journal.typo", "name of a journal", _WORD, Reach.PROPOSES, 1, 1),
    _rule("pages.locator", "pages against the citation in the text", _PLACE, Reach.PROPOSES, 1, 2),
    _rule("pages.form", "form of pages", _FORM, Reach.HOUSE),
    _rule("pages.order", "order of pages", _PLACE, Reach.PROPOSES),
    _rule("date.iso", "date in ISO form", _VALUES, Reach.ACTS, 59, 59),
    _rule("year.form", "form of a year", _FORM, Reach.HOUSE),
    _rule("year.in-text", "year, by the citation in the text", _PLACE, Reach.PROPOSES, 1, 1),
    _rule("date.url", "date, by the address", _PLACE, Reach.PROPOSES, 19, 19),
    _rule("url.space", "space in an address", _PLACE, Reach.PROPOSES),
    _rule("url.tidy", "form of an address", _FORM, Reach.HOUSE, 1, 1),
    _rule("url.host", "host one letter from another", _PLACE, Reach.PROPOSES, 1, 1),
    _rule("url.misread", "letter for a figure in an address", _PLACE, Reach.PROPOSES, 1, 1),
    _rule("url.conflict", "address, by a merged entry", _PLACE, Reach.PROPOSES, 2, 2),
    _rule("doi.form", "form of a DOI", _VALUES, Reach.ACTS, 23, 23),
    _rule("isbn.form", "form of an ISBN", _FORM, Reach.HOUSE),
    _rule("issn.form", "form of an ISSN", _FORM, Reach.HOUSE),
    *(_rule(code, told, _APART, Reach.FORBIDS, section="duplicates")
      for code, told in _VETOES.items()),
)  # fmt: skip
RULES: Mapping[str, RepairRule] = {one.id: one for one in _ALL}


def says(id: str) -> str:
    """The rule in the words of the reports."""
    return RULES[id].says


def merges_unasked(id: str) -> bool:
    """Whether the rule may join entries unasked."""
    known = RULES.get(id)
    return known is not None and known.reach is Reach.ACTS and known.licence.acts


def licensed(change: Change, *, house: bool) -> Change | None:
    """The change as its rule may make it: applied, proposed, or not at all (None)."""
    from dataclasses import replace

    rule = RULES[change.rule]
    if rule.reach is Reach.HOUSE:
        return replace(change, tier=Tier.APPLIED) if house else None
    if change.tier is Tier.APPLIED and not (rule.reach is Reach.ACTS and rule.licence.acts):
        return replace(change, tier=Tier.PROPOSED)
    return change
