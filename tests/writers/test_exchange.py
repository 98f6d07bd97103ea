"""What translators are given: TMX, XLIFF, CSV and TBX, and what comes back of it."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from writing_samples import manuscript, prepared, write

from edition import config
from edition.build import Request, build, check
from edition.build.texts import unfit
from edition.cells import from_inert, inert
from edition.config import Variant
from edition.importers.workspace import run_import
from edition.model import LANGS, Lang, Text
from edition.readers import read_edition
from edition.writers import Manuscript, spreadsheet, tbx, tmx, workbook, writer, xliff

FORMATS = ("tmx", "xliff", "csv", "xlsx")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
X = {"x": xliff.SPACE}
T = {"t": tbx.SPACE}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("exchange") / "miscellany")


@pytest.fixture(scope="module")
def made(root: Path) -> Manuscript:
    return manuscript(prepared(root), root)


def test_tmx_has_units_by_id_and_markup_in_codes(made: Manuscript) -> None:
    document: Any = etree.fromstring(tmx.write(made)[".tmx"])
    assert document.xpath("string(header/@srclang)") == "zh-Hant"
    ids = document.xpath("body/tu/@tuid")
    assert len(ids) == len(set(ids))
    assert {"a", "a.1", "t1", "t1/3", "f1", "b.2"} <= set(ids)
    (unit,) = document.xpath("body/tu[@tuid='a.1']")
    zh, en = unit.findall("tuv")
    assert [one.get(LANG) for one in (zh, en)] == ["zh-Hant", "en"]
    assert zh.xpath("string(seg/bpt[1])") == "["
    assert zh.xpath("string(seg/ept[1])") == ']{ruby="luò"}'
    assert zh.xpath("seg/bpt[following-sibling::ept[1]='`']/@x") == en.xpath(
        "seg/bpt[following-sibling::ept[1]='`']/@x"
    ), "a code and its counterpart have one number"
    assert document.xpath("string(body/tu[@tuid='b.1']/tuv/seg/ph[2])") == "[@zhu, 12]"
    assert document.xpath("body/tu[@tuid='b.2']/tuv/@xml:lang") == ["en"]


def test_xliff_has_a_file_for_a_section_and_data_for_codes(made: Manuscript) -> None:
    document: Any = etree.fromstring(xliff.write(made)[".xlf"])
    assert (document.get("srcLang"), document.get("trgLang")) == ("zh-Hant", "en")
    assert document.xpath("x:file/@original", namespaces=X) == ["source/text/01-first.zh.md"]
    for unit in document.iter(f"{{{xliff.SPACE}}}unit"):
        data = set(unit.xpath(".//x:data/@id", namespaces=X))
        used = unit.xpath(".//@dataRef | .//@dataRefStart | .//@dataRefEnd")
        assert set(used) == data, unit.get("name")
        for side in unit.xpath("x:segment/*", namespaces=X):
            codes = side.xpath(".//@id")
            assert len(codes) == len(set(codes))
    left_out = document.xpath("//x:unit[@translate='no']/@name", namespaces=X)
    assert left_out == ["b.2"]


def test_tbx_has_terms_with_definitions_and_pinyin(made: Manuscript) -> None:
    document: Any = etree.fromstring(tbx.write(made)[".tbx"])
    (entry,) = document.xpath("//t:conceptEntry", namespaces=T)
    assert entry.get("id") == "term-city"
    assert entry.xpath("t:langSec/@xml:lang", namespaces=T) == ["zh-Hant", "en"]
    assert entry.xpath(".//t:term/text()", namespaces=T) == ["長河", "long river"]
    assert entry.xpath(".//t:descrip/text()", namespaces=T)[1] == "a river & its length"
    assert entry.xpath("string(.//t:termSec/t:note)", namespaces=T) == "pinyin: cháng hé"


@pytest.mark.parametrize("name", [*FORMATS, "tbx"])
def test_the_same_bytes_every_time_and_words_stay_words(
    name: str, made: Manuscript, root: Path
) -> None:
    files = writer(name).write(made)
    assert writer(name).write(manuscript(prepared(root), root)) == files
    (data,) = files.values()
    if name == "xlsx":
        assert b"alert(1)" in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
        return
    if name != "csv":
        assert not [one for one in etree.fromstring(data).iter() if "script" in str(one.tag)]
    if name != "tbx":
        assert "alert(1)" in data.decode()


CELLS = st.text(alphabet="'=+-@＝＠ \t\n字a", max_size=5)


@settings(max_examples=50)
@given(CELLS)
def test_a_cell_is_never_a_formula_and_comes_back(text: str) -> None:
    cell = inert(text)
    assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert from_inert(cell) == text


# --- there and back ------------------------------------------------------------------------------


def words(root: Path) -> dict[tuple[str, Lang], str]:
    """What each pair says, by its id."""
    facts = config.load(root).value
    assert facts is not None
    return {(pair.id, lang): said for pair in read_edition(root, facts).value.pairs
            for lang in LANGS if (said := "\n\n".join(one.text for one in pair.side(lang)))
            }  # fmt: skip


def back(name: str, made: Manuscript, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ((suffix, data),) = writer(name).write(made).items()
    (folder / f"texts{suffix}").write_bytes(data)
    done = run_import(folder / f"texts{suffix}", folder / "to")
    assert done.value is not None, done.diagnostics
    assert done.value.imported.accounted["characters"] > 0
    return folder / "to"


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_imported_builds_with_ids_and_plain_markup(
    name: str, made: Manuscript, root: Path, tmp_path: Path
) -> None:
    to = back(name, made, tmp_path / "x")
    again, was = words(to), words(root)
    cells = {key for key in again if key[0].startswith("t1.")}
    assert len(cells) == 12
    code = "01-first.16"  # blanks at the heads of lines are no words
    for key in set(again) - cells:
        if key[0] != code:
            assert again[key] == was[key], key
    assert {key for key in was if key[0] != "01-first.17"} <= set(again)
    if name not in ("csv", "xlsx"):
        text = next(to.glob("source/text/*.zh.md")).read_text("utf-8")
        assert '[雒]{ruby="luò"}' in text
        assert "白日*依山*下" in text
        assert "@zhu" not in text, "what needs a bibliography stays where there is one"
    if name == "xliff":
        assert not [one for one in check(to) if one.level.name == "ERROR"]


WORDS = st.text(alphabet="天地aé<>&*[]{}`|\\@#-+.:=~^_!'\"$12 “", min_size=1, max_size=9).map(
    lambda text: " ".join(text.split())
).filter(bool)  # fmt: skip
SEGMENT = st.lists(WORDS, min_size=1, max_size=2)
PAIR = st.tuples(st.lists(SEGMENT, min_size=1, max_size=2), st.lists(SEGMENT, max_size=2))


def markup(text: str) -> str:
    return "".join(f"\\{one}" if one.isascii() and not (one.isalnum() or one == " ") else one
                   for one in text)  # fmt: skip


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs=st.lists(PAIR, min_size=1, max_size=4))
def test_whatever_pairs_say_comes_back(
    pairs: list[tuple[list[list[str]], list[list[str]]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.getbasetemp() / "exchanged" / "workspace"
    shutil.rmtree(root.parent, ignore_errors=True)
    (root / "source" / "text").mkdir(parents=True)
    (root / "source/edition.toml").write_text('[edition]\nid = "any"\ntitle = "任"\n', "utf-8")
    for lang in LANGS:
        blocks = []
        for number, pair in enumerate(pairs):
            ids = [f"p{number}" + (f".{at}" if at else "") for at in range(len(pair[0]))]
            side = pair[LANGS.index(lang)]
            for at, lines in enumerate(side):
                tied = f' corresp="{" ".join(ids)}"' if lang == "en" else ""
                own = f"p{number}" + (f".{at}" if at else "")
                blocks.append("\\\n".join(map(markup, lines)) + f" {{#{own}{tied}}}")
            if not side:
                blocks += [f"{{#{one} .untranslated}}" for one in ids]
        (root / f"source/text/a.{lang}.md").write_text("\n\n".join(blocks) + "\n", "utf-8")
    made = manuscript(prepared(root), root)
    for name in FORMATS:
        assert words(back(name, made, root.parent / "back")) == words(root), name


def test_a_spreadsheet_shows_no_formula(made: Manuscript) -> None:
    text = spreadsheet.write(made)[".csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["id", "zh-Hant", "en", "version"]
    assert {len(row) for row in rows} == {4}
    assert ["b.2", "", "What only the English says."] in [row[:3] for row in rows]


def test_a_workbook_holds_texts_alone(made: Manuscript) -> None:
    import openpyxl

    first, second = made.edition.pairs[:2]
    assert made.encoded is not None
    hostile = [
        replace(first.en[0], inlines=(Text("=cmd|' /C calc'!A0", first.en[0].span),)),
        replace(second.en[0], inlines=(Text("_x0041_ " * 5000, second.en[0].span),)),
    ]
    pairs = [replace(one, en=(en,)) for one, en in zip((first, second), hostile, strict=True)]
    data = workbook.write(replace(made, encoded=replace(made.encoded, pairs=tuple(pairs))))
    sheet = openpyxl.load_workbook(io.BytesIO(data[".xlsx"])).worksheets[0]
    rows = list(sheet.iter_rows())
    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}
    assert {cell.quotePrefix for row in rows for cell in row} == {True}
    assert rows[1][2].value == "=cmd|' /C calc'!A0"
    assert rows[2][2].value is None, "too long for a cell: it would come back cut off"
    assert sheet.column_dimensions["D"].hidden


# --- a translation comes back --------------------------------------------------------------------


def given_back(name: str, made: Manuscript, folder: Path, changes: dict[str, str]) -> Path:
    """A file as a translator changes it."""
    ((suffix, data),) = writer(name).write(made).items()
    path = folder / f"back{suffix}"
    if name == "xlsx":
        return saved_anew(data, path, changes)
    text = data.decode()
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return path


def saved_anew(data: bytes, path: Path, changes: dict[str, str]) -> Path:
    """A workbook as a program of spreadsheets saves it."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            for old, new in changes.items():
                cell.value = str(cell.value or "").replace(old, new) or None
    book.save(path)
    return path


CHANGES = {"sinks</pc> on": "falls</pc> * upon", "well done”": "&lt;well&gt; done”",
           "is waking": "wakes",
           "view of hills": "view | of *hills*", "below it, smoke": "# smoke",
           ">State<": ">| State<", "The First Book": "Book the First"}  # fmt: skip


def test_what_a_translator_changed_takes_its_place(
    made: Manuscript, root: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    shutil.copytree(root, work)
    texts = [work / "source/text" / f"01-first.{lang}.md" for lang in LANGS]
    zh, en = (path.read_text("utf-8") for path in texts)
    for name in FORMATS:
        same = run_import(given_back(name, made, tmp_path, {}), work, update=True)
        assert same.value is not None
        assert (same.value.files, same.diagnostics) == ((), ())
    file = given_back("xliff", made, tmp_path, CHANGES)
    assert run_import(file, work).value is None, "nothing is replaced without being asked"
    done = run_import(file, work, update=True)
    assert done.value is not None
    assert done.diagnostics == ()
    assert done.value.imported.counts["texts revised"] == len(CHANGES)
    new = en
    for old, now in {
        "*sinks* on": "*falls* \\* upon", "well done”": "\\<well\\> done”", "is waking": "wakes",
        "view of hills": "view \\| of \\*hills\\*", "below it, smoke": "\\# smoke",
        "| State": "| \\| State", "The First Book": "Book the First",
    }.items():  # fmt: skip
        new = new.replace(old, now)
    assert [path.read_text("utf-8") for path in texts] == [zh, new]
    assert "+> The ancients said: “\\<well\\> done”." in done.value.changes
    assert not (work / "IMPORT.md").exists()


def test_what_would_not_be_itself_is_told_and_left(
    made: Manuscript, root: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    shutil.copytree(root, work)
    path = work / "source/text/01-first.en.md"
    en = path.read_text("utf-8")
    ((_, data),) = xliff.write(made).items()
    assert "[@zhu, 12]</data>" in data.decode()
    number = data.decode().partition(">[@zhu, 12]</data>")[0].rpartition("<data ")[2]
    changes = {f"<data {number}>[@zhu, 12]</data>": f"<data {number}>\n\n# x</data>",
               'name="01-first.5"': 'name="elsewhere"'}  # fmt: skip
    done = run_import(given_back("xliff", made, tmp_path, changes), work, update=True)
    assert {one.code.id for one in done.diagnostics} == {"IMP073"}
    assert {one.segment for one in done.diagnostics} == {"b.1", "elsewhere"}
    table = given_back(
        "csv", made, tmp_path, {"was a<b>&c": "was a<b>&d", "is following": "follows"}
    )
    done = run_import(table, work, update=True)
    assert [one.segment for one in done.diagnostics] == ["a.1"], "code is no plain text"
    assert path.read_text("utf-8") == en.replace("is following", "follows")


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_words_of_a_table_take_their_places_beside_markup(
    name: str, made: Manuscript, root: Path, tmp_path: Path
) -> None:
    """A table holds no markup: what it does not hold stays, a page, a name, code, emphasis."""
    work = tmp_path / "work"
    shutil.copytree(root, work)
    path = work / "source/text/01-first.en.md"
    en = path.read_text("utf-8")
    theirs = {"his tool was": "his *old* tool is", "In the town of Luoyang": "At Luoyang"}
    done = run_import(given_back(name, made, tmp_path, theirs), work, update=True)
    assert done.diagnostics == ()
    assert done.value.imported.counts["texts revised"] == 1
    new = en.replace("In the town of Luoyang", "At Luoyang")
    new = new.replace('"12a"}his tool was `', '"12a"}his \\*old\\* tool is `')
    assert new.count("old") == 1
    assert path.read_text("utf-8") == new


@pytest.mark.parametrize("name", FORMATS)
def test_what_the_workspace_changed_since_stands(
    name: str, made: Manuscript, root: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    shutil.copytree(root, work)
    path = work / "source/text/01-first.en.md"
    edited = path.read_text("utf-8")
    ours = {"A view of hills": "Hills, seen from afar", "is waking": "*awakes*",
            "first, water": "first comes water", "one\n": "firstly\n"}  # fmt: skip
    for old, new in ours.items():
        assert old in edited
        edited = edited.replace(old, new)
    path.write_text(edited, "utf-8")
    # one text changed there alone, one here alone, one on both sides, one on both alike
    theirs = {"below it, smoke": "smoke below", "A view of hills": "A sight of hills",
              "is waking": "awakes"}  # fmt: skip
    done = run_import(given_back(name, made, tmp_path, theirs), work, update=True)
    assert [(one.code.id, one.segment) for one in done.diagnostics] == [("IMP006", "f1")]
    assert "-Hills, seen from afar\n+A sight of hills" in done.diagnostics[0].hint
    assert path.read_text("utf-8") == edited.replace("below it, smoke", "smoke below")


def test_a_first_translation_makes_the_english(tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    (folder / "source/text").mkdir(parents=True)
    (folder / "source/edition.toml").write_text('[edition]\nid = "x"\ntitle = "獨"\n', "utf-8")
    chinese = "## 題 {#h}\n\n水落*石*出。 {#one}\n\n> 曰 {#q}\n"
    (folder / "source/text/a.zh.md").write_text(chinese, "utf-8")
    ((_, data),) = xliff.write(manuscript(prepared(folder), folder)).items()
    text = data.decode()
    for source, target in (("題", "Heading"), ("曰", "He says"), (
            "出。", 'A <pc id="1" dataRefStart="d1" dataRefEnd="d1">stone</pc>.')):  # fmt: skip
        text = text.replace(f"{source}</source>", f"{source}</source><target>{target}</target>")
    (tmp_path / "x.xlf").write_text(text, "utf-8")
    done = run_import(tmp_path / "x.xlf", folder, update=True)
    assert done.value is not None
    assert done.diagnostics == ()
    english = (folder / "source/text/a.en.md").read_text("utf-8")
    assert english == "## Heading {#h}\n\nA *stone*. {#one}\n\n> He says {#q}\n"


# --- what cannot be had --------------------------------------------------------------------------


def test_formats_of_pairs_are_refused_where_there_is_one_side(root: Path) -> None:
    done = build(Request(root=root, formats=(*FORMATS, "tbx"), variant=Variant(side="zh")))
    wrong = [one for one in done.diagnostics if one.code.id == "USE013"]
    assert [one.fact for one in wrong] == [
        f"{name} holds both languages, and this edition has Chinese alone"
        for name in (*FORMATS, "tbx")
    ]
    assert not list(root.glob("dist/miscellany-zh.*"))


def test_a_text_without_english_goes_to_its_translator(tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    (folder / "source/text").mkdir(parents=True)
    said = '[edition]\nid = "alone"\ntitle = "獨"\n\n[outputs]\nformats = ["xliff"]\n'
    (folder / "source/edition.toml").write_text(said, "utf-8")
    (folder / "source/text/a.zh.md").write_text("水落石出。 {#one}\n", "utf-8")
    ready = prepared(folder)
    document: Any = etree.fromstring(xliff.write(manuscript(ready, folder))[".xlf"])
    assert document.xpath("string(//x:source)", namespaces=X) == "水落石出。"
    assert not document.xpath("//x:target", namespaces=X)
    (wrong,) = unfit(ready, ("xliff", "tmx"), Request(root=folder))
    assert wrong.fact.startswith("tmx holds both")
    assert wrong.span is not None
    assert wrong.span.file.path == "source/edition.toml"
    both = replace(ready, config=replace(ready.config, languages=LANGS))
    (lacking,) = unfit(both, ("tmx", "tbx"), Request(root=folder, formats=("tmx", "tbx")))
    assert "glossary" in lacking.fact


def test_another_toolkit_reads_them(made: Manuscript) -> None:
    """Where it is installed: it is no dependency."""
    pytest.importorskip("translate")
    from translate.storage import tmx as their_tmx  # type: ignore[import-not-found]

    store = their_tmx.tmxfile.parsestring(tmx.write(made)[".tmx"])
    assert ("第一卷", "The First Book") in [(str(one.source), str(one.target)) for one in
                                          store.units]  # fmt: skip
