"""What the fuzzer found stays mended, and it would find such things again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fuzz import targets, trial
from fuzz.invariants import must
from fuzz.targets import Target

FOUND = sorted((Path(__file__).parent / "found").glob("*.bin"))
QUICK = ("text", "notes", "tables", "script", "escape", "bib", "list", "foreign", "import",
         "picture", "decisions")  # fmt: skip


@pytest.fixture(scope="module", name="known")
def _known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Target]:
    return targets.every()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_is_mended(path: Path, known: dict[str, Target]) -> None:
    name = path.name.split("-")[0]
    if name not in known:
        pytest.skip("xelatex is not installed: ./bootstrap test installs it")
    find = trial.trial(known[name], path.read_bytes(), limit=max(10, known[name].seconds))
    assert find is None, f"{find.what}\n{find.detail}"


@pytest.mark.parametrize("name", QUICK)
def test_a_few_inputs_of_each_target(name: str, known: dict[str, Target]) -> None:
    target = known[name]
    for number in range(12):
        find = trial.trial(target, target.input(3, number), number, limit=60)
        assert find is None, f"{find.number}: {find.what}\n{find.detail}"


def test_an_input_is_known_by_its_number(known: dict[str, Target]) -> None:
    first = [known["bib"].input(5, number) for number in range(30)]
    assert first == [known["bib"].input(5, number) for number in range(30)]
    assert len(set(first)) > 25
    assert first[10:] != [known["bib"].input(6, number) for number in range(10, 30)]


# --- what a target may do wrong -----------------------------------------------------------------


def _planted(data: bytes) -> None:
    if b"loop" in data:
        while True:
            pass
    must(b"lost" not in data, "something is lost")
    if b"crash" in data:
        raise ValueError(data)


@pytest.mark.parametrize(("data", "kind"), [
    (b"a crash", "traceback"), (b"it is lost", "invariant"), (b"a loop", "hang"), (b"well", ""),
])  # fmt: skip
def test_a_planted_fault_is_found_and_made_small(data: bytes, kind: str) -> None:
    target = Target(name="planted", look=_planted, seeds=lambda: [data], seconds=0.2)
    find = trial.trial(target, data * 20)
    assert (find.kind if find else "") == kind
    if find and kind != "hang":
        assert trial.smaller(target, data * 20, find) == data.split()[-1]


def test_time_that_others_take_is_no_hang() -> None:
    target = Target(name="slow", look=lambda _: time.sleep(0.4), seeds=lambda: [b"x"], seconds=0.1)
    assert trial.trial(target, b"x") is None


def test_what_is_slow_only_until_all_is_loaded_is_no_hang() -> None:
    loaded: list[bytes] = []

    def look(data: bytes) -> None:
        while not loaded:
            ends = time.process_time() + 0.2
            while time.process_time() < ends:
                loaded[:] = [data]

    target = Target(name="loading", look=look, seeds=lambda: [b"x"], seconds=0.05)
    assert trial.trial(target, b"x") is None


def test_a_process_that_only_uses_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def spin(_: bytes) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        while True:
            pass

    monkeypatch.setattr(trial, "STALLED", 0.5)
    target = Target(name="spinning", look=spin, seeds=lambda: [b"0", b"1"])
    news = list(trial.run(iter([(target, range(1))]), seed=1, jobs=1))
    assert [one.kind for one in news if isinstance(one, trial.Find)] == ["hang"]


def test_a_process_that_dies_is_told_and_the_rest_is_done() -> None:
    def die(data: bytes) -> None:
        if data == b"2":
            os._exit(3)

    target = Target(name="dying", look=die, seeds=lambda: [b"0", b"1", b"2", b"3", b"4"])
    news = list(trial.run(iter([(target, range(5))]), seed=1, jobs=1))
    finds = [one for one in news if isinstance(one, trial.Find)]
    assert [(one.kind, one.number) for one in finds] == [("crash", 2)]
    assert len(news) - len(finds) == 5


def test_no_process_is_left_where_a_run_is_given_up(tmp_path: Path) -> None:
    def wait(data: bytes) -> None:
        (tmp_path / "pid").write_text(str(os.getpid()))
        time.sleep(60)

    target = Target(name="waiting", look=wait, seeds=lambda: [b"0", b"1"])
    running = trial.run(iter([(Target(name="quick", look=lambda _: None, seeds=lambda: [b"0"]),
                               range(1)), (target, range(2))]), seed=1, jobs=2)  # fmt: skip
    assert isinstance(next(running), Target)
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        time.sleep(0.01)
    running.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


_STARTS = """
import sys
from pathlib import Path
from edition.commands import start
raise SystemExit(start(sys.argv[1], root=Path.cwd()))
"""
_STARTED = """
import os, pathlib, time
pathlib.Path("pid").write_text(str(os.getpid()))
time.sleep(60)
"""


def test_what_a_command_starts_ends_with_it(tmp_path: Path) -> None:
    (tmp_path / "started.py").write_text(_STARTED)
    started = tmp_path / "pid"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-c", _STARTS, str(tmp_path / "started.py")]
    with subprocess.Popen(command, cwd=tmp_path, env=env) as process:
        while not started.exists() or not started.read_text():
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)
