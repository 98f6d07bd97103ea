"""Names of journals and houses in several forms, and misprints among them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from edition.bibliography.types import Change, Library, Tier
from edition.bibliography.values import alike, fold, words
from edition.characters import has_han

VENUES = ("journal", "journaltitle", "publisher", "series")


def repair_venues(library: Library) -> Iterator[Change]:
    """One journal under several names. What differs in case or a full stop is form; "&" and "and"
    are left alone, and so are abbreviations; a colon or hyphen is proposed where most entries
    have the name with it or without."""
    for field in VENUES[:2]:
        groups: dict[str, Counter[str]] = defaultdict(Counter)
        for entry in library.entries:
            if entry.get(field):
                groups[_venue_key(entry.get(field))][entry.get(field)] += 1
        for entry in library.entries:
            value = entry.get(field)
            held = groups.get(_venue_key(value), Counter())
            if not value or len(held) < 2:
                continue
            best, count = held.most_common(1)[0]
            if best == value or count <= held[value] or _joins(best) != _joins(value):
                continue
            form = _formless(best) == _formless(value)
            if form and (best.endswith(".") or best.isupper() or best.islower()):
                continue  # a stop or capitals that an export left, however often
            if not form and (count < 3 or count < 3 * held[value]):
                continue
            if not form and _marks(best) <= _marks(value):
                continue  # a colon or hyphen is sooner left out than put in
            yield Change(
                entry=entry.key,
                field=field,
                before=value,
                after=best,
                rule="journal.form" if form else "journal.variant",
                evidence=(f"{count} entries have {best}, {held[value]} {value}",),
                confidence=0.9 if form else 0.7,
                tier=Tier.APPLIED if form else Tier.PROPOSED,
            )
        yield from _rare(library, field, groups)


def _marks(value: str) -> int:
    return len(re.findall(r"[:\-–.]", value))


def _joins(value: str) -> bool:
    return "&" in value


def _formless(value: str) -> str:
    """``value`` without what is only form: case and a full stop at its end."""
    return value.strip(" .").casefold()


def _venue_key(value: str) -> str:
    return fold(value)


def _rare(library: Library, field: str, groups: Mapping[str, Counter[str]]) -> Iterator[Change]:
    """A name that stands once, one letter of one word from one that stands at least three
    times."""
    from rapidfuzz.distance import OSA

    common = [
        (key, held.most_common(1)[0]) for key, held in groups.items() if sum(held.values()) >= 3
    ]
    for entry in library.entries:
        value = entry.get(field)
        key = _venue_key(value)
        if not value or sum(groups[key].values()) > 1 or (len(key) < 12 and not has_han(key)):
            continue
        for other, (best, count) in common[:400]:
            if other != key and OSA.distance(key, other, score_cutoff=1) == 1 and _typo(key, other):
                yield Change(
                    entry=entry.key,
                    field=field,
                    before=value,
                    after=best,
                    rule="journal.typo",
                    tier=Tier.PROPOSED,
                    confidence=0.7,
                    evidence=(f"{count} entries have {best}",),
                )


def _typo(mine: str, other: str) -> bool:
    if not has_han(mine):
        # the word is none, and the other is one: two journals may differ in a letter
        odd_words = [(a, b) for a, b in zip(mine.split(), other.split(), strict=False) if a != b]
        return len(mine.split()) == len(other.split()) and all(
            len(a) >= 6 and not words.known(a) and words.known(b) for a, b in odd_words
        )
    odd = [(a, b) for a, b in zip(mine, other, strict=False) if a != b]
    return len(mine) == len(other) and all(alike(a, b) > 0.9 for a, b in odd)
