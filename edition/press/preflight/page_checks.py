"""The checks of one page: they take what was read of it and yield findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject

from edition.press.preflight import codes
from edition.press.preflight.content import Content
from edition.press.preflight.document_checks import Facts, runs_something
from edition.press.preflight.report import PlacedFinding, Rect, of_page
from edition.press.types import MM

GUTTER = 10 * MM  # text nearer to the spine than this is hard to read in an adhesive binding
HAIRLINE = 0.25  # points; what is thinner may vanish on a plate
RESOLUTION = 225  # pixels an inch; below, screens of 150 lines an inch show steps
INK = 3.3  # FOGRA39: 330 % total area coverage
TOLERANCE = 0.5  # PDF units
BROKEN = "what viewers show there differs; write the file again, or repair it: qpdf FILE new.pdf"
_NESTED = "set the boxes again: trim inside bleed inside media"
_CONVERT = "convert it to CMYK or grey; edition press does so where Pillow is installed"
_RECTS = 20  # places marked a page and finding
# of a device space: what the output intent must be of for archives to know its colours
_DEVICE = {"DeviceRGB": 3, "DeviceCMYK": 4}
_NOT_PRINTED = {"DeviceRGB", "CalRGB", "ICCBased3", "Lab"}


@dataclass(frozen=True, slots=True)
class CheckedPage:
    number: int  # 1-based
    page: Any
    content: Content
    trim: Rect  # what a viewer takes for it, where the page names none
    bleed: Rect
    media: Rect
    named: bool  # whether the page names its trim
    unit: float = 1.0  # points a unit of the page: its /UserUnit

    @property
    def where(self) -> str:
        return f"page {self.number}"


def boxes_of(page: Any) -> tuple[Rect, Rect, Rect, bool]:
    """Trim, bleed and media box of a page with their defaults (ISO 32000-1, 14.11.2), and whether
    it has a trim box of its own. pypdf's properties write their defaults into the page."""

    def corners(key: str, default: Rect) -> Rect:
        if key not in page:
            return default
        left, bottom, right, top = (float(value) for value in page[key].get_object())
        return min(left, right), min(bottom, top), max(left, right), max(bottom, top)

    named = "/TrimBox" in page
    media = page.mediabox
    whole = (float(media.left), float(media.bottom), float(media.right), float(media.top))
    crop = corners("/CropBox", whole)
    return corners("/TrimBox", crop), corners("/BleedBox", crop), whole, named


def run(page: CheckedPage, facts: Facts, press: bool, bound: bool) -> Iterator[PlacedFinding]:
    for fault in page.content.faults:
        yield of_page(
            codes.PRE004, page.number, f"the page's content cannot be read: {fault}", BROKEN
        )
    yield from _text(page, bound=bound)
    yield from _pictures(page)
    yield from _annotations(page, facts, press=press)
    if press:
        yield from _boxes(page)
        yield from _inks(page)
    yield from _colours(page, facts, press=press)
    yield from _printing(page)
    if page.content.transparent:
        yield of_page(codes.PRE043, page.number, "the page uses transparency",
                      "PDF/X-4 allows it; older workflows flatten it")  # fmt: skip


def _text(page: CheckedPage, *, bound: bool) -> Iterator[PlacedFinding]:
    left, bottom, right, top = page.trim
    outside = [
        run
        for run in page.content.runs
        if run[0] < left - TOLERANCE
        or run[2] > right + TOLERANCE
        or run[1] < bottom - TOLERANCE
        or run[3] > top + TOLERANCE
    ]
    if outside:
        x, y = ((outside[0][at] - low) * page.unit for at, low in ((0, left), (1, bottom)))
        pieces = "1 piece of text reaches" if len(outside) == 1 else (
            f"{len(outside)} pieces of text reach")  # fmt: skip
        fact = (f"{pieces} beyond the trim, the first at {x / MM:.1f} mm, {y / MM:.1f} mm from "
                "its lower left corner")  # fmt: skip
        yield of_page(codes.PRE031, page.number, fact, "what is outside is cut off",
                      tuple(outside[:_RECTS]))  # fmt: skip
        return
    if not bound:
        return
    recto = page.number % 2 == 1
    gutter = GUTTER / page.unit
    near = [
        run
        for run in page.content.runs
        if (run[0] - left < gutter if recto else right - run[2] < gutter)
    ]
    if near:
        room = min(run[0] - left if recto else right - run[2] for run in near) * page.unit
        yield of_page(
            codes.PRE032,
            page.number,
            f"text stands {room / MM:.1f} mm from the spine",
            f"leave {GUTTER / MM:.0f} mm: widen the inner margin of the layout",
            tuple(near[:_RECTS]),
        )


def _pictures(page: CheckedPage) -> Iterator[PlacedFinding]:
    for picture in page.content.pictures:
        resolution = picture.resolution / page.unit
        if resolution < RESOLUTION:
            yield of_page(
                codes.PRE042,
                page.number,
                f"the picture {picture.name} has {resolution:.0f} pixels an inch",
                f"{RESOLUTION} and more print cleanly",
                (picture.rect,),
            )


def _annotations(page: CheckedPage, facts: Facts, *, press: bool) -> Iterator[PlacedFinding]:
    listed = page.page.get("/Annots", ArrayObject()).get_object()
    kinds = [one.get_object() for one in listed]
    rects = tuple(_rect(one) for one in kinds[:_RECTS])
    if any(runs_something(one) for one in (*kinds, page.page)):
        yield of_page(codes.PRE003, page.number, "something on the page runs JavaScript or starts "
                      "a program", "take it out: readers and printers refuse it")  # fmt: skip
    if press and kinds:
        many = "an annotation" if len(kinds) == 1 else f"{len(kinds)} annotations"
        yield of_page(codes.PRE044, page.number, f"the page has {many}",
                      "PDF/X allows none inside the bleed", rects)  # fmt: skip
        return
    if not any(claim.startswith("PDF/A") for claim in facts.claims):
        return
    for one, rect in zip(kinds, rects, strict=False):
        flags = int(one.get("/F", 0))
        drawn = "/AP" in one or one.get("/Subtype") in ("/Link", "/Popup")
        if not flags & 4 or flags & 0b100011 or not drawn:
            kind = str(one.get("/Subtype", "/unknown")).lstrip("/")
            yield of_page(
                codes.PRE045,
                page.number,
                f"an annotation of kind {kind} is not set to print, is hidden, or has no "
                "appearance",
                "archives want the flag Print, and an appearance of all but links",
                (rect,),
            )
            return


def _rect(annotation: DictionaryObject) -> Rect:
    corners = [float(one) for one in annotation.get("/Rect", ArrayObject()).get_object()][:4]
    left, bottom, right, top = corners if len(corners) == 4 else (0.0, 0.0, 0.0, 0.0)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _boxes(page: CheckedPage) -> Iterator[PlacedFinding]:
    if not page.named:
        yield of_page(codes.PRE030, page.number, "the page has no TrimBox",
                      "the printer cannot tell where to cut")  # fmt: skip
        return
    middle = page.bleed
    if page.trim[0] >= page.trim[2] or page.trim[1] >= page.trim[3]:
        yield of_page(codes.PRE030, page.number, "the trim box is empty", _NESTED)
        return
    for inner, around, names in (
        (page.trim, middle, "trim box reaches beyond the bleed box"),
        (middle, page.media, "bleed box reaches beyond the media box"),
    ):
        if any(inner[at] < around[at] - 0.01 for at in (0, 1)) or any(
            inner[at] > around[at] + 0.01 for at in (2, 3)
        ):
            yield of_page(codes.PRE030, page.number, f"the {names}", _NESTED)
            return
    least = min(page.trim[0] - middle[0], middle[2] - page.trim[2],
                page.trim[1] - middle[1], middle[3] - page.trim[3]) * page.unit  # fmt: skip
    if least < 3 * MM - 0.05:
        yield of_page(codes.PRE036, page.number, f"the bleed is {least / MM:.1f} mm",
                      "3 mm is usual")  # fmt: skip


def _inks(page: CheckedPage) -> Iterator[PlacedFinding]:
    """What costs ink or register: too much of it, and text in several."""
    shades = page.content.colours.get("DeviceCMYK", set())
    heaviest = max((sum(values) for values in shades), default=0.0)
    if heaviest > INK:
        yield of_page(codes.PRE041, page.number, f"a colour asks for {heaviest:.0%} ink",
                      f"{INK:.0%} is the most that coated paper takes (FOGRA39)")  # fmt: skip
    for space, values in sorted(page.content.inks):
        mixed = space == "DeviceCMYK" and len(values) == 4 and values[3] > 0 and any(values[:3])
        if mixed:
            inks = " ".join(f"{name} {value:.0%}"
                            for name, value in zip("CMYK", values, strict=True))  # fmt: skip
            hint = "set it in black alone: plates are never exactly in register"
            yield of_page(codes.PRE046, page.number, f"text is printed in inks: {inks}", hint)
            return


def _printing(page: CheckedPage) -> Iterator[PlacedFinding]:
    """What prints otherwise than it looks, or at another price."""
    if page.content.spots:
        names = ", ".join(sorted(page.content.spots))
        yield of_page(codes.PRE047, page.number, f"the page uses spot colours: {names}",
                      "each is a plate of its own; convert it where none is meant")  # fmt: skip
    thinnest = page.content.thinnest * page.unit
    if thinnest < HAIRLINE - 0.001:
        what = f"{thinnest:.2f} pt thin" if thinnest else "of no width"
        yield of_page(codes.PRE048, page.number, f"a line is {what}",
                      f"{HAIRLINE} pt and more print safely")  # fmt: skip
    turned = int(page.page.get("/Rotate", 0)) % 360
    if turned:
        yield of_page(codes.PRE038, page.number, f"the page is turned by {turned}° when shown",
                      "margins and spine are looked at as it was drawn")  # fmt: skip


def _colours(page: CheckedPage, facts: Facts, *, press: bool) -> Iterator[PlacedFinding]:
    used = set(page.content.colours)
    used |= {one.space for one in page.content.pictures}
    if press and used & _NOT_PRINTED:
        named = ", ".join(sorted(used & _NOT_PRINTED))
        yield of_page(codes.PRE040, page.number, f"the page uses {named}", _CONVERT)
        return
    foreign = {one for one in used if _DEVICE.get(one, facts.components) != facts.components}
    if foreign and facts.components:
        yield of_page(codes.PRE040, page.number, f"the page uses {', '.join(sorted(foreign))}, "
                      "which the output intent's profile does not describe",
                      "convert it, or give the file a profile of that colour space")  # fmt: skip
