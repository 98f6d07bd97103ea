"""Series that are built: on cores, and on a Dask cluster of which a worker is killed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import write_workspace

from edition.build import Request, build
from edition.config import Script, Variant
from edition.series.run import Asked, Came, series

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.tex

VARIANTS = """
[variants.student]
notes = ["注"]

[variants.plain]
notes = []
"""
# six variants, of which two have pages: the others take less time
SERIES = """\
[series]
name = "six"
scripts = ["hant", "hans"]

[[volume]]
dir = "garden"
formats = ["pdf", "html"]

[[volume]]
dir = "garden"
variants = ["student", "plain"]
formats = ["tei"]
"""
NAMES = {
    "garden/hant": ["garden.pdf", "garden.screen.pdf", "garden.html"],
    "garden/hans": ["garden-hans.pdf", "garden-hans.screen.pdf", "garden-hans.html"],
    "garden/hant-student": ["garden-student.tei.xml"],
    "garden/hans-student": ["garden-student-hans.tei.xml"],
    "garden/hant-plain": ["garden-plain.tei.xml"],
    "garden/hans-plain": ["garden-plain-hans.tei.xml"],
}


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("series")
    settings = write_workspace(folder / "garden") / "source" / "edition.toml"
    settings.write_text(settings.read_text("utf-8") + VARIANTS, "utf-8")
    shutil.rmtree(folder / "garden" / "bib")  # no list of references is set: it takes less time
    for text in (folder / "garden" / "source" / "text").iterdir():
        text.write_text(re.sub(r" ?\[@zhu2020, 12\]", "", text.read_text("utf-8")), "utf-8")
    shutil.copytree(folder / "garden", folder / "broken")
    (folder / "broken" / "source" / "text" / "01-garden.en.md").write_text("{#i.1", "utf-8")
    (folder / "series.toml").write_text(SERIES, "utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(top: Path) -> dict[str, bytes]:
    """The six, each built by itself."""
    made: dict[str, bytes] = {}
    for name in NAMES:
        script, _, variant = name.partition("/")[2].partition("-")
        told: Script = "hans" if script == "hans" else "hant"
        out = top / "alone" / name
        formats = ("tei",) if variant else ("pdf", "html")
        done = build(Request(root=top / "garden", script=told, variant=Variant(name=variant),
                             formats=formats, out=out))  # fmt: skip
        assert done.value is not None, done.diagnostics
        made |= {f"{name}/{one.name}": one.read_bytes() for one in done.value.files}
    assert set(made) == {f"{name}/{one}" for name, files in NAMES.items() for one in files}
    return made


def written(came: Came) -> dict[str, bytes]:
    return {f"{one.job.name}/{file.name}": (came.folder / one.job.name / file.name).read_bytes()
            for one in came.done for file in one.outputs}  # fmt: skip


def test_two_jobs_of_a_workspace_at_once_give_what_each_gives_alone(
    top: Path, alone: dict[str, bytes]
) -> None:
    text = SERIES + '\n[[volume]]\ndir = "broken"\nformats = ["tei"]\n'
    (top / "with-broken.toml").write_text(text, "utf-8")
    outcome = series(Asked(file=top / "with-broken.toml", jobs=2, out=top / "cores"))
    came = outcome.value
    assert came is not None
    assert written(came) == alone
    assert [one.job.name for one in came.done if one.status == "failed"] == [
        "broken/hant", "broken/hans",
    ]  # fmt: skip
    places = {one.span.file.path for one in outcome.diagnostics if one.span}
    assert "broken/source/text/01-garden.en.md" in places
    assert {one.name for one in (top / "garden").iterdir()} == {"source"}


# --- on a cluster -----------------------------------------------------------------------------


@dataclass
class Workers:
    """A scheduler and its workers: processes on this machine, each with caches of its own."""

    address: str
    processes: dict[str, subprocess.Popen[bytes]]
    folder: Path

    def busy(self, name: str) -> bool:
        """Whether a job is in its middle there."""
        return any((self.folder / name).glob("*/series/*/order.json"))


def until(true: Callable[[], bool], seconds: float = 40.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    pytest.importorskip("distributed")
    folder = tmp_path_factory.mktemp("cluster")
    told = folder / "scheduler.json"
    processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(name: str, module: str, *words: str, **more: str) -> None:
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "EDITION_CACHE": str(folder / name),
                   **more}  # fmt: skip
        with (folder / f"{name}.log").open("wb") as log:
            processes[name] = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{module}", "--no-dashboard", *words,
                 "--scheduler-file", str(told)],
                stdout=log, stderr=log, env=environ, start_new_session=True,
            )  # fmt: skip

    try:
        start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0")
        until(lambda: told.is_file() and told.read_bytes().endswith(b"}"))
        for name in ("one", "two", "bare"):
            more = {"PATH": str(folder)} if name == "bare" else {}
            start(name, "worker", "--no-nanny", "--nthreads", "1", "--local-directory",
                  str(folder / f"{name}-dask"), **more)  # fmt: skip
        until(lambda: all(b"Registered" in (folder / f"{name}.log").read_bytes()
                          for name in ("one", "two", "bare")))  # fmt: skip
        yield Workers(json.loads(told.read_bytes())["address"], processes, folder)
    finally:
        for process in processes.values():
            process.kill()
            process.wait()


def test_workers_are_interrupted_and_killed_and_every_file_is_there(
    top: Path, alone: dict[str, bytes], workers: Workers, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = Asked(file=top / "series.toml", scheduler=workers.address, out=top / "workers")
    told = ["series", str(asked.file), "--scheduler", asked.scheduler, "--out", str(asked.out)]
    client = subprocess.Popen([sys.executable, "-m", "edition", *told], cwd=ROOT)
    until(lambda: workers.busy("one") and workers.busy("two"))
    client.send_signal(signal.SIGINT)
    assert client.wait(20) == 130
    # nobody waits for them: jobs end, with all that they started
    until(lambda: not workers.busy("one") and not workers.busy("two"), 5)

    killed: list[int] = []

    def kill(line: str) -> None:
        """After the first job has ended, one worker in the middle of another."""
        if not killed:
            until(lambda: workers.busy("one") or workers.busy("two"))
            name = "one" if workers.busy("one") else "two"
            workers.processes[name].kill()
            killed.append(workers.processes[name].wait())

    outcome = series(asked, kill)
    assert killed == [-signal.SIGKILL]
    assert outcome.value is not None
    assert written(outcome.value) == alone
    assert {one.status for one in outcome.value.done} == {"built"}
    (lacking,) = [one for one in outcome.diagnostics if one.code.id == "SER007"]
    assert "it has no xelatex" in lacking.fact
    capfd.readouterr()
