"""The cases of tests/cases/ANC and SCR: a small workspace with one fault, and what is said of it.

A case is a description, files that replace those of the workspace (``=== path``), and after
``=== expected`` a line for each finding: its code, its place and, after ``fix``, the repair.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edition import anchors, config, readers, script

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted([*(CASES / "ANC").glob("*.txt"), *(CASES / "SCR").glob("*.txt")])


def parts(path: Path) -> tuple[dict[str, str], list[str]]:
    _, *blocks = re.split(r"^=== (.+)\n", path.read_text("utf-8"), flags=re.MULTILINE)
    files = dict(zip(blocks[::2], blocks[1::2], strict=True))
    return files, files.pop("expected").splitlines()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path, workspace: Path) -> None:
    files, expected = parts(path)
    for name, text in files.items():
        (workspace / name).write_text(text, encoding="utf-8")
    loaded = config.load(workspace)
    assert loaded.value is not None
    read = readers.read_edition(workspace, loaded.value)
    anchored = anchors.attach(read.value)
    found = [*anchored.diagnostics, *script.check(anchored.value, loaded.value)]
    said = [
        f"{one.code.id} {one.place}" + (f" fix {one.fix.text}" if one.fix else "") for one in found
    ]
    assert said == expected
    assert all(one.hint for one in found)
