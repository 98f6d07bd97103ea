"""What a page has around its text: running heads, folios, numbers in slots.

Each is a *label*: a few characters that only the plan knows, set by themselves and put in their
place, so that no line of the text depends on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from edition.latex.boxes import SetBox, Setter, note_key, number_tex
from edition.latex.document import Label
from edition.latex.escape import escape
from edition.latex.faces import is_han
from edition.latex.inline import Setting, to_tex
from edition.layout import heads, margins
from edition.layout.placement import head_top, left_margin
from edition.layout.types import BookPlan, Box, Layout, MarginLabel, PagePlan
from edition.model import Inlines, Lang, plain

# How the parts of a label in the margin are set: numbers that count upright, names of places in
# other books slanted.
_MARGIN: Mapping[str, str] = {
    "line": "EDupright", "verse": "EDupright", "page": "EDitalic", "ref": "EDitalic",
}  # fmt: skip
Align = Literal["left", "right"]


def note_number(plan: BookPlan, note: Box) -> str:
    """What stands before the text of a note, as TeX: its number, or the place that it goes by."""
    place = plan.places.get(note.key)
    if note.numbering == "line":
        return escape(place.text) if place else ""
    return number_tex(plan.numbers.get(note.key, ""), note.lang)


class LabelAt(NamedTuple):
    """A label on a page: the left or the right end of its line at ``x``; ``y`` of the head of the
    line, in points from the page's upper left corner. ``folio``: it tells the page, and would
    change were a page put in before."""

    label: Label
    x: float
    y: float
    align: Align
    folio: bool = False


@dataclass(frozen=True, slots=True)
class Furniture:
    """Makes the labels of one book."""

    plan: BookPlan
    layout: Layout
    setter: Setter
    _heads: dict[int, Label] = field(default_factory=dict)  # by the identity of their text

    def of_page(self, page: PagePlan) -> Iterator[LabelAt]:
        """What the margin says, and running heads with the folio at the outer edge, where no one
        takes it for a note."""
        yield from map(self._beside, page.margin)
        geometry = self.layout.geometry
        style = self.layout.styles.get(heads.STYLE)
        if style is None or not (page.label or page.head_left or page.head_right):
            return
        left = left_margin(geometry, page.index)
        right = left + geometry.text_width
        y = head_top(self.layout)
        outer = heads.FOLIO * style.size
        verso = page.index % 2 == 1
        if page.head_left:
            yield LabelAt(self._head(page.head_left), left + verso * outer, y, "left")
        if page.head_right:
            yield LabelAt(self._head(page.head_right), right - (not verso) * outer, y, "right")
        if page.label:
            folio = Label(heads.STYLE, escape(page.label))
            if verso:
                yield LabelAt(folio, left, y, "left", folio=True)
            else:
                yield LabelAt(folio, right, y, "right", folio=True)

    def _beside(self, label: MarginLabel) -> LabelAt:
        """What the margin says beside a line."""
        style = self.layout.styles[margins.STYLE]
        lang: Lang = "zh" if any(map(is_han, label.text)) else "en"
        parts = [
            rf"\{_MARGIN[kind]}{{{escape(text, lang, self.setter.faces)}}}"
            for kind, text in label.parts
        ]
        tex = rf"\ED{lang}{{}}" + r"\enspace{}".join(parts)
        x = label.edge + (-margins.GAP if label.left else margins.GAP)
        align: Align = "right" if label.left else "left"
        return LabelAt(Label(style.name, tex), x, label.baseline - style.first, align)

    def _head(self, inlines: Inlines) -> Label:
        """A running head; one that is wider than was estimated is narrowed a little. Pages of a
        section share its text."""
        known = self._heads.get(id(inlines))
        if known is None:
            known = self._heads[id(inlines)] = self._made_head(inlines)
        return known

    def _made_head(self, inlines: Inlines) -> Label:
        lang: Lang = "zh" if any("\u2e80" <= char <= "\u9fff" for char in plain(inlines)) else "en"
        setting = Setting(
            lang=lang, mark_width=lambda _: "0pt", faces=self.setter.faces, count_sentences=False
        )
        tex = rf"\ED{lang}{{}}{to_tex(inlines, setting)}"
        fit = rf"\EDfit{{{heads.room(self.layout):.2f}pt}}{{{heads.NARROWEST}}}{{{tex}}}"
        return Label(heads.STYLE, fit)

    def in_slot(self, box: SetBox, kind: str, order: int) -> Label:
        """What goes into a slot of a box: the number of a note mark (``m``), that before a note
        (``n``) and of the line it is on (``l``), the page at the end of a line of the contents
        (``t``)."""
        own = self.setter.boxes[box.key]
        lang = own.lang
        match kind:
            case "m":
                note = box.marks[order - 1]
                number = self.plan.numbers.get(note_key(self.setter.boxes, note, lang), "")
                width = self.setter.mark_width(note, own)
                tex = rf"\EDmarknumber{{{width}}}{{{number_tex(number, lang)}}}"
            case "n":
                width = self.setter.label_width(own)
                tex = rf"\EDnotenumber{{{width}}}{{{note_number(self.plan, own)}}}"
            case "l":
                place = self.plan.places.get(own.key)
                number = escape(place.text, lang) if place else ""
                tex = rf"\EDlinenumber{{{self.setter.line_width(own)}}}{{{number}}}"
            case "t":
                page = self.plan.first_page.get(own.target) if own.target else None
                label = self.plan.pages[page].number if page is not None else ""
                tex = rf"\EDtocnumber{{{escape(label)}}}"
            case _:
                raise ValueError(f"no slot is of kind {kind!r}")
        return Label(box.style, rf"\ED{lang}{{}}{tex}")
