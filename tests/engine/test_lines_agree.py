"""Measuring and printing break every paragraph alike, whatever stands in it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tex_samples import CONFIG, SPAN, Book, box, inlines, layout, note, stack

from edition.diagnostics import as_text
from edition.engine.cache import Cache
from edition.engine.measure import measure
from edition.engine.typeset import typeset
from edition.model import Emph, Inline, LineBreak, Mark, Ruby, Strong, Styled

pytestmark = pytest.mark.tex

_HAN = "山川城郭，草木。「風雨」（如晦）；雞鳴……不已——〔注〕、《書》：“既見”‘君子’！？·"
_LATIN = ("word ", "Thucydides’ ", "“quoted” ", "(in brackets) ", "1990–2000, ", "e.g. ", "naïve—",
          "co-operation ", "A… ", "half\u00adway ", "https://a.org/b/c ")  # fmt: skip


def _words(chance: Random) -> str:
    han = "".join(chance.choices(_HAN, k=chance.randint(1, 30)))
    latin = "".join(chance.choices(_LATIN, k=chance.randint(1, 8)))
    return chance.choice((han, latin, han + latin))


def _inline(chance: Random) -> str | Inline:
    words = inlines(_words(chance))
    name = chance.choice(("term", "title", "cite", "foreign", "name"))
    return chance.choice((
        _words(chance),
        _words(chance),
        Mark(chance.choice("abcd"), SPAN),
        Ruby("雒水", chance.choice(("luò shuǐ", "l")), SPAN),
        Emph(words, SPAN),
        Strong(words, SPAN),
        Styled(words, (name,), (("key", "k"),), SPAN),
        LineBreak(SPAN),
    ))  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_measured_lines_are_printed_lines(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    paragraphs = [[_inline(chance) for _ in range(chance.randint(4, 16))] for _ in range(120)]
    shape = layout(width=180)
    styles = (("zh", "zh"), ("en", "en"), ("quote", "en"), ("item", "zh"), ("verse", "zh"))
    book = Book.of(
        *(note(f"n:{one}/{lang}", lang, "x", width=180) for one in "abcd" for lang in ("zh", "en")),  # type: ignore[arg-type]
        *(
            box(f"p{n}", lang, *parts, style=style, width=180)  # type: ignore[arg-type]
            for n, parts in enumerate(paragraphs)
            for style, lang in (styles[n % len(styles)],)
        ),
    )
    measured = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "cache"))
    # a line of what cannot be divided may stick out: that is the text's fault, and told
    assert {one.code.id for one in measured.diagnostics} <= {"TEX003"}
    plan = stack(book, measured.value, shape, lines=3)
    done = typeset(book, plan, measured.value, shape, CONFIG, tmp_path)
    assert {one.code.id for one in done.diagnostics} <= {"TEX003"}, as_text(done.diagnostics)
    assert done.value is not None
    assert done.value.cut_errors == ()
    told = {key: [mark.line for mark in one.marks] for key, one in measured.value.items()}
    assert all(lines == sorted(lines) for lines in told.values())
    assert all(
        len(told[key]) == sum(isinstance(part, Mark) for part in one.inlines)
        for key, one in book.boxes.items()
    ), "every mark has its line"
