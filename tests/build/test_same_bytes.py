"""One edition, one file: whatever the folder, the seed of hashes, the locale, the time zone and the
number of processes, and whether it was built at once or after something else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.tex

ROOT = Path(__file__).resolve().parents[2]


def built(root: Path, jobs: int, **environment: str) -> bytes:
    command = [sys.executable, "-P", "-m", "edition", "build", "--dir", str(root), "--quiet",
               "--jobs", str(jobs)]  # fmt: skip
    done = subprocess.run(
        command, cwd=root.parent, env=os.environ | environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return (root / "dist" / "garden.pdf").read_bytes()


def test_an_edition_is_the_same_bytes_wherever_and_however_it_is_built(
    workspace: Path, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / "園 ö" / "two"
    shutil.copytree(workspace, other)
    here = built(
        workspace, 1, PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC", EDITION_CACHE=str(tmp_path / "a")
    )
    there = {
        "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Taipei",
        "EDITION_CACHE": str(tmp_path / "b"),
    }  # fmt: skip
    notes = next((other / "source/notes").glob("*.yaml"))
    said = notes.read_text("utf-8")
    notes.write_text(said.replace("。", "，今仍之。", 1), "utf-8")
    assert built(other, 3, **there) != here
    notes.write_text(said, "utf-8")
    assert built(other, 2, **there) == here
