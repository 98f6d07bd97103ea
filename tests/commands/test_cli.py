"""The command line: usage, exit codes, formats, annotations, and that tasks are the same."""

from __future__ import annotations

import argparse
import inspect
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from invoke.program import Program

import tasks
from edition import cli, commands
from edition.commands import start
from edition.diagnostics import Code, Diagnostic, Severity
from edition.source import SourceFile
from edition.terminal import Progress, show

ROOT = Path(__file__).resolve().parents[2]


def edition(*words: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "edition", *words],
        cwd=cwd or ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


# --- the current folder ------------------------------------------------------------------------

# modules that Python or its libraries load by name; each as a file would be run
HOSTILE = ("bisect", "json", "argparse", "tomllib", "yaml", "opencc", "pypdf", "rich", "regex",
           "sitecustomize", "random", "tempfile", "subprocess", "pytest", "edition")  # fmt: skip


@pytest.fixture
def hostile(workspace: Path) -> Path:
    """A workspace where modules lie that tell when they are run."""
    for name in HOSTILE:
        line = (
            f"import pathlib; pathlib.Path({str(workspace / 'RUN')!r}).open('a').write('{name} ')"
        )
        (workspace / f"{name}.py").write_text(line + "\n")
    return workspace


@pytest.mark.parametrize("flags", [["-I", "-m", "edition"], ["-m", "edition"]])
def test_no_file_of_the_current_folder_is_run(hostile: Path, flags: list[str]) -> None:
    if flags[0] == "-m":  # by hand: Python itself has loaded the package from the path
        (hostile / "edition.py").unlink()
    for words in (["check"], ["doctor"], ["bib", "bib/references.bib", "--out", "out"]):
        done = subprocess.run([sys.executable, *flags, *words], cwd=hostile, capture_output=True,
                              text=True, check=False, timeout=120)  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        assert not (hostile / "RUN").exists(), (hostile / "RUN").read_text()


def test_the_launcher_that_bootstrap_writes_is_isolated() -> None:
    [line] = [one for one in (ROOT / "bootstrap").read_text().splitlines() if "-m edition" in one]
    assert 'bin/python" -I -m edition' in line


def test_the_tasks_of_a_checkout_run_no_file_beside_the_edition(hostile: Path) -> None:
    assert start("json.tool", "--help", root=hostile) == 0
    assert not (hostile / "RUN").exists()


# --- usage -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: edition {name}" in capsys.readouterr().out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    told = capsys.readouterr().out
    assert {line.split()[0] for line in told.splitlines() if re.match("    [a-z]", line)} == set(
        cli.COMMANDS
    )


@pytest.mark.parametrize("words", [
    [], ["bild"], ["build", "--layout", "rows"], ["build", "--dir"], ["check", "--format", "xml"],
])  # fmt: skip
def test_wrong_usage_is_a_diagnostic(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert "error USE001: " in told.err
    assert "hint: usage: edition" in told.err
    assert told.out == ""


def test_version() -> None:
    done = edition("--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, "edition")


# --- tasks -----------------------------------------------------------------------------------


def task_names() -> set[str]:
    return {found.name for found in vars(tasks).values() if type(found).__name__ == "Task"}


def test_tasks_are_the_commands() -> None:
    assert {name.strip("_") for name in task_names()} == set(cli.COMMANDS)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_what_a_task_takes_its_command_takes(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each task called with every option hands on a command line that parses."""
    lines: list[list[str]] = []
    monkeypatch.setattr(cli, "main", lambda words: lines.append(list(words)) or 0)
    task = next(one for one in vars(tasks).values()
                if type(one).__name__ == "Task" and one.name.strip("_") == name)  # fmt: skip
    values = {"signature": "16", "jobs": "2", "least": "0.5", "creep": "1.5", "to": "xliff",
              "port": "8765", "link": "vi://{file}"}  # fmt: skip
    for option in cli.parsers()[name]._actions:
        if option.choices:
            values[tasks._parameter(option)] = str(list(option.choices)[-1])
    given: dict[str, Any] = {}
    for option in list(inspect.signature(task.body).parameters.values())[1:]:
        said = values.get(option.name, str(tmp_path / "a"))
        match option.default:
            case bool():
                given[option.name] = True
            case list():
                given[option.name] = [said]
            case _:
                given[option.name] = said
    task.body(None, **given)
    ((command, *words),) = lines
    assert command == name
    parsed = cli.parser([command]).parse_args([command, *words])
    for value in given.values():
        for one in value if isinstance(value, list) else [value]:
            assert str(one) in map(str, flat(parsed)), f"{one} was lost"
    usual = cli.parser([command]).parse_args([command, *(["a"] if "a" in needed(name) else [])])
    for key, value in vars(parsed).items():  # and there is an option for each that it has
        assert key == "command" or value != vars(usual)[key], f"no task says {key}"


def needed(name: str) -> str:
    """Whether a command needs a word: "a", or nothing."""
    return "a" if name in ("preflight", "booklet", "new", "collate") else ""


def flat(parsed: argparse.Namespace) -> list[object]:
    found: list[object] = []
    for value in vars(parsed).values():
        found += value if isinstance(value, list | tuple) else [value]
    return found


def test_invoke_passes_the_exit_code_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as ended:
        Program().run(["invoke", "clean", "--dir", str(tmp_path)])
    assert ended.value.code == 2


# --- faults ----------------------------------------------------------------------------------


def broken(fault: BaseException) -> object:
    """A command that meets ``fault``."""

    class Broken:
        """Break."""

        def arguments(self, parser: argparse.ArgumentParser) -> None:
            parser.add_argument("--x")

        def run(self, args: argparse.Namespace) -> int:
            raise fault

    return Broken()


def test_no_traceback_meets_an_editor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "load", lambda name: broken(KeyError("i.3")))
    assert cli.main(["build"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("edition: error USE009: KeyError: 'i.3'")
    assert "Traceback" not in told
    kept = Path(told.rsplit("with ", 1)[1].strip())
    assert "Traceback" in kept.read_text("utf-8")
    kept.unlink()


def test_interruption_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "load", lambda name: broken(KeyboardInterrupt()))
    assert cli.main(["build"]) == 128 + signal.SIGINT
    assert "interrupted" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_fault() -> None:
    line = f"{sys.executable} -m edition doctor --format json | head -c 1 >/dev/null"
    done = subprocess.run(
        ["bash", "-c", f"{line}; echo ${{PIPESTATUS[0]}}"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert int(done.stdout) in (0, 3, 141)


# --- what is shown -----------------------------------------------------------------------------

FAULT = Code("XYZ003", Severity.ERROR, "A fault")


def fault() -> Diagnostic:
    return Diagnostic(code=FAULT, fact="錯", span=SourceFile("source/a.md", "文").span(0, 1))


def test_github_annotations_come_by_themselves(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "book" / "source").mkdir(parents=True)
    (tmp_path / "book" / "source" / "a.md").write_text("文", "utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert commands.finish([fault()], root=tmp_path / "book") == 1
    told = capsys.readouterr().out
    assert told.startswith("source/a.md:1:1: error XYZ003: 錯\n")
    assert told.endswith("::error file=book/source/a.md,line=1,col=1,title=XYZ003::錯\n")


def test_a_format_that_was_asked_for_stands_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    show([fault()], "json")
    (one,) = json.loads(capsys.readouterr().out)["findings"]
    assert one["code"] == "XYZ003"
    show([], "json")
    assert json.loads(capsys.readouterr().out)["findings"] == []
    show([fault()], "text")
    assert "::error" not in capsys.readouterr().out
    show([fault()], "github")
    assert capsys.readouterr().out.startswith("::error ")


def test_stages_are_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    progress("read")
    progress("measure")
    assert progress.done() >= 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" s  ")[1] for line in lines] == ["read", "measure"]
    assert progress.lines == lines


def test_quiet_shows_no_stage(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(quiet=True)
    progress("read")
    progress.done()
    assert capsys.readouterr() == ("", "")
    assert len(progress.lines) == 1


def test_many_findings_of_a_kind_take_a_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    many = [fault() for _ in range(300)]
    assert commands.finish(many, full=False) == 1
    told = capsys.readouterr().out
    assert told.count("error XYZ003") == told.count("::error") == 5
    assert "295 more of XYZ003" in told
    commands.finish(many, full=True)
    told = capsys.readouterr().out.partition("::error")[0]
    assert told.count("error XYZ003") == 201, "200, and the count of the rest"
    commands.finish(many, format="json", full=False)
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 201


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    doubt = Diagnostic(code=Code("XYZ004", Severity.WARNING, "doubt"), fact="?", where="a")
    assert commands.finish([doubt], quiet=True) == 0
    assert capsys.readouterr().out == ""
    assert commands.finish([doubt, fault()], quiet=True) == 1
    assert capsys.readouterr().out.count("XYZ00") == 1


# --- folders ---------------------------------------------------------------------------------


def test_the_workspace_is_found_from_below(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace / "source" / "text")
    assert commands.workspace(None) == workspace
    assert commands.workspace(Path("x")) == Path("x")


def test_clean_removes_what_was_built_and_nothing_else(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path for path in workspace.rglob("*") if path.is_file()}
    (workspace / "dist").mkdir()
    (workspace / "dist" / "garden.pdf").write_bytes(b"%PDF")
    (workspace / ".cache" / "work").mkdir(parents=True)
    assert cli.main(["clean", "--dir", str(workspace)]) == 0
    assert {path for path in workspace.rglob("*") if path.is_file()} == before
    assert not (workspace / "dist").exists()
    assert not (workspace / ".cache").exists()


def test_clean_keeps_out_of_folders_that_are_no_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dist").mkdir()
    assert cli.main(["clean", "--dir", str(tmp_path)]) == 2
    assert "USE005" in capsys.readouterr().out
    assert (tmp_path / "dist").is_dir()


def test_clean_does_not_follow_links(workspace: Path, tmp_path: Path) -> None:
    kept = tmp_path / "elsewhere"
    kept.mkdir()
    (kept / "thesis.txt").write_text("mine")
    (workspace / "dist").symlink_to(kept)
    assert cli.main(["clean", "--dir", str(workspace)]) == 0
    assert (kept / "thesis.txt").read_text() == "mine"


def test_clean_says_what_it_cannot_remove(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "dist").mkdir()

    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("shutil.rmtree", refuse)
    assert cli.main(["clean", "--dir", str(workspace)]) == 2
    assert "USE006" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["preflight"], ["booklet"]])
def test_a_file_that_cannot_be_read(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (tmp_path / "lost.pdf", tmp_path):
        assert cli.main([*words, str(path)]) == 2
        assert f"{path}: error USE002: " in capsys.readouterr().out


def test_a_bibliography_outside_a_workspace_needs_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.bib").write_text("@misc{a, title = {A}}\n")
    assert cli.main(["bib", str(tmp_path / "a.bib")]) == 2
    assert "USE010" in capsys.readouterr().out
    assert cli.main(["bib", str(tmp_path / "a.bib"), "--out", str(tmp_path / "out")]) == 0
    assert {one.name for one in (tmp_path / "out").iterdir()} == {
        "corrected.bib", "corrected.json", "corrected.ris", "CHANGES.md", "CHANGES.html",
        "changes.json",
    }  # fmt: skip
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["a.bib"]


@pytest.mark.parametrize(("severity", "code"), [("warning", 0), ("error", 1)])
def test_a_workspace_sets_severities_of_its_bibliography(
    severity: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source").mkdir()
    settings = f'[edition]\nid = "a"\ntitle = "A"\n\n[diagnostics]\nREP005 = "{severity}"\n'
    (tmp_path / "source/edition.toml").write_text(settings, "utf-8")
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib/references.bib").write_text("@online{a,\n  url = {https://a.org},\n}\n")
    assert cli.main(["bib", "--dir", str(tmp_path)]) == code
    assert f"{severity} REP005" in capsys.readouterr().out


def test_an_output_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **more: object) -> None:
        raise OSError(28, "No space left on device", "out.pdf")

    monkeypatch.setattr("edition.press.service.booklet", full)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.5")
    assert cli.main(["booklet", str(tmp_path / "a.pdf")]) == 2
    told = capsys.readouterr().out
    assert "out.pdf: error USE011: " in told
    assert "No space left" in told


# --- test and bench ----------------------------------------------------------------------------


def test_an_unknown_bench_names_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "spelling"]) == 2
    told = capsys.readouterr().out
    assert "USE008" in told
    assert "typesetting" in told


def test_an_installed_package_has_no_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = tmp_path / "edition" / "commands" / "__init__.py"
    monkeypatch.setattr(commands, "__file__", str(module))
    assert cli.main(["test"]) == 2
    assert "USE007" in capsys.readouterr().out


def test_the_tests_run_by_their_command() -> None:
    done = edition(
        "test", "-k", "test_version", "tests/commands/test_cli.py", "-p", "no:cacheprovider"
    )
    assert done.returncode == 0
    assert "1 passed" in done.stdout


def test_starting_loads_nothing_heavy() -> None:
    line = (
        "import sys; from edition import cli; cli.parser(); "
        "print([one for one in ('rich', 'pypdf', 'opencc', 'rapidfuzz', 'bibtexparser', 'yaml', "
        "'pylatex', 'fontTools', 'pypinyin') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, text=True,
                          check=True, timeout=60)  # fmt: skip
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii"])
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_terminal_of_any_encoding_is_told_all(workspace: Path, encoding: str, form: str) -> None:
    path = workspace / "source" / "text" / "01-garden.zh.md"
    path.write_text(path.read_text("utf-8") + "\n園<b>𠮷é</b>\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "edition", "check", "--dir", str(workspace), "--format", form],
        capture_output=True, check=False, cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert b"TXT005" in done.stdout
    if form == "json":
        findings = json.loads(done.stdout.decode(encoding))["findings"]
        assert {one["code"] for one in findings} >= {"TXT005"}
