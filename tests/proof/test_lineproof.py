"""The proof of lines sees what a reader would, and nothing that the editor wrote himself."""

from __future__ import annotations

import pytest
from tex_samples import SPAN, Book, box, whole

from edition.layout.types import BookPlan
from edition.model import Kind, Lang, LineBreak
from edition.press.characters import Glyph
from edition.proof.lineproof import check
from edition.proof.lines import Figures, PrintedLine
from edition.proof.lines import figures as counted

PLAN = BookPlan(pages=(), numbers={}, first_page={})


def line(
    text: str,
    number: int = 2,
    lang: Lang = "zh",
    *,
    page: int = 0,
    key: str = "p",
    last: bool = False,
    y: float = 100.0,
    loose: float | None = 0.0,
) -> PrintedLine:
    """Glyphs of 10 points, one em each; a space is a gap."""
    glyphs = tuple(
        Glyph(one, 10.0 * at, y, 10.0, 10.0) for at, one in enumerate(text) if one != " "
    )
    return PrintedLine(key=key, page=page, number=number, lang=lang, glyphs=glyphs, size=10.0,
                       first=number == 1, last=last, loose=loose)  # fmt: skip


def facts(*lines: PrintedLine, written: str = "字字字", lang: Lang = "zh") -> list[str]:
    book = whole(Book.of(box("p", lang, written)))
    return [f"{one.code.id} {one.fact}" for one in check(lines, book, PLAN, lambda page: str(page))]


@pytest.mark.parametrize("mark", list("，。、；：？！．）》〉」』】〕”’·～–／") + list(",.;:?!)]%"))
def test_a_line_that_begins_with_a_closing_mark_is_found(mark: str) -> None:
    (fact,) = facts(line(f"{mark}字字"))
    assert fact.startswith("PRF014 page 0, line 2: ")
    assert fact.endswith(f"begins with {mark}")


@pytest.mark.parametrize("mark", list("（《〈「『【〔“‘／(["))
def test_a_line_that_ends_with_an_opening_mark_is_found(mark: str) -> None:
    (fact,) = facts(line(f"字字{mark}"))
    assert fact.endswith(f"ends with {mark}")


def test_the_ends_of_a_box_are_the_editors() -> None:
    assert facts(line("，字", 1), line("字（", 2, last=True)) == []


def test_what_the_editor_set_off_by_a_space_or_line_break_is_right() -> None:
    assert facts(line(".NET is", lang="en"), written="the tools of .NET is", lang="en") == []
    assert facts(line("’tis so", lang="en"), written="and ’tis so", lang="en") == []
    assert facts(line(".NET is", lang="en"), written="the tools of ASP.NET is", lang="en")
    verse = box("p", "zh", "甲，", LineBreak(SPAN), "）乙", kind=Kind.VERSE)
    assert not list(check([line("）乙")], whole(Book.of(verse)), PLAN, str))


def test_a_parted_dash_or_ellipsis_is_found() -> None:
    for mark in "—…⋯":
        (fact,) = facts(line(f"字{mark}", 2), line(f"{mark}字", 3))
        assert f"parts {mark} from {mark}" in fact
    assert facts(line("字…", 2), line("—字", 3)) == []


def test_a_dash_is_two_em() -> None:
    assert facts(line("字——字")) == []
    short = (Glyph("—", 0, 0, 10, 8.9), Glyph("—", 8.0, 0, 10, 8.9))
    one = PrintedLine(key="p", page=3, number=1, lang="zh", glyphs=short, size=10)
    assert facts(one) == ["PRF015 page 3: —— is 1.69 em long"]


def test_stretched_lines_are_counted_by_page() -> None:
    wide = [line("字字", loose=0.25), line("字字", loose=0.3), line("word", lang="en", loose=0.7)]
    found = facts(*wide, line("字字", page=1, loose=0.19))
    assert found == [
        "PRF016 3 lines are stretched: 2 of Chinese, up to 0.30 em; 1 of English, up to 0.70 em"
    ]


def test_figures_count_ladders_stubs_and_ends_of_columns() -> None:
    def english(*texts: str) -> list[PrintedLine]:
        return [line(text, number, "en", y=10.0 * number, last=number == len(texts), loose=0.3)
                for number, text in enumerate(texts, start=1)]  # fmt: skip

    def figures(lines: list[PrintedLine], text: str = "") -> Figures:
        return counted(lines, lambda key: text)

    ladder = figures(english("a long-", "long-", "long-", "longer", "end"))
    assert (ladder.ladders, ladder.stubs) == (1, 0)
    assert figures(english("long-", "long-", "longer")).ladders == 0
    assert figures(english("it is in-", "deed so")).stubs == 1
    assert figures(english("it is co-", "operative so"), "it is co-operative so").stubs == 0
    assert figures(english("most happi-", "ly so")).stubs == 1
    over = [*english("it was with-", "out end")]
    over[1] = line("out end", 2, "en", page=1, last=True)
    assert figures(over).ends == 1
    loose = figures([line("字", loose=0.11), line("字", loose=0.09), line("字", loose=None)])
    assert (loose.lines["zh"], loose.loose["zh"], loose.share("zh")) == (2, 1, 0.5)
