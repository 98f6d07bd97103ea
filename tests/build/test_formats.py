"""Which formats a build writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import write_workspace

from edition.build import Request, asked, build, prepare
from edition.cli import main
from edition.config import Variant
from edition.writers import FORMATS, WRITERS


def with_outputs(workspace: Path, formats: str) -> Path:
    path = workspace / "source" / "edition.toml"
    path.write_text(f"{path.read_text('utf-8')}\n[outputs]\nformats = {formats}\n", "utf-8")
    return workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write_workspace(tmp_path / "garden")


def test_without_a_word_the_pdf_is_written(workspace: Path) -> None:
    assert asked.formats(Request(root=workspace)) == ("pdf",)


def test_settings_say_which_and_the_command_line_says_it_for_once(workspace: Path) -> None:
    every = ", ".join(f'"{one}"' for one in reversed(FORMATS))
    with_outputs(workspace, f"[{every}]")
    assert asked.formats(Request(root=workspace)) == FORMATS
    assert asked.formats(Request(root=workspace, formats=("pdf",))) == ("pdf",)


def test_a_press_file_needs_pages_whatever_is_asked(workspace: Path) -> None:
    for formats in [(one,) for one in FORMATS]:
        assert "pdf" in asked.formats(Request(root=workspace, formats=formats, pages=True))


@pytest.mark.parametrize("wrong", ['["pdf", "paper"]', '"pdf"', "[]", "[1]"])
def test_a_format_that_nobody_writes_is_told_at_its_line(workspace: Path, wrong: str) -> None:
    found = prepare(with_outputs(workspace, wrong)).diagnostics
    (told,) = [one for one in found if one.code.id in ("CFG004", "CFG005")]
    assert told.span is not None
    assert told.span.file.path == "source/edition.toml"
    assert told.hint


def test_an_unknown_format_of_the_command_line_is_told(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["build", "--dir", str(workspace), "--to", "pdf,paper"])
    assert ended.value.code == 2
    assert "there is no format “paper”; there are: pdf" in capsys.readouterr().err


def without_citations(workspace: Path) -> Path:
    for path in workspace.glob("source/text/*.md"):
        path.write_text(path.read_text("utf-8").replace("[@zhu2020, 12]", ""), "utf-8")
    return workspace


def test_formats_are_written_together_once_and_alike(workspace: Path, tmp_path: Path) -> None:
    """Without pages, and so without TeX."""
    without_citations(workspace)
    request = Request(root=workspace, formats=("html", "epub", "tei"))
    made = build(request)
    assert made.value is not None, made.diagnostics
    names = ["garden.html", "garden.epub", "garden.tei.xml"]
    assert [one.name for one in made.value.files] == names
    assert made.value.pdf is None
    assert made.value.line == "5 pairs"
    first = {one: (workspace / "dist" / one).read_bytes() for one in names}
    assert not (workspace / "dist" / "proof.json").exists()
    again = build(request)
    assert again.value is not None
    assert again.value.prepared is None, "nothing has changed"
    elsewhere = build(replace(request, out=tmp_path / "out"))
    assert elsewhere.value is not None
    assert {one.name: one.read_bytes() for one in elsewhere.value.files} == first
    notes = workspace / "source/notes/01-garden.yaml"
    notes.write_text(notes.read_text("utf-8").replace("東籬, en", "西籬, en"), "utf-8")
    assert build(request).value is None
    assert {one: (workspace / "dist" / one).read_bytes() for one in names} == first


def test_a_variant_is_one_in_every_format(workspace: Path) -> None:
    without_citations(workspace)
    made = build(Request(root=workspace, formats=("html", "tei"), variant=Variant(exam=True)))
    assert made.value is not None
    assert [one.name for one in made.value.files] == ["garden-exam.html", "garden-exam.tei.xml"]
    for one in made.value.files:
        said = one.read_text("utf-8")
        assert "園門朝南" in said
        assert [word for word in ("The gate", "語出陶淵明", "bamboo") if word in said] == []


def test_every_writer_is_documented() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "outputs.md").read_text("utf-8")
    assert [one.name for one in WRITERS if f"| `{one.name}` |" not in text] == []
