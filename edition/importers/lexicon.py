"""How likely Chinese words are: the shipped list of words with their counts, what a text itself
has again and again, and how numbers and names are made. All in simplified characters.

``data/words.gz`` (made by ``tools/frequencies.py``): a line for each class of counts, the class
(twice the natural logarithm of the count, rounded) and its words.
"""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from math import exp, inf, log

from pypinyin.constants import PHRASES_DICT

from edition.aligning.dictionary import glosses
from edition.script.context import FAMILY
from edition.script.rules import SYLLABLES

LONGEST = 5  # characters of a listed word
RUN = 4  # characters of the longest run that a text is asked for
# Weights, in nats, chosen on news, articles and sutras that were corrupted by chance.
_OWN = 0.08  # what a run that the text has elsewhere is worth against the list
_PER_CHARACTER = 3.0  # times more for each further character of the run
_SINGLE = 0.15  # share of the text's own count of a character in how likely it is
_SMALL = 200  # characters, the least that a text is taken to have
_TERM = 1e-4  # chance of a name or term of the work
_LEAST_COUNT = 2  # of a word of a list without counts
_SELDOM = 18.0  # cost of a character that is no word of the list
_NAMED = 8.5  # of a Chinese name, beside that of its surname
_GIVEN = 6.8  # of a character of a given name
_FOREIGN, _SOUND = 4.0, 5.2  # of a foreign name, and each of its characters
_NUMBER, _FIGURE = 4.0, 2.3  # of a number, and each of its characters
NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两廿卅")


@cache
def listed() -> Mapping[str, float]:
    """Word → its chance. Words that only a list without counts has (pypinyin's phrases; CC-CEDICT,
    where the extra ``align`` is installed) are as likely as the rarest with one."""
    packed = resources.files("edition.importers").joinpath("data", "words.gz").read_bytes()
    classes: list[tuple[int, list[str]]] = []
    for line in gzip.decompress(packed).decode().split("\n"):
        count, _, words = line.partition(" ")
        classes.append((int(count), words.split(" ")))
    total = sum(exp(count / 2) * len(words) for count, words in classes)
    made = {word: exp(count / 2) / total for count, words in classes for word in words}
    for word in (*PHRASES_DICT, *(glosses() or ())):
        if 2 <= len(word) <= LONGEST:
            made.setdefault(word, _LEAST_COUNT / total)
    return made


@cache
def costs() -> Mapping[str, float]:
    """Word → negative log of its chance."""
    return {word: -log(chance) for word, chance in listed().items()}


@cache
def beginnings() -> Mapping[str, str]:
    """Character → those that follow it in listed words of two."""
    made: dict[str, list[str]] = defaultdict(list)
    for word in listed():
        if len(word) == 2:
            made[word[0]].append(word[1])
    return {char: "".join(others) for char, others in made.items()}


@cache
def endings() -> Mapping[str, str]:
    """Character → those that precede it in listed words of two."""
    made: dict[str, list[str]] = defaultdict(list)
    for word in listed():
        if len(word) == 2:
            made[word[1]].append(word[0])
    return {char: "".join(others) for char, others in made.items()}


class Lexicon:
    """The list, and the runs of one to four characters of a text. ``terms``: names and terms of
    the work."""

    def __init__(self, runs: Iterable[str], terms: Iterable[str] = ()) -> None:
        self.words, self.costs = listed(), costs()
        self.counts: Counter[str] = Counter()
        size = 0
        for run, times in Counter(runs).items():
            size += len(run) * times
            grams = [run[at : at + length] for length in range(1, RUN + 1)
                     for at in range(len(run) - length + 1)]  # fmt: skip
            if times == 1:
                self.counts.update(grams)
            else:
                for gram in grams:
                    self.counts[gram] += times
        self.size = max(size, _SMALL)
        self.terms = frozenset(terms)
        self.longest = max([LONGEST, *map(len, self.terms)])

    def replaced(self, run: str, at: int, char: str) -> None:
        """Count ``run`` as though ``char`` stood at ``at``."""
        other = run[:at] + char + run[at + 1 :]
        for length in range(1, RUN + 1):
            for start in range(max(0, at - length + 1), min(at, len(run) - length) + 1):
                self.counts[run[start : start + length]] -= 1
                self.counts[other[start : start + length]] += 1

    def cost(self, word: str, here: int) -> float:
        """Negative log of the chance of ``word``; infinite for what is no word. ``here``: how many
        of its places in the text are those in hand, which say nothing for it."""
        own = self.counts.get(word, 0) - here
        if own <= 0 and word not in self.terms:
            listed_cost = self.costs.get(word)
            return _made(word) if listed_cost is None else listed_cost
        chance = self.words.get(word, 0.0)
        if own > 0:
            length = len(word)
            if length == 1:
                chance += _SINGLE * own / self.size
            else:
                chance += _OWN * own * _PER_CHARACTER ** (length - 2) / self.size
        if word in self.terms:
            chance += _TERM
        return -log(chance)

    def followers(self, often: int) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Of each character those that the text has after it, and before it, so ``often``."""
        after: dict[str, str] = defaultdict(str)
        before: dict[str, str] = defaultdict(str)
        for pair, count in self.counts.items():
            if len(pair) == 2 and count >= often:
                after[pair[0]] += pair[1]
                before[pair[1]] += pair[0]
        return after, before


class Window:
    """Text on both sides of a place, and what it costs with one character or another there."""

    def __init__(self, lexicon: Lexicon, left: str, right: str) -> None:
        self.lexicon = lexicon
        self.left, self.right = left, right
        self.before = self._costs(left)
        self.after = self._costs(right, back=True)

    def _costs(self, text: str, *, back: bool = False) -> list[float]:
        """Least cost of each beginning of ``text``; with ``back``, of each end."""
        size = len(text)
        best = [0.0] + [inf] * size
        for end in range(1, size + 1):
            for start in range(max(0, end - self.lexicon.longest), end):
                word = text[size - end : size - start] if back else text[start:end]
                best[end] = min(best[end], best[start] + self.lexicon.cost(word, 1))
        return best

    def cost(self, char: str, here: int) -> float:
        """Cost of the likeliest words with ``char`` at the place; ``here``: how many of the places
        of these words in the text say nothing for them."""
        best = inf
        for back in range(min(len(self.left), self.lexicon.longest - 1) + 1):
            head = self.left[len(self.left) - back :] + char
            first = self.before[len(self.left) - back]
            for more in range(min(len(self.right), self.lexicon.longest - 1 - back) + 1):
                last = self.after[len(self.right) - more]
                word = head + self.right[:more]
                best = min(best, first + self.lexicon.cost(word, here) + last)
        return best


@lru_cache(maxsize=65536)
def _made(word: str) -> float:
    """Cost of what no list has: a rare character, a number, a name."""
    if len(word) == 1:
        return _SELDOM
    made = [inf]
    if word[0] in NUMERALS and all(char in NUMERALS or char == "点" for char in word):
        made.append(_NUMBER + _FIGURE * len(word))  # 零点七五

    if len(word) <= 3 and word[0] in FAMILY:
        made.append(_NAMED + _GIVEN * (len(word) - 1))
    if len(word) >= 3 and all(char in SYLLABLES for char in word):
        made.append(_FOREIGN + _SOUND * len(word))
    return min(made)
