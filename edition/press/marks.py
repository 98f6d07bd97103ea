"""Crop marks and slug line.

Marks stand outside the bleed, in the registration colour (Separation /All), so that they print on
every plate; nothing is drawn inside the bleed box.
"""

from __future__ import annotations

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
)

from edition.press.boxes import Frame, stream, surround
from edition.press.types import MM

LENGTH = 5 * MM
WIDTH = 0.25  # PDF units, the usual hairline of crop marks


def registration_colour(writer: PdfWriter) -> IndirectObject:
    """The colour space in which a tint of 1 prints on all plates."""
    function = DictionaryObject(
        {
            NameObject("/FunctionType"): NumberObject(2),
            NameObject("/Domain"): ArrayObject([NumberObject(0), NumberObject(1)]),
            NameObject("/C0"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/C1"): ArrayObject([NumberObject(1)] * 4),
            NameObject("/N"): NumberObject(1),
        }
    )
    space = [NameObject("/Separation"), NameObject("/All"), NameObject("/DeviceCMYK")]
    return writer._add_object(ArrayObject([*space, writer._add_object(function)]))


def segments(frame: Frame) -> list[tuple[float, float, float, float]]:
    """The eight marks as lines (x0, y0, x1, y1): at the trim's edges, starting at the bleed."""
    left, bottom, right, top = frame.trim
    outer_left, outer_bottom, outer_right, outer_top = frame.bleed
    lines = []
    for x in (left, right):
        lines.append((x, outer_bottom - LENGTH, x, outer_bottom))
        lines.append((x, outer_top, x, outer_top + LENGTH))
    for y in (bottom, top):
        lines.append((outer_left - LENGTH, y, outer_left, y))
        lines.append((outer_right, y, outer_right + LENGTH, y))
    return lines


def draw(writer: PdfWriter, page: PageObject, frame: Frame, colour: IndirectObject) -> None:
    """Add the marks to ``page``."""
    lines = " ".join(
        f"{x0:.3f} {y0:.3f} m {x1:.3f} {y1:.3f} l S" for x0, y0, x1, y1 in segments(frame)
    )
    operators = f"q /EditionRegistration CS 1 SCN {WIDTH} w {lines} Q\n"
    surround(page, (), (stream(writer, operators),))
    # resources may be shared between pages: a copy keeps the addition to this one
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    spaces = DictionaryObject(resources.get("/ColorSpace", DictionaryObject()).get_object())
    spaces[NameObject("/EditionRegistration")] = colour
    resources[NameObject("/ColorSpace")] = spaces
    page[NameObject("/Resources")] = resources
