"""What the document itself says about its references: how its text cites them.

Two places: citations gathered from the edition's text (``Context``), and the field ``citedas`` of
an entry, which keeps citations as the text of the base document prints them:
``citedas = {凌勝利·雒景瑜 2021; 凌勝利·雒景瑜 2021, 5}``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from edition.bibliography.matching import same_family
from edition.bibliography.types import Context, Entry, InText, Library
from edition.bibliography.values import cited_names, compact, person, persons
from edition.characters import has_han

_CITED = re.compile(
    r"^(?P<names>.*?)[\s,，(（]*(?P<year>(?:1[5-9]|20)\d\d[a-z]?)"
    r"[)）]?\s*(?:[,，:：]\s*(?P<pages>[^;]+))?$"
)


def citedas(entry: Entry) -> tuple[InText, ...]:
    """The citations kept in the entry itself; what doesn't read as one is passed over."""
    field = entry.field("citedas")
    if field is None:
        return ()
    found = []
    for part in re.split(r"\s*[;；]\s*", field.value):
        one = _CITED.match(part.strip())
        if one:
            names = tuple(cited_names(one["names"]))
            found.append(
                InText(
                    names=names,
                    year=one["year"],
                    locator=(one["pages"] or "").strip(),
                    span=field.span,
                    key=entry.key,
                )
            )
    return tuple(found)


def gather(library: Library, context: Context) -> dict[str, tuple[InText, ...]]:
    """Key of an entry -> the citations of it. A citation without a key belongs to the one entry
    of its year that shares an author with it, letter for letter or nearly; to none if several."""
    found: dict[str, list[InText]] = defaultdict(list)
    by_year: dict[str, list[Entry]] = defaultdict(list)
    for entry in library.entries:
        found[entry.key] += citedas(entry)
        by_year[(entry.get("year") or entry.get("date"))[:4]].append(entry)
    for one in context.citations:
        if one.key:
            found[library.aliases.get(one.key, one.key)].append(one)
            continue
        near = [entry for entry in by_year.get(one.year[:4], ()) if _meant(entry, one)]
        if len(near) == 1:
            found[near[0].key].append(replace(one, key=near[0].key))
    return {key: tuple(cited) for key, cited in found.items() if cited}


def _meant(entry: Entry, cited: InText) -> bool:
    people = persons(entry.get("author") or entry.get("editor"))
    return any(_near(one.raw, one.key, name) for one in people for name in cited.names)


def _near(raw: str, family: str, name: str) -> bool:
    if has_han(raw) or has_han(name):
        mine, theirs = compact(raw), compact(name)
        return mine == theirs or (
            len(mine) == len(theirs) > 1
            and sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1
        )
    return same_family(family, person(name).key)
