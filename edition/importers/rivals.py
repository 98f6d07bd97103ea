"""What a character may be misread for, and how well each of these fits between its neighbours by
the pairs that are used, that the list has, and that the text has elsewhere: what is asked first, of
all look-alikes of each place that is in question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log
from typing import NamedTuple

from edition.importers.lexicon import Lexicon
from edition.importers.lookalikes import ranks
from edition.script.dictionaries import Script

PER_RANK = 0.5  # what is taken off for the rank among the look-alikes, by its logarithm
# Of the pairs that are used: what a place of the text is worth, what a word of the list that is
# never used; what is added to the count of a pair, and of all that follow a character.
OWN, LISTED, UNSEEN, OF = 15.0, 3.0, 0.3, 3000.0


class Rival(NamedTuple):
    """A look-alike, with all that is asked of it at each place."""

    char: str
    rank: int
    off: float  # for its rank
    twos: Mapping[str, float]  # what is used behind it
    within: Mapping[str, float]  # and what the list has there
    of: float  # how often anything is used behind it


class Rivals:
    """The look-alikes of the characters of a text."""

    def __init__(self, lexicon: Lexicon, script: Script) -> None:
        self.lexicon, self.script = lexicon, script
        self._known: dict[str, list[Rival]] = {}

    def of(self, written: str) -> list[Rival]:
        """The look-alikes of a character as it is written."""
        made = self._known.get(written)
        if made is None:
            usage, within = self.lexicon.usage, self.lexicon.pairs
            made = self._known[written] = [
                Rival(char, rank, PER_RANK * log(rank + 1), usage.twos[char], within[char],
                       usage.after_one[char] + OF)
                for char, rank in ranks(written, self.script).items()
            ]  # fmt: skip
        return made

    def fits(self, before: str, char: str, after: str) -> float:
        """How well what stands there fits between its neighbours, by :meth:`fitting`; the place
        itself says nothing for it."""
        usage, own, within = self.lexicon.usage, self.lexicon.counts[2], self.lexicon.pairs
        left, right, terms = before + char, char + after, self.lexicon.within
        behind = usage.twos[before].get(char, 0.0) + OWN * max(0, own.get(left, 0) - 1)
        ahead = usage.twos[char].get(after, 0.0) + OWN * max(0, own.get(right, 0) - 1)
        if not behind:
            behind = LISTED if char in within[before] or left in terms else 0.0
        if not ahead:
            ahead = LISTED if after in within[char] or right in terms else 0.0
        return log((behind + UNSEEN) * (ahead + UNSEEN) / (usage.after_one[char] + OF))

    def fitting(self, written: str, before: str, after: str) -> Iterator[tuple[Rival, float]]:
        """The readings of which a pair is used, or the list or the text has it, and how well each
        fits between its neighbours by these pairs."""
        _, singles, own, *_ = self.lexicon.counts
        used, listed = self.lexicon.usage.twos[before].get, self.lexicon.pairs[before]
        terms, often = self.lexicon.within, own.get
        # Most have neither pair: this runs for each look-alike of each place.
        for rival in self.of(written):
            char, _, _, twos, within, of = rival
            behind, ahead = used(char, 0.0), twos.get(after, 0.0)
            if char in singles:
                behind += OWN * often(before + char, 0)
                ahead += OWN * often(char + after, 0)
            if not behind and (char in listed or before + char in terms):
                behind = LISTED
            if not ahead and (after in within or char + after in terms):
                ahead = LISTED
            if behind or ahead:
                yield rival, log((behind + UNSEEN) * (ahead + UNSEEN) / of)
