"""Judging a character of a text: whether one that looks like it makes the words round it likelier.

Evidence is what the text has elsewhere and what the list of words has
(:mod:`edition.importers.lexicon`), how Chinese is used (:mod:`edition.importers.usage`), and how
alike the two look
(:mod:`edition.importers.lookalikes`, :mod:`edition.bibliography.values.shapes`). What each is worth
was fitted (:data:`WEIGHTS`) on texts that were misread by chance.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from edition.bibliography.values import alike
from edition.characters import is_han
from edition.importers.fitting import NO_FIT, WordFit, fit
from edition.importers.lexicon import LARGE, NUMERALS, Lexicon, lattice, partners
from edition.importers.lookalikes import ranks
from edition.importers.stream import Stream
from edition.script.context import FAMILY
from edition.script.dictionaries import Script
from edition.script.rules import SYLLABLES

REACH = 4  # characters on either side that a reading is judged with
SETTLED = 3  # a pair on both sides that stands so often is meant
SELDOM = 2e-6  # chance of a word that is seldom
SOUND = 3e-5  # chance of a word that is not asked about
USUAL = 2e-5  # chance of a character that may be meant in the stead of a rare one
TRIED = 7  # readings of a place that are weighed in full
PER_RANK = 0.5  # what is taken off for the rank among the look-alikes, by its logarithm
LEAST_GAIN = 0.5  # by pairs, of a reading that is weighed in full
LEAST_GAIN_LARGE = 7.0  # the same in a text that is too long to weigh more
NO_RANK = 30  # rank that is given to what is alike but none of the look-alikes
LEAST_ALIKE = 0.5
TWIN = 3  # rank of look-alikes that are always weighed
LONE = 6  # places of a character that may all be one misreading
MIRRORED = 1.3
# What fits nearly everywhere is meant less often than its words say, unless it looks much alike.
EVERYWHERE = frozenset("的一是了在有不和人中大为上这个国")
LIKE, TAKEN_OFF = 5, 2.0
# What looks much alike and makes a word that the text has elsewhere is likelier meant.
NEAR, LIKELIER, IN_USE, ADDED = 3, 4.0, 1e-6, 3.8
SHORT_RUN = 4  # characters between signs that may be a name


class Evidence(NamedTuple):
    """What speaks for a reading and against it. Gains are in nats."""

    words: float  # of the likeliest words round it
    pairs: float  # of the characters beside it
    less: float  # the lesser of these
    rank: float  # logarithm of the rank among the look-alikes
    unranked: float  # 1: not among them
    unlike: float  # of these, 1 less the likeness
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
    fit_stands: WordFit = NO_FIT
    fit_meant: WordFit = NO_FIT


# What the evidence is worth, in nats (logistic regression on news and reviews in both scripts of
# which one character in 100 was misread).
START = -6.51
WEIGHTS = Evidence(
    words=0.27, pairs=0.04, less=0.14, rank=-0.94, unranked=-1.94, unlike=-4.28, stands=-0.02,
    meant=-0.02, own_stands=-0.18, own_meant=0.05, word=0.3, edges=0.59, name=-1.01,
    surname=-0.53, foreign=-0.3, fixed=1.48, both=0.32,
    fit_stands=WordFit(left=-0.3, right=-0.41, threes=-0.4, own_pairs=-0.57, own_threes=-1.06,
                   word=-0.37, pairs=0.11),
    fit_meant=WordFit(left=0.22, right=0.24, threes=0.3, own_pairs=0.22, own_threes=0.54,
                  word=0.18, pairs=-0.08),
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
    return START + sum(
        worth * min(high, max(low, value))
        for worth, value in zip(_FLAT, flat(evidence), strict=True)
    )


class _Gain(NamedTuple):
    """A reading and what it gains by pairs; ``liked``: less what is taken off for its looks;
    ``here``: how many places of what stands there are in hand."""

    liked: float
    gain: float
    char: str
    rank: int | None
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
        self.least_gain = LEAST_GAIN_LARGE if self.large else LEAST_GAIN
        two = lexicon.counts[2]
        self.seen: Container[str] = (
            {pair for pair, count in two.items() if count >= SETTLED} if self.large else two
        )
        if not self.large:
            self.after, self.before = lexicon.followers(SETTLED)
            self.likely_after, self.likely_before = partners()

    def doubts(self) -> Iterator[Doubt]:
        for at in self.places():
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
            odds = weight(evidence) + self._mirrored(at, char)
            rank = round(exp(evidence.rank)) - 1
            if char in EVERYWHERE and rank >= LIKE:
                odds -= TAKEN_OFF
            elif rank <= NEAR and evidence.words >= LIKELIER and self._makes_a_word(at, char):
                odds += ADDED
            if best is None or odds > best.odds:
                best = Doubt(at, char, odds, twin=self._is_twin(at, char, rank))
        return best

    def readings(self, at: int) -> list[tuple[Evidence, str]]:
        """The readings that the characters beside it make likeliest, weighed in full."""
        char = self.text[at]
        often = self.lexicon.often(char)
        stands = {1: self._pairs(at, char, 1)}
        gains = []
        for other, rank in self._candidates(at).items():
            here = often if 1 < often <= LONE and self._is_twin(at, other, rank) else 1
            if here not in stands:
                stands[here] = self._pairs(at, char, here)
            gain = self._pairs(at, other, 0) - stands[here]
            liking = PER_RANK * log((NO_RANK if rank is None else rank) + 1)
            if rank is None:
                liking += 2.0
            near = rank is not None and rank <= TWIN and not self.large
            if near or gain - liking > self.least_gain:
                gains.append(_Gain(gain - liking, gain, other, rank, here))
        gains.sort(key=lambda one: (-one.liked, one.char))
        tried = gains[:TRIED]
        tried += [one for one in gains[TRIED:] if one.rank is not None and one.rank <= TWIN]
        return list(self._weighed(at, tried))

    def _is_twin(self, at: int, other: str, rank: int | None) -> bool:
        """Whether ``other`` is so like what stands there, and makes a word where that makes none,
        that all places of a rare character may be one misreading (夏旦, 夏合 for 复旦, 复合)."""
        if rank is None or rank > TWIN:
            return False
        pairs = self.lexicon.pairs
        before, char, after = self.text[at - 1], self.text[at], self.text[at + 1]
        return (other in pairs[before] or after in pairs[other]) and not (
            char in pairs[before] or after in pairs[char]
        )

    def _candidates(self, at: int) -> dict[str, int | None]:
        """Readings with their rank among the look-alikes: those of them that make a pair that the
        list or the text has, or stand for a rare one; and what is likeliest beside a neighbour
        (without a rank)."""
        text, words, two = self.text, self.lexicon.words, self.seen
        within = self.lexicon.pairs
        before, char, after = text[at - 1], text[at], text[at + 1]
        seldom = words.get(char, 0.0) < SELDOM
        likely_behind = within[before]
        made: dict[str, int | None] = {
            other: rank for other, rank in ranks(self.stream.written[at], self.script).items()
            if other in likely_behind or after in within[other]
            or before + other in two or other + after in two
            or before + other in self.lexicon.within or other + after in self.lexicon.within
            or (seldom and words.get(other, 0.0) > USUAL)
        }  # fmt: skip
        likely = ""
        if not self.large:
            likely = self.after.get(before, "") + self.before.get(after, "")
            likely += self.likely_after.get(before, "") + self.likely_before.get(after, "")
        for other in likely:
            if other != char:
                made.setdefault(other, None)
        if char in NUMERALS:
            made = {other: rank for other, rank in made.items() if other not in NUMERALS}
        return made

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
        start, end = self.stream.run(at)
        left, right = text[max(start, at - REACH) : at], text[at + 1 : min(end, at + 1 + REACH)]
        stands = {
            here: lattice(lexicon, left + char + right, len(left), here)
            for here in {one.here for one in gains}
        }
        pairs = (text[at - 1 : at + 1], text[at : at + 2])
        before, behind = text[at - 3 : at], text[at + 1 : at + 4]
        common = Evidence(
            words=0.0, pairs=0.0, less=0.0, rank=0.0, unranked=0.0, unlike=0.0,
            stands=log(lexicon.chars.get(char, 2e-8) / 1e-5), meant=0.0,
            own_stands=log(max(1, lexicon.often(char))), own_meant=0.0,
            word=float(any(lexicon.words.get(pair, 0.0) > SELDOM for pair in pairs)),
            edges=float(not left) + float(not right), name=float(end - start <= SHORT_RUN),
            surname=float(self._is_given(at, start)), foreign=float(self._is_foreign(at)),
            fixed=0.0, both=0.0, fit_stands=fit(lexicon, before + char + behind, 1),
        )  # fmt: skip
        for _, gain, other, rank, here in gains:
            likeness = 1.0 if rank is not None else alike(self.stream.written[at], other)
            if likeness < LEAST_ALIKE:
                continue
            words = stands[here] - lattice(lexicon, left + other + right, len(left), 0)
            yield common._replace(
                words=words, pairs=gain, less=min(words, gain),
                rank=log((NO_RANK if rank is None else rank) + 1), unranked=float(rank is None),
                unlike=1 - likeness, meant=log(lexicon.chars.get(other, 2e-8) / 1e-5),
                own_meant=log(1 + lexicon.often(other)), fixed=self._fixed(at, other),
                both=log(1 + lexicon.often(text[at - 1] + other + text[at + 1])),
                fit_meant=fit(lexicon, before + other + behind, 0),
            ), other  # fmt: skip

    def _makes_a_word(self, at: int, char: str) -> bool:
        """Whether a reading makes a word in use where what stands there makes none with it."""
        text, words = self.text, self.lexicon.words
        return any(
            words.get(pair.replace("?", char), 0.0) >= IN_USE
            and pair.replace("?", text[at]) not in words
            and self.lexicon.often(pair.replace("?", char)) > 0
            for pair in (f"{text[at - 1]}?", f"?{text[at + 1]}")
        )

    def _mirrored(self, at: int, char: str) -> float:
        """What is added where a single other place of the text speaks for the reading, so that
        either of the two may be wrong: the commoner character is more often the misread one."""
        stands, often = self.text[at], self.lexicon.often
        pairs = (self.text[at - 1] + char, char + self.text[at + 1])
        if any(pair in self.lexicon.words or pair in self.lexicon.within for pair in pairs):
            return 0.0
        if max(map(often, pairs)) != 1:
            return 0.0
        common = self.lexicon.chars
        return MIRRORED if common.get(stands, 0.0) > common.get(char, 0.0) else -2 * MIRRORED

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
