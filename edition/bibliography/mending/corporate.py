"""Names of bodies against their addresses, and against each other.

A body is recognised in a host where the host's label can be read off its name: words, beginnings of
words or initials in order (``csis``, ``apnews``, ``semiengineering``), or pinyin (``fudan``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from types import MappingProxyType

from edition.bibliography.mending import addresses
from edition.bibliography.mending.scripts import in_big5, mostly_traditional
from edition.bibliography.types import Change, Context, Entry, Library, Tier
from edition.bibliography.values import (
    ALIKE,
    alike,
    compact,
    fold,
    near,
    persons,
    phrases,
    simplified,
    urls,
)
from edition.characters import has_han
from edition.script import traditional

FIELDS = ("author", "organization", "publisher", "institution")
Bodies = dict[str, Counter[str]]  # owner of a host -> the bodies named with it, by entries


def repair_bodies(
    library: Library, context: Context, readings: addresses.Readings = MappingProxyType({})
) -> Iterator[Change]:
    """Changes to bodies of entries that have an address. ``readings``: of entries merged into
    them, whose address may be the better one."""
    by_owner: Bodies = defaultdict(Counter)
    for entry in library.entries:
        for _, value, owner in _bodies(entry):
            by_owner[owner][value] += 1
    old_script = mostly_traditional(library)
    for entry in library.entries:
        for name, value, owner in _bodies(entry):
            shown = value.strip("{}")
            if has_han(shown):
                yield from _chinese(entry, name, value, by_owner[owner], old_script)
            elif entry.get("title"):
                continue  # a titled work may stand anywhere, not on its author's site alone
            elif not any(reads(label, fold(shown)) for label in _labels(entry)):
                held = readings.get(entry.key, {}).get("url", ())
                yield from _foreign(
                    entry,
                    name,
                    value,
                    owner,
                    by_owner,
                    context,
                    addresses.fullest(entry.get("url"), held),
                )
            else:
                yield from _variant(entry, name, value, by_owner[owner])


def _bodies(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """(field, value, owner) of the bodies of an entry with an address."""
    labels = _labels(entry)
    if not labels:
        return
    for name in FIELDS[:1] if entry.type != "online" else FIELDS:
        value = entry.get(name)
        people = persons(value)
        if value and (name != "author" or (len(people) == 1 and people[0].body)):
            yield name, value, labels[0]


def _labels(entry: Entry) -> tuple[str, ...]:
    return urls.owner_labels(entry.get("url"))


@lru_cache(maxsize=16384)
def reads(label: str, name: str) -> bool:
    """Whether ``label`` can be read off the words of ``name`` in order, each giving nothing, its
    beginning, or itself; the letters that carry it must be enough of the name to be no chance."""
    label = label.replace("-", "")
    words = name.split()
    whole = "".join(words[1:] if words[:1] == ["the"] else words)
    if whole and (label in whole or whole in label or label in "".join(words)):
        return len(label) > 1
    states = {0}
    for word in words:
        states |= {
            at + size
            for at in states
            for size in range(1, len(word) + 1)
            if label[at : at + size] == word[:size]
        }
    if len(label) in states:
        return True
    return any(len(word) > 5 and (word in label or word.rstrip("s") in label) for word in words)


def _chinese(
    entry: Entry, name: str, value: str, bodies: Counter[str], old_script: bool
) -> Iterator[Change]:
    for other, count in sorted(bodies.items()):
        if old_script and compact(other) == compact(value) and _traditional_of(value, other):
            yield _made(
                entry,
                name,
                value,
                other,
                "body.script",
                (f"the same host is given with {other}: {count}",),
                Tier.APPLIED,
                0.97,
            )
            return
    others = simplified(" ".join(other for other in bodies if other != value))
    reading = _by_pinyin(value, _labels(entry), others)
    if reading:
        after, label, said = reading
        attested = next(
            (
                other
                for other in bodies
                if simplified(other) == simplified(after) and other != value
            ),
            "",
        )
        if attested and old_script:
            after = (
                attested
                if not any(
                    compact(one) == compact(attested) and _traditional_of(attested, one)
                    for one in bodies
                )
                else next(one for one in bodies if _traditional_of(attested, one))
            )
        facts = [
            f"the host has {label}, which is {said} in pinyin; {value.strip('{}')} "
            "is not read so, a look-alike character is"
        ]
        if attested:
            facts.append(f"another entry of the same host has {attested.strip('{}')}")
        yield _made(
            entry,
            name,
            value,
            after if old_script or not attested else attested,
            "body.host",
            tuple(facts),
            Tier.APPLIED if attested else Tier.PROPOSED,
            0.95 if attested else 0.85,
        )
    elif old_script:
        mixed = traditional(value)
        odd = [a for a, b in zip(value, mixed, strict=False) if a != b]
        if len(mixed) == len(value) and odd and all(not in_big5(c) for c in odd):
            yield _made(
                entry,
                name,
                value,
                mixed,
                "script.mixed",
                (f"{''.join(odd)} is simplified in a list written in traditional characters",),
                Tier.PROPOSED,
                0.8,
            )


def _traditional_of(value: str, other: str) -> bool:
    """``other`` is ``value`` with characters in their traditional form."""
    return (
        len(value) == len(other)
        and value != other
        and all(a == b or simplified(b) == a for a, b in zip(value, other, strict=True))
    )


def _by_pinyin(value: str, labels: Sequence[str], others: str) -> tuple[str, str, str] | None:
    """The body with one look-alike character such that a label of the host is its pinyin:
    (reading, label, characters read). ``others``: the bodies of the same host, simplified."""
    from pypinyin import lazy_pinyin

    whole = value.strip("{}")
    text = simplified(whole)
    for label in (one for one in labels if len(one) >= 4):
        for start, size in ((at, size) for at in range(len(text) - 1) for size in (2, 3, 4)):
            part = text[start : start + size]
            sounds = lazy_pinyin(part)
            if len(part) < size:
                continue
            if "".join(sounds) == label:
                return None
            for at, (other, known) in _sounding(part, sounds, label):
                if known in phrases() or known in others or size > 2:
                    place = start + at
                    return "{" + whole[:place] + other + whole[place + 1 :] + "}", label, known
    return None


def _sounding(part: str, sounds: list[str], label: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """Look-alikes of one character of ``part`` with which its pinyin is ``label``: the place,
    the character and ``part`` with it (simplified)."""
    from pypinyin import lazy_pinyin

    for at, char in enumerate(part):
        head, tail = "".join(sounds[:at]), "".join(sounds[at + 1 :])
        if label.startswith(head) and label.endswith(tail) and len(label) > len(head + tail):
            sound = label[len(head) : len(label) - len(tail)]
            for other, score in near(char):
                if score >= ALIKE and sound in lazy_pinyin(simplified(other)):
                    yield at, (other, part[:at] + simplified(other) + part[at + 1 :])


def _foreign(
    entry: Entry,
    name: str,
    value: str,
    owner: str,
    by_owner: Bodies,
    context: Context,
    address: str,
) -> Iterator[Change]:
    """A body whose address is another's: no part of the host can be read off its name."""
    label = (urls.owner_labels(address) or (owner,))[0]
    if label in urls.PLATFORMS:
        return
    readers = [other for other in by_owner[owner] if other != value and reads(label, fold(other))]
    readers += [
        "{" + known + "}"
        for known in context.names
        if not has_han(known) and len(known) > len(label) and _initials(label, known)
    ]
    elsewhere = any(
        reads(other, fold(value))
        for other, held in by_owner.items()
        if value in held and other != owner
    )
    if not elsewhere and len(fold(value).split()) < 2 and not readers and len(label) < 3:
        return
    host = urls.host(address)
    if not host:
        return
    after = readers[0] if readers else "{" + host + "}"
    facts = [f"the address is on {host}, which can't be read off “{value.strip('{}')}”"]
    if elsewhere:
        facts.append("other entries give the body with a host of its own")
    yield _made(
        entry,
        name,
        value,
        after,
        "body.host",
        tuple(facts),
        Tier.PROPOSED,
        0.8 if readers else 0.6,
        tuple(dict.fromkeys(readers[1:3])),
    )


def _initials(label: str, known: str) -> bool:
    """``csis``; ``uscc``, which passes over words, where it is long enough to be no chance."""
    words = [word for word in fold(known).split() if word not in ("the", "of", "and", "for")]
    initials = "".join(word[0] for word in words)
    rest = iter(initials)
    return (
        compact(known) == label
        or initials == label
        or (len(label) > 3 and initials[:1] == label[0] and all(letter in rest for letter in label))
    )


def _variant(entry: Entry, name: str, value: str, bodies: Counter[str]) -> Iterator[Change]:
    """One owner under two names, each of which the host is read off: AP News and Associated
    Press News. The fuller is proposed."""
    others = [
        other
        for other in bodies
        if other != value
        and not has_han(other)
        and bodies[other] >= bodies[value]
        and _short_of(value, other)
    ]
    if others and len(bodies) == 2:
        yield _made(
            entry,
            name,
            value,
            others[0],
            "body.variant",
            (f"the same host is given with {others[0].strip('{}')}: {bodies[others[0]]}",),
            Tier.PROPOSED,
            0.7,
        )


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


def _made(
    entry: Entry,
    name: str,
    before: str,
    after: str,
    rule: str,
    facts: tuple[str, ...],
    tier: Tier,
    confidence: float,
    alternatives: tuple[str, ...] = (),
) -> Change:
    return Change(
        entry=entry.key,
        field=name,
        before=before,
        after=after,
        rule=rule,
        evidence=facts,
        tier=tier,
        confidence=confidence,
        alternatives=alternatives,
    )
