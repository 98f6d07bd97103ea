"""``edition new``: the sample has every part of the format, is clean, builds; nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition import build, checks, cli, config, files, readers, workspace
from edition.checks import walk
from edition.model import LANGS, Cite, Edition, FootnoteRef, Kind


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*") if path.is_file()
    }  # fmt: skip


def read(root: Path) -> Edition:
    loaded = config.load(root)
    assert loaded.value is not None
    found = readers.read_edition(root, loaded.value)
    assert (*loaded.diagnostics, *found.diagnostics) == ()
    return found.value


def test_the_sample_shows_every_part_of_an_edition(tmp_path: Path) -> None:
    assert workspace.new(tmp_path / "book").ok
    edition = read(tmp_path / "book")
    kinds = {one.kind for one in edition.segments.values()}
    assert kinds >= {Kind.HEADING, Kind.PARA, Kind.ITEM, Kind.VERSE, Kind.TABLE, Kind.QUOTE}
    assert {note.layer for note in edition.notes} == {"校", "注"}
    inlines = [one for _, run in walk.runs(edition) for one in walk.flat(run)]
    assert any(isinstance(one, Cite) for one in inlines)
    assert any(isinstance(one, FootnoteRef) for one in inlines)
    assert edition.names
    assert edition.terms
    for lang in LANGS:
        assert all(note.texts.get(lang) for note in edition.notes)
        assert all(pair.side(lang) for pair in edition.pairs)


@pytest.mark.parametrize("script", ["hant", "hans"])
def test_the_sample_has_nothing_to_remark(tmp_path: Path, script: str) -> None:
    assert workspace.new(tmp_path / "book").ok
    assert build.check(tmp_path / "book", script=script) == ()  # type: ignore[arg-type]


def test_names_and_terms_of_the_sample_stand_in_its_text(tmp_path: Path) -> None:
    workspace.new(tmp_path / "book")
    edition = read(tmp_path / "book")
    text = "".join(one.text for one in edition.segments.values())
    assert [one.zh for one in (*edition.names, *edition.terms) if one.zh not in text] == []
    settings = config.load(tmp_path / "book").value
    assert settings is not None
    unknown = checks.run(edition, settings, frozenset())
    assert {one.code.id for one in unknown} == {"CIT001"}, "its keys are those of its bibliography"


def test_into_an_empty_folder(tmp_path: Path) -> None:
    made = workspace.new(tmp_path)
    assert made.diagnostics == ()
    assert sorted(contents(tmp_path)) == sorted(made.value)
    assert "source/edition.toml" in made.value
    assert ".gitignore" in made.value


def test_nothing_that_exists_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    made = workspace.new(tmp_path)
    assert [one.code.id for one in made.diagnostics] == ["CFG008"]
    assert made.value == ()
    assert contents(tmp_path) == {"letter.txt": b"mine"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "book").write_text("mine")
    made = workspace.new(tmp_path / "book")
    assert [one.code for one in made.diagnostics] == [workspace.TAKEN]
    assert (tmp_path / "book").read_text() == "mine"


def test_a_disk_that_refuses_is_a_diagnostic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(files, "write_bytes", full)
    (found,) = workspace.new(tmp_path / "book").diagnostics
    assert found.code.id == "CFG009"
    assert "No space left" in found.fact


def test_below_a_file_there_is_no_room(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (found,) = workspace.new(tmp_path / "file" / "book").diagnostics
    assert found.code is workspace.NO_ROOM


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "書 book")
    assert cli.main(["new", folder]) == 0
    assert "next: edition build --dir" in capsys.readouterr().out
    assert cli.main(["check", "--dir", folder]) == 0
    before = contents(Path(folder))
    assert cli.main(["new", folder]) == workspace.TAKEN.exit
    assert contents(Path(folder)) == before


@pytest.mark.tex
@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_the_sample_builds(tmp_path: Path, layout: str) -> None:
    folder = str(tmp_path / "book")
    assert cli.main(["new", folder]) == 0
    assert cli.main(["build", "-q", "--dir", folder, "--layout", layout]) == 0
    name = "reading" if layout == "facing" else "reading-columns"
    for ending in ("pdf", "screen.pdf"):
        pdf = tmp_path / "book" / "dist" / f"{name}.{ending}"
        assert pdf.read_bytes().startswith(b"%PDF")
