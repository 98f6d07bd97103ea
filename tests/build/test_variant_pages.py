"""Variants on finished pages: every layout, script, side, notes and size, each with each other."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from book_samples import workspace
from pypdf import PdfReader

from edition.build import Request, build
from edition.config import Variant
from edition.diagnostics import Severity

SETTINGS = '[edition]\nid = "v"\ntitle = { zh = "泉", en = "Spring" }\n'
ZH = "# 一 {#s}\n\n" + "山中有雨，林下無人，溪水東流，說與誰聽？" * 6 + " {#s.1}\n"
EN = (
    "# One {#s}\n\n"
    + "Rain in the hills, nobody in the woods; the brook runs east. " * 6
    + "{#s.1}\n"
)
NOTES = """\
- {id: a, at: s.1, quote: {zh: {exact: 雨, occurrence: 2}, en: {exact: hills, occurrence: 1}},
   layer: 注, zh: 水也。, en: Water.}
- {id: b, at: s.1, quote: {zh: {exact: 人, occurrence: 1}}, layer: 校, zh: 一作客。}
"""
AXES = (
    ("facing", "columns", "stacked"),
    ("hant", "hans"),
    (None, "zh", "en"),
    (None, ("注",), ()),
    ("", "18pt"),
)


def covering() -> list[tuple[object, ...]]:
    """A few of all combinations, in which every two values of two axes meet."""
    left = {
        (a, b, x, y) for a in range(len(AXES)) for b in range(a) for x in AXES[a] for y in AXES[b]
    }
    chosen = []
    while left:
        best = max(product(*AXES), key=lambda one: len(_pairs(one) & left))
        left -= _pairs(best)
        chosen.append(best)
    return chosen


def _pairs(one: tuple[object, ...]) -> set[tuple[object, ...]]:
    return {(a, b, one[a], one[b]) for a in range(len(one)) for b in range(a)}


@pytest.mark.tex
def test_every_two_settings_together(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w", ZH, EN, notes=NOTES, settings=SETTINGS)
    for layout, script, side, notes, scale in covering():
        variant = Variant(side=side, notes=notes, scale=scale)  # type: ignore[arg-type]
        made = build(Request(root=root, layout=layout, script=script, variant=variant))  # type: ignore[arg-type]
        wrong = [one.fact for one in made.diagnostics if one.level is Severity.ERROR]
        assert not wrong, (layout, script, variant, wrong)
        assert made.value
        pages = PdfReader(made.value.pdf).pages
        text = "".join("".join(page.extract_text().split()) for page in pages)
        assert ("山中" in text) == (side != "en")
        assert ("woods" in text) == (side != "zh")
        assert ("Spring" in text) == (side != "zh")
        assert ("水也" in text) == (side != "en" and notes != ())
        assert ("一作客" in text) == (side != "en" and notes is None)
        assert ("說" in text) == (script == "hant" and side != "en")
