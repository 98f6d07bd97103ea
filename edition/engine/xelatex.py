"""Running XeLaTeX under limits: no shell, no paths outside its folder.

The TeX that runs is generated and escaped; the limits are for the day on which it is wrong.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from edition import private
from edition.diagnostics import Diagnostic, Outcome, error
from edition.engine import programs
from edition.engine.identity import program_identity

TIMEOUT = error("TEX002", "TeX ran too long and was stopped")
TOO_MUCH = error("TEX008", "TeX wrote more than a book can need")
KILLED = error("TEX011", "A program was ended from outside")
FOREIGN = error("TEX012", "The pages ask for a file that is not of the build")

JOB = "edition"  # fixed, for the PDF's /ID depends on it
_ROOM = 1 << 20  # bytes: with less of them free a disk is full
PACKAGES = "texlive-xetex texlive-lang-chinese"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One finished run of XeLaTeX: ``status`` is the exit status, negative for a signal."""

    folder: Path
    status: int
    stopped: bool = False  # by the limit of time

    @property
    def log(self) -> Path:
        return self.folder / f"{JOB}.log"

    @property
    def pdf(self) -> Path:
        return self.folder / f"{JOB}.pdf"

    @property
    def xdv(self) -> Path:
        return self.folder / f"{JOB}.xdv"


def identity() -> str:
    """Changes when XeLaTeX does. Starts no program."""
    return program_identity("xelatex")


def run(
    tex: str,
    folder: Path,
    *,
    files: Mapping[str, Path | bytes] | None = None,
    seconds: float = 600.0,
    date: str = "",
    options: tuple[str, ...] = (),
) -> Outcome[Pass | None]:
    """Typeset ``tex`` into XDV in ``folder``, which is made anew and holds ``files`` under their
    names and nothing else. The value is None where XeLaTeX is missing. What TeX itself finds wrong
    is in the log: see :mod:`edition.engine.log`. Raises ``OSError`` where the folder cannot be
    written."""
    program = programs.find("xelatex")
    if program is None:
        return Outcome(None, (programs.missing("xelatex", PACKAGES),))
    lay(private.fresh(folder), files or {})
    (folder / f"{JOB}.tex").write_text(tex, encoding="utf-8", errors="replace")
    command = [program, "-no-pdf", "-no-shell-escape", "-interaction=nonstopmode", *options,
               f"{JOB}.tex"]  # fmt: skip
    ended = programs.run(command, folder, seconds, programs.environment(date))
    done = Pass(folder=folder, status=ended.status, stopped=ended.stopped)
    return Outcome(done, told(ended, "XeLaTeX", done.log))


def lay(folder: Path, files: Mapping[str, Path | bytes]) -> None:
    """Copy ``files`` into ``folder`` under their names. Raises ``OSError``."""
    for name, source in files.items():
        if isinstance(source, bytes):
            (folder / name).write_bytes(source)
        else:
            shutil.copyfile(source, folder / name)


def told(ended: programs.Ended, name: str, log: Path) -> tuple[Diagnostic, ...]:
    """What is to be said of a program that did not come to its own end; nothing of others."""
    hint = f"the log tells where it was: {log}"
    if ended.stopped:
        fact = f"{name} was stopped after {ended.seconds:.0f} s"
        return (Diagnostic(code=TIMEOUT, fact=fact, hint=hint),)
    if ended.wrote_too_much:
        limit = programs.FILE_LIMIT >> 20
        fact = f"{name} wrote a file of more than {limit} MB and was stopped"
        return (Diagnostic(code=TOO_MUCH, fact=fact, hint=hint),)
    if ended.killed:
        fact = f"{name} was ended by signal {-ended.status}"
        hint = "build again; where it comes again, there may be too little memory"
        return (Diagnostic(code=KILLED, fact=fact, hint=hint),)
    if ended.status and shutil.disk_usage(log.parent).free < _ROOM:
        return (Diagnostic(code=KILLED, fact=f"{name} failed, and the disk is full",
                           hint=f"free some space where {log.parent} lies"),)  # fmt: skip
    return ()
