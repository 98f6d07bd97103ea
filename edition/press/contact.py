"""A contact sheet: all pages of a book on one sheet, openings side by side, findings outlined.

It is made as a PDF, of the pages as forms, so that any program that shows PDFs can draw it.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from edition.diagnostics import Severity
from edition.press import document, slug
from edition.press.boxes import stream
from edition.press.document import rectangle
from edition.press.imposition import Shown, form_of, shown
from edition.press.preflight.report import PlacedFinding

PAGE = 96.0  # width of a page on the sheet
GAP = 14.0  # between openings, and below them for the page number
_GREY = "0.86 0.86 0.88"
_COLOURS = {Severity.ERROR: "0.85 0.1 0.1", Severity.WARNING: "0.85 0.55 0",
            Severity.INFO: "0.45 0.6 0.8"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """How openings lie on the sheet: ``columns`` of them, ``rows``; pages measured ``width`` ×
    ``height`` units there."""

    columns: int
    rows: int
    width: float
    height: float
    facing: bool

    @property
    def size(self) -> tuple[float, float]:
        return (GAP + self.columns * (self.opening + GAP),
                GAP + self.rows * (self.height + 1.5 * GAP))  # fmt: skip

    @property
    def opening(self) -> float:
        return self.width * (2 if self.facing else 1)

    def place(self, page: int) -> tuple[float, float]:
        """Lower left corner of 0-based ``page``; a first page stands alone on the right."""
        cell, right = divmod(page + 1, 2) if self.facing else (page, 0)
        row, column = divmod(cell, self.columns)
        x = GAP + column * (self.opening + GAP) + right * self.width
        return x, self.size[1] - GAP - row * (self.height + 1.5 * GAP) - self.height


def grid(pages: int, width: float, height: float, *, facing: bool) -> Grid:
    """A sheet about as high as wide, or higher: it is scrolled down, not sideways."""
    cells = pages // 2 + 1 if facing else max(1, pages)
    high = PAGE * height / width
    cell_width = PAGE * (2 if facing else 1) + GAP
    columns = round(math.sqrt(cells * (high + 1.5 * GAP) / cell_width / 1.2))
    columns = max(1, min(cells, 8 if facing else 16, columns))
    return Grid(columns, math.ceil(cells / columns), PAGE, high, facing)


def sheet(data: bytes, findings: Sequence[PlacedFinding], *, facing: bool) -> bytes:
    """The contact sheet of the PDF ``data`` as a PDF of one page."""
    pages = list(PdfReader(io.BytesIO(data)).pages)
    looks = [shown(page) for page in pages]
    width = max(one.width for one in looks)
    lay = grid(len(pages), width, max(one.height for one in looks), facing=facing)
    writer = PdfWriter()
    objects = DictionaryObject()
    operators = [f"q {_GREY} rg 0 0 {lay.size[0]:.1f} {lay.size[1]:.1f} re f Q"]
    scale = PAGE / width
    for number, (page, look) in enumerate(zip(pages, looks, strict=True)):
        objects[NameObject(f"/P{number}")] = form_of(writer, page, look)
        own = [one for one in findings if one.page == number + 1]
        operators.append(_drawn(number, look, scale, lay.place(number), own))
    made = PageObject.create_blank_page(writer, *lay.size)
    made[NameObject("/MediaBox")] = rectangle(0, 0, *lay.size)
    made[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
    made[NameObject("/Contents")] = stream(writer, "\n".join(operators))
    writer.add_page(made)
    return document.to_bytes(writer)


def _drawn(
    number: int,
    look: Shown,
    scale: float,
    at: tuple[float, float],
    findings: Sequence[PlacedFinding],
) -> str:
    """One page on white, its findings outlined, its number below."""
    x, y = at
    width, height = look.width * scale, look.height * scale
    parts = [
        f"q 1 g {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f "
        f"{scale:.5f} 0 0 {scale:.5f} {x:.2f} {y:.2f} cm /P{number} Do Q",
        f"q 0.6 G 0.4 w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S "
        f"0.35 G 0.6 w {slug.operators(str(number + 1), x + 2, y - 8, 5)} Q",
    ]
    colours = [_COLOURS[one.diagnostic.level] for one in findings]
    worst = max((one.diagnostic.level for one in findings), default=Severity.INFO)
    if worst is not Severity.INFO:
        parts.append(f"q {_COLOURS[worst]} RG 2 w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S Q")
    for one, colour in zip(findings, colours, strict=True):
        for left, bottom, right, top in one.rects:
            parts.append(
                f"q {colour} RG 0.8 w {x + (left - look.trim[0]) * scale:.2f} "
                f"{y + (bottom - look.trim[1]) * scale:.2f} "
                f"{(right - left) * scale:.2f} {(top - bottom) * scale:.2f} re S Q"
            )
    return "\n".join(parts)
