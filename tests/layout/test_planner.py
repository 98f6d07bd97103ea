"""The planner on rows made by hand: what stands together, where notes go, what is given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.layout import planner
from edition.layout.breaks import Space, row_gaps
from edition.layout.openings import Queue, fill
from edition.layout.shapes import Call, Shape, Side, cuts
from edition.layout.types import Placed, Row, Slice
from edition.model import LANGS, Lang

SPACE = Space(height=200, gap=8, zh_note=7, en_note=6, joint=False)
LEADING: dict[Lang, int] = {"zh": 10, "en": 8}


def side(key: str, lang: Lang, lines: int, calls: Sequence[Call] = ()) -> Side:
    unit = LEADING[lang]
    return Side(
        tops=tuple(unit * n for n in range(lines)),
        bottoms=tuple(unit * (n + 1) for n in range(lines)),
        where=tuple((f"{key}/{lang}", n) for n in range(lines)),
        calls=tuple(calls), lines_of={f"{key}/{lang}": lines},
    )  # fmt: skip


def pair(
    key: str, zh: int, en: int, *, zh_calls: Sequence[Call] = (), en_calls: Sequence[Call] = (),
    keep: bool = False, whole: bool = False, above: int = 0,
) -> Shape:  # fmt: skip
    row = Row(id=key, zh=(f"{key}/zh",), en=(f"{key}/en",), keep=keep, whole=whole or keep)
    return Shape(row=row, zh=side(key, "zh", zh, zh_calls), en=side(key, "en", en, en_calls),
                 above=above, below=0)  # fmt: skip


def table(key: str, zh: Sequence[int], en: Sequence[int], *, full: bool = False) -> Shape:
    """Rows of the given heights under a head of twelve units, a line of its box for each."""
    sides: dict[Lang, Side] = {}
    for lang, heights in (("zh", zh), ("en", en)):
        name = f"{key}/{lang}"
        ends = [12 + sum(heights[: n + 1]) for n in range(len(heights))]
        sides[lang] = Side(
            tops=(0, *ends[:-1]), bottoms=tuple(ends), heads={name: 12},
            where=tuple((name, n) for n in range(len(heights))), lines_of={name: len(heights)},
        )  # fmt: skip
    row = Row(id=key, zh=(f"{key}/zh",), en=(f"{key}/en",), full=full)
    return Shape(row=row, zh=sides["zh"], en=sides["en"], above=0, below=0)


def on_pages(shapes: Sequence[Shape], space: Space = SPACE) -> dict[str, list[int]]:
    """Openings on which each box, text or note, stands, one for each slice."""
    queues: dict[Lang, Queue] = {"zh": Queue(), "en": Queue()}
    gaps = row_gaps(shapes, space)
    places: dict[str, list[int]] = {}
    for number, opening in enumerate(planner.plan(shapes, space)):
        filled = fill(opening, shapes, gaps, queues, 0, {})
        for lang in LANGS:
            for one in filled.body[lang]:
                places.setdefault(one.slice.key, []).append(number)
            for note in filled.notes[lang]:
                places.setdefault(note.key, []).append(number)
    return places


def test_both_sides_of_a_pair_stand_on_one_opening() -> None:
    shapes = [pair(f"p{n}", 5, 6) for n in range(12)]
    places = on_pages(shapes)
    for n in range(12):
        assert places[f"p{n}/zh"] == places[f"p{n}/en"]
    assert max(max(found) for found in places.values()) > 0


def test_a_long_pair_is_cut_at_the_same_part_on_both_sides() -> None:
    [one] = [pair("p", 40, 60)]
    queues: dict[Lang, Queue] = {"zh": Queue(), "en": Queue()}
    openings = planner.plan([one], SPACE)
    parts = [fill(opening, [one], [0], queues, 0, {}) for opening in openings]
    assert len(parts) >= 3
    for part in parts[:-1]:
        zh, en = part.body["zh"][0].slice, part.body["en"][0].slice
        assert zh.last / 40 == pytest.approx(en.last / 60, abs=0.05)
    assert parts[-1].body["zh"][0].slice.last == 40
    assert parts[-1].body["en"][0].slice.last == 60


def test_no_cut_leaves_one_line_alone() -> None:
    found = cuts(pair("p", 9, 11))
    assert found
    assert all(2 <= cut.zh <= 7 and 2 <= cut.en <= 9 for cut in found)
    assert not cuts(pair("p", 3, 3))
    assert cuts(pair("p", 3, 3), lonely=True)


def test_rows_that_need_not_be_level_stand_at_one_distance_on_either_side() -> None:
    rows = [
        pair("h", 1, 1, keep=True),
        *(pair(f"p{n}", zh, 5) for n, zh in enumerate((1, 4, 2, 3))),
    ]
    rows[0] = replace(rows[0], row=replace(rows[0].row, level=1))
    [opening] = planner.plan(rows, SPACE)
    queues: dict[Lang, Queue] = {"zh": Queue(), "en": Queue()}
    gaps = row_gaps(rows, SPACE)
    usual = fill(opening, rows, gaps, queues, 0, {}).body
    evened = fill(opening, rows, gaps, queues, 0, {}, level=False).body

    def between(side: Sequence[Placed], unit: int) -> list[float]:
        return [two.y - one.y - (one.slice.last - one.slice.first) * unit
                for one, two in pairwise(side[1:])]  # fmt: skip

    assert len(set(between(usual["zh"], 10))) == 3
    assert between(evened["zh"], 10) == pytest.approx([between(evened["zh"], 10)[0]] * 3)
    for lang in LANGS:
        assert [evened[lang][at].y for at in (0, 1, -1)] == [usual[lang][at].y for at in (0, 1, -1)]


def _noted(lang: Lang, line: int) -> Call:
    return Call(line, f"n:x/{lang}", lang, 1, 2, note="x", count="opening")


@pytest.mark.parametrize("line", [4, 5, 7, 8])
def test_a_cut_leaves_both_marks_of_a_note_on_one_opening(line: int) -> None:
    """The mark stands in the sixth line of the Chinese and a few lines away in the English."""
    shape = pair("p", 12, 12, zh_calls=[_noted("zh", 6)], en_calls=[_noted("en", line)])
    found = cuts(shape)
    assert [cut.zh for cut in found] == list(range(2, 11))
    assert all((cut.zh >= 6) == (cut.en >= line) for cut in found)
    far = pair("p", 12, 12, zh_calls=[_noted("zh", 6)], en_calls=[_noted("en", 12)])
    prices = {cut.zh: cut.cost for cut in cuts(far)}
    assert prices[6] > prices[5] + 20, "where it cannot, the planner cuts elsewhere"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("said", [0, 1])
def test_beside_a_side_without_text_the_other_is_cut_as_if_alone(lang: Lang, said: int) -> None:
    one = pair("p", said, 9) if lang == "zh" else pair("p", 9, said)
    if said:
        one = replace(one, **{lang: replace(one.side(lang), says_absent=True)})
    found = cuts(one)
    assert [max(cut.zh, cut.en) for cut in found] == [2, 3, 4, 5, 6, 7]
    assert {min(cut.zh, cut.en) for cut in found} == {said}
    assert len(planner.plan([one] * 30, SPACE)) < 30 * 9 * 10 / 150


def test_cuts_look_for_the_end_of_the_same_sentence() -> None:
    zh = side("p", "zh", 10)
    en = side("p", "en", 20)
    marked = Shape(
        row=Row(id="p", zh=("p/zh",), en=("p/en",)), above=0, below=0,
        zh=Side(zh.tops, zh.bottoms, zh.where, (), ((3, 1), (10, 2)), zh.lines_of),
        en=Side(en.tops, en.bottoms, en.where, (), ((12, 1), (20, 2)), en.lines_of),
    )  # fmt: skip
    at_three = [cut for cut in cuts(marked) if cut.zh == 3]
    assert min(at_three, key=lambda cut: cut.cost).en == 12


def test_a_cut_within_a_word_costs_more() -> None:
    shape = pair("p", 10, 10)
    plain = {(cut.zh, cut.en): cut.cost for cut in cuts(shape)}
    assert (5, 5) in plain
    found = {cut.zh: cut for cut in cuts(replace(shape, en=replace(shape.en, divided={5})))}  # type: ignore[arg-type]
    assert found[5].cost > plain[5, 5]
    assert found[4].cost == plain[4, 4]


def test_a_cut_moves_a_line_or_two_to_end_with_a_whole_word() -> None:
    shape = pair("p", 10, 10)
    divided = replace(shape, en=replace(shape.en, divided=frozenset({4, 5, 6})))
    found = {cut.zh: cut for cut in cuts(divided)}
    assert found[4].en == 3
    assert found[6].en == 7
    assert found[5].en == 5, "further away, the same part of the text stands on both sides"
    assert found[5].cost > found[4].cost


def test_a_heading_stays_with_its_text() -> None:
    shapes = [pair("a", 17, 17, whole=True), pair("h", 1, 1, keep=True), pair("b", 8, 8)]
    places = on_pages(shapes)
    assert places["h/zh"][0] == places["b/zh"][0]


def test_a_note_begins_on_the_page_of_its_mark() -> None:
    calls = [Call(4, "n", "zh", 1, 6)]
    shapes = [pair("a", 10, 10), pair("b", 6, 7, zh_calls=calls), pair("c", 10, 12)]
    places = on_pages(shapes)
    assert places["n"][0] == places["b/zh"][0]


def test_a_long_note_runs_on_and_is_not_lost() -> None:
    shapes = [pair(f"p{n}", 6, 7, en_calls=[Call(2, f"n{n}", "en", 1, 40 if n == 2 else 2)])
              for n in range(10)]  # fmt: skip
    places = on_pages(shapes)
    for n in range(10):
        assert places[f"n{n}"][0] in places[f"p{n}/en"]
    assert places["n2"] == list(range(places["n2"][0], places["n2"][-1] + 1))
    assert len(places["n2"]) > 1


def test_notes_stand_by_layer_and_the_last_one_runs_on() -> None:
    queue = Queue()
    printed = queue.take([Call(1, "b", "zh", 2, 3), Call(2, "a", "zh", 1, 2)], keep=2, order={})
    assert printed == (Slice("a", 0, 2), Slice("b", 0, 1))
    assert queue.take([], keep=0, order={}) == (Slice("b", 1, 3),)


def test_columns_share_the_height_of_the_higher_side() -> None:
    joint = Space(height=100, gap=8, zh_note=7, en_note=6, joint=True)
    calls = [Call(1, "n", "zh", 1, 3)]
    shapes = [pair("a", 5, 4, zh_calls=calls), pair("b", 4, 5, whole=True)]
    assert on_pages(shapes, joint)["b/zh"] == [1]
    apart = Space(height=100, gap=8, zh_note=7, en_note=6, joint=False)
    assert on_pages([pair("a", 5, 4), pair("b", 4, 5)], apart)["b/zh"] == [0]


def test_the_sides_of_a_full_row_are_parted_by_the_space_above_it() -> None:
    row = Row(id="t", zh=("t/zh",), en=("t/en",), full=True)
    table = Shape(row=row, zh=side("t", "zh", 3), en=side("t", "en", 3), above=9, below=0,
                  between=9)  # fmt: skip
    assert table.height == 3 * 10 + 9 + 3 * 8
    shapes = [table, pair("a", 1, 1, whole=True)]
    joint = Space(height=table.height, gap=8, zh_note=7, en_note=6, joint=True)
    opening = planner.plan(shapes, joint)[0]
    filled = fill(opening, shapes, row_gaps(shapes, joint),
                  {"zh": Queue(), "en": Queue()}, 0, {})  # fmt: skip
    assert filled.body["en"][0].y == 3 * 10 + 9
    assert on_pages(shapes, joint)["a/zh"] == [1]


def test_blank_lines_are_shared_out_among_gaps() -> None:
    shapes = [pair("a", 5, 5), pair("b", 5, 5), pair("c", 9, 9)]
    opening = planner.plan(shapes, SPACE)[0]
    queues: dict[Lang, Queue] = {"zh": Queue(), "en": Queue()}
    gaps = row_gaps(shapes, SPACE)
    tight = fill(opening, shapes, gaps, {"zh": Queue(), "en": Queue()}, 0, {})
    loose = fill(opening, shapes, gaps, queues, 3, {})
    moved = loose.body["zh"][-1].y - tight.body["zh"][-1].y
    assert moved == tight.white - loose.white
    assert 0 < moved <= 3 * (len(tight.rows) - 1)


def test_more_notes_than_a_page_holds_still_make_a_plan_that_says_so() -> None:
    calls = [Call(1, f"n{n}", "zh", 1, 30) for n in range(4)]
    openings = planner.plan([pair("a", 1, 1, zh_calls=calls)], SPACE)
    assert openings[0].carries[0] >= 90  # three of them: none of these begins on the first page
    assert on_pages([pair("a", 1, 1, zh_calls=calls)])["n3"][0] > 0


def test_a_table_runs_on_under_its_head_with_the_same_rows_on_both_sides() -> None:
    heights = {"zh": [10, 10, 20, 10] * 8, "en": [8, 24, 8, 8] * 8}
    shape = table("t", heights["zh"], heights["en"])
    queues: dict[Lang, Queue] = {"zh": Queue(), "en": Queue()}
    ends = []
    for opening in planner.plan([shape], SPACE):
        filled = fill(opening, [shape], [0], queues, 0, {})
        for lang in LANGS:
            [one] = filled.body[lang]
            own = shape.side(lang)
            start = [line for _, line in own.where].index(one.slice.first)
            count = opening.b.zh if opening.b.row == 0 else own.lines
            assert own.height(start, count) <= SPACE.height
            again = 12 if one.slice.first else 0
            assert own.height(start, count) == sum(heights[lang][start:count]) + (again or 12)
        ends.append((opening.b.zh, opening.b.en))
    assert len(ends) > 2
    assert all(zh == en for zh, en in ends)


def test_a_wide_table_is_cut_with_its_rows_below_each_other() -> None:
    shape = table("t", [10] * 30, [10] * 30, full=True)
    queues: dict[Lang, Queue] = {"zh": Queue(), "en": Queue()}
    for opening in planner.plan([shape], SPACE):
        filled = fill(opening, [shape], [0], queues, 0, {})
        [zh], [en] = filled.body["zh"], filled.body["en"]
        assert (zh.slice.first, zh.slice.last) == (en.slice.first, en.slice.last)
        assert zh.column == en.column == "full"
        high = 12 + 10 * (zh.slice.last - max(zh.slice.first, 1) + (zh.slice.first < 1))
        assert en.y >= high
        assert en.y + high <= SPACE.height + 12


def test_text_higher_than_a_page_still_makes_a_plan_that_says_so() -> None:
    openings = planner.plan([pair("a", 40, 4, whole=True), pair("b", 4, 4)], SPACE)
    assert any("higher than a page" in opening.emergency for opening in openings)


LINES = st.integers(1, 30)


@st.composite
def flows(draw: st.DrawFn) -> list[Shape]:
    made = []
    for number in range(draw(st.integers(1, 14))):
        zh, en = draw(LINES), draw(LINES)
        calls: dict[Lang, list[Call]] = {"zh": [], "en": []}
        for lang, lines in (("zh", zh), ("en", en)):
            for n in range(draw(st.integers(0, 3))):
                key = f"n{number}.{n}/{lang}"
                calls[lang].append(  # type: ignore[index]
                    Call(draw(st.integers(1, lines)), key, lang, draw(st.integers(0, 2)),
                         draw(st.integers(1, 25)))
                )  # fmt: skip
            calls[lang].sort(key=lambda call: call.line)  # type: ignore[index]
        made.append(pair(f"p{number}", zh, en, zh_calls=calls["zh"], en_calls=calls["en"],
                         keep=draw(st.integers(0, 5)) == 0))  # fmt: skip
    return made


@settings(max_examples=60, deadline=None)
@given(flows(), st.booleans())
def test_every_line_is_set_once_and_in_order(shapes: list[Shape], joint: bool) -> None:
    space = Space(height=200, gap=8, zh_note=7, en_note=6, joint=joint)
    queues: dict[Lang, Queue] = {"zh": Queue(), "en": Queue()}
    gaps = row_gaps(shapes, space)
    done: dict[str, int] = {}
    waiting: dict[Lang, set[str]] = {"zh": set(), "en": set()}
    clean = True
    for opening in planner.plan(shapes, space):
        clean = clean and not opening.emergency
        filled = fill(opening, shapes, gaps, queues, 4, {})
        high = {"zh": 0.0, "en": 0.0}
        for lang in LANGS:
            for one in filled.body[lang]:
                assert done.get(one.slice.key, 0) == one.slice.first
                done[one.slice.key] = one.slice.last
                lines = one.slice.last - one.slice.first
                high[lang] = max(high[lang], one.y + lines * LEADING[lang])
            notes = 0
            for note in filled.notes[lang]:
                assert done.get(note.key, 0) == note.first
                done[note.key] = note.last
                notes += (note.last - note.first) * (7 if lang == "zh" else 6)
            if clean:
                assert high[lang] + (8 + notes if notes else 0) <= 200
            waiting[lang] |= {
                call.key
                for shape in shapes
                for one in filled.body[lang]
                if one.slice.key == f"{shape.row.id}/{lang}"
                for call in shape.side(lang).calls
                if one.slice.first < call.line <= one.slice.last
            }
            waiting[lang] -= {note.key for note in filled.notes[lang]}
            if waiting[lang] and clean and not joint:  # late only where no line more has room
                assert 200 - high[lang] - 8 - notes < (7 if lang == "zh" else 6)
    for shape in shapes:
        for lang in LANGS:
            own = shape.side(lang)
            assert done[f"{shape.row.id}/{lang}"] == own.lines
            assert all(done[call.key] == call.lines for call in own.calls)
    assert not any(queue.waiting for queue in queues.values())


def _crowded(own: str) -> Shape:
    """A pair with notes that cannot all begin on the opening of their marks."""
    calls = {
        lang: [Call(line, f"{own}.{n}/{lang}", lang, 0, lines)
               for n, (line, lines) in enumerate(((2, 70), (2, 80), (6, 6), (9, 3)))]
        for lang in LANGS
    }  # fmt: skip
    return pair(own, 12, 16, zh_calls=calls["zh"], en_calls=calls["en"])


def test_a_table_fits_its_pages_though_notes_elsewhere_begin_late() -> None:
    """Where one side is three times as high as the other, many ends of a page are too deep."""
    shapes = [_crowded("p"), table("t", [8] * 160, [24] * 160), pair("q", 4, 4)]
    openings = planner.plan(shapes, SPACE)
    assert [one.emergency for one in openings if one.emergency] == []
    places = on_pages(shapes)
    assert places["t/zh"] == places["t/en"]


def test_notes_that_run_on_have_a_page_of_their_own_before_what_fills_one() -> None:
    """No page of the way is without a line of them, and nothing is higher than a page."""
    calls = [Call(2, "n", "en", 1, 32)]
    shapes = [pair("a", 2, 2, en_calls=calls), pair("b", 20, 25, whole=True), pair("c", 3, 3)]
    assert [one.emergency for one in planner.plan(shapes, SPACE) if one.emergency] == []
    assert on_pages(shapes) == {
        "a/zh": [0], "a/en": [0], "n": [0, 1], "b/zh": [2], "b/en": [2], "c/zh": [3], "c/en": [3]
    }  # fmt: skip


@pytest.mark.parametrize(("zh", "en"), [
    ((27, [(14, 120)]), (10, [])),
    ((22, [(1, 3), (15, 60), (16, 120)]), (5, [(2, 1), (5, 60)])),
    ((19, [(1, 20), (5, 60)]), (12, [(4, 120), (5, 60), (12, 120)])),
    ((24, [(3, 20), (23, 60), (24, 1)]), (17, [(2, 120), (6, 120)])),
])  # fmt: skip
def test_both_sides_of_a_pair_go_on_together_though_notes_fill_one(
    zh: tuple[int, list[tuple[int, int]]], en: tuple[int, list[tuple[int, int]]]
) -> None:
    """Each side: its lines, and (line, lines) of its notes."""
    calls = {
        lang: [Call(line, f"n{n}/{lang}", lang, 0, lines) for n, (line, lines) in enumerate(notes)]
        for lang, (_, notes) in (("zh", zh), ("en", en))
    }
    shapes = [pair("p", zh[0], en[0], zh_calls=calls["zh"], en_calls=calls["en"]), pair("q", 5, 5)]
    places = on_pages(shapes)
    assert places["p/zh"] == places["p/en"]
