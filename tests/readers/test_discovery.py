"""Files of a workspace: what is read, and that nothing else is passed over in silence."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from edition.readers import discovery


def said(root: Path) -> list[str]:
    return [f"{one.where} {one.code.id}" for one in discovery.discover(root).diagnostics]


def test_a_sound_workspace_gives_its_files_and_no_findings(workspace: Path) -> None:
    found = discovery.discover(workspace)
    assert found.diagnostics == ()
    assert list(found.value.sections) == ["01-garden"]
    assert set(found.value.sections["01-garden"]) == {"zh", "en"}
    assert [path.name for path in found.value.notes] == ["01-garden.yaml"]


@pytest.mark.parametrize("folder", ["source/notes", "source/text"])
@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_folder_that_is_none_is_an_error(workspace: Path, folder: str, kind: str) -> None:
    shutil.rmtree(workspace / folder)
    if kind == "file":
        (workspace / folder).write_text("[]\n")
    else:
        (workspace / folder).symlink_to(workspace / "nowhere")
    assert said(workspace) == [f"{folder} TXT001"]


def test_links_to_nothing_are_named(workspace: Path) -> None:
    for name in ("source/more", "source/text/plan", "source/notes/plan.txt"):
        (workspace / name).symlink_to(workspace / "nowhere")
    assert sorted(said(workspace)) == [
        "source/more TXT023", "source/notes/plan.txt TXT023", "source/text/plan TXT023",
    ]  # fmt: skip


def test_a_folder_that_cannot_be_read_is_an_error(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "source/text TXT001" in said(workspace)


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "01-garden.zh.md~", "#01.zh.md#"])
def test_leftovers_and_pictures_are_nobodys_text(workspace: Path, name: str) -> None:
    for folder in ("source", "source/text", "source/notes"):
        (workspace / folder / name).write_text("x")
        (workspace / folder / "plate.png").write_text("x")
    assert said(workspace) == []


@pytest.mark.parametrize(("name", "meant"), [
    ("glosary.toml", "glossary.toml"), ("name.toml", "names.toml"), ("Names.toml", "names.toml"),
    ("editon.toml", "edition.toml"), ("names.yaml", "names.toml"), ("notes.yml", "source/notes"),
])  # fmt: skip
def test_a_name_that_misses_by_little_is_told_what_it_was_meant_for(
    workspace: Path, name: str, meant: str
) -> None:
    (workspace / "source" / name).write_text("")
    [one] = discovery.discover(workspace).diagnostics
    assert one.code.id == "TXT021"
    assert meant in one.hint


@pytest.mark.parametrize(("name", "place"), [
    ("glossary.toml", "source/glossary.toml"), ("bib/glossary.toml", "source/glossary.toml"),
    ("source/text/glossary.toml", "source/glossary.toml"),
    ("source/notes/glossary.toml", "source/glossary.toml"),
    ("references.bib", "bib/references.bib"), ("source/references.bib", "bib/references.bib"),
    ("bib/refs.bib", "references.bib"), ("bib/References.bib", "references.bib"),
    ("bib/decision.toml", "decisions.toml"), ("decisions.toml", "bib/decisions.toml"),
    ("notes/01.yaml", "source/notes/"), ("text/01-a.zh.md", "source/text/"),
    ("source/notes/01.json", "01.yaml"), ("source/notes/part/01.yaml", "source/notes itself"),
    ("source/text/part/01-a.zh.md", "source/text itself"), ("templates/Facing.toml", "facing.toml"),
    ("templates/edition_grid.sty", "edition-grid.sty"),
])  # fmt: skip
def test_what_lies_in_another_place_is_an_error_with_the_right_one(
    tmp_path: Path, name: str, place: str
) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("x")
    [one] = discovery.discover(tmp_path).diagnostics
    assert (one.code.id, place in one.hint) == ("TXT021", True)


@pytest.mark.parametrize("name", [
    "bib/old.bib", "bib/references.old.bib", "bib/CHANGES.md", "bib/corrected.json", "notes/a.yaml",
    "README.md", "templates/own.sty",
])  # fmt: skip
def test_what_stands_beside_what_is_read_is_nobodys_concern(workspace: Path, name: str) -> None:
    (workspace / name).parent.mkdir(exist_ok=True)
    (workspace / name).write_text("x")
    assert said(workspace) == []


def test_another_file_of_a_name_that_is_read_is_a_warning(workspace: Path) -> None:
    (workspace / "names.toml").write_text("")
    assert said(workspace) == ["names.toml TXT023"]


@pytest.mark.parametrize("name", ["references.bib", "decisions.toml", "corrected.bib"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_a_bibliography_that_is_no_file_is_an_error(workspace: Path, name: str, kind: str) -> None:
    path = workspace / "bib" / name
    path.unlink(missing_ok=True)
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("nowhere")
    assert said(workspace) == [f"bib/{name} TXT001"]
