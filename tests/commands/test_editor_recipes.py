"""The recipes of docs/editors.md: what they read out of findings is what the findings say. Of an
editor that is not installed nothing is tested but its recipe's regular expressions."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from edition.cli import main

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "editors.md").read_text("utf-8")
FILE = "source/text/01-garden.zh.md"


def recipe(language: str, part: str) -> str:
    """The one block of code in ``language`` that has ``part``."""
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    (found,) = [one for one in blocks if part in one]
    return found


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def found(workspace: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Findings of a text: an error with a segment, and what is behind a character of four bytes."""
    path = workspace / FILE
    path.write_text(path.read_text("utf-8").replace("東籬", "𠮷东籬<b>\u200e"), "utf-8")
    main(["check", "--dir", str(workspace), "--format", "json", "--all", str(path)])
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    assert {one["severity"] for one in told} == {"error", "warning"}
    return told


@pytest.fixture
def lines(found: list[dict[str, Any]], workspace: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The same as editors read them."""
    assert found
    main(["check", "--dir", str(workspace), "--format", "text", "--all", str(workspace / FILE)])
    return capsys.readouterr().out


def test_code_finds_every_finding_in_the_text(found: list[dict[str, Any]], lines: str) -> None:
    (task,) = json.loads(recipe("json", "problemMatcher"))["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    met = [one for line in lines.split("\n") if (one := re.match(pattern["regexp"], line))]
    keys = ("file", "line", "column", "severity", "code", "message")
    assert [tuple(one[pattern[key]] for key in keys) for one in met] == [
        (one["file"], str(one["start"]["line"]), str(one["start"]["column"]), one["severity"],
         one["code"], one["fact"])
        for one in found
    ]  # fmt: skip


def test_vim_lists_every_finding(
    found: list[dict[str, Any]], lines: str, workspace: Path, tmp_path: Path
) -> None:
    vim = program("vim")
    (tmp_path / "told").write_text(lines, "utf-8")
    (form,) = re.findall(r"CompilerSet errorformat=(.*)", recipe("vim", "errorformat"))
    (tmp_path / "run.vim").write_text(
        f"set encoding=utf-8\nset errorformat={form}\ncgetfile {tmp_path}/told\n"
        "let rows = map(filter(getqflist(), 'v:val.valid'), "
        "{_, v -> [bufname(v.bufnr), v.lnum, v.col, v.type, v.text]})\n"
        f"call writefile([json_encode(rows)], '{tmp_path}/rows')\nqa!\n", "utf-8",
    )  # fmt: skip
    subprocess.run([vim, "-u", "NONE", "-i", "NONE", "-N", "-es", "-S", tmp_path / "run.vim"],
                   cwd=workspace, timeout=60, check=False, stdin=subprocess.DEVNULL)  # fmt: skip
    rows = json.loads((tmp_path / "rows").read_text("utf-8"))
    assert [row[:4] for row in rows] == [
        [one["file"], one["start"]["line"], one["start"]["column"], one["severity"][0]]
        for one in found
    ]
    for row, one in zip(rows, found, strict=True):
        assert one["code"] in row[4]
        assert one["fact"] in row[4]


def test_neovim_marks_every_finding(
    found: list[dict[str, Any]], workspace: Path, tmp_path: Path
) -> None:
    nvim = program("nvim")
    (tmp_path / "told.json").write_text(json.dumps({"findings": found}), "utf-8")
    (tmp_path / "run.lua").write_text(
        'package.preload["lint"] = function() return { linters = {} } end\n'
        + recipe("lua", "nvim_buf_get_lines")
        + f'vim.cmd("edit {workspace / FILE}")\n'
        f'local file = io.open("{tmp_path}/told.json"); local told = file:read("a"); file:close()\n'
        'local rows = require("lint").linters.edition.parser(told, 0)\n'
        f'local out = io.open("{tmp_path}/rows", "w")\n'
        "out:write(vim.json.encode(rows)); out:close()\n", "utf-8",
    )  # fmt: skip
    subprocess.run([nvim, "-u", "NONE", "-i", "NONE", "--headless",
                    "-c", f"luafile {tmp_path}/run.lua", "-c", "qa!"],
                   timeout=60, check=False, stdin=subprocess.DEVNULL)  # fmt: skip
    rows = json.loads((tmp_path / "rows").read_text("utf-8"))
    text = (workspace / FILE).read_bytes().split(b"\n")
    assert len(rows) == len(found)
    for row, one in zip(rows, found, strict=True):
        line = text[row["lnum"]].decode("utf-8")
        assert row["lnum"] == one["start"]["line"] - 1
        assert row["col"] == len(line[: one["start"]["column"] - 1].encode())
        assert (row["code"], row["severity"]) == (
            one["code"],
            1 if one["severity"] == "error" else 2,
        )


def test_emacs_marks_every_finding(
    found: list[dict[str, Any]], workspace: Path, tmp_path: Path
) -> None:
    emacs = program("emacs")
    (tmp_path / "told.json").write_text(json.dumps({"findings": found}), "utf-8")
    (tmp_path / "run.el").write_text(
        "(require 'flymake)\n(require 'let-alist)\n(require 'json)\n"
        + recipe("elisp", "edition-place")
        + f'(let* ((source (find-file-noselect "{workspace / FILE}"))\n'
        f'        (told (find-file-noselect "{tmp_path}/told.json"))\n'
        "        (rows (with-current-buffer source (edition-findings source told))))\n"
        f'  (with-temp-file "{tmp_path}/rows"\n'
        "    (insert (json-encode (mapcar (lambda (row)\n"
        "      (vector (flymake-diagnostic-beg row) (flymake-diagnostic-end row)\n"
        "            (flymake-diagnostic-text row))) rows)))))\n", "utf-8",
    )  # fmt: skip
    subprocess.run([emacs, "-Q", "--batch", "-l", tmp_path / "run.el"], timeout=60, check=False,
                   stdin=subprocess.DEVNULL)  # fmt: skip
    rows = json.loads((tmp_path / "rows").read_text("utf-8"))
    text = (workspace / FILE).read_text("utf-8")
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    assert [(row[0], row[2]) for row in rows] == [
        (starts[one["start"]["line"] - 1] + one["start"]["column"], f"{one['code']} {one['fact']}")
        for one in found
    ]
