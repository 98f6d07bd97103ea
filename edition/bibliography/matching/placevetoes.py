"""Vetoes by where and when two entries say they are in print."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from edition.bibliography.matching.records import ORDINALS, Record
from edition.bibliography.matching.similarity import Likeness
from edition.bibliography.matching.veto import BOOKS, REPORTS, Veto, VetoCode


def edition(a: Record, b: Record, _: Likeness) -> Veto | None:
    mine, theirs = (_edition_number(one.edition) for one in (a, b))
    if mine and theirs and mine != theirs:
        return Veto(VetoCode.EDITION, f"editions {a.edition} and {b.edition}", absolute=True)
    if not mine and not theirs and a.edition != b.edition:
        # PC and Macintosh; Windows version, and none told
        both = bool(a.edition and b.edition)
        told = " and ".join(one for one in (a.edition, b.edition) if one)
        alike_ = both and Levenshtein.normalized_similarity(a.edition, b.edition) > 0.6
        return None if alike_ else Veto(VetoCode.EDITION, f"editions: {told}", absolute=both)
    if (mine or theirs) not in ("", "1") and mine != theirs:
        fact = f"only one names its edition ({a.edition or b.edition})"
        years = bool(a.year and b.year and a.year != b.year)
        return Veto(
            VetoCode.EDITION, fact + (", and the years differ" if years else ""), absolute=years
        )
    return None


def _edition_number(text: str) -> str:
    for word, number in ORDINALS.items():
        text = text.replace(word, number)
    text = text.translate(str.maketrans("一二三四五六七八九", "123456789"))
    digits = re.search(r"\d+", text)
    if digits:
        return digits[0]
    return "revised" if re.search(r"rev|修订|增订|expanded|enlarged", text) else ""


def _one_house(a: str, b: str) -> bool:
    """One publisher, by a word of some length in both names: Viking, Viking Press."""
    words = {one for one in a.split() if len(one) > 3}
    common = words & {one for one in b.split() if len(one) > 3}
    return a == b or bool(common - _HOUSES) or a in b or b in a


_HOUSES = frozenset(
    ["press", "university", "books", "verlag", "publishing", "publishers", "edition", "editions"]
)


def house(a: Record, b: Record, like: Likeness) -> Veto | None:
    """Books of one author in one year by two houses, under titles that differ."""
    if not {a.type, b.type} <= BOOKS or not a.publisher or not b.publisher or like.title >= 0.94:
        return None
    if _one_house(a.publisher, b.publisher):
        return None
    return Veto(VetoCode.VENUE, f"{a.publisher} and {b.publisher}", absolute=True)


def address(a: Record, b: Record, like: Likeness) -> Veto | None:
    """Two pages of the web of one title and nothing that says they are one."""
    if not ({a.type, b.type} <= _WEB and a.url and b.url and a.key and b.key) or a.url == b.url:
        return None
    dated = bool(a.date) and a.date == b.date and len(a.date) > 4
    if dated or like.pages == "same":
        return None
    return Veto(VetoCode.URL, f"at {a.url} and at {b.url}", absolute=True)


_WEB = frozenset(("online", "www", "electronic", "webpage"))


def whole(a: Record, b: Record, _: Likeness) -> Veto | None:
    """A set and a volume of it under the title of the set."""
    if not {a.type, b.type} <= BOOKS or bool(a.volume) == bool(b.volume) or a.isbn == b.isbn != "":
        return None
    one, other = (a, b) if a.volume else (b, a)
    own = any(one.entry.get(name) for name in ("maintitle", "series", "booktitle", "crossref"))
    spread = "/" in other.date or one.type.startswith("mv") or other.type.startswith("mv")
    if own or not (spread or one.pages != other.pages):
        return None
    return Veto(VetoCode.VOLUME, f"only one names a volume: {one.volume}", absolute=spread)


def volume(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.volume is not False:
        return None
    fact = f"volumes {a.volume} and {b.volume}"
    return Veto(VetoCode.VOLUME, fact, absolute=not exact_range(a, like) or bool(like.years))


def number(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.number is not False:
        return None
    if {a.type, b.type} & REPORTS:
        return Veto(VetoCode.NUMBER, f"report numbers {a.number} and {b.number}", absolute=True)
    if like.pages in ("apart", "cited"):
        return Veto(
            VetoCode.ISSUE, f"issues {a.number} and {b.number} with other pages", absolute=True
        )
    if not (a.number.isdecimal() and b.number.isdecimal()):
        return None  # "Suppl 2" and "SUPPL", or a number that an export has filled with words
    fact = f"issues {a.number} and {b.number}"
    return Veto(VetoCode.ISSUE, fact, absolute=not exact_range(a, like))


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
        return Veto(VetoCode.PAGES, fact, absolute=like.title < 0.98 or not _overlap(a, b))
    if like.pages != "cited":
        return None
    if a.url and b.url and a.url != b.url:
        return Veto(VetoCode.PAGES, fact + ", at two addresses", absolute=True)
    return None if a.han and b.han else Veto(VetoCode.PAGES, fact, absolute=False)


def date(a: Record, b: Record, like: Likeness) -> Veto | None:
    full = re.compile(r"\d{4}-\d\d-\d\d")
    if full.fullmatch(a.date) and full.fullmatch(b.date) and a.date != b.date:
        same = bool(a.url) and a.url == b.url
        return Veto(VetoCode.DATE, f"dated {a.date} and {b.date}", absolute=not same)
    if a.month and b.month and a.month != b.month and not exact_range(a, like):
        serial = bool(a.venue or b.venue)
        return Veto(VetoCode.DATE, f"months {a.month} and {b.month}", absolute=serial)
    return None


def identifiers(a: Record, b: Record, like: Likeness) -> Veto | None:
    if a.doi and b.doi and a.doi != b.doi:
        return Veto(VetoCode.DOI, f"DOIs {a.doi} and {b.doi}", absolute=True)
    if a.isbn and b.isbn and a.isbn != b.isbn:
        houses = bool(a.publisher and b.publisher) and not _one_house(a.publisher, b.publisher)
        firm = bool(like.years) or ({a.type, b.type} <= BOOKS and (houses or like.title < 0.98))
        return Veto(VetoCode.ISBN, f"ISBNs {a.isbn} and {b.isbn}", absolute=firm)
    if a.arxiv and b.arxiv and a.arxiv != b.arxiv:
        return Veto(VetoCode.ARXIV, f"arXiv {a.arxiv} and {b.arxiv}", absolute=True)
    return None


def years(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.years:
        serial = bool(a.venue and b.venue) and like.volume is not True
        elsewhere = serial and like.pages not in ("same", "first")
        firm = like.years > 1 or bool({a.type, b.type} & BOOKS) or elsewhere
        return Veto(
            VetoCode.YEAR, f"{a.year} and {b.year}", absolute=firm and not exact_range(a, like)
        )
    return None


def venue(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.venue is not None and like.venue < 0.6 and like.pages not in ("same", "first"):
        return Veto(VetoCode.VENUE, f"in “{a.venue}” and in “{b.venue}”", absolute=a.han and b.han)
    return None
