"""Exit codes say whose turn it is, however a program ends."""

from __future__ import annotations

import os
import subprocess
import sys
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


@pytest.mark.parametrize(("line", "codes"), [
    (">&-", {0}), (">&- 2>&- <&-", {0}), (">/dev/full", {2}),
])  # fmt: skip
def test_streams_that_cannot_be_written_are_no_fault_of_the_program(
    workspace: Path, line: str, codes: set[int]
) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -P -m edition check {line}"],
        cwd=workspace, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in codes, done.stderr
    assert "USE009" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
