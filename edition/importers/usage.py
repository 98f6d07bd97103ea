"""How Chinese is used: which characters follow each other in a large body of text.

``data/runs.gz`` (made by ``tools/runs.py``): runs of two, and behind an empty line of three
simplified characters, a line for all that begin alike: what they begin with, then by classes of
counts a sign for the class (its place behind ``0`` is twice the natural logarithm of the count,
rounded) and the last characters. It tells what a list of words cannot, such as 的话 or 了一.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from math import exp, log

_ZERO = ord("0")  # the sign of class 0
_GROUPS = re.compile(r"([\x30-\x7e])([^\x30-\x7e]+)")
_SEEN, _OF = 0.3, 3000.0  # what is added to a count, and to the count of all that follow
_SELDOM = 0.05  # share of pairs that are too seldom to be kept
_LISTED, _SHORTER = 15.0, 6.0  # runs that the given chance of a second, and third, are worth


_NONE: dict[str, float] = {}  # of all that begins no run


class _Runs(dict[str, dict[str, float]]):
    """Of what runs begin with, each character that follows and its count: taken from its line when
    it is first asked for."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        super().__init__()
        self.lines = lines

    def __missing__(self, begun: str) -> dict[str, float]:
        line = self.lines.get(begun)
        made: dict[str, float] = {} if line is not None else _NONE
        for group in _GROUPS.finditer(line or ""):
            made.update(dict.fromkeys(group[2], exp((ord(group[1]) - _ZERO) / 2)))
        self[begun] = made
        return made


class _Totals(dict[str, float]):
    """How often anything follows what runs begin with."""

    def __init__(self, runs: _Runs) -> None:
        super().__init__()
        self.runs = runs

    def __missing__(self, begun: str) -> float:
        runs = self.runs[begun]
        self[begun] = total = sum(runs.values()) if runs else 0.0
        return total


class Usage:
    """Runs of two and of three characters with their counts."""

    def __init__(self, twos: Mapping[str, str], threes: Mapping[str, str]) -> None:
        self.twos, self.threes = _Runs(twos), _Runs(threes)
        self.after_one, self.after_two = _Totals(self.twos), _Totals(self.threes)

    def two(self, run: str) -> float:
        """How often a run of two characters is used."""
        return self.twos[run[:1]].get(run[1:], 0.0)

    def three(self, run: str) -> float:
        """How often a run of three characters is used."""
        return self.threes[run[:2]].get(run[2:], 0.0)

    def second(self, first: str, char: str, chance: float) -> float:
        """Chance of ``char`` behind ``first``, where ``chance`` is that by other knowledge."""
        known = self.after_one[first]
        rest = _LISTED + _SELDOM * known
        return (self.twos[first].get(char, 0.0) + rest * chance) / (known + rest)

    def third(self, two: str, char: str, chance: float) -> float:
        """The same behind two characters."""
        if not (runs := self.threes[two]):
            return chance
        known = self.after_two[two]
        rest = _SHORTER + max(0.0, self.two(two) - known)
        return (runs.get(char, 0.0) + rest * chance) / (known + rest)

    def chance(self, pair: str) -> float:
        """Logarithm of the chance of a character behind another."""
        return log((self.two(pair) + _SEEN) / (self.after_one[pair[0]] + _OF))


@cache
def usage() -> Usage:
    packed = resources.files("edition.importers").joinpath("data", "runs.gz").read_bytes()
    twos, threes = (part.split("\n") for part in gzip.decompress(packed).decode().split("\n\n"))
    return Usage({line[0]: line[1:] for line in twos}, {line[:2]: line[2:] for line in threes})
