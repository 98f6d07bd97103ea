"""Web pages of many programs: the text and nothing about it, with notes, readings and tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_samples import faults, workspace

from edition.diagnostics import Outcome
from edition.importers.article import Imported
from edition.importers.documents.model import RefusedError
from edition.importers.taking import imported


def read(text: str | bytes) -> Outcome[Imported]:
    data = text if isinstance(text, bytes) else text.encode()
    outcome = imported("page.html", data)
    account = outcome.value.accounted
    assert account["characters"] == account["kept"] + account["dropped"]
    assert "IMP005" not in [one.code.id for one in outcome.diagnostics]
    return outcome


def texts(outcome: Outcome[Imported]) -> str:
    return "\n".join(one for path, one in outcome.value.files.items() if path.endswith(".zh.md"))


def page(body: str, head: str = "<title>渡口</title>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


BODY = "<h1>渡口的燈</h1><p>渡口有一盞燈，夜裡過河的人都認得它。</p>"
NOTE = "縣志卷三有記載。"

NOTES = {
    "pandoc": (
        '<p>燈很亮<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>。'
        '</p><section class="footnotes"><hr/><ol><li id="fn1"><p>縣志卷三有記載。<a href="#fnref1" '
        'class="footnote-back">↩︎</a></p></li></ol></section>'
    ),
    "wiki": (
        '<p>燈很亮<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>。</p>'
        '<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b><a '
        'href="#cite_ref-1">↑</a></b></span> <span class="reference-text">縣志卷三有記載。</span></li>'
        "</ol>"
    ),
    "Word": (
        '<p class=MsoNormal>燈很亮<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1" '
        'title=""><span class=MsoFootnoteReference><span style="mso-special-character:footnote">[1]'
        '</span></span></a>。</p><div style="mso-element:footnote-list"><hr><div '
        'style="mso-element:footnote" id=ftn1><p class=MsoFootnoteText><a '
        'style="mso-footnote-id:ftn1" href="#_ftnref1" name="_ftn1" title=""><span>[1]</span></a> '
        "縣志卷三有記載。</p></div></div>"
    ),
    "WordPress": (
        '<p>燈很亮<sup class="modern-footnotes" id="easy-footnote-1"><a href="#easy-footnote-bottom-1">'
        '1</a></sup>。</p><ol class="easy-footnotes"><li><span id="easy-footnote-bottom-1"></span>'
        '縣志卷三有記載。<a href="#easy-footnote-1">⬆</a></li></ol>'
    ),
    "by hand": (
        '<p>燈很亮<a name="back1"></a><a href="#note1"><sup>(1)</sup></a>。</p><p><a name="note1"></a>'
        '<a href="#back1">(1)</a> 縣志卷三有記載。</p>'
    ),
    "EPUB": (
        '<p>燈很亮<a epub:type="noteref" href="#n1">①</a>。</p><aside epub:type="footnote" id="n1"><p>'
        "縣志卷三有記載。</p></aside>"
    ),
    "GitHub": (
        '<p>燈很亮<sup><a href="#user-content-fn-a" id="user-content-fnref-a">1</a></sup>。</p><section '
        'data-footnotes><h2 class="sr-only">Footnotes</h2><ol><li id="user-content-fn-a"><p>'
        '縣志卷三有記載。 <a href="#user-content-fnref-a" class="data-footnote-backref">↩</a></p></li>'
        "</ol></section>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", NOTES)
def test_notes_of_pages(program: str, tmp_path: Path) -> None:
    outcome = read(page(BODY + NOTES[program]))
    made = texts(outcome)
    assert "燈很亮[^1]。" in made
    assert re.search(rf"^\[\^1\]: {NOTE}$", made, re.MULTILINE)
    assert made.count("縣志") == 1
    assert not faults(workspace(outcome.value, tmp_path))


@pytest.mark.parametrize(("source", "made"), [
    ("<p>甲<b>乙</b>、<em>丙</em><sub>丁</sub></p>", "甲**乙**、*丙*[丁]{.sub}"),
    ("<p>甲<span style='font-weight: bold'>乙</span>丙</p>", "甲**乙**丙"),
    ("<p>面積 3 m<sup>2</sup></p>", "面積 3 m²"),
    ("<p>見<a href='https://example.org/a'>此</a></p>", "見[此](https://example.org/a)"),
    ("<p>見<a href='javascript:x()'>此</a>和<a href='b.html'>彼</a></p>", "見此和彼 {"),
    ("<p><ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby></p>",
     '[漢]{ruby="hàn"}[字]{ruby="zì"}'),
    ("<p><ruby><rb>漢</rb><rt>hàn</rt></ruby>人</p>", '[漢]{ruby="hàn"}人'),
    ("<ul><li>甲<ul><li>乙</li></ul></li></ul><ol start=3><li>丙</li></ol>", "3. 丙"),
    ("<ul><li>甲<ul><li>乙</li></ul></li></ul>", "     - 乙"),
    ("<blockquote><p>引文。</p><p>又一段。</p></blockquote>", "> 又一段。"),
    ("<pre><code>x = 1\ny = 2</code></pre>", "```\nx = 1\ny = 2\n```"),
    ("<p>用<code>a*b</code>算</p>", "用`a*b`算"),
    ("<hr>", "*** {"),
    ("<div>第一段。<br><br>第二段。</div>", "第一段。 {"),
    ("<p>一行\n  又一行</p>", "一行又一行 {"),
    ("<p>one line\n  another</p>", "one line another {"),
    ("<p>上<br>下</p>", "上\\\n下 {"),
    ("<div class='poem'><p>河水清<br/>岸上人<br/></p><p>渡船輕</p></div>", "::: verse\n河水清\n岸上人 {"),
    ("<table><caption>表一 船</caption><tr><th>甲</th><th>乙</th></tr><tr><td>丙</td><td>1</td></tr>"
     "</table>", "| 丙 | 1 |\n: 表一 船 {"),
    ("<table><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr><tr><td colspan=2>丁</td>"
     "</tr></table>", "| 甲 | 乙 |\n| --- | --- |\n|  | 丙 |\n| 丁 |  |"),
    ("<table role=presentation><tr><td><p>版面</p></td><td><p>表格</p></td></tr></table>", "版面 {"),
    ("<figure><img src='a.png' alt='替'><figcaption>圖一 渡口</figcaption></figure>", "![圖一 渡口]()"),
    ("<p><img src='a.png' alt='渡口'></p>", "![渡口]()"),
    ("<dl><dt>渡</dt><dd>過河。</dd></dl>", "> 過河。"),
    ("<p style='display:none'>看不見</p><p>看見</p>", "看見 {"),
    ("<script>var x = 1;</script><style>p{}</style><p>看見</p>", "看見 {"),
    ("<p class=MsoListParagraph>·<span>&nbsp;&nbsp;&nbsp; </span>要點</p>", "- 要點 {"),
    ("<p class=MsoListParagraph>2.<span>&nbsp;&nbsp; </span>要點</p>", "2. 要點 {"),
    ("<p>&lt;b&gt; * _ [x] \\ {y} `z`</p>", "\\<b> \\* _ \\[x\\] \\\\ \\{y\\} \\`z\\`"),
    ("<p>他說<q>好</q>。</p>", "他說“好”。"),
    ("<p>雙&shy;連&#8203;字</p>", "雙連字"),
    ("<p>甲<o:p></o:p></p><p><o:p>&nbsp;</o:p></p>", "甲 {"),
    ("<center><font size=5>大字</font></center>", "大字 {"),
    ("<p>段一<p>段二<ul><li>項<li>項二</ul>", "- 項二"),
])  # fmt: skip
def test_forms(source: str, made: str, tmp_path: Path) -> None:
    outcome = read(page(BODY + source))
    assert made in texts(outcome)
    assert not faults(workspace(outcome.value, tmp_path))


def test_a_page_is_its_text_alone() -> None:
    body = (
        "<header><nav><a href='/'>首頁</a></nav></header><main><article><h1>渡口的燈</h1><p>渡口有一盞"
        "燈，夜裡過河的人都認得它，燈下總坐着一位老人，他從不說話。</p><div class='sharedaddy'>分享</div>"
        "</article></main><aside>相關文章</aside><footer>版權所有</footer>"
    )
    outcome = read(page(body, "<title>渡口的燈 | 某站</title>"))
    made = texts(outcome)
    for one in ("首頁", "分享", "相關", "版權"):
        assert one not in made
        assert one in str(outcome.value.accounted["drops"])
    assert 'title = { zh = "渡口的燈" }' in outcome.value.files["source/edition.toml"]


def test_the_title_of_a_page_without_headings() -> None:
    outcome = read(page("<p>渡口有一盞燈。</p>", "<title>渡口的燈 - 某站</title>"))
    assert 'title = { zh = "渡口的燈" }' in outcome.value.files["source/edition.toml"]


@pytest.mark.parametrize(("encoding", "name"), [
    ("gb18030", "gb2312"), ("big5", "big5"), ("shift_jis", "Shift_JIS"), ("utf-8", "utf-8"),
    ("utf-16", "utf-16"),
])  # fmt: skip
def test_the_encoding_that_a_page_names(encoding: str, name: str) -> None:
    text = page(
        "<h1>渡口</h1><p>燈火一直到天明。</p>", f'<meta charset="{name}"><title>渡口</title>'
    )
    assert "燈火一直到天明。" in texts(read(text.encode(encoding, "replace")))


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(RefusedError):
        read("<html><body><script>x()</script></body></html>")


TAGS = st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "<ul><li>", "</li>", "</ul>", "<table>",
    "<tr><td>", "<td colspan=3>", "</table>", "<a href='#x'>1</a>", "<a id=x href='#y'>2</a>", "<br>",
    "<img src=a>", "<ruby>", "<rt>", "</ruby>", "<pre>", "</pre>", "<blockquote>", "<h2>", "</h2>",
    "<sup>1</sup>", "<script>", "</script>", "<!--", "-->", "&amp;", "&nbsp;", "字", "河水。", " word ",
    "\n", "*", "[", "{#a}", "\\", "<math>", "<figure>", "<figcaption>", "<dl><dt>", "<dd>", "<poem>",
    "<span class=poem>", "<aside id=y>", "<section class=toc>", "<svg>", "<![CDATA[", "<?php", "\x0c",
])  # fmt: skip


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.lists(TAGS, max_size=30).map("".join))
def test_any_page_imports(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    outcome = read(page("<p>開頭的字。</p>" + body))
    found = faults(workspace(outcome.value, tmp_path_factory.mktemp("any")))
    assert not [one for one in found if not one.startswith(("TXT019", "TXT020"))], found
