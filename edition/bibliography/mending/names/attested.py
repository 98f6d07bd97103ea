"""The names of the whole document, for looking up: who has them, who is cited by them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edition.bibliography.mending.direction import Standing
from edition.bibliography.types import Context, InText, Library
from edition.bibliography.values import Person, compact, fold, persons

FIELDS = ("author", "editor", "translator")
LONGEST = 60  # characters of a Chinese name, of a body too, that is looked up: each is in a key


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of the whole document, for looking up."""

    attested: Mapping[str, Counter[str]]  # folded name -> its entries (and how often)
    elsewhere: Mapping[str, Mapping[str, Person]]  # bucket -> folded name -> one who has it
    authority: Mapping[str, tuple[str, ...]]  # bucket -> names the edition knows
    cited: Counter[str]
    titles: Mapping[str, str]  # key -> folded title


def bucket(name: str) -> list[str]:
    """Keys under which a name and its misspellings meet: parts of it that one error spares."""
    text = compact(name)
    if text and text[0] >= "\u3400":
        if len(text) > LONGEST:
            return []
        return [f"{at}{text[:at]}*{text[at + 1 :]}" for at in range(len(text))]
    words = fold(name).split()
    last = words[-1] if words else ""
    half = max(2, len(last) // 2)
    initial = words[0][0] if len(words) > 1 else ""
    return [f"{initial}h{last[:half]}", f"{initial}t{last[-half:]}"]


def known_names(
    library: Library,
    cited: Mapping[str, tuple[InText, ...]],
    context: Context,
    readings: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]],
) -> KnownNames:
    """The names of a library, of citations and of the edition. ``readings``: entry -> field -> the
    readings (key, value) of entries merged into it."""
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


def standing(one: Person, known: KnownNames) -> Standing:
    """What speaks for the form in which a name stands."""
    form = compact(one.full)
    held = known.authority
    return Standing(
        entries=len(known.attested.get(form, ())),
        cited=known.cited[form],
        known=any(compact(n) == form for key in bucket(one.full) for n in held.get(key, ())),
    )


def present_form(one: Person, known: KnownNames) -> str:
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
