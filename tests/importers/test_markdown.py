"""Markdown: CommonMark, the additions of pandoc, heads, our own markup; nothing prints as a sign."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_samples import faults, workspace

from edition.diagnostics import Outcome
from edition.importers.article import Imported
from edition.importers.taking import imported


def read(text: str, name: str = "m.md") -> Outcome[Imported]:
    """An import whose account comes out."""
    outcome = imported(name, text.encode())
    account = outcome.value.accounted
    assert account["characters"] == account["kept"] + account["dropped"]
    assert "IMP005" not in [one.code.id for one in outcome.diagnostics]
    return outcome


def text_of(text: str) -> str:
    files = read(text).value.files
    return "\n".join(one for path, one in files.items() if path.endswith(".md") and (
        one.count(".untranslated") < max(one.count("{#"), 1)))  # fmt: skip


HEAD = "# 渡口的燈\n\n渡口有一盞燈，夜裡過河的人都認得它，燈下坐着一位老人。\n\n"


@pytest.mark.parametrize(("source", "made"), [
    ("其**葉片精油**為主。", "其**葉片精油**為主。"),
    ("這是**「引號」**之後，**（括號）**也是。", "**「引號」**之後，**（括號）**也是"),
    ("他說*“好”*，就走了。", "*“好”*，就走了"),
    ("- **要點** 總結", "- **要點** 總結"),
    ("`_a/b.lua` 是檔案，另見 `b_c`。", "`_a/b.lua` 是檔案，另見 `b_c`。"),
    ("a_b_c 與 5 * 3 * 2", "a_b_c 與 5 \\* 3 \\* 2"),
    ("\\*星\\* 與 &amp;&lt;", "\\*星\\* 與 &\\<"),
    ("見[網站](https://example.org/a)。", "見[網站](https://example.org/a)。"),
    ("見<https://example.org/a_b>。", "見<https://example.org/a_b>。"),
    ("見[此處][r]。\n\n[r]: https://example.org/b '題'", "見[此處](https://example.org/b)。"),
    ("水是H~2~O，m^2^。", "水是H[2]{.sub}O，m"),
    ("~~刪去~~的字", "刪去的字"),
    ("公式$E = mc^2$之後", "公式`E = mc^2`之後"),
    ("$$\na^2\n$$", "```\na^2\n```"),
    ("<ruby>漢<rt>hàn</rt></ruby>與[雒]{ruby=\"luò\"}", '[漢]{ruby="hàn"}與[雒]{ruby="luò"}'),
    ("[小院]{.term}與[高牆]{.smallcaps}", "[小院]{.term}與高牆"),
    ("前{% include x.html %}後{{ page.title }}止", "前後止"),
    ("一行\n又一行", "一行又一行"),
    ("one line\nanother", "one line another"),
    ("第一行  \n第二行", "第一行\\\n第二行"),
    ("> 引文一，\n> 續。\n>\n> 引文二。", "> 引文一，續。 {"),
    ("> [!NOTE]\n> 提示。", "> 提示。"),
    ("1. 甲\n2. 乙\n   - 丙", "- 丙"),
    ("1) 甲\n2) 乙", "2. 乙"),
    ("~~~\nx = {1}\n~~~", "```\nx = {1}\n```"),
    ("    x = 1\n", "```\nx = 1\n```"),
    ("| 甲 | 乙 |\n|--|--|\n| 1 \\| 2 | **3** |", "| 1 \\| 2 | **3** |"),
    ("| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n\nTable: 說明", ": 說明 {"),
    ("| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n: 說明 {#t9}", ": 說明 {"),
    ("<table><tr><th>甲</th><th>乙</th></tr><tr><td>丙</td><td>丁</td></tr></table>", "| 丙 | 丁 |"),
    ("![圖的說明](a.png){width=50%}", "![圖的說明]()"),
    ("***", "*** {"),
    ("::: verse\n河水清\n岸上人\n:::", "::: verse\n河水清\n岸上人 {"),
    ("::: {.verse}\n河水清\n:::", "::: verse\n河水清 {"),
    ("::: warning\n小心。\n:::", "小心。 {"),
    ("<div align='center'>置中</div>", "置中 {"),
    ("<!-- 不見 -->\n\n看見。", "看見。"),
    ("段落 {#own .unnumbered}", "段落 {#"),
    ("[[頁|維基]]與[[頁面]]", "維基與頁面"),
    ("術語\n:   解釋。", "> 解釋。"),
    ("雙\u00ad連\u200b字", "雙連字"),
    ("見 [@lin2020, pp. 3-5; @zhou2021]。", "[@lin2020, pp. 3-5; @zhou2021]"),
    ("@wang2019 說，電郵 a@b.org。", "@wang2019 說，電郵 <a@b.org>。"),
    ("注[^甲]。\n\n[^甲]: 第一段。\n\n    第二段。", "注[^1]。"),
    ("注^[行內*注*]。", "注[^1]。"),
    ("注[^a]。\n\n[^a]: 第一段。\n\n    第二段。", "[^1]: 第一段。\n\n    第二段。"),
    ("### 三級\n\n文。\n\n##### 五級\n\n文。", "三級 {#"),
    ("標題\n----\n\n文。", "# 標題 {#"),
])  # fmt: skip
def test_forms(source: str, made: str, tmp_path: Path) -> None:
    outcome = read(HEAD + source + "\n")
    text = "\n".join(one for path, one in outcome.value.files.items() if path.endswith(".zh.md"))
    assert made in text
    assert not faults(workspace(outcome.value, tmp_path))


def test_the_head_of_a_file() -> None:
    source = (
        '---\ntitle: "渡口筆記"\nsubtitle: 一份說明\nauthor:\n  - name: 林渡\n    affiliation: '
        "河邊大學\n  - 周岸\ndate: 2024-05-06\nabstract: |\n  摘要一行，\n  又一行。\nkeywords: [渡口, "
        "筆記]\nlayout: post\n---\n\n# 渡口筆記\n\n## 一節\n\n正文在此。\n"
    )
    outcome = read(source)
    facts = outcome.value.files["source/edition.toml"]
    for one in ('title = { zh = "渡口筆記" }', 'subtitle = { zh = "一份說明" }', 'date = "2024-05-06"',
                '{ zh = "林渡", affiliation = { zh = "河邊大學" } }', '{ zh = "周岸" }',
                'keywords = { zh = ["渡口", "筆記"] }'):  # fmt: skip
        assert one in facts
    assert "摘要一行，又一行。" in text_of(source)
    assert "layout" not in text_of(source)
    assert text_of(source).count("渡口筆記") == 0
    assert any("layout: post" in one.get("text", "") for one in outcome.value.accounted["drops"])


def test_keys_without_a_bibliography_keep_their_place() -> None:
    outcome = read(HEAD + "見 [@lin2020; @doe:99]，@lin2020 又說。\n")
    bib = outcome.value.files["bib/references.bib"]
    assert "@misc{lin2020," in bib
    assert "@misc{doe:99," in bib
    (told,) = [one for one in outcome.diagnostics if one.code.id == "IMP020"]
    assert "lin2020, doe:99" in told.fact


def test_a_list_of_references_in_markdown_is_read() -> None:
    source = HEAD + (
        "前人已有討論[1]，也有異議[2]。\n\n## 參考文獻\n\n[1] 王石. 山水考[J]. 河流研究, 2019(3): "
        "10-18.\n\n[2] 李園. 平原水道[M]. 河邊: 河邊出版社, 2018.\n"
    )
    assert "討論[@wang2019]，也有異議[@li2018]。" in text_of(source)


def test_pages_are_mended_in_markdown_too() -> None:
    source = (
        HEAD + "河道很窄，兩條船要慢慢地交會，撐船的人都要先停下來等\n\n· 12 ·\n\n對面的過去。\n"
    )
    assert "先停下來等對面的過去。" in text_of(source)


def test_our_own_text_comes_back_as_it_was() -> None:
    own = (
        "# 引言 {#i}\n\n段落[^1]與*斜*、[小院]{.term}。 {#i.1}\n\n> 引文。 {#i.2}\n\n::: verse\n河水清\n岸上人 "
        "{#i.3}\n:::\n\n{#i.4 .untranslated}\n\n[^1]: 注文。\n"
    )
    made = text_of(own)
    for one in ("段落[^1]與*斜*、[小院]{.term}。", "> 引文。", "河水清\n岸上人", "[^1]: 注文。"):
        assert one in made
    assert "\\{" not in made


SIGNS = st.sampled_from([
    "**", "*", "`", "```\n", "~~~\n", "[", "](", ")", "![", "<", ">", "</b>", "<b>", "<!--", "-->",
    "[^a]", "[^a]: ", "^[", "[@a", "@a", "]", "{", "}", "{.term}", "{#x}", "$", "$$\n", "\n", "\n\n",
    "# ", "- ", "1. ", "> ", "    ", "| a | b |\n|--|--|\n", "::: verse\n", ":::\n", "---\n", "a: b\n",
    "字", "河水，", "word ", "\\", "&amp;", "~", "^", "{{", "}}", "<table><tr><td>x", "<ruby>", "<rt>",
    "https://a.org", "\u00ad", "\t", "[a]: b\n", ": ", "===\n", "=", "參考文獻\n",
])  # fmt: skip


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.lists(SIGNS, max_size=30).map("".join))
def test_any_markdown_imports(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    outcome = read("字\n\n" + text)
    found = faults(workspace(outcome.value, tmp_path_factory.mktemp("any")))
    assert not [one for one in found if not one.startswith(("TXT019", "TXT020"))], found


def test_the_label_of_an_address_may_go_on_in_the_next_line() -> None:
    read("[</b>===\n]: **")


def test_named_footnotes_are_numbered_by_their_marks() -> None:
    made = imported("a.md", "# 渡口\n\n燈[^lamp]在岸^[行內]，水[^2]在下。\n\n"
                            "[^2]: 水。\n[^lamp]: 燈。\n".encode()).value  # fmt: skip
    text = made.files["source/text/01-text.zh.md"]
    assert "燈[^1]在岸[^2]，水[^3]在下。" in text
    for note in ("[^1]: 燈。", "[^2]: 行內", "[^3]: 水。"):
        assert note in text
