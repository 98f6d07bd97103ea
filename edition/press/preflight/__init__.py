"""Preflight: what can be said of a PDF by looking at it with pypdf alone.

It lists what it checked and never calls a file certified: only a validator of the standard can.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from edition.diagnostics import Diagnostic, Outcome
from edition.press.preflight.codes import PRE001, PRE002, PRE004

Purpose = Literal["auto", "screen", "press"]

# What is looked at, in the words of the report
CHECKED = (
    "encryption and actions",
    "embedded fonts",
    "ToUnicode maps",
    "output intents",
    "XMP against document information",
    "boxes",
    "text against trim and gutter",
    "page sizes, blank pages, page count",
    "colour spaces and ink",
    "resolution of pictures",
    "transparency",
    "annotations",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What preflight looked at. ``purpose``: what the file was taken to be for."""

    file: str
    pages: int = 0
    purpose: str = ""
    claims: tuple[str, ...] = ()  # what the file says it conforms to; not verified
    checked: tuple[str, ...] = CHECKED


def run(path: Path, purpose: Purpose = "auto") -> Outcome[Report]:
    """Look ``path`` over. Whatever the file is, the result is diagnostics, never an exception."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    from edition.press.preflight import checks

    def refused(fact: str, hint: str = "") -> Outcome[Report]:
        found = Diagnostic(code=PRE001, fact=fact, where=str(path), hint=hint)
        return Outcome(Report(file=str(path)), (found,))

    try:
        data = path.read_bytes()
    except OSError as problem:
        return refused(f"cannot be read: {problem.strerror}")
    if not data:
        return refused("the file is empty")
    if b"%PDF-" not in data[:1024]:
        return refused("the file is not a PDF: it does not begin with %PDF-")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            fact = "the file is encrypted; neither PDF/X nor PDF/A allows it"
            return Outcome(
                Report(file=str(path)), (Diagnostic(code=PRE002, fact=fact, where=str(path)),)
            )
        pages = len(reader.pages)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
    ) as problem:
        return refused(f"the file is damaged: {problem}", "was it written to the end?")
    if not pages:
        return refused("the file has no pages")
    if b"%%EOF" not in data[-2048:]:
        return refused("the file is cut off: it does not end with %%EOF", "copy or build it again")
    try:
        return checks.look(reader, str(path), purpose)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as problem:
        fact = f"a part of the file cannot be read: {type(problem).__name__}: {problem}"
        found = Diagnostic(code=PRE004, fact=fact, where=str(path))
        return Outcome(Report(file=str(path), pages=pages), (found,))
