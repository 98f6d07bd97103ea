"""The file for the printer: PDF/X-4 structure and PDF/A-2u in one, no annotations, boxes, marks,
pages padded to the signature, a gutter that grows with the page count."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfWriter

from edition.press import boxes, document, marks, tounicode
from edition.press.document import Profile
from edition.press.types import Metadata
from edition.press.xmp import Conformance


@dataclass(frozen=True, slots=True, kw_only=True)
class PressSpec:
    """What a printer asks for: mm, pages. ``signature`` 0 or 1 pads nothing."""

    bleed: float = 3.0
    marks: bool = False
    slug: float = 10.0  # only with marks
    signature: int = 16
    grow_gutter: bool = True


def padding(pages: int, signature: int) -> int:
    """Blank pages to add so that ``pages`` fill whole signatures."""
    return -pages % signature if signature > 1 else 0


def finish(source: Path, *, meta: Metadata, spec: PressSpec, profile: Profile) -> bytes:
    """The press file as bytes, made from TeX's PDF ``source``. Equal input, equal bytes."""
    writer = document.open_writer(source)
    tounicode.repair(writer)
    _strip(writer)
    width = float(writer.pages[0].mediabox.width)
    height = float(writer.pages[0].mediabox.height)
    for _ in range(padding(len(writer.pages), spec.signature)):
        writer.add_blank_page(width, height)
    growth = boxes.gutter_growth(len(writer.pages)) if spec.grow_gutter else 0.0
    colour = marks.registration_colour(writer) if spec.marks else None
    frame = boxes.frame(width, height, spec.bleed, spec.slug if spec.marks else 0.0)
    mover = boxes.Mover(writer)
    for at, page in enumerate(writer.pages):
        mover.move(page, frame.trim[0] + boxes.shift(at, growth), frame.trim[1])
        boxes.apply(page, frame)
        if colour is not None:
            marks.draw(writer, page, frame, colour)
    conformance = Conformance(pdfx="PDF/X-4")
    uuid = document.identify(writer, source.read_bytes(), meta, f"press {spec}")
    document.describe(writer, meta, conformance, uuid)
    document.add_intents(writer, profile, ("/GTS_PDFX", "/GTS_PDFA1"))
    return document.to_bytes(writer)


def _strip(writer: PdfWriter) -> None:
    """Drop what a printer has no use for: PDF/X forbids annotations inside the bleed."""
    for page in writer.pages:
        page.pop("/Annots", None)
    for key in ("/Outlines", "/PageMode", "/Names", "/Dests", "/AcroForm"):
        writer._root_object.pop(key, None)
