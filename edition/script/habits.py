"""What a text does throughout is no slip: its own forms of characters, and the ways of classical
Chinese, which has 云 and 于 and 出 where modern words want 雲, 於 and 齣."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from edition.characters import is_han
from edition.config import Config
from edition.script.batch import ConversionUnit
from edition.script.checking import Suspect

_BOOK = 2000  # characters from which a text can have habits
_OFTEN = 5  # places that make one
_SEVERAL = 3  # habits that make a tradition of forms
_SELDOM = 0.1  # share of the places that may have the other form
_PAGE = 300  # characters from which a language can be told
_SHARE = 0.015  # of function words among the characters of classical Chinese, at least
# function words of either language; those of the other are rare in each
_CLASSICAL = frozenset("之其者也曰乃矣焉乎哉")
_MODERN = frozenset("的了这這们們很么麼吗嗎")


@dataclass(frozen=True, slots=True)
class Habit:
    """A form that a text has throughout: how often, and the form that it has not."""

    form: str
    other: str
    count: int
    first: Suspect


def habits(found: Sequence[Suspect], units: Iterable[ConversionUnit]) -> tuple[Habit, ...]:
    """The characters among ``found`` that the text has again and again and always, the commonest
    first."""
    seen = _characters(units)
    if sum(seen.values()) < _BOOK:
        return ()
    suspected: dict[str, list[Suspect]] = {}
    for one in found:
        if one.certain:
            suspected.setdefault(one.source, []).append(one)
    always = [
        Habit(form, places[0].target, len(places), places[0])
        for form, places in suspected.items()
        if seen[places[0].target] <= _SELDOM * len(places)
    ]
    often = [one for one in always if one.count >= _OFTEN]
    # a text of other forms has them in rare characters too
    kept = always if len(often) >= _SEVERAL else often
    return tuple(sorted(kept, key=lambda habit: (-habit.count, habit.form)))


def without(found: Iterable[Suspect], known: Sequence[Habit]) -> Iterator[Suspect]:
    """The suspects that are no habit."""
    forms = {habit.form for habit in known}
    return (one for one in found if not (one.certain and one.source in forms))


def is_classical(units: Sequence[ConversionUnit], config: Config) -> bool:
    """Whether a text is classical Chinese: as its settings say, else by its function words."""
    if config.profile is not None:
        return config.profile == "classical"
    seen = _characters(units)
    classical = sum(seen[char] for char in _CLASSICAL)
    modern = sum(seen[char] for char in _MODERN)
    size = sum(seen.values())
    return size >= _PAGE and classical > 3 * modern and classical > _SHARE * size


def _characters(units: Iterable[ConversionUnit]) -> Counter[str]:
    """How often each Chinese character stands; English text has none."""
    every = Counter("".join(unit.text for unit in units))
    return Counter({char: count for char, count in every.items() if is_han(char)})
