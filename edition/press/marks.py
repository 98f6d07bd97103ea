"""Crop marks, fold marks and slug line.

They stand outside the bleed, in the registration colour (Separation /All), so that they print on
every plate; nothing is drawn inside the bleed box.
"""

from __future__ import annotations

from collections.abc import Sequence

from pypdf import PageObject, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject

from edition.press import slug
from edition.press.boxes import PageBoxes, Rectangle, stream, surround
from edition.press.types import MM

LENGTH = 5 * MM
CLEAR = 2 * MM  # least distance from the trim
WIDTH = 0.25  # PDF units, the usual hairline of crop marks
LETTERS = 1.8 * MM  # height of the slug line's capitals
_DASH = "[2 1.5] 0 d"  # of fold marks
NAME = "EditionRegistration"


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


def segments(frame: PageBoxes) -> list[tuple[float, float, float, float]]:
    """The eight marks as lines (x0, y0, x1, y1): at the trim's edges, outside the bleed."""
    left, bottom, right, top = frame.trim
    outer_left, _, outer_right, _ = _clear(frame)
    lines = [line for x in (left, right) for line in upright(frame, x)]
    for y in (bottom, top):
        lines.append((outer_left - LENGTH, y, outer_left, y))
        lines.append((outer_right, y, outer_right + LENGTH, y))
    return lines


def _clear(frame: PageBoxes) -> Rectangle:
    """What marks stay out of: the bleed, and a strip round the trim where there is none; a cut
    that is half a millimetre off must not leave them on the page."""
    trim, bleed = frame.trim, frame.bleed
    return (min(bleed[0], trim[0] - CLEAR), min(bleed[1], trim[1] - CLEAR),
            max(bleed[2], trim[2] + CLEAR), max(bleed[3], trim[3] + CLEAR))  # fmt: skip


def upright(frame: PageBoxes, x: float) -> list[tuple[float, float, float, float]]:
    """Two marks at ``x``, below and above the page."""
    _, bottom, _, top = _clear(frame)
    return [(x, bottom - LENGTH, x, bottom), (x, top, x, top + LENGTH)]


def path(lines: Sequence[tuple[float, float, float, float]]) -> str:
    return " ".join(f"{x0:.3f} {y0:.3f} m {x1:.3f} {y1:.3f} l S" for x0, y0, x1, y1 in lines)


def draw(
    writer: PdfWriter,
    page: PageObject,
    frame: PageBoxes,
    colour: IndirectObject,
    *,
    text: str = "",
    folds: Sequence[float] = (),
) -> None:
    """Add the marks to ``page``, fold marks at each x of ``folds``, and ``text`` as slug line, cut
    to the room there is below the trim."""
    operators = [f"q /{NAME} CS 1 SCN {WIDTH} w", path(segments(frame))]
    if folds:
        lines = [line for x in folds for line in upright(frame, x)]
        operators.append(f"q {_DASH} {path(lines)} Q")
    room = min([frame.trim[2], *folds]) - frame.trim[0] - 4 * MM
    fitting = text[: max(0, int(room / slug.width(" ", LETTERS)))]
    if fitting:
        y = _clear(frame)[1] - LENGTH + 0.5 * MM
        operators.append(slug.operators(fitting, frame.trim[0] + 2 * MM, y, LETTERS))
    operators.append("Q\n")
    surround(page, (), (stream(writer, " ".join(operators)),))
    name(page, colour)


def name(page: PageObject, colour: IndirectObject) -> None:
    """Let ``page`` call the registration colour :data:`NAME`."""
    # resources may be shared between pages: a copy keeps the addition to this one
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    spaces = DictionaryObject(resources.get("/ColorSpace", DictionaryObject()).get_object())
    spaces[NameObject(f"/{NAME}")] = colour
    resources[NameObject("/ColorSpace")] = spaces
    page[NameObject("/Resources")] = resources
