"""One stream of pages: where pairs are cut, where their notes go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.config import Bilingual, Config
from edition.layout import planner, spec, stacks
from edition.layout.breaks import Space, row_gaps
from edition.layout.openings import Queue, fill
from edition.layout.shapes import Call, Shape, Side
from edition.layout.types import Row, Slice
from edition.model import LANGS, Lang

ROOT = Path(__file__).resolve().parents[2]
SPACE = Space(height=120, gap=8, zh_note=7, en_note=7, joint=True, stacked=True)
LINE = 10


def pair(key: str, zh: int, en: int, calls: Sequence[Call] = (), *, keep: bool = False) -> Shape:
    where = [(f"{key}/{lang}", line) for lang, count in (("zh", zh), ("en", en))
             for line in range(count)]  # fmt: skip
    side = Side(
        tops=tuple(LINE * n for n in range(zh + en)),
        bottoms=tuple(LINE * (n + 1) for n in range(zh + en)),
        where=tuple(where), calls=tuple(calls), seam=zh if zh and en else 0,
        lines_of={f"{key}/zh": zh, f"{key}/en": en},
    )  # fmt: skip
    row = Row(id=key, zh=(f"{key}/zh",), en=(f"{key}/en",), keep=keep, whole=keep)
    return Shape(row=row, zh=side, en=Side(), above=0, below=0)


def pages(shapes: Sequence[Shape], space: Space = SPACE) -> list[list[Slice]]:
    """The slices of each page, the notes last."""
    queues: dict[Lang, Queue] = {lang: Queue() for lang in LANGS}
    gaps = row_gaps(shapes, space)
    made = []
    for opening in planner.plan(shapes, space):
        filled = fill(opening, shapes, gaps, queues, 0, {})
        made.append([*(one.slice for one in filled.body["zh"]), *filled.notes["zh"]])
    return made


def test_a_short_pair_stays_whole() -> None:
    made = pages([pair("a", 5, 4), pair("b", 3, 3), pair("c", 9, 9)])
    assert [one.key for one in made[1]][:2] == ["b/zh", "b/en"]


def test_a_long_pair_is_cut_where_the_page_ends() -> None:
    made = pages([pair("a", 8, 9), pair("b", 8, 9)])
    assert all(sum(one.last - one.first for one in page) > 10 for page in made[:2])


def test_no_line_of_one_language_is_parted_from_the_other() -> None:
    for zh, en in ((1, 12), (12, 1)):
        assert zh not in [cut.zh for cut in stacks.cuts(pair("a", zh, en))]
        assert zh in [cut.zh for cut in stacks.cuts(pair("a", zh, en), lonely=True)]


def test_notes_of_both_languages_stand_in_one_block_by_their_numbers() -> None:
    calls = [Call(1, "n:a/zh", "zh", 1, 1, "a", "opening"),
             Call(2, "n:b/zh", "zh", 1, 1, "b", "opening"),
             Call(4, "n:a/en", "en", 1, 1, "a", "opening"),
             Call(5, "n:b/en", "en", 1, 1, "b", "opening")]  # fmt: skip
    in_order = ["n:a/zh", "n:a/en", "n:b/zh", "n:b/en"]
    [page] = pages([pair("p", 3, 3, calls)])
    assert [one.key for one in page[2:]] == in_order
    through = [replace(call, count=None, number=7 + (call.note == "b")) for call in calls]
    [page] = pages([pair("p", 3, 3, through)])
    assert [one.key for one in page[2:]] == in_order


@given(st.lists(st.tuples(st.integers(1, 14), st.integers(0, 14), st.integers(0, 3)), min_size=1,
                max_size=8))  # fmt: skip
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_line_stands_once_and_in_order(flow: list[tuple[int, int, int]]) -> None:
    shapes = [
        pair(f"p{n}", zh, en, [Call(1, f"n{n}", "zh", 1, notes)] if notes else ())
        for n, (zh, en, notes) in enumerate(flow)
    ]
    text = [one for page in pages(shapes) for one in page if one.key.startswith("p")]
    lines = [(one.key, line) for one in text for line in range(one.first, one.last)]
    assert lines == [place for shape in shapes for place in shape.zh.where]
    for page in pages(shapes):
        own = {one.key.partition("/")[0] for one in page if one.first == 0 and "/zh" in one.key}
        notes = {f"p{one.key[1:]}" for one in page if one.key.startswith("n") and not one.first}
        assert notes <= own


def test_notes_of_two_leadings_are_refused(tmp_path: Path) -> None:
    shipped = (ROOT / "templates" / "stacked.toml").read_text("utf-8")
    (tmp_path / "templates").mkdir()
    own = shipped.replace(
        "note-en = { size = 8.5, leading = 12.25", "note-en = { size = 8, leading = 10.5"
    )
    (tmp_path / "templates" / "stacked.toml").write_text(own, "utf-8")
    config = Config(id="x", title=Bilingual(zh="x"), layout="stacked")
    [fault] = spec.load(config, tmp_path).diagnostics
    assert fault.code.id == "LAY003"
    assert "12.25 and 10.5" in fault.fact


@pytest.mark.parametrize("scale", ["", "18pt"])
def test_the_shipped_layout_has_one_measure(scale: str) -> None:
    config = replace(Config(id="x", title=Bilingual(zh="x"), layout="stacked"), scale=scale)
    made = spec.load(config, ROOT)
    assert made.value is not None
    geometry = made.value.geometry
    assert geometry.zh_width == geometry.en_width == geometry.text_width
