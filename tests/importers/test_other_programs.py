"""What other programs write: their ways with titles, lists, formulas and sources of markup."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from edition.importers.documents.model import RefusedError
from edition.importers.taking import Options, imported

_NS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "draw", "style", "fo")
)
LONG = "渡口在河的北岸，老人每天清早把船解開，傍晚再把它繫上，一年到頭沒有一天例外。"


def odt(body: str, parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<office:document-content {_NS} xmlns:xlink="http://www.w3.org/1999/xlink"'
            ' xmlns:xml="http://www.w3.org/XML/1998/namespace"><office:automatic-styles>'
            '<text:list-style style:name="L"><text:list-level-style-number text:level="1"'
            ' style:num-suffix="." style:num-format="1"/></text:list-style>'
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def p(style: str, text: str) -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def listed(attributes: str, *items: str) -> str:
    inside = "".join(f"<text:list-item>{p('P', one)}</text:list-item>" for one in items)
    return f'<text:list text:style-name="L" {attributes}>{inside}</text:list>'


def test_an_odt_with_front_matter_formulas_and_lists_that_go_on() -> None:
    body = "".join((
        p("Title", "渡口"), p("Subtitle", "一份口述"), p("Author", "林曉渡"), p("Date", "2023-05-12"),
        "沒有段落的話，也是正文，不可以丟掉。",
        '<text:h text:style-name="Heading_20_1" text:outline-level="1">引言</text:h>',
        p("Text", f"{LONG}油價用 <draw:frame><draw:object xlink:href=\"./Formula-0\"/></draw:frame> 記錄。"),
        listed('xml:id="a"', "油料", "氣象"), p("Text", "中間一段。"),
        listed('text:continue-list="a"', "來客"), listed("", "另起"),
        p("Source_20_Code", "for x in y:"), p("Source_20_Code", '<text:s text:c="2"/>print(x)'),
    ))  # fmt: skip
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>p</mi><mo>=</mo><mi>a</mi></math>'
    )
    outcome = imported("a.odt", odt(body, {"Formula-0/content.xml": formula}))
    made = outcome.value
    account = made.accounted
    assert account["characters"] == account["kept"] + account["dropped"]
    assert "IMP005" not in [one.code.id for one in outcome.diagnostics]
    text = "\n".join(one for path, one in sorted(made.files.items()) if path.endswith(".zh.md"))
    facts = made.files["source/edition.toml"]
    assert 'subtitle = { zh = "一份口述" }' in facts
    assert 'date = "2023-05-12"' in facts
    assert '{ zh = "林曉渡" }' in facts
    assert "沒有段落的話" in text
    assert "用 `p=a` 記錄" in text
    numbers = [one[0] for one in re.findall(r"^(\d)\. (?:油料|氣象|來客|另起)", text, re.MULTILINE)]
    assert numbers == ["1", "2", "3", "1"]
    assert "```\nfor x in y:\n  print(x)\n```" in text


def test_a_page_with_subtitle_verse_and_a_rule_above_its_notes() -> None:
    page = (
        '<html><body><header><h1 class="title">渡口</h1><p class="subtitle">一份口述</p>'
        f'<p class="date">2023-05-12</p></header><h1>引言</h1><p>{LONG}<a href="#n" id="r"><sup>1</sup></a></p>'
        '<div class="line-block">燈在山上亮，<br/>船在海裡行。</div>'
        '<section class="footnotes"><hr/><ol><li id="n"><p>見舊志。<a href="#r">↩</a></p></li></ol>'
        "</section></body></html>"
    )
    made = imported("a.html", page.encode()).value
    facts = made.files["source/edition.toml"]
    assert 'subtitle = { zh = "一份口述" }' in facts
    assert 'date = "2023-05-12"' in facts
    text = "\n".join(one for path, one in made.files.items() if path.endswith(".zh.md"))
    assert "::: verse\n燈在山上亮，\n船在海裡行。" in text
    assert "[^1]: 見舊志。" in text
    assert "***" not in text


@pytest.mark.parametrize(("text", "what"), [
    ("% made by a program\n%\n\\PassOptionsToPackage{a}{b}\n\\documentclass{article}\n", "LaTeX"),
    ("\\section{甲}\n\\label{a}\n\n水。\n\\begin{itemize}\n\\item 乙\n\\end{itemize}\n", "LaTeX"),
    ("#+TITLE: 渡口\n\n* 引言\n\n水在流。\n", "Org"),
    ("渡口\n====\n\n引言\n----\n\n.. image:: a.png\n\n水在流。\n", "reStructuredText"),
    ("== 引言 ==\n\n'''渡口'''在[[河]]邊。<ref>見舊志。</ref>\n", "wiki"),
    ("= 渡口\n:author: 林\n\n== 引言\n\n水在流。\n", "AsciiDoc"),
    ('{"cells": [], "nbformat": 4, "nbformat_minor": 5}', "Jupyter"),
])  # fmt: skip
def test_markup_that_is_not_read_is_refused_by_its_name(text: str, what: str) -> None:
    with pytest.raises(RefusedError, match=what):
        imported("a.txt", text.encode())


@pytest.mark.parametrize("text", [
    "# 渡口\n\n引言\n====\n\n水在流。\n\n一行\n----\n\n火在燒。\n",
    "= 渡口 =\n\n水在流，船在走，老人在岸邊看着。\n",
    "LaTeX 裡寫 \\section{甲} 就是標題，\\begin{a} 和 \\end{a} 成對。\n\n渡口。\n",
    "* 一\n* 二\n\n[[河]]邊有渡口。\n",
])  # fmt: skip
def test_texts_that_look_a_little_like_it_are_read(text: str) -> None:
    assert imported("a.txt", text.encode()).value.counts["segments"]


@pytest.mark.parametrize("small", [
    "<small>{0}</small>", '<span style="font-size: 70%">{0}</span>', '<font size="2">{0}</font>',
    '<span style="color: red; font-size: x-small">{0}</span>', "ODT",
])  # fmt: skip
def test_small_type_is_commentary_between_the_lines_where_it_is_asked_for(small: str) -> None:
    lemma, gloss, more = "子曰學而時習之", "說音悅學者效也", "不亦說乎有朋自遠方來不亦樂乎。"
    if small == "ODT":
        body = p("T", f'{lemma}<text:span text:style-name="S">{gloss}</text:span>{more}')
        styles = (
            '<style:style style:name="S"><style:text-properties fo:font-size="8pt"/></style:style>'
        )
        name, data = "a.odt", odt(body, {"styles.xml": f"<a {_NS}>{styles}</a>"})
    else:
        page = f"<html><body><h1>學而</h1><p>{lemma}{small.format(gloss)}{more}</p></body></html>"
        name, data = "a.html", page.encode()
    for asked in (True, False):
        files = imported(name, data, Options(interlinear=asked)).value.files
        text = "\n".join(one for path, one in files.items() if path.endswith(".zh.md"))
        assert (f"]: {gloss}" in text) is asked
        assert (f"{lemma}{gloss}{more}" in text) is not asked
