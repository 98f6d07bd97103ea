"""The proof of lines sees what a reader would, and nothing that the editor wrote himself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tex_samples import SPAN, Book, box, whole

from edition.layout.types import BookPlan
from edition.model import Kind, Lang, LineBreak
from edition.proof import expected, lineproof, page
from edition.proof.lineproof import ends, stretched
from edition.proof.lines import PrintedLine
from edition.proof.types import BoxFacts, Counts, Figures, ReadSlice

PLAN = BookPlan(pages=(), numbers={}, first_page={})


def line(
    text: str,
    number: int = 2,
    lang: Lang = "zh",
    *,
    last: bool = False,
    y: float = 100.0,
    loose: float | None = 0.0,
) -> PrintedLine:
    """Pieces of 10 points, one em each; a space is a gap."""
    pieces = tuple((one, 10.0 * at, 10.0 * at + 10) for at, one in enumerate(text) if one != " ")
    return PrintedLine(number=number, lang=lang, pieces=pieces, y=y, size=10.0,
                       text="".join(text.split()), first=number == 1, last=last,
                       loose=loose)  # fmt: skip


def facts(*lines: PrintedLine, written: str = "字字字") -> list[str]:
    read = lineproof.read(lines)
    return [f"line {read[one.at].number}: {one.fact}" for one in ends(read, written)]


@pytest.mark.parametrize("mark", list("，。、；：？！．）》〉」』】〕”’·～–／") + list(",.;:?!)]%"))
def test_a_line_that_begins_with_a_closing_mark_is_found(mark: str) -> None:
    (fact,) = facts(line(f"{mark}字字"))
    assert fact.startswith("line 2: ")
    assert fact.endswith(f"begins with {mark}")


@pytest.mark.parametrize("mark", list("（《〈「『【〔“‘／(["))
def test_a_line_that_ends_with_an_opening_mark_is_found(mark: str) -> None:
    (fact,) = facts(line(f"字字{mark}"))
    assert fact.endswith(f"ends with {mark}")


def test_the_ends_of_a_box_are_the_editors() -> None:
    assert facts(line("，字", 1), line("字（", 2, last=True)) == []


def test_what_the_editor_set_off_by_a_space_or_line_break_is_right() -> None:
    assert facts(line(".NET is", lang="en"), written="the tools of .NET is") == []
    assert facts(line("’tis so", lang="en"), written="and ’tis so") == []
    assert facts(line(".NET is", lang="en"), written="the tools of ASP.NET is")
    verse = box("p", "zh", "甲，", LineBreak(SPAN), "）乙", kind=Kind.VERSE)
    assert facts(line("）乙"), written=expected.written(verse, whole(Book.of(verse)), PLAN)) == []


def test_a_short_chinese_name_that_is_parted_in_english_is_found() -> None:
    def parted(*lines: PrintedLine, written: str) -> list[str]:
        return [one.fact for one in ends(lineproof.read(lines), written, "en")]

    two = line("as Li 李", 2, "en"), line("征 said", 3, "en")
    assert parted(*two, written="as Li 李征 said") == ["“…asLi李” parts 李 from 征"]
    assert parted(*two, written="as Li 李 征 said") == []
    assert parted(line("a 文心雕", 2, "en"), line("龍 b", 3, "en"), written="a 文心雕龍 b") == []
    assert facts(line("字李", 2), line("征字", 3), written="字李征字") == []


def test_a_parted_dash_or_ellipsis_is_found() -> None:
    for mark in "—…⋯":
        (fact,) = facts(line(f"字{mark}", 2), line(f"{mark}字", 3))
        assert f"parts {mark} from {mark}" in fact
    assert facts(line("字…", 2), line("—字", 3)) == []


def test_a_dash_is_two_em() -> None:
    assert lineproof.bad_dash([line("字——字")]) == 0.0
    short = (("—", 0.0, 8.9), ("—", 8.0, 16.9))
    length = lineproof.bad_dash([replace(line("——"), pieces=short)])
    box = BoxFacts("——", "", "", "zh", ordered=True, leaders=False)
    (told,) = page.of_box(
        box, [ReadSlice("—", (), 0.0), ReadSlice("—", (), length), ReadSlice("", (), length)]
    )
    assert (told[0], told[1].code, told[1].fact) == (1, "PRF015", "—— is 1.69 em long")


def test_stretched_lines_are_counted_by_page() -> None:
    wide = [line("字字", loose=0.25), line("字字", loose=0.3), line("word", lang="en", loose=0.7)]
    assert stretched([*wide, line("字字", loose=0.19)]) == (
        "3 lines are stretched: 2 of Chinese, up to 0.30 em; 1 of English, up to 0.70 em",
        "the widest begins “字字…”",
    )
    assert stretched([line("字字", loose=0.19)]) is None


def test_figures_count_ladders_stubs_and_ends_of_columns() -> None:
    def english(*texts: str) -> list[PrintedLine]:
        return [line(text, number, "en", y=10.0 * number, last=number == len(texts), loose=0.3)
                for number, text in enumerate(texts, start=1)]  # fmt: skip

    def counted(lines: list[PrintedLine], text: str = "") -> Counts:
        return lineproof.divisions(lineproof.read(lines), text)

    ladder = counted(english("a long-", "long-", "long-", "longer", "end"))
    assert (ladder.ladders, ladder.stubs) == (1, 0)
    assert counted(english("long-", "long-", "longer")).ladders == 0
    assert counted(english("it is in-", "deed so")).stubs == 1
    assert counted(english("it is co-", "operative so"), "it is co-operative so").stubs == 0
    assert counted(english("most happi-", "ly so")).stubs == 1
    over = english("it was with-", "out end")
    assert lineproof.column_ends(over[:1]).ends == 1
    assert lineproof.column_ends(over).ends == 0
    filled = lineproof.filled(
        [line("字", loose=0.11), line("字", loose=0.09), line("字", loose=None)]
    )
    figures = Figures.of(filled.plus(ladder))
    assert (figures.lines["zh"], figures.loose["zh"], figures.share("zh")) == (2, 1, 0.5)
    assert figures.ladders == 1
