"""Names of bodies against their addresses, and against each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from edition.bibliography.mending import addresses
from edition.bibliography.mending.hostlabels import by_pinyin, initialled, reads
from edition.bibliography.mending.scripts import in_big5, mostly_traditional
from edition.bibliography.types import Change, Context, Entry, Library, Tier
from edition.bibliography.values import ALIKE, alike, compact, fold, persons, simplified, urls
from edition.characters import has_han
from edition.script import traditional

FIELDS = ("author", "organization", "publisher", "institution")
Bodies = dict[str, Counter[str]]  # owner of a host -> the bodies named with it, by entries


@dataclass(frozen=True, slots=True)
class _Body:
    """A body where it stands: ``owner``: of the host that its entry has."""

    entry: Entry
    field: str
    value: str
    owner: str

    @property
    def name(self) -> str:
        return self.value.strip("{}")

    def read(
        self, after: str, rule: str, *facts: str, confidence: float, tier: Tier = Tier.PROPOSED,
        alternatives: Sequence[str] = (),
    ) -> Change:  # fmt: skip
        """The change to another reading of it."""
        return Change(
            entry=self.entry.key, field=self.field, before=self.value, after=after, rule=rule,
            evidence=facts, tier=tier, confidence=confidence, alternatives=tuple(alternatives),
        )  # fmt: skip


def repair_bodies(
    library: Library, context: Context, readings: addresses.Readings = MappingProxyType({})
) -> Iterator[Change]:
    """Changes to bodies of entries that have an address. ``readings``: of entries merged into
    them, whose address may be the better one."""
    by_owner: Bodies = defaultdict(Counter)
    bodies = [body for entry in library.entries for body in _bodies(entry)]
    for body in bodies:
        by_owner[body.owner][body.value] += 1
    old_script = mostly_traditional(library)
    for body in bodies:
        entry = body.entry
        if has_han(body.name):
            change = _chinese(body, by_owner[body.owner], old_script=old_script)
        elif entry.get("title"):
            continue  # a titled work may stand anywhere, not on its author's site alone
        elif any(reads(label, fold(body.name)) for label in _labels(entry)):
            change = _variant(body, by_owner[body.owner])
        else:
            held = readings.get(entry.key, {}).get("url", ())
            change = _foreign(body, by_owner, context, addresses.fullest(entry.get("url"), held))
        if change is not None:
            yield change


def _bodies(entry: Entry) -> Iterator[_Body]:
    """The bodies of an entry with an address."""
    labels = _labels(entry)
    if not labels:
        return
    for name in FIELDS[:1] if entry.type != "online" else FIELDS:
        value = entry.get(name)
        people = persons(value)
        if value and (name != "author" or (len(people) == 1 and people[0].body)):
            yield _Body(entry, name, value, labels[0])


def _labels(entry: Entry) -> tuple[str, ...]:
    return urls.owner_labels(entry.get("url"))


def _chinese(body: _Body, bodies: Counter[str], *, old_script: bool) -> Change | None:
    """A Chinese body. ``bodies``: those of the same host; ``old_script``: the list is written in
    traditional characters."""
    if old_script and (change := _in_old_script(body, bodies)):
        return change
    others = simplified(" ".join(other for other in bodies if other != body.value))
    if reading := by_pinyin(body.value, _labels(body.entry), others):
        return _by_sound(body, bodies, *reading, old_script=old_script)
    return _mixed(body) if old_script else None


def _in_old_script(body: _Body, bodies: Counter[str]) -> Change | None:
    """The same name in traditional characters, which another entry has."""
    for other, count in sorted(bodies.items()):
        if compact(other) == compact(body.value) and _traditional_of(body.value, other):
            fact = f"the same host is given with {other}: {count}"
            return body.read(other, "body.script", fact, confidence=0.97, tier=Tier.APPLIED)
    return None


def _by_sound(
    body: _Body, bodies: Counter[str], after: str, label: str, said: str, *, old_script: bool
) -> Change:
    """The body whose pinyin is the label of the host, in the form that another entry has."""
    like = (one for one in bodies if simplified(one) == simplified(after) and one != body.value)
    attested = next(like, "")
    facts = [f"the host has {label}, which is {said} in pinyin; {body.name} is not read so, a "
             "look-alike character is"]  # fmt: skip
    if not attested:
        return body.read(after, "body.host", *facts, confidence=0.85)
    facts.append(f"another entry of the same host has {attested.strip('{}')}")
    if old_script:
        attested = next((one for one in bodies if _traditional_of(attested, one)), attested)
    return body.read(attested, "body.host", *facts, confidence=0.95, tier=Tier.APPLIED)


def _mixed(body: _Body) -> Change | None:
    """Simplified characters in a list that is written in traditional ones."""
    mixed = traditional(body.value)
    odd = [a for a, b in zip(body.value, mixed, strict=False) if a != b]
    if len(mixed) != len(body.value) or not odd or any(in_big5(one) for one in odd):
        return None
    fact = f"{''.join(odd)} is simplified in a list written in traditional characters"
    return body.read(mixed, "script.mixed", fact, confidence=0.8)


def _traditional_of(value: str, other: str) -> bool:
    """``other`` is ``value`` with characters in their traditional form."""
    return (
        len(value) == len(other)
        and value != other
        and all(a == b or simplified(b) == a for a, b in zip(value, other, strict=True))
    )


def _foreign(body: _Body, by_owner: Bodies, context: Context, address: str) -> Change | None:
    """A body whose address is another's: no part of the host can be read off its name."""
    label = (urls.owner_labels(address) or (body.owner,))[0]
    host = urls.host(address)
    if label in urls.PLATFORMS or not host:
        return None
    readers = [other for other in by_owner[body.owner]
               if other != body.value and reads(label, fold(other))]  # fmt: skip
    readers += [
        "{" + known + "}"
        for known in context.names
        if not has_han(known) and len(known) > len(label) and initialled(label, known)
    ]
    name = fold(body.value)
    elsewhere = any(reads(other, name) for other, held in by_owner.items()
                    if body.value in held and other != body.owner)  # fmt: skip
    if not elsewhere and len(name.split()) < 2 and not readers and len(label) < 3:
        return None
    facts = [f"the address is on {host}, which can't be read off “{body.name}”"]
    if elsewhere:
        facts.append("other entries give the body with a host of its own")
    return body.read(
        readers[0] if readers else "{" + host + "}", "body.host", *facts,
        confidence=0.8 if readers else 0.6, alternatives=tuple(dict.fromkeys(readers[1:3])),
    )  # fmt: skip


def _variant(body: _Body, bodies: Counter[str]) -> Change | None:
    """One owner under two names, each of which the host is read off: AP News and Associated
    Press News. The fuller is proposed."""
    others = [
        other
        for other in bodies
        if other != body.value
        and not has_han(other)
        and bodies[other] >= bodies[body.value]
        and _short_of(body.value, other)
    ]
    if not others or len(bodies) != 2:
        return None
    fact = f"the same host is given with {others[0].strip('{}')}: {bodies[others[0]]}"
    return body.read(others[0], "body.variant", fact, confidence=0.7)


def _short_of(value: str, other: str) -> bool:
    mine, theirs = fold(value).split(), fold(other).split()
    return len(mine) < len(theirs) and reads("".join(mine), fold(other))


def confused(
    changes: Sequence[Change], readings: Sequence[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Pairs (misread, read) of characters that the applied changes, and the contradicting
    readings of merged entries (poorer, better), show to be confused."""
    found = set()
    pairs = [(one.before, one.after) for one in changes] + list(readings)
    for before, after in pairs:
        if len(before) == len(after):
            odd = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
            if (
                len(odd) == 1
                and has_han(odd[0][0])
                and alike(*odd[0]) >= ALIKE
                and (simplified(odd[0][0]) != simplified(odd[0][1]))
            ):
                found.add(odd[0])
    return found
