"""Imposition: the pages of a finished file on sheets to print, fold and stitch.

A sheet side is a page of the result; sides come in pairs, front and back, to be printed on both
sides of the paper and turned at its short edge. Each page becomes one form that its sheet draws:
no content is rewritten, so that a thousand pages take seconds and every byte of text stays.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from edition.press import document, marks
from edition.press.boxes import Rectangle, stream
from edition.press.document import rectangle
from edition.press.types import MM, Metadata

BLANK = -1
_ROOM = 2.0  # PDF units below which there is no place for a mark beside a page


@dataclass(frozen=True, slots=True)
class SheetSide:
    """One side of a sheet: 0-based pages left and right of the fold, ``BLANK`` for none.
    ``depth``: how many sheets lie outside it in its signature (for creep); ``section``: number
    of the signature, 0-based; ``front``: whether it is the outer side of its sheet."""

    left: int
    right: int
    depth: int = 0
    section: int = 0
    front: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet:
    """``signature`` pages a section, a multiple of 4; 0: one saddle-stitched booklet.
    ``sheet`` in mm, landscape; None: twice the trimmed page. ``creep`` in mm a sheet is how far
    the fore-edge of an inner sheet is pushed out; its pages move towards the spine by as much.
    ``marks``: where to cut and to fold, and on the spine of each section a bar one step lower
    than that of the section before, by which the binder sees their order. Pages that fill their
    ``sheet`` shrink to leave room for them.
    """

    signature: int = 0
    sheet: tuple[float, float] | None = None
    creep: float = 0.0
    scale: Literal["fit", "none"] = "fit"
    marks: bool = False


def booklet_sides(pages: int, signature: int) -> tuple[SheetSide, ...]:
    """Front and back of each sheet in printing order. Raises ``ValueError`` where ``signature``
    is no multiple of 4."""
    if signature % 4 or signature < 0:
        raise ValueError(f"a signature has a multiple of 4 pages, not {signature}")
    size = signature or max(4, pages + -pages % 4)
    whole = pages + -pages % size

    def page(number: int) -> int:
        return number if number < pages else BLANK

    sides = []
    for start in range(0, whole, size):
        for depth in range(size // 4):
            first, last = start + 2 * depth, start + size - 1 - 2 * depth
            sides.append(SheetSide(page(last), page(first), depth, start // size))
            sides.append(
                SheetSide(page(first + 1), page(last - 1), depth, start // size, front=False)
            )
    return tuple(sides)


def proof_sides(pages: int) -> tuple[SheetSide, ...]:
    """Two pages side by side for proofreading, as an opening shows them: the first page is a
    recto and stands alone on the right."""
    sides = [SheetSide(BLANK, 0)] if pages else []
    sides += [SheetSide(at, at + 1 if at + 1 < pages else BLANK) for at in range(1, pages, 2)]
    return tuple(sides)


def impose(data: bytes, sides: Sequence[SheetSide], spec: Booklet, meta: Metadata) -> bytes:
    """The sheets as a PDF, from the PDF ``data``. Pages meet at the fold; what lies outside their
    trim is cut off. Raises what pypdf raises where ``data`` is damaged."""
    reader = PdfReader(io.BytesIO(data))
    writer = PdfWriter()
    pages = list(reader.pages)
    looks = [shown(page) for page in pages]
    width = max((one.width for one in looks), default=0.0)
    height = max((one.height for one in looks), default=0.0)
    if width < 1 or height < 1:
        raise ValueError("no page has a size")
    sheet = _Sheet(writer, spec, width, height)
    forms: dict[int, IndirectObject] = {}
    for side in sides:
        for number in (side.left, side.right):
            if number != BLANK and number not in forms:
                forms[number] = form_of(writer, pages[number], looks[number])
        sheet.add(side, looks, forms)
    writer.metadata = {"/Title": meta.title, "/Author": meta.author}
    document.identify(writer, data, meta, f"imposed {spec} {sides}")
    return document.to_bytes(writer)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it is looked at: its trim in its own coordinates, and how far it is turned."""

    trim: Rectangle
    turn: int  # degrees clockwise: 0, 90, 180, 270

    @property
    def width(self) -> float:
        return self.trim[3] - self.trim[1] if self.turn % 180 else self.trim[2] - self.trim[0]

    @property
    def height(self) -> float:
        return self.trim[2] - self.trim[0] if self.turn % 180 else self.trim[3] - self.trim[1]

    def upright(self) -> tuple[float, float, float, float, float, float]:
        """The matrix that turns the page upright, its lower left corner at 0 0."""
        left, bottom, right, top = self.trim
        return {
            0: (1.0, 0.0, 0.0, 1.0, -left, -bottom),
            90: (0.0, -1.0, 1.0, 0.0, -bottom, right),
            180: (-1.0, 0.0, 0.0, -1.0, right, top),
            270: (0.0, 1.0, -1.0, 0.0, top, -left),
        }[self.turn]


def shown(page: PageObject) -> Shown:
    """How ``page`` looks. Raises ``ValueError`` on units that no book has."""
    box = page.trimbox
    xs, ys = sorted((float(box[0]), float(box[2]))), sorted((float(box[1]), float(box[3])))
    unit = float(page.get("/UserUnit", 1.0))  # a page of more than 5 m; no book has one
    if unit != 1.0:
        raise ValueError("pages with a user unit of their own cannot be imposed")
    return Shown((xs[0], ys[0], xs[1], ys[1]), int(page.rotation or 0) % 360 // 90 * 90)


class _Sheet:
    """Adds sheets of one size to a writer."""

    def __init__(self, writer: PdfWriter, spec: Booklet, width: float, height: float) -> None:
        self.writer, self.spec = writer, spec
        self.page_width, self.page_height = width, height
        if spec.sheet is None:
            self.width, self.height = 2 * width, height
        else:
            self.width, self.height = max(spec.sheet) * MM, min(spec.sheet) * MM
        room = 2 * marks.LENGTH if spec.marks and spec.sheet is not None else 0.0
        fits = min(1.0, (self.width - room) / 2 / width, (self.height - room) / height)
        self.scale = fits if spec.scale == "fit" else 1.0
        self.colour = marks.registration_colour(writer) if spec.marks else None

    def add(
        self, side: SheetSide, looks: Sequence[Shown], forms: dict[int, IndirectObject]
    ) -> None:
        operators = []
        objects = DictionaryObject()
        inwards = self.spec.creep * MM * side.depth
        for name, number in (("L", side.left), ("R", side.right)):
            if number == BLANK:
                continue
            one = looks[number]
            middle = self.width / 2
            x = middle - inwards if name == "R" else middle + inwards - one.width * self.scale
            y = (self.height - one.height * self.scale) / 2
            objects[NameObject(f"/{name}")] = forms[number]
            # a page that creeps over the fold is cut there: its other half is its neighbour's
            half = middle if name == "R" else 0.0
            operators.append(
                f"q {half:.3f} 0 {middle:.3f} {self.height:.3f} re W n "
                f"{self.scale:.5f} 0 0 {self.scale:.5f} {x:.3f} {y:.3f} cm /{name} Do Q"
            )
        page = PageObject.create_blank_page(self.writer, self.width, self.height)
        page[NameObject("/MediaBox")] = rectangle(0, 0, self.width, self.height)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
        if self.colour is not None:
            operators.append(self._marks(side))
            marks.name(page, self.colour)
        page[NameObject("/Contents")] = stream(self.writer, "\n".join(operators))
        self.writer.add_page(page)

    def _marks(self, side: SheetSide) -> str:
        """Crop marks at the corners of the two pages, dashes at the fold, the bar of the section
        on the outside of its outermost fold."""
        width, height = self.page_width * self.scale, self.page_height * self.scale
        middle = self.width / 2
        left, right = middle - width, middle + width
        bottom, top = (self.height - height) / 2, (self.height + height) / 2
        lines, folds = [], []
        if bottom >= _ROOM:
            reach = min(marks.LENGTH, bottom)
            for x in (left, right):
                lines += [(x, bottom - reach, x, bottom - 1), (x, top + 1, x, top + reach)]
            folds += [(middle, bottom - reach, middle, bottom - 1),
                      (middle, top + 1, middle, top + reach)]  # fmt: skip
        if left >= _ROOM:
            reach = min(marks.LENGTH, left)
            for y in (bottom, top):
                lines += [(left - reach, y, left - 1, y), (right + 1, y, right + reach, y)]
        parts = [f"q /{marks.NAME} CS /{marks.NAME} cs 1 SCN 1 scn {marks.WIDTH} w",
                 marks.path(lines), f"q [2 1.5] 0 d {marks.path(folds)} Q"]  # fmt: skip
        if self.spec.signature and side.front and not side.depth:
            parts.append(self._step(side, middle, top))
        return " ".join([*parts, "Q"])

    def _step(self, side: SheetSide, middle: float, top: float) -> str:
        long, wide = 5 * MM, 1.0 * MM
        steps = max(1, int(self.page_height * self.scale / long) - 4)
        y = top - (2 + side.section % steps) * long
        return f"{middle - wide / 2:.3f} {y - long:.3f} {wide:.3f} {long:.3f} re f"


def form_of(writer: PdfWriter, page: PageObject, look: Shown) -> IndirectObject:
    """The page as a form of its trimmed size, upright, with what annotations show left out."""
    made = DecodedStreamObject()
    made.set_data(_content(page))
    resources: Any = page.get("/Resources", DictionaryObject())
    made[NameObject("/Type")] = NameObject("/XObject")
    made[NameObject("/Subtype")] = NameObject("/Form")
    made[NameObject("/BBox")] = rectangle(*look.trim)
    made[NameObject("/Matrix")] = ArrayObject(
        [FloatObject(round(value, 3)) for value in look.upright()]
    )
    if "/Group" in page:  # a page's own transparency stays its own
        group: Any = page["/Group"]
        made[NameObject("/Group")] = group.get_object().clone(writer)
    made[NameObject("/Resources")] = resources.get_object().clone(writer)
    return writer._add_object(made.flate_encode())


def _content(page: PageObject) -> bytes:
    """The page's operators in one piece."""
    stored: Any = page.get("/Contents")
    stored = stored.get_object() if stored is not None else None
    if isinstance(stored, StreamObject):
        return stored.get_data()
    if isinstance(stored, ArrayObject):
        return b"\n".join(one.get_object().get_data() for one in stored)
    return b""
