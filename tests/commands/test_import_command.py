"""``edition import`` and ``invoke import``: what a user types, sees and gets."""

from __future__ import annotations

import json
import os
from itertools import cycle
from pathlib import Path

import import_samples as samples
import pytest
from invoke.program import Program
from pypdf import PdfReader

import tasks
from edition import cli
from edition.importers import article


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "garden.md"
    path.write_text(samples.MARKDOWN, "utf-8")
    return path


def test_what_came_of_it_is_told(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", str(source), "--to", str(tmp_path / "to")]) == 0
    told = capsys.readouterr()
    assert "2 footnotes" in told.out
    assert "IMPORT.md" in told.out
    assert f"edition build --dir {tmp_path / 'to'}" in told.out
    assert told.err == ""
    assert cli.main(["import", str(source), "--to", str(tmp_path / "to")]) == 0
    assert "nothing has changed" in capsys.readouterr().out
    assert cli.main(["check", "-q", "--dir", str(tmp_path / "to")]) == 0


def test_the_task_is_the_same(source: Path, tmp_path: Path) -> None:
    from invoke.collection import Collection

    program = Program(namespace=Collection.from_module(tasks), version="0")
    to = tmp_path / "to"
    program.run(["invoke", "import", "--from", str(source), "--to", str(to)], exit=False)
    assert (to / "source/edition.toml").is_file()


@pytest.mark.parametrize("words", [["import"], ["import", "a.txt"], ["import", "--to", "x"]])
def test_article_and_folder_are_needed(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2
    assert "USE012" in capsys.readouterr().out


def test_more_than_a_text_and_its_translation_are_refused(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", *[str(source)] * 3, "--to", str(tmp_path / "to")]) == 2
    assert "USE030" in capsys.readouterr().out


def test_files_that_cannot_be_read_or_written(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", str(tmp_path / "none.txt"), "--to", str(tmp_path / "to")]) == 2
    assert "USE002" in capsys.readouterr().out
    assert cli.main(["import", str(tmp_path), "--to", str(tmp_path / "to")]) == 2
    assert "USE002" in capsys.readouterr().out
    assert cli.main(["import", str(source), "--to", str(source / "below")]) == 2
    assert "USE011" in capsys.readouterr().out
    assert not (tmp_path / "to").exists()


@pytest.mark.parametrize("text", ["", " \n\n\t\n", "\ufeff"])
def test_a_file_without_text_makes_nothing(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert cli.main(["import", str(tmp_path / "a.txt"), "--to", str(tmp_path / "to")]) == 1
    assert "IMP001" in capsys.readouterr().out
    assert not (tmp_path / "to").exists()


def test_an_edited_workspace_stops_it(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = str(tmp_path / "to")
    cli.main(["import", str(source), "--to", to])
    settings = tmp_path / "to/source/edition.toml"
    settings.write_text(settings.read_text("utf-8") + "# mine\n", "utf-8")
    capsys.readouterr()
    assert cli.main(["import", str(source), "--to", to]) == 1
    assert "IMP002" in capsys.readouterr().out
    assert cli.main(["import", str(source), "--to", to, "--update"]) == 0
    assert settings.read_text("utf-8").endswith("# mine\n")


def test_findings_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(samples.ALL["gb18030"])
    assert cli.main(["import", str(source), "--to", str(tmp_path / "to"), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert "IMP004" in {one["code"] for one in found}


def test_a_kill_leaves_whole_files(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that ends in the midst is taken up by the next with --update."""
    from edition import files

    replaced = os.replace
    written: list[str] = []

    def some(half: str, path: Path) -> None:
        if len(written) == 3:
            raise KeyboardInterrupt
        written.append(half)
        replaced(half, path)

    monkeypatch.setattr(files.os, "replace", some)
    assert cli.main(["import", str(source), "--to", str(tmp_path / "to")]) == 130
    monkeypatch.undo()
    assert cli.main(["import", str(source), "--to", str(tmp_path / "to"), "--update"]) == 0
    made = article.convert(source.name, source.read_bytes()).value.files
    for path, text in made.items():
        assert (tmp_path / "to" / path).read_text("utf-8") == text


# --- the imported workspace builds ------------------------------------------------------------


def built(source: Path, to: Path, layout: str) -> str:
    """The text of the built edition."""
    assert cli.main(["import", str(source), "--to", str(to)]) == 0
    assert cli.main(["build", "-q", "--dir", str(to), "--layout", layout]) == 0
    (pdf,) = [one for one in (to / "dist").glob("*.pdf") if "screen" not in one.name]
    proof = json.loads((to / "dist/proof.json").read_text("utf-8"))
    assert proof["violations"] == []
    return "".join(page.extract_text() for page in PdfReader(pdf).pages)


@pytest.mark.tex
@pytest.mark.parametrize(
    ("name", "layout"), [*zip(samples.ALL, cycle(("facing", "columns")), strict=False)]
)
def test_samples_build_as_they_are(name: str, layout: str, tmp_path: Path) -> None:
    """Each in one layout; ``edition bench import`` builds documents in both."""
    source = tmp_path / f"{name}.txt"
    source.write_bytes(samples.ALL[name])
    text = built(source, tmp_path / "to", layout)
    assert ("〔未譯〕" if name == "english" else "[Not translated]") in text


@pytest.mark.tex
@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_the_article_builds_as_it_is(shared: Path, layout: str, tmp_path: Path) -> None:
    text = built(shared / "raw" / "article.txt", tmp_path / "to", layout)
    assert "[Not translated]" in text
    assert "〔圖缺〕" in text
    assert "https://www.semiconductors.org/" in text.replace("\n", "")
