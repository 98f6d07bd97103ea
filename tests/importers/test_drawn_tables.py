"""Tables drawn with spaces and rules, captions in two languages, emphasis within emphasis, and
texts that only seem to be in two languages."""

from __future__ import annotations

import pytest
from import_samples import accounted, faults, workspace

from edition.importers.article import Imported
from edition.importers.documents.spaced import spaced
from edition.importers.taking import Options, imported, take

SIMPLE = """\
  渡口      船數   備註
--------- ------- ---------
  石渡          3   南岸
  木渡         12   北岸

Table: 兩處渡口
"""
GRID = """\
+---------+--------+
| 渡口    | 船數   |
+=========+========+
| 石渡    | 三     |
| （南）  |        |
+---------+--------+
| 木渡    | 十二   |
+---------+--------+
"""
MULTILINE = """\
------------------------------
 渡口      來歷
--------- --------------------
 石渡      明代所立，
           清代重修

 木渡      今已不存
------------------------------

: 渡口的來歷
"""
ALIGNED = """\
Ferry     Boats   Shore
Stone     3       south
Wood      12      north
"""
ARTICLE = """\
渡口的遺產

一、資料

渡口的船數見表1，一向由村人登記，冬天由鄉里查一次，春天再查一次。

表1 渡口的船數
Table 1 Boats of the ferries

渡口      船數    岸
石渡      三      南
木渡      十二    北

水位的高低由石階上的刻度讀出，每日一次。
"""


def text(made: Imported, lang: str = "zh") -> str:
    return "".join(one for path, one in made.files.items() if path.endswith(f".{lang}.md"))


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    ("drawn", "rows", "caption"),
    [
        (SIMPLE, ("| 渡口 | 船數 | 備註 |", "| 木渡 | 12 | 北岸 |"), "兩處渡口"),
        (GRID, ("| 渡口 | 船數 |", "| 石渡（南） | 三 |", "| 木渡 | 十二 |"), ""),
        (MULTILINE, ("| 渡口 | 來歷 |", "| 石渡 | 明代所立，清代重修 |"), "渡口的來歷"),
    ],
)
def test_tables_with_rules_are_tables(
    name: str, drawn: str, rows: tuple[str, ...], caption: str
) -> None:
    article = f"# 渡口\n\n渡口在河的北岸，有兩處。\n\n{drawn}\n後來都改作了橋，船也賣了。\n"
    made = imported(name, article.encode())
    assert "IMP005" not in [one.code.id for one in made.diagnostics]
    written = text(made.value)
    for row in rows:
        assert row in written
    assert "---|" not in written
    assert caption in written
    assert "\n後來都改作了橋，船也賣了。" in written


def test_aligned_cells_of_plain_text_are_a_table_and_its_captions_stand_on_both_sides() -> None:
    made = accounted("a.txt", ARTICLE.encode())
    assert "| 渡口 | 船數 | 岸 |\n| --- | --- | --- |\n| 石渡 | 三 | 南 |" in text(made)
    assert ": 表1 渡口的船數 {#t1}" in text(made)
    assert ": Table 1 Boats of the ferries {#t1}" in text(made, "en")


@pytest.mark.parametrize(
    "lines",
    [
        ["春水平堤柳作煙，　　渡頭人立雨前船。", "一聲欸乃東風裡，　　半入桃花半入天。", "又一首。　　完。"],
        ["第一章　　渡口", "第二章　　橋梁的由來", "第三章  路"],
        ["Dear Sir,   I write", "to you  about the", "ferry at   the bend"],
        ["----", "text", "----"],
        ["+---+---+", "| a | b |", "| c |", "+---+---+"],
    ],
)  # fmt: skip
def test_verse_letters_and_titles_are_no_tables(lines: list[str]) -> None:
    assert spaced(lines) is None


def test_cells_that_stand_under_each_other_are_a_table() -> None:
    table = spaced(ALIGNED.splitlines())
    assert table is not None
    assert [len(row) for row in table.rows] == [3, 3, 3]


def test_captions_of_figures_stand_on_both_sides() -> None:
    markdown = (
        "# 渡口\n\n渡口見圖1與圖2。\n\n![圖1 渡口的位置](a.png)\n\nFigure 1 Where the ferries lay\n\n"
        "![圖2 渡船 / Figure 2. A ferry boat](b.png)\n\n這些圖是舊的。\n"
    )
    made = imported("a.md", markdown.encode()).value
    assert "![圖1 渡口的位置](){#f1}" in text(made)
    assert "![Figure 1 Where the ferries lay](){#f1}" in text(made, "en")
    assert "![圖2 渡船](){#f2}" in text(made)
    assert "![Figure 2. A ferry boat](){#f2}" in text(made, "en")


def test_emphasis_within_and_beside_emphasis_stays() -> None:
    markdown = "# 甲\n\n***a* b** 與 *斜**粗***，**粗***斜*，***皆***。\n\n又一段。\n"
    made = imported("a.md", markdown.encode()).value
    for words in ("***a* b**", "*斜**粗***", "**粗***斜*", "***皆***"):
        assert words in text(made)


def test_a_second_definition_of_a_note_stays() -> None:
    outcome = imported("a.md", "# 甲\n\n一段[^1]文字。\n\n[^1]: 第一。\n[^1]: 第二。\n".encode())
    assert "[^1-2]: 第二。" in text(outcome.value)
    assert {"IMP011"} == {one.code.id for one in outcome.diagnostics} & {"IMP005", "IMP011"}


FOREIGN_NOTES = """\
河網之名

一、引言

此說見某網，年年更新。¹⁾ 又見他處。²⁾

1) River Net, <https://www.example.com/2024/03/07/a.html>. (2024年6月7日訪問)
2) Ferry Times, <https://www.example.com/b.html>.

參考文獻

River Net. The River Page. https://www.example.com/2024/03/07/a.html.
Marsh, Tom. Ferries. Oldham: Mill Press, 2011.
"""
FRONT = """\
渡口制度的變遷
The Ferry and Its Rules
沈渡
SHEN Du

一、引言

渡口的制度在清代有三次變化，第一次在雍正年間，第二次在乾隆年間。

第三次在道光年間，起因是一場大水，沿河的村子都重新立了約。

二、結語

渡口後來都改作了橋，舊約也就無人再提，碑石立在路邊。

石碑上的字已經看不清了，老人還能背出幾句。
"""


@pytest.mark.parametrize("article", [FOREIGN_NOTES, FRONT])
def test_foreign_notes_references_and_titles_make_no_text_of_two_languages(article: str) -> None:
    taken = take([("a.txt", article.encode())], Options()).value
    assert taken is not None
    assert "pairs" not in taken.counts


def test_what_was_drawn_reads_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    article = f"# 渡口\n\n渡口在河的北岸，有兩處。\n\n{SIMPLE}\n\n{GRID}\n\n{MULTILINE}\n\n完。\n"
    made = imported("a.md", article.encode()).value
    assert not faults(workspace(made, tmp_path_factory.mktemp("drawn")))
