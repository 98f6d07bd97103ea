"""Imposition: the pages of a finished file on sheets to print, fold and stitch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import NameObject, RectangleObject

from edition.press import document
from edition.press.document import rectangle
from edition.press.types import MM, Metadata

BLANK = -1
A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: 0-based pages left and right of the fold, ``BLANK`` for none.
    ``depth``: how many sheets lie outside it in its signature (for creep)."""

    left: int
    right: int
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet:
    """``signature`` pages a section, a multiple of 4; 0: one saddle-stitched booklet.
    ``sheet`` in mm, landscape; None: twice the trimmed page. ``creep`` in mm a sheet is how far
    the fore-edge of an inner sheet is pushed out; its pages move towards the spine by as much.
    """

    signature: int = 0
    sheet: tuple[float, float] | None = None
    creep: float = 0.0
    scale: Literal["fit", "none"] = "fit"


def booklet_sides(pages: int, signature: int) -> tuple[Side, ...]:
    """Front and back of each sheet in printing order. Raises ``ValueError`` where ``signature``
    is no multiple of 4."""
    if signature % 4:
        raise ValueError(f"a signature has a multiple of 4 pages, not {signature}")
    size = signature or max(4, pages + -pages % 4)
    whole = pages + -pages % size

    def page(number: int) -> int:
        return number if number < pages else BLANK

    sides = []
    for start in range(0, whole, size):
        for depth in range(size // 4):
            first, last = start + 2 * depth, start + size - 1 - 2 * depth
            sides.append(Side(page(last), page(first), depth))
            sides.append(Side(page(first + 1), page(last - 1), depth))
    return tuple(sides)


def proof_sides(pages: int) -> tuple[Side, ...]:
    """Two pages side by side for proofreading, as an opening shows them: the first page is a
    recto and stands alone on the right."""
    sides = [Side(BLANK, 0)] if pages else []
    sides += [Side(at, at + 1 if at + 1 < pages else BLANK) for at in range(1, pages, 2)]
    return tuple(sides)


def impose(source: Path, sides: tuple[Side, ...], spec: Booklet, meta: Metadata) -> bytes:
    """The sheets as a PDF. Pages meet at the fold; what lies outside their trim is cut off."""
    reader = PdfReader(source)
    writer = PdfWriter()
    trims = [page.trimbox for page in reader.pages]
    width = max(float(box.width) for box in trims)
    height = max(float(box.height) for box in trims)
    sheet_width, sheet_height = _sheet(spec, width, height)
    scale = min(1.0, sheet_width / 2 / width, sheet_height / height)
    if spec.scale == "none":
        scale = 1.0
    for side in sides:
        sheet = PageObject.create_blank_page(writer, sheet_width, sheet_height)
        sheet[NameObject("/MediaBox")] = rectangle(0, 0, sheet_width, sheet_height)
        for right, number in ((False, side.left), (True, side.right)):
            if number == BLANK:
                continue
            inwards = spec.creep * MM * side.depth
            x = sheet_width / 2 + (-inwards if right else inwards - trims[number].width * scale)
            y = (sheet_height - float(trims[number].height) * scale) / 2
            _place(sheet, reader.pages[number], trims[number], scale, float(x), y)
        writer.add_page(sheet)
    writer.compress_identical_objects(remove_unreferenced=True)
    writer.metadata = {"/Title": meta.title, "/Author": meta.author}
    document.identify(writer, source, meta, f"imposed {spec} {sides}")
    return document.to_bytes(writer)


def _sheet(spec: Booklet, width: float, height: float) -> tuple[float, float]:
    if spec.sheet is None:
        return 2 * width, height
    long, short = max(spec.sheet), min(spec.sheet)
    return long * MM, short * MM


def _place(
    sheet: PageObject, page: PageObject, trim: RectangleObject, scale: float, x: float, y: float
) -> None:
    # merging clips to the source page's media box: the trim, so that bleed does not cross the fold
    page[NameObject("/MediaBox")] = page[NameObject("/CropBox")] = trim
    move = Transformation().translate(-float(trim.left), -float(trim.bottom)).scale(scale)
    sheet.merge_transformed_page(page, move.translate(x, y), expand=False)
