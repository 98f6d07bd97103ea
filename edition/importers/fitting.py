"""How well a character fits between its neighbours."""

from __future__ import annotations

from math import log
from typing import NamedTuple

from edition.importers.lexicon import Lexicon
from edition.importers.usage import usage

_NO_WORD = 1e-9  # chance of what is no word of the list


class WordFit(NamedTuple):
    """What speaks for a character at its place; all by logarithm."""

    left: float  # chance behind the one before it
    right: float  # and of the one behind it
    threes: float  # how often runs of three with it are used
    own_pairs: float  # how often the text has its pairs elsewhere
    own_threes: float
    word: float  # chance of the likeliest word with it
    pairs: float  # chance of its pairs as words


NO_FIT = WordFit(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def fit(lexicon: Lexicon, near: str, here: int) -> WordFit:
    """Of the character in the middle of ``near``, seven characters. ``here``: 1 where the text has
    it there, which says nothing for it."""
    known = usage()
    pairs = (near[2:4], near[3:5])
    threes = (near[1:4], near[2:5], near[3:6])
    chances = [lexicon.words.get(pair, 0.0) for pair in pairs]
    longer = [lexicon.words.get(run, 0.0) for run in (*threes, near[1:5], near[2:6])]
    return WordFit(
        left=known.chance(pairs[0]), right=known.chance(pairs[1]),
        threes=sum(log(1 + known.three(run)) for run in threes),
        own_pairs=sum(log(1 + max(0, lexicon.often(pair) - here)) for pair in pairs),
        own_threes=sum(log(1 + max(0, lexicon.often(run) - here)) for run in threes),
        word=_word(max(*chances, *longer)), pairs=sum(map(_word, chances)),
    )  # fmt: skip


def _word(chance: float) -> float:
    return log(max(chance, _NO_WORD) / _NO_WORD)
