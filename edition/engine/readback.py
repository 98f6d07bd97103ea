"""Reading a finished PDF back with poppler's ``pdftotext``: every word with its box."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

from edition.diagnostics import Diagnostic, Outcome
from edition.engine import programs
from edition.engine.programs import PROGRAM_MISSING

PROGRAM = "pdftotext"
PT = 72.27 / 72  # TeX points in a PDF unit
_SECONDS = 600.0
_END = b"</html>"
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)


@dataclass(frozen=True, slots=True)
class Word:
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


def words(pdf: Path) -> Outcome[Pages | None]:
    """Words of each page of ``pdf``; None where pdftotext is missing or fails."""
    program = programs.find(PROGRAM)
    if program is None:
        hint = "sudo apt-get install --no-install-recommends poppler-utils"
        fact = f"the proof reads the finished pages with {PROGRAM}, which is not installed"
        return Outcome(None, (Diagnostic(code=PROGRAM_MISSING, fact=fact, hint=hint),))
    command = [program, "-bbox", "-enc", "UTF-8", "-q", str(pdf.absolute()), "-"]
    said = programs.output(command, _SECONDS)
    if said is None or said.status or not said.out.rstrip().endswith(_END):
        why = f"after {_SECONDS:.0f} s" if said is None else f"status {said.status} {said.last}"
        fact = f"{PROGRAM} could not read {pdf.name}: it was stopped or failed ({why.strip()})"
        return Outcome(None, (Diagnostic(code=PROGRAM_MISSING, fact=fact),))
    return Outcome(parse(said.out.decode("utf-8", "replace")))


def parse(text: str) -> Pages:
    """Pages of pdftotext's ``-bbox`` output."""
    return tuple(tuple(_words(part)) for part in text.split("<page ")[1:])


def _words(page: str) -> list[Word]:
    return [
        Word(html.unescape(match[5]), *(float(match[n]) * PT for n in (1, 2, 3, 4)))
        for match in _WORD.finditer(page)
    ]
