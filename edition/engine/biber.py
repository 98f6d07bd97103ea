"""Running biber under limits, and reading what it found wrong.

biber is a Perl program that reads nothing here but the folder it is started in: ``--noconf`` keeps
it from configuration files of the user.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from edition import private
from edition.diagnostics import Outcome
from edition.engine import programs, xelatex
from edition.engine.identity import program_identity

PACKAGES = "biber texlive-bibtex-extra"
_LINE = re.compile(r"^(?:\[\d+\]\s*\S*>\s*)?(WARN|ERROR) - (.*)$")
# "forthcoming" is a year like any other here: entries bear sort keys
_OF_NO_CONCERN = re.compile(r"legacy year field .* is not an integer")
_KEY = re.compile(r"\b(?:[Ee]ntry|[Kk]ey) '(r\d+)'")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of biber's log. ``key``: the entry it names, "" where none."""

    error: bool
    text: str
    key: str = ""


def identity() -> str:
    """Changes when biber does. Starts no program."""
    return program_identity("biber")


def run(folder: Path, *, seconds: float = 300.0, date: str = "") -> Outcome[Path | None]:
    """biber in ``folder``, where XeLaTeX has left its ``.bcf``. The value is the ``.bbl``, None
    where none was written: biber is missing, was stopped, or failed (see :func:`complaints`)."""
    program = programs.find("biber")
    if program is None:
        return Outcome(None, (programs.missing("biber", PACKAGES),))
    for suffix in ("bbl", "blg"):
        private.remove(folder / f"{xelatex.JOB}.{suffix}")
    command = [program, "--noconf", xelatex.JOB]
    ended = programs.run(command, folder, seconds, programs.environment(date))
    stopped = xelatex.told(ended, "biber", folder / f"{xelatex.JOB}.blg")
    if stopped:
        return Outcome(None, stopped)
    bbl = folder / f"{xelatex.JOB}.bbl"
    return Outcome(bbl if ended.status == 0 and _whole(bbl) else None)


def _whole(bbl: Path) -> bool:
    """Whether an answer is there, to its end."""
    try:
        return bbl.read_bytes().rstrip().endswith(b"\\endinput")
    except OSError:
        return False


def last_words(folder: Path) -> str:
    """What a biber that died said last, outside its log; "" where nothing."""
    try:
        text = (folder / "terminal.txt").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
    said = [one.strip() for one in text.splitlines() if not one.startswith("INFO - ")]
    return next((one[:200] for one in reversed(said) if one), "")


def complaints(folder: Path) -> tuple[Complaint, ...]:
    """Warnings and errors of biber's log in order; none where there is no log."""
    try:
        text = (folder / f"{xelatex.JOB}.blg").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ()
    found = []
    for line in text.splitlines():
        match = _LINE.match(line)
        if match and not _OF_NO_CONCERN.search(match[2]):
            key = _KEY.search(match[2])
            found.append(Complaint(match[1] == "ERROR", match[2], key[1] if key else ""))
    return tuple(found)
