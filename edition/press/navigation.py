"""Outline, links and page labels, written as plain PDF objects.

pypdf's own helpers look pages up one call at a time, which is quadratic over thousands of links.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import quote

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from edition.press.addition import Addition, Raw
from edition.press.types import Link, Navigation, OutlineItem, PageLabel

_STYLES = {"roman": "/r", "decimal": "/D"}


def write(
    writer: PdfWriter | Addition, navigation: Navigation, *, tagged: bool = False
) -> list[IndirectObject]:
    """Put outline, links, labels and the opening view into the file; what refers to the links, in
    their order. ``tagged``: they have parents in a structure tree, numbered after the pages."""
    if isinstance(writer, Addition):
        references = writer.references
    else:
        pages = [page.indirect_reference for page in writer.pages]
        references = [page for page in pages if page is not None]
    _outline(writer, navigation.outline, references)
    links = _links(writer, navigation.links, references, len(references) if tagged else None)
    write_labels(writer, navigation.labels)
    root = writer._root_object
    root[NameObject("/PageLayout")] = NameObject(
        "/TwoPageRight" if navigation.facing else "/SinglePage"
    )
    if navigation.outline:
        root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    return links


def _destination(page: IndirectObject, y: float) -> ArrayObject:
    return ArrayObject(
        [page, NameObject("/XYZ"), NullObject(), FloatObject(round(y, 2)), NullObject()]
    )


def _outline(
    writer: PdfWriter | Addition, items: Sequence[OutlineItem], pages: list[IndirectObject]
) -> None:
    if not items:
        return
    top = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    reference = writer._add_object(top)
    top[NameObject("/Count")] = NumberObject(_siblings(writer, reference, top, items, pages))
    writer._root_object[NameObject("/Outlines")] = reference


def _siblings(
    writer: PdfWriter | Addition,
    parent_reference: IndirectObject,
    parent: DictionaryObject,
    items: Sequence[OutlineItem],
    pages: list[IndirectObject],
) -> int:
    """Write one level and all below it; result: how many items it shows (all are open)."""
    made = [
        DictionaryObject(
            {
                NameObject("/Title"): TextStringObject(item.title),
                NameObject("/Parent"): parent_reference,
                NameObject("/Dest"): _destination(pages[item.page], item.y),
            }
        )
        for item in items
    ]
    references = [writer._add_object(one) for one in made]
    total = len(made)
    for at, (item, one) in enumerate(zip(items, made, strict=True)):
        if at:
            one[NameObject("/Prev")] = references[at - 1]
        if at + 1 < len(made):
            one[NameObject("/Next")] = references[at + 1]
        if item.children:
            below = _siblings(writer, references[at], one, item.children, pages)
            one[NameObject("/Count")] = NumberObject(below)
            total += below
    parent[NameObject("/First")], parent[NameObject("/Last")] = references[0], references[-1]
    return total


def _annotation(link: Link, pages: list[IndirectObject], parent: int | None = None) -> Raw:
    if link.uri:
        address = re.sub(r"([\\()])", r"\\\1", ascii_uri(link.uri))
        leads = f"/A<</S/URI/URI({address})>>"
    else:
        goal = pages[link.to_page]
        leads = f"/Dest[{goal.idnum} {goal.generation} R/XYZ null {round(link.to_y, 2)} null]"
    rect = " ".join(str(round(value, 3)) for value in link.rect)
    more = f"/Contents{hex_text(link.says)}" if link.says else ""
    if parent is not None:
        more += f"/StructParent {parent}"
    # F 4, Print: PDF/A-2, 6.3.2
    return Raw(f"<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect[{rect}]{leads}{more}>>".encode())


def hex_text(text: str) -> str:
    """``text`` as a string of PDF (ISO 32000-1, 7.9.2.2)."""
    if text.isascii() and text.isprintable():
        return "(" + re.sub(r"([\\()])", r"\\\1", text) + ")"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def ascii_uri(uri: str) -> str:
    """``uri`` in the ASCII that PDF wants (ISO 32000-1, 12.6.4.7): other characters as percent
    codes of their UTF-8; what is encoded already stays."""
    return quote(uri, safe="!#$%&'()*+,/:;=?@[]~")


def _links(
    writer: PdfWriter | Addition, links: Sequence[Link], pages: list[IndirectObject],
    first: int | None,
) -> list[IndirectObject]:  # fmt: skip
    by_page: dict[int, list[int]] = defaultdict(list)
    for number, link in enumerate(links):
        by_page[link.page].append(number)
    made: dict[int, IndirectObject] = {}
    for page, numbers in by_page.items():
        written = [
            _annotation(links[number], pages, None if first is None else first + number)
            for number in numbers
        ]
        if isinstance(writer, Addition):
            made |= zip(numbers, writer.link(page, written), strict=True)
            continue
        annotations = [writer._add_object(one) for one in written]
        target = pages[page].get_object()
        assert isinstance(target, DictionaryObject)
        target[NameObject("/Annots")] = ArrayObject(annotations)
        made |= zip(numbers, annotations, strict=True)
    return [made[number] for number in range(len(links))]


def write_labels(writer: PdfWriter | Addition, labels: Sequence[PageLabel]) -> None:
    """How pages are called, from 0-based pages on."""
    if not labels:
        return
    numbers = ArrayObject()
    for label in sorted(labels, key=lambda one: one.start):
        entry = DictionaryObject()
        if label.style in _STYLES:
            entry[NameObject("/S")] = NameObject(_STYLES[label.style])
            entry[NameObject("/St")] = NumberObject(label.first)
        if label.prefix:
            entry[NameObject("/P")] = TextStringObject(label.prefix)
        numbers.append(NumberObject(label.start))
        numbers.append(entry)
    writer._root_object[NameObject("/PageLabels")] = DictionaryObject(
        {NameObject("/Nums"): numbers}
    )
