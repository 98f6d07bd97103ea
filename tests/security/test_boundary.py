"""No file of a workspace, of whatever kind, leads out of it or keeps a reader waiting."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from edition import boundary, cli
from edition.press import profiles

# every kind of file that is read
KINDS = (
    "source/edition.toml", "source/text/01-garden.zh.md", "source/text/01-garden.en.md",
    "source/notes/01-garden.yaml", "source/names.toml", "source/glossary.toml",
    "bib/references.bib", "bib/corrected.bib", "bib/decisions.toml", "templates/facing.toml",
    "templates/edition-grid.sty", "source", "source/text", "source/notes", "bib", "templates",
)  # fmt: skip
SECRET = "SECRETWORD of another user"


@pytest.fixture
def outside(tmp_path: Path, workspace: Path) -> Path:
    """A copy of the workspace elsewhere, with words in it that nobody may read."""
    copy = tmp_path / "outside"
    shutil.copytree(workspace, copy)
    (copy / "templates").mkdir()
    for name in KINDS:
        if not (copy / name).is_dir():
            (copy / name).write_text(SECRET)
    return copy


def _replace(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("command", ["check", "build", "bib", "ids", "press"])
def test_a_link_out_is_an_error_and_nothing_is_read(
    workspace: Path, outside: Path, name: str, command: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    _replace(workspace / name)
    (workspace / name).symlink_to(outside / name)
    before = {path: path.stat().st_mtime_ns for path in outside.rglob("*")}
    assert cli.main([command, "--dir", str(workspace)]) == 1
    said = capsys.readouterr()
    assert f"{name}: error WSP001" in said.out
    assert "SECRETWORD" not in said.out + said.err
    assert {path: path.stat().st_mtime_ns for path in outside.rglob("*")} == before
    assert not list(workspace.glob("dist/*"))


@pytest.mark.parametrize("name", [one for one in KINDS if "." in one])
def test_pipes_devices_and_loops_are_named(
    workspace: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / name
    for make, code in (
        (lambda: os.mkfifo(path), "WSP002"),
        (lambda: path.symlink_to(path.name), "WSP002"),
        (lambda: path.symlink_to("/dev/zero"), "WSP001"),
        (lambda: path.symlink_to("/proc/self/environ"), "WSP001"),
        (lambda: path.symlink_to("../" * 30 + "etc/passwd"), "WSP001"),
    ):
        _replace(path)
        make()
        assert cli.main(["check", "--dir", str(workspace)]) == 1
        assert f"{name}: error {code}" in capsys.readouterr().out


def test_folders_that_go_round_are_named(workspace: Path) -> None:
    (workspace / "source" / "text" / "more").symlink_to("..")
    [found] = boundary.crossed(workspace)
    assert (found.code.id, found.where) == ("WSP002", "source/text/more")


def test_links_to_folders_are_looked_through(workspace: Path, outside: Path) -> None:
    kept = workspace / "kept"
    (workspace / "source" / "notes").rename(kept)
    (workspace / "source" / "notes").symlink_to("../kept")
    assert boundary.crossed(workspace) == ()
    (kept / "b.yaml").symlink_to(outside / "source")
    os.mkfifo(kept / "c.bib")
    (workspace / "bib" / "more").symlink_to("../kept")
    found = {(one.code.id, one.where) for one in boundary.crossed(workspace)}
    assert {("WSP001", "source/notes/b.yaml"), ("WSP001", "bib/more/b.yaml"),
            ("WSP002", "source/notes/c.bib"), ("WSP002", "bib/more/c.bib")} <= found  # fmt: skip


def test_many_links_to_each_other_are_no_work(workspace: Path) -> None:
    folders = [workspace / "source" / "text" / str(one) for one in range(6)]
    for folder in folders:
        folder.mkdir()
    for folder in folders:
        for other in folders:
            (folder / f"to-{other.name}").symlink_to(f"../{other.name}")
    assert len(list(boundary.below(workspace / "source", workspace))) < 2_000


def test_a_file_larger_than_any_text_is_not_read(workspace: Path) -> None:
    for name in ("bib/references.bib", "source/text/01-garden.en.md", "source/picture.png"):
        with (workspace / name).open("wb") as sparse:
            sparse.truncate(boundary.LARGEST + 1)
    found = boundary.crossed(workspace)
    assert {one.code.id for one in found} == {"WSP003"}
    assert {one.where for one in found} == {
        "bib/references.bib", "source/text/01-garden.en.md",
    }  # fmt: skip


def test_links_within_a_workspace_are_its_own_matter(workspace: Path) -> None:
    text = workspace / "source" / "text" / "01-garden.en.md"
    text.rename(workspace / "shared.md")
    text.symlink_to("../../shared.md")
    assert boundary.crossed(workspace) == ()
    link = workspace.parent / "link"
    link.symlink_to(workspace)
    assert boundary.crossed(link) == ()


def test_an_import_writes_through_no_link(workspace: Path, outside: Path, tmp_path: Path) -> None:
    _replace(workspace / "source" / "text")
    (workspace / "source" / "text").symlink_to(outside / "source" / "text")
    article = tmp_path / "article.txt"
    article.write_text("# 一章\n\n山中有雨。\n", "utf-8")
    assert cli.main(["import", str(article), "--to", str(workspace)]) == 1
    assert {SECRET} == {
        path.read_text() for path in (outside / "source" / "text").iterdir() if path.is_file()
    }


def test_outputs_are_not_written_through_a_link(workspace: Path, outside: Path) -> None:
    (workspace / "dist").symlink_to(outside)
    before = sorted(outside.rglob("*"))
    assert cli.main(["build", "-q", "--dir", str(workspace)]) == 2
    assert sorted(outside.rglob("*")) == before


PICTURES = ("/etc/passwd", "../secret.png", "source/../../secret.png", "link.png", "pipe.png",
            "folder.png", "/dev/zero", "file:///etc/passwd", "http://127.0.0.1/a.png")  # fmt: skip


@pytest.mark.parametrize("given", PICTURES)
def test_pictures_are_those_of_the_workspace(
    workspace: Path, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace.parent / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (workspace / "link.png").symlink_to("../secret.png")
    os.mkfifo(workspace / "pipe.png")
    (workspace / "folder.png").mkdir()
    for lang in ("zh", "en"):
        text = workspace / "source" / "text" / f"01-garden.{lang}.md"
        text.write_text(text.read_text("utf-8") + f"\n![x]({given}) {{#i.f}}\n", "utf-8")
    assert cli.main(["check", "--dir", str(workspace)]) == 1
    assert "PIC" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../own.icc", "link.icc", "pipe.icc", "a/../../own.icc", "\0", "-x"]
)
def test_profiles_are_those_of_workspace_and_system(workspace: Path, name: str) -> None:
    (workspace.parent / "own.icc").write_bytes(b"x" * 200)
    (workspace / "link.icc").symlink_to("../own.icc")
    (workspace / "a").mkdir()
    os.mkfifo(workspace / "pipe.icc")
    assert profiles.find(name, workspace) is None


@pytest.mark.parametrize("name", [
    "templates", "templates/facing.toml", "bib/decisions.toml", "source/notes/02-more.yaml",
])  # fmt: skip
def test_what_is_no_file_is_not_passed_over(
    workspace: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / name
    path.parent.mkdir(exist_ok=True)
    path.mkdir() if path.suffix else path.write_text("x")
    assert cli.main(["check", "--dir", str(workspace)]) == 1
    assert f"{name}: error" in capsys.readouterr().out
    path.rmdir() if path.suffix else path.unlink()
    path.symlink_to("nothing")
    assert cli.main(["check", "--dir", str(workspace)]) == 1
    assert f"{name}: error" in capsys.readouterr().out
