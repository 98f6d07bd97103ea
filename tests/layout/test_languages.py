"""A book in one language: nothing of the other is printed, and no page is left empty for it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from edition.build import Request, build, check
from edition.build.stages import prepare
from edition.diagnostics import as_text
from edition.layout.languages import alone
from edition.model import plain
from edition.terminal import Progress


def without(workspace: Path, lang: str) -> Path:
    (workspace / "source" / "text" / f"01-garden.{lang}.md").unlink()
    return workspace


def test_both_languages_are_left_as_they_are(workspace: Path) -> None:
    ready = prepare(workspace).value
    assert ready is not None
    assert ready.layout is not None
    assert ready.config.languages == ("zh", "en")
    assert ready.layout.geometry.facing
    assert alone(ready.layout, ("zh", "en")) is ready.layout


@pytest.mark.parametrize(("lang", "there"), [("en", "zh"), ("zh", "en")])
def test_what_belongs_to_the_other_language_is_dropped(
    workspace: Path, lang: str, there: str
) -> None:
    ready = prepare(without(workspace, lang)).value
    assert ready is not None
    assert ready.config.languages == (there,)
    assert getattr(ready.config.title, lang) == ""
    assert getattr(ready.config.title, there) != ""
    assert {key for note in ready.edition.notes for key in note.texts} == {there}
    assert [getattr(term, lang) for term in ready.edition.terms] == [""]
    assert ready.layout is not None
    geometry = ready.layout.geometry
    assert not geometry.facing
    assert getattr(geometry, f"{there}_width") == geometry.text_width


def test_a_title_in_the_other_language_alone_is_kept(workspace: Path) -> None:
    path = workspace / "source" / "edition.toml"
    path.write_text(path.read_text().replace('zh = "園中小記", ', ""))
    ready = prepare(without(workspace, "en")).value
    assert ready is not None
    assert ready.config.title.en == "Notes from a Garden"


def test_a_language_that_no_section_has_is_said_once(workspace: Path) -> None:
    without(workspace, "en")
    (workspace / "source" / "text" / "02-b.zh.md").write_text("# 二章\n\n雨。\n")
    said = [one.fact for one in check(workspace) if one.code.id == "TXT017"]
    assert said == ["no section has a file .en.md: the edition prints one language"]


@pytest.mark.tex
@pytest.mark.parametrize(("lang", "layout"), [("en", "facing"), ("zh", "columns")])
def test_the_pages_hold_nothing_of_it(workspace: Path, lang: str, layout: str) -> None:
    without(workspace, lang)
    built = build(Request(root=workspace, layout=layout), Progress(quiet=True))  # type: ignore[arg-type]
    assert built.value is not None, as_text(built.diagnostics)
    assert built.value.composed.proof.violations == ()
    pdf = built.value.pdf
    pages = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True,
                           check=True).stdout.split("\f")[:-1]  # fmt: skip
    assert all(re.sub(r"[\divx\s]", "", page) for page in pages)
    text = "\n".join(pages)
    if lang == "en":
        other = r"(?i)Garden|Contents|Glossary|References|bamboo|editors|tag|hedge"
        assert not re.search(other, text)
        assert "目次" in text
        assert "詞彙表" in text
    else:
        assert not re.search(r"園中|目次|詞彙|參考|編者|竹", text)
        assert "Glossary" in text


def test_terms_keep_what_they_have(workspace: Path) -> None:
    ready = prepare(without(workspace, "en")).value
    assert ready is not None
    [term] = ready.edition.terms
    assert (term.zh, term.pinyin, plain(term.en_gloss)) == ("竹", "zhú", "")
