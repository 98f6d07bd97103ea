"""Layers of notes on finished pages: by line without marks, at the end of the book, on one side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import book_samples
import pytest
from proof_samples import matter_of

from edition.build.pages import Composed
from edition.layout.types import Box, SliceAt
from edition.model import plain
from edition.proof import endproof, marginproof

pytestmark = pytest.mark.tex

SETTINGS = """[edition]
id = "sample"
title = { zh = "小書", en = "A small book" }
[line_numbers]
by = "page"
[[layers]]
id = "校"
name = { zh = "校記", en = "Readings" }
numbering = "line"
languages = ["zh"]
[[layers]]
id = "注"
name = { zh = "注釋", en = "Commentary" }
numbering = "circled"
placement = "book-end"
[[layers]]
id = "案"
name = { zh = "案語", en = "Remarks" }
series = "注"
"""
TITLES = {"s": ("泉", "The spring"), "t": ("石", "The stone")}
ZH = "山下有泉{n}，泉邊有石{n}。每至三月，水色最清；遊人取以煮茶，老樹在焉。 {{#{key}.{n}}}"
EN = "Below the hill is spring {n}, and beside it lies stone {n}. {{#{key}.{n}}}"
LAYERS = {0: "校", 1: "注", 3: "案", 4: "校", 5: "注"}  # of the note on a paragraph


def _text(key: str, side: int) -> str:
    line = (ZH, EN)[side]
    text = [f"# {TITLES[key][side]} {{#{key}}}", *(line.format(n=n, key=key) for n in range(6))]
    return "\n\n".join(text) + "\n"


def _workspace(folder: Path) -> Path:
    """Two sections of six paragraphs, of which five have notes."""
    notes = "".join(
        f"- {{id: {key}{n}, at: {key}.{n}, quote: {{zh: 有泉{n}，泉邊, en: 'spring {n}'}}, "
        f"layer: {layer}, zh: 注{key}{n}。, en: Note {key}{n}.}}\n"
        for key in TITLES for n, layer in LAYERS.items()
    )  # fmt: skip
    book_samples.workspace(folder, _text("s", 0), _text("s", 1), notes=notes, settings=SETTINGS)
    for side, lang in enumerate(("zh", "en")):
        (folder / "source" / "text" / f"02-t.{lang}.md").write_text(_text("t", side), "utf-8")
    return folder


def _said(done: Composed, **changed: Box) -> list[str]:
    """What the proof says of the notes at the end with some boxes ``changed``."""
    book = replace(done.book, boxes={**done.book.boxes, **changed})
    places: dict[str, list[SliceAt]] = {}
    for at in done.typeset.slices:
        places.setdefault(at.slice.key, []).append(at)
    return [one.fact for one in endproof.of_book(book, done.measures, places)]


def test_layers_by_line_and_at_the_end_of_the_book(tmp_path: Path) -> None:
    folder = _workspace(tmp_path)
    done, _ = book_samples.built(folder, "columns")
    plan, marks = done.plan, {one.name: one.page for one in done.typeset.points}
    # by line: no mark, the line of the lemma, the lemma; nothing on the English side
    assert "n:s4/en" not in done.book.boxes
    assert plan.places["n:s4/zh"].line > plan.places["n:s0/zh"].line
    said = f"{plan.places['n:s4/zh'].text}「有泉4，泉邊」：注s4。"
    assert book_samples.pages_with(done, said) == [marks["n:s4/zh"]]
    assert book_samples.pages_with(done, "有泉4，泉邊有石4")
    # at the end: one series of two layers, its head in the contents, pages of the marks
    numbers = [plan.numbers[f"n:{note}/en"] for note in ("s1", "s3", "s5", "t1", "t3", "t5")]
    assert numbers == ["①", "②", "③"] * 2
    folio = plan.pages[marks["n:t5/en"]].label
    assert book_samples.pages_with(done, f"p.{folio}Notet5.")
    assert plan.places["n:t5/zh"].text == f"頁{plan.pages[marks['n:t5/zh']].label}"
    toc = [plain(box.inlines) for box in done.book.boxes.values() if box.target]
    assert toc[-2:] == ["注釋", "Commentary"]
    # links both ways
    ends = {(one.page, one.to_page) for one in done.navigation.links}
    note = next(one.page for one in done.typeset.slices if one.slice.key == "n:t5/zh")
    assert (marks["n:t5/zh"], note) in ends
    assert (note, marks["n:t5/zh"]) in ends
    # what is wrong is seen: PRF025, and pages that notes say (PRF021)
    assert _said(done) == []
    boxes = done.book.boxes
    third, head = boxes["n:s5/zh"], boxes["notes/注/02-t/zh"]
    assert _said(done, **{"n:s5/zh": replace(third, number=2)}) == [
        "its mark has the number 2, after 2", "it is 3, on the other side 2",
        "the number 2 follows 2",
    ]  # fmt: skip
    renamed = replace(head, inlines=boxes["notes/注/01-s/zh"].inlines)
    fact = "it stands under “泉”, and its mark does not"
    assert _said(done, **{head.key: renamed}) == [fact] * 3
    wrong = replace(plan.places["n:t5/en"], page="9")
    changed = replace(plan, places={**plan.places, "n:t5/en": wrong})
    found = list(marginproof.of_book(matter_of(done, plan=changed)))
    assert [one.where for one in found] == ["t5"]
    plain_pages, _ = book_samples.built(folder, "columns", plain=True)
    book_samples.same_pages(done, plain_pages)
