"""Text files: which blocks and inlines they hold, and where each stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.config import Config, load
from edition.model import (
    BlockStart,
    Cite,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    Kind,
    Lang,
    LineBreak,
    Presence,
    Ruby,
    Segment,
    Strong,
    Styled,
    Text,
    plain,
)
from edition.readers import inline, read_edition, text
from edition.readers.passage import Passage, join_lines
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[2]


def file(source: str, lang: Lang = "zh") -> text.TextFile:
    """A text without faults."""
    read = text.read(SourceFile(f"a.{lang}.md", source), "a", lang)
    assert read.diagnostics == (), [one.fact for one in read.diagnostics]
    return read.value


def codes(source: str, lang: Lang = "zh") -> list[str]:
    read = text.read(SourceFile(f"a.{lang}.md", source), "a", lang)
    return [f"{one.span.line}:{one.span.column} {one.code.id}" if one.span else one.code.id
            for one in read.diagnostics]  # fmt: skip


def shape(source: str, lang: Lang = "zh") -> list[tuple[str, int, str]]:
    return [(one.kind.value, one.level, one.text) for one in file(source, lang).segments]


def inlines(source: str) -> Inlines:
    (segment,) = file(source).segments
    return segment.inlines


# --- blocks ------------------------------------------------------------------------------------


def test_kinds_of_blocks() -> None:
    source = (
        "# 一\n\n### 三 {#x}\n段落\n第二行\n\n- 甲\n- 乙\n1. 丙\n\n> 引文\n> 續行\n>\n> 又一段\n\n"
        "::: verse\n上句\n下句\n\n次章\n:::\n\n"
        "| 子 | 丑 |\n| :-- | --: |\n| 1 | 2 |\n: 表題 {#t}\n\n"
        "![圖題](a/b.png){#f}\n"
    )
    assert shape(source) == [
        ("heading", 1, "一"), ("heading", 3, "三"), ("para", 0, "段落第二行"),
        ("item", 1, "甲"), ("item", 1, "乙"), ("item", 1, "丙"),
        ("quote", 0, "引文續行"), ("quote", 0, "又一段"),
        ("verse", 0, "上句\n下句"), ("verse", 0, "次章"),
        ("table", 0, "表題"), ("figure", 0, "圖題"),
    ]  # fmt: skip
    segments = file(source).segments
    assert [one.label for one in segments if one.kind is Kind.ITEM] == ["•", "•", "1."]
    assert segments[-1].figure == "a/b.png"
    assert [one.id for one in segments if one.given] == ["x", "t", "f"]
    assert segments[2].id == "a.3"


def test_blocks_end_at_blank_lines_or_other_blocks() -> None:
    assert shape("一\n- 二\n三\n> 四\n五\n\n六\n# 七\n", "zh") == [
        ("para", 0, "一"), ("item", 1, "二三"), ("quote", 0, "四五"), ("para", 0, "六"),
        ("heading", 1, "七"),
    ]  # fmt: skip


def test_a_number_at_the_beginning_of_a_wrapped_line_is_no_item() -> None:
    assert shape("It was founded in\n1949. Nobody knew.\n", "en") == [
        ("para", 0, "It was founded in 1949. Nobody knew.")]  # fmt: skip


@pytest.mark.parametrize(("indents", "levels"), [
    ((0, 2, 4, 2, 0), (1, 2, 3, 2, 1)), ((0, 3, 6, 9), (1, 2, 3, 4)), ((1, 1, 3), (1, 1, 2)),
    ((0, 4, 0), (1, 2, 1)), ((0, 1, 0), (1, 1, 1)), ((2, 0), (1, 1)),
])  # fmt: skip
def test_levels_of_items(indents: tuple[int, ...], levels: tuple[int, ...]) -> None:
    source = "".join(f"{' ' * one}- 項\n" for one in indents)
    assert tuple(one.level for one in file(source).segments) == levels


def test_lines_join_without_space_only_between_wide_characters() -> None:
    assert shape("中文\n中文\nand\nEnglish\n") == [("para", 0, "中文中文and English")]
    assert shape("a line\nand another\n", "en") == [("para", 0, "a line and another")]


def test_attributes_belong_to_the_block_and_not_to_its_last_span() -> None:
    (one,) = file("這是[小院]{.term}\n").segments
    assert (one.given, one.text) == (False, "這是小院")
    assert isinstance(one.inlines[-1], Styled)
    (two,) = file('這是[雒]{ruby="luò"} {#x corresp="y z" hash="ab"}\n').segments
    assert (two.id, two.corresp, two.source_hash) == ("x", ("y", "z"), "ab")
    (three,) = file("括號\\{#不是} {#x}\n").segments
    assert three.text == "括號{#不是}"


@pytest.mark.parametrize("presence", ["untranslated", "omitted"])
def test_a_side_without_text(presence: str) -> None:
    (one,) = file(f"{{#x .{presence}}}\n").segments
    assert (one.id, one.presence, one.text) == ("x", Presence(presence), "")


def test_tables() -> None:
    (one,) = file("| a | *b* |\n|:-:|--:|\n| c\\|d | |\n{#t}\n").segments
    assert one.table is not None
    assert [plain(cell.inlines) for cell in one.table.header] == ["a", "b"]
    assert [cell.align for cell in one.table.header] == ["center", "right"]
    assert [[plain(cell.inlines) for cell in row] for row in one.table.rows] == [["c|d", ""]]
    assert (one.id, one.text) == ("t", "")
    assert one.table.rows[0][0].span.text == "c\\|d"


def blocks(source: str, lang: Lang = "zh") -> list[tuple[str, str]]:
    read = file(source, lang)
    return [(one.kind.value + (f" {one.label}{one.level}" if one.level else ""), one.text)
            for one in read.segments]  # fmt: skip


def test_an_item_has_several_paragraphs() -> None:
    assert blocks("- 甲\n\n  乙\n  續\n\n    1. 丙\n\n       丁\n\n- 戊\n\n己\n") == [
        ("item •1", "甲"), ("item 1", "乙續"), ("item 1.2", "丙"), ("item 2", "丁"),
        ("item •1", "戊"), ("para", "己"),
    ]  # fmt: skip


def test_a_list_of_definitions() -> None:
    assert blocks("雒\n: 地名\n: 又\n  姓\n\n瀍\n: 水\n\n文\n", "zh") == [
        ("term", "雒"), ("definition", "地名"), ("definition", "又姓"),
        ("term", "瀍"), ("definition", "水"), ("para", "文"),
    ]  # fmt: skip
    assert blocks("One line\nand: another\n", "en") == [("para", "One line and: another")]


def test_rules_and_code_stand_as_they_are() -> None:
    source = "甲\n\n***\n\n~~~ c\nif (a*b) {  x--;\n\n\ty = `z`;\n~~~\n{#s.c}\n\n- - - {#s.r}\n"
    read = file(source)
    assert [one.kind for one in read.segments] == [Kind.PARA, Kind.BREAK, Kind.CODE, Kind.BREAK]
    assert [one.id for one in read.segments[2:]] == ["s.c", "s.r"]
    code = read.segments[2]
    assert code.text.replace("\u00a0", " ").split("\n") == [
        "if (a*b) {  x--;", " ", "    y = `z`;",
    ]  # fmt: skip
    assert "{\u00a0 x--" in code.text  # a line that is too long may be divided there
    assert "\u00a0\u00a0\u00a0\u00a0y = `z`" in code.text
    assert all(isinstance(one, LineBreak | Styled) for one in code.inlines)


@pytest.mark.parametrize(("source", "line", "code"), [
    ("甲\n---\n", 2, "TXT006"), ("---\ntitle: x\n", 1, "TXT006"), ("甲\n\n```\nx\n", 3, "TXT018"),
])  # fmt: skip
def test_what_looks_like_a_rule_or_code(source: str, line: int, code: str) -> None:
    found = text.read(SourceFile("a.zh.md", source), "a", "zh").diagnostics
    assert [(one.code.id, one.span.line if one.span else 0) for one in found] == [(code, line)]


def test_indented_lines_below_a_footnote_belong_to_it() -> None:
    read = file("甲[^1]\n\n[^1]: 一\n    仍是\n\n    二\n\n    - 三\n      > 四\n\n乙\n\n- 丙\n")
    [one] = read.footnotes
    kinds = [part.kind for part in one.inlines if isinstance(part, BlockStart)]
    assert kinds == ["para", "item", "quote"]
    assert plain(one.inlines) == "一仍是\n二\n三\n四"
    assert [(part.kind, part.text) for part in read.segments] == [
        (Kind.PARA, "甲"), (Kind.PARA, "乙"), (Kind.ITEM, "丙"),
    ]  # fmt: skip


def test_footnotes_are_by_file() -> None:
    read = file("正文[^1]\n\n[^1]: 注文\n續行\n[^b]: 又\n")
    assert [(one.label, plain(one.inlines)) for one in read.footnotes] == [
        ("1", "注文續行"), ("b", "又")]  # fmt: skip
    assert len(read.segments) == 1


# --- inlines -----------------------------------------------------------------------------------


def test_inlines() -> None:
    found = inlines('一*二*、**三**[四]{.term .lock}[五]{ruby="wǔ"}[^6]\\\n七')
    kinds: list[type] = [Text, Emph, Text, Strong, Styled, Ruby, FootnoteRef, LineBreak, Text]
    assert [type(one) for one in found] == kinds
    assert plain(found) == "一二、三四五\n七"
    styled = found[4]
    assert isinstance(styled, Styled)
    assert styled.classes == ("term", "lock")


def test_citations() -> None:
    (cite,) = inlines("[見 @hou2024, 118；-@wang.2022:b，82-3; @x]")
    assert isinstance(cite, Cite)
    assert [(one.prefix, one.key, one.locator, one.suppress_author) for one in cite.items] == [
        ("見", "hou2024", "118", False), ("", "wang.2022:b", "82-3", True), ("", "x", "", False),
    ]  # fmt: skip
    before, narrative, after = inlines("如 @hou2024 [118] 說")
    assert isinstance(narrative, Cite)
    assert (narrative.narrative, narrative.items[0].locator) == (True, "118")
    assert plain((before, after)) == "如  說"


def test_an_address_is_no_citation() -> None:
    assert plain(inlines("寫信給editor@example.org")) == "寫信給editor@example.org"


@pytest.mark.parametrize("sign", list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))
def test_every_sign_can_be_escaped(sign: str) -> None:
    assert plain(inlines(f"前\\{sign}後")) == f"前{sign}後"


@pytest.mark.parametrize("sign", ["<", "%", "$5", "a_b", "#5", "^^5c", "~", "& Co.", "{x}", "`"])
def test_signs_of_tex_are_text(sign: str) -> None:
    assert plain(inlines(f"文{sign}")) == f"文{sign}"


@pytest.mark.parametrize(("source", "found"), [
    ("a\\input{/etc/passwd}", ["1:2 TXT004"]), ("a \\\\ b", []), ("<script>x</script>",
     ["1:1 TXT005", "1:10 TXT005"]), ("![x](y) z", ["1:2 TXT006"]), ("[x]{.term", ["1:4 TXT006"]),
    ("*a", ["1:1 TXT007"]), ("[a *b]{.term} c*", ["1:4 TXT007", "1:16 TXT007"]),
    ("[@; @a]", ["1:2 TXT011"]), ("[@a; b]", ["1:5 TXT011"]),
])  # fmt: skip
def test_faults_have_their_place(source: str, found: list[str]) -> None:
    assert codes(source) == found


# --- places --------------------------------------------------------------------------------------


def every(runs: Inlines) -> Iterator[Inline]:
    for one in runs:
        yield one
        if isinstance(one, Emph | Strong | Styled):
            yield from every(one.children)


def runs(segment: Segment) -> Iterator[Inline]:
    yield from every(segment.inlines)
    if segment.table:
        for row in (segment.table.header, *segment.table.rows):
            for cell in row:
                yield from every(cell.inlines)


def check_places(segments: tuple[Segment, ...]) -> int:
    """Every piece of text stands in the file where its span says."""
    count = 0
    for segment in segments:
        for one in runs(segment):
            if isinstance(one, Text):
                count += 1
                # a line's end became a space
                there, text_ = (re.sub(r"\s", " ", words) for words in (one.span.text, one.text))
                assert there in (text_, "\\" + text_)
            elif isinstance(one, Ruby):
                assert one.base in one.span.text
            elif isinstance(one, Cite):
                assert all(item.key in item.span.text for item in one.items)
    return count


def test_places_in_the_shipped_edition() -> None:
    config = load(ROOT).value
    assert isinstance(config, Config)
    read = read_edition(ROOT, config)
    assert read.diagnostics == ()
    assert check_places(tuple(read.value.segments.values())) > 500
    for note in read.value.notes:
        for lemma in note.lemmas.values():
            assert lemma.span.text == lemma.quote
        for run in note.texts.values():
            for one in every(run):
                if isinstance(one, Text):
                    assert one.span.text in (one.text, "\\" + one.text), note.id


MARKUP = st.lists(st.sampled_from([
    "雨", "word ", "*", "**", "[", "]", "]{.term}", '{ruby="x"}', "[^1]", "[@a, 3]", "@b ",
    "\\", "\\*", "\n", "\n\n", "# ", "- ", "  - ", "1. ", "> ", "| ", "|", "|---|", ": ",
    "::: verse\n", ":::\n", "![x](y)", "[^1]: ", "{#a}", "{.omitted}", "<b>", "{", "}",
    "`", "---\n", " ", "\t", "\u3000",
]), max_size=30).map("".join)  # fmt: skip


@given(MARKUP, st.sampled_from(["zh", "en"]))
def test_no_markup_raises_and_every_place_is_right(source: str, lang: Lang) -> None:
    read = text.read(SourceFile("a.md", source), "a", lang)
    check_places(read.value.segments)
    for one in read.diagnostics:
        assert one.span is not None
        assert 0 <= one.span.start <= one.span.end <= len(source)
        assert one.fact


@given(st.text(max_size=60))
def test_no_text_raises(source: str) -> None:
    read = text.read(SourceFile("a.md", source), "a", "zh")
    check_places(read.value.segments)


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40))
def test_escaped_text_comes_out_as_it_went_in(words: str) -> None:
    escaped = "".join(f"\\{one}" if one in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" else one
                      for one in words)  # fmt: skip
    passage = Passage(SourceFile("a", escaped), escaped, tuple(range(len(escaped))))
    made, found = inline.read(passage)
    assert found == []
    assert plain(made) == words


@pytest.mark.parametrize("source", ["[" * 10_000, "*" * 10_001, "[" * 5_000 + "]" * 5_000,
                                    "[x]{.term}" * 5_000, "> " * 5_000, "- " * 5_000,
                                    "{#a" * 5_000, "|" * 10_000])  # fmt: skip
def test_long_nonsense_ends(source: str) -> None:
    """Ten thousand brackets are read in linear time, and nothing recurses without limit."""
    read = text.read(SourceFile("a.md", source), "a", "zh")
    assert read.value.segments or read.diagnostics


@given(st.lists(st.text(alphabet="ab 中文，\\*", max_size=8), min_size=1, max_size=5))
def test_joined_lines_know_their_characters(lines: list[str]) -> None:
    source = "\n".join(lines)
    starts = [sum(len(one) + 1 for one in lines[:n]) for n in range(len(lines))]
    passage = join_lines(SourceFile("a", source), list(zip(starts, lines, strict=True)), "zh")
    assert len(passage.text) == len(passage.offsets)
    for character, offset in zip(passage.text, passage.offsets, strict=True):
        assert source[offset] == character or character in " \n"


# --- folders -------------------------------------------------------------------------------------


def test_hidden_characters_of_every_file_are_refused(workspace: Path) -> None:
    for name in ("text/01-garden.en.md", "notes/01-garden.yaml", "names.toml", "glossary.toml"):
        path = workspace / "source" / name
        path.write_text(path.read_text("utf-8").replace("a", "a\u202e", 1), encoding="utf-8")
    config = load(workspace).value
    assert config is not None
    found = {one.place.partition(":")[0] for one in read_edition(workspace, config).diagnostics
             if one.code.id == "TXT003"}  # fmt: skip
    assert found == {"source/text/01-garden.en.md", "source/notes/01-garden.yaml",
                     "source/names.toml", "source/glossary.toml"}  # fmt: skip


@given(data=st.data())
def test_no_bytes_in_any_file_raise(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("any", numbered=True)
    names = ("text/a.zh.md", "text/a.en.md", "notes/a.yaml", "names.toml", "glossary.toml")
    for name in names:
        path = root / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.draw(st.binary(max_size=40)))
    read = read_edition(root, Config(id="a", title=load(ROOT).value.title))  # type: ignore[union-attr]
    assert all(one.fact for one in read.diagnostics)


@pytest.mark.parametrize(("line", "code"), [
    ("![圖](a.png){#f", "TXT008"), ("![圖](a.png){#f} 圖一", "TXT008"),
    ("![圖](a.png){圖一}", "TXT008"),
    ("::: verse\n詩\n::: 圖一", "TXT006"), ("::: verse\n詩\n::: verse", "TXT006"),
    ("***{圖一", "TXT008"),
])  # fmt: skip
def test_what_stands_behind_a_block_is_told_where_it_is_not_read(line: str, code: str) -> None:
    read = text.read(SourceFile("a.zh.md", line), "01", "zh")
    assert code in {one.code.id for one in read.diagnostics}


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("***甲* 乙**", [Strong]), ("***甲** 乙*", [Emph]), ("**乙 *甲***", [Strong]),
        ("**甲***乙*", [Strong, Emph]), ("***甲***", [Emph]), ("***甲* 乙 *丙***", [Strong]),
        ("**甲***乙***丙**", [Strong, Emph, Strong]),
    ],
)  # fmt: skip
def test_emphasis_stands_within_and_beside_emphasis(source: str, read: list[type]) -> None:
    found = inlines(source)
    assert [type(one) for one in found] == read
    assert plain(found) == source.replace("*", "")


def test_braces_and_bars_in_code_are_text() -> None:
    assert inlines("行內 `a{i=1} | b` 之後。")
    (segment,) = file("| a | b |\n|---|---|\n| `x \\| y` | c \\| d |\n{#t}\n").segments
    assert segment.table is not None
    assert [plain(cell.inlines) for cell in segment.table.rows[0]] == ["x | y", "c | d"]
