"""Which reading of a name is applied, and which is the editor's to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from edition.bibliography.matching import turned
from edition.bibliography.mending.candidates import NameReadings
from edition.bibliography.mending.names.attested import KnownNames, present_form
from edition.bibliography.mending.names.signals import NameCandidate, NamePlace, Signal
from edition.bibliography.types import Change, Tier
from edition.bibliography.values import Person, compact, fold, person, split

# signals of which alone no reading is proposed
_LIKENESS = frozenset({Signal.KNOWN, Signal.GIVEN_LIST})


def changes(
    place: NamePlace, readings: Sequence[NameCandidate], known: KnownNames
) -> Iterator[Change]:
    """The likeliest reading. A given name that only the word list speaks for is asked about where
    the name is misread elsewhere, and never applied along with it; alone it is no finding, for most
    given names of the world are in no list."""
    listed = [one for one in readings if one.signals.keys() == {Signal.GIVEN_LIST}]
    change = _change(place, [one for one in readings if one not in listed], known)
    if change is None:
        return
    yield change
    if change.tier is Tier.APPLIED:
        for given in listed:
            yield replace(
                change, after=_replaced(place, given), tier=Tier.PROPOSED, evidence=given.evidence,
                confidence=0.5, alternatives=(),
            )  # fmt: skip


def _change(
    place: NamePlace, readings: Sequence[NameCandidate], known: KnownNames
) -> Change | None:
    if all(one.signals.keys() <= _LIKENESS for one in readings):
        return None  # two people with similar names are no error
    ranked = sorted(readings, key=lambda one: (-one.weight, one.name))
    present = present_form(place.person, known)
    if present == place.person.raw and not ranked[0].witnessed:
        return None  # the edition knows the name as it stands
    if present and present != place.person.raw:
        facts = {Signal.KNOWN: [f"the edition knows {present}"],
                 Signal.IN_TEXT: list(ranked[0].evidence)}  # fmt: skip
        ranked.insert(0, NameCandidate(present, facts))
    best = ranked[0]
    after = _replaced(place, best)
    if after == place.value:
        return None
    sure = not present and _certain(place, ranked, known)
    return Change(
        entry=place.entry.key,
        field=place.field,
        before=place.value,
        after=after,
        rule=_rule(place.person, best),
        evidence=best.evidence,
        tier=Tier.APPLIED if sure else Tier.PROPOSED,
        confidence=min(0.99, 0.4 + 0.2 * best.independent) if sure else 0.5,
        alternatives=tuple(_replaced(place, one) for one in ranked[1:]),
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
    if Signal.SAME_WORK in best.signals:
        return "name.entry"
    if Signal.IN_TEXT in best.signals:
        return "name.in-text"
    return "name.elsewhere"


def _only_longer(one: Person, best: NameCandidate) -> bool:
    """The reading adds given names or initials and changes nothing."""
    mine, read = fold(one.given).split(), fold(NameReadings(one, best.name).given).split()
    return set(mine) < set(read)


def _certain(place: NamePlace, ranked: Sequence[NameCandidate], known: KnownNames) -> bool:
    """Whether the best reading may be applied unasked: the rule in this package's head."""
    one, best = place.person, ranked[0]
    if _rule(one, best) == "name.fuller":
        return False
    if best.independent < 2 or not best.witnessed:
        return False
    rivals = [c for c in ranked[1:] if not _refuted(c, best)]
    if rivals:
        return False
    form = compact(one.full)
    if set(known.attested.get(form, ())) - {place.entry.key} or known.cited[form]:
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
        rival.signals.keys() <= best.signals.keys()
        and best.independent > rival.independent
        and (len(best.signals) > 1)
    )


def _replaced(place: NamePlace, reading: NameCandidate) -> str:
    """The value of the field with the name respelt, its form ("Family, Given") kept."""
    raw = place.person.raw
    new = NameReadings(place.person, reading.name).raw
    return place.value.replace(raw, new, 1) if raw in split(place.value) else place.value
