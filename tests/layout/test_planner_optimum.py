"""The planner's plan against the best of all plans, found by trying every one on small flows.

The costs are written here a second time, in the words of docs/planning.md, so that a cost or a
rule that changes in the planner alone is noticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st
from test_planner import pair

from edition.layout.breaks import FORBIDDEN, Break, Breaks, Space
from edition.layout.planner import Opening, _Planner
from edition.layout.shapes import Call, Shape
from edition.model import LANGS, Lang

GRID = 8  # units in a line of white
RUNS_ON = 8.0  # a note that goes on overleaf costs as much as 2.8 lines of white
ALONE = 150.0  # a page of notes only
AFTER_THE_END = 400.0
UNEVEN = 0.1  # a share of the white that one side has more than the other

State = tuple[int, int]


def notes_below(
    space: Space, places: Breaks, a: Break, b: Break, lang: Lang, high: int, carried: int
) -> tuple[int, int, float] | None:
    """(lines carried on, white units, cost) of the notes of one side below a text of ``high``
    units; None where the rules forbid it."""
    zh = lang == "zh"
    own = b.notes_zh - a.notes_zh if zh else b.notes_en - a.notes_en
    leading = space.zh_note if zh else space.en_note
    lines, room = carried + own, space.height - high
    if room < 0:
        return None
    if lines == 0:
        return 0, room, 0.0
    fits = (room - space.gap) // leading
    if lines <= fits:
        return 0, room - space.gap - lines * leading, 0.0
    if own == 0:  # only the rest of notes: some of it has to stand here
        return (lines - fits, 0, RUNS_ON) if fits > 0 else None
    last = places.last_note(a, b, lang)
    over = lines - fits
    # every note begins here: only the last one runs on, with two lines on either side
    if fits <= carried or last < 4 or over > last - 2:
        return None
    return max(over, 2), 0, RUNS_ON


def price(
    space: Space, places: Breaks, a: Break, b: Break, state: State
) -> tuple[State, float] | None:
    """What is carried out of an opening, and what it costs."""
    heights = heights_between(space, places, a, b)
    sides = [
        notes_below(space, places, a, b, lang, high, carried)
        for lang, high, carried in zip(LANGS, heights, state, strict=True)
    ]
    if sides[0] is None or sides[1] is None:
        return None
    (out_zh, white_zh, cost_zh), (out_en, white_en, cost_en) = sides[0], sides[1]
    cost = b.cost + cost_zh + cost_en
    if b is places.all[-1]:
        return (out_zh, out_en), cost + (AFTER_THE_END if out_zh or out_en else 0.0)
    less, more = sorted((white_zh / GRID, white_en / GRID))
    return (out_zh, out_en), cost + less**2 + UNEVEN * (more - less) ** 2


def heights_between(space: Space, places: Breaks, a: Break, b: Break) -> tuple[int, int]:
    """Heights of the text of each side of an opening, row by row."""
    down, high = 0, (0, 0)
    for row in range(a.row, b.row + (1 if b.zh or b.en else 0)):
        shape = places.shapes[row]
        begin = (a.zh, a.en) if row == a.row else (0, 0)
        end = (b.zh, b.en) if row == b.row else (shape.zh.lines, shape.en.lines)
        own = shape.part((begin[0], end[0]), (begin[1], end[1]))
        down += places.gaps[row] if row > a.row else 0
        high = down + own[0], down + own[1]
        down += max(own)
    return (max(high), max(high)) if space.joint else high


def best(places: Breaks, space: Space) -> float:
    """The cost of the best of all plans; infinite where the rules allow none."""
    last = len(places.all) - 1
    room = space.height - space.gap
    most = (room // space.zh_note, room // space.en_note)

    @cache
    def ahead(at: int, state: State) -> float:
        if at == last:
            return 0.0
        a, least = places.all[at], inf
        for other in range(at + 1, last + 1):
            b = places.all[other]
            if b.cost == FORBIDDEN or not places.follows(a, b):
                continue
            opening = price(space, places, a, b, state)
            if opening is not None:
                least = min(least, opening[1] + ahead(other, opening[0]))
        if state[0] > most[0] or state[1] > most[1]:
            rest = max(0, state[0] - most[0]), max(0, state[1] - most[1])
            least = min(least, ALONE + ahead(at, rest))
        return least

    return ahead(0, (0, 0))


def cost_of(openings: Sequence[Opening], places: Breaks, space: Space) -> float:
    total = 0.0
    for opening in openings:
        if opening.a is opening.b:
            total += ALONE if opening.a is not places.all[-1] else 0.0
            continue
        priced = price(space, places, opening.a, opening.b, opening.carried)
        assert priced is not None, "the plan breaks a rule"
        assert priced[0] == opening.carries
        total += priced[1]
    return total


@st.composite
def small_flows(draw: st.DrawFn) -> list[Shape]:
    made: list[Shape] = []
    for number in range(draw(st.integers(1, 5))):
        lines: dict[Lang, int] = {lang: draw(st.integers(1, 9)) for lang in LANGS}
        calls: dict[Lang, list[Call]] = {lang: [] for lang in LANGS}
        for lang in LANGS:
            for n in range(draw(st.integers(0, 2))):
                line = draw(st.integers(1, lines[lang]))
                calls[lang].append(
                    Call(line, f"n{number}.{n}/{lang}", lang, 0, draw(st.integers(1, 9)))
                )
            calls[lang].sort(key=lambda call: call.line)
        made.append(
            pair(f"p{number}", lines["zh"], lines["en"], zh_calls=calls["zh"],
                 en_calls=calls["en"], keep=draw(st.integers(0, 4)) == 0)
        )  # fmt: skip
    return made


@settings(max_examples=200, deadline=None)
@given(small_flows(), st.booleans(), st.integers(90, 140))
def test_no_plan_is_better(shapes: list[Shape], joint: bool, height: int) -> None:
    space = Space(height=height, gap=8, zh_note=7, en_note=6, joint=joint)
    planner = _Planner(shapes, space, 0)
    openings = planner.run()
    least = best(planner.places, space)
    if openings is None:
        assert least == inf
        return
    assert abs(cost_of(openings, planner.places, space) - least) < 1e-6
