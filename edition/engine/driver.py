"""XDV → PDF, by xdvipdfmx: what XeLaTeX itself would run."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from edition.diagnostics import Diagnostic, Outcome
from edition.engine import findings, programs, xelatex
from edition.files import write_bytes

PROGRAM = "xdvipdfmx"
_PACKAGES = "texlive-binaries"
# of deflating, 1 to 9: the highest takes 0.3 s more of 1,500 pages for 2 % of their size
_LEVEL = "6"


def run(
    xdv: bytes, folder: Path, *, files: Mapping[str, Path], date: str, seconds: float
) -> Outcome[Path | None]:
    """The PDF of ``xdv``, in ``folder``, where pictures are copied under their names; None where
    none came of it. Raises ``OSError`` where the folder cannot be written."""
    program = programs.find(PROGRAM)
    if program is None:
        return Outcome(None, (programs.missing(PROGRAM, _PACKAGES),))
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in files.items():
        shutil.copyfile(source, folder / name)
    # names as XeLaTeX's own run has them: the PDF's /ID depends on them
    source, pdf = folder / f"{xelatex.JOB}.xdv", folder / f"{xelatex.JOB}.pdf"
    pdf.unlink(missing_ok=True)
    write_bytes(source, xdv)
    command = [program, "-q", "-E", "-z", _LEVEL, "-o", pdf.name, source.name]
    ended = programs.run(command, folder, seconds, programs.environment(date))
    found = list(xelatex.told(ended, PROGRAM, folder / "terminal.txt"))
    if ended.status == 0 and pdf.is_file():
        return Outcome(pdf, tuple(found))
    if not found:
        fact = f"{PROGRAM} ended with status {ended.status} and wrote no PDF"
        hint = f"what it said is kept: {folder / 'terminal.txt'}"
        found.append(Diagnostic(code=findings.TEX_ERROR, fact=fact, hint=hint))
    return Outcome(None, tuple(found))
