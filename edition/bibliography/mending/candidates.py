"""Whether one spelling of a name may be another's misprint, and how the mended name is written."""

from __future__ import annotations

import re
import string

from rapidfuzz.distance import OSA, Levenshtein

from edition.bibliography.values import ALIKE, Person, alike, compact, fold, given_names, person
from edition.bibliography.values import shared_ink as shared_ink


def han_candidate(one: Person, text: str) -> str | None:
    """``text``, if it is the name of ``one`` but for a single look-alike character."""
    mine, theirs = re.sub(r"\s", "", one.raw), re.sub(r"[\s,，]", "", text)
    if len(mine) != len(theirs) or not 2 <= len(mine) <= 4:
        return None
    odd = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b and compact(a) != compact(b)]
    if len(odd) != 1 or alike(*odd[0]) < ALIKE:
        return None
    return theirs


def latin_candidate(one: Person, text: str) -> str | None:
    """``text`` respelt for ``one``, if its family name is at most two letters (one in a short
    name) from that of ``one`` and its given names don't contradict."""
    if any(c >= "\u2e80" for c in text):
        return None
    other = person(text)
    mine, theirs = one.key, other.key
    if not mine or not theirs or other.body:
        return None
    distance = OSA.distance(mine, theirs)
    if distance > (2 if min(len(mine), len(theirs)) >= 5 else 1 if len(mine) >= 3 else 0):
        return None
    if distance and min(len(mine), len(theirs)) < 4 and not other.given:
        return None
    if not other.given:
        return respell(one, family=other.family) if distance else None
    given, wanted = fold(one.given), fold(other.given)
    if given and not _given_fit(given, wanted):
        return None
    if len(wanted) < len(given) or (_initials(given) == wanted.replace(" ", "")):
        return respell(one, family=other.family) if distance else None
    near = OSA.distance(given, wanted) <= 2 and given != wanted and len(given) > 3
    if near or distance:
        return respell(one, family=other.family, given=other.given if near else one.given)
    return None


def _initials(given: str) -> str:
    return "".join(word[0] for word in given.split())


def _given_fit(mine: str, theirs: str) -> bool:
    """Initials fit full names; a misspelt given name is near."""
    a, b = mine.split(), theirs.split()
    first = a[0] == b[0] or (min(len(a[0]), len(b[0])) == 1 and a[0][0] == b[0][0])
    return first or OSA.distance(a[0], b[0]) <= (2 if len(a[0]) > 4 else 1)


def agreed_letter(one: Person, reading: str) -> tuple[str, str, str, str] | None:
    """Family name with the letter that two misreadings have in common.

    The family names of ``one`` and ``reading`` differ in one letter; the result is the family
    name with the letter (c) whose ink is most like both letters (a, b), and a, b, c.
    """
    mine, theirs = one.family, person(reading).family
    if len(mine) != len(theirs) or len(mine) < 4:
        return None
    odd = [(at, a, b) for at, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
    if len(odd) != 1 or not all(c in string.ascii_lowercase for c in odd[0][1:]):
        return None
    at, a, b = odd[0]
    best = max(
        (c for c in string.ascii_lowercase if c not in (a, b)),
        key=lambda c: (shared_ink(a, c) * shared_ink(b, c), c),
    )
    # The two must not simply be alike: then one of them is right and the other its misreading.
    if alike(a, b) >= max(alike(a, best), alike(b, best)):
        return None
    return mine[:at] + best + mine[at + 1 :], a, b, best


def respell(one: Person, *, family: str = "", given: str = "") -> str:
    """Given and family name in natural order."""
    return f"{given or one.given} {family or one.family}".strip()


def given_repair(given: str) -> str:
    """The one common given name that is a letter from the first of ``given``, which is none."""
    words = given.split()
    first = words[0] if words else ""
    low = fold(first)
    if len(low) < 5 or not low.isalpha() or low in given_names() or not first.istitle():
        return ""
    near = [
        name
        for name in given_names()
        if abs(len(name) - len(low)) <= 1
        and name[0] == low[0]
        and Levenshtein.distance(name, low, score_cutoff=1) == 1
    ]
    if len(near) != 1 or len(near[0]) < 6:
        return ""
    return " ".join([near[0].title(), *words[1:]])


def expanded(one: Person, part: str, whole: str) -> bool:
    """``part`` mends one half of the name and ``whole`` the same or nearly, and the other half:
    the family names are within a letter, or the mended given name is that of ``whole``."""
    if one.han:
        return False
    a, b = person(part), person(whole)
    same_family = a.key == b.key or (a.key == one.key)
    same_given = fold(a.given) == fold(b.given) or fold(a.given) == fold(one.given)
    return same_family and same_given and compact(part) != compact(one.full)


class NameReadings:
    """A reading of the name of ``one`` in the form in which the field writes it."""

    def __init__(self, one: Person, reading: str) -> None:
        self.one = one
        self.reading = reading
        other = person(reading)
        self.family, self.given = other.family, other.given

    @property
    def raw(self) -> str:
        raw = self.one.raw
        if self.one.han:
            return self.reading
        if "," in raw:
            return f"{self.family}, {self.given}".rstrip(", ")
        if raw.split() and raw.split()[0] == self.one.family.split()[0] and self.one.given:
            return f"{self.family} {self.given}"
        return f"{self.given} {self.family}".strip()

    def _families(self) -> tuple[str, str]:
        """The family name read, and as it stands, in Latin letters."""
        if not self.one.han:
            return fold(self.family).replace(" ", ""), self.one.key
        from pypinyin import lazy_pinyin

        return ("".join(lazy_pinyin(self.reading[:1])), "".join(lazy_pinyin(self.one.raw[:1])))

    def in_key(self, key: str) -> str:
        """The family name read, where the citation key has it and has not what stands there."""
        wanted, present = self._families()
        word = re.match(r"[a-z]*", key.lower())
        head = word[0] if word else ""
        return (
            wanted
            if len(wanted) > 1
            and head.startswith(wanted)
            and (wanted != present and not head.startswith(present))
            else ""
        )

    def in_words(self, text: str) -> str:
        wanted, present = self._families()
        words = re.findall(r"[a-z]+", text.lower())
        return (
            wanted
            if wanted != present and len(wanted) > 3 and wanted in words and (present not in words)
            else ""
        )
