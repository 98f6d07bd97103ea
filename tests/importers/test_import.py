"""The importer: an article in any style → a workspace, and no character lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import import_samples as samples
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_samples import accounted, faults, workspace

from edition.diagnostics import Severity
from edition.importers.article import convert
from edition.importers.manner import Manner
from edition.importers.workspace import run_import


def codes(name: str, text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [one.code.id for one in convert(name, data).diagnostics]


# --- every style ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", samples.ALL)
def test_no_character_is_lost_and_the_workspace_reads(name: str, tmp_path: Path) -> None:
    result = accounted(f"{name}.txt", samples.ALL[name])
    assert not faults(workspace(result, tmp_path))


def test_simplified_text_with_chinese_numerals_and_circled_notes() -> None:
    result = accounted("s.txt", samples.SIMPLIFIED.encode())
    text = result.files["source/text/01-i.zh.md"]
    assert "# 一、引言 {#i}" in text
    assert "## （一）刻痕的位置 {#i.1}" in text
    assert "水位[^1]。" in text
    assert "很好[^2]" not in text
    assert "[^2]: 参见李园" in text
    assert "两百年[@wang2019, 12]" in text
    abstract = result.files["source/text/00-abstract.zh.md"]
    assert "# 摘要 {#abstract}" in abstract
    assert "关键词：河流" in abstract
    assert 'script = "hans"' in result.files["source/edition.toml"]
    assert 'authors = [\n  { zh = "李园" },\n  { zh = "王石" },\n]' in result.files[
        "source/edition.toml"]  # fmt: skip


def test_markdown_keeps_its_forms() -> None:
    result = accounted("m.md", samples.MARKDOWN.encode())
    assert 'title = { zh = "屋頂上的花園" }' in result.files["source/edition.toml"]
    first = result.files["source/text/01-yuan-qi.zh.md"]
    assert "# 緣起 {#s1}" in first
    assert "養蜂[^2]" in first
    assert "[^2]: 養蜂須先登記。" in first
    assert "1. 先量屋頂的大小 {#" in first
    assert "> 屋頂是城市的第五個立面。" in first
    assert "| 豆 | 四月 |" in first
    assert "*菊花*開得" in result.files["source/text/02-jie-guo.zh.md"]


def test_a_plain_english_article() -> None:
    result = accounted("e.txt", samples.ENGLISH.encode())
    assert '{ en = "Anna Field" },\n  { en = "Thomas Marsh" },' in result.files[
        "source/edition.toml"]  # fmt: skip
    text = result.files["source/text/01-introduction.en.md"]
    assert "they return to them every spring" in text
    assert "knew [@marsh2011, 14]." in text
    other = result.files["source/text/01-introduction.zh.md"]
    assert other == "{#s1 .untranslated}\n\n{#s1.p1 .untranslated}\n"
    assert "@article{field2015," in result.files["bib/references.bib"]


@pytest.mark.parametrize(("name", "encoding"), [
    ("big5", "Big5"), ("gb18030", "GB18030"), ("crlf", "UTF-8"), ("english", "UTF-8"),
])  # fmt: skip
def test_encodings_are_found_out(name: str, encoding: str) -> None:
    result = accounted(name, samples.ALL[name])
    assert result.encoding == encoding
    if name != "english":
        assert "\ufffd" not in "".join(result.files.values())


def test_indented_lines_are_paragraphs() -> None:
    text = accounted("c.txt", samples.crlf()).files["source/text/01-text.zh.md"]
    assert text.count("{#") == 2
    assert "\u3000" not in text
    assert "\r" not in text


def test_the_mark_of_byte_order_and_returns_are_dropped_with_their_place() -> None:
    drops = accounted("c.txt", samples.crlf()).accounted["drops"]
    assert drops[0]["reason"] == "byte order mark"
    assert drops[1]["reason"] == "carriage return of a line end"
    assert drops[1]["lines"] == [1, 4]


def test_two_megabytes() -> None:
    result = accounted("l.txt", samples.large(2_000_000))
    assert result.counts["footnotes"] > 900
    assert result.counts["sections"] == result.counts["footnotes"] // 5


# --- parts ------------------------------------------------------------------------------------

PAGES = """\
一條河的歷史

1. 上游

這條河從山裡流出來的時候還很小，兩岸的人把它叫作溪，到了平原上才有人把它叫作河¹⁾，而它真正寬起來是在第三座橋以下的地方，因為那裡有另一條河流進

1) 見縣志第三卷，
續見第四卷。

來，水也就深了。²⁾

2) 橋的名字已不可考。

2. 下游

下游的船很多。
"""


def test_a_paragraph_cut_by_a_page_with_a_footnote_between_is_one() -> None:
    outcome = convert("p.txt", PAGES.encode())
    text = outcome.value.files["source/text/01-i.zh.md"]
    assert "另一條河流進來，水也就深了。[^2] {#i.p1}" in text
    assert "[^1]: 見縣志第三卷，續見第四卷。" in text
    assert "IMP040" in [one.code.id for one in outcome.diagnostics]


TABLE = """\
一座市場的賬目

I. 賬目

<表1>三年的收入

年份\t收入\t備註
前年\t十\t雨多
去年\t十二

▪ 資料來源：賬房。

<圖3>市場的平面

II. 結語

賬目到此為止。
"""


def test_tables_captions_sources_and_missing_figures() -> None:
    outcome = convert("t.txt", TABLE.encode())
    text = outcome.value.files["source/text/01-i.zh.md"]
    assert "| 年份 | 收入 | 備註 |\n| --- | --- | --- |" in text
    assert "| 去年 | 十二 |  |\n: \\<表1>三年的收入 {#t1}" in text
    assert "![\\<圖3>市場的平面](){#f3}" in text
    assert "▪ 資料來源：賬房。 {#" in text
    found = [one.code.id for one in outcome.diagnostics]
    assert {"IMP013", "IMP038", "IMP042"} <= set(found)


CITED = """\
論橋

一、引言

橋有三種(王石·李圜 2019,12; Marsh 2011,14)，見於前人(馬行 2001,3)。

正如河邊的老工匠王石(2019, 25)所說，橋要常修(參見附圖)。

二、說法

又有人(黃石 2019,40)不以為然(2020年)。

參考文獻

王石·李園 (2019) “橋的種類” *河流研究*. No.3,pp.10-18.
Marsh, Thomas. 2011. *The Birds of the Bridge*. Oldham: Mill Press.
未見 (2010) “無人引用” *河流研究*. No.1,pp.1-2.
"""


def test_citations_of_all_kinds() -> None:
    outcome = convert("c.txt", CITED.encode())
    text = "".join(outcome.value.files.values())
    assert "橋有三種[@wang2019, 12; @marsh2011, 14]" in text
    assert "(馬行 2001,3)" in text
    assert "王石[-@wang2019, 25]所說" in text
    assert "(參見附圖)" in text
    assert "(2020年)" in text
    found = {one.code.id: one for one in reversed(outcome.diagnostics)}
    assert "馬行" in found["IMP020"].fact
    assert "IMP022" in found
    assert "IMP023" in found
    assert found["IMP021"].where == "entry wei2010"


NUMBERED = """\
論水

張三

一、源

水從山來[1]，流到平原[2, 3]，匯為湖泊[1-3]。區間[0, 1]與[9]不是引文，x[2] 也許是。

參考文獻

[1] 王石. 山水考[J]. 河流研究, 2019(3): 10-18.
[2] 李園. 平原水道[M]. 河邊: 河邊出版社, 2018.
[3] 馬行. 湖泊志[J]. 河流研究, 2020(1): 1-9.
"""


def test_citations_by_number() -> None:
    outcome = convert("n.txt", NUMBERED.encode())
    text = outcome.value.files["source/text/01-i.zh.md"]
    assert "水從山來[@wang2019]，流到平原[@li2018; @ma2020]" in text
    assert "湖泊[@wang2019; @li2018; @ma2020]。" in text
    assert "\\[0, 1\\]與\\[9\\]不是" in text
    assert "x\\[2\\]" in text
    assert 'style = "gb7714-2015-numeric"' in outcome.value.files["source/edition.toml"]
    assert "IMP021" not in [one.code.id for one in outcome.diagnostics]


def test_a_footnote_goes_before_the_number_of_a_work() -> None:
    text = NUMBERED.replace("參考文獻", "[1] 見縣志。\n\n參考文獻", 1)
    made = convert("n.txt", text.encode()).value.files["source/text/01-i.zh.md"]
    assert "水從山來[^1]" in made
    assert "[^1]: 見縣志。" in made


def test_several_entries_may_answer() -> None:
    text = CITED + "王石·李園 (2019) “橋的顏色” *河流研究*. No.4,pp.30-35.\n"
    assert "IMP024" in codes("c.txt", text.replace("王石·李圜 2019,12", "王石·李園 2019"))


def test_a_footnote_stands_in_the_file_of_its_mark() -> None:
    text = "# 題\n\nBody, of the river. (2020年1月1日訪問)\n\n[^1]: note\n\ntext[^1]"
    files = accounted("l.md", text.encode()).files
    (path,) = [path for path, one in files.items() if "text[^1]" in one]
    assert "[^1]: note" in files[path]


def test_footnote_numbers() -> None:
    text = (
        "題目\n\n一、引言\n\n"
        + "正文甲¹⁾，正文乙²⁾，正文丙²⁾，正文丁⁵⁾。\n\n"
        + ("1) 甲。\n\n2) 乙。\n\n3) 丙。\n\n6) 己。\n")
    )
    found = convert("f.txt", text.encode())
    ids = [one.code.id for one in found.diagnostics]
    assert ids.count("IMP010") == 1
    assert "IMP011" in ids
    assert "IMP012" in ids
    assert "IMP013" in ids
    assert "正文丁⁵⁾。" in found.value.files["source/text/01-i.zh.md"]
    twice = next(one for one in found.diagnostics if one.code.id == "IMP012")
    assert "perhaps 3" in twice.hint


def test_names_spelt_in_two_ways() -> None:
    text = "題目\n\n一、引言\n\n作家約翰·史密斯(John Smith)說過，約翰·史米斯(John Smith)又說過。\n"
    assert "IMP030" in codes("n.txt", text)


def test_a_misread_character_becomes_a_proposed_note(tmp_path: Path) -> None:
    text = "題目\n\n一、引言\n\n隨着水漲，隨着水落，隨着風來，隨這船去。\n"
    outcome = convert("n.txt", text.encode())
    assert "IMP032" in [one.code.id for one in outcome.diagnostics]
    note = outcome.value.files["source/notes/proposed.yaml"]
    assert 'sic: "隨這"' in note
    assert 'corr: "隨着"' in note
    assert "proposed: true" in note
    assert "隨這船去" in outcome.value.files["source/text/01-i.zh.md"]
    assert not faults(workspace(outcome.value, tmp_path))


@pytest.mark.parametrize(("code", "text"), [
    ("IMP007", "。"),
    ("IMP033", "題目\n\n一、引言\n\n他說“今天下雨，明天不下。\n"),
    ("IMP034", '題目\n\n一、引言\n\n他說“今天”下雨，"明天"不下。\n'),
    ("IMP035", "題目\n\n一、引言\n\n今天下雨, 明天不下。\n"),
    ("IMP037", "題目\n\n一、引言\n\n" + "雨下了很久，河水漲了起來，" * 12 + "橋\n\n二、結語\n"),
    ("IMP044", "題目\n\n一、引言\n\n今天\u200e下雨。\n"),
    ("IMP031", "題目\n\n一、引言\n\n這個國家的結构很複雜，來過的人會說為難。\n"),
    ("IMP034", "題目\n\n一、引言\n\n他說“書裡寫着“今天”二字”。\n"),
    ("IMP004", samples.ALL["gb18030"]),
    ("IMP003", "今天下雨。".encode() + b"\xff\xff\xfe" + "明天不下。".encode() * 20),
])  # fmt: skip
def test_what_is_wrong_is_reported(code: str, text: str | bytes) -> None:
    assert code in codes("w.txt", text)


def test_addresses_are_compared_with_publishers_and_with_the_list() -> None:
    notes = (
        "\n\n".join(
            f"{n}) {body}, <{url}>. (2020年1月{n}日訪問)"
            for n, (body, url) in enumerate(
                [
                    ("River Watch Society", "https://www.riverwatch.org/a/one"),
                    ("River Watch Society", "https://www.hillnews.example/b/two"),
                    ("Bridge Institute", "https://bridge.org/reports/long-title-of-three"),
                ],
                start=1,
            )
        )
        + "\n\n4) Mill Club, https://millclub.org/four. (2020年1月4日訪問)"
    )
    text = f"題目\n\n一、引言\n\n甲¹⁾乙²⁾丙³⁾丁⁴⁾。\n\n{notes}\n\n參考文獻\n\n" + (
        "- Bridge Institute, <https://bridge.org/reports/long-titel-of-three>. (2020年1月3日訪問)\n"
    )
    found = codes("a.txt", text)
    assert {"IMP036", "IMP039", "IMP043"} <= set(found)


def test_safe_characters_are_put_right_on_request() -> None:
    text = "題目\n\n一、引言\n\n這個國家的結构很複雜，來過的人會說為難，批准之後准入。\n"
    outcome = convert("n.txt", text.encode(), Manner(normalise=True))
    made = outcome.value.files["source/text/01-i.zh.md"]
    assert "結構" in made
    assert "批准之後准入" in made
    assert "IMP045" in [one.code.id for one in outcome.diagnostics]
    assert any(one["text"] == "构" and one["became"] == "構"
               for one in outcome.value.accounted["rewrites"])  # fmt: skip


# --- the workspace ----------------------------------------------------------------------------


def test_a_second_import_of_the_same_changes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(samples.SIMPLIFIED.encode())
    to = tmp_path / "to"
    first = run_import(source, to)
    assert first.value
    assert first.value.files
    assert (to / "IMPORT.md").is_file()
    stamps = {path: path.stat().st_mtime_ns for path in to.rglob("*") if path.is_file()}
    second = run_import(source, to)
    assert second.value
    assert second.value.files == ()
    assert stamps == {path: path.stat().st_mtime_ns for path in to.rglob("*") if path.is_file()}
    record = json.loads((to / "import.json").read_text("utf-8"))
    assert set(record) >= {"findings", "accounted", "encoding", "source"}
    assert all({"code", "line", "message", "proposal"} <= set(one) for one in record["findings"])


def test_an_edited_workspace_is_left_alone_unless_asked(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(samples.SIMPLIFIED.encode())
    to = tmp_path / "to"
    run_import(source, to)
    edited = to / "source/text/01-i.zh.md"
    edited.write_text(edited.read_text("utf-8").replace("石阶上刻下", "石階上刻了"), "utf-8")
    before = edited.read_text("utf-8")
    source.write_bytes(
        samples.SIMPLIFIED.replace("大体相合", "大致相合")
        .replace("应当好好保存", "值得保存")
        .replace("春天涨水", "夏天涨水")
        .encode()
    )
    outcome = run_import(source, to)
    assert [one.code.id for one in outcome.diagnostics if one.level is Severity.ERROR] == ["IMP002"]
    assert edited.read_text("utf-8") == before
    merged = run_import(source, to, update=True)
    text = edited.read_text("utf-8")
    assert "石階上刻了" in text
    assert "春天涨水" in text
    assert "大致相合" in text  # what the editor left follows
    assert "值得保存" in (to / "source/text/02-ii.zh.md").read_text("utf-8")
    assert merged.value
    assert "+" in merged.value.changes
    assert "大致相合" in merged.value.changes
    assert "IMP006" in [one.code.id for one in merged.diagnostics]
    assert "```diff" in (to / "IMPORT.md").read_text("utf-8")


def test_a_workspace_of_another_origin_is_not_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(samples.MARKDOWN.encode())
    own = tmp_path / "to/source/text/01-own.zh.md"
    own.parent.mkdir(parents=True)
    own.write_text("# 自己的\n", "utf-8")
    outcome = run_import(source, tmp_path / "to")
    assert "IMP002" in [one.code.id for one in outcome.diagnostics]
    assert sorted(one for one in (tmp_path / "to").rglob("*") if one.is_file()) == [own]


def test_a_report_of_anothers_is_not_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(samples.MARKDOWN.encode())
    (tmp_path / "to").mkdir()
    (tmp_path / "to/IMPORT.md").write_text("mine")
    outcome = run_import(source, tmp_path / "to")
    assert outcome.value is None
    assert outcome.diagnostics[-1].code.id == "IMP002"
    assert (tmp_path / "to/IMPORT.md").read_text() == "mine"


@pytest.mark.parametrize("record", ["", "[]", "{", '{"files": [1]}', '{"blocks": 3}'])
def test_a_record_that_is_none_protects_what_is_there(tmp_path: Path, record: str) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(samples.MARKDOWN.encode())
    run_import(source, tmp_path / "to")
    (tmp_path / "to/import.json").write_text(record)
    assert run_import(source, tmp_path / "to").value is None


# --- any text ---------------------------------------------------------------------------------

SIGNS = st.sampled_from(
    "一二三四甲乙丙國国这這ABCab01239 \t\n\n。，、：；！？.,:;!?()（）[]【】{}<>《》“”‘’\"'「」"
    "*#|-_=+~`@&%$^\\/"
    "①②¹²³⁾〔〕•▪…—·\u3000\u200b\x00\x0c\r\ufeff�é한"
)
LINES = st.sampled_from([
    "# 題", "一、引言", "（一）小節", "1. 其一", "2. 其二", "I. One", "Chapter 1", "===", "---",
    "| a | b |", "|---|---|", "a\tb\tc", "<表1>表", "<圖2>圖", "▪ 來源", "![c](p.png)", "![c](",
    "1) 注文。", "正文¹⁾。", "[^1]: note", "text[^1]", "① 注", "- 項", "> 引", "* 作者",
    "參考文獻", "References", "目錄", "| 摘要 |", "Abstract: x", "關鍵詞：甲；乙", "王石* 李園**",
    "(王石 2019,3)", "王石 (2019) “甲” *乙*. No.1,p.2.", "[1] a. b[J]. c, 2019: 1-2.",
    "Body, <https://a.org/b>. (2020年1月1日訪問)", "{#id}", "[x]{.term}", "12", "- 3 -", "", "",
    "　　段落", "收稿日期：2020-01-02", "\\begin{x}", "<b>x</b>", "[@key, 3]", "@key [3]", "$x$",
    "::: verse",
])  # fmt: skip
MIXED = st.lists(st.one_of(LINES, st.text(SIGNS, max_size=20)), max_size=25).map("\n".join)


@pytest.mark.parametrize("text", [
    "[^1]:\n\r¹\n0", "0\n# 0\n0²\n0\n²0", "a\n\n# b\n\nc²\nd²\n\n² e",
])  # fmt: skip
def test_a_mark_at_the_end_of_a_line_is_rewritten_and_not_kept(text: str) -> None:
    accounted("any.txt", text.encode())


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(), st.text(SIGNS, max_size=200), MIXED))
def test_any_text_imports_without_losing_a_character(text: str) -> None:
    accounted("any.txt", text.encode("utf-8", "surrogatepass"))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300))
def test_any_bytes_import(data: bytes) -> None:
    accounted("any.bin", data)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.lists(LINES, max_size=15).map("\n\n".join))
def test_any_import_reads_without_errors(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    result = accounted("any.txt", text.encode())
    found = faults(workspace(result, tmp_path_factory.mktemp("any")))
    assert not [one for one in found if not re.match(r"TXT019|TXT020", one)], found
