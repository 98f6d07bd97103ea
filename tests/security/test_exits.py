"""Exit codes say whose turn it is, however a program ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from edition import cli

ENDINGS = {
    "kill -9 $$": 4,
    "exit 1": 4,
    "exit 0": 4,
    "printf 'This is XeTeX\\n' > edition.log; exit 0": 4,
}


@pytest.mark.tex
@pytest.mark.parametrize("script", ENDINGS)
def test_a_tex_that_ends_in_any_way_but_its_own_is_four(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    program = tmp_path / "bin" / "xelatex"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    assert cli.main(["build", "-q", "--dir", str(workspace)]) == ENDINGS[script]
    assert not list((workspace / "dist").glob("*.pdf"))


@pytest.mark.tex
def test_a_picture_that_is_missing_is_one(workspace: Path) -> None:
    for lang in ("zh", "en"):
        text = workspace / "source" / "text" / f"01-garden.{lang}.md"
        text.write_text(text.read_text("utf-8") + "\n![x](none.png) {#i.f}\n", "utf-8")
    assert cli.main(["build", "-q", "--dir", str(workspace)]) == 1
