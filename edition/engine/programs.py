"""Running programs under limits: no shell, a clean environment, so much time, so much disk.

Everything that this program starts goes through here: XeLaTeX, biber, xdvipdfmx, poppler and
fontconfig. What is started ends with it, with all its children: a signal stops them, and where
this program is killed, a watchdog that outlives it for a moment does.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO

from edition.diagnostics import Diagnostic, error

PROGRAM_MISSING = error("ENV101", "A program is not installed")

FILE_LIMIT = 1 << 30  # bytes of one file
# what else of the environment TeX may need to find its files
_KEPT = ("PATH", "HOME", "TEXMFHOME", "TEXMFVAR", "TEXMFCONFIG", "TEXMFCNF", "OSFONTDIR",
         "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "TMPDIR")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A program that has ended: ``status`` is its exit status, negative for a signal."""

    status: int
    seconds: float
    stopped: bool = False  # by the limit of time

    @property
    def wrote_too_much(self) -> bool:
        return self.status == -signal.SIGXFSZ

    @property
    def killed(self) -> bool:
        """By a signal that was not one of our limits."""
        return self.status < 0 and not self.stopped and not self.wrote_too_much


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a short program printed, and how it ended; ``status`` as in :class:`Ended`."""

    status: int
    out: bytes
    errors: bytes = b""

    @property
    def last(self) -> str:
        """The last line that it printed."""
        lines = (self.errors or self.out).decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""


class StoppingError(OSError):
    """Nothing is started any more: this program has been told to end."""


def find(name: str) -> str | None:
    """The program ``name``, never one that lies in the folder it happens to be looked for from."""
    return shutil.which(name, path=_path())


def _path() -> str:
    """``PATH`` without relative folders, which would be those of a workspace."""
    parts = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(one for one in parts if Path(one).is_absolute())


def missing(name: str, packages: str) -> Diagnostic:
    """What to say of a program that is not there; ``packages`` of Debian bring it."""
    hint = f"install it: sudo apt-get install --no-install-recommends {packages}"
    return Diagnostic(code=PROGRAM_MISSING, fact=f"{name} is not installed", hint=hint)


def environment(date: str = "") -> dict[str, str]:
    """A clean environment: reproducible dates, no lines of the log broken, no foreign paths."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        "PATH": _path(),
        "LC_ALL": "C.UTF-8",
        **dict.fromkeys(_MAKERS, "0"),
        "openin_any": "p",
        "openout_any": "p",
        "shell_escape": "f",
        "max_print_line": "100000",
        "error_line": "254",
        "half_error_line": "238",
        "SOURCE_DATE_EPOCH": str(epoch(date)),
        "FORCE_SOURCE_DATE": "1",
    }


# what TeX would start to make a font or format that it misses
_MAKERS = ("MKTEXFMT", "MKTEXMF", "MKTEXPK", "MKTEXTEX", "MKTEXTFM")


def epoch(date: str) -> int:
    """Seconds since 1970 of an edition's date (ISO), which dates its files so that equal input
    gives equal bytes. An edition without a date takes ``SOURCE_DATE_EPOCH`` of the environment,
    or the first day of 2000."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        if given.isascii() and given.isdecimal() and len(given) <= 11:
            return int(given)
        moment = datetime(2000, 1, 1, tzinfo=UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0, int(moment.timestamp()))


def run(
    command: Sequence[str], folder: Path, seconds: float, environ: Mapping[str, str],
    wanted: Callable[[], bool] | None = None,
) -> Ended:  # fmt: skip
    """Run a program in ``folder`` and in a process group of its own, which is killed whole when
    time is up, or as soon as it is not ``wanted`` any more. What it says is in ``terminal.txt``.
    Raises ``OSError`` where it cannot be started, :class:`StoppingError` where this program
    ends."""
    started = time.monotonic()
    with (
        (folder / "terminal.txt").open("wb") as terminal,
        _started(command, folder, environ, terminal, subprocess.STDOUT) as process,
    ):
        _limit(process.pid, seconds)
        until = started + seconds
        while wanted is not None and process.poll() is None and wanted():
            _wait(process, min(_ASKED, until - time.monotonic()))
            if time.monotonic() >= until:
                break
        if wanted is None:
            _wait(process, seconds)
        stopped = process.poll() is None
    status = process.returncode
    return Ended(
        status=status,
        seconds=time.monotonic() - started,
        stopped=stopped or status == -signal.SIGXCPU,
    )


def output(command: Sequence[str], seconds: float, folder: Path | None = None) -> Said | None:
    """What a short program prints; None where it cannot be started or was stopped after
    ``seconds``. It has the environment of this program."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        with _started(command, folder, {**os.environ, "PATH": _path()}) as process:
            out, errors = process.communicate(timeout=seconds)
        silent = process.returncode in _NOT_STARTED and errors.startswith(_STARTER.encode())
        if not silent:
            return Said(status=process.returncode, out=out, errors=errors)
    return None


class FailedError(Exception):
    """A program failed or was stopped, in words."""


def chunks(command: Sequence[str], seconds: float) -> Iterator[bytes]:
    """What a program prints, while it prints it; it ends where no more is taken. Raises
    :class:`FailedError`, after ``seconds`` too, and ``OSError`` where it cannot be started."""
    until = time.monotonic() + seconds
    environ = {**os.environ, "PATH": _path()}
    with _started(command, None, environ, errors=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        handle = process.stdout.fileno()
        while True:
            if not select.select([handle], [], [], max(0.0, until - time.monotonic()))[0]:
                raise FailedError(f"it did not end within {seconds:.0f} s")
            chunk = os.read(handle, 1 << 16)
            if not chunk:
                break
            yield chunk
        process.wait()
    if process.returncode:
        raise FailedError(f"status {process.returncode}")


_ASKED = 0.25  # seconds between questions whether a program is wanted


# --- children -----------------------------------------------------------------------------------

_running: set[int] = set()  # process groups
_ending = threading.Event()
_lock = threading.RLock()  # a signal may come while it is held


def stop_all() -> None:
    """End everything that runs, and start nothing any more: this program is ending."""
    _ending.set()
    with _lock:
        for group in _running:
            _kill(group)


@contextlib.contextmanager
def _started(
    command: Sequence[str],
    folder: Path | None,
    environ: Mapping[str, str],
    out: IO[bytes] | int = subprocess.PIPE,
    errors: int = subprocess.PIPE,
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a group of its own, which is gone when this is left."""
    with _lock:
        if _ending.is_set():
            raise StoppingError("this program is ending")
        watched = _watchdog()[0]
        process = subprocess.Popen(  # noqa: S603  (the program's own path, no shell)
            [_SHELL, "-c", _WATCHED, _STARTER, *command],
            cwd=folder,
            env=dict(environ),
            stdin=watched,
            stdout=out,
            stderr=errors,
            start_new_session=True,
        )
        _running.add(process.pid)
    try:
        with process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    _kill(process.pid)
    finally:
        with _lock:
            _running.discard(process.pid)
            with contextlib.suppress(OSError):
                os.write(watched, b"- %d\n" % process.pid)


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


_SHELL = "/bin/sh"
_STARTER = "edition-start"  # by which the shell calls itself in what it says
_NOT_STARTED = (126, 127)  # what a shell ends with where a program is none, or is not there
# What is started tells the watchdog its group before it begins, and has no input.
_WATCHED = """echo "+ $$" >&0; exec "$@" </dev/null"""
# Reads "+ GROUP" and "- GROUP"; at the end of its input, which comes with the end of this program
# whatever ended it, it kills the groups that are left.
_WATCHDOG = """
trap '' HUP INT TERM
left=
while read -r what group; do
    case $what in
        +) left="$left -$group" ;;
        -) kept=; for one in $left; do [ "$one" = "-$group" ] || kept="$kept $one"; done
           left=$kept ;;
    esac
done
[ -z "$left" ] || kill -s KILL -- $left
"""


@lru_cache(maxsize=1)
def _watchdog() -> tuple[int, subprocess.Popen[bytes]]:
    """The end of a pipe to the watchdog, and the watchdog."""
    reading, writing = os.pipe()
    process = subprocess.Popen(  # noqa: S603  (of the system, with a text of ours)
        [_SHELL, "-c", _WATCHDOG],
        stdin=reading,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
    os.close(reading)
    return writing, process


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait for the end of a program, ``seconds`` at most. Where the system tells of it (Linux), no
    time is lost; ``Popen.wait`` looks again and again, in the end every 50 ms."""
    try:
        handle = os.pidfd_open(process.pid)
    except (AttributeError, OSError):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=seconds)
        return
    try:
        watched = select.poll()
        watched.register(handle, select.POLLIN)
        watched.poll(seconds * 1000)
    finally:
        os.close(handle)


def _limit(pid: int, seconds: float) -> None:
    """Limits of processor time and file size, which children inherit. Set from outside, where the
    system can (Linux); elsewhere the limit of time has to do."""
    prlimit = getattr(resource, "prlimit", None)
    if prlimit is None:
        return
    limits = ((resource.RLIMIT_CPU, int(seconds) + 5), (resource.RLIMIT_FSIZE, FILE_LIMIT))
    for kind, value in limits:
        with contextlib.suppress(ProcessLookupError, PermissionError, ValueError):
            prlimit(pid, kind, (value, value + 5))
