"""What the rest of the build tells the PDF: navigation and metadata, free of pypdf.

Coordinates are PDF units (1/72 inch), origin at the lower left corner of the trimmed page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from edition.layout.structure import Portion

PT_TO_PDF = 72 / 72.27  # a TeX point in PDF units
MM = 72 / 25.4  # a millimetre in PDF units


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A bookmark: shown as ``title``, leads to height ``y`` of the 0-based ``page``."""

    title: str
    page: int
    y: float
    children: tuple[OutlineItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A clickable ``rect`` (left, bottom, right, top) on 0-based ``page``; leads to height
    ``to_y`` of ``to_page`` or, where ``uri`` is given, out of the file."""

    page: int
    rect: tuple[float, float, float, float]
    to_page: int = 0
    to_y: float = 0.0
    uri: str = ""
    says: str = ""  # what it leads to, in words; and of which box, and which portion of it, it is
    box: str = ""
    portion: Portion | None = None


@dataclass(frozen=True, slots=True)
class PageLabel:
    """From 0-based page ``start`` on, pages are called by ``style`` counting from ``first``."""

    start: int
    style: Literal["roman", "decimal", "none"]
    first: int = 1
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    outline: tuple[OutlineItem, ...] = ()
    links: tuple[Link, ...] = ()
    labels: tuple[PageLabel, ...] = ()
    facing: bool = False  # opens as spreads, with an even page on the left


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Facts of the book for the document information and XMP; ``languages`` are BCP 47 tags, the
    first is the document's own; ``date`` dates the file, so that equal input gives equal bytes."""

    title: str
    author: str
    date: datetime
    languages: tuple[str, ...] = ("zh-Hant", "en")
    subject: str = ""
    keywords: tuple[str, ...] = ()
    creator: str = "parallel-edition"
