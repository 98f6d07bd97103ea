"""Judging a character of a text: whether one that looks like it makes the words round it likelier.

Evidence is what the text has elsewhere and what the list of words has
(:mod:`edition.importers.lexicon`), how Chinese is used (:mod:`edition.importers.usage`), and how
alike the two look
(:mod:`edition.importers.lookalikes`). What each is worth
was fitted (:data:`WEIGHTS`) on texts that were misread by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from edition.characters import is_han
from edition.importers.fitting import NO_FIT, WordFit, fit
from edition.importers.lexicon import LARGE, NUMERALS, Lexicon, lattice
from edition.importers.rivals import Rivals
from edition.importers.stream import Stream
from edition.script.context import FAMILY
from edition.script.dictionaries import Script
from edition.script.rules import SYLLABLES

REACH = 4  # characters on either side that a reading is judged with
SETTLED = 3  # a pair on both sides that stands so often is meant
SELDOM = 2e-6  # chance of a word that is seldom
SOUND = 3e-5  # chance of a word that is not asked about
TRIED = 6  # readings of a place that are weighed in full
# What a reading gains by the pairs that are used, at least, to be weighed in full; and in a text
# that is too long to weigh more.
LEAST_GAIN, LEAST_GAIN_LARGE = -1.0, 5.0
TWIN = 3  # rank of look-alikes that are always weighed
LONE = 6  # places of a character that may all be one misreading
# What fits nearly everywhere is meant less often than its words say, unless it looks much alike.
EVERYWHERE = frozenset("的一是了在有不和人中大为上这个国")
SHORT_RUN = 4  # characters between signs that may be a name


class Evidence(NamedTuple):
    """What speaks for a reading and against it. Gains are in nats."""

    words: float  # of the likeliest words round it
    pairs: float  # of the characters beside it
    less: float  # the lesser of these
    rank: float  # logarithm of the rank among the look-alikes
    stands: float  # how common what stands there is, elsewhere; by logarithm
    meant: float  # how common the reading is, elsewhere
    own_stands: float  # and in the text
    own_meant: float
    word: float  # 1: what stands there makes a word
    edges: float  # signs beside it
    name: float  # 1: in a short run
    surname: float  # 1: behind a surname
    foreign: float  # 1: among characters that foreign names are spelt with
    fixed: float  # share of a neighbour's places in the text at which the reading stands beside it
    both: float  # logarithm of how often the text has it between both neighbours
    everywhere: float  # 1: a reading that fits nearly everywhere
    again: float  # 1: the first of the look-alikes, no word stands, and its word does elsewhere
    strange: float  # logarithm of the share of the text's characters that are in question
    fit_stands: WordFit = NO_FIT
    fit_meant: WordFit = NO_FIT


# What the evidence is worth, in nats (logistic regression on news, handbooks, stories, reviews,
# a novel and sutras in both scripts, of which one character in 120 was misread). ``again`` is too
# seldom to be fitted; it was set on texts that nobody misread on purpose.
START = -6.79
WEIGHTS = Evidence(
    words=0.32, pairs=0.05, less=0.08, rank=-1.2, stands=0.18, meant=-0.11,
    own_stands=-0.44, own_meant=0.47, word=0.84, edges=0.63, name=-0.55, surname=0.55,
    foreign=-0.04, fixed=2.06, both=-0.1, everywhere=-0.51, again=3.7, strange=-1.25,
    fit_stands=WordFit(left=-0.13, right=-0.29, threes=-0.67, own_pairs=-0.43,
                       own_threes=-1.03, word=-0.35, pairs=0.03),
    fit_meant=WordFit(left=0.19, right=0.18, threes=0.35, own_pairs=0.37,
                      own_threes=0.32, word=0.09, pairs=-0.0),
)  # fmt: skip
_BOUNDS = (-12.0, 25.0)


def flat(evidence: Evidence) -> tuple[float, ...]:
    """The values of ``evidence`` in one row."""
    *own, stands, meant = evidence
    return (*own, *stands, *meant)


_FLAT = flat(WEIGHTS)


def weight(evidence: Evidence) -> float:
    """Logarithm of the odds of a reading, where one character in a hundred is misread."""
    low, high = _BOUNDS
    return START + sum([
        worth * (value if low <= value <= high else min(high, max(low, value)))
        for worth, value in zip(_FLAT, flat(evidence), strict=True)
    ])  # fmt: skip


class _Gain(NamedTuple):
    """A reading and what it gains by pairs; ``here``: how many places of what stands there are in
    hand."""

    gain: float
    char: str
    rank: int
    here: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """``char`` (simplified) may be meant by what stands at ``at`` of the stream; ``odds``: their
    logarithm, by its own evidence."""

    at: int
    char: str
    odds: float
    twin: bool  # so like it that all places of a rare character may be one misreading
    pooled: float = 0.0  # what other places of the same confusion add


class Judge:
    """Judges the characters of a stream by a lexicon."""

    def __init__(self, stream: Stream, lexicon: Lexicon, script: Script) -> None:
        self.stream, self.lexicon, self.script = stream, lexicon, script
        self.text = stream.plain
        self.large = len(self.text) > LARGE
        self.strange, self.in_question = 0.0, 0
        self.rivals = Rivals(lexicon, script)

    def doubts(self) -> Iterator[Doubt]:
        places = self.places()
        self.in_question = len(places)
        self.strange = log((len(places) + 10) / (self.lexicon.size + 100))
        for at in places:
            made = self.doubt(at)
            if made is not None:
                yield made

    def places(self) -> list[int]:
        """Where neither pair round a character, nor both, make it sure that it is meant."""
        words, counts, text = self.lexicon.words, self.lexicon.counts, self.text
        if self.large:  # any pair that the list has, or the text twice, is sound: for speed
            within = self.lexicon.pairs
            settled = {pair for pair, count in counts[2].items()
                       if count > 1 or pair[1] in within[pair[0]]}  # fmt: skip
        else:
            settled = {
                pair for pair, count in counts[2].items()
                if words.get(pair, 0.0) > (SELDOM if count >= SETTLED else SOUND)
            }  # fmt: skip
        often = {pair for pair, count in counts[2].items() if count >= SETTLED}
        three = {run for run, count in counts[3].items() if count >= SETTLED}
        pairs = list(map("".join, pairwise(text)))
        found = []
        for at, (left, right) in enumerate(pairwise(pairs), start=1):
            if left in settled or right in settled or not is_han(text[at]):
                continue
            if (left in often and right in often) or left + right[1] in three:
                continue
            found.append(at)
        return found

    def replaced(self, at: int, char: str) -> None:
        """Judge from now on as though ``char`` stood at ``at``."""
        self.text = self.lexicon.replaced(self.text, at, char)

    def doubt(self, at: int) -> Doubt | None:
        """The likeliest other reading of a character."""
        best: Doubt | None = None
        for evidence, char in self.readings(at):
            odds = weight(evidence)
            rank = round(exp(evidence.rank)) - 1
            if best is None or odds > best.odds:
                best = Doubt(at, char, odds, twin=self._is_twin(at, char, rank))
        return best

    def readings(self, at: int) -> list[tuple[Evidence, str]]:
        """The readings that the characters beside it make likeliest, weighed in full."""
        char = self.text[at]
        often = self.lexicon.often(char)
        twins = 1 < often <= LONE
        stands = {1: self._pairs(at, char, 1)}
        gains = []
        for _, other, rank in self._likeliest(at):
            here = often if twins and self._is_twin(at, other, rank) else 1
            if here not in stands:
                stands[here] = self._pairs(at, char, here)
            gains.append(_Gain(self._pairs(at, other, 0) - stands[here], other, rank, here))
        return list(self._weighed(at, gains))

    def _likeliest(self, at: int) -> list[tuple[float, str, int]]:
        """(what it gains by the pairs that are used, less what is taken off for its looks; reading;
        its rank among the look-alikes) of the readings that gain most."""
        before, char, after = self.text[at - 1], self.text[at], self.text[at + 1]
        stands = self.rivals.fits(before, char, after)
        seldom = self.lexicon.words.get(char, 0.0) < SELDOM
        least = LEAST_GAIN_LARGE if self.large else LEAST_GAIN
        found = []
        for rival, own in self.rivals.fitting(self.stream.written[at], before, after):
            liked = own - stands - rival.off
            if liked > least or (seldom and rival.rank <= TWIN):
                if char in NUMERALS and rival.char in NUMERALS:
                    continue
                found.append((liked, rival.char, rival.rank))
        found.sort(key=lambda one: (-one[0], one[1]))
        return found[:TRIED]

    def _is_twin(self, at: int, other: str, rank: int) -> bool:
        """Whether ``other`` is so like what stands there, and makes a word where that makes none,
        that all places of a rare character may be one misreading (夏旦, 夏合 for 复旦, 复合)."""
        if rank > TWIN:
            return False
        pairs = self.lexicon.pairs
        before, char, after = self.text[at - 1], self.text[at], self.text[at + 1]
        return (other in pairs[before] or after in pairs[other]) and not (
            char in pairs[before] or after in pairs[char]
        )

    def _pairs(self, at: int, char: str, here: int) -> float:
        """Logarithm of the chance of ``char`` at ``at`` and of the two behind it there. ``here``:
        whether the place itself is among those of the text that have ``char``."""
        first, before, _, after, last = tuple(self.text[at - 2 : at + 3])
        chance = self.lexicon.after_two
        return log(
            chance(first + before, char, here, 1, 1)
            * chance(before + char, after, here, here, here)
            * chance(char + after, last, here, here, 1)
        )

    def _weighed(self, at: int, gains: Sequence[_Gain]) -> Iterator[tuple[Evidence, str]]:
        if not gains:
            return
        text, lexicon, char = self.text, self.lexicon, self.text[at]
        start, end = self.stream.run(at, REACH + 1)
        left, right = text[max(start, at - REACH) : at], text[at + 1 : min(end, at + 1 + REACH)]
        stands = {
            here: lattice(lexicon, left + char + right, len(left), here)
            for here in {one.here for one in gains}
        }
        pairs = (text[at - 1 : at + 1], text[at : at + 2])
        before, behind = text[at - 3 : at], text[at + 1 : at + 4]
        common = Evidence(
            words=0.0, pairs=0.0, less=0.0, rank=0.0, everywhere=0.0, again=0.0,
            strange=self.strange,
            stands=log(lexicon.chars.get(char, 2e-8) / 1e-5), meant=0.0,
            own_stands=log(max(1, lexicon.often(char))), own_meant=0.0,
            word=float(any(lexicon.words.get(pair, 0.0) > SELDOM for pair in pairs)),
            edges=float(not left) + float(not right), name=float(end - start <= SHORT_RUN),
            surname=float(self._is_given(at, start)), foreign=float(self._is_foreign(at)),
            fixed=0.0, both=0.0, fit_stands=fit(lexicon, before + char + behind, 1),
        )  # fmt: skip
        for gain, other, rank, here in gains:
            words = stands[here] - lattice(lexicon, left + other + right, len(left), 0)
            yield common._replace(
                words=words, pairs=gain, less=min(words, gain), rank=log(rank + 1),
                meant=log(lexicon.chars.get(other, 2e-8) / 1e-5),
                own_meant=log(1 + lexicon.often(other)), fixed=self._fixed(at, other),
                both=log(1 + lexicon.often(text[at - 1] + other + text[at + 1])),
                everywhere=float(other in EVERYWHERE),
                again=float(rank == 0 and not common.word and self._is_again(at, other)),
                fit_meant=fit(lexicon, before + other + behind, 0),
            ), other  # fmt: skip

    def _fixed(self, at: int, char: str) -> float:
        """The share of the places of a neighbour, this one not counted, at which ``char`` stands
        beside it in the text; 0 for fewer than :data:`SETTLED` of them."""
        best, often = 0.0, self.lexicon.often
        for neighbour, pair in (
            (self.text[at - 1], self.text[at - 1] + char),
            (self.text[at + 1], char + self.text[at + 1]),
        ):
            count = often(pair)
            if count >= SETTLED and is_han(neighbour):
                best = max(best, count / max(1, often(neighbour) - 1))
        return best

    def _is_again(self, at: int, char: str) -> bool:
        """Whether ``char`` makes a word of the list here that the text has elsewhere."""
        pairs = (self.text[at - 1] + char, char + self.text[at + 1])
        listed = self.lexicon.words
        return any(self.lexicon.often(one) and listed.get(one, 0.0) > SELDOM for one in pairs)

    def _is_given(self, at: int, start: int) -> bool:
        """Whether a surname stands one or two characters before, in the same run."""
        return any(
            at - back >= start and self.text[at - back] in FAMILY for back in (1, 2)
        )  # fmt: skip

    def _is_foreign(self, at: int) -> bool:
        near = self.text[at - 2 : at + 3]
        return near[2] in SYLLABLES and (
            (near[1] in SYLLABLES and (near[0] in SYLLABLES or near[3] in SYLLABLES))
            or (near[3] in SYLLABLES and near[4] in SYLLABLES)
        )
