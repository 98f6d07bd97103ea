"""Text may begin with any word that TeX takes for part of a dimension, number or glue: in every
kind of box, at every place where text can follow what TeX scans, it prints as written."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tex_samples import CONFIG, SPAN, Book, box, inlines, layout, note, stack

from edition.diagnostics import Severity, as_text, worst
from edition.engine.cache import Cache
from edition.engine.measure import measure
from edition.engine.typeset import typeset
from edition.layout.types import Box, Style
from edition.model import LANGS, Cell, Inline, Kind, Lang, LineBreak, Mark, Ruby, Styled, Table

pytestmark = pytest.mark.tex

WORDS = ("height", "width", "depth", "plus", "minus", "fil", "fill", "filll", "l", "spread", "by",
         "to", "true", "at", "scaled", "pt", "em", "mu", "sp", "bp")  # fmt: skip
STYLES = (
    Style(name="gloss", size=9.5, leading=14, first=10, left=2, indent=-2),
    Style(name="ragged", size=10.5, leading=14, first=10.5, align="left", left=1),
)


def forms() -> list[str]:
    return [form for word in WORDS for form in (word, word.capitalize(), word.upper())]


def boxes(lang: Lang, word: str, key: str) -> Iterator[Box]:
    """A box of every kind that begins with ``word``, and goes on as a length would."""
    text = f"{word} 3pt{key}"
    again = f"{text} "
    cut = [text, LineBreak(SPAN), text, " ", Ruby(word, text, SPAN), Mark("n", SPAN), " ", again,
           Styled(inlines(again), ("title",), (), SPAN), again, "https://a.org/", again,
           Styled(inlines(text), ("cite",), (("key", "k"),), SPAN), " ", again, "\u200b", again,
           "so\u2060", again, "so\u202f", again, "so\u2009", text]  # fmt: skip
    yield from (
        box(f"{style}{key}", lang, text, style=style, kind=kind)
        for style, kind in (
            (lang, Kind.PARA), ("heading", Kind.HEADING), ("item", Kind.ITEM),
            ("quote", Kind.QUOTE), ("verse", Kind.VERSE), ("center", Kind.PARA),
            ("right", Kind.PARA), ("gloss", Kind.PARA), ("ragged", Kind.PARA),
        )
    )  # fmt: skip
    yield _at(box(f"deep{key}", lang, text, style="item", kind=Kind.ITEM), level=3)
    yield box(f"toc{key}", lang, text, style="toc", target="-")
    yield note(f"n{key}", lang, text)
    yield box(f"cut{key}", lang, *cut)
    yield _at(box(f"cutverse{key}", lang, *cut, style="verse", kind=Kind.VERSE))
    cells = tuple(Cell(inlines(text), "left", SPAN) for _ in range(2))
    table = Table(cells, (cells, cells))
    yield _at(box(f"table{key}", lang, text, style="table", kind=Kind.TABLE), table=table)
    narrow = box(f"narrow{key}", lang, text, style="table", kind=Kind.TABLE, width=90)
    yield _at(narrow, table=table)
    yield box(f"figure{key}", lang, text, style="table", kind=Kind.FIGURE, label=text)


def _at(one: Box, **more: object) -> Box:
    assert one.segment is not None
    return replace(one, segment=replace(one.segment, **more))  # type: ignore[arg-type]


def _strings(parts: tuple[Inline, ...]) -> Iterator[str]:
    for one in parts:
        yield getattr(one, "text", "") or getattr(one, "base", "")
        yield getattr(one, "reading", "")
        yield from _strings(getattr(one, "children", ()))


def test_words_that_tex_scans_for_are_text_in_every_box(tmp_path: Path) -> None:
    shape = layout()
    shape = replace(shape, styles={**shape.styles, **{one.name: one for one in STYLES}})
    book = Book.of(*(
        one
        for number, word in enumerate(forms())
        for lang in LANGS
        for one in boxes(lang, word, f"x{number}{lang[0]}q")
    ))  # fmt: skip
    book.boxes["n"] = note("n", "zh", "Plus 1pt")
    measured = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert worst(measured.diagnostics) is not Severity.ERROR, as_text(measured.diagnostics)
    plan = stack(book, measured.value, shape, heads=False)
    head = inlines("Height 3pt")
    plan = replace(plan, pages=tuple(replace(page, head_left=head) for page in plan.pages))
    done = typeset(book, plan, measured.value, shape, CONFIG, tmp_path)
    assert done.diagnostics == (), as_text(done.diagnostics)
    assert done.value is not None
    assert done.value.cut_errors == ()
    text = subprocess.run(["pdftotext", "-raw", done.value.pdf, "-"],
                          capture_output=True, check=True, text=True).stdout  # fmt: skip
    bare = re.sub(r"[\s\u00ad\u200b\u2060-]", "", text)
    assert bare.count("Height3pt") >= len(plan.pages)
    for number, word in enumerate(forms()):
        for lang in LANGS:
            key = f"x{number}{lang[0]}q"
            # 12 boxes of lines; two of 13 texts; a caption and six cells, twice; a figure's two
            assert bare.count(f"{word}3pt{key}") == 12 + 2 * 13 + 2 * 7 + 2, (word, lang)
