"""The script of a long text is looked at in a copy of the process: it finds what this one would."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition import aside
from edition.build import stages
from edition.diagnostics import as_text

FAULTY = "source/text/01-garden.zh.md"


def faulty(workspace: Path) -> Path:
    path = workspace / FAULTY
    text = path.read_text("utf-8")
    path.write_text(text + "\n园子里有发展，說 'quoted' words。 {#i.90}\n", "utf-8")
    other = workspace / FAULTY.replace(".zh.", ".en.")
    other.write_text(other.read_text("utf-8") + '\nIt\'s "quoted". {#i.90}\n', "utf-8")
    return workspace


def test_a_copy_finds_the_same(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = faulty(workspace)
    here = stages.prepare(root)
    assert {"SCR001", "TXT025"} <= {one.code.id for one in here.diagnostics}
    monkeypatch.setattr(stages, "_MANY", 0)
    done: list[str] = []
    there = stages.prepare(root, meanwhile=lambda: done.append("more"))
    assert done == ["more"]
    assert as_text(there.diagnostics) == as_text(here.diagnostics)
    assert [one.as_dict() for one in there.diagnostics] == [
        one.as_dict() for one in here.diagnostics
    ]


def test_a_copy_that_fails_is_no_loss(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = faulty(workspace)
    here = stages.prepare(root)
    monkeypatch.setattr(stages, "_MANY", 0)
    monkeypatch.setattr(aside, "begin", lambda _: lambda: None)
    assert as_text(stages.prepare(root, meanwhile=list).diagnostics) == as_text(here.diagnostics)
    monkeypatch.setattr(aside, "begin", lambda _: lambda: b"damaged")
    assert as_text(stages.prepare(root, meanwhile=list).diagnostics) == as_text(here.diagnostics)
