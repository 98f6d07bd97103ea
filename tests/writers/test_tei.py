"""TEI: valid, and read back as the same edition."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from validators import jing
from writing_samples import manuscript, prepared, write

from edition import config
from edition.anchors import attach
from edition.importers.workspace import run_import
from edition.model import Edition, Text
from edition.readers import read_edition
from edition.source import Span
from edition.writers import Manuscript, tei

TEI = "{http://www.tei-c.org/ns/1.0}"
NS = {"t": "http://www.tei-c.org/ns/1.0"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("tei") / "miscellany")


@pytest.fixture(scope="module")
def made(root: Path) -> Manuscript:
    return manuscript(prepared(root), root)


@pytest.fixture(scope="module")
def document(made: Manuscript) -> Any:
    return etree.fromstring(tei.write(made)[".tei.xml"])


def test_it_is_valid(made: Manuscript, root: Path, tmp_path: Path) -> None:
    from edition.config import Variant

    whole, exam = tmp_path / "whole.xml", tmp_path / "exam.xml"
    whole.write_bytes(tei.write(made)[".tei.xml"])
    alone = manuscript(prepared(root, variant=Variant(exam=True)), root)
    exam.write_bytes(tei.write(alone)[".tei.xml"])
    assert "The First Book" not in exam.read_text("utf-8")
    assert jing(whole, exam) == ""


def test_both_texts_stand_in_a_group_and_answer_to_each_other(
    made: Manuscript, document: Any
) -> None:
    ids = set(document.xpath("//@xml:id"))
    assert len(ids) == len(document.xpath("//@xml:id"))
    assert document.xpath("t:text/t:group/t:text/@xml:lang", namespaces=NS) == ["zh-Hant", "en"]
    names = ("corresp", "target", "targetEnd", "ref", "from", "to", "wit", "ana")
    pointers = [each for name in names for one in document.xpath(f"//@{name}")
                for each in one.split()]  # fmt: skip
    assert pointers
    assert [one for one in pointers if one.startswith("#") and one[1:] not in ids] == []
    for pair in made.edition.pairs:
        for one in pair.zh:
            (block,) = document.xpath("//*[@xml:id=$id]", id=f"zh-{one.id}")
            assert block.get("corresp") == " ".join(f"#en-{each.id}" for each in pair.en)


def test_notes_apparatus_names_and_places_are_what_tei_calls_them(document: Any) -> None:
    def there(path: str) -> Any:
        return document.xpath(path, namespaces=NS)

    lemma = there("//t:anchor[@xml:id='from-zh-town']")[0]
    assert lemma.getnext().tag == f"{TEI}ruby", "the lemma stands between its anchors"
    assert there("t:standOff//t:note[@target='#from-zh-town'][@targetEnd='#to-zh-town']")
    assert there("t:standOff/t:listApp/t:app[t:lem[@wit='#wit-1']='客']/t:rdg[@wit='#wit-2']='賓'")
    assert there("//t:note[@type='emendation']/t:choice[t:sic='二']/t:corr = '乙'")
    assert there("//t:listPerson/t:person[@xml:id='name-hermit']/t:persName[@xml:lang='en']")
    assert there("//t:listPlace/t:place/t:placeName = '洛陽'")
    assert there("//t:p//t:persName[@ref='#name-hermit'] = '東皋先生'")
    assert there("//t:p//t:placeName[@ref='#name-luoyang'][@evidence='internal'] = 'Luoyang'")
    assert there("//t:listWit/t:witness[@xml:id='wit-2']/t:name[@type='siglum'] = '明'")
    assert there("//t:listBibl/t:bibl[@xml:id='bibl-zhu']/t:title[@n='title'] = '庭園記'")
    assert there("//t:pb/@n") == ["12a", "12a"]
    assert there("//t:ruby[t:rb='雒']/t:rt = 'luò'")
    assert there("//t:lg/t:l")
    assert there("//t:seg[@type='citation']/t:bibl/t:citedRange") != []


def test_the_same_bytes_every_time(root: Path, made: Manuscript) -> None:
    assert tei.write(manuscript(prepared(root), root)) == tei.write(made)


# --- read back ---------------------------------------------------------------------------------


def bare(value: Any) -> Any:
    """A value without places, with texts in one piece. ``corresp`` says on one side or on both what
    the pairs are, which are compared themselves."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(
            (one.name, bare(getattr(value, one.name))) for one in dataclasses.fields(value)
            if not isinstance(getattr(value, one.name), Span)
            and one.name not in ("places", "corresp")
        ))  # fmt: skip
    if isinstance(value, tuple):
        joined: list[Any] = []
        for one in value:
            if isinstance(one, Text) and joined and isinstance(joined[-1], Text):
                joined[-1] = Text(joined[-1].text + one.text, one.span)
            else:
                joined.append(one)
        return tuple(map(bare, joined))
    if isinstance(value, Mapping):
        return sorted(((str(key), bare(one)) for key, one in value.items()), key=lambda one: one[0])
    return value


def said(root: Path) -> tuple[Edition, Any]:
    settings = config.load(root).value
    assert settings is not None
    edition = attach(read_edition(root, settings).value).value
    facts = [getattr(settings, name) for name in ("id", "title", "editors", "rules", "script",
                                                  "layers", "witnesses", "base_text")]  # fmt: skip
    return edition, [bare(one) for one in facts]


def same(root: Path, folder: Path, data: bytes) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    file, back = folder / "edition.tei.xml", folder / "back"
    file.write_bytes(data)
    done = run_import(file, back)
    assert done.value is not None, done.diagnostics
    for path in root.glob("pictures/*"):
        (back / "pictures").mkdir(exist_ok=True)
        shutil.copy(path, back / "pictures")
    (edition, facts), (again, facts_again) = said(root), said(back)
    assert bare(again.pairs) == bare(edition.pairs)
    assert bare(again.notes) == bare(edition.notes)
    assert bare(again.anchors) == bare(edition.anchors)
    for name in ("names", "terms", "sections"):
        assert bare(getattr(again, name)) == bare(getattr(edition, name))
    assert facts_again == facts


def test_it_reads_back_as_the_same_edition(root: Path, made: Manuscript, tmp_path: Path) -> None:
    same(root, tmp_path / "x", tei.write(made)[".tei.xml"])


WORDS = st.text(alphabet="天地玄黃aé<>&*[]{}`|\\@#-.:=~^_!12 “”", min_size=1, max_size=8).map(
    lambda text: "字" + " ".join(text.split()) + "文"
)


def markup(text: str) -> str:
    return "".join(f"\\{one}" if one.isascii() and not (one.isalnum() or one == " ") else one
                   for one in text)  # fmt: skip


INLINE = st.one_of(
    WORDS.map(markup),
    WORDS.map(lambda one: f"*{markup(one)}*"),
    WORDS.map(lambda one: f"**{markup(one)}**"),
    st.tuples(WORDS, st.sampled_from(("term", "name", "title", "lock", "foreign", "sub", "sup",
                                      "deleted", "supplied"))).map(
        lambda one: f"[{markup(one[0])}]{{.{one[1]}}}"),
    st.just('[字]{ruby="zì"}'), st.just('[字]{.name of="someone"}'), st.just("`a*b{c}`"),
    st.just("[@one, 12; vgl. @two; -@three]"), st.just("@one [3–4]"), st.just('[]{.page n="1a"}'),
    st.just("[字]{.term .lock}"), st.just('[字]{ids="⿰火良"}'), st.just("<https://example.org/a(b)?c=d>"),
    st.just("[words](https://example.org/)"), st.just("<name@example.org>"), st.just("斷\\\n行"),
)  # fmt: skip
# a word between, for marks that would touch each other
INLINES = st.lists(INLINE, min_size=1, max_size=4).map("間".join)
BLOCK = st.one_of(
    INLINES, INLINES.map(lambda one: "> " + one.replace("\n", "\n> ")),
    st.lists(INLINES.map(lambda one: one.replace("\\\n", "")), min_size=1, max_size=3).map(
        lambda lines: "::: verse\n" + "\n".join(lines) + "\n:::"),
    st.just("- 甲\n  - 乙\n    1. 丙\n- 丁"), st.just("1. 甲\n2. 乙"), st.just("***"),
    st.just("```\na `` b\n\n<c>\n```"), st.just("| 甲 | 乙 |\n|:-:|--:|\n| *a* | \\| |"),
    st.just("甲\n: 乙"), st.just("## 章\n\n### 節 {short=\"*節*\"}"),
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(blocks=st.lists(BLOCK, min_size=1, max_size=4))
def test_whatever_a_text_holds_reads_back(
    blocks: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.getbasetemp() / "any" / "workspace"
    shutil.rmtree(root.parent, ignore_errors=True)
    (root / "source" / "text").mkdir(parents=True)
    (root / "source/edition.toml").write_text('[edition]\nid = "any"\ntitle = "任"\n', "utf-8")
    for lang in ("zh", "en"):
        (root / f"source/text/a.{lang}.md").write_text("\n\n".join(blocks) + "\n", "utf-8")
    from edition.build import prepare

    ready = prepare(root).value
    assert ready is not None
    same(root, root.parent / "back", tei.write(manuscript(ready, root))[".tei.xml"])


def test_a_changed_file_is_read_as_any_other(made: Manuscript, tmp_path: Path) -> None:
    """Names of files are never taken from it, and what is missing is no traceback."""
    text = tei.write(made)[".tei.xml"].decode()
    for number, (old, new) in enumerate((
        ('n="01-first"', 'n="../../../evil"'), ("<lem ", "<other "), ("</lem>", "</other>"),
        ("<l>", "<x>"), ('type="edition"', 'type="other"'), ('rend="level1"', 'rend="x"'),
    )):  # fmt: skip
        file = tmp_path / f"{number}.xml"
        changed = text.replace(old, new)
        if old == "<l>":
            changed = changed.replace("</l>", "</x>")
        if "other " in changed and "</lem>" in changed:
            changed = changed.replace("</lem>", "</other>")
        file.write_text(changed, "utf-8")
        run_import(file, tmp_path / f"to{number}" / "inner" / "workspace")
    assert not list(tmp_path.rglob("evil*"))
