"""Files of a workspace: what is read, and that nothing else is passed over in silence."""

from __future__ import annotations

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
