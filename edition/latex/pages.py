"""Pages → the TeX document of the typesetting run: each box is built before the page of its first
line, cut where the plan says, and put at its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pylatex.base_classes import LatexObject

from edition.latex.boxes import SetBox, Setter, note_key, number_tex
from edition.latex.document import POSITIONS, Run, preamble
from edition.latex.escape import escape
from edition.latex.faces import Faces
from edition.latex.inline import Setting, to_tex
from edition.latex.objects import Built, EditionPage, Sliced, call, raw
from edition.layout import heads
from edition.layout.heads import STYLE as HEAD
from edition.layout.types import BookPlan, Box, Geometry, Layout, Measures, PagePlan, Slice
from edition.model import Inlines

_FIRST_REGISTER, _LAST_REGISTER = 1000, 32000


def left_margin(geometry: Geometry, index: int) -> float:
    """From the left edge of the paper to the text block. Page 0 is a right-hand page."""
    if index % 2 == 0:
        return geometry.inner
    return geometry.paper_width - geometry.inner - geometry.text_width


def column_x(geometry: Geometry, index: int, column: str) -> float:
    """Left edge of a column, in points from that of the page. Chinese stands on the left."""
    x = left_margin(geometry, index)
    if not geometry.facing and column == "en":
        return x + geometry.zh_width + geometry.gutter
    return x


def head_top(layout: Layout) -> float:
    """From the upper edge of the page to the line of the running head."""
    return layout.geometry.top - heads.GAP - layout.styles[HEAD].leading


def note_places(
    page: PagePlan, boxes: Mapping[str, Box], layout: Layout
) -> tuple[tuple[float, float, Slice], ...]:
    """(x, y, slice) of the notes of a page, in points from its top left corner: those as wide as
    a column below their column, the others across; all stand on the foot of the text block, and
    notes of both columns begin at the same height."""
    geometry = layout.geometry
    groups: dict[str, list[Slice]] = {"zh": [], "en": [], "full": []}
    for one in page.notes:
        box = boxes[one.key]
        narrow = not geometry.facing and box.width < geometry.text_width - 1
        groups[box.lang if narrow else "full"].append(one)

    def high(name: str) -> float:
        return sum(
            (one.last - one.first) * layout.styles[boxes[one.key].style].leading
            for one in groups[name]
        )

    foot = geometry.top + geometry.lines * geometry.grid
    across = foot - high("full")
    tops = {"full": across}
    tops["zh"] = tops["en"] = across - max(high("zh"), high("en"))
    places: list[tuple[float, float, Slice]] = []
    for name, slices in groups.items():
        y = tops[name]
        for one in slices:
            places.append((column_x(geometry, page.index, name), y, one))
            y += (one.last - one.first) * layout.styles[boxes[one.key].style].leading
    return tuple(places)


class Pages:
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
        self.numbers: dict[str, int] = {}  # key → number of the box in the document
        self.done: list[SetBox] = []
        self.registers: dict[str, int] = {}  # of the boxes with lines left
        self.free = list(range(_LAST_REGISTER, _FIRST_REGISTER, -1))
        self.used_up: list[int] = []  # on the page in hand: free again only after it

    def run(self) -> Run:
        """The whole document. Raises ``KeyError`` for a box that is not in the book."""
        styles = {box.style for box in self.boxes.values()} | {HEAD} & set(self.layout.styles)
        body: list[LatexObject] = []
        for page in self.plan.pages:
            self._page(body, page)
        document = preamble(self.layout, self.faces, styles, self.done)
        document.add("EDopen", POSITIONS)
        document.extend(body)
        for register in self.registers.values():
            document.add("EDdone", str(register))
        document.add("EDclose")
        return Run(tex=document.dumps(), boxes=tuple(self.done))

    def _page(self, body: list[LatexObject], page: PagePlan) -> None:
        geometry = self.layout.geometry
        content = EditionPage(page.index)
        places = [
            (column_x(geometry, page.index, placed.column),
             geometry.top + placed.y * geometry.grid, placed.slice)
            for placed in page.body
        ]  # fmt: skip
        notes = note_places(page, self.boxes, self.layout)
        for x, y, one in (*places, *notes):
            content.append(self._slice(body, x, y, one))
        for x, y in sorted({(x, min(y for x2, y, _ in notes if x2 == x)) for x, _, _ in notes}):
            content.append(_rule(x, y, geometry))
        for head in self._heads(page):
            content.append(raw(head))
        body.append(content)
        self.free += self.used_up
        self.used_up.clear()

    def _slice(self, body: list[LatexObject], x: float, y: float, one: Slice) -> Sliced:
        if one.key not in self.registers:
            body.append(self._built(one.key))
        number = self.numbers[one.key]
        box = self.done[number]
        register = self.registers[one.key]
        ends = box.block or one.last >= self.measures[one.key].lines
        if ends:
            del self.registers[one.key]
            self.used_up.append(register)
        return Sliced(x, y, number, register, box, one.first, one.last, ends=ends)

    def _built(self, key: str) -> Built:
        box = self.boxes[key]
        done = self.setter.set(box)
        number = self.numbers[key] = len(self.done)
        self.done.append(done)
        register = self.registers[key] = self.free.pop()
        numbers = {
            order: number_tex(self._number(note_key(self.boxes, note, box.lang)), box.lang)
            for order, note in enumerate(done.marks, start=1)
        }
        if key in self.plan.numbers:
            numbers[0] = number_tex(self.plan.numbers[key], box.lang)
        page = self.plan.first_page.get(box.target) if box.target else None
        label = escape(self.plan.pages[page].label) if page is not None else ""
        return Built(number, register, done, numbers, label)

    def _number(self, key: str) -> str:
        return self.plan.numbers.get(key, "")

    def _heads(self, page: PagePlan) -> list[str]:
        """Running heads with the folio at the outer edge, where no one takes it for a note."""
        geometry = self.layout.geometry
        style = self.layout.styles.get(HEAD)
        if style is None or not (page.label or page.head_left or page.head_right):
            return []
        x = left_margin(geometry, page.index)
        folio = escape(page.label)
        left, right = self._head(page.head_left), self._head(page.head_right)
        if page.index % 2:
            left = rf"\EDfolioleft{{{folio}}}{left}"
        else:
            right = rf"{right}\EDfolioright{{{folio}}}"
        y = head_top(self.layout)
        return [_command("EDhead", x, y, geometry.text_width, HEAD, left, right)]

    def _head(self, inlines: Inlines) -> str:
        """A running head; one that is wider than was estimated is narrowed a little."""
        if not inlines:
            return ""
        lang = "zh" if any("\u2e80" <= one <= "\u9fff" for one in _text(inlines)) else "en"
        setting = Setting(lang="zh" if lang == "zh" else "en", mark_width=lambda _: "0pt",
                          borrow=self.setter.borrow, count_sentences=False)  # fmt: skip
        tex = rf"\ED{lang}{{}}{to_tex(inlines, setting)}"
        return rf"\EDfit{{{heads.room(self.layout):.2f}pt}}{{{heads.NARROWEST}}}{{{tex}}}"


def _text(inlines: Inlines) -> str:
    from edition.model import plain

    return plain(inlines)


def _command(name: str, x: float, y: float, width: float, *arguments: str) -> str:
    return str(call(name, f"{x:.3f}pt", f"{y:.3f}pt", f"{width:.3f}pt", *arguments).dumps())


def _rule(x: float, top: float, geometry: Geometry) -> object:
    """The short rule above notes that begin at ``top``."""
    length = min(60.0, geometry.text_width / 5)
    return call("EDrule", f"{x:.3f}pt", f"{top - 0.45 * geometry.note_gap:.3f}pt",
                f"{length:.3f}pt")  # fmt: skip
