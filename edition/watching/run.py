"""Watch a workspace: build, show, wait until a file is saved, build again. One build at a time."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from edition import private
from edition.build.run import failed
from edition.build.types import Request
from edition.diagnostics import Diagnostic, Outcome, error
from edition.watching.changes import Changes
from edition.watching.server import Server, close
from edition.watching.state import Board
from edition.watching.work import asked

NO_WATCHER = error("USE017", "What tells of changed files is not installed")
TAKEN = error("USE018", "A port that is taken")

FORMATS = ("pdf", "html")
_TICK = 0.2  # seconds after which signals are looked at
_PATIENCE = 10.0  # seconds for a build to end that is told to


def lacking() -> Diagnostic | None:
    """What to say where there is nothing to watch with."""
    if find_spec("watchfiles"):
        return None
    return Diagnostic(code=NO_WATCHER, fact="the library watchfiles is not installed",
                      where="edition watch",
                      hint='install it: pip install "parallel-edition[watch]"')  # fmt: skip


def watch(
    request: Request, *, link: str, port: int = 0, tell: Callable[[str], None] = lambda _: None
) -> Outcome[None]:
    """Watch until a signal ends it, as an exception in this thread. ``request.out`` is not used:
    what is made lies among the caches. ``link``: the address that opens a file in
    an editor; ``tell`` is given a line for each thing that happens."""
    found = lacking()
    if found:
        return Outcome(None, (found,))
    board = Board()
    try:
        made = private.of_workspace(request.root) / "watch"
    except OSError as problem:
        return Outcome(None, (failed(problem, request),))
    try:
        server = Server(board, port)
    except OSError as problem:
        fact = f"port {port} cannot be had: {problem.strerror or problem}"
        return Outcome(None, (Diagnostic(code=TAKEN, fact=fact, where="command line",
                                         hint="without --port a free one is chosen"),))  # fmt: skip
    with (
        tempfile.TemporaryDirectory(prefix="edition-watch-") as folder,
        _serving(server), contextlib.closing(Changes(request.root)) as changes,
    ):  # fmt: skip
        tell(f"{server.address}\nCtrl-C ends it")
        work = replace(request, out=made, formats=FORMATS)
        while True:
            began = time.time()
            told = _build(work, board, Path(folder), link, tell)
            if told is not None:  # what broke off has not said which files it reads
                changes.also(map(Path, told), began)
            while not changes.wait(_TICK):  # in between signals are heard
                pass


@contextlib.contextmanager
def _serving(server: Server) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": _TICK},
                              daemon=True)  # fmt: skip
    thread.start()
    try:
        yield
    finally:
        server.board.close()
        close(server)
        thread.join(_PATIENCE)


def _build(
    request: Request, board: Board, folder: Path, link: str, tell: Callable[[str], None]
) -> list[str] | None:
    """One build, and its pages on the board; where it fails those of before stay there. The files
    elsewhere that it reads, None where it does not say."""
    board.put(building=True)
    began = time.monotonic()
    told = _built(request)
    took = f"{time.monotonic() - began:.1f} s"
    if told is None:
        old = dict(board.shown.told)
        board.put(building=False, told=old | {"fault": "the build broke off"})
        tell(f"{took}: the build broke off")
        return None
    files = told.pop("files", None)
    elsewhere: list[str] | None = told.pop("elsewhere", None)
    told = {**told, "link": link}
    if files is None:
        kept = {key: value for key, value in board.shown.told.items()
                if key in ("pages", "looks", "places", "facing", "line")}  # fmt: skip
        board.put(building=False, told={**kept, **told, "stale": True})
        errors = sum(one["severity"] == "error" for one in told["findings"])
        tell(f"{took}: {errors} errors; the pages are those of before")
        return elsewhere
    number = board.shown.made + 1
    copy, before = folder / f"{number}.pdf", board.shown.pdf
    shutil.copyfile(files["pdf"], copy)
    changed = len(set(told["looks"]).difference(board.shown.told.get("looks", ())))
    board.put(building=False, looks=tuple(told["looks"]), made=number, pdf=copy,
              reader=Path(files["reader"]).read_bytes(), told={**told, "stale": False})  # fmt: skip
    if before is not None:
        before.unlink(missing_ok=True)
    tell(f"{took}: {told['line']}" + (f"; {changed} pages changed" if number > 1 else ""))
    return elsewhere


def _built(request: Request) -> dict[str, Any] | None:
    """What a build tells, made by a process of its own; None where it tells nothing."""
    with _started() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        said: list[bytes] = []
        out = process.stdout
        reading = threading.Thread(target=lambda: said.append(out.read()), daemon=True)
        process.stdin.write(asked(request).encode())
        process.stdin.flush()
        reading.start()
        while reading.is_alive():
            reading.join(_TICK)  # in between signals are heard
    try:
        told: Mapping[str, Any] = json.loads(said[0])
        return dict(told)
    except (ValueError, IndexError):
        return None


@contextlib.contextmanager
def _started() -> Iterator[subprocess.Popen[bytes]]:
    """The process of a build, in a session of its own; whatever ends this, it is gone then."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "edition.watching.work"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )  # fmt: skip
    try:
        yield process
    finally:
        with contextlib.suppress(OSError):
            assert process.stdin is not None
            process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.5)
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
