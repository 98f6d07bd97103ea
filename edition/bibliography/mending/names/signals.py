"""What speaks for another reading of a name, by signals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from edition.bibliography.matching import misspelt, turned
from edition.bibliography.mending.candidates import (
    NameReadings,
    agreed_letter,
    expanded,
    given_repair,
    han_candidate,
    latin_candidate,
    respell,
)
from edition.bibliography.mending.direction import better, damaged, extends
from edition.bibliography.mending.names.attested import KnownNames, bucket, standing
from edition.bibliography.mending.sortorder import mends_order
from edition.bibliography.types import Entry, InText, Library
from edition.bibliography.values import Person, compact, fold, persons, simplified, untex

CROWD = 60  # forms like a name among which another spelling of it is no evidence


@dataclass(slots=True)
class NameCandidate:
    """A reading of one name with what speaks for it: signal -> facts."""

    name: str
    signals: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, signal: int, fact: str) -> None:
        if fact not in self.signals[signal]:
            self.signals[signal].append(fact)

    @property
    def weight(self) -> float:
        """For the order of the proposals: stronger signals count more, repeated ones a little."""
        explains = any("most like both" in fact for fact in self.signals.get(2, ()))
        return 0.01 * explains + sum(
            1 / (1 + number) + 0.05 * (len(facts) - 1) for number, facts in self.signals.items()
        )

    @property
    def independent(self) -> int:
        """Signals; two citations in the text are two."""
        return len(self.signals) + (len(self.signals.get(2, ())) > 1)

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(fact for number in sorted(self.signals) for fact in self.signals[number])


def candidates(
    library: Library,
    at: int,
    entry: Entry,
    name: str,
    slot: int,
    one: Person,
    cited: Sequence[InText],
    others: Sequence[tuple[str, str]],
    known: KnownNames,
) -> dict[str, NameCandidate]:
    found: dict[str, NameCandidate] = {}

    def vote(reading: str | None, signal: int, fact: str) -> None:
        if reading and compact(reading) != compact(one.raw):
            held = next(
                (c for c in found.values() if simplified(c.name) == simplified(reading)), None
            )
            held = held or found.setdefault(reading, NameCandidate(reading))
            held.add(signal, fact)

    for key, value in others:
        for other in persons(value):
            why = _better(one, other, known) if _one_person(one, other) else ""
            if why:
                form = f"{other.family}, {other.given}" if turned(one, other) else other.full
                vote(form, 1, f"{key}, the same work, has {other.full}: {why}")
    if name == "author":
        for number, citation in enumerate(cited, 1):
            for text in citation.names:
                pages = f", {citation.locator}" if citation.locator else ""
                vote(
                    near(one, text),
                    2,
                    f"the text cites {'·'.join(citation.names)} "
                    f"{citation.year}{pages} (citation {number})",
                )
    _elsewhere(entry, one, known, vote)
    for text in dict.fromkeys(n for key in bucket(one.full) for n in known.authority.get(key, ())):
        vote(near(one, text), 8, f"the edition knows {text}")
    _agreed(one, found, vote)
    if one.given and not one.han:
        given = given_repair(one.given)
        if given:
            vote(respell(one, given=given), 9, f"{given} is a given name, {one.given} is not")
    _support(library, at, entry, slot, one, found)
    return _joined(one, found)


def near(one: Person, text: str) -> str | None:
    return han_candidate(one, text) if one.han else latin_candidate(one, text)


def _one_person(one: Person, other: Person) -> bool:
    """Two names of one work that are one person’s."""
    if other.body or compact(one.full) == compact(other.full):
        return turned(one, other)
    if damaged(one.raw) and not one.han:
        return _blanks(fold(untex(one.raw)), fold(untex(other.raw)), one.raw)
    return misspelt(one, other) or turned(one, other)


def _blanks(mine: str, theirs: str, raw: str) -> bool:
    """``theirs`` is ``mine`` with a letter for each lost one."""
    odd = OSA.distance(mine.replace(" ", ""), theirs.replace(" ", ""))
    return 0 < odd <= 2 * sum(raw.count(one) for one in "?\ufffd")


def _better(one: Person, other: Person, known: KnownNames) -> str:
    return better(one, other, standing(one, known), standing(other, known))


def _elsewhere(entry: Entry, one: Person, known: KnownNames, vote) -> None:  # type: ignore[no-untyped-def]
    """The author in other entries, two at least, and this spelling in no other: a signal only
    beside a co-author, or over a title, that both entries have."""
    if one.raw.startswith("{"):
        return  # the editor keeps it together
    form = compact(one.full)
    here = len(known.attested.get(form, ()))
    near = [known.elsewhere.get(key, {}) for key in bucket(one.full)]
    if any(len(held) > CROWD + 1 for held in near):
        return  # a common family name: likeness says nothing
    seen = {other: held for names in near for other, held in names.items() if other != form}
    if len(seen) > CROWD:
        return
    mine = [compact(p.full) for p in persons(entry.get("author")) if compact(p.full) != form]
    title = compact(entry.get("title"))
    longer: list[tuple[str, str]] = []
    for other, held in seen.items():
        entries = known.attested[other]
        slip = here < 2 <= len(entries) and misspelt(one, held)
        fuller = not slip and len(entries) >= here and extends(one, held)
        if not (slip or fuller):
            continue
        beside = next(
            (
                f"{min(both)} has {held.full} beside {name}"
                for name in mine
                if (both := (entries.keys() & known.attested[name].keys()) - {entry.key})
            ),
            "",
        )
        same = next((key for key in entries if title and known.titles.get(key) == title), "")
        if slip and not beside and same:
            beside = f"{same} has {held.full} over the same title"
        if fuller and beside:
            longer.append((held.full, beside))
        why = _better(one, held, known) if slip and beside else ""
        if why:
            vote(held.full, 3, f"{beside}; {why}")
    if len(longer) == 1:
        vote(longer[0][0], 3, longer[0][1])


def _agreed(one: Person, found: dict[str, NameCandidate], vote) -> None:  # type: ignore[no-untyped-def]
    """Two misreadings of one letter: the letter that both resemble."""
    if one.han:
        return
    for held in list(found.values()):
        if 2 not in held.signals and 1 not in held.signals:
            continue
        letter = agreed_letter(one, held.name)
        if letter:
            reading, a, b, c = letter
            vote(
                respell(one, family=reading),
                2,
                f"“{a}” in the list and “{b}” in the text: of all letters “{c}” is the one most "
                f"like both; {held.evidence[0]}",
            )


def _support(
    library: Library, at: int, entry: Entry, slot: int, one: Person, found: dict[str, NameCandidate]
) -> None:
    """Signals that choose between readings and never make one: key, URL, order, pinyin."""
    for held in found.values():
        reading = NameReadings(one, held.name)
        key = reading.in_key(entry.key) if slot == 0 else ""
        if key:
            held.add(5, f"the key {entry.key} has {key}")
        slug = reading.in_words(entry.get("url") + " " + entry.get("doi"))
        if slug:
            held.add(6, f"the address has {slug}")
        if slot == 0 and mends_order(library.entries, at, one, held.name):
            held.add(7, f"with {held.name} the entry stands in its place in the list")


def _joined(one: Person, found: dict[str, NameCandidate]) -> dict[str, NameCandidate]:
    """A reading of the family name and one of the given name that don't conflict are one: where
    the edition knows the whole, its parts speak for it."""
    whole = [held for held in found.values() if 8 in held.signals]
    for held in whole:
        for other in list(found.values()):
            if other is not held and expanded(one, other.name, held.name):
                for number, facts in other.signals.items():
                    for fact in facts:
                        held.add(number, fact)
                del found[other.name]
    return found
