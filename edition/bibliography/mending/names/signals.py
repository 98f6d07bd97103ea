"""What speaks for another reading of a name, by signals."""

from __future__ import annotations

import enum
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


class Signal(enum.IntEnum):
    """What may speak for a reading; the lower its value, the more it says."""

    SAME_WORK = 1
    IN_TEXT = 2
    BESIDE = 3  # in another entry, beside the same co-author or over the same title
    KEY = 5
    ADDRESS = 6
    ORDER = 7
    KNOWN = 8
    GIVEN_LIST = 9


# without one of these no reading is applied
WITNESSES = frozenset({Signal.SAME_WORK, Signal.IN_TEXT})


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A name where it stands: the ``slot``th of a field of the entry ``at`` of a library."""

    library: Library
    at: int
    field: str
    slot: int
    person: Person

    @property
    def entry(self) -> Entry:
        return self.library.entries[self.at]

    @property
    def value(self) -> str:
        return self.entry.get(self.field)


@dataclass(slots=True)
class NameCandidate:
    """A reading of one name with what speaks for it: signal -> facts. ``recovered``: from the
    letter that two misreadings of it have in common."""

    name: str
    signals: dict[Signal, list[str]] = field(default_factory=lambda: defaultdict(list))
    recovered: bool = False

    def add(self, signal: Signal, fact: str) -> None:
        if fact not in self.signals[signal]:
            self.signals[signal].append(fact)

    @property
    def weight(self) -> float:
        """For the order of the proposals: stronger signals count more, repeated ones a little."""
        return 0.01 * self.recovered + sum(
            1 / (1 + signal) + 0.05 * (len(facts) - 1) for signal, facts in self.signals.items()
        )

    @property
    def independent(self) -> int:
        """Signals; two citations in the text are two."""
        return len(self.signals) + (len(self.signals.get(Signal.IN_TEXT, ())) > 1)

    @property
    def witnessed(self) -> bool:
        return bool(WITNESSES & self.signals.keys())

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(fact for signal in sorted(self.signals) for fact in self.signals[signal])


@dataclass(frozen=True, slots=True)
class _Ballot:
    """The readings of one name that anything speaks for, each once in whatever script."""

    person: Person
    readings: dict[str, NameCandidate] = field(default_factory=dict)

    def vote(self, reading: str | None, signal: Signal, fact: str) -> NameCandidate | None:
        """Count a fact for a reading; None where it is what stands there already."""
        if not reading or compact(reading) == compact(self.person.raw):
            return None
        form = simplified(reading)
        alike = (held for held in self.readings.values() if simplified(held.name) == form)
        held = next(alike, None) or self.readings.setdefault(reading, NameCandidate(reading))
        held.add(signal, fact)
        return held


def candidates(
    place: NamePlace, cited: Sequence[InText], merged: Sequence[tuple[str, str]], known: KnownNames
) -> tuple[NameCandidate, ...]:
    """The readings of a name that anything speaks for. ``cited``: citations of its entry;
    ``merged``: keys and values of the field in entries that are the same work."""
    one = place.person
    ballot = _Ballot(one)
    _of_same_work(ballot, merged, known)
    if place.field == "author":
        _in_text(ballot, cited)
    _beside(ballot, place.entry, known)
    for text in dict.fromkeys(n for key in bucket(one.full) for n in known.authority.get(key, ())):
        ballot.vote(near(one, text), Signal.KNOWN, f"the edition knows {text}")
    _agreed(ballot)
    if one.given and not one.han and (given := given_repair(one.given)):
        fact = f"{given} is a given name, {one.given} is not"
        ballot.vote(respell(one, given=given), Signal.GIVEN_LIST, fact)
    _support(ballot, place)
    _join(ballot)
    return tuple(ballot.readings.values())


def near(one: Person, text: str) -> str | None:
    """``text`` as a reading of the name of ``one``; None where it is too far from it."""
    return han_candidate(one, text) if one.han else latin_candidate(one, text)


def _of_same_work(ballot: _Ballot, merged: Sequence[tuple[str, str]], known: KnownNames) -> None:
    one = ballot.person
    for key, value in merged:
        for other in persons(value):
            why = _better(one, other, known) if _one_person(one, other) else ""
            if why:
                form = f"{other.family}, {other.given}" if turned(one, other) else other.full
                fact = f"{key}, the same work, has {other.full}: {why}"
                ballot.vote(form, Signal.SAME_WORK, fact)


def _in_text(ballot: _Ballot, cited: Sequence[InText]) -> None:
    for number, citation in enumerate(cited, 1):
        pages = f", {citation.locator}" if citation.locator else ""
        names = "·".join(citation.names)
        fact = f"the text cites {names} {citation.year}{pages} (citation {number})"
        for text in citation.names:
            ballot.vote(near(ballot.person, text), Signal.IN_TEXT, fact)


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


def _beside(ballot: _Ballot, entry: Entry, known: KnownNames) -> None:
    """The author in other entries, two at least, and this spelling in no other: a signal only
    beside a co-author, or over a title, that both entries have."""
    one = ballot.person
    if one.raw.startswith("{"):
        return  # the editor keeps it together
    here = len(known.attested.get(compact(one.full), ()))
    longer: list[tuple[str, str]] = []
    for form, held in _like(one, known).items():
        entries = known.attested[form]
        slip = here < 2 <= len(entries) and misspelt(one, held)
        fuller = not slip and len(entries) >= here and extends(one, held)
        if not (slip or fuller):
            continue
        beside = _shared_author(entry, one, form, held, known)
        if slip and not beside:
            beside = _shared_title(entry, form, held, known)
        if fuller and beside:
            longer.append((held.full, beside))
        why = _better(one, held, known) if slip and beside else ""
        if why:
            ballot.vote(held.full, Signal.BESIDE, f"{beside}; {why}")
    if len(longer) == 1:
        ballot.vote(longer[0][0], Signal.BESIDE, longer[0][1])


def _like(one: Person, known: KnownNames) -> dict[str, Person]:
    """People of other entries whose names are like this one; none where a crowd is, as of a common
    family name: likeness says nothing there."""
    own = compact(one.full)
    near_by = [known.elsewhere.get(key, {}) for key in bucket(one.full)]
    if any(len(held) > CROWD + 1 for held in near_by):
        return {}
    like = {form: held for names in near_by for form, held in names.items() if form != own}
    return like if len(like) <= CROWD else {}


def _shared_author(entry: Entry, one: Person, form: str, held: Person, known: KnownNames) -> str:
    """The fact that an entry with ``held`` has another author of ``entry`` too; "" for none."""
    for other in map(compact, (p.full for p in persons(entry.get("author")))):
        both = (known.attested[form].keys() & known.attested[other].keys()) - {entry.key}
        if other != compact(one.full) and both:
            return f"{min(both)} has {held.full} beside {other}"
    return ""


def _shared_title(entry: Entry, form: str, held: Person, known: KnownNames) -> str:
    title = compact(entry.get("title"))
    entries = known.attested[form] if title else ()
    same = next((key for key in entries if known.titles.get(key) == title), "")
    return f"{same} has {held.full} over the same title" if same else ""


def _agreed(ballot: _Ballot) -> None:
    """Two misreadings of one letter: the letter that both resemble."""
    one = ballot.person
    if one.han:
        return
    for held in list(ballot.readings.values()):
        letter = agreed_letter(one, held.name) if held.witnessed else None
        if letter is None:
            continue
        family, listed, cited, best = letter
        fact = (f"“{listed}” in the list and “{cited}” in the text: of all letters “{best}” is the"
                f" one most like both; {held.evidence[0]}")  # fmt: skip
        made = ballot.vote(respell(one, family=family), Signal.IN_TEXT, fact)
        if made is not None:
            made.recovered = True


def _support(ballot: _Ballot, place: NamePlace) -> None:
    """Signals that choose between readings and never make one: key, address, order."""
    entry, one = place.entry, place.person
    for held in ballot.readings.values():
        reading = NameReadings(one, held.name)
        key = reading.in_key(entry.key) if place.slot == 0 else ""
        if key:
            held.add(Signal.KEY, f"the key {entry.key} has {key}")
        slug = reading.in_words(entry.get("url") + " " + entry.get("doi"))
        if slug:
            held.add(Signal.ADDRESS, f"the address has {slug}")
        if place.slot == 0 and mends_order(place.library.entries, place.at, one, held.name):
            fact = f"with {held.name} the entry stands in its place in the list"
            held.add(Signal.ORDER, fact)


def _join(ballot: _Ballot) -> None:
    """A reading of the family name and one of the given name that don't conflict are one: where
    the edition knows the whole, its parts speak for it."""
    readings = ballot.readings
    for held in [one for one in readings.values() if Signal.KNOWN in one.signals]:
        for other in list(readings.values()):
            if other is not held and expanded(ballot.person, other.name, held.name):
                held.recovered |= other.recovered
                for signal, facts in other.signals.items():
                    for fact in facts:
                        held.add(signal, fact)
                del readings[other.name]
