"""One work or two? The verdict on a pair, from identity, likeness and vetoes.

The scores are a bibliographer's: a title that agrees is worth most, authors next, then the place
(year, volume, pages, venue); a place that contradicts counts against. They are the same for every
list.
"""

from __future__ import annotations

from dataclasses import dataclass

from edition.bibliography.matching.identity import BY_ADDRESS, Ground, MatchSign, identity
from edition.bibliography.matching.records import Record
from edition.bibliography.matching.similarity import Likeness, likeness
from edition.bibliography.matching.veto import Veto, VetoCode
from edition.bibliography.matching.vetoes import vetoes
from edition.bibliography.rules import merges_unasked
from edition.bibliography.types import Tier

PROPOSE = 6.0  # score from which a pair is proposed
_SHORT = 12  # letters of a title that alone says little
APPLY = 8.5  # score from which it may be merged unasked


@dataclass(frozen=True, slots=True)
class MatchVerdict:
    """On one pair. ``tier`` is REFUSED where only a veto stands against a merge."""

    tier: Tier
    rule: str
    confidence: float
    evidence: tuple[str, ...]


def judge(a: Record, b: Record) -> MatchVerdict | None:
    """None where the two are plainly different works."""
    known = identity(a, b)
    like = likeness(a, b)
    if like is None:
        return None
    sign = known
    if known is None or not (known.firm and merges_unasked(known.ground)):
        alike_ = _resemblance(a, b, like)
        # a number in common that may not act alone, beside a likeness that may
        if alike_ is not None and (known is None or alike_.firm):
            sign = alike_._replace(seen=(*(known.seen if known else ()), *alike_.seen))
    if sign is None:
        return None
    evidence, firm = sign.seen, sign.firm
    against = list(vetoes(a, b, like))
    absolute = [one for one in against if one.absolute]
    untitled = sign.ground in BY_ADDRESS and not (a.key and b.key)
    if untitled:
        # pages without titles: the address alone says what they are
        absolute = [one for one in absolute if one.code in (VetoCode.PART, VetoCode.CHAPTER)]
    if (
        not untitled
        and not absolute
        and len({one.code for one in against} - _SLIGHT) > 1
        and not _placed_exactly(like)
    ):
        absolute = against  # one doubt is a question, two are an answer
    if absolute:
        seen = (*evidence, *_facts(against))
        return MatchVerdict(Tier.REFUSED, absolute[0].code, sign.confidence, seen)
    if against and not untitled:
        firm = firm and all(_harmless(one, like) for one in against)
        evidence = (*evidence, *_facts(against))
    tier = Tier.APPLIED if firm and merges_unasked(sign.ground) else Tier.PROPOSED
    return MatchVerdict(tier, sign.ground, sign.confidence, evidence)


def _resemblance(a: Record, b: Record, like: Likeness) -> MatchSign | None:
    """The sign that titles, authors and place give together; None where they are too little."""
    ground = Ground.TITLE if like.title < 1 else Ground.SAME_TITLE
    if _one_work_there(a, b, like):
        return MatchSign(ground, True, 0.95, _seen(a, b, like))
    if _thin(a, b, like):
        return None
    points = score(like, a)
    if points < PROPOSE:
        return None
    firm = points >= APPLY and _placed(a, b, like)
    if like.pages in ("cited", "within", "first") and like.title == 1 and firm:
        ground = Ground.PAGES
    return MatchSign(ground, firm, min(0.99, 0.5 + points / 20), _seen(a, b, like))


# doubts that come with others: the first author misspelt, a journal abbreviated
_SLIGHT = frozenset({VetoCode.VENUE, VetoCode.WORDING})


def _placed_exactly(like: Likeness) -> bool:
    return like.pages == "same" and like.title >= 0.94


def _thin(a: Record, b: Record, like: Likeness) -> bool:
    """A short title and nothing that says where the work is: “Title”, “Essays”, “Notes on X”."""
    placed = like.pages not in ("unknown", "cited") or like.venue is not None or like.number
    house = bool(a.publisher) and a.publisher == b.publisher
    return not a.han and max(len(a.key), len(b.key)) < _SHORT and not (placed or house)


def _one_work_there(a: Record, b: Record, like: Likeness) -> bool:
    """One range of pages in one volume of one journal in one year, by authors in common: there is
    room for one work, whatever an export has made of its title."""
    there = (
        like.pages == "same"
        and a.pages[0] != a.pages[1]
        and like.volume is True
        and like.number is not False
        and like.years == 0
        and (like.venue or 0) >= 0.85
    )
    known = like.authors is not None and like.authors >= 0.5
    titled = not a.key or not b.key or max(like.title, like.whole) >= 0.75
    return there and known and titled and a.han == b.han


def _facts(found: list[Veto]) -> tuple[str, ...]:
    return tuple(f"{one.code}: {one.fact}" for one in found)


def _harmless(veto: Veto, like: Likeness) -> bool:
    """A doubt that an exact place outweighs."""
    exact = like.title >= 0.98 and like.pages == "same" and like.authors not in (None, 0.0)
    if veto.code is VetoCode.YEAR:
        return exact and like.volume is not False and (like.years or 0) <= 1
    if veto.code is VetoCode.ISBN:
        return exact and like.volume is True and not like.years
    if veto.code in (VetoCode.AUTHORS, VetoCode.VENUE, VetoCode.DATE):
        return exact and like.volume is True and not like.years
    if veto.code == VetoCode.VOLUME:
        return False
    return veto.code == VetoCode.ISSUE and exact and like.volume is True and not like.years


def score(like: Likeness, a: Record) -> float:
    """Points of a pair without identifiers; see :data:`PROPOSE` and :data:`APPLY`."""
    # where the authors agree by themselves, the whole says no more of the title
    cut = (like.authors or 0) < 0.5 or like.title >= 0.7
    title = max(like.title, like.whole - 0.04) if cut else like.title
    points = (
        5.0
        if title >= 0.98
        else 4.3
        if title >= 0.94
        else 3.4
        if title >= 0.88
        else (2.0 if title >= 0.8 else -2.0 if title < 0.6 else 0.0)
    )
    if len(a.key) < (8 if a.han else 18):
        points -= 1.0
    if like.authors is not None:
        points += (
            2.0
            if like.authors == 1
            else 1.2
            if like.authors >= 0.5
            else (0.3 if like.authors else -4.0)
        )
        points += 0.5 if like.first_author else -1.0
    if like.years is not None:
        points += 1.0 if like.years == 0 else 0.0 if like.years == 1 else -1.0
    points += {
        "same": 2.0,
        "first": 1.5,
        "within": 0.5,
        "cited": 0.0,
        "apart": -1.2,
        "unknown": 0.0,
    }[like.pages]
    if like.volume is not None:
        points += 1.0 if like.volume else -1.5
    if like.number is not None:
        points += 0.5 if like.number else -0.5
    if title >= 0.98 and like.pages == "same" and like.volume and like.years == 0:
        points += 1.5  # one place in print holds one work
    if like.venue is not None:
        points += 1.0 if like.venue >= 0.85 else 0.0 if like.venue >= 0.5 else -0.8
    return points


def _placed(a: Record, b: Record, like: Likeness) -> bool:
    """May be merged unasked: the title stands and something besides says where the work is."""
    if like.title < 0.94 or (like.authors or 0) < 0.5:
        return False
    if like.first_author is False and not _one_place(a, like):
        return False
    if like.title < 0.98 and like.pages not in ("same", "first"):
        return False
    if like.pages == "apart" or like.volume is False:
        return False
    venue = like.venue is not None and like.venue >= 0.75
    place = like.pages in ("same", "first") and (like.years == 0 or like.volume is True or venue)
    shelf = venue and like.years == 0 and (like.volume is True or like.number is True)
    bare = (
        venue
        and like.years == 0
        and not (a.volume and b.volume)
        and (len(a.key) >= (8 if a.han else 30))
    )
    book = like.years == 0 and a.publisher == b.publisher != "" and not a.venue and not b.venue
    return place or shelf or bare or book


def _one_place(a: Record, like: Likeness) -> bool:
    """One range of pages of one volume holds one work, however its first author is spelt."""
    return (
        like.title >= 0.98
        and like.pages == "same"
        and a.pages[0] != a.pages[1]
        and like.volume is True
        and like.years == 0
        and (like.venue or 0) >= 0.85
    )


def _seen(a: Record, b: Record, like: Likeness) -> tuple[str, ...]:
    seen = ["same title" if like.title == 1 else f"titles alike to {like.title:.0%}"]
    if like.authors is not None:
        seen.append(
            "same authors" if like.authors == 1 else f"{like.authors:.0%} of the authors in common"
        )
    if like.years is not None:
        seen.append(f"same year {a.year}" if like.years == 0 else f"years {a.year} and {b.year}")
    if like.venue is not None and like.venue >= 0.75:
        seen.append(f"both in {a.entry.get('journal') or a.entry.get('booktitle') or a.venue}")
    for name, same in (("volume", like.volume), ("number", like.number)):
        if same:
            seen.append(f"same {name} {getattr(a, name)}")
    if like.pages != "unknown":
        mine, theirs = ("–".join(dict.fromkeys(one.pages)) for one in (a, b))
        seen.append(f"pages {mine}" if like.pages == "same" else f"pages {mine} and {theirs}")
    return tuple(seen)
