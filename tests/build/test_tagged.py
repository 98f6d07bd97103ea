"""Tagged pages on real XeLaTeX: what is read out is what the edition says, in order."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
import tag_tree
import verapdf
from book_samples import SETTINGS, built, png, workspace
from press_samples import changed
from proof_samples import matter_of
from pypdf import PdfWriter
from tag_tree import Said

from edition.build.pages import Composed
from edition.engine import readback
from edition.layout import reading_order
from edition.layout.structure import TagElement
from edition.model import EntryLook, Reference, References
from edition.press import preflight, profiles, screen
from edition.press.characters import UNMARKED, Finished
from edition.press.tags import Tagging
from edition.proof import expected, tagproof
from edition.proof.facts import of_book
from edition.proof.page import prove

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.tex

ZH = """# 山居 {#h}

山路甚曲，[溪](https://example.org/xi)在其左。友人Edward Hale來訪，住三日。 {#h.1}

> 山不在高。 {#h.2}

- 春採茶 {#h.3}
  - 早茶 {#h.4}
- 秋收[栗]{ruby="lì"}子。 {#h.5}

## 夜 {#n}

::: verse
月出東山，
照我柴門。 {#n.1}
:::

```
a = 1
```
{#n.2}

***

| 物 | 色 |
| --- | --- |
| 栗 | 褐 |
| 茶 | 綠 |
: 山中之物 {#t1}

見[](#t1)[@zhu]。 {#n.3}

![山門](gate.png){#f1 alt="門前兩松"}

甌 {#d.1}
: 小盆，深者謂之盂。 {#d.2}
: 又酒器。 {#d.3}
"""
EN = """# Living in the hills {#h}

The mountain path winds, with a [brook](https://example.org/xi) on its left. A friend, Edward Hale,
came to stay for three days, incomprehensibly unaccustomed to straightforward hospitality and to
uncompromisingly unsophisticated accommodation throughout. {#h.1}

> A hill need not be high (高). {#h.2}

- Tea is picked in spring {#h.3}
  - Early tea {#h.4}
- Chestnuts are gathered in autumn. {#h.5}

## Night {#n}

::: verse
The moon rises over the eastern hill
and shines on my wicker gate. {#n.1}
:::

```
a = 1
```
{#n.2}

***

| Thing | Colour |
| --- | --- |
| chestnut | brown |
| tea | green |
: Things of the hills {#t1}

See [](#t1) [@zhu]. {#n.3}

![The gate](gate.png){#f1 alt="Two pines before a gate"}

ou {#d.1}
: A small basin. {#d.2}
: Also a cup for wine. {#d.3}
"""
NOTES = """- id: path
  at: h.1
  quote: { zh: 山路, en: path }
  layer: 注
  zh: 長三里。
  en: Of three miles.
- id: chestnut
  at: h.5
  quote: { zh: 秋, en: autumn }
  layer: 注
  zh: 霜降之後。
  en: After the first frost.
"""
MORE = """[captions]
tables = true
figures = true
[glossary]
pages = false
[[abbreviation]]
short = "TLS"
full = { zh = "茶葉社", en = "Tea Leaf Society" }
[[witness]]
siglum = { zh = "宋", en = "S" }
name = { zh = "宋本", en = "the Song copy" }
"""
TERMS = """[[term]]
id = "tea"
zh = "茶"
en = "tea"
pinyin = "chá"
zh_gloss = "葉可飲。"
en_gloss = "A leaf for a drink."
"""
# what is read out, in order: the element, its language, its words
PAIRS = """
H1 zh-Hant 山居
H1 en Living in the hills
P zh-Hant 山路①甚曲，溪在其左。友人Edward Hale來訪，住三日。
P en The mountain path① winds, with a brook on its left. A friend, Edward Hale, came to stay for \
three days, incomprehensibly unaccustomed to straightforward hospitality and to \
uncompromisingly unsophisticated accommodation throughout.
Lbl zh-Hant ①
P zh-Hant 長三里。
Lbl en ①
P en Of three miles.
P zh-Hant 山不在高。
P en A hill need not be high (高).
Lbl zh-Hant •
P zh-Hant 春採茶
Lbl en •
P en Tea is picked in spring
Lbl zh-Hant •
P zh-Hant 早茶
Lbl en •
P en Early tea
Lbl zh-Hant •
P zh-Hant 秋②收栗lì子。
Lbl en •
P en Chestnuts are gathered in autumn.②
Lbl zh-Hant ②
P zh-Hant 霜降之後。
Lbl en ②
P en After the first frost.
H2 zh-Hant 夜
H2 en Night
P zh-Hant 月出東山， 照我柴門。
P en The moon rises over the eastern hill and shines on my wicker gate.
P zh-Hant a = 1
P en a = 1
Caption zh-Hant 表1 山中之物
TH zh-Hant 物
TH zh-Hant 色
TD zh-Hant 栗
TD zh-Hant 褐
TD zh-Hant 茶
TD zh-Hant 綠
Caption en Table 1. Things of the hills
TH en Thing
TH en Colour
TD en chestnut
TD en brown
TD en tea
TD en green
P zh-Hant 見表1（朱菊，2020）。
P en See Table 1 (Zhu Ju 2020).
Caption zh-Hant 圖1 山門
Caption en Figure 1. The gate
Lbl zh-Hant 甌
P zh-Hant 小盆，深者謂之盂。
P zh-Hant 又酒器。
Lbl en ou
P en A small basin.
P en Also a cup for wine.
H1 zh-Hant 詞彙表
H1 en Glossary
Lbl zh-Hant 茶
P zh-Hant chá 葉可飲。
Lbl en tea
P en A leaf for a drink.
H1 zh-Hant 參考文獻 References
BibEntry zh-Hant 朱菊 (Zhu Ju), 2020. 園記[J]. 菊譜, (3): 12-34.
BibEntry ja 岸一, 2014. 古い岸のノート[M]. 東京: 岸書院.
BibEntry en Smith, Ann. 1999. The Garden 園. https://quay.example/\
a-report-with-a-long-address/over-the-lines-of-it/and-on-and-on-to-its-end.html.
BibEntry fr Quai, Luc. 2013. Le quai et les jardins. Paris: Presse.
"""
_LEAVES = ("H1", "H2", "H3", "P", "Lbl", "Caption", "TH", "TD", "BibEntry")
ADDRESS = ("https://quay.example/a-report-with-a-long-address/over-the-lines-of-it/"
           "and-on-and-on-to-its-end.html")  # fmt: skip


def _work(key: str, text: str, *, italic: str = "", **more: str) -> Reference:
    looks = [EntryLook(at, at + len(part), kind, ADDRESS if kind == "link" else "")
             for part, kind in ((italic, "italic"), (ADDRESS, "link"))
             if part and (at := text.find(part)) >= 0]  # fmt: skip
    return Reference(
        key=key,
        authors="朱菊",
        authors_en="Zhu Ju",
        year="2020",
        text=text,
        looks=tuple(looks),
        **more,
    )  # type: ignore[arg-type]


WORKS = References(style="gb7714-2015", entries={one.key: one for one in (
    _work("zhu", "朱菊 (Zhu Ju), 2020. 園記[J]. 菊譜, (3): 12-34.", lang="zh"),
    _work("kishi", "岸一, 2014. 古い岸のノート[M]. 東京: 岸書院.", lang="zh", language="ja"),
    _work("smith", f"Smith, Ann. 1999. The Garden 園. {ADDRESS}.", italic="The Garden"),
    _work("quai", "Quai, Luc. 2013. Le quai et les jardins. Paris: Presse.", language="fr"),
)})  # fmt: skip


@dataclass
class Case:
    made: Composed
    tree: Said


def made(folder: Path, layout: str, settings: str = "") -> Case:
    workspace(folder, ZH, EN, notes=NOTES, settings=SETTINGS + MORE + settings)
    (folder / "source" / "glossary.toml").write_text(TERMS, "utf-8")
    (folder / "gate.png").write_bytes(png(1200, 300))
    done, _ = built(folder, layout, references=WORKS)  # type: ignore[arg-type]
    return Case(done, tag_tree.read(done.pdf))


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return made(tmp_path_factory.mktemp("pairs"), "facing")


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return made(tmp_path_factory.mktemp("sides"), "columns", '[accessibility]\norder = "sides"\n')


def heard(tree: Said) -> list[str]:
    """The words of the text, element by element, behind the contents."""
    told = []
    for one in tree.walk():
        if one.role in _LEAVES and not any(kid.role in _LEAVES for kid in one.walk() if kid != one):
            words = re.sub(r"\s+", " ", one.text.replace("\u00ad", "")).strip()
            told.append(f"{one.role} {one.lang} {words}")
    return told[told.index("H1 zh-Hant 山居") :]


def test_pairs_are_read_one_after_the_other_with_their_notes(pairs: Case) -> None:
    assert heard(pairs.tree) == PAIRS.strip().splitlines()


def test_sides_are_read_one_after_the_other(sides: Case) -> None:
    told = heard(sides.tree)
    assert sorted(told) == sorted(PAIRS.strip().splitlines())
    works = told.index("H1 zh-Hant 參考文獻 References")  # one list in any language
    assert told[works:] == PAIRS.strip().splitlines()[-len(told[works:]) :]
    langs = [one.split()[1] for one in told[: told.index("H1 zh-Hant 詞彙表")]]
    assert langs == sorted(langs, reverse=True), "all of the Chinese, then all of the English"


def test_each_element_is_what_it_is(pairs: Case) -> None:
    tree = pairs.tree
    assert tree.role == "Document"
    assert [one.text for one in tree.of("BlockQuote")] == [
        "山不在高。",
        "A hill need not be high (高).",
    ]
    lists = [len(one.of("LI")) for one in tree.of("L")]
    told = "abbreviations, sigla, two lists one in the other, terms, works"
    assert lists == [2, 2, 6, 2, 2, 2, 4], told
    assert {one.role for one in tree.of("LI")[0].kids if isinstance(one, Said)} == {"Lbl", "LBody"}
    assert all(str(one.attributes["/Scope"]) == "/Column" for one in tree.of("TH"))
    shown = "門前兩松 · Two pines before a gate"
    assert [one.alt for one in tree.of("Figure")] == [shown], "it stands once for both"
    ruby = tree.of("Ruby")[0]
    assert [(one.role, one.text) for one in ruby.kids if isinstance(one, Said)] == [
        ("RB", "栗"), ("RT", "lì"),
    ]  # fmt: skip
    assert [one.text for one in tree.of("Code")] == ["a = 1", "a = 1"]
    assert len(tree.of("TOC")) == 1
    spoken = {(one.lang, one.text.strip()) for one in tree.of("Span")}
    assert spoken >= {("en", "Edward Hale"), ("zh-Hant", "高"), ("zh-Latn-pinyin", "lì")}


def test_hyphens_of_line_ends_are_soft(pairs: Case) -> None:
    hyphened = "".join(one.text for one in pairs.tree.of("P") if one.lang == "en").split()
    soft = [one for one in hyphened if "\u00ad" in one]
    assert soft, "the long words of the sample are divided"
    assert not any("-" in one for one in hyphened)


def test_links_lead_both_ways_and_say_where(pairs: Case) -> None:
    notes, marks = pairs.tree.of("Note"), pairs.tree.of("Reference")
    assert len(notes) == len({one.id for one in notes}) == 4
    links = [one for one in pairs.tree.of("Link") if one.links]
    assert len(links) == len(pairs.tree.of("Link"))
    annotations = [one for link in links for one in link.links]
    assert len(annotations) == len(pairs.made.navigation.links)
    assert len({id(one) for one in annotations}) == len(annotations)
    assert all(str(one["/Contents"]) for one in annotations)
    told = {
        str(one["/Contents"]) for mark in marks for link in mark.of("Link") for one in link.links
    }
    assert told >= {"注 ①", "note ①", "注 ②", "note ②"}
    assert [str(one.links[0]["/Contents"]) for note in notes for one in note.of("Link")] == [
        "返回正文", "back to the text", "返回正文", "back to the text",
    ]  # fmt: skip
    assert {str(one["/Contents"]) for one in annotations if "/A" in one} == {
        "https://example.org/xi", ADDRESS,
    }  # fmt: skip
    (work,) = [one for one in pairs.tree.of("BibEntry") if one.text.startswith("Smith")]
    assert [one.text.replace("\u00ad", "").strip() for one in work.of("Link")] == [ADDRESS]
    assert len(work.links) == 0
    assert len(work.of("Link")[0].links) == 2, "one for each of its lines"
    cited = [one for one in pairs.made.navigation.links if one.says.startswith("朱菊")]
    assert len(cited) == 2
    assert {one.to_page for one in cited} == {pairs.made.plan.first_page["references/zhu"]}


def test_poppler_tells_the_whole_text(pairs: Case, tmp_path: Path) -> None:
    """Readers that lose what follows on nested content lose nothing."""
    (tmp_path / "a.pdf").write_bytes(pairs.made.pdf)
    told = subprocess.run(["pdfinfo", "-struct-text", "a.pdf"], cwd=tmp_path, capture_output=True,
                          check=True).stdout.decode("utf-8")  # fmt: skip
    said = "".join(re.findall(r'^ *"(.*)"$', told, re.MULTILINE))
    assert expected.folded(said) == expected.folded(pairs.tree.text)
    assert told.count("BibEntry") == 4


def test_nothing_is_shown_outside_the_tree_and_the_artifacts(pairs: Case, sides: Case) -> None:
    for case in (pairs, sides):
        assert set(tag_tree.unmarked(case.made.pdf)) == {""}


def test_headings_pass_over_no_level(sides: Case) -> None:
    levels = [int(one.role[1]) for one in sides.tree.walk() if re.fullmatch("H[1-6]", one.role)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


# --- the proof of the tags ------------------------------------------------------------------------


def told(case: Case, spoil: Callable[[TagElement], None]) -> set[str]:
    """What the proof says of a file whose tree was spoilt, without the names of boxes."""
    made, languages = case.made, {"zh": "zh-Hant", "en": "en"}
    contents = made.typeset.contents
    tree = reading_order.tree(made.book, made.measures, "pairs")
    right = Tagging(tree, contents, languages)
    wrong = Tagging(deepcopy(tree), contents, languages)
    spoil(wrong.tree)
    profile = profiles.load(profiles.SCREEN, ROOT, printer=False).value
    assert profile is not None
    pdf = screen.finish(made.source, meta=made.metadata, nav=made.navigation, profile=profile,
                        named=made.typeset.named, tagging=wrong)  # fmt: skip
    found = tagproof.of_file(Finished(pdf), right, made.book, made.measures, "pairs")
    return {re.sub(r"\S*/\S*|\d+|“\S+”", "…", one.fact) for one in found}


def home(tree: TagElement, key: str) -> tuple[TagElement, int]:
    """The element that holds the one of a box, and its place there."""
    return next((one, at) for one in tree.walk() for at, kid in enumerate(one.kids)
                if kid.box == key and kid.portion is None)  # fmt: skip


def test_the_proof_sees_a_tree_that_is_not_that_of_the_pages(pairs: Case) -> None:
    def swapped(tree: TagElement) -> None:
        above, at = home(tree, "h.1/zh")
        above.kids[at], above.kids[at + 1] = above.kids[at + 1], above.kids[at]

    def dropped(tree: TagElement) -> None:
        above, at = home(tree, "h.1/en")
        del above.kids[at]

    def doubled(tree: TagElement) -> None:
        above, at = home(tree, "h.1/en")
        above.kids.insert(at, above.kids[at])

    def foreign(tree: TagElement) -> None:
        above, at = home(tree, "h.1/en")
        above.kids[at].lang = "zh"

    def note_first(tree: TagElement) -> None:
        above, at = home(tree, "h.1/zh")
        above.kids.insert(at, above.kids.pop(at + 2))

    assert told(pairs, lambda _: None) == set()
    assert told(pairs, swapped) == {"… is read where … follows"}
    assert {"a part of … on page … is in no element", "… is read where … follows"} < told(
        pairs, dropped
    )
    assert "a part of … on page … is read … times" in told(pairs, doubled)
    assert told(pairs, foreign) == {"… is read as … and not as … on page …"}
    assert told(pairs, note_first) == {"… is read where … follows"}


def test_the_proof_sees_what_a_page_shows_and_no_one_is_read(pairs: Case) -> None:
    made = pairs.made
    page = made.plan.first_page["h.1/en"]
    facts = of_book(matter_of(made))[page]
    runs = Finished(made.pdf).runs(page)
    texts = tagproof.texts(runs)
    assert list(tagproof.of_page(facts, texts)) == []
    one = next(each for each in facts.slices if each.box and "winds" in each.box.written)
    assert one.box is not None
    said = "".join(texts[id_] for id_ in one.stretches)
    assert tagproof.of_box(one.box, said) == ""
    assert tagproof.of_box(one.box, said.replace("brook", "book"))
    assert tagproof.of_box(one.box, "".join(texts[id_] for id_ in one.stretches[1:]))
    bare = [run._replace(mark=UNMARKED) if run.mark == one.stretches[0] else run for run in runs]
    assert list(tagproof.of_page(facts, tagproof.texts(bare)))
    strange = [run._replace(mark=999) if run.mark == one.stretches[0] else run for run in runs]
    assert list(tagproof.of_page(facts, tagproof.texts(strange)))
    words = readback.words(made.source.parents[1] / "finished.pdf").value
    assert words is not None
    codes = {one.code for one in prove(facts, tuple(bare), words[page]).findings}
    assert codes == {"PRF031"}


def test_preflight_knows_the_claims_and_what_they_ask_for(pairs: Case) -> None:
    def codes(change: Callable[[PdfWriter], None]) -> list[str]:
        data = changed(pairs.made.pdf, change)
        looked = preflight.look_at(data, Path("a.pdf")).value
        assert looked.claims == ("PDF/A-2a", "PDF/UA-1")
        return [one.diagnostic.fact for one in looked.findings
                if one.diagnostic.code.id == "PRE027"]  # fmt: skip

    def bare_page(writer: PdfWriter) -> None:
        del writer.pages[3]["/StructParents"]

    def bare_link(writer: PdfWriter) -> None:
        page = next(one for one in writer.pages if "/Annots" in one)
        del page["/Annots"][0].get_object()["/Contents"]  # type: ignore[index]

    assert codes(lambda _: None) == []
    assert codes(lambda writer: writer._root_object.pop("/StructTreeRoot")) == [
        "the file has no structure tree"
    ]
    assert len(codes(lambda writer: writer._root_object.pop("/MarkInfo"))) == 1
    assert len(codes(lambda writer: writer._root_object.pop("/ViewerPreferences"))) == 1
    assert codes(bare_page) == ["nothing on the page leads to the structure tree"]
    assert codes(bare_link) == ["links without an element or without words: 1"]


def test_validators_pass_it(pairs: Case, sides: Case, tmp_path: Path) -> None:
    try:
        verapdf.classpath()
    except verapdf.UnavailableError as reason:
        pytest.skip(f"no veraPDF: {reason}")
    stacked = made(tmp_path / "stacked", "stacked")
    files = []
    for name, case in (("pairs", pairs), ("sides", sides), ("stacked", stacked)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(case.made.pdf)
        files.append(path)
    found = verapdf.validate(*files, flavour="2u,2a,ua1")
    assert found == {path: [] for path in files}
    if shutil.which("qpdf"):
        subprocess.run(["qpdf", "--check", *files[:1]], check=True, capture_output=True)
