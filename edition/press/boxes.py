"""Page boxes of a press file.

TeX sets trimmed pages; nothing in these editions bleeds off. So a press page is TeX's page moved
into a larger sheet: bleed and slug all round, and, where the gutter grows, moved further towards
the fore-edge. Boxes start at 0 0: some printers' tools misread sheets that do not.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, IndirectObject, NameObject, StreamObject

from edition.press.document import rectangle
from edition.press.types import MM

Rectangle = tuple[float, float, float, float]  # left, bottom, right, top

# Extra inner margin in mm by page count: an adhesive binding swallows more of a thicker book. The
# steps follow the minimum gutters that print-on-demand services publish, less what the layouts'
# own inner margins give already.
_GUTTER_STEPS = ((150, 0.0), (300, 2.0), (500, 3.5), (700, 5.0))
_GUTTER_MOST = 6.0


def gutter_growth(pages: int) -> float:
    """Millimetres to add to the inner margin of a book of ``pages`` pages."""
    for limit, growth in _GUTTER_STEPS:
        if pages <= limit:
            return growth
    return _GUTTER_MOST


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """The boxes of one page in PDF units."""

    trim: Rectangle
    bleed: Rectangle
    media: Rectangle


def frame(width: float, height: float, bleed: float, slug: float) -> PageBoxes:
    """Boxes of a page trimmed to ``width`` × ``height`` PDF units with ``bleed`` and ``slug``
    in mm round it."""
    around, outside = bleed * MM, slug * MM
    both = around + outside
    return PageBoxes(
        trim=(both, both, both + width, both + height),
        bleed=(outside, outside, both + width + around, both + height + around),
        media=(0.0, 0.0, width + 2 * both, height + 2 * both),
    )


def shift(page: int, growth: float) -> float:
    """How far the content of 0-based ``page`` moves to the right, in PDF units, for a gutter
    wider by ``growth`` mm: the first page is a recto, its spine on the left."""
    return growth * MM if page % 2 == 0 else -growth * MM


def trimmed_size(data: bytes) -> tuple[float, float, int]:
    """Width and height of the first page's trim in PDF units, and the number of pages."""
    pages = PdfReader(io.BytesIO(data)).pages
    trim = pages[0].trimbox
    return float(trim.width), float(trim.height), len(pages)


def apply(page: PageObject, to: PageBoxes) -> None:
    """Set Media-, Bleed- and TrimBox; others go: PDF/X allows no ArtBox beside a TrimBox, and a
    CropBox would hide the marks."""
    page[NameObject("/MediaBox")] = rectangle(*to.media)
    page[NameObject("/BleedBox")] = rectangle(*to.bleed)
    page[NameObject("/TrimBox")] = rectangle(*to.trim)
    page.pop("/ArtBox", None)
    page.pop("/CropBox", None)


def stream(writer: PdfWriter, operators: str) -> IndirectObject:
    """A compressed content stream."""
    made = DecodedStreamObject()
    made.set_data(operators.encode("ascii"))
    return writer._add_object(made.flate_encode())


def surround(
    page: PageObject, before: tuple[IndirectObject, ...], after: tuple[IndirectObject, ...]
) -> None:
    """Put content streams round those of the page, which are kept as they are."""
    streams = ArrayObject(before)
    if "/Contents" in page:
        old = page.raw_get("/Contents")
        content = old.get_object()
        if isinstance(content, ArrayObject) and not isinstance(content, StreamObject):
            streams.extend(content)
        else:
            streams.append(old)
    streams.extend(after)
    page[NameObject("/Contents")] = streams


class Mover:
    """Moves pages by a translation; pages moved alike share the two streams that do it."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._made: dict[str, IndirectObject] = {}

    def move(self, page: PageObject, dx: float, dy: float) -> None:
        before = self._stream(f"q 1 0 0 1 {dx:.3f} {dy:.3f} cm\n")
        surround(page, (before,), (self._stream("\nQ\n"),))

    def _stream(self, operators: str) -> IndirectObject:
        if operators not in self._made:
            self._made[operators] = stream(self._writer, operators)
        return self._made[operators]
