"""The findings of single files are those of the whole check, saved or not."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from edition.build import check, onefile
from edition.cli import main
from edition.diagnostics import Diagnostic
from edition.source import unsaved

# a fault or two in each kind of file
FAULTS = {
    "source/edition.toml": ("[layout]", "[layuot]"),
    "source/text/01-garden.zh.md": ("東籬", "东籬[^9]"),
    "source/text/01-garden.en.md": ("# 1. Into", "# 1. <b>Into</b>"),
    "source/notes/01-garden.yaml": ("layer: 注", "layr: 注"),
    "source/names.toml": ("id =", "idd ="),
    "bib/references.bib": ("{2020},", "{2020,"),
}


def spoil(root: Path) -> None:
    for path, (old, new) in FAULTS.items():
        text = (root / path).read_text("utf-8")
        assert old in text, path
        (root / path).write_text(text.replace(old, new, 1), "utf-8")


def told(found: tuple[Diagnostic, ...]) -> list[object]:
    return [one.as_dict() for one in found]


def test_a_file_has_the_findings_that_the_whole_check_has_of_it(workspace: Path) -> None:
    spoil(workspace)
    whole = check(workspace)
    for path in FAULTS:
        alone = check(workspace, only=[path])
        assert told(alone) == told(onefile.of(whole, [path]))
        assert alone, path
    assert {onefile.file_of(one) for one in whole} >= set(FAULTS)


def test_what_is_not_saved_is_checked_as_if_it_were(workspace: Path) -> None:
    sound = {path: (workspace / path).read_bytes() for path in FAULTS}
    before = check(workspace)
    spoil(workspace)
    spoilt = {path: (workspace / path).read_bytes() for path in FAULTS}
    saved = check(workspace)
    for path, data in sound.items():
        (workspace / path).write_bytes(data)
    with unsaved({workspace / path: data for path, data in spoilt.items()}):
        assert told(check(workspace)) == told(saved)
    assert told(check(workspace)) == told(before)  # nothing of it stays


def test_a_file_that_is_not_there_yet(workspace: Path) -> None:
    (workspace / "source/glossary.toml").unlink()
    new = {
        workspace / "source/text/02-pond.zh.md": "# 池 {#p}\n\n池水。 {#p.1}\n".encode(),
        workspace / "source/notes/02.yaml": b"- id: a\n  at: p.1\n  quote: {zh: \xe6\xb0\xb4}\n",
        workspace / "source/glossary.toml": b"[[term]]\nid = 'x'\n",
    }
    with unsaved(new):
        found = check(workspace, only=[onefile.shown(workspace, one) for one in new])
    assert {one.code.id for one in found} >= {"TXT017", "NTE004", "GLO002"}
    assert not any(path.exists() for path in new)


def test_files_are_named_from_their_workspace(workspace: Path, tmp_path: Path) -> None:
    text = workspace / "source/text/01-garden.zh.md"
    (tmp_path / "link").symlink_to(workspace)
    assert onefile.shown(workspace, text) == "source/text/01-garden.zh.md"
    assert onefile.shown(tmp_path / "link", text) == "source/text/01-garden.zh.md"
    assert onefile.shown(workspace, tmp_path / "link/bib/a.bib") == "bib/a.bib"
    for strange in (tmp_path / "a.md", workspace / "README.md", workspace / "source"):
        assert onefile.shown(workspace, strange) == ""
    assert onefile.nearest_root(text) == workspace
    assert onefile.nearest_root(tmp_path / "a.md") is None


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_stands_for_its_file(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "source/text/01-garden.zh.md"
    old = path.read_bytes()
    stdin(monkeypatch, old.replace("竹，".encode(), "竹\u200e，<b>".encode()))
    monkeypatch.chdir("/")  # the workspace is the file's
    assert main(["check", "--stdin", str(path), "--format", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert path.read_bytes() == old
    hidden = next(one for one in findings if one["code"] == "TXT003")
    line = old.decode().split("\n")[2]
    at = line.index("竹") + 2  # columns are characters, from 1
    assert hidden["start"] == {"line": 3, "column": at}
    assert hidden["end"] == {"line": 3, "column": at + 1}
    assert hidden["fix"]["edits"][0]["text"] == ""
    assert {one["file"] for one in findings} == {"source/text/01-garden.zh.md"}


def test_what_cannot_be_asked_is_said(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin(monkeypatch, b"")
    text = str(workspace / "source/text/01-garden.zh.md")
    asked = {"USE016": [["--stdin", text, "--fix"], ["--dry-run"], ["--stdin", text, text]],
             "USE015": [[str(workspace / "README.md"), "--dir", str(workspace)],
                        [str(workspace / "bib/decisions.toml")]]}  # fmt: skip
    for code, lines in asked.items():
        for words in lines:
            assert main(["check", *words]) == 2
            assert code in capsys.readouterr().out


def test_settings_that_cannot_be_read_are_told_whatever_is_asked(workspace: Path) -> None:
    (workspace / "source/edition.toml").write_text("[edition\n", "utf-8")
    (found,) = check(workspace, only=["source/text/01-garden.zh.md"])
    assert found.code.id == "CFG002"
