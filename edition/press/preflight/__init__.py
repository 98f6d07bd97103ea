"""Preflight: what can be said of a PDF by looking at it with pypdf alone.

It lists what it checked and never calls a file certified: only a validator of the standard can.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition.diagnostics import Diagnostic, Outcome, Severity
from edition.press.preflight.codes import PRE001
from edition.press.preflight.report import CHECKED, PlacedFinding, Purpose, Report, told

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

    Opened = tuple[PdfReader, list[PageObject]]

__all__ = ["CHECKED", "PlacedFinding", "Purpose", "Report", "run"]


@contextmanager
def quiet() -> Iterator[None]:
    """pypdf's remarks on damaged files go nowhere: what matters of them becomes a finding."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)


def run(path: Path, purpose: Purpose = "auto") -> Outcome[Report]:
    """Look ``path`` over. Whatever the file is, the result is diagnostics, never an exception."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        refused = _refused(path, f"it cannot be read: {problem.strerror}",
                           "look at its path and its permissions")  # fmt: skip
        return _report(path, tuple(PlacedFinding(one) for one in refused.diagnostics))
    with quiet():
        return look_at(data, path, purpose)


def look_at(data: bytes, path: Path, purpose: Purpose = "auto") -> Outcome[Report]:
    """The same for ``data``, of which ``path`` only gives the name."""
    from edition.press.preflight import checks

    reading = opened(data, path)
    if reading.value is None:
        return _report(path, tuple(PlacedFinding(one) for one in reading.diagnostics))
    reader, pages = reading.value
    report = checks.look(reader, pages, str(path), purpose)
    # what forbids it are the standards; a file for the screen that claims none is told of it
    lenient = report.purpose == "screen" and not report.claims
    locked = tuple(PlacedFinding(replace(one, severity=Severity.WARNING) if lenient else one)
                   for one in reading.diagnostics)  # fmt: skip
    report = replace(report, findings=(*locked, *report.findings))
    return Outcome(report, tuple(one.diagnostic for one in report.findings))


def opened(data: bytes, path: Path) -> Outcome[Opened | None]:
    """The file and its pages; None, with the reason, where it is no PDF that can be used. A file
    that is encrypted and opens without a password is read, and told."""
    if not data:
        return _refused(path, "the file is empty", "was it written to the end?")
    if b"%PDF-" not in data[:1024]:
        return _refused(
            path,
            "the file is not a PDF: it does not begin with %PDF-",
            "name a PDF, or export one from what this is",
        )
    if b"%%EOF" not in data[-2048:]:
        fact = "the file is cut off: it does not end with %%EOF"
        return _refused(path, fact, "copy or build it again")
    from pypdf import PdfReader

    from edition.press.preflight import encryption

    try:
        reader = PdfReader(io.BytesIO(data))
        locked = encryption.told(reader, path) if reader.is_encrypted else None
        if locked is not None and locked.value is None:
            return Outcome(None, locked.diagnostics)
        pages = list(reader.pages)
    except Exception as problem:  # noqa: BLE001  (pypdf meets damage with errors of every kind)
        fact = f"the file is damaged: {told(problem)}"
        return _refused(path, fact, "was it written to the end?")
    if not pages:
        return _refused(path, "the file has no pages", "was it written to the end?")
    return Outcome((reader, pages), locked.diagnostics if locked else ())


def _refused(path: Path, fact: str, hint: str) -> Outcome[Opened | None]:
    return Outcome(None, (Diagnostic(code=PRE001, fact=fact, where=str(path), hint=hint),))


def _report(path: Path, found: tuple[PlacedFinding, ...]) -> Outcome[Report]:
    report = Report(file=str(path), findings=found)
    return Outcome(report, tuple(one.diagnostic for one in found))
