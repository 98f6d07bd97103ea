"""Vetoes by where and when two entries say they are in print."""

from __future__ import annotations

import re

from edition.bibliography.matching.records import ORDINALS, Record
from edition.bibliography.matching.similarity import Likeness
from edition.bibliography.matching.veto import BOOKS, REPORTS, Veto, VetoCode


def edition(a: Record, b: Record, _: Likeness) -> Veto | None:
    mine, theirs = (_edition_number(one.edition) for one in (a, b))
    if mine and theirs and mine != theirs:
        return Veto(VetoCode.EDITION, f"editions {a.edition} and {b.edition}", True)
    if (mine or theirs) not in ("", "1") and mine != theirs:
        fact = f"only one names its edition ({a.edition or b.edition})"
        years = bool(a.year and b.year and a.year != b.year)
        return Veto(VetoCode.EDITION, fact + (", and the years differ" if years else ""), years)
    return None


def _edition_number(text: str) -> str:
    for word, number in ORDINALS.items():
        text = text.replace(word, number)
    text = text.translate(str.maketrans("一二三四五六七八九", "123456789"))
    digits = re.search(r"\d+", text)
    if digits:
        return digits[0]
    return "revised" if re.search(r"rev|修订|增订|expanded|enlarged", text) else ""


def volume(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.volume is not False:
        return None
    fact = f"volumes {a.volume} and {b.volume}"
    return Veto(VetoCode.VOLUME, fact, not exact_range(a, like) or bool(like.years))


def number(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.number is not False:
        return None
    if {a.type, b.type} & REPORTS:
        return Veto(VetoCode.NUMBER, f"report numbers {a.number} and {b.number}", True)
    if like.pages in ("apart", "cited"):
        return Veto(VetoCode.ISSUE, f"issues {a.number} and {b.number} with other pages", True)
    if not (a.number.isdecimal() and b.number.isdecimal()):
        return None  # "Suppl 2" and "SUPPL", or a number that an export has filled with words
    fact = f"issues {a.number} and {b.number}"
    return Veto(VetoCode.ISSUE, fact, not exact_range(a, like))


def exact_range(a: Record, like: Likeness) -> bool:
    """One title on one range of pages: a figure beside it may be misprinted."""
    return like.title >= 0.98 and like.pages == "same" and a.pages[0] != a.pages[1]


def _overlap(a: Record, b: Record) -> bool:
    """The ranges share pages: one of them may be misprinted."""
    pages = (*a.pages, *b.pages)
    if not all(one.isdecimal() for one in pages):
        return False
    first, last, start, end = map(int, pages)
    return max(first, start) <= min(last, end)


def pages(a: Record, b: Record, like: Likeness) -> Veto | None:
    """Two ranges are two works; two single pages may be pages cited of one."""
    mine, theirs = ("–".join(dict.fromkeys(one.pages)) for one in (a, b))
    fact = f"pages {mine} and {theirs}"
    if like.pages == "apart":
        return Veto(VetoCode.PAGES, fact, like.title < 0.98 or not _overlap(a, b))
    if like.pages != "cited":
        return None
    if a.url and b.url and a.url != b.url:
        return Veto(VetoCode.PAGES, fact + ", at two addresses", True)
    return None if a.han and b.han else Veto(VetoCode.PAGES, fact, False)


def date(a: Record, b: Record, like: Likeness) -> Veto | None:
    full = re.compile(r"\d{4}-\d\d-\d\d")
    if full.fullmatch(a.date) and full.fullmatch(b.date) and a.date != b.date:
        same = bool(a.url) and a.url == b.url
        return Veto(VetoCode.DATE, f"dated {a.date} and {b.date}", not same)
    if a.month and b.month and a.month != b.month and not exact_range(a, like):
        serial = bool(a.venue or b.venue)
        return Veto(VetoCode.DATE, f"months {a.month} and {b.month}", serial)
    return None


def identifiers(a: Record, b: Record, like: Likeness) -> Veto | None:
    if a.doi and b.doi and a.doi != b.doi:
        return Veto(VetoCode.DOI, f"DOIs {a.doi} and {b.doi}", True)
    if a.isbn and b.isbn and a.isbn != b.isbn:
        return Veto(VetoCode.ISBN, f"ISBNs {a.isbn} and {b.isbn}", bool(like.years))
    if a.arxiv and b.arxiv and a.arxiv != b.arxiv:
        return Veto(VetoCode.ARXIV, f"arXiv {a.arxiv} and {b.arxiv}", True)
    return None


def years(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.years:
        serial = bool(a.venue and b.venue) and like.volume is not True
        elsewhere = serial and like.pages not in ("same", "first")
        firm = like.years > 1 or bool({a.type, b.type} & BOOKS) or elsewhere
        return Veto(VetoCode.YEAR, f"{a.year} and {b.year}", firm and not exact_range(a, like))
    return None


def venue(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.venue is not None and like.venue < 0.6 and like.pages not in ("same", "first"):
        return Veto(VetoCode.VENUE, f"in “{a.venue}” and in “{b.venue}”", a.han and b.han)
    return None
