"""What two texts may share: figures, citations, names, signs, words. Each is a *concept* that a
unit has or has not, with what its presence on both sides, or on one, says for a pair.

The figures are log-likelihood ratios: of a pair that belongs together against two units that met
by chance. ``zh`` and ``en`` of a source are the chances that the counterpart of a unit with the
concept has it too; they were estimated on translations of sutras, essays and papers and need not
be exact: what is rare speaks by its rarity.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from edition.aligning import core, dictionary, figures
from edition.aligning.units import TermForms, Unit
from edition.characters import HAN

Concept = tuple[str, object]  # source, and what of it


@dataclass(frozen=True, slots=True)
class Source:
    """Where concepts come from, and how far they can be relied on."""

    zh: float  # chance that the English has what the Chinese has
    en: float  # chance that the Chinese has what the English has
    weight: float = 1.0  # less where concepts of one source hang together
    lasting: float = 0.0  # how much it says that one side never has it: 1 where it must be kept


SOURCES = {
    "key": Source(0.93, 0.93, 1.0, 1.0),
    "number": Source(0.8, 0.8, 0.9, 0.4),
    "digit": Source(0.5, 0.45, 0.6),  # below ten: 一 and 三 are parts of many words
    "name": Source(0.75, 0.8, 0.9, 0.9),
    "sound": Source(0.5, 0.8, 0.9),  # a capitalised word that is the pinyin of characters
    "sign": Source(0.7, 0.7, 0.6, 0.6),
    "core": Source(0.3, 0.3, 0.5),  # of everyday words
    "word": Source(0.2, 0.5, 0.55),  # of the dictionary
    "learnt": Source(0.7, 0.7, 0.5),
}

_CAPITAL = re.compile(r"(?<![\w’'-])[A-Z][a-z]{2,11}(?:-[a-z]{1,6})?(?![\w])")
_SMALL = re.compile(r"(?<![\w’'-])[a-z]{3,12}(?![\w])")  # what is no name, then
_HAN = re.compile(rf"[{HAN}]+")
_SIGNS = {
    "question": "？?",
    "exclamation": "！!",
    "quotation": '「『“"',
    "break": "—…",
    "list": "：:",
}
_SOUND = 3  # characters of a name that is written as one word


@dataclass(slots=True)
class Bag:
    """The concepts of the units of one side, as numbers."""

    units: list[set[int]]
    seen: Counter[int] = field(default_factory=Counter)

    def add(self, unit: int, concept: int) -> None:
        if concept not in self.units[unit]:
            self.units[unit].add(concept)
            self.seen[concept] += 1


class Concepts:
    """The concepts of all units of a text, and what each says."""

    def __init__(self, zh: Sequence[Unit], en: Sequence[Unit]) -> None:
        self.numbers: dict[Concept, int] = {}
        self.sources: list[str] = []
        self.zh = Bag([set() for _ in zh])
        self.en = Bag([set() for _ in en])

    def number(self, source: str, what: object) -> int:
        concept = (source, what)
        if concept not in self.numbers:
            self.numbers[concept] = len(self.sources)
            self.sources.append(source)
        return self.numbers[concept]

    def add(self, bag: Bag, unit: int, source: str, what: Iterable[object]) -> None:
        for one in what:
            bag.add(unit, self.number(source, one))

    def weights(self) -> tuple[list[float], list[float], list[float]]:
        """Of each concept: what both sides having it says, what only the Chinese, what only the
        English."""
        count_zh, count_en = max(len(self.zh.units), 1), max(len(self.en.units), 1)
        said = [
            weights(SOURCES[source], self.zh.seen[number] / count_zh,
                    self.en.seen[number] / count_en)
            for number, source in enumerate(self.sources)
        ]  # fmt: skip
        return [one[0] for one in said], [one[1] for one in said], [one[2] for one in said]


def weights(source: Source, rate_zh: float, rate_en: float) -> tuple[float, float, float]:
    """What it says that both sides have a concept, only the Chinese, only the English, by how
    many units of either side have it."""
    if not rate_zh or not rate_en:
        # what one side never has may be written otherwise there: it says little, or nothing
        lost = source.lasting * math.log(1 - source.zh)
        return 0.0, lost, lost
    rate_zh, rate_en = min(rate_zh, 0.95), min(rate_en, 0.95)
    joint = min(source.zh * rate_zh, source.en * rate_en)
    met = math.log(joint / (rate_zh * rate_en))
    lost_zh = math.log((rate_zh - joint) / (rate_zh * (1 - rate_en)))
    lost_en = math.log((rate_en - joint) / (rate_en * (1 - rate_zh)))
    return (
        source.weight * max(met, 0.0),
        source.weight * min(lost_zh, 0.0),
        source.weight * min(lost_en, 0.0),
    )


def plain(zh: Sequence[Unit], en: Sequence[Unit], forms: Sequence[TermForms]) -> Concepts:
    """What costs little: keys, figures, names, signs, everyday words."""
    found = Concepts(zh, en)
    for bag, units, numbers, meanings in (
        (found.zh, zh, figures.chinese, core.chinese),
        (found.en, en, figures.english, core.english),
    ):
        for at, unit in enumerate(units):
            found.add(bag, at, "key", unit.keys)
            for value in numbers(unit.text):
                found.add(bag, at, "number" if value > 9 else "digit", (value,))
            found.add(bag, at, "sign", _signs(unit.text))
            found.add(bag, at, "core", meanings(unit.text))
    for number, form in enumerate(forms):
        _named(found, number, form, zh, en)
    return found


def _signs(text: str) -> Iterator[str]:
    for name, chars in _SIGNS.items():
        if any(char in text for char in chars):
            yield name


def _named(
    found: Concepts, number: int, form: TermForms, zh: Sequence[Unit], en: Sequence[Unit]
) -> None:
    for bag, units, spellings in ((found.zh, zh, form.zh), (found.en, en, form.en)):
        for at, unit in enumerate(units):
            if any(one in unit.text for one in spellings):
                found.add(bag, at, "name", (number,))


def costly(found: Concepts, zh: Sequence[Unit], en: Sequence[Unit]) -> None:
    """Add what the sounds of names and the dictionary say."""
    small = {word for unit in en for word in _SMALL.findall(unit.text)}
    capitals = [frozenset(one for one in _CAPITAL.findall(unit.text) if one.lower() not in small)
                for unit in en]  # fmt: skip
    wanted = {word.lower().replace("-", "") for words in capitals for word in words}
    for at, words in enumerate(capitals):
        found.add(found.en, at, "sound", (one.lower().replace("-", "") for one in words))
    for at, unit in enumerate(zh):
        found.add(found.zh, at, "sound", _sounds(unit.text) & wanted)
    glosses = dictionary.glosses()
    if glosses is None:
        return
    said = [dictionary.stems(unit.text) for unit in en]
    known = frozenset(one for stems in said for one in stems)
    for at, stems in enumerate(said):
        found.add(found.en, at, "word", stems)
    for at, unit in enumerate(zh):
        found.add(found.zh, at, "word", dictionary.meanings(unit.text, glosses) & known)


def _sounds(text: str) -> set[str]:
    """The pinyin of every run of two or three characters, as one word."""
    found: set[str] = set()
    for run in _HAN.findall(text):
        sounds = [_sound(char) for char in run]
        for start in range(len(sounds) - 1):
            for end in range(start + 2, min(start + _SOUND, len(sounds)) + 1):
                found.add("".join(sounds[start:end]))
    return found


@cache
def _sound(char: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(char)[0]).replace("ü", "u")
