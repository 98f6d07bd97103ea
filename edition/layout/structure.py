"""What the parts of a book are to a reader who does not see its pages: the values of a tagged PDF
(ISO 32000-1, 14.7 and 14.8), without anything of PDF.

**Stretches** are what pages show of boxes, portion by portion, as they were put together. The
**tree** (:mod:`edition.layout.reading_order`) is made of the book alone; which stretches an element
holds follows from the box and the portion that it names.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


class PortionKind(enum.Enum):
    """What a portion of a box is, other than its running text."""

    MARK = "mark"  # the number of a note where it is called
    LABEL = "label"  # what stands before a note or an item
    SPAN = "span"  # a citation, a reference, a link
    BASE = "base"  # characters with a reading
    READING = "reading"  # of these
    CELL = "cell"
    LANGUAGE = "language"  # words in another language, which the order tells
    CAPTION = "caption"  # of a table or figure


class Portion(NamedTuple):
    """``order``: among those of its kind in the box, from 1."""

    kind: PortionKind
    order: int = 0


# orders of portions that are a language
CHINESE, ENGLISH, PINYIN, JAPANESE, KOREAN = 1, 2, 3, 4, 5

Path = tuple[Portion, ...]  # from the box inwards; () is its text

# portions that are elements beside the text of their box; the others stand within it
APART = frozenset((PortionKind.LABEL, PortionKind.CELL, PortionKind.CAPTION))


class Stretch(NamedTuple):
    """A stretch of marked content: ``id`` on its page, from 0, of which box and which portion."""

    page: int
    id: int
    key: str
    path: Path


class Role(enum.Enum):
    """Structure types; the value is PDF's name."""

    DOCUMENT = "Document"
    PART = "Part"
    SECTION = "Sect"
    DIVISION = "Div"
    HEADING_1 = "H1"
    HEADING_2 = "H2"
    HEADING_3 = "H3"
    HEADING_4 = "H4"
    HEADING_5 = "H5"
    PARAGRAPH = "P"
    QUOTATION = "BlockQuote"
    LIST = "L"
    ITEM = "LI"
    LABEL = "Lbl"
    BODY = "LBody"
    TABLE = "Table"
    ROW = "TR"
    HEAD_CELL = "TH"
    CELL = "TD"
    CAPTION = "Caption"
    FIGURE = "Figure"
    CODE = "Code"
    NOTE = "Note"
    REFERENCE = "Reference"
    LINK = "Link"
    RUBY = "Ruby"
    RUBY_BASE = "RB"
    RUBY_READING = "RT"
    SPAN = "Span"
    CONTENTS = "TOC"
    CONTENTS_LINE = "TOCI"
    INDEX = "Index"
    WORK = "BibEntry"


HEADINGS = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4, Role.HEADING_5)


@dataclass(slots=True)
class TagElement:
    """An element of the tree; ``box``: it holds what pages show of that, of it ``portion`` or, by
    default, its text. ``alt``: what to say instead. Filled while the tree is made."""

    role: Role
    kids: list[TagElement]
    lang: str | None = None  # that of a side, or a BCP 47 tag: where it is not that around it
    box: str = ""
    portion: Portion | None = None
    alt: str = ""
    numbering: str = ""  # of a list that is numbered: PDF's name of how

    def walk(self) -> Iterator[TagElement]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


def group(role: Role, *kids: TagElement, lang: str | None = None) -> TagElement:
    """An element that holds others."""
    return TagElement(role, list(kids), lang)
