"""Reading a finished PDF back with poppler's ``pdftotext``: every word with its box."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from edition.diagnostics import Diagnostic, Outcome
from edition.engine import programs
from edition.engine.programs import PROGRAM_MISSING

PROGRAM = "pdftotext"
PT = 72.27 / 72  # TeX points in a PDF unit
_SECONDS = 600.0
_END = b"</html>"
_WORD = re.compile(
    r'<word xMin="([^"]*)" yMin="([^"]*)" xMax="([^"]*)" yMax="([^"]*)">([^<]*)</word>'
)


class Word(NamedTuple):
    """A run of characters without a space, its box in TeX points from the page's top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


Pages = tuple[tuple[Word, ...], ...]


class ReadError(Exception):
    """pdftotext failed, in words."""


def program() -> str | None:
    """Where pdftotext is; None where it is not installed."""
    return programs.find(PROGRAM)


def missing() -> Diagnostic:
    hint = "sudo apt-get install --no-install-recommends poppler-utils"
    fact = f"the proof reads the finished pages with {PROGRAM}, which is not installed"
    return Diagnostic(code=PROGRAM_MISSING, fact=fact, hint=hint)


def unread(pdf: Path, problem: object) -> Diagnostic:
    return Diagnostic(code=PROGRAM_MISSING, fact=f"{PROGRAM} could not read {pdf.name}: {problem}")


def words(pdf: Path) -> Outcome[Pages | None]:
    """Words of each page of ``pdf``; None where pdftotext is missing or fails."""
    if program() is None:
        return Outcome(None, (missing(),))
    try:
        return Outcome(tuple(pages(pdf)))
    except ReadError as problem:
        return Outcome(None, (unread(pdf, problem),))


def pages(pdf: Path, first: int = 1, last: int | None = None) -> Iterator[tuple[Word, ...]]:
    """The words of the pages ``first`` to ``last`` (from 1, inclusive; all by default), page by
    page as pdftotext gives them. Raises :class:`ReadError`."""
    part = ["-f", str(first), *(("-l", str(last)) if last is not None else ())]
    command = [PROGRAM, "-bbox", "-enc", "UTF-8", "-q", *part, str(pdf.absolute()), "-"]
    held = b""
    try:
        for chunk in programs.chunks(command, _SECONDS):
            *whole, held = (held + chunk).split(b"</page>")
            for page in whole:
                yield _words(page.decode("utf-8", "replace"))
    except (programs.FailedError, OSError) as problem:
        raise ReadError(f"it was stopped or failed ({problem})") from problem
    if not held.rstrip().endswith(_END):
        raise ReadError("what it says has no end")


def _words(page: str) -> tuple[Word, ...]:
    return tuple([
        Word(html.unescape(said) if "&" in said else said,
             float(left) * PT, float(top) * PT, float(right) * PT, float(bottom) * PT)
        for left, top, right, bottom, said in _WORD.findall(page)
    ])  # fmt: skip
