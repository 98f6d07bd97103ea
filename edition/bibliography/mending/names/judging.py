"""Which reading of a name is applied, and which is the editor's to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz.distance import OSA

from edition.bibliography.matching import turned
from edition.bibliography.mending.candidates import NameReadings
from edition.bibliography.mending.names.attested import KnownNames, present_form
from edition.bibliography.mending.names.signals import NameCandidate
from edition.bibliography.types import Change, Entry, Tier
from edition.bibliography.values import Person, compact, fold, person, split


def changes(
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
    present = present_form(one, known)
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
