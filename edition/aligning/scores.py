"""What speaks for and against units belonging together, as log-likelihood ratios."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log, sqrt
from statistics import median

from edition.aligning import edges
from edition.aligning.concepts import Concepts
from edition.aligning.units import Unit, letters
from edition.model import Kind

Shape = tuple[int, int]

# Shares of beads in translations, between those of paragraphs and of sentences; what a text has
# of each, it tells itself (`shape_costs`).
PRIORS: dict[Shape, float] = {
    (1, 1): 0.80, (1, 2): 0.08, (2, 1): 0.04, (1, 0): 0.02, (0, 1): 0.012,
    (1, 3): 0.02, (3, 1): 0.006, (2, 2): 0.006, (1, 4): 0.004, (4, 1): 0.002,
    (2, 3): 0.003, (3, 2): 0.002,
}  # fmt: skip
_PRIOR = 80.0  # beads that these shares count as, beside those of the very text
_HOPELESS = -7.0  # prior and length that no words make up for
SHAPES: tuple[Shape, ...] = tuple(PRIORS)
MOVED = math.log(0.004)  # what it costs that two units stand out of order
LONE = math.log(PRIORS[1, 0] / PRIORS[1, 1])  # score of a unit without counterpart

_ALONE = frozenset(
    (Kind.HEADING, Kind.TABLE, Kind.FIGURE, Kind.CODE, Kind.BREAK)
)  # are never joined with others
_SAME = 0.965  # share of pairs that are of one kind
_NEAR = frozenset(  # kinds that translators change into each other
    frozenset(two) for two in (
        (Kind.PARA, Kind.QUOTE), (Kind.PARA, Kind.VERSE), (Kind.PARA, Kind.ITEM),
        (Kind.QUOTE, Kind.VERSE), (Kind.QUOTE, Kind.ITEM), (Kind.VERSE, Kind.ITEM),
    )
)  # fmt: skip
_CHANCE = 1.2  # square of the spread of the log ratio of lengths of units that met by chance
_LEAST = 0.16  # spread of a pair's log ratio below which no text is believed to keep
_FEW = 12.0  # letters by which short texts vary freely


def shape_costs(counts: Mapping[Shape, float]) -> dict[Shape, float]:
    """What a shape costs beside a pair, by how often each stands in the text, in beads."""
    shares = {shape: _PRIOR * share + counts.get(shape, 0.0) for shape, share in PRIORS.items()}
    return {shape: math.log(share / shares[1, 1]) for shape, share in shares.items()}


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long the English of a text is: letters for one Chinese character, and the spread of
    its logarithm."""

    ratio: float
    spread: float


def lengths(pairs: Sequence[tuple[int, int]], usual: Lengths) -> Lengths:
    """Median and spread (by the median of deviations) of pairs of lengths, so that a few wrong
    ones among them change nothing; ``usual`` where there are few."""
    logs = sorted(math.log(en / zh) for zh, en in pairs if zh >= 4 and en >= 8)
    if len(logs) < 3:
        return usual
    middle = median(logs)
    spread = 1.4826 * median(abs(one - middle) for one in logs)
    mixed = (spread * len(logs) + usual.spread * 8) / (len(logs) + 8)
    return Lengths(math.exp(middle), min(max(mixed, _LEAST), 0.6))


class Scores:
    """The score of any bead of two runs of units."""

    def __init__(
        self, zh: Sequence[Unit], en: Sequence[Unit], concepts: Concepts, length: Lengths
    ) -> None:
        self.zh, self.en, self.length = zh, en, length
        self.costs = shape_costs({})
        self.both, self.only_zh, self.only_en = concepts.weights()
        says = [any(said) for said in zip(self.both, self.only_zh, self.only_en, strict=True)]
        self.has_zh = [frozenset(one for one in bag if says[one]) for bag in concepts.zh.units]
        self.has_en = [frozenset(one for one in bag if says[one]) for bag in concepts.en.units]
        self.lone_zh = [sum(self.only_zh[one] for one in bag) for bag in self.has_zh]
        self.lone_en = [sum(self.only_en[one] for one in bag) for bag in self.has_en]
        self.long_zh = [letters(one.text) for one in zh]
        self.long_en = [letters(one.text) for one in en]
        self.gain = [
            self.both[n] - self.only_zh[n] - self.only_en[n] for n in range(len(self.both))
        ]
        self.single_zh = [one.kind in _ALONE or one.blank for one in zh]
        self.single_en = [one.kind in _ALONE or one.blank for one in en]
        self.class_zh, self.class_en, self.kinds = _kinds(zh, en)
        self.edge_zh, self.edge_en, self.edges = edges.classes(zh, en)
        self.sum_zh = [0, *accumulate(self.long_zh)]
        self.sum_en = [0, *accumulate(self.long_en)]

    def bead(self, i: int, j: int, shape: Shape) -> float:
        """Of the ``shape[0]`` Chinese units from ``i`` and the ``shape[1]`` English ones from
        ``j``: greater than 0 where they rather belong together; ``-inf`` where they cannot."""
        a, d = shape
        score = self.costs[shape]
        if not a or not d:
            return score
        if a == 1 and d == 1:
            return self.pair(i, j)
        if any(self.single_zh[i : i + a]) or any(self.single_en[j : j + d]):
            return -math.inf
        score += self._length(
            self.sum_zh[i + a] - self.sum_zh[i], self.sum_en[j + d] - self.sum_en[j]
        )
        if score < _HOPELESS:
            return -math.inf
        return (
            score
            + self._several(i, j, a, d)
            + self.edges[edges.joined(self.edge_zh[i], self.edge_zh[i + a - 1])][
                edges.joined(self.edge_en[j], self.edge_en[j + d - 1])
            ]
        )

    def pair(self, i: int, j: int) -> float:
        """Of one unit of either side."""
        if self.zh[i].blank or self.en[j].blank:
            return -1.0
        score = self.lone_zh[i] + self.lone_en[j] + self.kinds[self.class_zh[i]][self.class_en[j]]
        for one in self.has_zh[i] & self.has_en[j]:
            score += self.gain[one]
        score += self.edges[self.edge_zh[i]][self.edge_en[j]]
        return score + self._length(self.long_zh[i], self.long_en[j])

    def _several(self, i: int, j: int, a: int, d: int) -> float:
        here = self.has_zh[i].union(*self.has_zh[i + 1 : i + a])
        there = self.has_en[j].union(*self.has_en[j + 1 : j + d])
        score = 0.0
        for one in here:
            score += self.both[one] if one in there else self.only_zh[one]
        for one in there - here:
            score += self.only_en[one]
        kinds = [self.kinds[one][two] for one in self.class_zh[i : i + a]
                 for two in self.class_en[j : j + d]]  # fmt: skip
        return score + sum(kinds) / len(kinds) * max(a, d)

    def _length(self, zh: int, en: int) -> float:
        """Of a translation of this length, against a text of any: one translation in fifty is
        free, or lacks a sentence."""
        if not zh or not en:
            return 0.0
        expected = zh * self.length.ratio
        # short texts vary more: a few letters are much of them
        free = 0.7 * _FEW / (expected + _FEW)
        square = self.length.spread * self.length.spread + free * free
        chance = _CHANCE if square < _CHANCE / 2 else square * 2
        off = log((en + 4) / (expected + 4))
        near = exp(off * off * (0.5 / chance - 0.5 / square)) * sqrt(chance / square)
        return log(0.98 * near + 0.02)


def _class(unit: Unit) -> tuple[Kind, int]:
    return unit.kind, unit.level if unit.kind is Kind.HEADING else 0


def _kinds(
    zh: Sequence[Unit], en: Sequence[Unit]
) -> tuple[list[int], list[int], list[list[float]]]:
    """Classes of the units of both sides, by number, and what two classes say of a pair:
    agreement the more, the rarer the kind."""
    count_zh, count_en = Counter(map(_class, zh)), Counter(map(_class, en))
    number_zh = {one: at for at, one in enumerate(count_zh)}
    number_en = {one: at for at, one in enumerate(count_en)}
    table = [
        [_kind(one, two, some / len(zh), others / len(en)) for two, others in count_en.items()]
        for one, some in count_zh.items()
    ]
    return [number_zh[_class(one)] for one in zh], [number_en[_class(one)] for one in en], table


def _kind(one: tuple[Kind, int], two: tuple[Kind, int], rate: float, other: float) -> float:
    if one == two:
        return max(0.0, math.log(_SAME / max(rate, other)))
    if one[0] is two[0] or frozenset((one[0], two[0])) in _NEAR:
        return -1.5
    return -9.0
