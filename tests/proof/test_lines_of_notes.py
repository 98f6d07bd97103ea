"""Notes that say the line of their mark as the margin counts it, however pages are made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import book_samples
import pytest
from proof_samples import matter_of

from edition.build.pages import Composed
from edition.proof.marginproof import MARGIN, of_book

pytestmark = pytest.mark.tex

SETTINGS = """[edition]
id = "sample"
title = { zh = "小書", en = "A small book" }
[line_numbers]
by = "page"
every = 3
[[layers]]
id = "校"
name = { zh = "校", en = "Readings" }
numbering = "bracketed"
lines = true
[[layers]]
id = "尾"
name = { zh = "尾注", en = "Endnotes" }
numbering = "letter"
placement = "section-end"
lines = true
[[layers]]
id = "注"
name = { zh = "注", en = "Notes" }
numbering = "circled"
"""
ZH = "山下有泉，泉邊有石。每至三月，水色最清；遊人取以煮茶。"
EN = "Below the hill is a spring, and beside it lies a stone. "
AIM = {"a": 2, "b": 20, "late": 26}  # note → its paragraph


def _text(heading: str, words: str, aim: str) -> str:
    text = [f"# {heading} {{#s}}"]
    for number in range(30):
        last = f"{aim}{number}" if number in AIM.values() else ""
        text.append(f"{(words * 3).strip()}{last} {{#s.{number}}}")
    text.append(f"# {'題二' if aim == '甲' else 'Second'} {{#t}}\n\n{words} {{#t.1}}")
    return "\n\n".join(text) + "\n"


def _notes() -> str:
    notes = [
        f"- {{id: {name}, at: s.{number}, quote: {{zh: 甲{number}, en: Jia{number}}}, "
        f"layer: {'尾' if name == 'late' else '校'}, zh: 「甲」作乙。, en: Read B.}}\n"
        for name, number in AIM.items()
    ]
    return (
        "- {id: head, at: s, quote: {zh: 題, en: Head}, layer: 校, zh: 題無。, en: No heading.}\n"
        "- {id: plain, at: t, quote: {zh: 題二, en: Second}, layer: 注, zh: 今。, en: Now.}\n"
    ) + "".join(notes)


def _lines_above(done: Composed, name: str) -> int:
    """Lines of numbered text, in the language of a note and on the page of its mark, down to it:
    counted from where the run of TeX put them."""
    mark = next(one for one in done.typeset.points if one.kind == "mark" and one.name == name)
    count = 0
    for at in done.typeset.slices:
        box = done.book.boxes[at.slice.key]
        style = done.layout.styles[box.style]
        if at.page == mark.page and box.lang == name[-2:] and box.style.startswith("para"):
            count += sum(at.top + style.first + number * style.leading < mark.y + 1
                         for number in range(at.slice.last - at.slice.first))  # fmt: skip
    return count


@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_notes_say_the_line_of_their_mark(
    tmp_path: Path, layout: Literal["facing", "columns"]
) -> None:
    zh, en = _text("題", ZH, "甲"), _text("Head", EN, "Jia")
    folder = book_samples.workspace(tmp_path, zh, en, notes=_notes(), settings=SETTINGS)
    done, _ = book_samples.built(folder, layout)
    plan, pages = done.plan, {one.name: one.page for one in done.typeset.points}
    said = {}
    for name in AIM:
        for lang in ("zh", "en"):
            key = f"n:{name}/{lang}"
            line = str(_lines_above(done, key))
            said[key] = f"{plan.pages[pages[key]].label}.{line}" if name == "late" else line
    places = {key: place.text for key, place in plan.places.items()}
    assert places == said, "none for a heading, none in a layer that says none"
    assert len({said["n:a/zh"], said["n:a/en"]}) == 2, "each side counts for itself"
    for name, words in (("a", "「甲」作乙"), ("late", "「甲」作乙"), ("b", "ReadB.")):
        key = f"n:{name}/{'en' if name == 'b' else 'zh'}"
        assert book_samples.pages_with(done, f"{plan.numbers[key]}{said[key]}{words}"), name
    plain, _ = book_samples.built(folder, layout, plain=True)
    book_samples.same_pages(done, plain)
    right = plan.places["n:b/en"]
    for wrong in (replace(right, line=right.line + 1), replace(right, page="9")):
        changed = replace(plan, places={**plan.places, "n:b/en": wrong})
        found = of_book(matter_of(done, plan=changed))
        assert MARGIN.id in {one.code.id for one in found if one.where == "b"}
