"""Word documents: everything in them is taken over, or named as left out."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
import word_samples as word
from import_samples import faults, workspace
from word_samples import para, run

from edition.importers.article import Imported
from edition.importers.documents import docx
from edition.importers.documents.model import RefusedError
from edition.importers.taking import Options, take


def told(data: bytes) -> list[str]:
    return [one.code.id for one in take([("text.docx", data)], Options()).diagnostics]


def taken(data: bytes) -> Imported:
    """The import, its account proved."""
    outcome = take([("text.docx", data)], Options())
    assert outcome.value
    account = outcome.value.accounted
    assert account["characters"] == account["kept"] + account["dropped"], account["drops"]
    assert "IMP005" not in [one.code.id for one in outcome.diagnostics], outcome.diagnostics
    return outcome.value


def body(made: Imported) -> str:
    return "\n".join(text for path, text in made.files.items() if path.endswith(".zh.md"))


def dropped(made: Imported) -> dict[str, str]:
    return {one["reason"]: one.get("text", "") for one in made.accounted["drops"]}


LONG = ("江邊的石頭上刻著一百多年的水位，每一道刻痕旁邊都有年份，"
        "最早的一道是光緒二十七年，最高的一道在屋簷之上。")  # fmt: skip


def test_a_document_of_everything(tmp_path: Path) -> None:
    inside = (
        para("石上的水位", "a3") + para("一條江的一百年", "a4")
        + para(word.field('TOC \\o "1-3"', run("引言 1")), "TOC1")
        + para("引言", "1", word.listed(1))
        + para(run("看") + run("江", "<w:b/>") + run("水", "<w:b/>") + run(" ", "<w:b/>")
               + run("的人", "<w:em w:val='dot'/>") + run("說", '<w:rStyle w:val="af1"/>')
               + "<w:smartTag>" + run("武漢") + "</w:smartTag>"
               + "<w:hyperlink r:id='l1'>" + run("水文站") + "</w:hyperlink>"
               + word.field('HYPERLINK "https://example.org/b"', run("年鑑"))
               + "<w:fldSimple w:instr='PAGE'>" + run("七") + "</w:fldSimple>"
               + "<w:sdt><w:sdtContent>" + run("年") + "</w:sdtContent></w:sdt>"
               + word.mark(2) + run("。藏起來", "<w:vanish/>") + run("m")
               + run("2", '<w:vertAlign w:val="superscript"/>') + word.mark(1, "endnote"))
        + para("<w:r><w:ruby><w:rubyPr/><w:rt>" + run("luò") + "</w:rt><w:rubyBase>" + run("雒")
               + "</w:rubyBase></w:ruby></w:r>" + run("水。") + word.box("框中的話。"))
        + para("方法", "berschrift2", word.listed(1, 1))
        + para("甲", more=word.listed(2)) + para("乙", more=word.listed(2, 1))
        + para("丙", more=word.listed(3)) + para("丁", more=word.listed(3))
        + para(LONG, "a5")
        + para("<w:r><w:t>江水東流去，</w:t><w:br/><w:t>石人不開言。</w:t></w:r>")
        + para("表 1 水位", "a6")
        + word.table(word.row("年", "水位", properties=("", '<w:gridSpan w:val="2"/>')),
                     word.row("甲", "1", "2"),
                     word.row("", "3", "4", properties=("<w:vMerge/>",)))
        + para(word.drawing("p.png")) + para("圖 1 江邊", "a6") + para(word.drawing("x.emf"))
        + word.table(word.row("一格之框"))
        + para("if x:", "HTML") + para("  y = 1", "HTML")
        + para("<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r>"
               "</m:den></m:f></m:oMath>")
    )  # fmt: skip
    numbering = word.numbers(
        word.level(0, "chineseCounting", "%1、") + word.level(1, "decimal", "%1.%2"),
        word.level(0, "bullet", "\uf0b7") + word.level(1, "bullet", "o"),
        word.level(0, "lowerLetter", "(%1)"),
    )
    made = taken(word.document(
        inside, numbering=numbering,
        notes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        + word.note(2, "第一段。", "第二段。"),
        endnotes=word.note(1, "尾注。", kind="endnote"),
        comments=f'<w:comment w:id="1">{para("改一改？")}</w:comment>', header=para("頁眉"),
        pictures={"p.png": word.PNG, "x.emf": b"\x01\x00\x00\x00"},
        links={"l1": "https://example.org/a"},
    ))  # fmt: skip
    text = body(made)
    for expected in (
        "# 一、引言 {#i}",
        "看**江水** *的人***說**武漢[水文站](https://example.org/a)[年鑑](https://example.org/b)七年[^1]",
        "[雒]{ruby=\"luò\"}水。 {#", "\n框中的話。 {#", "## 一.1 方法 {#", "\n- 甲 {#",
        "\n     - 乙 {#", "\n\\(a) 丙 {#", f"> {LONG} {{#",
        "::: verse\n江水東流去，\n石人不開言。 {#",
        "| 年 | 水位 |  |", "|  | 3 | 4 |\n: 表 1 水位 {#t1}",
        "![圖 1 江邊](source/pictures/p.png){#f1}", "![圖](){#", "\n一格之框 {#",
        "```\nif x:\n  y = 1\n```", "`a/b`",
        "[^1]: 第一段。\n\n    第二段。", "[^2]: 尾注。",
    ):  # fmt: skip
        assert expected in text, (expected, text)
    assert 'title = { zh = "石上的水位" }' in made.files["source/edition.toml"]
    assert 'subtitle = { zh = "一條江的一百年" }' in made.files["source/edition.toml"]
    reasons = dropped(made)
    assert reasons["hidden text"] == "。藏起來"
    assert reasons["comment"] == "改一改？"
    assert reasons["header"] == "頁眉"
    assert "引言 1" in reasons["contents list"]
    (tmp_path / "source" / "pictures").mkdir(parents=True)
    (tmp_path / "source" / "pictures" / "p.png").write_bytes(made.pictures["p.png"])
    assert not faults(workspace(made, tmp_path))


def test_tracked_changes_are_refused_with_who_made_them() -> None:
    inside = para(f'<w:ins w:id="1" w:author="王老師">{run("新")}</w:ins>')
    with pytest.raises(RefusedError, match="a tracked change by 王老師"):
        docx.read(word.document(inside))


def test_what_does_not_come_along_is_told() -> None:
    comments = f'<w:comment w:id="1">{para("改一改？")}</w:comment>'
    pictures = {"x.emf": b"\x01\x00\x00\x00"}
    found = told(word.document(para(LONG) + para(word.drawing("x.emf")), comments=comments,
                               pictures=pictures))  # fmt: skip
    assert {"IMP061", "IMP062"} <= set(found)


def test_headings_by_their_look() -> None:
    big = '<w:sz w:val="36"/><w:b/>'
    middle = '<w:sz w:val="28"/><w:b/>'
    made = taken(word.document(
        para(run("老渡口", big)) + para(LONG) + para(run("渡船", middle)) + para(LONG)
        + para(run("船夫的家", "<w:b/>")) + para(LONG) + para(run("要緊的是：", "<w:b/>"))
        + para(run("秋天", middle)) + para(LONG)))  # fmt: skip
    text = body(made)
    assert "# 渡船 {#" in text
    assert "## 船夫的家 {#" in text
    assert "# 秋天 {#" in text
    assert "**要緊的是：** {#" in text
    assert 'title = { zh = "老渡口" }' in made.files["source/edition.toml"]


def test_references_that_word_numbers_itself() -> None:
    numbering = word.numbers(word.level(0, "decimal", "[%1]"))
    made = taken(word.document(
        para("水位研究", "a3") + para("一、引言", "1") + para(LONG + "前人已有研究[2]。")
        + para("参考文献", "1") + para("李园. 江水[J]. 地理, 2019(2): 3-9.", more=word.listed(1))
        + para("王石. 石刻[M]. 北京: 中华书局, 2001.", more=word.listed(1)), numbering=numbering,
    ))  # fmt: skip
    assert "[@wang2001]" in body(made)
    assert (
        made.files["bib/references.bib"].count("\n@")
        + made.files["bib/references.bib"].startswith("@")
        == 2
    )


def test_what_python_docx_writes(tmp_path: Path) -> None:
    import docx as word_writer

    made = word_writer.Document()
    made.add_heading("河上的橋", 0)
    made.add_heading("橋", 1)
    made.add_paragraph("第一座", style="List Number")
    made.add_paragraph("第二座", style="List Number")
    made.add_paragraph("橋上有人。", style="Quote")
    paragraph = made.add_paragraph("橋下有")
    paragraph.add_run("水").italic = True
    path = tmp_path / "a.docx"
    made.save(str(path))
    text = body(taken(path.read_bytes()))
    for expected in ("# 橋 {#", "1. 第一座 {#", "2. 第二座 {#", "> 橋上有人。", "橋下有*水* {#"):
        assert expected in text


def test_any_part_may_be_cut() -> None:
    """No document is a traceback: it is read, or refused."""
    whole = word.document(
        para("水", "1") + word.table(word.row("a", "b")) + para(word.drawing("n"))
    )
    for at in range(0, len(whole), 97):
        with contextlib.suppress(RefusedError):
            take([("a.docx", whole[:at] + bytes(3) + whole[at + 3 :])], Options())


def test_a_paragraph_under_a_blank_bullet_goes_on_with_its_item() -> None:
    """As pandoc writes the second paragraph of an item."""
    data = word.document(
        para(run("船塢"), "Title") + para(run("斧頭有兩種。"), more=word.listed(1))
        + para(run("小的給學徒用。"), more=word.listed(2)) + para(run("鋸"), more=word.listed(1)),
        numbering=word.numbers(word.level(0, "decimal", "%1."), word.level(0, "bullet", " ")),
    )  # fmt: skip
    made = body(taken(data))
    assert re.search(r"1\. 斧頭有兩種。 \{#[\w.]+\}\n\n +小的給學徒用。", made), made
    assert "- 小的" not in made
