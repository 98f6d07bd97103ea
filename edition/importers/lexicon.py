"""How likely Chinese words are: the shipped list of words with their counts, what a text itself
has again and again, and how numbers and names are made. All in simplified characters.

``data/words.gz`` (made by ``tools/frequencies.py``): a line for each class of counts, the class
(twice the natural logarithm of the count, rounded) and its words; the last has words that no count
is known of.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from math import exp, inf, log

from edition.aligning.dictionary import glosses
from edition.characters import is_han
from edition.importers.usage import usage
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
_RARE = 2e-8  # chance of a character that the list has not
_SIGN = 0.05  # of a sign, figure or letter
_LISTED, _SHORTER = 6.0, 2.0  # places in the text that the list, and the shorter run, are worth
# Words of today's trade and technology, younger than the list, and their chance.
_YOUNG = (
    "晶圆 芯片 光刻 光刻机 半导体 算力 云端 量子 制程 封测 锂电池 光伏 稀土 数据库 区块链 "
    "物联网 大模型 智能手机 无人机 供应链 产业链 脱钩 初创 电商 网红 微信 微博 高铁 动车 "
    "雾霾 碳排放 碳中和 疫苗 核酸 病毒 口罩"
)
_OF_YOUNG = 1e-5
_FIRST, _BASE, _STEPS = 0x21, 94, 400  # of signs for chances: the first, how many, of a nat
_GROUPS = re.compile(r"(?P<sign>[!-~]{2})(?P<last>[^!-~]+)")
LARGE = 150_000  # characters of a text of which runs of four are not counted, for speed
NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两廿卅")


def _data(name: str) -> str:
    packed = resources.files("edition.importers").joinpath("data", name).read_bytes()
    return gzip.decompress(packed).decode()


@cache
def listed() -> Mapping[str, float]:
    """Word → its chance. Words that only a list without counts has (pypinyin's phrases; CC-CEDICT,
    where the extra ``align`` is installed) are as likely as the rarest with one."""
    *counted, more = _data("words.gz").split("\n")
    classes: list[tuple[float, list[str]]] = []
    for line in counted:
        count, *words = line.split(" ")
        classes.append((exp(int(count) / 2), words))
    total = sum(often * len(words) for often, words in classes)
    made: dict[str, float] = {}
    for often, words in classes:
        made.update(dict.fromkeys(words, often / total))
    made.update(dict.fromkeys(more.split(" ")[1:], _LEAST_COUNT / total))
    for word in glosses() or ():
        if 2 <= len(word) <= LONGEST:
            made.setdefault(word, _LEAST_COUNT / total)
    for word in _YOUNG.split():
        made[word] = max(_OF_YOUNG, made.get(word, 0.0))
    return made


@cache
def characters() -> Mapping[str, float]:
    """Character → its chance, in the words of the list."""
    by_chance: dict[float, list[str]] = defaultdict(list)  # few, so that each is weighed once
    for word, chance in listed().items():
        by_chance[chance].append(word)
    made: dict[str, float] = defaultdict(float)
    for chance, words in by_chance.items():
        for char, count in Counter("".join(words)).items():
            made[char] += chance * count
    total = sum(made.values())
    return {char: chance / total for char, chance in made.items()}


class Pairs(dict[str, dict[str, float]]):
    """Of a character all that follow it within words of the list, each with its chance behind it:
    taken from their line when they are first asked for."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__()
        self.lines = {line[:1]: line[1:] for line in lines}

    def __missing__(self, first: str) -> dict[str, float]:
        made: dict[str, float] = {}
        for group in _GROUPS.finditer(self.lines.get(first, "")):
            made.update(dict.fromkeys(group["last"], _chance(group["sign"])))
        self[first] = made
        return made


@cache
def pairs() -> Pairs:
    """Which characters follow each other within words of the list: ``data/pairs.gz``."""
    return Pairs(_data("pairs.gz").split("\n"))


def chance_sign(chance: float) -> str:
    """Two signs for a chance, exact to a thousandth of it."""
    high, low = divmod(round(-log(chance) * _STEPS), _BASE)
    return chr(_FIRST + high) + chr(_FIRST + low)


def _chance(sign: str) -> float:
    high, low = map(ord, sign)
    return exp(-((high - _FIRST) * _BASE + low - _FIRST) / _STEPS)


class Lexicon:
    """The list, and the runs of one to four characters of a text (``plain`` of a
    :class:`~edition.importers.stream.Stream`). ``terms``: names and terms of the work."""

    def __init__(self, text: str, terms: Iterable[str] = ()) -> None:
        self.words = listed()
        self.chars, self.pairs, self.usage = characters(), pairs(), usage()
        self._usual: dict[str, float] = {}  # what is asked again and again, by the pair
        self._costs: tuple[dict[str, float], dict[str, float]] = ({}, {})  # of words, by ``here``
        shifted = [text[at:] for at in range(RUN)]
        longest = RUN if len(text) <= LARGE else RUN - 1
        self.counts = [Counter[str](), Counter(text)]
        self.counts += [Counter(map("".join, zip(*shifted[:length], strict=False)))
                        for length in range(2, longest + 1)]  # fmt: skip
        self.counts += [Counter()] * (RUN - longest)
        han = sum(count for char, count in self.counts[1].items() if is_han(char))
        self.size = max(han, _SMALL)
        self.terms = frozenset(terms)
        self.within = frozenset(a + b for term in self.terms for a, b in pairwise(term))
        self.longest = max([LONGEST, *map(len, self.terms)])

    def often(self, word: str) -> int:
        """How often the text has ``word``; 0 for what is longer than :data:`RUN` characters."""
        return self.counts[len(word)].get(word, 0) if len(word) <= RUN else 0

    def replaced(self, text: str, at: int, char: str) -> str:
        """Count as though ``char`` stood at ``at`` of ``text``; the text that is counted then."""
        other = text[:at] + char + text[at + 1 :]
        self._costs = ({}, {})
        for length in range(1, RUN + 1):
            if self.counts[length]:
                for start in range(at - length + 1, at + 1):
                    self.counts[length][text[start : start + length]] -= 1
                    self.counts[length][other[start : start + length]] += 1
        return other

    def cost(self, word: str, here: int) -> float:
        """Negative log of the chance of ``word``; infinite for what is no word. ``here``: how many
        of its places in the text are those in hand, which say nothing for it."""
        if here > 1:
            return self._cost(word, here)
        known = self._costs[here]
        made = known.get(word)
        if made is None:
            made = known[word] = self._cost(word, here)
        return made

    def _cost(self, word: str, here: int) -> float:
        length = len(word)
        own = self.counts[length].get(word, 0) - here if length <= RUN else 0
        if own <= 0 and word not in self.terms:
            known = self.words.get(word)
            return _made(word) if known is None else -log(known)
        chance = self.words.get(word, 0.0)
        if own > 0:
            if length == 1:
                chance += _SINGLE * own / self.size
            else:
                chance += _OWN * own * _PER_CHARACTER ** (length - 2) / self.size
        if word in self.terms:
            chance += _TERM
        return -log(chance)

    def after_one(self, first: str, char: str, here: int, first_here: int) -> float:
        """Chance of ``char`` behind ``first``: by the text, and by the list and by usage as though
        it had been seen :data:`_LISTED` times more. ``here``, ``first_here``: as in :meth:`cost`,
        of the pair and of ``first``."""
        pair = first + char
        usual = self._usual.get(pair)
        if usual is None:
            usual = self._usual[pair] = _LISTED * self._of_pair(first, char)
        seen = self.counts[2].get(pair, 0) - here
        of = self.counts[1].get(first, 0) - first_here
        return (max(0, seen) + usual) / (max(0, of) + _LISTED)

    def _of_pair(self, first: str, char: str) -> float:
        """Chance of ``char`` behind ``first`` by the list and by usage."""
        usual = self.chars.get(char)
        if usual is None:
            return _RARE if is_han(char) else _SIGN
        chance = 0.4 * usual + 0.6 * self.pairs[first].get(char, 0.0)
        return self.usage.second(first, char, chance)

    def after_two(self, two: str, char: str, here: int, two_here: int, last_here: int) -> float:
        """The same behind two characters; ``last_here``: of the second of them."""
        shorter = self.after_one(two[1], char, max(here, min(two_here, last_here)), last_here)
        if is_han(char):
            shorter = self.usage.third(two, char, shorter)
        seen = self.counts[3].get(two + char, 0) - here
        of = self.counts[2].get(two, 0) - two_here
        return (max(0, seen) + _SHORTER * shorter) / (max(0, of) + _SHORTER)


def lattice(lexicon: Lexicon, text: str, at: int, here: int) -> float:
    """Cost of the likeliest words of ``text``; ``here``: how many of the places of words that hold
    ``at`` say nothing for them; of all others their own place does not."""
    best = [0.0]
    for end in range(1, len(text) + 1):
        least = inf
        for start in range(max(0, end - lexicon.longest), end):
            own = here if start <= at < end else 1
            least = min(least, best[start] + lexicon.cost(text[start:end], own))
        best.append(least)
    return best[-1]


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
