"""All checks in their order, each guarded: a part of the file that cannot be read is a finding,
and the other checks go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from pypdf import PdfReader

from edition.press.preflight import carried, codes, page_checks
from edition.press.preflight.advance import Advance
from edition.press.preflight.content import scan
from edition.press.preflight.document_checks import Facts, document_findings, facts_of
from edition.press.preflight.fonts import font_findings
from edition.press.preflight.page_checks import CheckedPage
from edition.press.preflight.report import (
    PlacedFinding,
    Purpose,
    Report,
    of_file,
    of_page,
    pages_text,
    told,
)
from edition.press.preflight.tagging import tag_findings


def look(reader: PdfReader, pages: Iterable[Any], file: str, purpose: Purpose) -> Report:
    """All findings on an opened file. Never raises."""
    found: list[PlacedFinding] = []
    facts = Facts()
    with_facts = _guarded("its catalogue", lambda: [facts_of(reader)], found)
    if with_facts:
        facts = with_facts[0]
    x = any("PDF/X" in one for one in facts.claims)
    press = purpose in ("press", "cover") or (purpose == "auto" and x)
    bound = press and purpose != "cover"  # has a spine inside and a number of pages
    found += _guarded("its catalogue", lambda: document_findings(reader, facts, press=press), found)
    found += _guarded("its tags", lambda: tag_findings(reader, facts.claims), found)
    found += _guarded("its layers", lambda: carried.layer_findings(reader), found)
    found += _guarded("its attachments", lambda: carried.attachment_findings(reader), found)
    read = _pages(pages, found)
    found += _guarded("its fonts", lambda: font_findings(read), found)
    for page in read:
        found += _guarded(
            f"page {page.number}", partial(page_checks.run, page, facts, press, bound), found
        )
    found += _guarded("its pages", lambda: set_findings(read, facts, bound=bound), found)
    return Report(file=file, pages=len(read), purpose=_named(press=press, bound=bound),
                  claims=facts.claims, findings=tuple(found))  # fmt: skip


def _named(*, press: bool, bound: bool) -> str:
    if not press:
        return "screen"
    return "press" if bound else "cover"


def _guarded(
    what: str, check: Callable[[], Iterable[Any]], found: list[PlacedFinding]
) -> list[Any]:
    """What ``check`` yields; where the file breaks it, a finding says so."""
    listed: list[Any] = []
    try:
        for one in check():
            listed.append(one)  # noqa: PERF402  (what came before the break is kept)
    except Exception as problem:  # noqa: BLE001  (pypdf meets damage with errors of every kind)
        fact = f"{what} cannot be read: {told(problem)}"
        if what.startswith("page "):
            found.append(of_page(codes.PRE004, int(what[5:]), fact, page_checks.BROKEN))
        else:
            found.append(of_file(codes.PRE004, fact, page_checks.BROKEN))
    return listed


def _pages(pages: Iterable[Any], found: list[PlacedFinding]) -> list[CheckedPage]:
    advances: dict[int, Advance] = {}

    def one(number: int, page: Any) -> Iterator[CheckedPage]:
        unit = float(page.get("/UserUnit", 1.0))
        yield CheckedPage(number, page, scan(page, advances), *page_checks.boxes_of(page), unit)

    read = []
    for number, page in enumerate(pages, start=1):
        read += _guarded(f"page {number}", partial(one, number, page), found)
    return read


def set_findings(pages: list[CheckedPage], facts: Facts, *, bound: bool) -> Iterator[PlacedFinding]:
    """What only all pages together show."""
    sizes: dict[tuple[int, int], int] = {}
    for page in pages:
        left, bottom, right, top = page.trim
        size = (round((right - left) * page.unit), round((top - bottom) * page.unit))
        sizes.setdefault(size, page.number)
    if len(sizes) > 1:
        fact = f"pages have {len(sizes)} different sizes; the second begins here"
        yield of_page(codes.PRE033, sorted(sizes.values())[1], fact, "a book has one trim size")
    blank = [page.number for page in pages if page.content.blank]
    if blank:
        which = f"page {blank[0]} is" if len(blank) == 1 else f"pages {pages_text(blank)} are"
        yield of_page(
            codes.PRE034,
            blank[0],
            f"{which} blank",
            "padding, and rectos that chapters begin on, are meant to be",
        )
    if bound and len(pages) % 4:
        yield of_file(codes.PRE035, f"{len(pages)} pages are no multiple of 4",
                      "the press profile pads to the signature")  # fmt: skip
    yield from _parity(facts, len(pages), bound=bound)


def _parity(facts: Facts, pages: int, *, bound: bool) -> Iterator[PlacedFinding]:
    """In a book odd folios are rectos, and page 1 of the file is one."""
    if not (bound or facts.layout.startswith("/Two")):
        return
    ends = [start for start, _, _ in facts.labels[1:]] + [pages]
    for (start, style, first), end in zip(facts.labels, ends, strict=False):
        if style in ("/D", "/r", "/R") and start < end and (start + 1 - first) % 2:
            fact = f"from here on odd page numbers are on the left: page {start + 1} is “{first}”"
            yield of_page(codes.PRE037, start + 1, fact, "add or take out a blank page before it")
