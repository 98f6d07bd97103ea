"""How alike two records are, field by field. Pure; each part says what it compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, JaroWinkler, Levenshtein

from edition.bibliography.matching.records import Record
from edition.bibliography.matching.slips import turned
from edition.bibliography.values import ALIKE, alike

Pages = Literal["same", "first", "within", "cited", "apart", "unknown"]
_STOP = "a an the of and in on for to at by with from into"
STOP = frozenset(_STOP.split())
_ARTICLE = re.compile(r"[a-z]\d{4,}$")
_CUT = re.compile(r"[A-Za-z]+-{1,2}(\d{1,3})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Shares are 0 … 1; None where one side lacks the field. ``years``: how far apart."""

    title: float
    authors: float | None
    first_author: bool | None
    years: int | None
    pages: Pages
    volume: bool | None
    number: bool | None
    venue: float | None
    whole: float  # of authors and title as one text, however cut into fields


def title_likeness(a: Record, b: Record) -> float:
    """1 for the same title; a title without its subtitle counts nearly as much."""
    if not a.key or not b.key:
        return 0.0
    if a.key == b.key:
        return 1.0
    short, long = sorted((a, b), key=lambda one: len(one.key))
    if long.subtitle and short.key == long.key + long.subtitle.replace(" ", ""):
        return 1.0
    score: float = Indel.normalized_similarity(short.key, long.key, score_cutoff=0.5)
    if short.han and len(short.key) == len(long.key) >= 8:
        odd = [(x, y) for x, y in zip(short.key, long.key, strict=True) if x != y]
        if len(odd) <= 2 and all(alike(x, y) >= ALIKE for x, y in odd):
            score = max(score, 0.97)  # misread characters
    if score >= 0.96 or short.key not in long.key:
        return score
    words = len(short.title.split())
    if (
        long.title.startswith(short.title + " ")
        and words >= (8 if short.han else 4)
        and (len(short.key) >= (8 if short.han else 20))
    ):
        return max(score, 0.96)
    if words >= 5 and not short.han and len(short.key) >= 25:
        return max(score, 0.95)
    return score


def same_family(a: str, b: str) -> bool:
    """One family name in two spellings at most one letter apart (two in a long one)."""
    if a == b:
        return True
    if not a.isascii() or not b.isascii():
        return False
    if a[:1] != b[:1] and min(len(a), len(b)) < 6:
        return False
    slack = 0 if min(len(a), len(b)) < 4 else 1 if min(len(a), len(b)) < 8 else 2
    distance: int = Levenshtein.distance(a, b, score_cutoff=slack)
    return distance <= slack


def _given_fit(a: Record, b: Record) -> bool:
    """The first authors of one family name don't contradict in their initials."""
    mine, theirs = a.people[0].initial, b.people[0].initial
    return not mine or not theirs or mine == theirs or a.people[0].han


def author_likeness(a: Record, b: Record) -> tuple[float | None, bool | None]:
    """Share of the shorter list found in the other, and whether the first authors agree."""
    if not a.families or not b.families:
        return None, None
    short, long = sorted((a.families, b.families), key=len)
    if a.people[0].han != b.people[0].han:
        return None, None  # one of them in another script
    if short == long[: len(short)]:
        share = 1.0
    else:
        left, hits = list(long), 0
        for name in short:
            found = next((one for one in left if same_family(name, one)), None)
            if found is not None:
                left.remove(found)
                hits += 1
        share = hits / len(short)
    if a.families[0] != b.families[0] and turned(a.people[0], b.people[0]):
        return _turned_share(a, b), True
    first = same_family(a.families[0], b.families[0]) and _given_fit(a, b)
    if not first and a.people[0].body and b.people[0].body:
        first = JaroWinkler.similarity(a.families[0], b.families[0]) > 0.93
        share = max(share, float(first))
    if not first and a.families[0] in b.families and len(a.families) == len(b.families) > 1:
        first = share > 0.99  # the same people in another order
    if a.people[0].han and a.people[0].raw != b.people[0].raw:
        first = first and _han_given(a, b)
    return share, first


def _turned_share(a: Record, b: Record) -> float:
    """Share of the authors who are the same, with family and given name in either order."""
    pairs = list(zip(a.people, b.people, strict=False))
    same = sum(1 for x, y in pairs if x.key == y.key or turned(x, y))
    return same / len(pairs)


def _han_given(a: Record, b: Record) -> bool:
    from edition.bibliography.values import compact

    mine, theirs = compact(a.people[0].raw), compact(b.people[0].raw)
    return mine == theirs or (
        len(mine) == len(theirs) == 3 and Levenshtein.distance(mine, theirs) == 1
    )


def pages_likeness(a: Record, b: Record) -> Pages:
    """``cited``: single pages, which may be places cited of one work; ``within``: one range lies
    in the other."""
    (first, last), (start, end) = a.pages, b.pages
    if not first or not start:
        return "unknown"
    if (first, last) == (start, end):
        return "same"
    if first[0].isalpha() != start[0].isalpha():
        bare = [one.lstrip("abcdefghijklmnopqrstuvwxyz") for one in (first, last, start, end)]
        if bare[:2] == bare[2:] and bare[0] != bare[1]:
            return "same"  # c37–c42 and 37–42
    single = first == last or start == end
    if (first != last and first + last == start == end) or (
        start != end and start + end == first == last
    ):
        return "same"  # 148156, whose dash was lost
    if first == start:
        return "first"
    if _otherwise_counted(a, b):
        return "unknown"
    if first == last and start == end:
        return "cited"
    if all(one.isdecimal() for one in (first, last, start, end)):
        if last == end and not single:
            return "first"
        if int(start) <= int(first) <= int(last) <= int(end) or (
            int(first) <= int(start) <= int(end) <= int(last)
        ):
            return "within"
    return "apart"


def _otherwise_counted(a: Record, b: Record) -> bool:
    """One of the two says nothing of the other: the number of an electronic article (e12724)
    beside a page, or a range whose first page an export has cut (``Suppl-29``, ``t-20``) beside
    one that ends so."""
    for mine, other in ((a, b), (b, a)):
        number = _ARTICLE.match(mine.pages[0])
        if number and not _ARTICLE.match(other.pages[0]):
            return True
        cut = _CUT.match(mine.entry.get("pages").strip())
        if cut and other.pages[1].endswith(cut[1]) and not _CUT.match(other.entry.get("pages")):
            return True
    return False


def venue_likeness(a: Record, b: Record) -> float | None:
    if not a.venue or not b.venue:
        return None
    if a.venue == b.venue:
        return 1.0
    return _venues(a.venue, b.venue, han=a.han)


@lru_cache(maxsize=65536)
def _venues(a: str, b: str, *, han: bool) -> float | None:
    if han or has_cjk(a) or has_cjk(b):
        return float(fuzz.ratio(a, b) / 100)
    mine = [w for w in a.split() if w not in STOP]
    theirs = [w for w in b.split() if w not in STOP]
    if not mine or not theirs:
        return None
    if _abbreviates(mine, theirs) or _abbreviates(theirs, mine):
        return 0.95
    return float(fuzz.token_set_ratio(" ".join(mine), " ".join(theirs)) / 100)


def has_cjk(text: str) -> bool:
    return any(c >= "\u3400" for c in text)


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """``j natl cancer inst`` of ``journal national cancer institute``; ``jama`` by initials."""
    if len(short) == 1 and len(long) > 2:
        return short[0] == "".join(word[0] for word in long)
    return len(short) == len(long) and all(
        word[0] == full[0] and _in_order(word, full) for word, full in zip(short, long, strict=True)
    )


def _in_order(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def likeness(a: Record, b: Record) -> Likeness | None:
    """All of it; None where neither the titles nor the whole texts are alike, so that no place
    could make up for it."""
    title = title_likeness(a, b)
    whole = 0.0
    if title < 0.93 and not a.han and min(len(a.whole), len(b.whole)) > 25:
        whole = fuzz.token_set_ratio(a.whole, b.whole, score_cutoff=70) / 100
    if max(title, whole) < 0.6 and a.key and b.key:
        return None
    share, first = author_likeness(a, b)
    return Likeness(
        title=title,
        authors=share,
        first_author=first,
        years=abs(int(a.year) - int(b.year)) if a.year and b.year else None,
        pages=pages_likeness(a, b),
        volume=a.volume == b.volume if a.volume and b.volume else None,
        number=a.number == b.number if a.number and b.number else None,
        venue=venue_likeness(a, b),
        whole=whole,
    )
