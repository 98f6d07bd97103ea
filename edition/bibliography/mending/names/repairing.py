"""Names of a list of references, each looked at with all that speaks for other readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from edition.bibliography.mending.names.attested import FIELDS, known_names
from edition.bibliography.mending.names.judging import changes
from edition.bibliography.mending.names.signals import NamePlace, candidates, near
from edition.bibliography.types import Change, Context, Entry, InText, Library
from edition.bibliography.values import compact, persons


def repair_names(
    library: Library,
    cited: Mapping[str, tuple[InText, ...]],
    context: Context,
    readings: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]],
) -> Iterator[Change]:
    """Changes to names. ``readings``: entry -> field -> the readings (key, value) of entries
    merged into it."""
    known = known_names(library, cited, context, readings)
    for at, entry in enumerate(library.entries):
        for name in FIELDS:
            merged = readings.get(entry.key, {}).get(name, ())
            for slot, one in enumerate(persons(entry.get(name))):
                if one.body or (not one.given and len(compact(one.raw)) < 2):
                    continue
                place = NamePlace(library, at, name, slot, one)
                found = candidates(place, cited.get(entry.key, ()), merged, known)
                yield from changes(place, found, known)


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
                compact(one.raw) == compact(text) or near(one, text) or one.key == compact(text)
                for text in citation.names
            )
        ]
        if held and len(held) < len(people):
            missing += [one.full for one in held]
    return list(dict.fromkeys(missing))
