"""How Chinese is used: which characters follow each other in a large body of text.

``data/runs.gz`` (made by ``tools/runs.py``): a line for each length and class of counts, the class
(twice the natural logarithm of the count, rounded) and the runs of two or three simplified
characters, what begins alike together. It tells what a list of words cannot, such as 的话 or 了一.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp, log

_SEEN, _OF = 0.3, 3000.0  # what is added to a count, and to the count of all that follow
_SELDOM = 0.05  # share of pairs that are too seldom to be kept
_LISTED, _SHORTER = 15.0, 6.0  # runs that the given chance of a second, and third, are worth


@dataclass(frozen=True, slots=True)
class Usage:
    """Runs with their counts; ``after``: of each character, and pair, all that follow it."""

    two: Mapping[str, float]
    three: Mapping[str, float]
    after: Mapping[str, float]

    def second(self, first: str, char: str, chance: float) -> float:
        """Chance of ``char`` behind ``first``, where ``chance`` is that by other knowledge."""
        known = self.after.get(first, 0.0)
        rest = _LISTED + _SELDOM * known
        return (self.two.get(first + char, 0.0) + rest * chance) / (known + rest)

    def third(self, two: str, char: str, chance: float) -> float:
        """The same behind two characters."""
        known = self.after.get(two, 0.0)
        rest = _SHORTER + max(0.0, self.two.get(two, 0.0) - known)
        return (self.three.get(two + char, 0.0) + rest * chance) / (known + rest)

    def chance(self, pair: str) -> float:
        """Logarithm of the chance of a character behind another."""
        return log((self.two.get(pair, 0.0) + _SEEN) / (self.after.get(pair[0], 0.0) + _OF))


@cache
def usage() -> Usage:
    packed = resources.files("edition.importers").joinpath("data", "runs.gz").read_bytes()
    runs: dict[int, dict[str, float]] = {2: {}, 3: {}}
    for line in gzip.decompress(packed).decode().split("\n"):
        length, count, *groups = line.split(" ")
        first, often = int(length) - 1, exp(int(count) / 2)
        made = runs[int(length)]
        for group in groups:
            begun = group[:first]
            for last in group[first:]:
                made[begun + last] = often
    after: dict[str, float] = defaultdict(float)
    for run, often in (*runs[2].items(), *runs[3].items()):
        after[run[:-1]] += often
    return Usage(runs[2], runs[3], dict(after))
