"""XDV → PDF, by xdvipdfmx: what XeLaTeX itself would run. Whatever the pages ask of the driver is
looked through before it runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from edition import private
from edition.diagnostics import Diagnostic, Outcome
from edition.engine import findings, programs, xdv, xelatex
from edition.files import write_bytes

PROGRAM = "xdvipdfmx"
_PACKAGES = "texlive-binaries"
# of deflating, 1 to 9: the highest takes 0.3 s more of 1,500 pages for 2 % of their size
_LEVEL = "6"
_END = b"%%EOF"


def lay(pages: bytes | bytearray, folder: Path, *, files: Mapping[str, Path]) -> Path:
    """``folder``, made anew, with ``pages``, put together from lines that were looked through when
    they were read, and pictures under their names. Raises ``OSError`` where it cannot be
    written."""
    xelatex.lay(private.fresh(folder), files)
    write_bytes(folder / f"{xelatex.JOB}.xdv", pages)
    return folder


def run(folder: Path, *, date: str, seconds: float) -> Outcome[Path | None]:
    """The PDF of what :func:`lay` has laid into ``folder``; None where none came of it."""
    return _pdf(folder, date, seconds)


def pdf_in(folder: Path) -> Path:
    """Where the PDF of a folder is, or will be."""
    return folder / f"{xelatex.JOB}.pdf"


def finish(done: xelatex.Pass, *, date: str, seconds: float) -> Outcome[Path | None]:
    """The PDF of what XeLaTeX has set, beside it; None where it set nothing, or none came of it."""
    if not done.xdv.is_file():
        return Outcome(None)
    try:
        xdv.check(done.xdv.read_bytes())
    except xdv.XdvError as problem:
        return Outcome(None, (refused(problem, done.log),))
    return _pdf(done.folder, date, seconds)


def refused(problem: xdv.XdvError, log: Path) -> Diagnostic:
    """What to say of pages that are damaged, or ask for what is not of the build."""
    code = xelatex.FOREIGN if isinstance(problem, xdv.ForeignError) else findings.UNMEASURED
    hint = f"the log is kept: {log}"
    return Diagnostic(code=code, fact=f"of the pages that XeLaTeX wrote, {problem}", hint=hint)


def _pdf(folder: Path, date: str, seconds: float) -> Outcome[Path | None]:
    program = programs.find(PROGRAM)
    if program is None:
        return Outcome(None, (programs.missing(PROGRAM, _PACKAGES),))
    # names as XeLaTeX's own run has them: the PDF's /ID depends on them
    source, pdf = f"{xelatex.JOB}.xdv", pdf_in(folder)
    command = [program, "-q", "-E", "-z", _LEVEL, "-o", pdf.name, source]
    ended = programs.run(command, folder, seconds, programs.environment(date))
    found = list(xelatex.told(ended, PROGRAM, folder / "terminal.txt"))
    if ended.status == 0 and _whole(pdf):
        return Outcome(pdf, tuple(found))
    if not found:
        fact = f"{PROGRAM} ended with status {ended.status} and wrote no whole PDF"
        hint = f"what it said is kept: {folder / 'terminal.txt'}"
        found.append(Diagnostic(code=findings.TEX_ERROR, fact=fact, hint=hint))
    return Outcome(None, tuple(found))


def _whole(pdf: Path) -> bool:
    """Whether a PDF is there, to its end."""
    try:
        with pdf.open("rb") as data:
            data.seek(max(0, pdf.stat().st_size - 64))
            return data.read().rstrip().endswith(_END)
    except OSError:
        return False
