"""Running programs under limits: no shell, a clean environment, so much time, so much disk.

Everything that the engine starts goes through here: XeLaTeX, biber, xdvipdfmx, poppler.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

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


def missing(name: str, packages: str) -> Diagnostic:
    """What to say of a program that is not there; ``packages`` of Debian bring it."""
    hint = f"install it: sudo apt-get install --no-install-recommends {packages}"
    return Diagnostic(code=PROGRAM_MISSING, fact=f"{name} is not installed", hint=hint)


def environment(date: str = "") -> dict[str, str]:
    """A clean environment: reproducible dates, no lines of the log broken, no foreign paths."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        "openin_any": "p",
        "openout_any": "p",
        "shell_escape": "f",
        "max_print_line": "100000",
        "error_line": "254",
        "half_error_line": "238",
        "SOURCE_DATE_EPOCH": str(epoch(date)),
        "FORCE_SOURCE_DATE": "1",
    }


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


def run(command: Sequence[str], folder: Path, seconds: float, environ: Mapping[str, str]) -> Ended:
    """Run a program in ``folder`` and in a process group of its own, which is killed whole when
    time is up. What it says is in ``terminal.txt``."""
    started = time.monotonic()
    with (folder / "terminal.txt").open("wb") as terminal:
        process = subprocess.Popen(  # noqa: S603  (the program's own path, no shell)
            command,
            cwd=folder,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=terminal,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        _limit(process.pid, seconds)
        try:
            _wait(process, seconds)
            stopped = process.poll() is None
        finally:
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    status = process.returncode
    return Ended(
        status=status,
        seconds=time.monotonic() - started,
        stopped=stopped or status == -signal.SIGXCPU,
    )


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
