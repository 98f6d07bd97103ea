"""The order of the stages, and what a build leaves: whole files or those of before.

TeX and the stages have tests of their own; here a compositor that needs no TeX stands in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from conftest import write_workspace

from edition import private
from edition.build import Built, Request, build, run, stamp
from edition.build.lock import locked
from edition.build.prepared import Prepared
from edition.config import Bilingual, Config
from edition.diagnostics import Code, Diagnostic, Outcome, Severity
from edition.files import half_name
from edition.model import Edition, Kind, References, Segment
from edition.source import SourceFile
from edition.terminal import Progress

ROOT = Path(__file__).resolve().parents[2]
FAULT = Code("PRF999", Severity.ERROR, "A note stands on another page than its mark")
DOUBT = Code("XYZ004", Severity.WARNING, "A doubt")


@dataclass
class Proof:
    pages: int = 3
    violations: tuple[str, ...] = ()

    def line(self) -> str:
        return f"proof: {self.pages} pages, {len(self.violations)} violations"

    def as_dict(self) -> dict[str, Any]:
        return {"pages": self.pages, "violations": list(self.violations)}


@dataclass
class Composed:
    pdf: bytes
    source: Path
    proof: Proof = field(default_factory=Proof)
    book: Any = None
    plan: Any = None


@dataclass
class Press:
    """Stands in for :func:`edition.build.pages.compose`: "pages" that show what came in."""

    found: tuple[Diagnostic, ...] = ()
    pdf: bytes = b""
    runs: int = 0

    def __call__(
        self,
        edition: Edition,
        config: Config,
        references: References,
        layout: Any,
        *,
        root: Path,
        work: Path,
        cache: Any,
        progress: Any,
        **_: object,
    ) -> Outcome[Any]:
        self.runs += 1
        progress("typeset")
        texts = " ".join(one.text for one in edition.segments.values())
        pdf = self.pdf or f"%PDF {config.layout} {config.script} {texts}".encode()
        bad = tuple(one.fact for one in self.found if one.level is Severity.ERROR)
        return Outcome(Composed(pdf, work / "edition.pdf", Proof(violations=bad)), self.found)


class Stages:
    """Stands in for all that is before: it reads one file of text and one of settings."""

    found: tuple[Diagnostic, ...] = ()

    def prepare(
        self,
        root: Path,
        *,
        layout: Any = None,
        script: Any = None,
        variant: Any = None,
        progress: Any = lambda stage: None,
        cache: Any = None,
        meanwhile: Any = None,
    ) -> Outcome[Prepared | None]:
        progress("read")
        settings = SourceFile.read(root / "source" / "edition.toml", "source/edition.toml")
        if "broken" in settings.text:
            code = Code("CFG999", Severity.ERROR, "broken")
            return Outcome(None, (Diagnostic(code=code, fact="broken", span=settings.whole()),))
        file = SourceFile.read(root / "source/text/01-garden.zh.md", "source/text/01-garden.zh.md")
        segment = Segment("i.1", True, "zh", Kind.FIGURE, (), file.span(0), figure="plan.png")
        edition = Edition((), (), (), segments={("zh", file.text): replace(segment)})
        config = Config(
            id="garden", title=Bilingual(), layout=layout or "facing", script=script or "hant"
        )
        name = "-".join(
            ["garden", *(one for one in (layout, script) if one not in (None, "facing", "hant"))]
        )
        return Outcome(
            Prepared(
                name=name,
                config=config,
                edition=edition,
                library=None,  # type: ignore[arg-type]
                layout=object(),
                cited=(),
            ),
            self.found,
        )  # type: ignore[arg-type]


def keep(work: Path, prepared: Prepared, composed: Composed) -> Path:
    """Stands in for what is left for press files."""
    work.mkdir(parents=True, exist_ok=True)
    path = work / "press.json"
    path.write_text(prepared.name)
    return path


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stages]:
    found = Stages()
    monkeypatch.setattr(run, "prepare", found.prepare)
    monkeypatch.setattr(run, "keep", keep)
    monkeypatch.setattr(
        run,
        "list_references",
        lambda *args, **more: Outcome(References(style="gb7714-2015", entries={})),
    )
    return found


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# --- what a build writes ----------------------------------------------------------------------


def test_a_build_writes_pdf_proof_and_log(workspace: Path, stages: Stages) -> None:
    progress = Progress(quiet=True)
    made = build(Request(root=workspace), progress, compose=Press())
    assert made.ok
    assert made.value is not None
    assert made.value.pdf == workspace / "dist" / "garden.pdf"
    found = outputs(workspace / "dist")
    assert set(found) == {"garden.pdf", "garden.screen.pdf", "proof.json", "build.log"}
    assert found["garden.pdf"] == found["garden.screen.pdf"] != b""
    assert json.loads(found["proof.json"]) == {"pages": 3, "violations": []}
    log = found["build.log"].decode()
    assert [line.split(" s  ")[1] for line in log.splitlines() if " s  " in line] == [
        "read",
        "references",
        "typeset",
    ]
    assert log.endswith("proof: 3 pages, 0 violations\n")


def test_layout_and_script_are_in_the_name_where_not_the_editions_own(
    workspace: Path, stages: Stages
) -> None:
    build(Request(root=workspace), compose=Press())
    build(Request(root=workspace, layout="facing", script="hant"), compose=Press())
    build(Request(root=workspace, layout="columns", script="hans"), compose=Press())
    names = {one.name for one in (workspace / "dist").glob("*.pdf") if "screen" not in one.name}
    assert names == {"garden.pdf", "garden-columns-hans.pdf"}


def test_outputs_go_where_asked(workspace: Path, stages: Stages, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    assert build(Request(root=workspace, out=out), compose=Press()).ok
    assert (out / "garden.pdf").is_file()
    assert not (workspace / "dist").exists()


# --- nothing to do ------------------------------------------------------------------------------


def test_nothing_changed_nothing_done(workspace: Path, stages: Stages) -> None:
    press = Press()
    first = build(Request(root=workspace), compose=press)
    before = outputs(workspace / "dist")
    again = build(Request(root=workspace), compose=press)
    assert press.runs == 1
    assert first.value is not None
    assert again.value is not None
    assert again.value.composed is None
    assert (again.value.pdf, again.value.line) == (first.value.pdf, first.value.line)
    assert outputs(workspace / "dist") == before


@pytest.mark.parametrize("name", [
    "source/edition.toml", "source/text/01-garden.zh.md", "source/text/01-garden.en.md",
    "source/notes/01-garden.yaml", "source/names.toml", "source/glossary.toml",
    "bib/references.bib", "bib/decisions.toml", "bib/corrected.bib", "templates/facing.toml",
    "plan.png",
])  # fmt: skip
def test_a_change_of_any_input_is_built(name: str, workspace: Path, stages: Stages) -> None:
    press = Press()
    build(Request(root=workspace), compose=press)
    path = workspace / name
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text("utf-8") if path.exists() else "") + "\n", encoding="utf-8")
    build(Request(root=workspace), compose=press)
    assert press.runs == 2
    build(Request(root=workspace), compose=press)
    assert press.runs == 2


def test_a_file_that_goes_is_a_change(workspace: Path, stages: Stages) -> None:
    press = Press()
    build(Request(root=workspace), compose=press)
    (workspace / "source" / "glossary.toml").unlink()
    build(Request(root=workspace), compose=press)
    assert press.runs == 2


def test_what_editors_leave_beside_is_no_change(workspace: Path, stages: Stages) -> None:
    press = Press()
    build(Request(root=workspace), compose=press)
    (workspace / "source" / "text" / ".01-garden.zh.md.swp").write_bytes(b"x")
    (workspace / "source" / "text" / "01-garden.zh.md~").write_bytes(b"x")
    build(Request(root=workspace), compose=press)
    assert press.runs == 1


@pytest.mark.parametrize("name", ["garden.pdf", "garden.screen.pdf"])
def test_an_output_that_went_or_changed_is_made_again(
    name: str, workspace: Path, stages: Stages
) -> None:
    press = Press()
    build(Request(root=workspace), compose=press)
    whole = outputs(workspace / "dist")
    (workspace / "dist" / name).unlink()
    build(Request(root=workspace), compose=press)
    (workspace / "dist" / name).write_bytes(b"something else")
    build(Request(root=workspace), compose=press)
    assert press.runs == 3
    assert {one: outputs(workspace / "dist")[one] for one in whole if one.endswith("pdf")} == {
        one: whole[one] for one in whole if one.endswith("pdf")
    }


def test_the_proof_is_of_what_was_asked_for_last(workspace: Path, stages: Stages) -> None:
    plain, columns = Request(root=workspace), Request(root=workspace, layout="columns")
    press = Press()
    build(plain, compose=press)
    log = (workspace / "dist" / "build.log").read_bytes()
    build(columns, compose=press)
    (workspace / "dist" / "proof.json").write_text("{}")
    build(plain, compose=press)
    assert press.runs == 2
    assert (workspace / "dist" / "build.log").read_bytes() == log
    assert json.loads((workspace / "dist" / "proof.json").read_text())["pages"] == 3


def test_another_library_program_or_font_is_a_change(
    workspace: Path, stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = Press()
    build(Request(root=workspace), compose=press)
    monkeypatch.setattr(stamp, "tools", lambda: iter(["another XeTeX"]))
    build(Request(root=workspace), compose=press)
    assert press.runs == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    build(Request(root=workspace), compose=press)
    assert press.runs == 3


def test_a_damaged_state_costs_a_build_and_no_more(workspace: Path, stages: Stages) -> None:
    press = Press()
    build(Request(root=workspace), compose=press)
    (state,) = (private.of_workspace(workspace) / "work").glob("*/state.json")
    for damage in (
        b"",
        b"[]",
        b"{}",
        b'{"stamp": 1, "line": 2, "outputs": 3, "pictures": 4}',
        state.read_bytes()[:-20],
        b"\xff",
    ):
        state.write_bytes(damage)
        assert build(Request(root=workspace), compose=press).ok
    assert press.runs == 7


def test_warnings_are_said_again(workspace: Path, stages: Stages) -> None:
    file = SourceFile.read(workspace / "source/names.toml", "source/names.toml")
    doubt = Diagnostic(code=DOUBT, fact="really?", span=file.span(2, 8), hint="see", segment="i")
    press = Press(found=(doubt, Diagnostic(code=DOUBT, fact="no place", where="page 2")))
    first = build(Request(root=workspace), compose=press)
    again = build(Request(root=workspace), compose=press)
    assert press.runs == 1
    assert [one.as_dict() for one in again.diagnostics] == [
        one.as_dict() for one in first.diagnostics
    ]
    assert len(again.diagnostics) == 2


# --- errors ------------------------------------------------------------------------------------


def test_errors_before_tex_stop_before_tex(workspace: Path, stages: Stages) -> None:
    press = Press()
    stages.found = (Diagnostic(code=FAULT, fact="one"), Diagnostic(code=FAULT, fact="two"))
    made = build(Request(root=workspace), compose=press)
    assert made.value is None
    assert [one.fact for one in made.diagnostics] == ["one", "two"]
    assert press.runs == 0
    assert set(outputs(workspace / "dist")) == {"build.log"}
    assert "two" in (workspace / "dist" / "build.log").read_text()


def test_a_violation_keeps_the_pages_of_before(workspace: Path, stages: Stages) -> None:
    assert build(Request(root=workspace), compose=Press()).ok
    before = outputs(workspace / "dist")
    (workspace / "source" / "names.toml").unlink()
    press = Press(found=(Diagnostic(code=FAULT, fact="note hedge", where="page 3"),), pdf=b"bad")
    shown: list[Built] = []
    made = build(Request(root=workspace), compose=press, unpublished=shown.append)
    assert made.value is None
    (faulty,) = shown
    assert faulty.line.startswith("proof")
    assert (faulty.work / "press.json").is_file()
    after = outputs(workspace / "dist")
    assert {one: after[one] for one in after if one.endswith(".pdf")} == {
        one: before[one] for one in before if one.endswith(".pdf")
    }
    assert json.loads(after["proof.json"])["violations"] == ["note hedge"]
    assert "note hedge" in after["build.log"].decode()
    # nothing is taken for done: the next build reports it again
    assert not build(Request(root=workspace), compose=press).ok
    assert press.runs == 2


def test_going_back_after_an_error_needs_no_build(workspace: Path, stages: Stages) -> None:
    press = Press()
    build(Request(root=workspace), compose=press)
    settings = workspace / "source" / "edition.toml"
    good = settings.read_text("utf-8")
    proof = (workspace / "dist" / "proof.json").read_bytes()
    settings.write_text(f"{good}\nbroken", encoding="utf-8")
    assert [one.code.id for one in build(Request(root=workspace), compose=press).diagnostics] == [
        "CFG999"
    ]
    settings.write_text(good, encoding="utf-8")
    assert build(Request(root=workspace), compose=press).ok
    assert press.runs == 1
    assert (workspace / "dist" / "proof.json").read_bytes() == proof


def test_an_output_folder_that_cannot_be_written_stops_before_the_work(
    workspace: Path, stages: Stages
) -> None:
    (workspace / "dist").write_text("a file")
    press = Press()
    made = build(Request(root=workspace), compose=press)
    assert [one.code.id for one in made.diagnostics] == ["USE003"]
    assert str(workspace / "dist") in made.diagnostics[0].where
    assert press.runs == 0
    assert (workspace / "dist").read_text() == "a file"


def test_a_read_only_workspace_builds_elsewhere(
    workspace: Path, stages: Stages, tmp_path: Path
) -> None:
    workspace.chmod(0o555)
    try:
        if os.access(workspace, os.W_OK):
            pytest.skip("root may write anywhere")
        assert build(Request(root=workspace, out=tmp_path / "out"), compose=Press()).ok
    finally:
        workspace.chmod(0o755)


def test_a_workspace_is_left_as_it_is_but_for_its_outputs(
    workspace: Path, stages: Stages, tmp_path: Path
) -> None:
    before = set(workspace.rglob("*"))
    press, request = Press(), Request(root=workspace, out=tmp_path / "out")
    assert build(request, compose=press).ok
    assert (tmp_path / "out" / "garden.pdf").is_file()
    build(request, compose=press)
    assert press.runs == 1
    assert set(workspace.rglob("*")) == before


def test_no_workspace_no_folders(tmp_path: Path) -> None:
    made = build(Request(root=tmp_path / "nowhere"))
    assert made.value is None
    assert made.diagnostics
    assert not (tmp_path / "nowhere").exists()


# --- two at once, killed ------------------------------------------------------------------------


def test_a_second_build_waits_for_the_first(workspace: Path, stages: Stages) -> None:
    build(Request(root=workspace), compose=Press())
    lock = private.of_workspace(workspace) / "lock"
    told = threading.Event()
    progress = Progress(quiet=True)
    real = progress.say

    def say(text: str) -> None:
        real(text)
        told.set()

    progress.say = say  # type: ignore[method-assign]
    done: list[Outcome[Any]] = []
    second = threading.Thread(
        target=lambda: done.append(build(Request(root=workspace), progress, compose=Press()))
    )
    with locked(lock, seconds=0, waiting=lambda text: None):
        second.start()
        assert told.wait(30)
        assert not done
    second.join(30)
    assert done[0].ok
    assert f"process {os.getpid()}" in progress.lines[0]


def test_a_build_that_never_ends_is_named(
    workspace: Path, stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "WAIT", 0.0)
    lock = private.of_workspace(workspace) / "lock"
    with locked(lock, seconds=0, waiting=lambda text: None):
        made = build(Request(root=workspace), compose=Press())
    assert [one.code.id for one in made.diagnostics] == ["USE004"]
    assert str(os.getpid()) in made.diagnostics[0].fact
    assert build(Request(root=workspace), compose=Press()).ok


def test_what_a_killed_proof_leaves_is_cleared_away(workspace: Path, stages: Stages) -> None:
    prefix, suffix = half_name("proof")
    half = workspace / "dist" / f"{prefix}abc_1234{suffix}"
    half.mkdir(parents=True)
    (half / "in.pdf").write_bytes(b"%PDF")
    others = [workspace / "dist" / name for name in (".thesis.new", ".proof-x.new", "plan.new")]
    for other in others:
        other.mkdir()
        (other / "mine.txt").write_text("mine")
    assert build(Request(root=workspace), compose=Press()).ok
    assert not half.exists()
    assert all((other / "mine.txt").is_file() for other in others)


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {tests!r} + "/build", {root!r}]
import test_build
from edition.build import Request, build, run

real, left = os.replace, [int(sys.argv[2])]
def replace(*args, **more):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    real(*args, **more)
os.replace = replace
run.keep = test_build.keep
run.prepare = test_build.Stages().prepare
run.list_references = lambda *args, **more: test_build.Outcome(
    test_build.References(style="", entries={{}}))
build(Request(root=Path(sys.argv[1])), compose=test_build.Press(pdf=b"%PDF new"))
"""


@pytest.mark.parametrize("writes", range(8))
def test_a_build_killed_at_any_write_leaves_whole_files(
    writes: int, tmp_path: Path, stages: Stages
) -> None:
    workspace = write_workspace(tmp_path)
    old = Press(pdf=b"%PDF old")
    build(Request(root=workspace), compose=old)
    before = outputs(workspace / "dist")
    (workspace / "source" / "names.toml").unlink()
    script = KILLED.format(tests=str(ROOT / "tests"), root=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", script, str(workspace), str(writes)],
        check=False,
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    assert done.returncode == (0 if writes == 7 else -signal.SIGKILL)
    after = {
        name: data
        for name, data in outputs(workspace / "dist").items()
        if not name.endswith(".new")
    }
    assert set(after) == set(before)
    for name in ("garden.pdf", "garden.screen.pdf"):
        assert after[name] in (b"%PDF old", b"%PDF new")
    assert json.loads(after["proof.json"])["pages"] == 3
    # the next build is not fooled, and not locked out
    press = Press(pdf=b"%PDF next")
    assert build(Request(root=workspace), compose=press).ok
    assert press.runs == (0 if writes == 7 else 1)
    assert not [one for one in (workspace / "dist").iterdir() if one.name.endswith(".new")]
