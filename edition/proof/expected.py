"""What the finished pages must say: the characters of every box, from the book and the plan."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import assert_never

from edition.latex.alternates import RIGHT_TO_LEFT
from edition.latex.boxes import note_key
from edition.latex.escape import compose
from edition.layout import kinds
from edition.layout.types import Book, BookPlan, Box, BoxRole
from edition.model import (
    BlockStart,
    Cite,
    Emph,
    FootnoteRef,
    Inlines,
    Kind,
    LineBreak,
    Mark,
    Milestone,
    Ruby,
    Strong,
    Styled,
    Text,
    flat,
)

# what a line end may add or take: hyphens, spaces of any kind, and what prints nothing
_LOOSE = re.compile(
    "[\\s\u00ad\u034f\u2010\u2011\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef-]+"
)
# points of Hebrew and vowels of Arabic: glyphs of their own, which are read in any order
_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed]+"
)
# ligatures of Armenian, of which fonts say the letters
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB13, 0xFB18)}
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")  # of letters within words


def folded(text: str) -> str:
    """``text`` as it can be compared: accents composed, no spaces, no hyphens, no points."""
    text = _LOOSE.sub("", compose(text)).translate(_LIGATURES)
    if RIGHT_TO_LEFT.search(text):
        text = _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form.group()), text)
        text = _POINTS.sub("", text)
    return text


def again(box: Box, book: Book, plan: BookPlan) -> str:
    """What the head of a table says where it stands again: without its note numbers."""
    if not (box.segment and box.segment.table):
        return ""
    cells = box.segment.table.header
    return "".join(_inlines(cell.inlines, box, book, plan, marks=False) for cell in cells)


def of_picture(want: str, have: str, picture: str) -> bool:
    """Whether ``have`` is ``want``, the legend, and of the words of the picture some or all, in
    any order: what the picture has beyond its edges is not on the page."""
    legend, page = Counter(want), Counter(have)
    return legend <= page <= legend + Counter(picture)


def written(box: Box, book: Book, plan: BookPlan) -> str:
    """The text of a box in the order in which it is read, ruby readings left out, with the spaces
    and line breaks that it was written with; its label, the cells of a table and the page number
    of a line of the contents on lines of their own."""
    parts = [_label(box, plan), _inlines(box.inlines, box, book, plan)]
    if box.segment and box.segment.table:
        table = box.segment.table
        for row in (table.header, *table.rows):
            parts += [_inlines(cell.inlines, box, book, plan) for cell in row]
    if box.target:
        page = plan.first_page.get(box.target)
        parts.append(plan.pages[page].number if page is not None else "")
    return "\n".join(parts)


def letters(text: str) -> str:
    """``text`` without punctuation; among words that run from right to left without figures too,
    which are seen alike before and behind them."""
    if RIGHT_TO_LEFT.search(text):
        return "".join(one for one in text if one.isalpha())
    return "".join(one for one in text if one.isalnum())


def without_leaders(text: str) -> str:
    """A line of the contents without the dots that lead to its page number."""
    return text.replace(".", "").replace("…", "")


def in_order(box: Box) -> bool:
    """Whether the lines of a box read from left to right and from above: tables do not."""
    return box.segment is None or kinds.of(box.segment.kind).read


def readings(inlines: Inlines) -> Iterator[str]:
    """Folded readings of ruby, which stand above the text and belong to no line of it: whole, and
    syllable by syllable, as they are read back."""
    for one in flat(inlines):
        if isinstance(one, Ruby):
            yield from map(folded, (one.reading, *one.reading.split()))


def _label(box: Box, plan: BookPlan) -> str:
    if box.role is BoxRole.NOTE:
        place = plan.places.get(box.key)
        return plan.numbers.get(box.key, "") + (place.text if place else "")
    if box.role is BoxRole.WORK or (box.segment and box.segment.kind is Kind.FIGURE):
        return box.label
    if box.segment and box.segment.kind is Kind.ITEM and box.style.startswith("item"):
        return box.label or box.segment.label
    return ""


def _inlines(inlines: Inlines, box: Box, book: Book, plan: BookPlan, *, marks: bool = True) -> str:
    parts: list[str] = []
    for one in inlines:
        match one:
            case Text():
                parts.append(one.text)
            case Emph() | Strong() | Styled():
                parts.append(_inlines(one.children, box, book, plan, marks=marks))
            case Ruby():
                parts.append(one.base)
            case Mark() if marks:
                parts.append(plan.numbers.get(note_key(book.boxes, one.note, box.lang), ""))
            case FootnoteRef():
                parts.append(f"[{one.label}]")
            case LineBreak():
                parts.append("\n")
            case BlockStart():
                parts.append(f"\n{one.label}\n")
            case Mark() | Cite() | Milestone():
                pass
            case _:
                assert_never(one)
    return "".join(parts)
