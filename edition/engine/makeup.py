"""Make-up: the lines of a book put on its pages as the plan says, by copying bytes.

No line is set a second time: what is printed is what was measured. Only what the plan alone knows
(numbers of notes, folios, running heads) is set after it, each once and kept. The whole document
in one run of XeLaTeX, :mod:`edition.engine.typeset`, gives the same pages and serves as the oracle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome
from edition.engine import driver, formats, marking, positions, xdv
from edition.engine.cache import Cache, digest
from edition.engine.galleys import Galley
from edition.engine.measure import SetBook, macros
from edition.latex import document
from edition.latex.document import Label
from edition.latex.furniture import Furniture, LabelAt
from edition.latex.lengths import SCALED, scaled
from edition.layout import placement
from edition.layout.structure import Portion, PortionKind
from edition.layout.types import BookPlan, Layout, Measure, PagePlan, Slice, SliceAt, Typeset
from edition.model import Kind

_RULE = scaled(0.4)


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Pages put together. The driver writes the PDF that ``typeset`` names until :meth:`written`
    gives it."""

    typeset: Typeset
    _writing: Future[Outcome[Path | None]]

    def written(self) -> Outcome[Path | None]:
        """Wait for the PDF; None where none came of it. Raises ``OSError`` where it cannot be
        written."""
        return self._writing.result()


def make_up(
    book: SetBook,
    plan: BookPlan,
    layout: Layout,
    config: Config,
    work: Path,
    cache: Cache,
    root: Path,
) -> Outcome[MadeUp | None]:
    """The pages of a planned book, of which the driver makes a PDF in ``work/typeset`` while the
    caller goes on. None where labels could not be set. Raises ``OSError`` where the folder cannot
    be written."""
    pages = _Pages(book, plan, layout)
    found = list(pages.set_labels(config, work, cache, root))
    if found:
        return Outcome(None, tuple(found))
    folder = driver.lay(pages.assembled(), work / "typeset", files=pages.files)
    aside = ThreadPoolExecutor(1)
    writing = aside.submit(driver.run, folder, date=config.date,
                           seconds=120 + 0.2 * len(plan.pages))  # fmt: skip
    aside.shutdown(wait=False)
    done = Typeset(
        pdf=str(driver.pdf_in(folder)), pages=len(plan.pages),
        points=tuple(pages.points.found), slices=tuple(pages.slices),
        contents=tuple(pages.marker.found),
    )  # fmt: skip
    return Outcome(MadeUp(done, writing))


@dataclass(slots=True)
class _Pages:
    book: SetBook
    plan: BookPlan
    layout: Layout
    points: positions.Points = field(init=False)
    slices: list[SliceAt] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    _furniture: Furniture = field(init=False)
    marker: marking.Marker = field(default_factory=marking.Marker)
    _placed: list[list[LabelAt]] = field(default_factory=list)  # labels of each page
    _slots: dict[str, list[list[Label]]] = field(default_factory=dict)  # of each line of a box
    _texts: dict[str, marking.BoxText] = field(default_factory=dict)  # as far as each has come
    _labels: dict[Label, Galley] = field(default_factory=dict)
    _fonts: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.points = positions.Points(self.book.setter.boxes)
        self._furniture = Furniture(self.plan, self.layout, self.book.setter)
        self._placed = [list(self._furniture.of_page(page)) for page in self.plan.pages]
        for key in self.plan.first_page:
            box = self.book.boxes[key]
            self._slots[key] = [
                [
                    self._furniture.in_slot(box, slot.kind, slot.order)
                    for slot in line.slots
                    if marking.is_filled(slot.kind)
                ]
                for line in self.book.galleys[key].lines
            ]
            self.files |= dict(box.files)

    # --- labels -------------------------------------------------------------------------------

    def set_labels(
        self, config: Config, work: Path, cache: Cache, root: Path
    ) -> Iterable[Diagnostic]:
        """Have every label as a line: those not yet known are set, in one run."""
        wanted: dict[Label, str] = {}
        styles = {name: document.style_tex(style) for name, style in self.layout.styles.items()}
        for label in self._wanted():
            if label not in wanted:
                wanted[label] = digest(self.book.base, "label", styles[label.style], label.tex)
        store = self.book.store
        kept = store.get(wanted.values())
        new = {label: key for label, key in wanted.items() if key not in kept}
        if new:
            run = document.labelling(list(new), self.layout, self.book.faces)
            done = formats.run(
                run, work / "labels", cache=cache, macros=macros(root),
                seconds=120 + 0.1 * len(new), date=config.date,
            )  # fmt: skip
            if done.value is None or not done.ok:
                return done.diagnostics
            widths = positions.widths(positions.text_of(done.value.folder / document.POSITIONS))
            try:
                shipped = xdv.read(done.value.xdv.read_bytes())
            except (OSError, xdv.XdvError) as problem:
                damage = problem if isinstance(problem, xdv.XdvError) else xdv.XdvError(problem)
                return (driver.refused(damage, done.value.log),)
            made = {
                key: Galley((shipped.lines[number, 1],), ((),), widths[number])
                for number, key in enumerate(new.values())
            }
            store.add(made, shipped.fonts)
            store.save()
            kept = store.get(wanted.values())
        self._labels = {label: kept[key] for label, key in wanted.items()}
        return ()

    def _wanted(self) -> Iterable[Label]:
        for placed in self._placed:
            for one in placed:
                yield one.label
        for lines in self._slots.values():
            for labels in lines:
                yield from labels

    # --- pages --------------------------------------------------------------------------------

    def assembled(self) -> bytearray:
        """The whole book as XDV."""
        geometry = self.layout.geometry
        writer = xdv.XdvWriter(f"{geometry.paper_width:.3f}pt", f"{geometry.paper_height:.3f}pt")
        for page in self.plan.pages:
            writer.page(self._page(page))
        fonts = self.book.store.fonts
        return writer.finish({name: fonts[name] for name in self._fonts})

    def _page(self, page: PagePlan) -> list[xdv.Part]:
        """What the page holds, the folio last: there the proof of the page looks for it."""
        self.marker.begin(page.index)
        parts: list[xdv.Part] = []
        boxes = self.book.setter.boxes
        notes = placement.note_places(page, boxes, self.layout)
        for x, y, one in (*placement.body_places(page, self.layout), *notes):
            parts += self._slice(page.index, scaled(x), scaled(y), one)
        rules = placement.rules(notes, self.layout.geometry)
        if rules:
            parts.append(self.marker.artifact("Layout"))
        for rule in rules:
            bottom = scaled(rule.y) + _RULE
            parts.append(xdv.rule(scaled(rule.x), bottom, scaled(rule.length), _RULE))
        labels = sorted(self._placed[page.index], key=lambda one: one.folio)
        parts += [self._label(one) for one in labels]
        return [*parts, self.marker.end()]

    def _slice(self, page: int, x: int, y: int, one: Slice) -> Iterable[xdv.Part]:
        box = self.book.boxes[one.key]
        galley = self.book.galleys[one.key]
        style = self.layout.styles[box.style]
        leading = scaled(style.leading)
        measure = self.book.measures[one.key]
        head = measure.head if one.first else 0
        bottom = y + leading * (head + one.last - one.first)
        left = x / SCALED
        self.slices.append(SliceAt(one, page, left, y / SCALED, bottom / SCALED))
        labels = self._slots[one.key]
        text = self._text(one.key, measure)
        for number, line, again in _parts(one, measure, block=box.block):
            top = bottom if line is None else y + leading * line
            set_line = galley.lines[number]
            self._fonts.update(set_line.fonts)
            if measure.rows:
                caption = measure.caption and not number
                text.stack = [Portion(PortionKind.CAPTION)] if caption else []
            data = self._data(labels[number], again=again) if labels[number] else ()
            yield xdv.at(x, top, text.line(self.marker, set_line, data, again=again))
            for point in galley.points[number]:
                if again and point.kind not in "ce":  # a mark is where it first stands
                    continue
                at = (x + point.x) / SCALED, (top + point.y) / SCALED
                self.points.add(box, point.kind, str(point.order), page, *at, left)

    def _data(self, labels: Sequence[Label], *, again: bool) -> list[bytes]:
        """What goes into the slots of a line; nothing where it stands ``again``."""
        if again:
            return [b""] * len(labels)
        lines = [self._labels[label].lines[0] for label in labels]
        for line in lines:
            self._fonts.update(line.fonts)
        return [line.data for line in lines]

    def _text(self, key: str, measure: Measure) -> marking.BoxText:
        """Where a box is in its text."""
        text = self._texts.get(key)
        if text is None:
            own = self.book.setter.boxes[key].segment
            ornament = own is not None and own.kind is Kind.BREAK
            text = self._texts[key] = marking.BoxText(key, bare=bool(measure.rows) or ornament)
        return text

    def _label(self, one: LabelAt) -> xdv.Part:
        galley = self._labels[one.label]
        line, width = galley.lines[0], galley.measure
        shift = width if one.align == "right" else 0
        first = scaled(self.layout.styles[one.label.style].first)
        self._fonts.update(line.fonts)
        data = self.marker.aside("Pagination", line.data)
        return xdv.at(scaled(one.x) - shift, scaled(one.y) + first, data)


def _parts(one: Slice, measure: Measure, *, block: bool) -> Iterator[tuple[int, int | None, bool]]:
    """(number of the galley's line, lines from the head of the slice down to it, whether it stands
    there again) of all that a slice prints. Of a table: the head that stands again, or the rule in
    its stead, the rows, and the rule at the foot, which is the last line of its galley."""
    if not measure.rows:
        numbers = (0,) if block else tuple(range(one.first, one.last))
        yield from ((number, number - one.first, False) for number in numbers)
        return
    above = [lines for lines in (measure.caption, measure.head) if lines]
    parts = [*above, *measure.rows]
    rule = len(parts)
    down = 0
    if one.first:
        yield (len(above) - 1 if measure.head else rule), 0, True
        down = measure.head
    start = 0
    for number, lines in enumerate(parts):
        if one.first <= start < one.last:
            yield number, down + start - one.first, False
        start += lines
    yield rule, None, False
