"""The planner: dynamic programming over all places where an opening may end.

An opening is a pair of facing pages, or one page of two columns. Both sides hold the same pairs,
or the same part of one; a note begins on the page of its mark and may run on to the next opening
of its side. Of all such plans the one with the least squared white is taken. Where none exists
(long notes, a small page), the rules are given up in steps, each at a cost, and what was given
up is recorded: a plan always comes out.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from edition.layout.shapes import Call, Shape, cuts

LINE = 8.0  # grid units that count as one line of white
_NOTE_SPLIT = 8.0
_NOTES_ONLY = 150.0  # a page that holds nothing but the rest of notes
_TAIL = 400.0  # notes that run on after the end of the text
_FORBIDDEN = float("inf")
_KEEP = 2000.0  # a heading parted from its text
_LATE = 20_000.0  # a note that begins after its mark's page
_TOO_HIGH = 100_000.0  # more than a page holds
_ENOUGH_WHITE = 9.0  # lines of white at which the search for a shorter page stops
_ENOUGH_TRIED = 24  # ends of a page that fit: the fullest pages come first
_STATES = 4  # ways to reach one break, by the lines of notes carried, that are followed up


@dataclass(frozen=True, slots=True)
class Space:
    """What a page holds, in grid units: height of the text block, distance between text and
    notes, leading of the notes of each side; ``joint``: both sides share one page."""

    height: int
    gap: int
    zh_note: int
    en_note: int
    joint: bool
    row_gap: int = 0


@dataclass(frozen=True, slots=True)
class Break:
    """A place between two openings: before ``row``, or in it after some lines of each side.
    ``start``: units from the head of the flow to the head of ``row``, its space above included."""

    row: int
    zh: int
    en: int
    cost: float
    calls_zh: tuple[int, ...]  # notes called so far, by rank
    calls_en: tuple[int, ...]
    notes_zh: int  # and their lines
    notes_en: int


@dataclass(frozen=True, slots=True)
class Opening:
    """What the plan puts on one opening: from break ``a`` to ``b``, with lines of notes carried
    in and out on each side; ``white`` in grid units."""

    a: Break
    b: Break
    carried: tuple[int, int]
    carries: tuple[int, int]
    white: int
    emergency: str = ""


@dataclass(frozen=True, slots=True)
class _Fit:
    spill: int
    white: int
    cost: float
    emergency: str = ""


State = tuple[int, int]  # lines of notes carried, Chinese and English
Way = tuple[float, int, State, Opening]  # cost, break and state before, the opening between


def row_gaps(shapes: Sequence[Shape], space: Space) -> list[int]:
    """Grid units above each row where it does not begin a page."""
    return [0] * bool(shapes) + [
        max(one.below, two.above) + space.row_gap
        for one, two in pairwise(shapes)
    ]


def plan(shapes: Sequence[Shape], space: Space) -> list[Opening]:
    """Openings for one flow of rows, the first at the head of a fresh opening."""
    if not shapes:
        return []
    for level in (0, 1, 2):
        planner = _Planner(shapes, space, level)
        openings = planner.run()
        if openings is not None:
            return openings
    raise AssertionError("the last level of the planner takes any page")


class _Planner:
    """One attempt. ``level`` 0: all rules; 1: single lines and split headings at a cost; 2:
    late notes and overfull pages too."""

    def __init__(self, shapes: Sequence[Shape], space: Space, level: int) -> None:
        self.shapes = shapes
        self.space = space
        self.level = level
        self.gaps = row_gaps(shapes, space)
        self.heads: list[int] = []  # of each row, from the head of the flow
        y = 0
        for shape, gap in zip(shapes, self.gaps, strict=True):
            self.heads.append(y + gap)
            y += gap + shape.height
        self.end = y
        ranks = {call.rank for shape in shapes for call in (*shape.zh.calls, *shape.en.calls)}
        self.ranks = sorted(ranks)
        self.by_rank: dict[str, list[list[int]]] = {"zh": [], "en": []}
        self.breaks = self._breaks()
        self.known: dict[tuple[int, int], tuple[int, int]] = {}
        self.depth = list(accumulate(map(self._depth, self.breaks), max))

    # --- breaks -------------------------------------------------------------------------------

    def _breaks(self) -> list[Break]:
        ranks = range(len(self.ranks))
        lengths: dict[str, list[list[int]]] = {lang: [[] for _ in ranks] for lang in ("zh", "en")}
        counts = {"zh": [0] * len(self.ranks), "en": [0] * len(self.ranks)}
        totals = {"zh": 0, "en": 0}
        found: list[Break] = []

        def at(row: int, zh: int, en: int, cost: float) -> None:
            calls, lines = [], []
            for lang, line in (("zh", zh), ("en", en)):
                side = self.shapes[row].side(lang) if row < len(self.shapes) else None  # type: ignore[arg-type]
                own = [call for call in (side.calls if side else ()) if call.line <= line]
                count = list(counts[lang])
                for call in own:
                    count[self.ranks.index(call.rank)] += 1
                calls.append(tuple(count))
                lines.append(totals[lang] + sum(call.lines for call in own))
            found.append(Break(row, zh, en, cost, calls[0], calls[1], lines[0], lines[1]))

        for row, shape in enumerate(self.shapes):
            at(row, 0, 0, self._before(row))
            for cut in cuts(shape, lonely=self.level > 0):
                at(row, cut.zh, cut.en, cut.cost)
            for lang, side in (("zh", shape.zh), ("en", shape.en)):
                self._count(side.calls, counts[lang], lengths[lang])
                totals[lang] += sum(call.lines for call in side.calls)
        at(len(self.shapes), 0, 0, 0.0)
        self.by_rank = lengths
        return found

    def _count(self, calls: Sequence[Call], count: list[int], lengths: list[list[int]]) -> None:
        for call in calls:
            rank = self.ranks.index(call.rank)
            count[rank] += 1
            lengths[rank].append(call.lines)

    def _before(self, row: int) -> float:
        """Cost of a break before ``row``."""
        if not row or not self.shapes[row - 1].row.keep:
            return 0.0
        return _FORBIDDEN if self.level == 0 else _KEEP

    def _depth(self, one: Break) -> int:
        """Units from the head of the flow to the end of what stands before the break."""
        if one.row >= len(self.shapes):
            return self.end
        if not (one.zh or one.en):
            return self.heads[one.row] - self.gaps[one.row]
        shape = self.shapes[one.row]
        return self.heads[one.row] + max(shape.zh.height(0, one.zh), shape.en.height(0, one.en))

    # --- heights ------------------------------------------------------------------------------

    def heights(self, a: Break, b: Break) -> tuple[int, int]:
        """Heights of the text of each side between two breaks."""
        if a.row == b.row:
            shape = self.shapes[a.row]
            return self._joint(shape.zh.height(a.zh, b.zh), shape.en.height(a.en, b.en))
        first = self.shapes[a.row]
        if a.zh or a.en:
            rest = (first.zh.height(a.zh, first.zh.lines), first.en.height(a.en, first.en.lines))
            head = max(rest)
        else:
            rest = self._full(first)
            head = first.height
        last = b.row if b.zh or b.en else b.row - 1
        if last == a.row:
            return self._joint(*rest)
        shape = self.shapes[last]
        top = head + self.heads[last] - (self.heads[a.row] + first.height)
        if b.zh or b.en:
            ends = (shape.zh.height(0, b.zh), shape.en.height(0, b.en))
        else:
            ends = self._full(shape)
        return self._joint(top + ends[0], top + ends[1])

    @staticmethod
    def _full(shape: Shape) -> tuple[int, int]:
        if shape.row.full:
            return shape.height, shape.height
        return shape.zh.height(0, shape.zh.lines), shape.en.height(0, shape.en.lines)

    def _joint(self, zh: int, en: int) -> tuple[int, int]:
        high = max(zh, en)
        return (high, high) if self.space.joint else (zh, en)

    # --- notes --------------------------------------------------------------------------------

    def fit(self, high: int, carried: int, a: Break, b: Break, lang: str) -> _Fit | None:
        """How the notes of one side fit below a text of ``high`` units."""
        space = self.space
        if lang == "zh":
            own, leading = b.notes_zh - a.notes_zh, space.zh_note
        else:
            own, leading = b.notes_en - a.notes_en, space.en_note
        need, room = carried + own, space.height - high
        if room < 0:
            return _Fit(need, 0, _TOO_HIGH, "text higher than a page") if self.level > 1 else None
        if not need:
            return _Fit(0, room, 0.0)
        capacity = (room - space.gap) // leading
        if need <= capacity:
            return _Fit(0, room - space.gap - need * leading, 0.0)
        if not own:
            return _Fit(need - capacity, 0, _NOTE_SPLIT) if capacity > 0 else self._late(need)
        if capacity <= carried:
            return self._late(need)
        spill = need - capacity
        last = self._last(a, b, lang)
        least = 2 if self.level == 0 else 1
        if last >= 2 * least and spill <= last - least:
            return _Fit(max(spill, least), 0, _NOTE_SPLIT + (0 if least == 2 else 30))
        return self._late(spill) if spill >= last else None

    def _late(self, spill: int) -> _Fit | None:
        """All else failing: notes begin on the page after their mark's."""
        if self.level < 2:
            return None
        return _Fit(spill, 0, _LATE, "a note begins after the page of its mark")

    def _last(self, a: Break, b: Break, lang: str) -> int:
        """Lines of the note that stands last on the page: the last one of the last layer."""
        calls = (a.calls_zh, b.calls_zh) if lang == "zh" else (a.calls_en, b.calls_en)
        for rank in range(len(self.ranks) - 1, -1, -1):
            if calls[1][rank] > calls[0][rank]:
                return self.by_rank[lang][rank][calls[1][rank] - 1]
        return 0

    # --- search -------------------------------------------------------------------------------

    def run(self) -> list[Opening] | None:
        """The cheapest way from the first break to the last; None if there is none."""
        last = len(self.breaks) - 1
        best: list[dict[State, Way]] = [{} for _ in self.breaks]
        start = Opening(self.breaks[0], self.breaks[0], (0, 0), (0, 0), 0)
        best[0][0, 0] = (0.0, -1, (0, 0), start)
        for index in range(last):
            self.known.clear()  # the same for all states of one break
            self._notes_only(index, best[index])
            for state, cost in _promising(best[index]):
                self._extend(index, state, cost, best)
        if not best[last]:
            return None
        return self._trace(best, last)

    def _notes_only(
        self, index: int, states: dict[State, Way]
    ) -> None:
        """Long rests of notes may take a page of their own before the text goes on."""
        space = self.space
        room = space.height - space.gap
        for state in sorted(states, key=sum, reverse=True):
            here = state
            while here[0] > room // space.zh_note or here[1] > room // space.en_note:
                after = (max(0, here[0] - room // space.zh_note),
                         max(0, here[1] - room // space.en_note))  # fmt: skip
                cost = states[here][0] + _NOTES_ONLY
                if after not in states or cost < states[after][0]:
                    one = self.breaks[index]
                    opening = Opening(one, one, here, after, 0)
                    states[after] = (cost, index, here, opening)
                here = after

    def _extend(
        self,
        index: int,
        state: State,
        cost: float,
        best: list[dict[State, Way]],
    ) -> None:
        """All openings that begin at one break, from the fullest to the emptiest."""
        a = self.breaks[index]
        base = self.depth[index] + (0 if a.zh or a.en else self.gaps[a.row])
        # the rest of a cut row is at most as high as the depths say, give or take its shorter side
        slack = self._slack(a)
        stop = bisect.bisect_right(self.depth, base + self.space.height + slack)
        taken = 0
        for other in range(min(stop, len(self.breaks)) - 1, index, -1):
            b = self.breaks[other]
            if b.cost == _FORBIDDEN or not _after(a, b):
                continue
            if taken >= _ENOUGH_TRIED and (b.zh or b.en):
                continue  # where long notes run on, only ends between rows are still of use
            found = self._opening(a, b, state, final=other == len(self.breaks) - 1)
            if found is None:
                continue
            opening, price = found
            taken += 1
            total = cost + price
            held = best[other].get(opening.carries)
            if held is None or total < held[0]:
                best[other][opening.carries] = (total, index, state, opening)
            empty = opening.white > _ENOUGH_WHITE * LINE and other < len(self.breaks) - 1
            if empty or (taken >= _ENOUGH_TRIED and opening.carries == (0, 0)):
                break
        if not taken and self.level > 1:
            self._force(index, state, cost, best)

    def _slack(self, a: Break) -> int:
        if not (a.zh or a.en):
            return 0
        shape = self.shapes[a.row]
        left = shape.zh.height(a.zh, shape.zh.lines), shape.en.height(a.en, shape.en.lines)
        done = shape.zh.height(0, a.zh), shape.en.height(0, a.en)
        return max(0, shape.height - max(done) - max(left)) + abs(done[0] - done[1])

    def _opening(
        self, a: Break, b: Break, state: State, *, final: bool
    ) -> tuple[Opening, float] | None:
        between = (id(a), id(b))
        if between not in self.known:
            self.known[between] = self.heights(a, b)
        zh, en = self.known[between]
        one = self.fit(zh, state[0], a, b, "zh")
        two = self.fit(en, state[1], a, b, "en") if one else None
        if one is None or two is None:
            return None
        white = min(one.white, two.white)
        odd = max(one.white, two.white) - white
        cost = b.cost + one.cost + two.cost
        if final:
            cost += _TAIL if one.spill or two.spill else 0.0
        else:
            cost += (white / LINE) ** 2 + 0.1 * (odd / LINE) ** 2
        carries = (one.spill, two.spill)
        emergency = one.emergency or two.emergency
        return Opening(a, b, state, carries, white, emergency), cost

    def _force(
        self,
        index: int,
        state: State,
        cost: float,
        best: list[dict[State, Way]],
    ) -> None:
        """The nearest break whatever it holds: TeX has reported what is higher than a page."""
        for other in range(index + 1, len(self.breaks)):
            a, b = self.breaks[index], self.breaks[other]
            if not _after(a, b):
                continue
            spill = (state[0] + b.notes_zh - a.notes_zh, state[1] + b.notes_en - a.notes_en)
            opening = Opening(a, b, state, spill, 0, "text higher than a page")
            best[other].setdefault(spill, (cost + _TOO_HIGH, index, state, opening))
            return

    def _trace(
        self, best: list[dict[State, Way]], last: int
    ) -> list[Opening]:
        state = min(best[last], key=lambda one: best[last][one][0])
        openings = []
        index, rest = last, state
        while index >= 0:
            _, before, state_before, opening = best[index][rest]
            if before < 0:
                break
            openings.append(opening)
            index, rest = before, state_before
        openings.reverse()
        return [*openings, *self._tail(self.breaks[last], state)]

    def _tail(self, end: Break, state: State) -> list[Opening]:
        """Pages for what is left of the notes after the text."""
        room = self.space.height - self.space.gap
        openings = []
        while any(state):
            after = (max(0, state[0] - room // self.space.zh_note),
                     max(0, state[1] - room // self.space.en_note))  # fmt: skip
            openings.append(Opening(end, end, state, after, 0))
            state = after
        return openings


def _promising(states: dict[State, Way]) -> list[tuple[State, float]]:
    """The cheapest ways to a break, and those that carry least: cheap ways may be dead ends
    where notes are long."""
    ways = sorted((cost, state) for state, (cost, *_) in states.items())
    least = sorted(ways, key=lambda way: (max(way[1]), way[0]))[:2]
    return [(state, cost) for cost, state in dict.fromkeys((*ways[:_STATES], *least))]


def _after(a: Break, b: Break) -> bool:
    """Whether ``b`` comes after ``a`` on both sides."""
    if b.row != a.row:
        return b.row > a.row
    return b.zh >= a.zh and b.en >= a.en and (b.zh, b.en) != (a.zh, a.en) and (
        b.zh > a.zh or b.en > a.en
    )
