"""Workspaces of a kind of text: they build without a warning, in either script."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition import cli, workspace
from edition.build.run import Request, build
from edition.diagnostics import Severity
from edition.script.characters import script_of
from edition.script.dictionaries import Script


@pytest.mark.parametrize("script", ["hant", "hans"])
@pytest.mark.parametrize("kind", workspace.KINDS)
def test_a_new_workspace_is_clean(
    kind: workspace.Kind, script: Script, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "book"
    assert cli.main(["new", str(book), "--template", kind, "--script", script]) == 0
    assert cli.main(["check", "--dir", str(book)]) == 0
    out = capsys.readouterr().out
    assert "0 errors, 0 warnings" in out
    text = "".join(path.read_text("utf-8") for path in book.glob("source/text/*.zh.md"))
    assert script_of(text) == script
    facts = (book / "source" / "edition.toml").read_text("utf-8")
    assert f'script = "{script}"' in facts
    assert facts.count("#") > 4  # it teaches by remarks


@pytest.mark.tex
@pytest.mark.parametrize(("kind", "script"), [("classical", "hans"), ("article", "hant")])
def test_a_new_workspace_builds_as_it_is(
    kind: workspace.Kind, script: Script, tmp_path: Path
) -> None:
    assert workspace.new(tmp_path / "book", kind, script).ok
    done = build(Request(root=tmp_path / "book"))
    assert done.ok
    assert [one for one in done.diagnostics if one.level >= Severity.WARNING] == []
