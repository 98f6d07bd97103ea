"""The shipped edition in both layouts: its lines are filled as ``docs/clreq.md`` says."""

from __future__ import annotations

import pytest
from line_figures import ROOT, measured

pytestmark = pytest.mark.tex


@pytest.mark.parametrize(
    ("layout", "zh", "en"), [("columns", 0.01, 0.02), ("facing", 0.005, 0.025)]
)
def test_lines_of_the_shipped_edition_are_filled(layout: str, zh: float, en: float) -> None:
    found = measured(ROOT, layout)
    figures, faults = found.figures, "\n".join(found.faults())
    assert found.composed.proof.violations == ()
    assert min(figures.lines.values()) > 300
    assert figures.share("zh") <= zh, faults
    assert figures.share("en") <= en, faults
    assert figures.ladders <= (0 if layout == "columns" else 2), faults
    assert figures.ends <= 1, faults
    if layout == "columns":
        assert 100 * figures.stubs / found.pages <= 5, faults
