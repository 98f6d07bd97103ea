"""The report of ``edition bench --peers``: figures asked for beside those measured, and a plot."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from peers_report import BEGIN, END, OURS, Measured, Run, asked, exponent, plot, tables, update

MEASURED = Measured(
    "a machine",
    {
        500: {f"{OURS}, cold": Run(6, 10, 200, 300), "Typst": Run(4, 4, 400, 400)},
        3000: {
            f"{OURS}, cold": Run(30, 60, 500, 900),
            f"{OURS}, one note": Run(3, 3, 300, 300),
            "Typst": Run(20, 24, 2000, 2000),
        },
    },
)


def test_a_figure_that_is_missed_is_said_to_be() -> None:
    rows = {one.what: one.row() for one in asked(MEASURED)}
    assert rows["500 pairs cold, to Typst's time"].endswith("| 1.50 | yes |")
    assert rows["3,000 pairs cold, to Typst's time"].endswith("| 1.50 | **no** |")
    assert rows["one note of 3,000 pairs, to cold"].endswith("| 0.10 | yes |")
    assert "not in this run" in rows["10,000 pairs cold, peak MB"]


def test_growth_is_of_the_processor() -> None:
    assert exponent(MEASURED, "Typst", 500, 3000) == pytest.approx(1.0)
    assert exponent(MEASURED, "Typst", 500, 10000) is None
    assert "- Typst: 1.00" in tables(MEASURED)


def test_the_page_is_written_between_its_marks_and_again_alike(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{BEGIN}stale\n{END}after\n", "utf-8")
    update(page, MEASURED)
    once = page.read_text("utf-8")
    update(page, MEASURED)
    assert page.read_text("utf-8") == once
    assert once.startswith(f"before\n{BEGIN}")
    assert once.endswith(f"{END}after\n")
    assert "stale" not in once
    curves = ET.fromstring(plot(MEASURED)).findall("{http://www.w3.org/2000/svg}polyline")
    assert [len(one.attrib["points"].split()) for one in curves] == [2, 2, 1]
