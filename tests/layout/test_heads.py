"""Headings as lines of the contents and as running heads."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tex_samples import CONFIG, SPAN, inlines

from edition.layout import heads, spec, widths
from edition.layout.types import Layout
from edition.model import (
    Cite,
    CiteItem,
    Emph,
    FootnoteRef,
    Inline,
    Lang,
    LineBreak,
    Mark,
    Reference,
    References,
    Ruby,
    Text,
    plain,
)

ROOT = Path(__file__).resolve().parents[2]
REFERENCES = References(
    style="gb7714-2015", entries={"shen": Reference(key="shen", authors="沈括", year="1088")}
)


def layout(name: str = "facing") -> Layout:
    from dataclasses import replace

    found = spec.load(replace(CONFIG, layout=name), ROOT).value  # type: ignore[arg-type]
    assert found is not None
    return found


def cite(*, narrative: bool) -> Cite:
    return Cite((CiteItem("shen", "3", "", False, SPAN),), narrative, SPAN)


@pytest.mark.parametrize(
    ("lang", "parts", "words"),
    [
        ("en", ["Dreams ", cite(narrative=False)], "Dreams"),
        ("en", ["Dreams ", cite(narrative=False), ", again"], "Dreams, again"),
        ("en", ["As ", cite(narrative=True), " has it"], "As 沈括 (1088, 3) has it"),
        ("zh", ["夢", FootnoteRef("1", SPAN), "溪", Mark("n:a/zh", SPAN)], "夢溪"),
        ("zh", [Ruby("雒", "luò", SPAN), "陽"], "雒陽"),
        ("zh", ["第一章", LineBreak(SPAN), "夢溪"], "第一章　夢溪"),
        ("en", ["One", LineBreak(SPAN), "Dreams"], "One Dreams"),
    ],
)
def test_a_title_is_one_line_of_words(lang: Lang, parts: list[str | Inline], words: str) -> None:
    assert plain(heads.title(inlines(*parts), REFERENCES, lang)) == words


@pytest.mark.parametrize("name", ["facing", "columns"])
def test_a_running_head_that_fits_is_left_as_it_is(name: str) -> None:
    whole = inlines("夢溪筆談")
    assert heads.running(whole, "zh", layout(name)) is whole


@pytest.mark.parametrize(
    ("lang", "text", "cut"),
    [
        ("en", "The Long Way to the Spring: " + "a story of water and stone " * 5,
         "The Long Way to the Spring…"),
        ("en", "On the nature of the stones that lie in the water of the old spring at noon",
         "On the nature of the stones that lie…"),
        ("zh", "論山下之泉及其邊之石並水中之魚與遊人所取以煮茶者之來歷",
         "論山下之泉及其邊之石並水中之魚與遊人所……"),
        ("zh", "論泉、石、魚與茶：自先秦至唐宋間之文獻所見者共若干種及其流傳",
         "論泉、石、魚與茶……"),
    ],
)  # fmt: skip
def test_a_long_running_head_is_cut_at_a_pause_or_between_words(
    lang: Lang, text: str, cut: str
) -> None:
    narrow = layout("columns")
    assert plain(heads.running(inlines(text), lang, narrow)).startswith(cut[:6])
    got = plain(heads.running(inlines(text), lang, narrow))
    assert got.endswith("…")
    size = narrow.styles["head"].size
    assert widths.width(got, size) <= heads.room(narrow) + 1
    if "：" in text or ":" in text:
        assert got == cut
    assert got.rstrip("…").rpartition(" ")[2] not in {"the", "of", "in"}


@given(st.text("ab 夢溪，：.(—", min_size=1, max_size=120), st.sampled_from(["zh", "en"]))
def test_a_cut_head_fits_and_begins_as_the_title(text: str, lang: Lang) -> None:
    narrow = layout("columns")
    whole = (Emph((Text(text, SPAN),), SPAN),)
    got = plain(heads.running(whole, lang, narrow))
    assert text.startswith(got.rstrip("…")) or got == text
    wide = widths.width(got, narrow.styles["head"].size)
    assert wide <= max(1.05 * heads.room(narrow), 1)
