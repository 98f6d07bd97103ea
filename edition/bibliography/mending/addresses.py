"""Addresses: their form, misread letters, hosts, and the readings of merged entries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from edition.bibliography.types import Change, Entry, Library, Tier
from edition.bibliography.values import urls, words

Readings = Mapping[str, Mapping[str, Sequence[tuple[str, str]]]]
NEAR = 6  # letters apart in which two addresses may still be one misread
_MANY = 5  # entries from which the commoner of two hosts is the right one
PAIR = "a letter of a pair is sooner lost than added"
_PAIR = re.compile(r"[0-9a-z]{2}")
_HEX = re.compile(r"[0-9a-f]{2}")
_MISREAD = str.maketrans({"l": "1", "i": "1", "o": "0"})  # letters for figures in hexadecimal


def repair_addresses(library: Library, readings: Readings) -> Iterator[Change]:
    """Changes to the addresses of the entries. ``readings``: entry -> field -> (key, value) of
    the entries merged into it."""
    hosts = _hosts(library, readings)
    hexed = {
        urls.host(entry.get("url"))
        for entry in library.entries
        if len(_pairs(entry.get("url"))) > 1 and all(map(_HEX.fullmatch, _pairs(entry.get("url"))))
    }
    at_host: dict[str, list[str]] = defaultdict(list)
    for entry in library.entries:
        if entry.get("url"):
            at_host[urls.host(entry.get("url"))].append(entry.get("url"))
    for entry in library.entries:
        value = entry.get("url")
        if value:
            yield from _form(entry, value)
            yield from _figures(entry, value, hosts, hexed)
            yield from _twin_host(entry, value, hosts, at_host)
            yield from _contradicted(entry, value, readings.get(entry.key, {}).get("url", ()))


def misread(library: Library, readings: Readings) -> Iterator[Change]:
    """Addresses of merged entries that are plainly a worse reading than the one that is kept:
    they are no words where the other has them."""
    for entry in library.entries:
        value = entry.get("url")
        held = readings.get(entry.key, {}).get("url", ())
        for key, other in dict.fromkeys(held):
            strange = _strange(other) - _strange(value)
            if (
                urls.key(other) != urls.key(value)
                and strange
                and not (_strange(value) - _strange(other))
            ):
                quoted = ", ".join(f"“{one}”" for one in sorted(strange))
                having = ", ".join([entry.key, *_same(value, held)])
                facts = f"{quoted} is in no word list; {_odd(value, other)} stands in {having}"
                yield Change(
                    entry=key,
                    field="url",
                    before=other,
                    after=value,
                    rule="url.conflict",
                    evidence=(facts,),
                    tier=Tier.APPLIED,
                    confidence=0.9,
                    reason=f"the entry went into {entry.key}",
                    into=entry.key,
                )


def fullest(value: str, readings: Sequence[tuple[str, str]]) -> str:
    """``value``, or the reading of a merged entry that has a letter more in its host."""
    return next(
        (
            other
            for _, other in readings
            if len(other) == len(value) + 1
            and OSA.distance(urls.host(other), urls.host(value)) == 1
        ),
        value,
    )


def _strange(url: str) -> set[str]:
    """Words of the path that are in no list."""
    return {word for word in urls.words(url) if word.isalpha() and not words.common(word)}


def _same(value: str, held: Sequence[tuple[str, str]]) -> list[str]:
    return [key for key, other in held if urls.key(other) == urls.key(value)]


def _odd(value: str, other: str) -> str:
    """The words of ``value`` that ``other`` lacks."""
    lacking = [word for word in urls.words(value) if word not in urls.words(other)]
    return "-".join(lacking) or value


def _change(
    entry: Entry,
    after: str,
    rule: str,
    facts: tuple[str, ...],
    tier: Tier = Tier.PROPOSED,
    confidence: float = 0.6,
    alternatives: tuple[str, ...] = (),
) -> Change:
    return Change(
        entry=entry.key,
        field="url",
        before=entry.get("url"),
        after=after,
        rule=rule,
        evidence=facts,
        tier=tier,
        confidence=confidence,
        alternatives=alternatives,
    )


def _hosts(library: Library, readings: Readings) -> Mapping[str, Counter[str]]:
    """Registered name -> its hosts, by the entries that have them, merged ones included."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in library.entries:
        for value in (
            entry.get("url"),
            *(value for _, value in readings.get(entry.key, {}).get("url", ())),
        ):
            labels = urls.owner_labels(value)
            if labels:
                found[labels[0]][urls.host(value)] += 1
    return found


def _pairs(url: str) -> list[str]:
    """Path segments of two characters that stand side by side."""
    return [part for part in urls.path(url).split("/") if _PAIR.fullmatch(part)]


def _form(entry: Entry, value: str) -> Iterator[Change]:
    tidy = urls.tidy(value)
    if tidy != value:
        yield _change(
            entry,
            tidy,
            "url.tidy",
            ("the case of a host and tracking parameters are no part of an address",),
            Tier.APPLIED,
            0.98,
        )
    encoded = urls.encoded(value)
    if encoded:
        joined = re.sub(r"\s+", "", value)
        broken = urls.broken(value)
        fact = "the space came from a line end" if broken else "a space stands as %20"
        yield _change(
            entry,
            joined if broken else encoded,
            "url.space",
            (f"an address holds no space; by where it stands, {fact}",),
            alternatives=(encoded if broken else joined,),
        )


def _figures(
    entry: Entry, value: str, hosts: Mapping[str, Counter[str]], hexed: set[str]
) -> Iterator[Change]:
    """A letter where a hexadecimal number has a figure."""
    pairs = _pairs(value)
    odd = [part for part in pairs if not _HEX.fullmatch(part)]
    if len(pairs) < 2 or len(odd) != 1 or not _HEX.fullmatch(odd[0].translate(_MISREAD)):
        return
    read = odd[0].translate(_MISREAD)
    facts = [f"“{odd[0]}” is no hexadecimal number as its neighbour is; {read} is"]
    owner = (urls.owner_labels(value) or ("",))[0]
    if urls.host(value) in hexed or any(host in hexed for host in hosts.get(owner, ())):
        facts.append("other addresses of the same site have two such numbers there")
    yield _change(
        entry,
        value.replace(f"/{odd[0]}/", f"/{read}/", 1),
        "url.misread",
        tuple(facts),
        confidence=0.5 + 0.2 * len(facts),
    )


def _contradicted(
    entry: Entry, value: str, readings: Sequence[tuple[str, str]]
) -> Iterator[Change]:
    """A merged entry has another address, and it isn't plainly the worse of the two."""
    for key, other in dict.fromkeys(readings):
        if other == value or urls.key(other) == urls.key(value):
            continue
        near = OSA.distance(other, value) == 1
        if OSA.distance(other, value, score_cutoff=NEAR) > NEAR:
            continue  # two addresses of the work, no reading of one
        if (near and len(other) < len(value)) or (_strange(other) > _strange(value)):
            continue  # the conflict stays on record; the better reading stands already
        longer = len(other) > len(value)
        facts = (
            f"{key}, merged into this entry, has {other}",
            *((PAIR,) if longer and near else ()),
        )
        yield _change(entry, other, "url.conflict", facts, confidence=0.6 if longer else 0.4)


def _shape(url: str) -> tuple[int, str]:
    """How a site builds its addresses: the depth of the path and the ending of its last part."""
    last = urls.path(url).rsplit("/", 1)[-1]
    return urls.path(url).count("/"), last.rpartition(".")[2] if "." in last else ""


def _twin_host(
    entry: Entry, value: str, hosts: Mapping[str, Counter[str]], known: Mapping[str, Sequence[str]]
) -> Iterator[Change]:
    """Two hosts of one owner that differ in a letter: one of them is misread."""
    labels = urls.owner_labels(value)
    host = urls.host(value)
    for other, count in sorted(hosts.get(labels[0], Counter()).items()) if labels else ():
        if (
            other != host
            and OSA.distance(other, host) == 1
            and len(other) > len(host)
            and not re.search(r"\d", other)
            and hosts[labels[0]][host] < max(_MANY, hosts[labels[0]][other])
            and any(_shape(one) == _shape(value) for one in known.get(other, ()))
        ):
            after = re.sub(re.escape(host), other, value, count=1, flags=re.IGNORECASE)
            yield _change(
                entry,
                after,
                "url.host",
                (
                    f"found with the host {other}: {count}, with {host}: {hosts[labels[0]][host]}; "
                    + PAIR,
                ),
            )
