"""Names mended from the document's own evidence.

Signals, by strength: (1) another entry of the same work, (2) a citation in the text, (3) the
author elsewhere in the list beside the same co-author, both only where that reading is the better
one (:mod:`edition.bibliography.mending.direction`), (4) the pinyin of a Chinese twin, (5) the
citation key, (6) words of the URL or DOI, (7) the order of the list, (8) names the edition knows,
and a list of given names. A reading is applied only with two of them, (1) or (2) among them, where
it is the only candidate, within two letters (Chinese: one look-alike character), and what stands
there is found nowhere else. Everything else is proposed. Two-character Chinese names, given names
of Chinese authors and real names that differ are always the editor's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
from edition.bibliography.mending.direction import Standing, better, damaged, extends
from edition.bibliography.mending.sortorder import mends_order
from edition.bibliography.types import Change, Context, Entry, InText, Library, Tier
from edition.bibliography.values import (
    Person,
    compact,
    fold,
    person,
    persons,
    simplified,
    split,
    untex,
)

CROWD = 60  # forms like a name among which another spelling of it is no evidence
FIELDS = ("author", "editor", "translator")


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


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of the whole document, for looking up."""

    attested: Mapping[str, Counter[str]]  # folded name -> its entries (and how often)
    elsewhere: Mapping[str, Mapping[str, Person]]  # bucket -> folded name -> one who has it
    authority: Mapping[str, tuple[str, ...]]  # bucket -> names the edition knows
    cited: Counter[str]
    titles: Mapping[str, str]  # key -> folded title


def repair_names(
    library: Library,
    cited: Mapping[str, tuple[InText, ...]],
    context: Context,
    readings: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]],
) -> Iterator[Change]:
    """Changes to names. ``readings``: entry -> field -> the readings (key, value) of entries
    merged into it."""
    known = _known(library, cited, context, readings)
    for at, entry in enumerate(library.entries):
        for name in FIELDS:
            value = entry.get(name)
            if not value:
                continue
            others = readings.get(entry.key, {}).get(name, ())
            for slot, one in enumerate(persons(value)):
                if one.body or (not one.given and len(compact(one.raw)) < 2):
                    continue
                found = _candidates(
                    library, at, entry, name, slot, one, cited.get(entry.key, ()), others, known
                )
                yield from _changes(entry, name, one, found, known)


def bucket(name: str) -> list[str]:
    """Keys under which a name and its misspellings meet: parts of it that one error spares."""
    text = compact(name)
    if text and text[0] >= "\u3400":
        return [f"{at}{text[:at]}*{text[at + 1 :]}" for at in range(len(text))]
    words = fold(name).split()
    last = words[-1] if words else ""
    half = max(2, len(last) // 2)
    initial = words[0][0] if len(words) > 1 else ""
    return [f"{initial}h{last[:half]}", f"{initial}t{last[-half:]}"]


def _known(
    library: Library,
    cited: Mapping[str, tuple[InText, ...]],
    context: Context,
    readings: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]],
) -> KnownNames:
    attested: dict[str, Counter[str]] = defaultdict(Counter)
    elsewhere: dict[str, dict[str, Person]] = defaultdict(dict)
    for entry in library.entries:
        for name in FIELDS[:2]:
            for one in persons(entry.get(name)):
                form = compact(one.full)
                if form not in attested:
                    for key in bucket(one.full):
                        elsewhere[key][form] = one
                attested[form][entry.key] += 1
            for key, value in readings.get(entry.key, {}).get(name, ()):
                for one in persons(value):
                    attested[compact(one.full)][key] += 1
    authority: dict[str, list[str]] = defaultdict(list)
    for name in context.names:
        for key in bucket(name):
            authority[key].append(name)
    in_text = Counter(
        compact(name) for every in cited.values() for one in every for name in one.names
    )
    return KnownNames(
        attested,
        elsewhere,
        {key: tuple(held) for key, held in authority.items()},
        in_text,
        {entry.key: compact(entry.get("title")) for entry in library.entries},
    )


def _candidates(
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
                    _near(one, text),
                    2,
                    f"the text cites {'·'.join(citation.names)} "
                    f"{citation.year}{pages} (citation {number})",
                )
    _elsewhere(entry, one, known, vote)
    for text in dict.fromkeys(n for key in bucket(one.full) for n in known.authority.get(key, ())):
        vote(_near(one, text), 8, f"the edition knows {text}")
    _agreed(one, found, vote)
    if one.given and not one.han:
        given = given_repair(one.given)
        if given:
            vote(respell(one, given=given), 9, f"{given} is a given name, {one.given} is not")
    _support(library, at, entry, slot, one, found)
    return _joined(one, found)


def _near(one: Person, text: str) -> str | None:
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
    return better(one, other, _standing(one, known), _standing(other, known))


def _standing(one: Person, known: KnownNames) -> Standing:
    form = compact(one.full)
    held = known.authority
    return Standing(
        entries=len(known.attested.get(form, ())),
        cited=known.cited[form],
        known=any(compact(n) == form for key in bucket(one.full) for n in held.get(key, ())),
    )


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


def _changes(
    entry: Entry, name: str, one: Person, found: dict[str, NameCandidate], known: KnownNames
) -> Iterator[Change]:
    """The likeliest reading. A given name that only the word list speaks for is asked about where
    the name is misread elsewhere, and never applied along with it; alone it is no finding, for most
    given names of the world are in no list."""
    listed = {key: held for key, held in found.items() if set(held.signals) == {9}}
    rest = {key: held for key, held in found.items() if key not in listed}
    change = _change(entry, name, one, rest, known)
    if change is None:
        return
    yield change
    if change.tier is Tier.APPLIED:
        for given in listed.values():
            after = _replaced(entry.get(name), one, given.name)
            yield replace(
                change, after=after, tier=Tier.PROPOSED, evidence=given.evidence, confidence=0.5,
                alternatives=(),
            )  # fmt: skip


def _change(
    entry: Entry, name: str, one: Person, found: dict[str, NameCandidate], known: KnownNames
) -> Change | None:
    if not found or all(3 not in c.signals and set(c.signals) <= {8, 9} for c in found.values()):
        return None  # two people with similar names are no error
    ranked = sorted(found.values(), key=lambda c: (-c.weight, c.name))
    present = _present(one, known)
    if present == one.raw and not {1, 2} & set(ranked[0].signals):
        return None  # the edition knows the name as it stands
    if present and present != one.raw:
        ranked.insert(
            0,
            NameCandidate(
                present, {8: [f"the edition knows {present}"], 2: list(ranked[0].evidence)}
            ),
        )
    best = ranked[0]
    after = _replaced(entry.get(name), one, best.name)
    if after == entry.get(name):
        return None
    sure = not present and _certain(entry, one, ranked, known)
    rule = _rule(one, best)
    return Change(
        entry=entry.key,
        field=name,
        before=entry.get(name),
        after=after,
        rule=rule,
        evidence=best.evidence,
        tier=Tier.APPLIED if sure else Tier.PROPOSED,
        confidence=min(0.99, 0.4 + 0.2 * best.independent) if sure else 0.5,
        alternatives=tuple(_replaced(entry.get(name), one, c.name) for c in ranked[1:]),
    )


def _present(one: Person, known: KnownNames) -> str:
    """The form in which the edition knows the name that stands there, in either script."""
    return next(
        (
            text
            for key in bucket(one.full)
            for text in known.authority.get(key, ())
            if compact(text) == compact(one.full)
        ),
        "",
    )


def _rule(one: Person, best: NameCandidate) -> str:
    if not one.han and turned(one, person(best.name)):
        return "name.order"
    if (
        not one.han
        and NameReadings(one, best.name).family == one.family
        and _only_longer(one, best)
    ):
        return "name.fuller"
    if 1 in best.signals:
        return "name.entry"
    if 2 in best.signals:
        return "name.in-text"
    return "name.elsewhere"


def _only_longer(one: Person, best: NameCandidate) -> bool:
    """The reading adds given names or initials and changes nothing."""
    mine, read = fold(one.given).split(), fold(NameReadings(one, best.name).given).split()
    return set(mine) < set(read)


def _certain(entry: Entry, one: Person, ranked: list[NameCandidate], known: KnownNames) -> bool:
    """Whether the best reading may be applied unasked: the rule in this module's head."""
    best = ranked[0]
    if _rule(one, best) == "name.fuller":
        return False
    if best.independent < 2 or not {1, 2} & set(best.signals):
        return False
    rivals = [c for c in ranked[1:] if not _refuted(c, best)]
    if rivals:
        return False
    form = compact(one.full)
    if set(known.attested.get(form, ())) - {entry.key} or known.cited[form]:
        return False
    distance = OSA.distance(compact(one.full), compact(best.name))
    if one.han:
        return (
            len(form) == len(compact(best.name)) >= 3
            and distance == 1
            and (form[0] != compact(best.name)[0])
        )
    family = OSA.distance(one.key, compact(NameReadings(one, best.name).family))
    return distance <= 2 and family <= 2 and len(one.key) >= 4


def _refuted(rival: NameCandidate, best: NameCandidate) -> bool:
    """A form that the best reading explains: the misreading it was recovered from."""
    return (
        set(rival.signals) <= set(best.signals)
        and best.independent > rival.independent
        and (len(best.signals) > 1)
    )


def _replaced(value: str, one: Person, reading: str) -> str:
    """``value`` with the name of ``one`` respelt, its form ("Family, Given") kept."""
    parts = split(value)
    new = NameReadings(one, reading).raw
    if one.raw in parts:
        return value.replace(one.raw, new, 1)
    return value


def unmatched(entry: Entry, cited: Iterable[InText]) -> list[str]:
    """Authors of the entry that a citation which names others leaves out."""
    people = [one for one in persons(entry.get("author")) if not one.body]
    missing = []
    for citation in cited:
        if not citation.names or len(citation.names) >= len(people) or len(people) > 3:
            continue
        held = [
            one
            for one in people
            if not any(
                compact(one.raw) == compact(text) or _near(one, text) or one.key == compact(text)
                for text in citation.names
            )
        ]
        if held and len(held) < len(people):
            missing += [one.full for one in held]
    return list(dict.fromkeys(missing))
