"""Signs of one work that are more than likeness: numbers and addresses in common."""

from __future__ import annotations

import enum
import re
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from edition.bibliography.matching.records import Record
from edition.bibliography.values import ALIKE, alike


class Ground(enum.StrEnum):
    """On what two entries are taken for one work, by its id in the table of rules."""

    TITLE = "duplicate.title"
    SAME_TITLE = "duplicate.same-title"
    PAGES = "duplicate.pages"
    DOI = "duplicate.doi"
    ARXIV = "duplicate.arxiv"
    ISBN = "duplicate.isbn"
    URL = "duplicate.url"
    URL_HYPHEN = "duplicate.url-hyphen"
    URL_TYPO = "duplicate.url-typo"


BY_ADDRESS = frozenset({Ground.URL, Ground.URL_HYPHEN, Ground.URL_TYPO})

_LONG = 30  # letters of a title in which a slip doesn’t make another


class MatchSign(NamedTuple):
    """``firm``: it may act unasked, if its rule may. ``seen``: what was seen, for the report."""

    ground: Ground
    firm: bool
    confidence: float  # 0 … 1
    seen: tuple[str, ...]


def identity(a: Record, b: Record) -> MatchSign | None:
    """A number or an address that both have, and what else speaks for one work there."""
    if a.doi and a.doi == b.doi:
        return MatchSign(Ground.DOI, _titles_close(a, b), 0.99, (f"same DOI {a.doi}",))
    if a.arxiv and a.arxiv == b.arxiv and _titles_close(a, b):
        return MatchSign(Ground.ARXIV, True, 0.98, (f"same arXiv number {a.arxiv}",))
    if a.isbn and a.isbn == b.isbn and a.key and _titles_close(a, b):
        return MatchSign(Ground.ISBN, a.year == b.year, 0.97, (f"same ISBN {a.isbn}",))
    if a.url and a.url == b.url and "/" in a.url and _titles_close(a, b):
        return _same_url(a, b)
    if a.url and b.url and not (a.key and b.key):
        return _near_url(a, b)
    return None


def _titles_close(a: Record, b: Record) -> bool:
    if not a.key or not b.key:
        return True
    if a.numbers != b.numbers:
        return False
    return (
        a.key.startswith(b.key)
        or b.key.startswith(a.key)
        or (Levenshtein.normalized_similarity(a.key, b.key) > 0.8)
    )


def _same_url(a: Record, b: Record) -> MatchSign | None:
    seen = [f"same address {a.url}"]
    raw = (a.entry.get("url"), b.entry.get("url"))
    if raw[0] != raw[1]:
        seen.append(
            "the addresses differ only in host case, www, a slash, tracking parameters "
            "or a fragment"
        )
    same_body = not a.families or not b.families or _near_body(a, b)
    if not same_body and not (a.key and b.key):
        return None  # a remark by somebody else on a page
    days = [one.entry.get("urldate") for one in (a, b)]
    if all(days) and days[0] != days[1]:
        seen.append(f"visited on {days[0]} and {days[1]}")
    # a page of a program or a series is the address of many: titles that differ are two works
    titled = not a.key or not b.key or a.key == b.key or min(len(a.key), len(b.key)) >= _LONG
    firm = same_body and titled
    return MatchSign(Ground.URL, firm, 0.98 if firm else 0.8, tuple(seen))


def _near_url(a: Record, b: Record) -> MatchSign | None:
    """Two addresses of untitled pages that differ by a misprint."""
    same_body = bool(a.families) and a.families[:1] == b.families[:1]
    near_body = bool(a.families and b.families) and _near_body(a, b)
    if a.url.replace("-", "") == b.url.replace("-", "") and same_body:
        return MatchSign(
            Ground.URL_HYPHEN,
            True,
            0.95,
            (f"{a.url} and {b.url} differ only in a hyphen, as at a line end",),
        )
    host, _, path = a.url.partition("/")
    other, _, second = b.url.partition("/")
    same_day = bool(a.entry.get("urldate")) and _day(a) == _day(b)
    if re.findall(r"\d+", path) != re.findall(r"\d+", second):
        return None
    if path == second and len(path) > 11 and Levenshtein.distance(host, other) <= 1:
        return MatchSign(
            Ground.URL_TYPO,
            (same_body or near_body) and same_day,
            0.93,
            (
                f"same path {path}; hosts {host} and {other} one letter apart",
                *(("visited the same day",) if same_day else ()),
            ),
        )
    apart = Levenshtein.distance(path, second, score_cutoff=6)
    if host == other and same_body and len(path) > 30 and apart <= 6:
        missing = not a.entry.get("urldate") or not b.entry.get("urldate")
        if same_day or missing:
            return MatchSign(
                Ground.URL_TYPO,
                False,
                0.85,
                (f"same host and body; the paths differ in {apart} letters",),
            )
    return None


def _near_body(a: Record, b: Record) -> bool:
    """One body, perhaps with a misread character or a letter wrong."""
    mine, theirs = a.families[0], b.families[0]
    if mine == theirs:
        return True
    if len(mine) != len(theirs) or len(mine) < 4:
        return len(mine) > 6 and mine.isascii() and Levenshtein.distance(mine, theirs) <= 1
    odd = [(x, y) for x, y in zip(mine, theirs, strict=True) if x != y]
    return len(odd) == 1 and alike(*odd[0]) >= ALIKE


def _day(one: Record) -> tuple[str, ...]:
    return tuple(part.lstrip("0") for part in re.findall(r"\d+", one.entry.get("urldate")))
