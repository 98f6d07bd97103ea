"""Which pairs are looked at: records that share a key, so that the work grows with the number of
records and not with its square.

A block of more than :data:`WINDOW` records is sorted by title and compared along a window: what
stands far apart there is not one work under any rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from edition.bibliography.matching.records import Record
from edition.bibliography.matching.similarity import STOP
from edition.bibliography.values import urls

WINDOW = 24


def keys(one: Record) -> Iterator[str]:
    """The keys of one record, about ten."""
    if one.doi:
        yield "doi " + one.doi
    if one.arxiv:
        yield "arxiv " + one.arxiv
    if one.url:
        yield "url " + one.url.replace("-", "").casefold()
        host, _, path = one.url.partition("/")
        if len(path) > 11:
            yield "path " + path.casefold()
        slug = one.url.rstrip("/").rsplit("/", 1)[-1]
        owner = ".".join(urls.owner_labels("https://" + host)[:1])
        yield f"slug {owner} {slug[:14].casefold()}"
        yield f"slug {owner} …{slug[-14:].casefold()}"
    if one.isbn:
        yield f"isbn {one.isbn} {one.key[:6]}"
    if one.key:
        yield from _title_keys(one)
    family = one.families[0] if one.families else ""
    if family and one.year:
        yield f"author {family} {one.year}"
    if one.pages[0] and (one.volume or one.year):
        yield f"pages {one.pages[0]} {one.volume or one.year} {one.venue[:1]}"


def _title_keys(one: Record) -> Iterator[str]:
    key = one.key
    size = 7 if one.han else 16
    yield "head " + key[:size]
    yield "tail " + key[-size:]
    if one.han:
        middle = len(key) // 2
        yield "mid " + key[max(0, middle - 3) : middle + 3]
        return
    words = sorted({w for w in one.title.split() if w not in STOP}, key=lambda w: (-len(w), w))
    if len(words) > 1:
        yield "long " + " ".join(sorted(words[:3]))
        yield "two " + " ".join(sorted(words[:2]))
    if len(words) > 4:
        yield "next " + " ".join(sorted(words[2:4]))
    if one.families:
        yield f"name {one.families[0][:5]} {one.title.split()[0]}"
        if words:
            yield f"word {one.families[0][:5]} {words[0][:8]}"


def pairs(records: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """Positions (smaller first) of the pairs to be compared, each once, in the order of the
    file. The pairs of one record are held at a time."""
    for at, held in enumerate(_blocks(records)):
        others: set[int] = set()
        for block, place in held:
            if len(block) <= WINDOW:
                others.update(block[place + 1 :])
            else:
                near = block[max(0, place - WINDOW // 2) : place + 1 + WINDOW // 2]
                others.update(other for other in near if other > at)
        for other in sorted(others):
            yield at, other


def _blocks(records: Sequence[Record]) -> list[list[tuple[list[int], int]]]:
    """For each record its blocks of two and more, and its place in them. Small ones are in the
    order of the file, large ones by title."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for one in records:
        for key in set(keys(one)):
            by_key[key].append(one.at)
    held: list[list[tuple[list[int], int]]] = [[] for _ in records]
    for block in by_key.values():
        if len(block) > WINDOW:
            block.sort(key=lambda at: (records[at].key, records[at].year, at))
        if len(block) > 1:
            for place, at in enumerate(block):
                held[at].append((block, place))
    return held
