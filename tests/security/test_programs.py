"""What this program starts ends with it, and is never what a workspace brought along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edition.engine import programs

# a program that starts another and waits for it
SCRIPT = "#!/bin/sh\nsleep 300 &\necho $$ $! > {pids}.part && mv {pids}.part {pids}\nwait\n"
PARENT = """
import signal, sys
from pathlib import Path
from edition import cli
from edition.engine import programs
def run(args=None):
    folder = Path(sys.argv[1])
    programs.run([str(folder / "tex")], folder, 300.0, programs.environment())
    return 0
cli.main = run
cli.run()
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "tex"
    path.write_text(SCRIPT.format(pids=tmp_path / "pids"))
    path.chmod(0o755)
    return path


def _pids(folder: Path) -> list[int]:
    until = time.monotonic() + 20
    while not (folder / "pids").exists() and time.monotonic() < until:
        time.sleep(0.01)
    return [int(one) for one in (folder / "pids").read_text().split()]


def _left(pids: list[int]) -> list[int]:
    """Those of the processes that still run after two seconds."""
    until = time.monotonic() + 2
    left = pids
    while left and time.monotonic() < until:
        left = [pid for pid in left if _runs(pid)]
        time.sleep(0.01)
    return left


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGKILL, -9), (signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)],
)
def test_nothing_outlives_this_program(
    script: Path, tmp_path: Path, number: int, code: int
) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], stderr=subprocess.DEVNULL
    )
    pids = _pids(tmp_path)
    parent.send_signal(number)
    ended = parent.wait(20)
    assert not _left(pids)
    if number != signal.SIGINT:  # main() was replaced, and gives interruptions their code
        assert ended == code


def test_time_that_is_up_ends_children_too(script: Path, tmp_path: Path) -> None:
    ended = programs.run([str(script)], tmp_path, 0.5, programs.environment())
    assert ended.stopped
    assert not _left(_pids(tmp_path))


def test_what_is_printed_is_told_with_how_it_ended(tmp_path: Path) -> None:
    said = programs.output(["/bin/sh", "-c", "echo out; echo last >&2; exit 3"], 20)
    assert said is not None
    assert (said.status, said.out, said.last) == (3, b"out\n", "last")
    assert programs.output(["/bin/sh", "-c", "sleep 20"], 0.1) is None
    assert programs.output([str(tmp_path / "none")], 1) is None


def test_no_program_is_one_of_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (tmp_path, tmp_path / "bin"):
        folder.mkdir(exist_ok=True)
        (folder / "xelatex").write_text("#!/bin/sh\n")
        (folder / "xelatex").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "bin", "/nowhere"]))
    assert programs.find("xelatex") is None
    assert programs.environment()["PATH"] == "/nowhere"
    monkeypatch.setenv("PATH", f".{os.pathsep}{tmp_path / 'bin'}")
    assert programs.find("xelatex") == str(tmp_path / "bin" / "xelatex")
