"""The file for the printer: PDF/X-4 structure and PDF/A-2u in one, no annotations, boxes, marks,
pages padded to the signature, a gutter that grows with the page count."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfWriter

from edition.layout.types import UNNAMED, Named
from edition.press import boxes, document, marks, navigation, tounicode
from edition.press.document import Profile
from edition.press.types import Metadata, PageLabel
from edition.press.xmp import Conformance

Tint = tuple[float, float, float]  # bottom, top (shares of the trimmed height), grey


@dataclass(frozen=True, slots=True, kw_only=True)
class PressSpec:
    """What a printer asks for: mm, pages. ``signature`` 0 or 1 pads nothing."""

    bleed: float = 3.0
    marks: bool = False
    slug: float = 10.0  # only with marks
    signature: int = 16
    grow_gutter: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What a file may have besides its pages: how pages are counted, what the slug line calls
    the work; of a cover where it is folded, in PDF units from its left edge, and the tinted
    fields that bleed off left and right. ``named``: what its fonts are to say."""

    labels: tuple[PageLabel, ...] = ()
    name: str = ""
    folds: tuple[float, ...] = ()
    tints: tuple[Tint, ...] = ()
    named: Named = UNNAMED


def padding(pages: int, signature: int) -> int:
    """Blank pages to add so that ``pages`` fill whole signatures."""
    return -pages % signature if signature > 1 else 0


def finish(
    source: Path, *, meta: Metadata, spec: PressSpec, profile: Profile, extras: Extras | None = None
) -> bytes:
    """The press file as bytes, made from TeX's PDF ``source``. Equal input, equal bytes."""
    data = source.read_bytes()
    return finish_data(data, meta=meta, spec=spec, profile=profile, extras=extras or Extras())


def finish_data(
    data: bytes, *, meta: Metadata, spec: PressSpec, profile: Profile, extras: Extras
) -> bytes:
    """:func:`finish` for a PDF in memory."""
    writer = document.open_writer(data)
    tounicode.repair(writer, extras.named)
    _strip(writer)
    width = float(writer.pages[0].mediabox.width)
    height = float(writer.pages[0].mediabox.height)
    for _ in range(padding(len(writer.pages), spec.signature)):
        writer.add_blank_page(width, height)
    frame = boxes.frame(width, height, spec.bleed, spec.slug if spec.marks else 0.0)
    _place(writer, frame, spec, extras)
    if spec.marks:
        _mark(writer, frame, spec, _slug_line(extras.name, meta, profile), extras.folds)
    navigation.write_labels(writer, extras.labels)
    uuid = document.identify(writer, data, meta, f"press {spec} {extras}")
    document.describe(writer, meta, Conformance(pdfx="PDF/X-4"), uuid)
    document.add_intents(writer, profile, ("/GTS_PDFX", "/GTS_PDFA1"))
    return document.to_bytes(writer)


def _place(writer: PdfWriter, frame: boxes.PageBoxes, spec: PressSpec, extras: Extras) -> None:
    """Every page into the middle of its sheet, its tints below it, the boxes round it."""
    growth = boxes.gutter_growth(len(writer.pages)) if spec.grow_gutter else 0.0
    mover = boxes.Mover(writer)
    left, _, right, _ = frame.bleed
    high = frame.trim[3] - frame.trim[1]
    fields = " ".join(
        f"{grey:.3f} g {left:.3f} {frame.trim[1] + low * high:.3f} {right - left:.3f} "
        f"{(top - low) * high:.3f} re f"
        for low, top, grey in extras.tints
    )
    under = boxes.stream(writer, f"q {fields} Q\n") if fields else None
    for at, page in enumerate(writer.pages):
        mover.move(page, frame.trim[0] + boxes.shift(at, growth), frame.trim[1])
        if under is not None:
            boxes.surround(page, (under,), ())
        boxes.apply(page, frame)


def _mark(
    writer: PdfWriter, frame: boxes.PageBoxes, spec: PressSpec, line: str, folds: tuple[float, ...]
) -> None:
    colour = marks.registration_colour(writer)
    pages = len(writer.pages)
    for number, page in enumerate(writer.pages, start=1):
        text = f"{line} · {number}/{pages}" if pages > 1 else line
        if spec.signature > 1:
            text += f" · signature {(number - 1) // spec.signature + 1}"
        at = tuple(frame.trim[0] + fold for fold in folds)
        marks.draw(writer, page, frame, colour, text=text, folds=at)


def _slug_line(name: str, meta: Metadata, profile: Profile) -> str:
    """What tells a stray sheet's owner: the work, its date, the printing condition."""
    parts = (name, meta.date.date().isoformat(), profile.identifier)
    return " · ".join(part for part in parts if part)


def _strip(writer: PdfWriter) -> None:
    """Drop what a printer has no use for: PDF/X forbids annotations inside the bleed."""
    for page in writer.pages:
        page.pop("/Annots", None)
    for key in ("/Outlines", "/PageMode", "/Names", "/Dests", "/AcroForm"):
        writer._root_object.pop(key, None)
