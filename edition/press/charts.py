"""PDFs that a text places as pictures: whether their first page can be placed. XeTeX dies of some
that cannot, and tells no place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edition.diagnostics import Diagnostic
from edition.model import Edition
from edition.press.preflight import quiet
from edition.press.preflight.report import told
from edition.readers.pictures import BROKEN, HUGE, LARGEST, SMALLEST


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    """A finding at each figure whose PDF cannot be placed; of one without a file nothing is said
    here."""
    faults: dict[str, Diagnostic | None] = {}
    for segment in edition.segments.values():
        path = root / segment.figure
        if not segment.figure.lower().endswith(".pdf") or not path.is_file():
            continue
        if segment.figure not in faults:
            faults[segment.figure] = _fault(path)
        fault = faults[segment.figure]
        if fault is not None:
            yield Diagnostic(code=fault.code, fact=fault.fact, hint=fault.hint, span=segment.span,
                             segment=segment.id)  # fmt: skip


def _fault(path: Path) -> Diagnostic | None:
    from pypdf import PdfReader

    hint = "save it anew, or as a picture of pixels"
    try:
        with quiet():
            reader = PdfReader(path)
            if not reader.pages:
                return Diagnostic(code=BROKEN, fact=f"{path.name} has no pages", hint=hint)
            page: Any = reader.pages[0]
            box = page.cropbox
            unit = float(page.get("/UserUnit", 1))
            sides = sorted(float(one) * unit for one in (box.width, box.height))
            content = page.get_contents()
            empty = content is None or not content.get_data().strip()
    except Exception as problem:  # noqa: BLE001  (pypdf meets damage with errors of every kind)
        return Diagnostic(code=BROKEN, fact=f"{path.name} is damaged: {told(problem)}", hint=hint)
    if empty:
        return Diagnostic(code=BROKEN, fact=f"the first page of {path.name} is empty", hint=hint)
    if sides[0] < SMALLEST or sides[1] > LARGEST:
        size = " × ".join(f"{one * 25.4 / 72:.4g}" for one in (box.width * unit, box.height * unit))
        return Diagnostic(code=HUGE, fact=f"{path.name} is {size} mm", hint="give it another size")
    return None
