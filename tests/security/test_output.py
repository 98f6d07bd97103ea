"""Nothing that a workspace says reaches a terminal or the runner of a CI as a command."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition import cli, commands
from edition.diagnostics import (
    MOST,
    Code,
    Diagnostic,
    Fix,
    Severity,
    as_github,
    as_json,
    as_text,
    capped,
    exit_code,
)
from edition.source import SourceFile, printable
from edition.terminal import FORMATS, Progress

CODE = Code("XYZ001", Severity.ERROR, "A fault")
OTHER = Code("XYZ002", Severity.WARNING, "A doubt")
# what ActionCommand.cs of GitHub's runner parses, in both its versions
V2, V1 = re.compile(r"(?m)^\s*::"), re.compile(r"##\[")
MOVES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = st.text(
    st.sampled_from(":#[]\n\r\t \u3000\x1b\x9b\x07\u202eab%,\udc80stop-command"), max_size=40
)


def harmless(text: str) -> bool:
    return not (V2.search(text) or V1.search(text) or MOVES.search(text))


def diagnostic(text: str) -> Diagnostic:
    """``text`` in every part of a finding."""
    file = SourceFile(f"a/{text}", f"{text}\nmore")
    span = file.span(0, 2)
    return Diagnostic(code=CODE, fact=text, span=span, segment=text, hint=text, where=text,
                      fix=Fix(span, text, text))  # fmt: skip


@given(HOSTILE)
def test_text_holds_no_command(text: str) -> None:
    whole, bare = diagnostic(text), Diagnostic(code=CODE, fact=text, where=text)
    assert harmless(as_text([whole, bare]))


@given(HOSTILE)
def test_json_holds_no_command_and_says_the_same(text: str) -> None:
    whole = diagnostic(text)
    said = as_json([whole])
    assert harmless(said)
    assert json.loads(said)["findings"] == [json.loads(json.dumps(whole.as_dict()))]


@given(HOSTILE)
def test_an_annotation_is_one_command_of_ours(text: str) -> None:
    for real in (True, False):
        [line] = as_github([diagnostic(text)], real=lambda _, real=real: real).split("\n")
        keys, _, message = line.removeprefix("::error ").partition("::")
        assert line.startswith("::error ")
        assert len(keys.split(",")) == (4 if real else 1)
        assert ":" not in keys
        assert not V1.search(line)
        assert not MOVES.search(line)
        assert "\n" not in message


def test_the_case_of_the_runner(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = workspace / "source" / "text" / "01-garden.en.md"
    text.write_text(text.read_text("utf-8") + "\n::stop-commands::xyz \\bad {#i.9}\n", "utf-8")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(workspace))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for words in ([], ["--format", "github"], ["--all"], ["--format", "json"]):
        capsys.readouterr()
        cli.main(["check", "--dir", str(workspace), *words])
        said = capsys.readouterr().out
        assert said
        for line in said.splitlines():
            assert not V2.search(line) or re.match(r"::(error|warning|notice) [a-z]+=", line)


def test_annotations_name_real_files(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (workspace / "source" / "text" / "01-garden.en.md").unlink()

    def files(checkout: Path) -> set[str]:
        monkeypatch.setenv("GITHUB_WORKSPACE", str(checkout))
        capsys.readouterr()
        cli.main(["check", "--dir", str(workspace), "--format", "github"])
        said = capsys.readouterr().out
        assert "::" in said
        return set(re.findall(r"file=([^,]*)", said))

    for checkout in (workspace, workspace.parent):
        assert all((checkout / one).is_file() for one in files(checkout))
    elsewhere = tmp_path / "elsewhere" / "source"
    elsewhere.mkdir(parents=True)
    (elsewhere / "edition.toml").write_text("")
    assert files(elsewhere.parent) == set()


def test_findings_of_a_kind_are_capped(capsys: pytest.CaptureFixture[str]) -> None:
    found = [Diagnostic(code=OTHER, fact=str(number)) for number in range(MOST + 50)]
    found.append(Diagnostic(code=OTHER, fact="grave", severity=Severity.ERROR))
    found.append(Diagnostic(code=CODE, fact="another"))
    kept = capped(found)
    assert len(kept) == MOST + 2
    assert "51 more of XYZ002" in kept[-1].fact
    assert exit_code(kept) == exit_code(found)
    for chosen in FORMATS[1:]:
        assert commands.finish(found, format=chosen) == 1
        assert capsys.readouterr().out.count("XYZ002") <= 3 * MOST
    commands.finish(found, full=True)
    assert "51 more of XYZ002" in capsys.readouterr().out
    commands.finish(found, full=False)
    assert f"{MOST + 51 - 5} more of XYZ002" in capsys.readouterr().out


def test_results_and_progress_too(capsys: pytest.CaptureFixture[str]) -> None:
    commands.say("a\n  ::set-env name=x::y\x1b[2J ##[error]")
    assert harmless(capsys.readouterr().out)
    stream = io.StringIO()
    Progress(stream=stream).say("::debug::x")
    assert harmless(stream.getvalue())


@given(st.text(st.sampled_from("中文 ab:[#\t\n"), max_size=20))
def test_what_is_added_has_no_width(text: str) -> None:
    assert printable(text).replace("\u200b", "") == text
