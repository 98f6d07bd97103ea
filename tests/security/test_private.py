"""Caches and work lie where only the user can write, and nothing is written through a link."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from edition import cli, private
from edition.build.lock import locked
from edition.private import UnsafeError


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home of which nothing is set but its place."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.delenv(private.CHOICE)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(home))
    return home


def _hold(lock: Path) -> None:
    with locked(lock, seconds=0, waiting=lambda _: None):
        pass


def test_each_workspace_has_a_folder_of_the_users_own(user: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "a" / "書", tmp_path / "b" / "書"
    made = private.of_workspace(one)
    assert made.parent == user / ".cache" / "parallel-edition"
    assert private.of_workspace(one) == made != private.of_workspace(two)
    assert {stat.S_IMODE(each.stat().st_mode) for each in (made, made.parent)} == {0o700}
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "a")
    assert private.of_workspace(link / "書") == made


def test_the_user_says_where(user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert private.of_workspace(tmp_path).parent == tmp_path / "xdg" / "parallel-edition"
    monkeypatch.setenv("EDITION_CACHE", str(tmp_path / "own"))
    assert private.of_workspace(tmp_path / "w").parent == tmp_path / "own"
    monkeypatch.setenv("EDITION_CACHE", "~/here")
    assert private.of_workspace(tmp_path / "w").parent == user / "here"


def test_links_and_files_are_refused(user: Path, tmp_path: Path) -> None:
    made = private.of_workspace(tmp_path / "w")
    victim = tmp_path / "victim"
    victim.mkdir()
    made.rename(tmp_path / "aside")
    made.symlink_to(victim)
    with pytest.raises(UnsafeError, match="a link"):
        private.of_workspace(tmp_path / "w")
    made.unlink()
    made.write_text("a file")
    with pytest.raises(UnsafeError, match="no folder"):
        private.of_workspace(tmp_path / "w")
    assert not list(victim.iterdir())


def test_without_a_home_that_can_be_written_work_is_temporary(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/proc/nowhere")
    monkeypatch.setattr(private.tempfile, "gettempdir", lambda: str(tmp_path))
    made = private.of_workspace(tmp_path / "w")
    assert made.parent == tmp_path / f"parallel-edition-{os.geteuid()}"


def test_the_folder_of_another_user_is_refused(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private.of_workspace(tmp_path / "w")
    monkeypatch.setattr(private.os, "geteuid", lambda: 54321)
    with pytest.raises(UnsafeError, match="another user"):
        private.own(user / ".cache" / "parallel-edition")


def test_inside_a_workspace_nobody_can_know_the_name_beforehand(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "w"
    monkeypatch.setenv("EDITION_CACHE", str(root / ".cache"))
    first = private.of_workspace(root)
    assert first.parent == root / ".cache"
    assert private.of_workspace(root) == first
    monkeypatch.setenv("HOME", str(tmp_path / "another"))
    assert private.of_workspace(root) != first


@pytest.mark.parametrize("kind", ["link", "dangling", "pipe", "folder"])
def test_a_lock_is_a_plain_file(tmp_path: Path, kind: str) -> None:
    victim, lock = tmp_path / "victim.txt", tmp_path / "lock"
    if kind == "pipe":
        os.mkfifo(lock)
    elif kind == "folder":
        lock.mkdir()
    else:
        lock.symlink_to(victim)
        if kind == "link":
            victim.write_text("mine")
    with pytest.raises(OSError):  # noqa: PT011  (of whatever kind the system has for it)
        _hold(lock)
    assert not victim.exists() or victim.read_text() == "mine"


def test_fresh_follows_no_link(tmp_path: Path) -> None:
    kept, work = tmp_path / "kept", tmp_path / "work"
    kept.mkdir()
    (kept / "thesis.txt").write_text("mine")
    work.symlink_to(kept)
    assert not list(private.fresh(work).iterdir())
    (work / "array.sty").write_text("planted")
    (work / "in").symlink_to(kept)
    assert not list(private.fresh(work).iterdir())
    assert (kept / "thesis.txt").read_text() == "mine"


def test_folders_of_workspaces_that_are_gone_are_forgotten(user: Path, tmp_path: Path) -> None:
    gone, there = tmp_path / "gone", tmp_path / "there"
    there.mkdir()
    old, kept = private.of_workspace(gone), private.of_workspace(there)
    for folder in (old, kept):
        os.utime(folder / "workspace", (1, 1))
    private.of_workspace(tmp_path / "new")
    assert not old.exists()
    assert kept.is_dir()


def test_clean_removes_the_caches_wherever_they_lie(workspace: Path) -> None:
    home = private.of_workspace(workspace)
    (workspace / ".cache" / "work").mkdir(parents=True)
    assert cli.main(["clean", "--dir", str(workspace)]) == 0
    assert not home.exists()
    assert not (workspace / ".cache").exists()


def test_clean_waits_for_a_build(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from edition.build import run

    monkeypatch.setattr(run, "WAIT", 0.0)
    (workspace / "dist").mkdir()
    with locked(private.of_workspace(workspace) / "lock", seconds=0, waiting=lambda _: None):
        assert cli.main(["clean", "--dir", str(workspace)]) == 2
    assert "USE004" in capsys.readouterr().out
    assert (workspace / "dist").is_dir()
