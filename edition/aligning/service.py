"""Aligning whole texts: a rough way first, what it teaches, then the way and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from edition.aligning import band, concepts, lexicon
from edition.aligning.band import BandStretch, Step
from edition.aligning.scores import LONE, MOVED, SHAPES, Lengths, Scores, lengths, shape_costs
from edition.aligning.units import Aligned, Bead, Bitext, Moved, TermForms, letters

_WIDTH = 24  # of the first band, in units to either side
_ROUNDS = 2  # of learning how likely each shape of a bead is
_NARROW = 7  # of the band round a way that is known
_SMALL = 400  # cells of a table that is always looked at whole
_CELLS = 4_000_000  # of the widest band
_SHIFT = 4.0  # how much better a run of pairs must be elsewhere for the order to be doubted
_ORDER = 2.0  # how much better than the order of the files the contents must say it
_SPREAD = Lengths(2.6, 0.32)  # where a text is too short to learn from
_ODD = -1.0  # score of a pair that rather does not belong together
_MOVES = 2.0  # score, beyond that of chance, from which two texts that stand apart are one
_LEFT = 400  # units without counterpart among which moved ones are looked for


def align(parts: Sequence[Bitext], forms: Sequence[TermForms] = ()) -> tuple[Aligned, ...]:
    """The beads of each part. All parts are taken as one work: what is learnt of lengths and
    words from one serves the others. ``forms``: names and terms of the work.

    Where both sides have as many units between two settled places, and nothing speaks against
    it, they answer each other in order. Time and memory grow with the number of units, not with
    its square."""
    work = _AlignmentRun(parts, forms)
    boxes = work.boxes()
    open_boxes = [one for one in boxes if not work.in_order(one)]
    if open_boxes:
        work.solve(open_boxes)
    return work.result(boxes)


@dataclass(slots=True)
class _BitextStart:
    """Where a part begins among all units."""

    zh: int
    en: int


class _AlignmentRun:
    def __init__(self, parts: Sequence[Bitext], forms: Sequence[TermForms]) -> None:
        self.parts = parts
        self.zh = [unit for part in parts for unit in part.zh]
        self.en = [unit for part in parts for unit in part.en]
        self.places: list[_BitextStart] = []
        zh = en = 0
        for part in parts:
            self.places.append(_BitextStart(zh, en))
            zh, en = zh + len(part.zh), en + len(part.en)
        self.concepts = concepts.plain(self.zh, self.en, forms)
        self.long_zh = [letters(one.text) for one in self.zh]
        self.long_en = [letters(one.text) for one in self.en]
        self.known = [
            ((a + place.zh, b + place.zh), (c + place.en, d + place.en))
            for part, place in zip(parts, self.places, strict=True)
            for (a, b), (c, d) in part.settled
        ]
        self.length = self._lengths(self._settled_pairs())
        self.scores = Scores(self.zh, self.en, self.concepts, self.length)
        self.found: dict[BandStretch, list[Bead]] = {}
        self.moved: dict[int, int] = {}
        self.words: tuple[list[frozenset[str]], list[frozenset[str]]] | None = None

    # --- what is to be aligned --------------------------------------------------------------------

    def boxes(self) -> list[BandStretch]:
        """What lies between settled places, with text on both sides."""
        found = []
        for part, place in zip(self.parts, self.places, strict=True):
            zh, en = place.zh, place.en
            ends = ((len(part.zh),) * 2, (len(part.en),) * 2)
            for (a, b), (c, d) in (*part.settled, ends):
                box = BandStretch((zh, a + place.zh), (en, c + place.en))
                if box.rows > 0 and box.columns > 0:
                    found.append(box)
                zh, en = b + place.zh, d + place.en
        return found

    def in_order(self, box: BandStretch) -> bool:
        """Whether the order of the files is taken, as nothing speaks against it: as many units on
        both sides, and no two neighbours of them odd."""
        if box.rows != box.columns:
            return False
        pairs = list(zip(range(*box.zh), range(*box.en), strict=True))
        scores = [self.scores.bead(i, j, (1, 1)) for i, j in pairs]
        if any(one < _ODD and two < _ODD for one, two in pairwise(scores)):
            return False
        if any(self._shifted(pairs, scores, by) for by in (1, -1)):
            return False
        self.found[box] = [Bead((i, i + 1), (j, j + 1)) for i, j in pairs]
        return True

    def _shifted(
        self, pairs: Sequence[tuple[int, int]], scores: Sequence[float], by: int
    ) -> bool:  # fmt: skip
        """Whether some run of the Chinese units is better answered by the English ones ``by``
        places on, as where one unit is missing on each side."""
        better = 0.0
        for number, (i, _) in enumerate(pairs):
            at = number + by
            if not 0 <= at < len(pairs):
                better = 0.0
                continue
            better = max(0.0, better + self.scores.pair(i, pairs[at][1]) - scores[number])
            if better > _SHIFT:
                return True
        return False

    # --- aligning ---------------------------------------------------------------------------------

    def solve(self, boxes: Sequence[BandStretch]) -> None:
        concepts.costly(self.concepts, self.zh, self.en)
        self.scores = Scores(self.zh, self.en, self.concepts, self.length)
        anchors = self._anchors(boxes)
        rooms = [
            band.whole(box) if band.small(box)
            else band.along(box, self.long_zh, self.long_en, anchors, _width(box))
            for box in boxes
        ]  # fmt: skip
        paths: list[list[Step]] = []
        for _ in range(2):  # by lengths and what is rare; then by what that taught
            paths = [self._rough(room) for room in rooms]
            self._learn(paths)
            rooms = [
                room if band.small(box) else band.near(box, path, _width(box))
                for box, room, path in zip(boxes, rooms, paths, strict=True)
            ]
        tables = self._weighed(
            [self._table(box, path, self.scores.bead)
             for box, path in zip(boxes, paths, strict=True)]
        )  # fmt: skip
        for box, path, table in zip(boxes, paths, tables, strict=True):
            self.found[box] = self._solve(box, path, table)

    def _weighed(self, tables: list[band.BandScores]) -> list[band.BandScores]:
        """The tables with each shape as likely as it is in these texts: sentences of a novel are
        drawn together far oftener than paragraphs."""
        for _ in range(_ROUNDS):
            counts: Counter[band.Shape] = Counter()
            for table in tables:
                counts.update(band.expected(table))
            before, self.scores.costs = self.scores.costs, shape_costs(counts)
            by = {shape: cost - before[shape] for shape, cost in self.scores.costs.items()}
            tables = [band.shifted(table, by) for table in tables]
        return tables

    def _rough(self, room: band.Band) -> list[Step]:
        """A way by pairs. Where it runs along the edge of its band, the band is laid round it
        anew, and wider."""
        width = _width(room.box)
        while True:
            path = band.rough(room, self.scores.pair, LONE)
            width *= 2
            if not room.strained(path) or 2 * width * room.box.rows > _CELLS:
                return path
            room = band.near(room.box, path, width)

    def _table(self, box: BandStretch, path: Sequence[Step], score: band.Score) -> band.BandScores:
        small = (box.rows + 1) * (box.columns + 1) <= _SMALL
        room = band.whole(box) if small else band.near(box, path, _NARROW)
        return band.table(room, score, SHAPES)

    def _solve(
        self, box: BandStretch, rough: Sequence[Step], table: band.BandScores
    ) -> list[Bead]:  # fmt: skip
        path = band.best(table)
        moves = self._moves(path)
        if moves:  # what they explain is no longer a doubt about their neighbours
            table = self._table(box, rough, self._with(moves))
            path = band.best(table)
            alone_zh = {i for i, _, shape in path if shape == (1, 0)}
            alone_en = {j for _, j, shape in path if shape == (0, 1)}
            moves = [one for one in moves if one[1] in alone_zh and one[2] in alone_en]
        said = sum(self.scores.bead(*step) for step in path)
        lone = self.scores.costs[1, 0] + self.scores.costs[0, 1]
        said += sum(score + MOVED - lone for score, _, _ in moves)
        pairs = list(zip(range(*box.zh), range(*box.en), strict=False))
        order = sum(self.scores.pair(i, j) for i, j in pairs)
        if box.rows == box.columns and said - order < _ORDER:
            path, moves = [(i, j, (1, 1)) for i, j in pairs], []
        self.moved |= {i: j for _, i, j in moves}
        return [
            Bead((i, i + a), (j, j + d), sure=round(chance, 3))
            for (i, j, (a, d)), chance in zip(path, band.sureness(table, path), strict=True)
        ]

    def _with(self, moves: Sequence[tuple[float, int, int]]) -> band.Score:
        """Scores where units that were moved are rather left alone."""
        costs = self.scores.costs
        gain = {(i, 0): (score + MOVED) / 2 - costs[1, 0] for score, i, _ in moves}
        gain |= {(j, 1): (score + MOVED) / 2 - costs[0, 1] for score, _, j in moves}

        def scored(i: int, j: int, shape: band.Shape) -> float:
            score = self.scores.bead(i, j, shape)
            if shape == (1, 0):
                return score + gain.get((i, 0), 0.0)
            return score + gain.get((j, 1), 0.0) if shape == (0, 1) else score

        return scored

    def _moves(self, path: Sequence[Step]) -> list[tuple[float, int, int]]:
        """Units left alone that belong together all the same, the best first, each with the score
        of their pair."""
        lone_zh = [i for i, _, shape in path if shape == (1, 0)][:_LEFT]
        lone_en = [j for _, j, shape in path if shape == (0, 1)][:_LEFT]
        # what stands in a strange place may have been drawn to what it stands beside
        more_zh = [i + at for i, _, (a, d) in path if d and a > 1 for at in range(a)][:_LEFT]
        more_en = [j + at for _, j, (a, d) in path if a and d > 1 for at in range(d)][:_LEFT]
        pairs = [*((i, j) for i in lone_zh for j in (*lone_en, *more_en)),
                 *((i, j) for i in more_zh for j in lone_en)]  # fmt: skip
        rated = sorted(((self.scores.pair(i, j), i, j) for i, j in pairs), reverse=True)
        least = _MOVES + log(max(len(rated), 1))  # of so many pairs the best
        found: list[tuple[float, int, int]] = []
        done_zh: set[int] = set()
        done_en: set[int] = set()
        for score, i, j in rated:
            if score < least:
                break
            if i not in done_zh and j not in done_en:
                found.append((score, i, j))
                done_zh.add(i)
                done_en.add(j)
        return found

    # --- learning ---------------------------------------------------------------------------------

    def _anchors(self, boxes: Sequence[BandStretch]) -> list[tuple[int, int]]:
        """Pairs of units that share what stands but once on either side."""
        once_zh = {one: at for at, bag in enumerate(self.concepts.zh.units) for one in bag
                   if self.concepts.zh.seen[one] == 1}  # fmt: skip
        once_en = {one: at for at, bag in enumerate(self.concepts.en.units) for one in bag
                   if self.concepts.en.seen[one] == 1}  # fmt: skip
        pairs = [(once_zh[one], once_en[one]) for one in once_zh.keys() & once_en.keys()]
        found = []
        for box in boxes:
            inside = [(i, j) for i, j in pairs
                      if box.zh[0] <= i < box.zh[1] and box.en[0] <= j < box.en[1]]  # fmt: skip
            found += band.chain(inside)
        return found

    def _settled_pairs(self) -> list[tuple[range, range]]:
        return [(range(*zh), range(*en)) for zh, en in self.known]

    def _lengths(self, pairs: Iterable[tuple[Sequence[int], Sequence[int]]]) -> Lengths:
        """Of the pairs; where there are few, the ratio is that of the whole texts."""
        measured = [
            (sum(self.long_zh[one] for one in left), sum(self.long_en[one] for one in right))
            for left, right in pairs
        ]
        zh, en = sum(self.long_zh), sum(self.long_en)
        usual = replace(_SPREAD, ratio=en / zh) if zh and en else _SPREAD
        return lengths(measured, usual)

    def _learn(self, paths: Sequence[Sequence[Step]]) -> None:
        pairs = self._settled_pairs()
        for box in self.found:
            pairs += [(range(*one.zh), range(*one.en)) for one in self.found[box]]
        pairs += [
            (range(i, i + a), range(j, j + d))
            for path in paths for i, j, (a, d) in path if a and d
        ]  # fmt: skip
        if self.words is None:
            self.words = (
                lexicon.words_of(self.zh, chinese=True), lexicon.words_of(self.en, chinese=False),
            )  # fmt: skip
        zh, en = self.words
        places_zh, places_en = lexicon.places(zh), lexicon.places(en)
        for one, two in lexicon.learn(zh, en, pairs):
            number = self.concepts.number("learnt", (one, two))
            for at in places_zh[one]:
                self.concepts.zh.add(at, number)
            for at in places_en[two]:
                self.concepts.en.add(at, number)
        single = [(left, right) for left, right in pairs if len(left) == len(right) == 1]
        self.length = self._lengths(single)
        self.scores = Scores(self.zh, self.en, self.concepts, self.length)

    # --- results ----------------------------------------------------------------------------------

    def result(self, boxes: Sequence[BandStretch]) -> tuple[Aligned, ...]:
        by_start = {box.zh[0]: box for box in boxes}
        return tuple(
            self._part(part, place, by_start)
            for part, place in zip(self.parts, self.places, strict=True)
        )

    def _part(self, part: Bitext, place: _BitextStart, by_start: dict[int, BandStretch]) -> Aligned:
        beads: list[Bead] = []
        zh = en = 0
        ends = ((len(part.zh),) * 2, (len(part.en),) * 2)
        for number, ((a, b), (c, d)) in enumerate((*part.settled, ends)):
            box = by_start.get(zh + place.zh)
            if a > zh and c > en and box is not None:
                beads += [_shifted(one, place) for one in self.found[box]]
            else:
                beads += [Bead((one, one + 1), (en, en)) for one in range(zh, a)]
                beads += [Bead((a, a), (one, one + 1)) for one in range(en, c)]
            if number < len(part.settled):
                beads.append(Bead((a, b), (c, d), settled=True))
            zh, en = b, d
        moved = (Moved(i - place.zh, j - place.en) for i, j in sorted(self.moved.items())
                 if place.zh <= i < place.zh + len(part.zh))  # fmt: skip
        return Aligned(tuple(beads), tuple(moved))


def _width(box: BandStretch) -> int:
    """Of a band that is to hold a way of which little is known."""
    return _WIDTH + abs(box.rows - box.columns) // 2


def _shifted(bead: Bead, place: _BitextStart) -> Bead:
    return replace(
        bead,
        zh=(bead.zh[0] - place.zh, bead.zh[1] - place.zh),
        en=(bead.en[0] - place.en, bead.en[1] - place.en),
    )
