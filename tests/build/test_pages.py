"""Pages from an edition on real XeLaTeX: placed, linked and proved; and the proof itself, which
must see every fault that is put into finished pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import prototype_corpus
import pytest
from book_samples import same_pages
from conftest import write_workspace
from proof_samples import matter_of, proved
from pypdf import PdfReader

from edition.anchors import attach
from edition.build.pages import Composed, compose
from edition.config import Config, load
from edition.diagnostics import Outcome, Severity
from edition.engine import readback
from edition.engine.cache import Cache
from edition.engine.readback import Pages, Word
from edition.layout import spec
from edition.layout.types import BoxRole, SliceAt, Typeset
from edition.model import Edition, References
from edition.press.links import metadata
from edition.proof import book as books
from edition.proof.types import Proof
from edition.readers import read_edition

ROOT = Path(__file__).resolve().parents[2]
NONE = References(style="gb7714-2015", entries={})
pytestmark = pytest.mark.tex


def composed(edition: Edition, config: Config, work: Path, **more: Any) -> Outcome[Composed | None]:
    layout = spec.load(config, ROOT).value
    assert layout is not None
    return compose(edition, config, NONE, layout, root=ROOT, work=work, cache=Cache(work / "cache"),
                   progress=lambda _: None, **more)  # fmt: skip


LONG = """

園中有池，池上有橋，橋邊有亭。亭中置一石几，几上刻棋局。客至則烹茶對弈，日暮方散。
園主嘗言，種花如讀書，不可求速；又言，看花如交友，不可求多。鄰人聞之，皆以為有理。 {#i.5}
"""
LONG_EN = """

In the garden lies a pond, over the pond leads a bridge, and beside the bridge stands a pavilion.
In it is a table of stone with a chessboard cut into it. When guests come, tea is made and they
play until dusk. The owner used to say that growing flowers is like reading and cannot be hurried;
and that looking at flowers is like having friends, of whom one need not have many. {#i.5}
"""


def _more(folder: Path, copies: int = 12) -> Path:
    """The workspace of the tests, long enough to run over several pages."""
    for lang, text in (("zh", LONG), ("en", LONG_EN)):
        path = folder / "source" / "text" / f"01-garden.{lang}.md"
        more = "".join(text.replace("{#i.5}", f"{{#i.{n}}}") for n in range(5, 5 + copies))
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    notes = folder / "source" / "notes" / "01-garden.yaml"
    extra = "".join(
        f"- id: pond{n}\n  at: i.{n}\n  quote: {{zh: 池上, en: over the pond}}\n  layer: 注\n"
        f"  zh: {'池水四季不竭，' * n}園中勝處。\n"
        f"  en: {'It never runs dry, whatever the season. ' * n}The best place of the garden.\n"
        for n in range(5, 5 + copies)
    )
    notes.write_text(notes.read_text("utf-8") + extra, "utf-8")
    return folder


@dataclass
class Case:
    """A composed edition with everything that the proof is made from."""

    composed: Composed
    edition: Edition
    config: Config
    words: Pages

    def prove(
        self, *, slices: Sequence[SliceAt] | None = None, words: Pages | None = None,
        typeset: Typeset | None = None,
    ) -> Proof:  # fmt: skip
        one = self.composed
        typeset = typeset or replace(
            one.typeset, slices=tuple(one.typeset.slices if slices is None else slices)
        )
        return proved(matter_of(one, typeset=typeset), words or self.words)

    def codes(self, **changed: object) -> set[str]:
        return {found.code.id for found in self.prove(**changed).found}  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=["facing", "columns"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = _more(write_workspace(tmp_path_factory.mktemp("garden")))
    config = load(folder).value
    assert config is not None
    config = replace(config, layout=request.param)
    edition = attach(read_edition(folder, config).value).value
    work = folder / "work"
    done = composed(edition, config, work)
    assert done.value is not None
    assert not [one for one in done.diagnostics if one.level is Severity.ERROR]
    words = readback.words(work / "finished.pdf").value
    assert words is not None
    return Case(done.value, edition, config, words)


def test_lines_give_the_pages_that_one_document_gives(case: Case, tmp_path: Path) -> None:
    work = case.composed.source.parents[1]
    plain = composed(case.edition, case.config, work, plain=True)
    assert plain.value is not None
    same_pages(case.composed, plain.value)


@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_so_do_those_of_the_shipped_edition(layout: str, tmp_path: Path) -> None:
    config = load(ROOT).value
    assert config is not None
    config = replace(config, layout=layout)  # type: ignore[arg-type]
    edition = attach(read_edition(ROOT, config).value).value
    lines = composed(edition, config, tmp_path, jobs=1)
    plain = composed(edition, config, tmp_path, plain=True)
    assert lines.value is not None
    assert plain.value is not None
    same_pages(lines.value, plain.value)
    # the one is tagged, the other not
    assert len(lines.value.pdf) <= 1.15 * len(plain.value.pdf)
    tags = _subset_tags(lines.value.pdf)
    assert len(tags) > 2
    assert len(tags) == len(set(tags)), "no two subsets share a tag"


def _subset_tags(pdf: bytes) -> list[str]:
    """The six letters before the names of fonts that are embedded in part, one for each file."""
    reader = PdfReader(BytesIO(pdf))
    names: dict[int, str] = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            own = font.get_object()
            [below] = own.get("/DescendantFonts", [own])
            described = below.get_object()["/FontDescriptor"]
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in described:
                    names[described.raw_get(key).idnum] = described["/FontName"]
    return [name.lstrip("/").partition("+")[0] for name in names.values()]


def test_an_edition_is_set_and_proved(case: Case) -> None:
    found = case.composed.proof
    assert {one.code.id for one in found.found} <= {"PRF016"}  # lines may be stretched
    assert found.pages == case.composed.pages == len(case.words)
    assert found.pairs == 17
    assert found.notes == 28
    assert found.as_dict()["violations"] == []
    assert f"{found.pages} pages, 17 pairs" in found.line()


def test_facing_pages_have_chinese_on_the_left(case: Case) -> None:
    if not case.composed.layout.geometry.facing:
        pytest.skip("columns")
    for one in case.composed.typeset.slices:
        box = case.composed.book.boxes[one.slice.key]
        if box.role in (BoxRole.TEXT, BoxRole.NOTE):
            assert (one.page % 2 == 1) == (box.lang == "zh")


def test_the_pdf_can_be_read_through(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(case.composed.pdf)
    reader = PdfReader(path)
    assert len(reader.pages) == case.composed.pages
    assert reader.metadata is not None
    assert reader.metadata.title == "園中小記 · Notes from a Garden"
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hant"
    titles = [one.title for one in reader.outline if not isinstance(one, list)]  # type: ignore[union-attr]
    assert titles == ["目次 · Contents", "一　入園 · 1. Into the garden", "詞彙表 · Glossary"]
    assert reader.page_labels[0] == "i"
    facing = case.composed.layout.geometry.facing
    start = next(n for n, label in enumerate(reader.page_labels) if label.isdigit())
    assert start % 2 == (1 if facing else 0)
    assert reader.page_labels[start] == ("2" if facing else "1")
    links = [note for page in reader.pages for note in page.get("/Annots", ())]
    marks = [point for point in case.composed.typeset.points if point.kind == "mark"]
    contents = [point for point in case.composed.typeset.points if point.kind == "toc"]
    assert len(marks) == 28
    assert len(links) == 2 * len(marks) + len(contents)
    assert "……" not in reader.pages[start].extract_text()
    assert "園門朝南" in reader.pages[start].extract_text().replace("\n", "").replace(" ", "")


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    results = []
    for name in ("one", "two"):
        folder = write_workspace(tmp_path / name)
        config = load(folder).value
        assert config is not None
        edition = attach(read_edition(folder, config).value).value
        done = composed(edition, config, tmp_path / f"work-{name}")
        assert done.value is not None
        results.append(done.value.pdf)
    assert results[0] == results[1]


@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_the_synthetic_corpus_has_no_violations(shared: Path, tmp_path: Path, layout: str) -> None:
    edition = prototype_corpus.load(shared / "prototype" / "book_50.json")
    done = composed(edition, prototype_corpus.config(layout), tmp_path)
    assert done.value is not None
    assert done.value.proof.violations == ()
    assert done.value.proof.pairs == 54
    assert done.value.proof.notes == 32


def test_metadata_has_a_date_even_without_one() -> None:
    config = prototype_corpus.config("facing")
    assert metadata(config).date.isoformat() == "2026-01-01T00:00:00+00:00"
    assert metadata(replace(config, date="")).date.year == 2000
    assert metadata(config).languages == ("zh-Hans", "en")


# --- the proof sees faults ------------------------------------------------------------------------


def _moved(case: Case, key: str, pages: int) -> list[SliceAt]:
    return [
        replace(one, page=one.page + pages) if one.slice.key == key else one
        for one in case.composed.typeset.slices
    ]


def test_PRF001_a_side_on_another_opening(case: Case) -> None:
    assert "PRF001" in case.codes(slices=_moved(case, "i.1/en", 2))


def test_PRF002_a_note_away_from_its_mark(case: Case) -> None:
    assert "PRF002" in case.codes(slices=_moved(case, "n:hedge/zh", 2))
    gone = [one for one in case.composed.typeset.slices if one.slice.key != "n:hedge/zh"]
    assert {"PRF002", "PRF004"} <= case.codes(slices=gone)
    unmarked = replace(case.composed.typeset, points=())
    assert "PRF002" in case.codes(typeset=unmarked)


def test_PRF003_a_note_that_skips_a_page(case: Case) -> None:
    slices: list[SliceAt] = []
    for one in case.composed.typeset.slices:
        if one.slice.key == "n:pond16/zh":
            assert one.slice.last > 1
            cut = replace(one.slice, last=1), replace(one.slice, first=1)
            slices += [replace(one, slice=cut[0]), replace(one, slice=cut[1], page=one.page + 5)]
        else:
            slices.append(one)
    assert "PRF003" in case.codes(slices=slices)


def test_PRF004_lines_lost(case: Case) -> None:
    slices = [
        replace(one, slice=replace(one.slice, last=one.slice.last - 1))
        if one.slice.key == "i.1/zh" else one
        for one in case.composed.typeset.slices
    ]  # fmt: skip
    assert "PRF004" in case.codes(slices=slices)


def test_PRF005_a_page_of_the_wrong_side(case: Case) -> None:
    if not case.composed.layout.geometry.facing:
        pytest.skip("columns have no sides")
    assert "PRF005" in case.codes(slices=_moved(case, "i.1/en", 1))


def test_PRF026_a_note_of_which_each_opening_has_one_language(case: Case) -> None:
    assert "PRF026" not in case.codes()
    points = tuple(
        replace(one, page=one.page + 2) if (one.kind, one.name) == ("mark", "n:pond9/en") else one
        for one in case.composed.typeset.points
    )
    [told] = [one for one in case.prove(typeset=replace(case.composed.typeset, points=points)).found
              if one.code.id == "PRF026"]  # fmt: skip
    assert told.level is Severity.WARNING
    assert told.where == "n:pond9/en"


def test_PRF006_a_lonely_line(case: Case) -> None:
    slices: list[SliceAt] = []
    for one in case.composed.typeset.slices:
        if one.slice.key == "i.1/en":
            cut = replace(one.slice, last=1), replace(one.slice, first=1)
            slices += [replace(one, slice=cut[0]), replace(one, slice=cut[1])]
        else:
            slices.append(one)
    assert "PRF006" in case.codes(slices=slices)


def _worded(case: Case, old: Word, new: Word) -> Pages:
    return tuple(tuple(new if word is old else word for word in page) for page in case.words)


def _some_word(case: Case, text: str) -> Word:
    return next(word for page in case.words for word in page if text in word.text)


def test_PRF007_a_word_in_the_margin(case: Case) -> None:
    word = _some_word(case, "Bamboo")
    off = word._replace(right=case.composed.layout.geometry.paper_width - 5)
    assert "PRF007" in case.codes(words=_worded(case, word, off))


def test_PRF008_a_changed_or_missing_word(case: Case) -> None:
    word = _some_word(case, "chrysanthemums")
    assert "PRF008" in case.codes(words=_worded(case, word, word._replace(text="peonies")))
    gone = tuple(tuple(one for one in page if one is not word) for page in case.words)
    assert "PRF008" in case.codes(words=gone)


def test_PRF008_a_wrong_number_of_a_note(case: Case) -> None:
    word = next(word for page in case.words for word in page if word.text == "①")
    assert "PRF008" in case.codes(words=_worded(case, word, word._replace(text="②")))


def test_PRF009_overlapping_boxes(case: Case) -> None:
    top = min(one.top for one in case.composed.typeset.slices if one.slice.key == "i.2/zh")
    slices = [
        replace(one, top=top + 1, bottom=top + 20) if one.slice.key == "i.1/zh" else one
        for one in case.composed.typeset.slices
    ]
    assert "PRF009" in case.codes(slices=slices)


def test_PRF020_a_number_that_is_not_that_of_the_other_side(case: Case) -> None:
    one, plan = case.composed, case.composed.plan
    key = next(key for key in plan.ordinals if key.startswith("n:pond6"))
    wrong = replace(plan, ordinals={**plan.ordinals, key: plan.ordinals[key] + 1})
    found = proved(matter_of(one, plan=wrong), case.words)
    assert {fault.code for fault in found.violations} == {books.NUMBER}


def test_PRF011_a_box_higher_than_planned(case: Case) -> None:
    slices = [
        replace(one, bottom=one.bottom + 3) if one.slice.key == "i.1/zh" else one
        for one in case.composed.typeset.slices
    ]
    assert "PRF011" in case.codes(slices=slices)


def test_PRF010_pages_that_were_not_read(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    unread = books.prove(matter_of(case.composed), None)
    assert [found.code for found in unread.violations] == [books.UNPROVED]
    fewer = proved(matter_of(case.composed), case.words)
    assert fewer.violations == ()
    monkeypatch.setenv("PATH", "/nowhere")
    missing = readback.words(Path("any.pdf"))
    assert missing.value is None
    assert [found.code.id for found in missing.diagnostics] == ["ENV101"]


def test_a_file_that_is_no_pdf_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "no.pdf"
    path.write_bytes(b"not a PDF")
    found = readback.words(path)
    assert found.value is None
    assert found.diagnostics


def test_notes_too_long_for_their_page_are_LAY013(tmp_path: Path) -> None:
    folder = write_workspace(tmp_path / "garden")
    notes = folder / "source" / "notes" / "01-garden.yaml"
    long = "".join(
        f"- id: long{n}\n  at: i.1\n  quote: {{zh: 園門朝南, en: gate faces south}}\n  layer: 注\n"
        f"  zh: {'此注甚長，非一頁所能容。' * 90}\n"
        f"  en: {'This note is far too long for any page to hold it. ' * 60}\n"
        for n in range(3)
    )
    notes.write_text(notes.read_text("utf-8") + long, "utf-8")
    config = load(folder).value
    assert config is not None
    edition = attach(read_edition(folder, config).value).value
    done = composed(edition, config, folder / "work")
    assert done.value is not None
    codes = {one.code.id for one in done.diagnostics}
    assert "LAY013" in codes
    assert done.value.proof.violations == ()
