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
from typing import NamedTuple

from edition.layout.breaks import FORBIDDEN, Break, Breaks, Space
from edition.layout.shapes import Shape

LINE = 8.0  # grid units that count as one line of white
_NOTE_SPLIT = 8.0
_NOTES_ONLY = 150.0  # a page that holds nothing but the rest of notes
_FEW_ONLY = 2_000.0  # one that the rest does not fill: the text that follows fills its page
_TAIL = 400.0  # notes that run on after the end of the text
_LATE = 20_000.0  # notes that begin after their mark's page
_TOO_HIGH = 100_000.0  # more than a page holds
_ENOUGH_WHITE = 9.0  # lines of white at which the search for a shorter page stops
_ENOUGH_TRIED = 24  # ends of a page that fit: the fullest pages come first
_STATES = 4  # ways to reach one break, by the lines of notes carried, that are followed up


# Tuples, not dataclasses: hundreds of thousands are made and dropped in a search.
class Opening(NamedTuple):
    """What the plan puts on one opening: from break ``a`` to ``b``, with lines of notes carried
    in and out on each side; ``white`` in grid units."""

    a: Break
    b: Break
    carried: tuple[int, int]
    carries: tuple[int, int]
    white: int
    emergency: str = ""


State = tuple[int, int]  # lines of notes carried, Chinese and English
_Fit = tuple[int, int, float, str]  # notes of a side: lines carried on, white, cost, emergency
Way = tuple[float, int, State, Opening]  # cost, break and state before, the opening between


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
        self.space = space
        self.level = level
        self.places = Breaks(shapes, space, level)
        self.breaks = self.places.all

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
            return (need, 0, _TOO_HIGH, "text higher than a page") if self.level > 1 else None
        if not need:
            return 0, room, 0.0, ""
        capacity = (room - space.gap) // leading
        if need <= capacity:
            return 0, room - space.gap - need * leading, 0.0, ""
        if not own:
            return (need - capacity, 0, _NOTE_SPLIT, "") if capacity > 0 else None
        if capacity <= carried:
            late = capacity > 0 or not carried  # notes that have begun have a line on each page
            return self._late(need - max(capacity, 0)) if late else None
        spill = need - capacity
        last = self.places.last_note(a, b, lang)
        least = 2 if self.level == 0 else 1
        if last >= 2 * least and spill <= last - least:
            return max(spill, least), 0, _NOTE_SPLIT + (0 if least == 2 else 30), ""
        return self._late(spill) if spill >= last else None

    def _late(self, spill: int) -> _Fit | None:
        """All else failing: the page is full of notes, and the last begin on the next page of
        their side, or the one after it where that is full too."""
        return (spill, 0, _LATE, "") if self.level > 1 else None

    # --- search -------------------------------------------------------------------------------

    def run(self) -> list[Opening] | None:
        """The cheapest way from the first break to the last; None if there is none."""
        last = len(self.breaks) - 1
        best: list[dict[State, Way]] = [{} for _ in self.breaks]
        start = Opening(self.breaks[0], self.breaks[0], (0, 0), (0, 0), 0)
        best[0][0, 0] = (0.0, -1, (0, 0), start)
        for index in range(last):
            self.places.begin(self.breaks[index])
            self._notes_only(index, best[index])
            for state, cost in _promising(best[index]):
                self._extend(index, state, cost, best)
        if not best[last]:
            return None
        return self._trace(best, last)

    def _notes_only(self, index: int, states: dict[State, Way]) -> None:
        """Long rests of notes may take a page of their own before the text goes on; on the last
        level others too, where the text that follows leaves them no line on its page."""
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
            if self.level > 1 and any(here):
                cost = states[here][0] + _FEW_ONLY
                if (0, 0) not in states or cost < states[0, 0][0]:
                    one = self.breaks[index]
                    states[0, 0] = (cost, index, here, Opening(one, one, here, (0, 0), 0))

    def _extend(self, index: int, state: State, cost: float, best: list[dict[State, Way]]) -> None:
        """All openings that begin at one break, from the fullest to the emptiest."""
        a = self.breaks[index]
        base = self.places.depth[index] + (0 if a.zh or a.en else self.places.gaps[a.row])
        # the rest of a cut row is at most as high as the depths say, give or take its shorter side
        slack = self.places.slack(a)
        stop = bisect.bisect_right(self.places.depth, base + self.space.height + slack)
        taken = 0  # ends that fit
        reached = False
        for other in range(min(stop, len(self.breaks)) - 1, index, -1):
            b = self.breaks[other]
            if b.cost == FORBIDDEN or (b.row == a.row and not self.places.follows(a, b)):
                continue
            if taken >= _ENOUGH_TRIED and (b.zh or b.en):
                continue  # where long notes run on, only ends between rows are still of use
            found = self._price(a, b, other, state)
            if found is None:
                continue
            carries, white, emergency, price = found
            reached = True
            taken += not emergency
            total = cost + price
            held = best[other].get(carries)
            if held is None or total < held[0]:
                opening = Opening(a, b, state, carries, white, emergency)
                best[other][carries] = (total, index, state, opening)
            empty = white > _ENOUGH_WHITE * LINE and other < len(self.breaks) - 1
            if empty or (taken >= _ENOUGH_TRIED and carries == (0, 0)):
                break
        if not reached and self.level > 1:
            self._force(index, state, cost, best)

    def _price(
        self, a: Break, b: Break, other: int, state: State
    ) -> tuple[State, int, str, float] | None:
        """Of an opening: lines of notes carried out, white, emergency, cost; None where the rules
        forbid it."""
        zh, en = self.places.heights(a, other)
        one = self.fit(zh, state[0], a, b, "zh")
        two = self.fit(en, state[1], a, b, "en") if one else None
        if one is None or two is None:
            return None
        white, most = one[1], two[1]
        if most < white:
            white, most = most, white
        odd = most - white
        cost = b.cost + one[2] + two[2]
        if other == len(self.breaks) - 1:
            cost += _TAIL if one[0] or two[0] else 0.0
        else:
            cost += (white / LINE) ** 2 + 0.1 * (odd / LINE) ** 2
        return (one[0], two[0]), white, one[3] or two[3], cost

    def _force(self, index: int, state: State, cost: float, best: list[dict[State, Way]]) -> None:
        """The nearest break whatever it holds: TeX has reported what is higher than a page."""
        for other in range(index + 1, len(self.breaks)):
            a, b = self.breaks[index], self.breaks[other]
            if not self.places.follows(a, b):
                continue
            spill = (state[0] + b.notes_zh - a.notes_zh, state[1] + b.notes_en - a.notes_en)
            opening = Opening(a, b, state, spill, 0, "text higher than a page")
            best[other].setdefault(spill, (cost + _TOO_HIGH, index, state, opening))
            return

    def _trace(self, best: list[dict[State, Way]], last: int) -> list[Opening]:
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
    if len(states) < 2:
        return [(state, way[0]) for state, way in states.items()]
    ways = sorted((cost, state) for state, (cost, *_) in states.items())
    least = sorted(ways, key=lambda way: (max(way[1]), way[0]))[:2]
    return [(state, cost) for cost, state in dict.fromkeys((*ways[:_STATES], *least))]
