"""Chinese names of persons in Latin letters, by pinyin: 閻學通 → Yan Xuetong."""

from __future__ import annotations

import re
from collections.abc import Mapping

from edition.bibliography.values import Person, person
from edition.bibliography.writing.order import DYNASTY, syllables
from edition.characters import HAN

_HAN = re.compile(rf"[{HAN}]{{2,4}}")


def by_pinyin(one: Person, readings: Mapping[str, str]) -> str:
    """``one`` as pinyin has it, family name first (GB/T 28039-2011); "" for what is no Chinese
    name of two to four characters. ``readings`` are whole names in pinyin ("luo jingyu")."""
    one = person(DYNASTY.sub("", one.raw))
    name = one.family + one.given
    if not one.han or one.body or not one.given or not _HAN.fullmatch(name):
        return ""
    given = readings.get(name, "").split()
    if len(given) == 2:
        return " ".join(part.capitalize() for part in given)
    family = _spelt(syllables(name, surname=True)[: len(one.family)])
    return f"{''.join(family).capitalize()} {_joined(_spelt(syllables(one.given))).capitalize()}"


def _spelt(read: list[str]) -> list[str]:
    return [each.replace("v", "ü") for each in read]


def _joined(read: list[str]) -> str:
    """Syllables as one word; before a vowel they are parted: Chang'an."""
    word = read[0]
    for each in read[1:]:
        word += ("’" if each[0] in "aeo" else "") + each
    return word
