"""The checks, one function each: they take what was read of the file and yield diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject

from edition.diagnostics import Code, Diagnostic, Outcome
from edition.press.preflight import Purpose, Report, codes
from edition.press.preflight.content import Content, scan
from edition.press.preflight.document_checks import claims_of, document_findings
from edition.press.preflight.fonts import font_findings
from edition.press.types import MM

GUTTER = 10 * MM  # text nearer to the spine than this is hard to read in an adhesive binding
RESOLUTION = 225  # pixels an inch; below, screens of 150 lines an inch show steps
INK = 3.3  # FOGRA39: 330 % total area coverage
TOLERANCE = 0.5  # PDF units


@dataclass(frozen=True, slots=True)
class Page:
    number: int  # 1-based
    page: Any
    content: Content
    trim: tuple[float, float, float, float]

    @property
    def where(self) -> str:
        return f"page {self.number}"


def _say(code: Code, where: str, fact: str, hint: str = "") -> Diagnostic:
    return Diagnostic(code=code, where=where, fact=fact, hint=hint)


def look(reader: PdfReader, file: str, purpose: Purpose) -> Outcome[Report]:
    """All findings on an opened file."""
    claims = claims_of(reader)
    press = purpose == "press" or (purpose == "auto" and any("PDF/X" in one for one in claims))
    pages = [_page(number, page) for number, page in enumerate(reader.pages, start=1)]
    found = [*document_findings(reader, press), *font_findings(pages)]
    for page in pages:
        found += page_findings(page, press)
    found += set_findings(pages, press)
    report = Report(
        file=file, pages=len(pages), purpose="press" if press else "screen", claims=claims
    )
    return Outcome(report, tuple(found))


def _page(number: int, page: Any) -> Page:
    box = page.trimbox
    trim = (float(box.left), float(box.bottom), float(box.right), float(box.top))
    return Page(number, page, scan(page), trim)


def page_findings(page: Page, press: bool) -> Iterator[Diagnostic]:
    for fault in page.content.faults:
        yield _say(codes.PRE004, page.where, f"the page's content cannot be read: {fault}")
    yield from _text(page)
    yield from _pictures(page)
    yield from _annotations(page, press)
    if press:
        yield from _boxes(page)
        yield from _colours(page)
    if page.content.transparent:
        yield _say(
            codes.PRE043,
            page.where,
            "the page uses transparency",
            "PDF/X-4 allows it; older workflows flatten it",
        )
    if not page.content.marks:
        yield _say(codes.PRE034, page.where, "the page is blank")


def _text(page: Page) -> Iterator[Diagnostic]:
    left, bottom, right, top = page.trim
    outside = [
        run
        for run in page.content.runs
        if run.x0 < left - TOLERANCE
        or run.x1 > right + TOLERANCE
        or run.y < bottom - TOLERANCE
        or run.y > top + TOLERANCE
    ]
    if outside:
        x, y = outside[0].x0 - left, outside[0].y - bottom
        yield _say(
            codes.PRE031,
            page.where,
            f"{len(outside)} pieces of text reach beyond the trim, the first at "
            f"{x / MM:.1f} mm, {y / MM:.1f} mm from its lower left corner",
            "what is outside is cut off",
        )
        return
    recto = page.number % 2 == 1
    near = [
        run
        for run in page.content.runs
        if (run.x0 - left < GUTTER if recto else right - run.x1 < GUTTER)
    ]
    if near:
        room = min(run.x0 - left if recto else right - run.x1 for run in near)
        yield _say(
            codes.PRE032,
            page.where,
            f"text stands {room / MM:.1f} mm from the spine",
            f"leave {GUTTER / MM:.0f} mm: widen the inner margin of the layout",
        )


def _pictures(page: Page) -> Iterator[Diagnostic]:
    for picture in page.content.pictures:
        if picture.resolution < RESOLUTION:
            yield _say(
                codes.PRE042,
                page.where,
                f"the picture {picture.name} has {picture.resolution:.0f} pixels an inch",
                f"{RESOLUTION} and more print cleanly",
            )


def _annotations(page: Page, press: bool) -> Iterator[Diagnostic]:
    listed = page.page.get("/Annots", ArrayObject()).get_object()
    kinds = [one.get_object() for one in listed]
    if press and kinds:
        yield _say(
            codes.PRE044,
            page.where,
            f"the page has {len(kinds)} annotations",
            "PDF/X allows none inside the bleed",
        )
        return
    for one in kinds:
        hidden = int(one.get("/F", 0))
        drawn = "/AP" in one or one.get("/Subtype") in ("/Link", "/Popup")
        if not hidden & 4 or hidden & 0b100011 or not drawn:
            yield _say(
                codes.PRE045,
                page.where,
                f"an annotation of kind {one.get('/Subtype')} is not set to print, is "
                "hidden, or has no appearance",
            )
            return


def _boxes(page: Page) -> Iterator[Diagnostic]:
    if "/TrimBox" not in page.page:
        yield _say(
            codes.PRE030,
            page.where,
            "the page has no TrimBox",
            "the printer cannot tell where to cut",
        )
        return
    bleed, media = page.page.bleedbox, page.page.mediabox
    outer = (float(media.left), float(media.bottom), float(media.right), float(media.top))
    middle = (float(bleed.left), float(bleed.bottom), float(bleed.right), float(bleed.top))
    for inner, around, names in (
        (page.trim, middle, "trim box reaches beyond the bleed box"),
        (middle, outer, "bleed box reaches beyond the media box"),
    ):
        if any(inner[at] < around[at] - 0.01 for at in (0, 1)) or any(
            inner[at] > around[at] + 0.01 for at in (2, 3)
        ):
            yield _say(codes.PRE030, page.where, f"the {names}")
            return
    least = min(page.trim[0] - middle[0], middle[2] - page.trim[2])
    if least < 3 * MM - 0.05:
        yield _say(codes.PRE036, page.where, f"the bleed is {least / MM:.1f} mm", "3 mm is usual")


def _colours(page: Page) -> Iterator[Diagnostic]:
    used = dict(page.content.colours)
    foreign = {space for space in used if space in ("DeviceRGB", "CalRGB", "ICCBased3", "Lab")}
    foreign |= {
        one.space for one in page.content.pictures if one.space in ("DeviceRGB", "ICCBased3")
    }
    if foreign:
        yield _say(
            codes.PRE040,
            page.where,
            f"the page uses {', '.join(sorted(foreign))}",
            "convert it to CMYK or grey",
        )
    heaviest = max((sum(values) for values in used.get("DeviceCMYK", ())), default=0.0)
    if heaviest > INK:
        yield _say(
            codes.PRE041,
            page.where,
            f"a colour asks for {heaviest:.0%} ink",
            f"{INK:.0%} is the most that coated paper takes (FOGRA39)",
        )


def set_findings(pages: Iterable[Page], press: bool) -> Iterator[Diagnostic]:
    listed = list(pages)
    sizes: dict[tuple[int, int], int] = {}
    for page in listed:
        size = (round(page.trim[2] - page.trim[0]), round(page.trim[3] - page.trim[1]))
        sizes.setdefault(size, page.number)
    if len(sizes) > 1:
        first = sorted(sizes.values())[1]
        yield _say(
            codes.PRE033,
            f"page {first}",
            f"pages have {len(sizes)} different sizes; the second begins here",
        )
    if press and len(listed) % 4:
        yield _say(
            codes.PRE035,
            "file",
            f"{len(listed)} pages are no multiple of 4",
            "the press profile pads to the signature",
        )
