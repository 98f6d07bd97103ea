"""The web reader, as a file: all of the edition is in it, and nothing of it is markup or runs."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as reading
from writing_samples import manuscript, prepared, write

from edition.model import Kind, Lang, References, Styled, Text, plain
from edition.source import SourceFile
from edition.writers import Manuscript, web, xml
from edition.writers.hyper import Hyper
from edition.writers.shapes import content
from edition.writers.twofold import twofold

SPAN = SourceFile("x", "").span(0)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("web") / "miscellany")


@pytest.fixture(scope="module")
def made(root: Path) -> Manuscript:
    return manuscript(prepared(root), root)


@pytest.fixture(scope="module")
def page(made: Manuscript) -> reading.HtmlElement:
    return reading.fromstring(web.write(made)[".html"])


def words(element: reading.HtmlElement) -> str:
    """The text without marks of notes, readings and what the page itself says."""
    copy = reading.fromstring(reading.tostring(element))
    for one in copy.xpath("//sup[@class='mark'] | //rt | //a[@class='to' or @class='cite']"):
        one.drop_tree()
    for one in copy.xpath("//span[contains(@class, 'stone')]"):
        one.drop_tree()
    return re.sub(r"（）|\(\)", "", re.sub(r"\s", "", copy.text_content()))


# --- all of the edition ---------------------------------------------------------------------------


def test_every_segment_stands_in_its_row_and_language(
    made: Manuscript, page: reading.HtmlElement
) -> None:
    rows = {one.get("data-name"): one for one in page.xpath("//div[@data-name]")}
    assert list(rows) == [pair.id for pair in made.edition.pairs]
    for pair in made.edition.pairs:
        for lang in ("zh", "en"):
            (cell,) = rows[pair.id].xpath(f"div[contains(@class, 'cell {lang}')]")
            assert cell.get("lang") == ("zh-Hant" if lang == "zh" else "en")
            said = words(cell)
            for one in pair.side(lang):
                texts = (
                    [one.inlines, *(cell.inlines for cell in one.table.cells)]
                    if one.table
                    else [one.inlines]
                )
                for text in texts:
                    assert re.sub(r"\s", "", plain(text)) in said


def test_every_kind_of_block_is_an_element_of_its_own(page: reading.HtmlElement) -> None:
    for path in ("//h2", "//h3", "//p[@class='byline']", "//p[@class='verse'][br]",
                 "//ul[@class='l1']/li",
                 "//ul[@class='l2']/li", "//ol[@start='2']/li", "//blockquote/p",
                 "//p[@class='dt']",
                 "//p[@class='dd']", "//table[caption][thead/tr/th]/tbody/tr/td[@class='right']",
                 "//figure[img][figcaption]", "//pre/code", "//p[@class='ornament']", "//ruby/rt",
                 "//sub", "//sup", "//p[@class='absent']"):  # fmt: skip
        assert page.xpath(f"//div[@class='cell zh']{path}"), path


def test_the_other_script_is_at_hand(made: Manuscript, page: reading.HtmlElement) -> None:
    other = made.other
    assert other is not None
    rows = {one.get("data-name"): one for one in page.xpath("//div[@data-name]")}
    for pair in other.edition.pairs:
        (cell,) = rows[pair.id].xpath("div[contains(@class, 'cell zh')]")
        for one in cell.xpath(".//span[@data-o]"):
            one.text = one.get("data-o")
        said = words(cell)
        assert all(re.sub(r"\s", "", one.text) in said for one in pair.zh)
    assert page.xpath("//button[@data-script-to='hans']")
    kept = page.xpath("//div[@data-name='a.1']/div[contains(@class, 'zh')]//*[text()='東皋先生']")
    assert kept, "a locked name has one form"


def test_every_note_has_its_mark_and_every_link_its_goal(
    made: Manuscript, page: reading.HtmlElement
) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [one for one in page.xpath("//@href") if one.startswith("#")]
    assert {one[1:] for one in links} <= set(ids)
    marks = page.xpath("//a[@class='mark']")
    sides = sum(len(note.texts) for note in made.edition.notes) + 2  # and the author's own
    assert len(marks) == len(page.xpath("//aside[@class='note']")) == sides
    for one in marks:
        (note,) = page.xpath(f"//aside[@id='{one.get('href')[1:]}']")
        assert note.xpath(".//a[@class='back']")[0].text == one.text
    assert "引文一段。" in page.xpath("//aside//blockquote")[0].text_content() + page.text_content()


def test_names_terms_references_and_index_are_there(page: reading.HtmlElement) -> None:
    assert page.xpath("//a[@class='card'][@href='#p-hermit'] | //a[@href='#p-luoyang']")
    assert "Luoyang" in page.xpath("//*[@id='p-luoyang']")[0].text_content()
    assert "long river" in page.xpath("//*[@id='g-city']")[0].text_content()
    (entry,) = page.xpath("//ol[@class='refs']/li")
    assert "庭園記 <zhu>" in entry.text_content()
    assert entry.xpath(".//a/@href") == ["https://example.org/zhu?a=1&b=2"]
    assert page.xpath("//a[@class='cite'][@href='#r-zhu']")
    assert page.xpath("//ul[@class='index']/li//a[@href='#s-a.1']")


def test_the_same_bytes_every_time(root: Path, made: Manuscript) -> None:
    again = manuscript(prepared(root), root)
    assert web.write(again) == web.write(made)


# --- nothing runs but the reader ---------------------------------------------------------------


def test_the_policy_names_its_own_style_and_program_and_nothing_else(
    page: reading.HtmlElement,
) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    told = dict(one.strip().split(" ", 1) for one in policy.split(";"))
    assert told["default-src"] == "'none'"
    for name, path in (("style-src", "//style"), ("script-src", "//script")):
        (own,) = page.xpath(path)
        digest = base64.b64encode(hashlib.sha256(own.text.encode()).digest()).decode()
        assert told[name] == f"'sha256-{digest}'"
    assert all(one.startswith("data:image/png;base64,") for one in page.xpath("//@src"))
    assert page.xpath("//link | //iframe | //object | //@style | //@onclick") == []


def test_words_of_the_edition_are_never_markup(page: reading.HtmlElement) -> None:
    assert len(page.xpath("//script")) == 1
    assert "<script>alert(1)</script>" in page.xpath("//pre")[0].text_content()
    assert page.xpath("//title")[0].text == '雜錄 <甲> & 乙 / A Miscellany: "A" & <B>'


SIGNS = st.text(
    alphabet=st.one_of(
        st.sampled_from("<>&\"'/=;:\u202e\u2066\u200f\x00\x0b\ufffe]]>漢a \u0301"), st.characters()
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(SIGNS, SIGNS)
def test_any_text_reads_back_as_itself(text: str, value: str) -> None:
    text, value = text.replace("\r", ""), re.sub(r"[\r\n\t]", " ", value)
    whole = xml.element("p", xml.element("b", "x", title=value), text)
    page = reading.fromstring(xml.html(whole).decode())
    for read in (page, xml.etree.fromstring(xml.xml(whole))):
        (back,) = read.iter("b")
        assert (back.get("title") or "") == xml.fit(value)
        assert (back.tail or "") == xml.fit(text)
    assert not set(xml.fit(text)) & set("\u202e\u2066\u200f\x00")


def dialect(lang: Lang = "en") -> Hyper:
    return Hyper(lang=lang, tag=lang, signs={}, references=References(style="", entries={}),
                 picture=lambda _: "")  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
     "java\nscript:alert(1)", "vbscript:x", "file:///etc/passwd", "//evil.example",
     "\x01javascript:x"],
)  # fmt: skip
def test_only_addresses_of_pages_and_mail_are_links(address: str) -> None:
    words = (Text("press here", SPAN),)
    made = content((Styled(words, ("link",), (("href", address),), SPAN),), dialect())
    assert made == ["press here"]


def test_a_citation_of_nothing_is_no_link() -> None:
    words = (Text("Zhu 2020", SPAN),)
    assert content((Styled(words, ("cite",), (("key", "x"),), SPAN),), dialect()) == ["Zhu 2020"]


# --- variants ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"exam": True}, ["第一卷"], ["The First Book", "Luoyang", "即洛陽", "long river"]),
        ({"side": "en"}, ["The First Book", "walls"], ["第一卷", "即洛陽"]),
        ({"notes": ("校",)}, ["第一卷", "Alike in shape"], ["即洛陽", "walls"]),
        ({"notes": ()}, ["第一卷"], ["即洛陽", "Alike in shape", "形近"]),
    ],
)
def test_what_a_variant_leaves_out_is_nowhere(
    root: Path, asked: dict[str, object], there: list[str], gone: list[str]
) -> None:
    from edition.config import Variant

    ready = prepared(root, variant=Variant(**asked))  # type: ignore[arg-type]
    text = web.write(manuscript(ready, root))[".html"].decode()
    assert all(one in text for one in there)
    assert [one for one in gone if one in text] == []


def test_sections_before_and_behind_the_text_keep_their_notes(tmp_path: Path) -> None:
    root = write(tmp_path / "matter")
    settings = root / "source" / "edition.toml"
    told = '[matter]\nfront = ["title", "contents", "00-preface"]\n\n[index]'
    settings.write_text(settings.read_text("utf-8").replace("[index]", told), "utf-8")
    for lang, said in (("zh", "序曰[^1]，此書甚善。"), ("en", "The preface[^1] praises the book.")):
        text = f"# 序 {{#p}}\n\n{said} {{#p.1}}\n\n[^1]: {lang}\n"
        (root / f"source/text/00-preface.{lang}.md").write_text(text, "utf-8")
    page = reading.fromstring(web.write(manuscript(prepared(root), root))[".html"])
    rows = page.xpath("//div[@data-name]/@data-name")
    assert rows[:2] == ["p", "p.1"]
    assert page.xpath("//div[@id='s-p.1']//a[@class='mark']")
    ids = set(page.xpath("//@id"))
    assert {one[1:] for one in page.xpath("//@href") if one.startswith("#")} <= ids


# --- both scripts ------------------------------------------------------------------------------


def test_what_differs_is_held_beside_and_nothing_else() -> None:
    shown = xml.element("p", "漢", xml.element("b", "字"), "、", xml.element("i", "書"), "們")
    other = xml.element("p", "汉", xml.element("b", "字"), "、", xml.element("i", "书"), "们")
    made = twofold(shown, other)
    assert reading.tostring(made, encoding="unicode") == (
        '<p><span data-o="汉">漢</span><b>字</b>、<i><span data-o="书">書</span></i>'
        '<span data-o="们">們</span></p>'
    )


def test_what_is_built_otherwise_stands_there_whole() -> None:
    shown = xml.element("p", "漢", xml.element("b", "字", id="x"))
    other = xml.element("p", "汉字", xml.element("i", "x", id="x"))
    made = twofold(shown, other)
    assert [one.get("class") for one in made] == ["own", "other"]
    assert made[1].get("hidden")
    assert len(made.xpath("//@id")) == 1


def test_a_figure_without_a_picture_says_so(made: Manuscript) -> None:
    figure = next(one for one in made.edition.segments.values() if one.kind is Kind.FIGURE)
    to = dialect("zh")
    shown = to.figure(replace(figure, figure="", label="〔圖缺〕"), ["山"])
    assert shown.xpath("string(p)") == "〔圖缺〕"
    assert shown.xpath("string(figcaption)") == "山"
