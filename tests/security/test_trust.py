"""A style of the workspace's runs where the user says so, as it was when they said it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edition import cli, templates, trust

STYLE = "edition-grid.sty"


@pytest.fixture(autouse=True)
def _user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def own(workspace: Path) -> Path:
    """The workspace's own style, which would set what it likes."""
    path = workspace / "templates" / STYLE
    path.parent.mkdir()
    path.write_text(r"\AtBeginDocument{\input{/etc/passwd}}")
    return path


def check(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, str]:
    """Codes about trust, with their severities."""
    capsys.readouterr()
    cli.main(["check", "--dir", str(root), "--format", "json", *words])
    found = json.loads(capsys.readouterr().out)["findings"]
    return {one["code"]: one["severity"] for one in found if one["code"] in ("CFG020", "CFG021")}


def test_a_style_runs_once_it_is_trusted_and_until_it_changes(
    workspace: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--dir", str(workspace)]
    assert check(workspace, capsys) == {"CFG020": "error"}
    assert templates.find(STYLE, workspace) != own
    assert cli.main(["trust", *where]) == 0
    assert STYLE in capsys.readouterr().out
    assert check(workspace, capsys) == {"CFG021": "info"}
    assert templates.find(STYLE, workspace) == own
    own.write_text(own.read_text() + r"\relax")
    assert check(workspace, capsys) == {"CFG020": "error"}
    assert "changed" in templates.told(workspace)[0].fact
    assert cli.main(["trust", *where]) == 0
    assert cli.main(["trust", "--revoke", *where]) == 0
    assert check(workspace, capsys) == {"CFG020": "error"}


def test_it_is_trusted_for_one_run(
    workspace: Path, own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(trust.ONCE, "0")  # undone after the test
    assert check(workspace, capsys, "--trust-templates") == {"CFG021": "info"}
    monkeypatch.setenv(trust.ONCE, "0")
    assert check(workspace, capsys) == {"CFG020": "error"}


def test_nothing_is_built_with_a_style_that_is_not_trusted(workspace: Path, own: Path) -> None:
    assert cli.main(["build", "-q", "--dir", str(workspace)]) == 2
    assert not list((workspace / "dist").glob("*.pdf"))


def test_a_style_by_another_name_is_told_too(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "templates").mkdir()
    (workspace / "templates" / "array.sty").write_text("\\relax")
    assert check(workspace, capsys) == {"CFG020": "error"}


def test_layouts_are_data(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layout = workspace / "templates" / "facing.toml"
    layout.parent.mkdir()
    layout.write_text(templates.shipped("facing.toml").read_text("utf-8"), "utf-8")
    assert check(workspace, capsys) == {}
    assert templates.find("facing.toml", workspace) == layout


def test_shipped_styles_need_no_trust() -> None:
    root = templates.shipped(STYLE).parent.parent
    assert templates.trusted(root) == "shipped"
    assert templates.told(root) == ()


def test_what_was_recorded_may_be_damaged(workspace: Path, own: Path, tmp_path: Path) -> None:
    place = tmp_path / "config" / "parallel-edition" / "trusted-templates.json"
    place.parent.mkdir(parents=True)
    for damage in ("", "[]", "{", '{"a": 1}', "\ud800".encode("utf-8", "surrogatepass").hex()):
        place.write_text(damage)
        assert templates.trusted(workspace) == "untrusted"
