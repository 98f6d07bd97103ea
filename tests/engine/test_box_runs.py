"""Boxes are parted among runs of XeLaTeX: evenly, and no run holds all of a long book."""

from __future__ import annotations

import pytest

from edition.engine import boxruns
from edition.latex.boxes import SetBox


def boxes(count: int) -> list[SetBox]:
    return [SetBox(key=f"box{n}", style=f"para-{('zh', 'en')[n % 2]}", width=100.0,
                   tex="x" * (1 + n % 7)) for n in range(count)]  # fmt: skip


@pytest.mark.parametrize(("count", "jobs", "runs"), [
    (0, 2, 0), (1, 2, 1), (boxruns._WORTH_TWO - 1, 2, 1), (boxruns._WORTH_TWO, 2, 2),
    (boxruns._WORTH_TWO, 1, 1), (3 * boxruns._MOST, 2, 3), (3 * boxruns._MOST, 1, 3),
    (3 * boxruns._MOST + 1, 2, 4), (3 * boxruns._MOST, 8, 8),
])  # fmt: skip
def test_as_many_runs_as_are_worth_their_start(count: int, jobs: int, runs: int) -> None:
    given = boxes(count)
    parts = boxruns._parts(given, jobs)
    assert len(parts) == runs
    assert sorted(box.key for part in parts for box in part) == sorted(box.key for box in given)
    sizes = [sum(len(box.tex) for box in part) for part in parts]
    assert max(sizes, default=0) - min(sizes, default=0) <= 14, "the longest is waited for"
