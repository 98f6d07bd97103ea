"""The grid on real XeLaTeX: lines are counted as they print, marks stand where they are said to,
and a paragraph cut at any line prints the same text."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tex_samples import CONFIG, GRID, SPAN, Book, box, inlines, layout, note, stack

from edition.diagnostics import as_text
from edition.engine.cache import Cache
from edition.engine.measure import measure
from edition.engine.typeset import typeset
from edition.layout.types import Box, Layout, Measures, Typeset
from edition.model import (
    LANGS,
    Cell,
    Emph,
    Inline,
    Kind,
    LineBreak,
    Mark,
    Ruby,
    Strong,
    Styled,
    Table,
)

pytestmark = pytest.mark.tex

ZH = ("城牆之內的技術，須由少數伙伴共同看守；看守的範圍愈小，所立的牆便愈高。"
      "「甲」、「乙」（丙）……——皆是如此。")  # fmt: skip
EN = ("Partners who keep a small set of techniques behind a wall must agree on the height of the "
      "wall; the smaller the yard, the easier the agreement. So it was in 1990–2000. ")  # fmt: skip


def spiced(lang: str) -> list[str | Inline]:
    """A paragraph with everything that could disturb a line."""
    text = ZH if lang == "zh" else EN
    return [
        text * 2, Mark("a", SPAN), text[:9], Mark("b", SPAN), Mark("c", SPAN),
        Emph(inlines("重點 stress"), SPAN), Strong(inlines("粗 bold"), SPAN),
        Ruby("雒", "luò", SPAN), Styled(inlines("史記 Shiji"), ("title",), (), SPAN),
        Styled(inlines("術語 term"), ("term",), (), SPAN), "，→ ǎ ½ § ①（Ångström）",
        Styled(inlines("Hou 2024, 118"), ("cite",), (("key", "hou"),), SPAN), text,
        Mark("d", SPAN), "。" if lang == "zh" else ".",
    ]  # fmt: skip


def run(tmp_path: Path, book: Book, shape: Layout, **options: object) -> tuple[Measures, Typeset]:
    measured = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert measured.diagnostics == (), as_text(measured.diagnostics)
    plan = stack(book, measured.value, shape, **options)  # type: ignore[arg-type]
    done = typeset(book, plan, measured.value, shape, CONFIG, tmp_path)
    assert done.diagnostics == (), as_text(done.diagnostics)
    assert done.value is not None
    return measured.value, done.value


def printed(result: Typeset) -> str:
    text = subprocess.run(
        ["pdftotext", "-raw", result.pdf, "-"], capture_output=True, check=True, text=True
    ).stdout
    return re.sub(r"\s", "", text)


STYLED = [
    ("zh", "zh", Kind.PARA), ("en", "en", Kind.PARA), ("heading", "zh", Kind.HEADING),
    ("heading", "en", Kind.HEADING), ("item", "zh", Kind.ITEM), ("item", "en", Kind.ITEM),
    ("quote", "zh", Kind.QUOTE), ("quote", "en", Kind.QUOTE), ("verse", "zh", Kind.VERSE),
    ("center", "zh", Kind.PARA), ("right", "en", Kind.PARA), ("note-zh", "zh", Kind.PARA),
]  # fmt: skip


@pytest.mark.parametrize("width", [350.0, 165.0])
def test_every_style_keeps_the_grid(tmp_path: Path, width: float) -> None:
    shape = layout(width=width)
    notes = [note(f"n:{one}/{lang}", lang, f"{one}: {ZH}", width=width)
             for one in "abcd" for lang in ("zh", "en")]  # type: ignore[arg-type]  # fmt: skip
    book = Book.of(
        *(box(f"{style}-{lang}", lang, *spiced(lang), style=style, kind=kind, width=width)  # type: ignore[arg-type]
          for style, lang, kind in STYLED),
        *notes,
    )  # fmt: skip
    measures, result = run(tmp_path, book, shape)
    assert result.cut_errors == ()
    for slice_ in result.slices:
        leading = shape.styles[book.boxes[slice_.slice.key].style].leading
        lines = slice_.slice.last - slice_.slice.first
        assert slice_.bottom - slice_.top == pytest.approx(lines * leading, abs=0.01)
    assert {measure.faults for measure in measures.values()} == {()}


def test_marks_are_on_the_lines_that_the_measure_tells(tmp_path: Path) -> None:
    shape = layout(width=300)
    keys = ("p/zh", "p/en")
    parts = {
        lang: [part for n in range(24)
               for part in (text[: 5 + n % 7], Mark(f"m{n}", SPAN))]
        for lang, text in (("zh", ZH), ("en", " It is so"))
    }  # fmt: skip
    book = Book.of(*(box(key, key[-2:], *parts[key[-2:]], width=300) for key in keys))  # type: ignore[arg-type]
    measures, result = run(tmp_path, book, shape)
    tops = {one.slice.key: one.top for one in result.slices}
    for key in keys:
        style = shape.styles[key[-2:]]
        assert [mark.note for mark in measures[key].marks] == [f"m{n}" for n in range(24)]
        told = {mark.note: mark.line for mark in measures[key].marks}
        assert len(set(told.values())) < 24, "several marks on one line"
        for point in result.points:
            noted, lang = point.name.removeprefix("n:").split("/")
            if lang == key[-2:]:
                line = (point.y - tops[key] - style.first) / style.leading + 1
                assert line == pytest.approx(told[noted], abs=0.01)
    # a mark never begins a line
    assert min(point.x for point in result.points) > 62 + 5


@pytest.mark.parametrize(("style", "lang"), [("zh", "zh"), ("en", "en"), ("note-en", "en")])
def test_a_paragraph_cut_at_every_line_prints_the_same(
    tmp_path: Path, style: str, lang: str
) -> None:
    shape = layout(width=240)
    book = Book.of(box("0", lang, *spiced(lang), style=style, width=240))  # type: ignore[arg-type]
    measures, whole = run(tmp_path / "whole", book, shape, heads=False)
    count = measures["0"].lines
    assert count > 8
    copies = {str(n): replace(book.boxes["0"], key=str(n)) for n in range(1, count)}
    lines = {key: int(key) for key in copies}
    _, cut = run(tmp_path / "cut", Book(copies), shape, lines=lines, heads=False)
    assert cut.cut_errors == ()
    assert printed(cut) == printed(whole) * (count - 1)
    assert len(cut.slices) == sum(-(-count // n) for n in range(1, count))


def test_sentences_are_counted_alike_on_both_sides(tmp_path: Path) -> None:
    book = Book.of(box("z", "zh", "第一句。第二句！「第三句？」第四句。" * 6),
                   box("e", "en", "One, e.g. J. Doe. Two! “Three?” Four. " * 6))  # fmt: skip
    measures, _ = run(tmp_path, book, layout())
    assert measures["z"].sentence_ends[-1] == (measures["z"].lines, 24)
    assert measures["e"].sentence_ends[-1] == (measures["e"].lines, 24)


def test_renumbering_moves_nothing(tmp_path: Path) -> None:
    shape = layout(width=240)
    text = box("p", "zh", *spiced("zh"), width=240)
    notes = [note(f"n:{one}/zh", "zh", ZH) for one in "abcd"]
    book = Book.of(text, *notes)
    cache = Cache(tmp_path / "cache")
    measures = measure(book.boxes, shape, CONFIG, tmp_path, cache).value
    plan = stack(book, measures, shape)
    found = []
    for number in ("①", "㊿", "〔一二三四〕", ""):
        plan = replace(plan, numbers=dict.fromkeys(plan.numbers, number))
        done = typeset(book, plan, measures, shape, CONFIG, tmp_path)
        assert done.diagnostics == ()
        assert done.value is not None
        found.append((done.value.points, done.value.slices))
    assert found.count(found[0]) == 4


def _table(header: list[str], *rows: list[str]) -> Table:
    def cells(texts: list[str]) -> tuple[Cell, ...]:
        return tuple(Cell(inlines(text), "left", SPAN) for text in texts)

    return Table(cells(header), tuple(cells(row) for row in rows))


def _tabular(key: str, table: Table, width: float) -> Box:
    made = box(key, "en", "A caption.", style="table", kind=Kind.TABLE, width=width)
    assert made.segment is not None
    return replace(made, segment=replace(made.segment, table=table))


def test_tables_fit_their_measure_or_are_reported(tmp_path: Path) -> None:
    small = _table(["企業", "國家"], ["甲公司 (Alpha)", "丙"], ["乙公司", "丁"])
    wrapping = _table(["Company", "Country", "Remark"], ["Alpha", "Utopia", EN], ["Beta", "X", "-"])
    wide = _table(["a" * 30, "b" * 30], ["Donaudampfschifffahrtsgesellschaft" * 2, "y" * 40])
    book = Book.of(_tabular("small", small, 300), _tabular("wrapping", wrapping, 300))
    measures, result = run(tmp_path, book, layout(width=300))
    assert measures["wrapping"].lines > measures["small"].lines
    assert all(one.bottom - one.top == pytest.approx(measures[one.slice.key].lines * 2 * GRID)
               for one in result.slices)  # fmt: skip
    book = Book.of(_tabular("wide", wide, 300), _tabular("small", small, 300))
    found = measure(book.boxes, layout(width=300), CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert [one.code.id for one in found.diagnostics] == ["TAB001", "TAB002"]
    assert {one.segment for one in found.diagnostics} == {"wide"}
    assert found.value.keys() == {"wide", "small"}


def test_a_row_higher_than_a_page_is_reported_and_a_long_table_is_not(tmp_path: Path) -> None:
    long = _tabular("long", _table(["a", "b"], *[["x", "y"]] * 50), 300)
    high = _tabular("high", _table(["a", "b"], ["x", "y"], ["x", EN * 24]), 120)
    book = Book.of(long, high)
    found = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert [(one.code.id, one.segment) for one in found.diagnostics] == [("TEX010", "high")]
    assert "row 2" in found.diagnostics[0].fact
    assert found.value["long"].rows == (1,) * 50
    assert (found.value["long"].caption, found.value["long"].head) == (1, 1)


def test_long_heads_stay_on_the_page_and_blank_pages_are_blank(tmp_path: Path) -> None:
    shape, book = layout(), Book.of(box("a", "en", "A text."))
    cache = Cache(tmp_path / "cache")
    measures = measure(book.boxes, shape, CONFIG, tmp_path, cache).value
    page = stack(book, measures, shape).pages[0]
    blank = replace(page, index=1, label="", side="none", body=(), head_left=(), head_right=())
    long = replace(page, index=2, label="3", body=(), head_right=inlines("A long head " * 20))
    plan = replace(stack(book, measures, shape), pages=(page, blank, long))
    done = typeset(book, plan, measures, shape, CONFIG, tmp_path)
    assert done.value is not None
    texts = [
        subprocess.run(["pdftotext", "-f", str(n), "-l", str(n), done.value.pdf, "-"],
                       capture_output=True, check=True, text=True).stdout.split()
        for n in (1, 2, 3)
    ]  # fmt: skip
    assert "text." in texts[0]
    assert texts[1] == []
    assert "".join(texts[2]).count("head") == 20
    # assembly cuts such a head; were one to reach TeX, it would be told
    assert [one.code.id for one in done.diagnostics] == ["TEX007"]


def test_verse_keeps_its_lines_and_contents_their_pages(tmp_path: Path) -> None:
    verse = box("v", "zh", "一行在此，", LineBreak(SPAN), "又一行。", LineBreak(SPAN), "末行。",
                style="verse", kind=Kind.VERSE)  # fmt: skip
    entry = box("t", "zh", "第一章　引言", style="toc", target="v")
    measures, result = run(tmp_path, Book.of(entry, verse), layout())
    assert (measures["v"].lines, measures["t"].lines) == (3, 1)
    assert [(one.kind, one.name, one.width) for one in result.points] == [("toc", "v", 350.0)]
    assert re.search(r"引言[. ]+1", subprocess.run(
        ["pdftotext", "-layout", result.pdf, "-"], capture_output=True, check=True, text=True
    ).stdout)  # fmt: skip


def test_citations_have_their_place_and_width(tmp_path: Path) -> None:
    cite = Styled(inlines("Hou and others 2024a, 118–120"), ("cite",), (("key", "hou"),), SPAN)
    book = Book.of(box("e", "en", EN[:60], cite, EN[:40], cite, EN, cite, ".", width=200))
    _, result = run(tmp_path, book, layout(width=200))
    cites = [one for one in result.points if one.kind == "cite"]
    assert len(cites) > 3, "one at least is broken over two lines"
    left = result.slices[0].x
    assert all(one.name == "hou" for one in cites)
    assert all(left - 0.1 <= one.x and one.x + one.width <= left + 200.1 for one in cites)
    assert all(one.width > 5 for one in cites)


def test_pictures_fit_and_finished_pages_are_included(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (900, 300), 128).save(tmp_path / "wide.png", dpi=(72, 72))
    base = box("f", "en", "A rectangle.", style="table", kind=Kind.FIGURE)
    assert base.segment is not None
    figure = replace(base, segment=replace(base.segment, figure="wide.png"))
    book = Book.of(figure)
    shape, cache = layout(), Cache(tmp_path / "cache")
    measured = measure(book.boxes, shape, CONFIG, tmp_path, cache, root=tmp_path)
    assert measured.diagnostics == ()
    # 350 pt wide, a third as high, and its caption
    assert 8 <= measured.value["f"].lines <= 12
    plan = stack(book, measured.value, shape)
    done = typeset(book, plan, measured.value, shape, CONFIG, tmp_path, root=tmp_path)
    assert done.diagnostics == ()
    assert done.value is not None


def test_addresses_fit_a_narrow_measure(tmp_path: Path) -> None:
    addresses = (
        "https://share.example.org/Shared%20Documents/Standards%20Activities/2020/USSS-Edition.pdf",
        "https://example.com/article/openai-oracle-be261f8a8ee07a0623d4170397348c41.",
        "https://www.example.org/semiconductorindustrydownstreamsectorleaders/",
    )
    boxes = [
        note(f"{number}-{width}-{lang}", lang, f"某機構, <{address}>. (2024年1月11日訪問)",
             width=width)
        for number, address in enumerate(addresses)
        for width in (120.0, 138.0, 161.0)
        for lang in LANGS
    ]  # fmt: skip
    found = measure(Book.of(*boxes).boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "c"))
    assert found.diagnostics == ()


def test_the_place_of_a_missing_picture_is_kept(tmp_path: Path) -> None:
    base = box("f", "zh", "平面圖。", style="table", kind=Kind.FIGURE)
    book = Book.of(replace(base, label="〔圖缺〕"))
    shape = layout()
    measured = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "c"), root=tmp_path)
    assert measured.diagnostics == ()
    plan = stack(book, measured.value, shape)
    done = typeset(book, plan, measured.value, shape, CONFIG, tmp_path, root=tmp_path)
    assert done.value is not None
    text = printed(done.value)
    assert "〔圖缺〕" in text
    assert "平面圖。" in text


@pytest.mark.parametrize("path", ["../out.png", "missing.png", "text.txt", "/etc/passwd"])
def test_a_picture_that_cannot_be_printed_is_reported(tmp_path: Path, path: str) -> None:
    (tmp_path / "text.txt").write_text("x")
    base = box("f", "en", "A caption.", style="table", kind=Kind.FIGURE)
    assert base.segment is not None
    book = Book.of(replace(base, segment=replace(base.segment, figure=path)))
    found = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "c"), root=tmp_path)
    assert [one.code.id for one in found.diagnostics] == ["TEX006"]
    assert found.diagnostics[0].segment == "f"


@pytest.mark.parametrize("numbering", ["circled", "bracketed", "rounded", "letter", "arabic"])
def test_a_mark_in_the_first_line_leaves_every_box_as_it_was_measured(
    tmp_path: Path, numbering: str
) -> None:
    """However low the first baseline is for the size: a raised number has no height."""
    shape = layout()
    styles = {
        f"s{size:g}": replace(shape.styles["zh"], name=f"s{size:g}", size=size, leading=21, first=f)
        for size, f in ((10.5, 10.5), (12, 11), (12.5, 11), (14, 13))
    }
    shape = replace(shape, styles={**shape.styles, **styles})
    book = Book.of(
        *(
            box(f"{name}{lang}", lang, ZH[:1], Mark("a", SPAN), ZH, EN, style=name)
            for name in styles
            for lang in LANGS
        ),
        note("a", "zh", "注", numbering=numbering),
    )
    run(tmp_path, book, shape, lines=2)


def test_a_line_beside_an_address_is_loose_rather_than_too_long(tmp_path: Path) -> None:
    code = Styled(inlines("spring_stone()"), ("code",), (), SPAN)
    link = Styled(inlines("https://example.org/" + "stone/" * 6), ("link",), (), SPAN)
    book = Book.of(*(
        box(f"c{n}", "en", "Water is so, its weight is three, its name ", code,
            ": see the record and ", link, ".", width=float(n))
        for n in range(200, 300, 4)
    ))  # fmt: skip
    run(tmp_path, book, layout())
