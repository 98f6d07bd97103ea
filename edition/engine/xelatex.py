"""Running XeLaTeX under limits: no shell, no paths outside its folder, so much time, so much disk.

The TeX that runs is generated and escaped; the limits are for the day on which it is wrong.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from edition.diagnostics import Diagnostic, Outcome, error

PROGRAM_MISSING = error("ENV101", "A program is not installed")
TIMEOUT = error("TEX002", "TeX ran too long and was stopped")
TOO_MUCH = error("TEX008", "TeX wrote more than a book can need")

JOB = "edition"  # fixed, for the PDF's /ID depends on it
INSTALL = "sudo apt-get install --no-install-recommends texlive-xetex texlive-lang-chinese"
_FILE_LIMIT = 1 << 30  # bytes
# what else of the environment TeX may need to find its files
_KEPT = ("PATH", "HOME", "TEXMFHOME", "TEXMFVAR", "TEXMFCONFIG", "TEXMFCNF", "OSFONTDIR",
         "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "TMPDIR")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One finished run of XeLaTeX: ``status`` is the exit status, negative for a signal."""

    folder: Path
    status: int
    seconds: float
    stopped: bool = False  # by the limit of time

    @property
    def log(self) -> Path:
        return self.folder / f"{JOB}.log"

    @property
    def pdf(self) -> Path:
        return self.folder / f"{JOB}.pdf"


def identity() -> str:
    """Changes when XeLaTeX does; empty where it is missing. Starts no program."""
    found = shutil.which("xelatex")
    if found is None:
        return ""
    path = Path(found).resolve()
    status = path.stat()
    return f"{path}:{status.st_size}:{status.st_mtime_ns}"


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


def run(
    tex: str,
    folder: Path,
    *,
    files: Mapping[str, Path] | None = None,
    seconds: float = 600.0,
    date: str = "",
    options: tuple[str, ...] = (),
) -> Outcome[Pass | None]:
    """Typeset ``tex`` in ``folder``, where ``files`` are copied under their names. The value is
    None where XeLaTeX is missing. What TeX itself finds wrong is in the log: see
    :mod:`edition.engine.log`. Raises ``OSError`` where the folder cannot be written."""
    program = shutil.which("xelatex")
    if program is None:
        return Outcome(None, (missing("xelatex"),))
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{JOB}.*"):
        old.unlink()
    for name, source in (files or {}).items():
        shutil.copyfile(source, folder / name)
    (folder / f"{JOB}.tex").write_text(tex, encoding="utf-8", errors="replace")
    command = [program, "-no-shell-escape", "-interaction=nonstopmode", *options, f"{JOB}.tex"]
    done = supervise(command, folder, seconds, environment(date))
    found: list[Diagnostic] = []
    if done.stopped:
        found.append(Diagnostic(
            code=TIMEOUT,
            fact=f"XeLaTeX was stopped after {done.seconds:.0f} s",
            hint=f"the log tells where it was: {done.log}",
        ))  # fmt: skip
    elif done.status == -signal.SIGXFSZ:
        found.append(Diagnostic(
            code=TOO_MUCH,
            fact=f"XeLaTeX wrote a file of more than {_FILE_LIMIT >> 20} MB and was stopped",
            hint=f"the log tells where it was: {done.log}",
        ))  # fmt: skip
    return Outcome(done, tuple(found))


def missing(program: str) -> Diagnostic:
    return Diagnostic(
        code=PROGRAM_MISSING, fact=f"{program} is not installed", hint=f"install it: {INSTALL}"
    )


def supervise(command: list[str], folder: Path, seconds: float, environ: Mapping[str, str]) -> Pass:
    """Run a program in a process group of its own, which is killed whole when time is up."""
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
    return Pass(
        folder=folder,
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
    """Limits of processor time and file size, which the PDF driver inherits. Set from outside,
    where the system can (Linux); elsewhere the limit of time has to do."""
    prlimit = getattr(resource, "prlimit", None)
    if prlimit is None:
        return
    limits = ((resource.RLIMIT_CPU, int(seconds) + 5), (resource.RLIMIT_FSIZE, _FILE_LIMIT))
    for kind, value in limits:
        with contextlib.suppress(ProcessLookupError, PermissionError, ValueError):
            prlimit(pid, kind, (value, value + 5))
