"""Pages → the TeX document of the typesetting run: each box is built before the page of its first
line, cut where the plan says, and put at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pylatex.base_classes import Command, LatexObject

from edition.latex.boxes import SetBox, Setter, note_key, number_tex
from edition.latex.document import POSITIONS, TexSource, preamble
from edition.latex.escape import escape
from edition.latex.faces import Faces
from edition.latex.furniture import Furniture, LabelAt, note_number
from edition.latex.objects import BuiltBox, EditionPage, Sliced, call
from edition.layout import margins, placement
from edition.layout.heads import STYLE as HEAD
from edition.layout.types import BookPlan, Box, Layout, Measures, PagePlan, Slice

_FIRST_REGISTER, _LAST_REGISTER = 1000, 32000


class PagesDocument:
    """Writes the typesetting document of one book."""

    def __init__(
        self,
        boxes: Mapping[str, Box],
        plan: BookPlan,
        measures: Measures,
        layout: Layout,
        faces: Faces,
        root: Path = Path(),
    ) -> None:
        self.boxes = boxes
        self.plan = plan
        self.measures = measures
        self.layout = layout
        self.faces = faces
        self.setter = Setter(boxes, layout, faces, root)
        self.furniture = Furniture(plan, layout, self.setter)
        self.numbers: dict[str, int] = {}  # key → number of the box in the document
        self.done: list[SetBox] = []
        self.registers: dict[str, int] = {}  # of the boxes with lines left
        self.heads: dict[str, int] = {}  # of the tables with rows left: registers of their heads
        self.free = list(range(_LAST_REGISTER, _FIRST_REGISTER, -1))
        self.furnished: list[str] = []  # TeX of labels
        self.used_up: list[int] = []  # on the page in hand: free again only after it

    def run(self) -> TexSource:
        """The whole document. Raises ``KeyError`` for a box that is not in the book."""
        styles = {box.style for box in self.boxes.values()}
        styles |= {HEAD, margins.STYLE} & set(self.layout.styles)
        body: list[LatexObject] = []
        for page in self.plan.pages:
            self._page(body, page)
        document = preamble(self.layout, self.faces, styles, "".join(self._used()))
        document.add("EDopen", POSITIONS)
        document.extend(body)
        for register in self.registers.values():
            document.add("EDdone", str(register))
        document.add("EDclose")
        return TexSource(tex=document.dumps(), boxes=tuple(self.done))

    def _used(self) -> Iterator[str]:
        """The TeX of all texts."""
        yield from (box.tex for box in self.done)
        yield from self.furnished

    def _page(self, body: list[LatexObject], page: PagePlan) -> None:
        content = EditionPage(page.index)
        for x, y, one in placement.slices(page, self.boxes, self.layout):
            content.append(self._slice(body, x, y, one))
        notes = placement.note_places(page, self.boxes, self.layout)
        for rule in placement.rules(notes, self.layout.geometry):
            content.append(call("EDrule", *(f"{length:.3f}pt" for length in rule)))
        for label in self.furniture.of_page(page):
            content.append(_labelled(label))
            self.furnished.append(label.label.tex)
        body.append(content)
        self.free += self.used_up
        self.used_up.clear()

    def _slice(self, body: list[LatexObject], x: float, y: float, one: Slice) -> Sliced:
        if one.key not in self.registers:
            body.append(self._built(one))
        number = self.numbers[one.key]
        box = self.done[number]
        register = self.registers[one.key]
        ends = box.block or one.last >= self.measures[one.key].lines
        head = self.heads.get(one.key, 0)
        if ends:
            del self.registers[one.key]
            self.used_up.append(register)
            if self.heads.pop(one.key, 0):
                self.used_up.append(head)
        return Sliced(x, y, number, register, box, one.first, one.last, ends=ends, head=head)

    def _built(self, first: Slice) -> BuiltBox:
        key = first.key
        box = self.boxes[key]
        done = self.setter.set(box)
        number = self.numbers[key] = len(self.done)
        self.done.append(done)
        register = self.registers[key] = self.free.pop()
        numbers: dict[int | str, str] = {
            order: number_tex(self._number(note_key(self.boxes, note, box.lang)), box.lang)
            for order, note in enumerate(done.marks, start=1)
        }
        place = self.plan.places.get(key)
        if key in self.plan.numbers or place:
            numbers[0] = note_number(self.plan, box)
        if place:
            numbers["l"] = escape(place.text, box.lang)
        page = self.plan.first_page.get(box.target) if box.target else None
        label = escape(self.plan.pages[page].number) if page is not None else ""
        measure = self.measures[key]
        if measure.head and first.last < measure.lines:
            self.heads[key] = self.free.pop()
        return BuiltBox(number, register, done, numbers, label, self.heads.get(key, 0))

    def _number(self, key: str) -> str:
        return self.plan.numbers.get(key, "")


def _labelled(one: LabelAt) -> Command:
    place = (f"{one.x:.3f}pt", f"{one.y:.3f}pt")
    return call("EDlabelat", *place, one.label.style, one.align[0], one.label.tex)
