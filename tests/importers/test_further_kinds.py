"""Kinds of documents that other programs write: formulas, notes of several paragraphs, chapters with
notes of their own, abstracts under labels of a program, verse behind bars."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from import_samples import faults, workspace

from edition.importers.article import Imported
from edition.importers.taking import imported

PAGE = "<html><head><title>渡口</title></head><body><h1>渡口</h1>{}</body></html>"


def taken(name: str, text: str, root: Path) -> Imported:
    done = imported(name, text.encode())
    assert done.value is not None, done.diagnostics
    assert not {"IMP005", "IMP011", "IMP012"} & {one.code.id for one in done.diagnostics}
    assert not faults(workspace(done.value, root))
    return done.value


def body(made: Imported, lang: str = "zh") -> str:
    return "\n".join(text for path, text in made.files.items() if path.endswith(f".{lang}.md"))


@pytest.mark.parametrize(("source", "wanted"), [
    ("<math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac>"
     "</math>", "`x=1/(a+b)`"),
    ("<math><msubsup><mo>∑</mo><mn>0</mn><mi>n</mi></msubsup><msup><mi>q</mi><mn>2</mn></msup></math>",
     "`∑_0^nq^2`"),
    ("<math><semantics><msub><mi>z</mi><mn>1</mn></msub><annotation encoding='application/x-tex'>"
     r"\vec z_1</annotation></semantics></math>", r"`\vec z_1`"),
    (r"<span class='math inline'>\(y=x^2\)</span>", "`y=x^2`"),
    (r"<span class='math display'>$$\int_0^1 x$$</span>", r"`\int_0^1 x`"),
    ("<span>$5</span>", "$5"),
])  # fmt: skip
def test_formulas_of_pages(source: str, wanted: str, tmp_path: Path) -> None:
    made = taken("p.html", PAGE.format(f"<p>老人在沙上寫了 {source}，孩子們看著。</p>"), tmp_path)
    assert f"老人在沙上寫了 {wanted}，孩子們看著。" in body(made)


@pytest.mark.parametrize("holder", [
    '<div id="sdfootnote{0}"><p><a name="b{0}" href="#a{0}">{0}</a>{1}</p></div>',
    '<div style="mso-element:footnote" id="ftn{0}"><p><a href="#a{0}" name="b{0}">[{0}]</a> {1}</p></div>',
    '<aside id="fn-{0}"><p><a href="#a{0}" name="b{0}">{0}</a> {1}</p></aside>',
])  # fmt: skip
def test_notes_of_several_paragraphs_of_word_processors(holder: str, tmp_path: Path) -> None:
    notes = holder.format(1, "見縣志。</p><p>村中另有一說。") + holder.format(2, "木船。")
    made = taken("p.html", PAGE.format(
        '<p>河在這裏轉彎。<a name="a1" href="#b1"><sup>1</sup></a>岸邊有一條船。'
        f'<a name="a2" href="#b2"><sup>2</sup></a></p>{notes}'), tmp_path)  # fmt: skip
    assert "[^1]: 見縣志。\n\n    村中另有一說。\n" in body(made)
    assert "[^2]: 木船。" in body(made)
    assert body(made).count("村中另有一說") == 1


CHAPTERS = """\
村居雜記

{one}河

河水在這裏轉彎，{m[0]}村人靠打漁爲生，後來也種地。{m[1]}

河邊有老樹三棵，樹下是孩子們玩耍的地方。{m[2]}

{label}

{n[0]}見縣志卷二。
{n[1]}據村中老人口述。
{n[2]}今存一棵。

{two}橋

橋在村口，是石頭造的，{m[0]}橋下有船，船上的人唱歌。

橋頭有碑，碑上的字已經看不清楚了。{m[1]}

{label}

{n[0]}建於道光年間。
{n[1]}碑文見縣志。
"""


@pytest.mark.parametrize(("marks", "numbers"), [
    ("1 2 3", "1 2 3"), ("1 2 3", "1. 2. 3."), ("[1] [2] [3]", "[1] [2] [3]"), ("① ② ③", "① ② ③"),
])  # fmt: skip
@pytest.mark.parametrize("heads", [("第一章　", "第二章　"), ("一、", "二、"), ("1. ", "2. ")])
def test_chapters_with_notes_of_their_own(
    marks: str, numbers: str, heads: tuple[str, str], tmp_path: Path
) -> None:
    made = taken("a.txt", CHAPTERS.format(
        one=heads[0], two=heads[1], label="註釋", m=marks.split(),
        n=[f"{one} " for one in numbers.split()]), tmp_path)  # fmt: skip
    first, second = (text for path, text in sorted(made.files.items()) if path.endswith(".zh.md"))
    assert "轉彎，[^1]村人靠打漁爲生，後來也種地。[^2]" in first
    assert "地方。[^3]" in first
    assert "[^3]: 今存一棵。" in first
    assert "造的，[^4]橋下" in second
    assert "楚了。[^5]" in second
    assert "[^4]: 建於道光年間。" in second
    assert "[^5]: 碑文見縣志。" in second


def test_a_lost_mark_of_a_chapter_shifts_no_other() -> None:
    text = CHAPTERS.format(one="第一章　", two="第二章　", label="註釋", m=["[1]", "[2]", "[3]"],
                           n=["[1] ", "[2] ", "[3] "])  # fmt: skip
    made = imported("a.txt", text.replace("轉彎，[1]", "轉彎，").encode())
    assert [one.code.id for one in made.diagnostics if one.code.id == "IMP011"] == ["IMP011"]
    assert made.value is not None
    assert "造的，[^4]橋下" in body(made.value)


def test_an_abstract_is_in_the_language_of_its_words(tmp_path: Path) -> None:
    made = taken("p.html", PAGE.format(
        "<div class='abstract'><h2>Abstract</h2><p>本文記錄三次談話。</p></div>"
        "<h1>第一次</h1><p>那時候我十四歲，跟著伯父學造船，學了三年零六個月。</p>"), tmp_path)  # fmt: skip
    assert "# 摘要 {#abstract}\n\n本文記錄三次談話。" in body(made)
    assert "本文" not in body(made, "en")


def test_lines_behind_bars_are_verse(tmp_path: Path) -> None:
    made = taken(
        "a.md", "# 船歌\n\n他唱道：\n\n| 風*來了*，\n|     帆滿了，\n| 船就走。\n", tmp_path
    )
    assert "::: verse\n風*來了*，\n    帆滿了，\n船就走。 {#" in body(made)


def test_a_formula_as_forges_write_it(tmp_path: Path) -> None:
    made = taken("a.md", "# 沙\n\n老人寫了 $`E=mc^2`$ 給孩子們看。\n", tmp_path)
    assert "寫了 `E=mc^2` 給" in body(made)


def test_what_an_import_marks_at_the_head_of_a_line_stays_a_mark(tmp_path: Path) -> None:
    made = taken("a.txt", """\
渡口記

一、碑

𠮷野的碑上土下口，抄書時才留意到這一點，先人未曾提過。①

碑在村口，字已漫漶，只有𪚥字可認，別的都看不清了。

a@example.org 是村裡的信箱，來信請寄此處，一概不收費用。

> 者，記號也，村人以此為界，過此則為外鄉，不可不知。

二、歌

𠮷日良辰好，
渡口望春潮。
歸人何處去，
山外一聲簫。

① 𠮷：吉之俗字。
""", tmp_path)  # fmt: skip
    text = body(made)
    sign = '[𠮷]{ids="U+20BB7"}'
    for wanted in (f"\n{sign}野的碑", '只有[𪚥]{ids="U+2A6A5"}字', "\n<a@example.org> 是村",
                   f"::: verse\n{sign}日良辰好，", f"[^1]: {sign}：吉"):  # fmt: skip
        assert wanted in text
    assert "\\[" not in text


def test_novels_of_more_than_a_hundred_chapters_keep_them_in_order(tmp_path: Path) -> None:
    figures = "〇一二三四五六七八九"
    words = {99: "九十九", 100: "一百", 101: "一百零一", 110: "一百一十", 111: "一百一十一"}
    numbers = [words.get(n) or "".join(figures[int(one)] for one in str(n)) for n in range(1, 122)]
    text = "".join(f"第{one}回　渡口逢故人\n\n話說這日天晴，渡口來了一個賣酒的人。\n\n"
                   for one in numbers)  # fmt: skip
    made = taken("a.txt", f"渡口長話\n\n{text}", tmp_path)
    files = sorted(path for path in made.files if path.endswith(".zh.md"))
    heads = [made.files[path].partition(" {#")[0] for path in files]
    assert heads == [f"# 第{one}回　渡口逢故人" for one in numbers]
    assert files[110] == "source/text/111-cxi.zh.md"


def test_a_play_has_its_cast_and_its_scenes_and_no_authors(tmp_path: Path) -> None:
    made = taken("a.txt", """\
渡口（二幕劇）

周石橋

人物：
　　老吳——渡夫
　　客人

第一幕

第一場

〔黃昏。渡口。〕

老吳　這水漲了三天了。

第二場

客人　借個火。

第二幕

第一場

老吳　船開了。
""", tmp_path)  # fmt: skip
    text = body(made)
    assert 'authors = [\n  { zh = "周石橋" },\n]' in made.files["source/edition.toml"]
    assert text.index("人物： {") < text.index("老吳——渡夫 {") < text.index("客人 {")
    assert re.findall(r"^#.*", text, re.MULTILINE) == [
        "# 第一幕 {#i}", "## 第一場 {#i.1}", "## 第二場 {#i.2}", "# 第二幕 {#ii}",
        "## 第一場 {#ii.1}"]  # fmt: skip


@pytest.mark.parametrize("lines", [
    ("一、石工坍卸一百二十三丈五尺。", "二、土工漫口三處。", "三、閘座五座，內二座應行拆修。"),
    ("第一條　本會定名為渡口會。", "第二條　凡渡河者皆可入會。", "第三條　會費每年二元。"),
])  # fmt: skip
def test_items_counted_in_chinese_stay_apart(lines: tuple[str, ...], tmp_path: Path) -> None:
    said = "臣馳抵渡口，會同河臣，親詣各工，逐段查勘，所見如左，謹繕清單，恭呈御覽，伏乞聖鑒。"
    made = taken("a.txt", "\n\n".join(
        ("查勘渡口摺", said, "計開：\n" + "\n".join(lines), said)), tmp_path)  # fmt: skip
    assert re.findall(r"^(?:[一二三]、|第).*(?= \{#)", body(made), re.MULTILINE) == list(lines)
