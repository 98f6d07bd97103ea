"""Which formats a build writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import write_workspace

from edition.build import Request, asked, prepare
from edition.cli import main
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


def test_every_writer_is_documented() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "outputs.md").read_text("utf-8")
    assert [one.name for one in WRITERS if f"| `{one.name}` |" not in text] == []
