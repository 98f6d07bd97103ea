"""Judging a character of a text: whether one that looks like it makes the words round it likelier.

Evidence is what the lexicon knows (:mod:`edition.importers.lexicon`), how alike the two look
(:mod:`edition.importers.lookalikes`, :mod:`edition.bibliography.values.shapes`), and what stands
beside a neighbour nearly always.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from heapq import nlargest
from math import inf, log

from edition.bibliography.values import alike
from edition.importers.lexicon import NUMERALS, Lexicon, Window, beginnings, endings
from edition.importers.lookalikes import lookalikes
from edition.readers.passage import Passage
from edition.script.dictionaries import plain_forms

REACH = 4  # characters on either side that a reading is judged with
# How much likelier, in nats, the other reading must be: the least at which texts that are sound
# have no finding (`edition bench suspects` prints what is found at that).
LEAST = 7.0
PER_RANK = 0.5  # what is taken off for the rank among the look-alikes, by its logarithm
SETTLED = 3  # a pair on both sides that stands so often is meant
SELDOM, USUAL = 2e-6, 2e-5  # chance of a character in whose stead any common one may be meant
MEANT = 2.0  # what is asked more of another reading where the character makes a word
SOUND = 3e-5  # chance of a word that is not asked about
# From so many characters on any listed word is sound, and a frequent character is not asked about:
# else a long text would take minutes.
LARGE, FREQUENT = 60_000, 3e-4
HABIT = 3  # a form that stands so often is the text's own
# What makes a word where the character makes none may be less like it: rank of likeness, and what
# is taken off for it.
ALIKE = ((0.9, 2.5), (0.5, 4.5))
FITTING = 12  # such characters that are tried
NEARLY = 0.8  # share of what stands beside a character that makes it fixed there
FIXED = 4.0  # gain asked there, of a reading whose look is BARELY alike
BARELY = 0.8
MIRRORED = 1.5  # of two places that speak against each other the commoner character is the misread
_RARE_RANK = 10  # that such a look-alike is taken to have
# Forms of one character in the fonts and standards of other countries: no misreading.
_FORMS_TEXT = "硏研 緖緒 敎教 靑青 旣既 卽即 槪概 晄晃 竝并 擧举 塚冢 飮饮 喩喻 揹背 戶户 吿告 稅税"
_FORMS = {one[0]: one[1] for one in _FORMS_TEXT.split()}


@dataclass(frozen=True, slots=True)
class Run:
    """Chinese characters in a row: as they stand, and in the simplified form of each."""

    passage: Passage
    start: int
    written: str
    plain: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """``char`` (simplified) is likelier than what stands at ``at`` of ``run``, by ``gain`` nats."""

    run: Run
    at: int
    char: str
    gain: float
    rank: int  # of ``char`` among the look-alikes
    pooled: float = 0.0  # what other places of the same confusion add


class Evidence(Enum):
    """What a text has of the pairs that a reading makes: again a listed word; but one other place,
    so that either of the two may be wrong; anything else."""

    AGAIN = auto()
    MIRRORED = auto()
    OTHER = auto()


def plain(text: str) -> str:
    """``text`` in the simplified form of each character, whatever its fashion."""
    return text.translate(_plain_table())


@cache
def _plain_table() -> dict[int, str]:
    forms = plain_forms()
    table = {ord(char): form for char, form in forms.items()}
    return table | {ord(one): forms.get(other, other) for one, other in _FORMS.items()}


class Judge:
    """Judges the characters of runs by the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.after, self.before = lexicon.followers(SETTLED)
        large = lexicon.size >= LARGE
        self.sound, self.usual = (0.0, FREQUENT) if large else (SOUND, 1.0)

    def doubts(self, run: Run) -> Iterator[Doubt]:
        for at in range(len(run.plain)):
            if not self._settled(run.plain, at) and (doubt := self.doubt(run, at)) is not None:
                yield doubt

    def _settled(self, text: str, at: int) -> bool:
        """Whether the text has the character there so often that it is meant."""
        counts, words = self.lexicon.counts, self.lexicon.words
        if words.get(text[at], 0.0) > self.usual:
            return True
        left = text[at - 1 : at + 1] if at else ""
        right = text[at : at + 2] if at + 1 < len(text) else ""
        if min(counts[left], counts[right]) >= SETTLED or (
            left and right and counts[left + right[1]] >= SETTLED
        ):
            return True
        return any(
            words.get(pair, 0.0) > (SELDOM if counts[pair] >= SETTLED else self.sound)
            for pair in (left, right)
        )

    def doubt(self, run: Run, at: int) -> Doubt | None:
        """The likeliest other reading of a character."""
        text, char = run.plain, run.plain[at]
        readings, fixed = self._readings(run, at), self._fixed(run, at)
        fitting = [one for one in self._fitting(run, at) if one != char and one not in readings]
        if not readings and not fixed and not fitting:
            return None
        window = Window(self.lexicon, text[max(0, at - REACH) : at], text[at + 1 : at + 1 + REACH])
        words = self.lexicon.words
        pairs = (text[at - 1 : at + 1] if at else "", text[at : at + 2])
        sound = any(len(pair) == 2 and words.get(pair, 0.0) > SELDOM for pair in pairs)
        stands = window.cost(char, 1) - (MEANT if sound else 0.0)
        best: Doubt | None = None
        for other, rank in readings.items():
            evidence = self._evidence(run, at, other)
            base = window.cost(char, 2) if evidence is Evidence.AGAIN else stands
            gain = base - window.cost(other, 0) - PER_RANK * log(rank + 1)
            if evidence is Evidence.MIRRORED:
                gain += MIRRORED if self._commoner(char, other) else -2 * MIRRORED
            if best is None or gain > best.gain:
                best = Doubt(run, at, other, gain, rank)
        for other in fitting:
            gain = stands - window.cost(other, 0) - ALIKE[0][1]
            if gain >= LEAST and (best is None or gain > best.gain):
                likeness = alike(run.written[at], other)
                loss = next((loss for least, loss in ALIKE if likeness >= least), inf)
                gain += ALIKE[0][1] - loss
                if gain >= LEAST and (best is None or gain > best.gain):
                    best = Doubt(run, at, other, gain, _RARE_RANK)
        for other in fixed:
            gain = stands - window.cost(other, 0) + LEAST - FIXED
            if gain >= LEAST and (best is None or gain > best.gain) and (
                    alike(run.written[at], other) >= BARELY):  # fmt: skip
                best = Doubt(run, at, other, gain, _RARE_RANK)
        return best

    def _commoner(self, char: str, other: str) -> bool:
        words = self.lexicon.words
        return words.get(char, 0.0) > words.get(other, 0.0)

    def _evidence(self, run: Run, at: int, other: str) -> Evidence:
        """What the text has of the pairs that ``other`` makes."""
        words, counts = self.lexicon.words, self.lexicon.counts
        before = run.plain[at - 1 : at] if at else ""
        after = run.plain[at + 1 : at + 2]
        pairs = [one for one in (before + other, other + after) if len(one) == 2]
        if any(pair in words for pair in pairs):
            again = any(pair in words and counts[pair] > 1 for pair in pairs)
            return Evidence.AGAIN if again else Evidence.OTHER
        if max((counts[pair] for pair in pairs), default=0) == 1 and not any(
            pair in term for pair in pairs for term in self.lexicon.terms
        ):
            return Evidence.MIRRORED
        return Evidence.OTHER

    def _readings(self, run: Run, at: int) -> dict[str, int]:
        """Look-alikes that make a word, or a pair that the text has, with a neighbour; each with
        its rank."""
        text, char = run.plain, run.plain[at]
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        words, counts = self.lexicon.words, self.lexicon.counts
        seldom = words.get(char, 0.0) < SELDOM
        made: dict[str, int] = {}
        for other, rank in _alike(run.written[at]):
            if other == char or (other in NUMERALS and char in NUMERALS):
                continue
            left, right = before + other, other + after
            if (
                (before and (left in words or left in counts))
                or (after and (right in words or right in counts))
                or (seldom and words.get(other, 0.0) > USUAL)
            ):
                made[other] = rank
        return made

    def _fitting(self, run: Run, at: int) -> list[str]:
        """The characters that make the likeliest words with a neighbour, where the one that stands
        there makes none."""
        text, words, counts = run.plain, self.lexicon.words, self.lexicon.counts
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        for pair in (before + text[at], text[at] + after):
            if len(pair) == 2 and (pair in words or counts[pair] > 1):
                return []
        pairs = [before + other for other in beginnings().get(before, "")]
        pairs += [other + after for other in endings().get(after, "")]
        pairs += [before + other for other in self.after.get(before, "")]
        pairs += [other + after for other in self.before.get(after, "")]
        size = self.lexicon.size
        scored = {pair: words.get(pair, 0.0) + 0.1 * counts[pair] / size for pair in pairs}
        best = nlargest(FITTING, scored, key=scored.__getitem__)
        return [pair[1] if pair[0] == before else pair[0] for pair in best]

    def _fixed(self, run: Run, at: int) -> set[str]:
        """What nearly always stands beside a neighbour in the text, where this character does but
        here."""
        text, found = run.plain, set[str]()
        counts = self.lexicon.counts
        for pair, own, others in (
            (text[at - 1 : at + 1] if at else "", 0, self.after),
            (text[at : at + 2], 1, self.before),
        ):
            if len(pair) == 2 and counts[pair] == 1:
                neighbour = pair[own]
                for other in others.get(neighbour, ""):
                    usual = counts[neighbour + other if own == 0 else other + neighbour]
                    if usual >= NEARLY * (counts[neighbour] - 1):
                        found.add(other)
        return found


@lru_cache(maxsize=8192)
def _alike(char: str) -> tuple[tuple[str, int], ...]:
    """The look-alikes of a character in simplified form, with the best of their ranks."""
    made: dict[str, int] = {}
    for one, rank in lookalikes(char).items():
        other = plain(one)
        made[other] = min(rank, made.get(other, rank))
    return tuple(made.items())
