"""Layout files, fitting the languages to each other, citations, and what is printed."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from tex_samples import CONFIG, SPAN, inlines

from edition.anchors import attach
from edition.config import Bilingual, Config, load
from edition.layout import fit, settings, spec, widths
from edition.layout.assemble import assemble
from edition.layout.boxes import place
from edition.layout.citations import format_cites
from edition.layout.types import Division, Layout, Style
from edition.model import (
    Cite,
    CiteItem,
    Edition,
    Kind,
    Lang,
    Mark,
    Pair,
    Presence,
    Reference,
    References,
    Segment,
    Styled,
    Text,
    plain,
)
from edition.readers import read_edition

ROOT = Path(__file__).resolve().parents[2]


def shipped(name: str) -> Layout:
    found = spec.load(replace(CONFIG, layout=name), ROOT)  # type: ignore[arg-type]
    assert found.value is not None
    assert not found.diagnostics
    return found.value


def custom(folder: Path, *, replacing: str = "", by: str = "", text: str = "") -> list[str]:
    """Codes and facts of a layout of the workspace, made from the shipped one."""
    text = text or (ROOT / "templates" / "facing.toml").read_text("utf-8")
    assert replacing in text
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "facing.toml").write_text(text.replace(replacing, by, 1), "utf-8")
    found = spec.load(CONFIG, folder).diagnostics
    return [f"{one.place} {one.code.id} {one.fact}" for one in found]


# --- layout files ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["facing", "columns"])
def test_the_shipped_layouts_fit_their_paper(name: str) -> None:
    geometry = shipped(name).geometry
    assert geometry.text_width < geometry.paper_width
    assert geometry.top + geometry.lines * geometry.grid < geometry.paper_height
    if name == "columns":
        both = geometry.zh_width + geometry.gutter + geometry.en_width
        assert both == pytest.approx(geometry.text_width)
    else:
        assert geometry.zh_width == geometry.en_width == geometry.text_width


def test_the_paper_of_the_edition_is_used() -> None:
    wide = spec.load(replace(CONFIG, paper="210x297"), ROOT).value
    assert wide is not None
    assert wide.geometry.paper_width == pytest.approx(210 * 72.27 / 25.4)


def test_an_unknown_layout_is_LAY001(tmp_path: Path) -> None:
    [one] = spec.load(replace(CONFIG, layout="spread"), tmp_path).diagnostics  # type: ignore[arg-type]
    assert one.code.id == "LAY001"
    assert "columns, facing" in one.hint


def test_a_layout_that_is_no_toml_is_LAY002(tmp_path: Path) -> None:
    [one] = custom(tmp_path, text="[page\ngrid = 1")
    assert "LAY002" in one
    (tmp_path / "templates" / "facing.toml").write_bytes(b"\xff\xfe")
    assert [one.code.id for one in spec.load(CONFIG, tmp_path).diagnostics] == ["LAY002"]


@pytest.mark.parametrize(
    ("replacing", "by", "fact"),
    [
        ("leading = 14,", "leading = 13,", "no multiple of the grid"),
        ('inner = "20 mm"', 'inner = "20 em"', "no length"),
        ('inner = "20 mm"', 'inner = "120 mm"', "margins leave"),
        ("note_gap = 8", "notegap = 8", "unknown key notegap"),
        ('like = "para-zh"', 'like = "item-zh"', "is like 'item-zh'"),
        ("size = 11.5", 'size = "big"', "para-zh: size = 'big' is no number from 1 to 400"),
        ("indent = 2 }", "indend = 2 }", "para-zh: unknown key indend"),
        ('layout = "facing"', 'layout = "spread"', "layout = 'spread'"),
        ("zh = [[10.5, 17.5]", "zh = [[10.5]", "[fit] takes"),
        ("zh = [[10.5, 17.5]", "zh = [[10.5, 17.3]", "[fit] zh 10.5, 17.3, is no multiple"),
        ("[fit]\nzh =", "[fit]\nzj =", "fit: unknown key zj"),
        ("[page]", "colour = 3\n[page]", "unknown key colour"),
        ("note_gap = 8", 'note_gap = "x"', "is no number from 0 to 200"),
        ("row_gap = 0", "row_gap = 1.5", "is no whole number"),
        ("stretch = 4", "stretch = true", "is no whole number"),
        ("grid = 1.75", "grid = nan", "is no length"),
        ('top = "23 mm"', "top = inf", "is no length"),
        ("leading = 19.25, first", "leading = inf, first", "is no number"),
        # nothing but one of the words reaches TeX
        ('align = "center"', 'align = "center}\\\\input{/etc/passwd"', "is none of justify"),
        ('weight = "bold"', 'weight = "blod"', "is none of regular, bold"),
        (
            "para-zh = {",
            "para-xx = { size = 9, leading = 14 }\npara-zh = {",
            "in the style para-xx",
        ),
    ],
)
def test_an_impossible_value_is_LAY003(tmp_path: Path, replacing: str, by: str, fact: str) -> None:
    found = custom(tmp_path, replacing=replacing, by=by)
    assert any("LAY003" in one and fact in one for one in found), found
    assert all(one.startswith("templates/facing.toml:") for one in found)


def test_a_missing_style_is_LAY004(tmp_path: Path) -> None:
    found = custom(tmp_path, replacing="imprint-en = ", by="imprunt-en = ")
    assert found == [
        "templates/facing.toml:88:1 LAY003 nothing is set in the style imprunt-en",
        "templates/facing.toml:1:1 LAY004 style imprint-en is missing",
    ]


def test_what_is_wrong_in_a_style_is_told_once(tmp_path: Path) -> None:
    [one] = custom(tmp_path, replacing="para-zh = { size = 11.5", by="para-zh = { size = 0")
    assert one == "templates/facing.toml:23:1 LAY003 para-zh: size = 0 is no number from 1 to 400"


def test_styles_have_the_settings_of_the_table() -> None:
    assert set(settings.STYLE) == {one.name for one in fields(Style)} - {"name", "lang"}


# --- fitting ------------------------------------------------------------------------------------


def _edition(zh: int, en: int) -> Edition:
    def segment(lang: Lang, text: str) -> Segment:
        return Segment(id="p", given=True, lang=lang, kind=Kind.PARA, inlines=inlines(text),
                       span=SPAN)  # fmt: skip

    one = Pair("p", "s", (segment("zh", "文" * zh),), (segment("en", "word " * (en // 5)),))
    return Edition(sections=(), pairs=(one,) * 5, notes=())


def test_more_chinese_gets_the_wider_column() -> None:
    short = fit.fit(shipped("columns"), _edition(100, 600), (0.3, 0.7)).geometry
    long = fit.fit(shipped("columns"), _edition(300, 600), (0.3, 0.7)).geometry
    assert short.zh_width < long.zh_width
    for geometry in (short, long):
        share = geometry.zh_width / (geometry.text_width - geometry.gutter)
        assert 0.299 < share < 0.701
        assert geometry.zh_width + geometry.en_width + geometry.gutter == pytest.approx(
            geometry.text_width, abs=0.01
        )


def test_a_side_without_text_gets_the_narrowest_column() -> None:
    geometry = fit.fit(shipped("columns"), _edition(300, 0), (0.3, 0.7)).geometry
    share = geometry.zh_width / (geometry.text_width - geometry.gutter)
    assert share == pytest.approx(0.7, abs=0.02)


def test_less_chinese_is_set_larger_where_pages_face_each_other() -> None:
    layout = shipped("facing")
    small = fit.fit(layout, _edition(300, 500), (0.3, 0.7)).styles["para-zh"]
    large = fit.fit(layout, _edition(150, 900), (0.3, 0.7)).styles["para-zh"]
    assert small.size < large.size
    assert {(small.size, small.leading), (large.size, large.leading)} <= set(layout.fit.zh)


def test_widths_are_near_what_fonts_have() -> None:
    assert widths.width("中文", 10) == 20
    assert 40 < widths.width("The quick fox", 7) < 60
    assert widths.lines("文" * 41, 10, 200) == 3
    assert widths.lines("", 10, 200) == 0


# --- citations ----------------------------------------------------------------------------------

HOU = Reference(key="hou2024a", authors="侯冠華", year="2024a", number="3", lang="zh")
HART = Reference(key="hart", authors="Hart 和 Kim", authors_en="Hart and Kim", year="2002",
                 number="9")  # fmt: skip
LIST = References(style="gb7714-2015", entries={"hou2024a": HOU, "hart": HART},
                  aliases={"hou2024b": "hou2024a"})  # fmt: skip


def item(key: str, locator: str = "", *, prefix: str = "", bare: bool = False) -> CiteItem:
    return CiteItem(key, locator, prefix, bare, SPAN)


def cited(*items: CiteItem, lang: Lang, narrative: bool = False, style: str = "") -> str:
    references = replace(LIST, style=style or LIST.style)
    return plain(format_cites((Cite(items, narrative, SPAN),), references, lang))


def test_citations_by_author_and_year() -> None:
    assert cited(item("hou2024a", "118"), lang="zh") == "（侯冠華，2024a：118）"
    assert cited(item("hou2024a", "118"), lang="en") == "(侯冠華 2024a, 118)"
    assert cited(item("hart", "1-12"), lang="en") == "(Hart and Kim 2002, 1–12)"
    both = cited(item("hart"), item("hou2024a"), lang="zh")
    assert both == "（Hart 和 Kim，2002；侯冠華，2024a）"
    assert cited(item("hart", "5", bare=True), lang="zh") == "（2002：5）"
    assert cited(item("hart", "5", prefix="see"), lang="en") == "(see Hart and Kim 2002, 5)"
    assert cited(item("hart", "5"), lang="en", narrative=True) == "Hart and Kim (2002, 5)"
    assert cited(item("hou2024a"), lang="zh", narrative=True) == "侯冠華（2024a）"


def test_citations_by_number() -> None:
    style = "gb7714-2015-numeric"
    assert cited(item("hou2024a", "118"), lang="zh", style=style) == "[3]118"
    assert cited(item("hart"), item("hou2024a"), lang="zh", style=style) == "[3, 9]"
    assert cited(item("hart"), item("hou2024a", "1"), lang="zh", style=style) == "[9][3]1"
    assert cited(item("hou2024b"), item("hou2024a"), lang="zh", style=style) == "[3]"


def test_numerals_of_citations_are_raised_and_stand_at_their_word() -> None:
    references = replace(LIST, style="gb7714-2015-numeric")
    cite = Cite((item("hou2024a", "118"),), False, SPAN)
    said = Text("a view ", SPAN)
    word, link = format_cites((said, cite), references, "en")
    assert (plain((word,)), plain((link,))) == ("a view", "[3]118")
    assert isinstance(link, Styled)
    (raised,) = link.children
    assert isinstance(raised, Styled)
    assert (link.classes, raised.classes) == (("cite",), ("raised",))
    narrative = format_cites((said, replace(cite, narrative=True)), references, "zh")
    assert [plain((one,)) for one in narrative] == ["a view ", "侯冠華", "[3]118"]


def test_the_year_of_an_english_sentence_may_be_its_own() -> None:
    undated = replace(
        LIST.entries["hou2024a"], year="無日期", year_en="n.d.", authors_en="Hou Guanhua"
    )
    references = replace(LIST, entries={**LIST.entries, "hou2024a": undated})
    cite = Cite((item("hou2024a", "118"),), False, SPAN)
    assert plain(format_cites((cite,), references, "zh")) == "（侯冠華，無日期：118）"
    assert plain(format_cites((cite,), references, "en")) == "(Hou Guanhua n.d., 118)"


@pytest.mark.parametrize(("numbers", "printed"), [
    ((1, 2), "[1-2]"), ((3, 1, 2), "[1-3]"), ((1, 2, 4, 7, 6, 5), "[1-2, 4-7]"), ((5, 2), "[2, 5]"),
])  # fmt: skip
def test_works_that_follow_each_other_are_cited_as_a_range(
    numbers: tuple[int, ...], printed: str
) -> None:
    one = LIST.entries["hart"]
    entries = {f"k{n}": replace(one, key=f"k{n}", number=str(n)) for n in numbers}
    references = References(style="gb7714-2015-numeric", entries=entries)
    cite = Cite(tuple(item(f"k{n}") for n in numbers), False, SPAN)
    assert plain(format_cites((cite,), references, "zh")) == printed


def test_a_merged_entry_is_cited_as_the_one_it_went_into() -> None:
    assert cited(item("hou2024b", "132"), lang="zh") == "（侯冠華，2024a：132）"
    [_, link, _] = format_cites((Cite((item("hou2024b"),), False, SPAN),), LIST, "zh")
    assert isinstance(link, Styled)
    assert dict(link.attrs)["key"] == "hou2024a"


def test_an_unknown_work_is_printed_as_its_key() -> None:
    assert cited(item("nobody"), lang="en") == "([nobody])"
    assert cited(item("nobody"), lang="en", narrative=True) == "[nobody]"


# --- assembly -----------------------------------------------------------------------------------


def _prepared(workspace: Path) -> tuple[Edition, Config]:
    config = load(workspace).value
    assert config is not None
    return attach(read_edition(workspace, config).value).value, config


NONE = References(style="gb7714-2015", entries={})


def test_a_book_has_its_divisions_in_order(workspace: Path) -> None:
    edition, config = _prepared(workspace)
    rules = (Bilingual(zh="一例。", en="A rule."),)
    base = Bilingual(zh="底本一種。", en="One base text.")
    config = replace(config, rules=rules, base_text=base)
    book = assemble(edition, config, shipped("facing"), LIST)
    assert [flow.division for flow in book.flows] == [
        Division.TITLE, Division.CONTENTS, Division.BASE, Division.BODY, Division.GLOSSARY,
        Division.REFERENCES]  # fmt: skip
    around = book.flows[2].rows
    assert [row.id for row in around] == ["base/heading", "base/0", "rules/heading", "rules/0"], (
        "on the same pages"
    )
    assert [row.id for row in book.flows[-1].rows] == [
        "references/heading", "references/hou2024a", "references/hart"]  # fmt: skip
    targets = [box.target for box in book.boxes.values() if box.target]
    assert targets == ["base/heading/zh", "base/heading/en", "rules/heading/zh",
                       "rules/heading/en", "i/zh", "i/en",
                       "glossary/heading/zh", "glossary/heading/en",
                       "references/heading/zh", "references/heading/zh"]  # fmt: skip


def test_notes_are_marked_in_both_languages_and_ranked_by_layer(workspace: Path) -> None:
    edition, config = _prepared(workspace)
    book = assemble(edition, config, shipped("facing"), NONE)
    for lang in ("zh", "en"):
        marks = [one.note for one in book.boxes[f"i.2/{lang}"].inlines if isinstance(one, Mark)]
        assert marks == [f"n:hedge/{lang}", f"n:tags/{lang}"]
        assert book.layers[f"n:tags/{lang}"] < book.layers[f"n:hedge/{lang}"]
    assert book.boxes["n:tags/zh"].numbering == "bracketed"


@pytest.mark.parametrize(
    ("text", "lemma", "before"),
    [
        ("called “soft power”, as he says", "soft power", "called “soft power”,"),
        ("to thirty-four per cent. Then", "per cent", "per cent."),
        ("he said: “no walls.” Then", "no walls", "“no walls.”"),
        ("according to Rodrik’s view", "Rodrik", "Rodrik"),
        ("the host aaas.org is", "aaas", "aaas"),
        ("3.5 per cent, or 3,500", "3", "3"),
        ("Union (ITU), which", "Union", "Union"),
    ],
)
def test_marks_stand_after_the_punctuation_of_english(text: str, lemma: str, before: str) -> None:
    end = text.index(lemma) + len(lemma)
    assert text[: place(text, end, "en")].endswith(before)
    assert place("“軟實力”，", 4, "zh") == 4


def test_a_side_without_text_says_so_in_the_script_of_the_book(workspace: Path) -> None:
    edition, config = _prepared(workspace)
    pair = edition.pairs[1]
    gone = replace(pair.en[0], presence=Presence.UNTRANSLATED, inlines=())
    left = replace(pair.zh[0], presence=Presence.OMITTED, inlines=())
    edition = replace(edition, pairs=(replace(pair, zh=(left,), en=(gone,)),), notes=(), anchors=())
    book = assemble(edition, replace(config, script="hans"), shipped("facing"), NONE)
    assert plain(book.boxes["i.1/en"].inlines) == "[Not translated]"
    assert plain(book.boxes["i.1/zh"].inlines) == "〔从略〕"


def test_a_wide_table_crosses_both_columns(workspace: Path) -> None:
    text = workspace / "source" / "text"
    for lang, cell in (("zh", "長" * 40), ("en", "long " * 40)):
        path = text / f"01-garden.{lang}.md"
        rows = f"\n| a | b |\n| --- | --- |\n| 1 | {cell} |\n: t {{#t1}}\n"
        rows += "\n| a | b |\n| --- | --- |\n| 1 | 2 |\n: t {#t2}\n"
        path.write_text(path.read_text("utf-8") + rows, "utf-8")
    edition, config = _prepared(workspace)
    book = assemble(edition, config, shipped("columns"), NONE)
    rows_by_id = {row.id: row for flow in book.flows for row in flow.rows}
    assert rows_by_id["t1"].full
    assert book.boxes["t1/zh"].width == shipped("columns").geometry.text_width
    assert not rows_by_id["t2"].full
    facing = assemble(edition, config, shipped("facing"), NONE)
    assert not any(row.full for flow in facing.flows for row in flow.rows if row.id == "t1")


def test_the_authors_footnotes_keep_their_numbers(workspace: Path) -> None:
    path = workspace / "source" / "text" / "01-garden.zh.md"
    text = path.read_text("utf-8").replace("沙沙作響。", "沙沙作響[^7]。")
    path.write_text(text + "\n[^7]: 作者自注。\n", "utf-8")
    edition, config = _prepared(workspace)
    book = assemble(edition, config, shipped("facing"), NONE)
    key = "f:01-garden:7/zh"
    assert book.labels == {key: "7"}
    assert any(isinstance(one, Mark) and one.note == key for one in book.boxes["i.1/zh"].inlines)


def test_a_footnote_stands_once_for_each_of_its_marks(workspace: Path) -> None:
    path = workspace / "source" / "text" / "01-garden.zh.md"
    text = path.read_text("utf-8").replace("沙沙作響。", "沙沙[^7]作響[^7]。")
    path.write_text(text + "\n[^7]: 作者自注。\n\n[^8]: 無人提到。\n", "utf-8")
    edition, config = _prepared(workspace)
    book = assemble(edition, config, shipped("facing"), NONE)
    assert book.labels == {"f:01-garden:7/zh": "7", "f:01-garden:7+2/zh": "7"}
    marks = [one.note for one in book.boxes["i.1/zh"].inlines if isinstance(one, Mark)]
    assert [one for one in marks if one.startswith("f:")] == list(book.labels)


def test_a_figure_without_a_picture_says_so(workspace: Path) -> None:
    path = workspace / "source" / "text" / "01-garden.zh.md"
    path.write_text(path.read_text("utf-8") + "\n![平面圖](){#f1}\n", "utf-8")
    edition, config = _prepared(workspace)
    box = assemble(edition, config, shipped("facing"), NONE).boxes["f1/zh"]
    assert box.label == "〔圖缺〕"


def test_a_larger_size_lowers_the_first_baselines_of_both_sides_alike() -> None:
    layout = shipped("facing")
    large = fit.fit(layout, _edition(100, 900), (0.3, 0.7)).styles
    size = large["para-zh"].size
    assert size > layout.styles["para-zh"].size
    assert large["para-zh"].first > max(0.91 * size, layout.styles["para-zh"].first)
    for kind in ("para", "item", "quote", "verse", "absent"):
        assert large[f"{kind}-zh"].first == pytest.approx(large[f"{kind}-en"].first, abs=0.01)
        assert large[f"{kind}-zh"].leading > large[f"{kind}-zh"].first


def test_a_chinese_line_in_columns_holds_a_whole_number_of_characters() -> None:
    layout = shipped("columns")
    size = layout.styles["para-zh"].size
    for zh, en in ((100, 600), (300, 600), (200, 600)):
        count = fit.fit(layout, _edition(zh, en), (0.3, 0.7)).geometry.zh_width / size
        assert count == pytest.approx(round(count), abs=0.001)
        assert count >= layout.fit.least == 13
    narrow = fit.fit(layout, _edition(100, 600), (0.3, 0.31)).geometry
    assert narrow.zh_width / (narrow.text_width - narrow.gutter) == pytest.approx(0.31, abs=0.001)
