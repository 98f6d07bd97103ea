"""Vetoes by what kind of thing two entries are, by whom, and how the list relates them."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from edition.bibliography.matching.placevetoes import exact_range
from edition.bibliography.matching.records import Record
from edition.bibliography.matching.similarity import Likeness, same_family
from edition.bibliography.matching.slips import misspelt
from edition.bibliography.matching.veto import BOOKS, PARTS, REPORTS, THESIS, Veto, VetoCode
from edition.bibliography.values import compact

_JOURNAL = re.compile(r"\bjournal\b|\bj\b|\btransactions\b|\bannals\b|\bquarterly\b")
_DRAFTS = re.compile(
    r"\barxiv|\bpreprint|\bworking paper|\bssrn|\bbiorxiv|\bmedrxiv|\bdiscussion "
    r"paper|\bsubmitted|\bin preparation|\bunpublished|\bmanuscript|预 印"
)
_LINKS = ("related", "crossref", "xref", "xdata", "entryset")
_OWN = ("subtitle", "titleaddon", "part", "issuetitle", "eid", "version", "shorthand", "type",
        "issue")  # fmt: skip


def linked(a: Record, b: Record, _: Likeness) -> Veto | None:
    """An entry that the list itself relates to the other: a reprint, a translation, its volume."""
    for mine, other in ((a.entry, b.entry), (b.entry, a.entry)):
        for name in _LINKS:
            if other.key in (one.strip() for one in mine.get(name).split(",")):
                return Veto(
                    VetoCode.PART, f"{mine.key} names {other.key} under {name}", absolute=True
                )
    return None


def own(a: Record, b: Record, like: Likeness) -> Veto | None:
    """A field by which entries of one title are told apart, with two contents."""
    for name in _OWN:
        mine, theirs = (compact(one.entry.get(name)) for one in (a, b))
        if not mine or not theirs or Levenshtein.normalized_similarity(mine, theirs) > 0.9:
            continue
        if name == "subtitle" and a.key == b.key and (mine in theirs or theirs in mine):
            continue
        firm = name not in ("titleaddon", "type") and not exact_range(a, like)
        fact = f"{name}: {a.entry.get(name)} and {b.entry.get(name)}"
        return Veto(VetoCode.PART, fact, absolute=firm)
    return None


def parents(a: Record, b: Record, like: Likeness) -> Veto | None:
    """Parts of two works that the list has as entries, on other pages of them: two editions."""
    mine, theirs = a.entry.get("crossref"), b.entry.get("crossref")
    if mine and theirs and mine != theirs and like.pages not in ("same", "unknown"):
        return Veto(VetoCode.CHAPTER, f"in {mine} and in {theirs}, on other pages", absolute=True)
    return None


def chapter(a: Record, b: Record, like: Likeness) -> Veto | None:
    whole, part = {a.type, b.type} & BOOKS, {a.type, b.type} & PARTS
    if whole and part:
        return Veto(VetoCode.CHAPTER, "a book and a part of a book", absolute=True)
    if a.chapter and b.chapter and a.chapter != b.chapter:
        return Veto(VetoCode.CHAPTER, f"chapters {a.chapter} and {b.chapter}", absolute=True)
    if part and a.isbn and a.isbn == b.isbn and (like.title < 0.9 or like.pages == "apart"):
        return Veto(VetoCode.CHAPTER, "two parts of one book share its ISBN", absolute=True)
    return None


def _kind(one: Record) -> str:
    if one.type in THESIS or re.search(r"\bthesis|\bdissertation", one.venue + one.publisher):
        return "thesis"
    if one.type in REPORTS or re.search(r"\btech(?:nical)? rep|\btr\b", one.venue):
        return "report"
    note = f"{one.venue} {one.entry.get('note').lower()} {one.entry.get('howpublished').lower()}"
    if (
        one.type in ("unpublished", "preprint")
        or (_DRAFTS.search(note) and not (one.venue and one.pages[0]))
        or (one.arxiv and (not one.venue or "arxiv" in one.venue))
    ):
        return "draft"
    if one.type in PARTS or re.search(
        r"^(?:in )?proc|\bproceedings|\bconference|\bworkshop|"
        r"\bsymposium",
        one.venue,
    ):
        return "proceedings"
    if (one.type == "article" and one.venue) or _JOURNAL.search(one.venue):
        return "article"
    return ""


def kinds(a: Record, b: Record, _: Likeness) -> Veto | None:
    degrees = {a.type, b.type}
    if degrees == {"phdthesis", "mastersthesis"}:
        return Veto(VetoCode.TYPE, "one is a doctoral thesis, the other a master’s", absolute=True)
    mine, theirs = _kind(a), _kind(b)
    if not mine or not theirs or mine == theirs:
        return None
    if "draft" in (mine, theirs):
        return Veto(
            VetoCode.PREPRINT, "one is a draft or preprint, the other published", absolute=True
        )
    if "thesis" in (mine, theirs) or "report" in (mine, theirs):
        return Veto(VetoCode.TYPE, f"one is a {mine}, the other a {theirs}", absolute=True)
    return Veto(VetoCode.TYPE, f"one is in {mine}, the other in {theirs}", absolute=True)


def authors(a: Record, b: Record, like: Likeness) -> Veto | None:
    lone = a.editors if b.families else b.editors
    if bool(a.families) != bool(b.families) and lone and like.pages != "same":
        known = a.families or b.families
        if not any(same_family(one, other) for one in lone for other in known):
            return Veto(
                VetoCode.AUTHORS, "the author of the one does not edit the other", absolute=True
            )
    if like.authors is not None and not like.first_author and like.authors < 0.5:
        exact = like.title == 1 and like.pages == "same" and like.volume is True
        return Veto(VetoCode.AUTHORS, "the authors differ", absolute=not exact or like.years != 0)
    if like.first_author is False:
        one_slip = misspelt(a.people[0], b.people[0])  # 鲁讯, 鲁迅
        return Veto(
            VetoCode.AUTHORS, "the first authors differ", absolute=a.han and b.han and not one_slip
        )
    return None
