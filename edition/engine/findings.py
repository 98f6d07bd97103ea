"""From what TeX and the fonts found to diagnostics at the segment that caused it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from edition.diagnostics import Code, Diagnostic, error, info, warning
from edition.engine import glyphs
from edition.engine.log import Event
from edition.latex.boxes import SetBox
from edition.layout.toohigh import TOO_HIGH
from edition.layout.types import Box
from edition.source import Span

TEX_ERROR = error("TEX001", "TeX reports an error")
OVERFULL = error("TEX003", "A line is too long for its measure")
TOO_WIDE = error("TEX004", "A table or picture is wider than its measure")
OFF_GRID = error("TEX005", "Text leaves the grid of lines")
NO_PICTURE = error("TEX006", "A picture cannot be printed")
CUT = error("TEX007", "A cut did not give the lines that were planned")
UNMEASURED = error("TEX009", "TeX gave no measure of a text")
SMALLER = info("TAB001", "A table is set in smaller type")
BROKEN = warning("TAB002", "Words are broken in the cells of a table")
PACKAGE_MISSING = error("ENV103", "A TeX package is not installed")

_TOLERANCE = 1.0  # points that a line may stick out
_DEBIAN = {
    "xeCJK.sty": "texlive-lang-chinese",
    "fontspec.sty": "texlive-xetex",
    "graphicx.sty": "texlive-latex-base",
    "array.sty": "texlive-latex-base",
}


def segment(box: Box) -> str:
    return box.segment.id if box.segment else box.key


def place(box: Box) -> Span | None:
    return box.span or (box.segment.span if box.segment else None)


def from_faults(box: Box, faults: Iterable[str]) -> list[Diagnostic]:
    """Diagnostics for the faults kept with a measure: they hold for every build of the text."""
    found = []
    for fault in faults:
        what, _, more = fault.partition(":")
        if what in {"NOFILE", "BADFILE"}:
            fact = (f"there is no picture {more}" if what == "NOFILE"
                    else f"{more} is not a PNG, JPEG or PDF file")  # fmt: skip
            hint = "name a file inside the workspace, relative to it"
            found.append(_at(box, NO_PICTURE, fact, hint))
        elif what == "WIDE":
            found.append(_overfull(box, float(more)))
        elif what == "HIGH":
            fact = f"it is {more} lines high, which no page holds"
            found.append(_at(box, TOO_HIGH, fact, "take a lower picture"))
        elif what == "ROWHIGH":
            fact = f"row {more} of the table is higher than a page"
            found.append(_at(box, TOO_HIGH, fact, "divide its text into several rows"))
        elif what == "SCALED":
            fact = f"it is set in type of {more} points, so that its longest words fit"
            hint = "fewer columns, or a wider page, take larger type"
            found.append(_at(box, SMALLER, fact, hint))
        elif what == "BROKEN":
            fact = f"its columns are too narrow: words as “{more[:40]}” are broken anywhere"
            hint = "give it fewer columns, or divide it into two tables"
            found.append(_at(box, BROKEN, fact, hint))
        elif what == "MISSING":
            found.append(glyphs.missing(more, place(box), segment(box)))
        else:
            fact = f"a line of {segment(box)} is higher than the grid allows ({what})"
            found.append(_at(box, OFF_GRID, fact, "look for ruby, pictures or unusual characters"))
    return found


def _overfull(box: Box, points: float) -> Diagnostic:
    table = box.segment is not None and box.segment.table is not None
    if table or (box.segment and box.segment.figure):
        fact = f"it sticks out {points:.1f} pt beyond its measure of {box.width:.0f} pt"
        hint = "shorten the longest words of its cells, or give it fewer columns"
        return _at(box, TOO_WIDE, fact, hint)
    fact = f"a line sticks out {points:.1f} pt beyond its measure of {box.width:.0f} pt"
    hint = "let TeX divide a long word: put a soft hyphen (U+00AD) where it may be divided"
    return _at(box, OVERFULL, fact, hint)


def _at(box: Box, code: Code, fact: str, hint: str = "") -> Diagnostic:
    return Diagnostic(code=code, span=place(box), segment=segment(box), fact=fact, hint=hint)


def faults_of(events: Iterable[Event]) -> Mapping[int, tuple[str, ...]]:
    """Faults by number of the box, from the log: the widest line, each missing character."""
    wide: dict[int, float] = {}
    lost: dict[int, list[str]] = {}
    for event in events:
        if event.kind == "overfull" and event.points > _TOLERANCE:
            wide[event.box] = max(wide.get(event.box, 0.0), event.points)
        elif event.kind == "missing":
            lost.setdefault(event.box, []).append(f"MISSING:{event.text}")
    return {
        box: (*([f"WIDE:{wide[box]:.1f}"] if box in wide else []),
              *dict.fromkeys(lost.get(box, ())))
        for box in wide.keys() | lost.keys()
    }  # fmt: skip


def from_errors(
    events: Iterable[Event], boxes: Mapping[str, Box], order: Sequence[SetBox], log: Path
) -> list[Diagnostic]:
    """TeX's own errors, each once for a box, and packages that are missing."""
    found: list[Diagnostic] = []
    seen: set[tuple[int, str]] = set()
    for event in events:
        if event.kind not in {"error", "nofile"} or (event.box, event.text) in seen:
            continue
        seen.add((event.box, event.text))
        if event.kind == "nofile":
            package = _DEBIAN.get(event.text, "texlive-latex-extra")
            found.append(Diagnostic(
                code=PACKAGE_MISSING, fact=f"TeX has no file {event.text}",
                hint=f"sudo apt-get install --no-install-recommends {package}",
            ))  # fmt: skip
            continue
        fact = f"TeX: {event.text}" + (f" ({event.line})" if event.line else "")
        hint = f"the log is kept: {log}"
        if 0 <= event.box < len(order) and order[event.box].key in boxes:
            found.append(_at(boxes[order[event.box].key], TEX_ERROR, fact, hint))
        else:
            found.append(Diagnostic(code=TEX_ERROR, fact=fact, hint=hint))
    return found
