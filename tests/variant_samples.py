"""A small edition in every combination of what a variant may ask for: layout, script, side, notes,
size, and how its layers of notes are numbered and placed."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import NamedTuple

from book_samples import workspace
from pypdf import PdfReader

from edition.build import Request, build
from edition.config import LayoutName, Script, Variant
from edition.diagnostics import Severity
from edition.model import Lang

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
_SETTINGS = '[edition]\nid = "v"\ntitle = { zh = "泉", en = "Spring" }\n'
_NUMBERED = '[line_numbers]\nby = "page"\nlanguages = ["zh"]\n'


def _layer(layer: str, name: str, more: str) -> str:
    return f'[[layers]]\nid = "{layer}"\nname = {{ zh = "{layer}", en = "{name}" }}\n{more}\n'


# by name: two blocks at the foot; by line without marks, and at the end of a section; one series at
# the end of the book
LAYERS = {
    "foot": "",
    "line": _NUMBERED + _layer("校", "Readings", 'numbering = "line"\nlanguages = ["zh"]')
    + _layer("注", "Notes", 'placement = "section-end"'),
    "book": _layer("注", "Notes", 'placement = "book-end"')
    + _layer("校", "Readings", 'series = "注"'),
}  # fmt: skip


class Combination(NamedTuple):
    layout: LayoutName
    script: Script
    side: Lang | None
    notes: tuple[str, ...] | None
    scale: str
    layers: str


AXES = (
    ("facing", "columns", "stacked"),
    ("hant", "hans"),
    (None, "zh", "en"),
    (None, ("注",), ()),
    ("", "18pt"),
    tuple(LAYERS),
)


def every() -> list[Combination]:
    return [Combination(*one) for one in product(*AXES)]  # type: ignore[arg-type]


def covering() -> list[Combination]:
    """A few of all combinations, in which every two values of two axes meet."""
    left = {
        (a, b, x, y) for a in range(len(AXES)) for b in range(a) for x in AXES[a] for y in AXES[b]
    }
    chosen = []
    while left:
        best = max(every(), key=lambda one: len(_pairs(one) & left))
        left -= _pairs(best)
        chosen.append(best)
    return chosen


def _pairs(one: Combination) -> set[tuple[object, ...]]:
    return {(a, b, one[a], one[b]) for a in range(len(one)) for b in range(a)}


def write(folder: Path) -> None:
    """The workspace of all combinations: one, so that they share what is kept."""
    workspace(folder, ZH, EN, notes=NOTES, settings=_SETTINGS)


def faults(folder: Path, one: Combination) -> list[str]:
    """Builds a combination in the workspace that :func:`write` made; what is wrong with it, by the
    proof and by the words of its pages."""
    settings = folder / "source" / "edition.toml"
    settings.write_text(_SETTINGS + LAYERS[one.layers], "utf-8")
    variant = Variant(side=one.side, notes=one.notes, scale=one.scale)
    made = build(Request(root=folder, layout=one.layout, script=one.script,
                         variant=variant))  # fmt: skip
    wrong = [found.fact for found in made.diagnostics if found.level is Severity.ERROR]
    if wrong or not made.value:
        return wrong or ["not built"]
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(made.value.pdf).pages)
    zh, en = one.side != "en", one.side != "zh"
    notes = {"注"} if one.notes == ("注",) else {"注", "校"} if one.notes is None else set()
    there = {
        "山中": zh, "woods": en, "Spring": en, "水也": zh and "注" in notes,
        "Water": en and "注" in notes, "一作客": zh and "校" in notes,
        "說": zh and one.script == "hant", "Readings": False,
        "「人」": zh and "校" in notes and one.layers == "line",
        "p.": en and "注" in notes and one.layers == "book",
    }  # fmt: skip
    return [f"{word} {'is lacking' if is_there else 'stands there'}"
            for word, is_there in there.items() if (word in text) != is_there]  # fmt: skip
