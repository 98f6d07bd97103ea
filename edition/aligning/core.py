"""Everyday words of both languages that answer to each other, from ``data/core.txt``.

Some six hundred meanings (山 and *mountain*, 說 and *said*) are most of what a story says, and
are there where the dictionary of the extra ``align`` is not installed. A meaning is known by its
line; a form may have several.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from edition.aligning.dictionary import meanings, stem

_FILE = Path(__file__).parent / "data" / "core.txt"
_WORD = re.compile(r"[A-Za-z]+(?:'t)?")
_NONE: frozenset[int] = frozenset()
Meanings = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class CoreWords:
    """The meanings of the forms of either language, Chinese by characters, English by stems.
    ``longest``: characters of the longest Chinese form."""

    zh: Meanings
    en: Meanings
    longest: int


@cache
def core_words() -> CoreWords:
    """What the file holds."""
    zh: dict[str, frozenset[int]] = {}
    en: dict[str, frozenset[int]] = {}
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines()):
        left, mark, right = line.partition(" = ")
        if mark and not line.startswith("#"):
            for form in left.split():
                zh[form] = zh.get(form, _NONE) | {number}
            for word in right.split():
                en[stem(word)] = en.get(stem(word), _NONE) | {number}
    return CoreWords(zh, en, max(map(len, zh)))


def chinese(text: str) -> frozenset[int]:
    """The meanings of a Chinese text: of the longest form at each place."""
    words = core_words()
    return meanings(text, words.zh, words.longest)


def english(text: str) -> set[int]:
    """The meanings of an English text."""
    forms = core_words().en
    found: set[int] = set()
    for word in set(_WORD.findall(text.replace("’", "'").lower())):
        found |= forms.get(stem(word), _NONE)
    return found
