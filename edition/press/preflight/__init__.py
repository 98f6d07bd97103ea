"""Preflight: what can be said of a PDF by looking at it with pypdf alone.

It lists what it checked and never calls a file certified: only a validator of the standard can.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edition.diagnostics import Diagnostic, Outcome
from edition.press.preflight.codes import PRE001, PRE002
from edition.press.preflight.report import CHECKED, Finding, Purpose, Report

__all__ = ["CHECKED", "Finding", "Purpose", "Report", "run"]


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
        return _refused(path, f"{path} cannot be read: {problem.strerror}", "")
    with quiet():
        return look_at(data, path, purpose)


def look_at(data: bytes, path: Path, purpose: Purpose = "auto") -> Outcome[Report]:
    """The same for ``data``, of which ``path`` only gives the name."""
    if not data:
        return _refused(path, "the file is empty", "was it written to the end?")
    if b"%PDF-" not in data[:1024]:
        return _refused(path, "the file is not a PDF: it does not begin with %PDF-", "")
    if b"%%EOF" not in data[-2048:]:
        fact = "the file is cut off: it does not end with %%EOF"
        return _refused(path, fact, "copy or build it again")
    from pypdf import PdfReader

    from edition.press.preflight import checks

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            fact = "the file is encrypted; neither PDF/X nor PDF/A allows it"
            hint = "save it again without a password"
            found = Diagnostic(code=PRE002, fact=fact, where=str(path), hint=hint)
            return _report(path, (Finding(found),))
        pages = list(reader.pages)
    except Exception as problem:  # noqa: BLE001  (pypdf meets damage with errors of every kind)
        fact = f"the file is damaged: {_told(problem)}"
        return _refused(path, fact, "was it written to the end?")
    if not pages:
        return _refused(path, "the file has no pages", "")
    report = checks.look(reader, pages, str(path), purpose)
    return Outcome(report, tuple(one.diagnostic for one in report.findings))


def _refused(path: Path, fact: str, hint: str) -> Outcome[Report]:
    found = Diagnostic(code=PRE001, fact=fact, where=str(path), hint=hint)
    return _report(path, (Finding(found),))


def _report(path: Path, found: tuple[Finding, ...]) -> Outcome[Report]:
    report = Report(file=str(path), findings=found)
    return Outcome(report, tuple(one.diagnostic for one in found))


def _told(problem: Exception) -> str:
    return f"{type(problem).__name__}: {str(problem)[:200]}"
