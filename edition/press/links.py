"""Outline, links and page labels, from the plan and the positions that TeX wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby

from edition.config import Config
from edition.engine.programs import epoch
from edition.layout import works
from edition.layout.structure import Portion, PortionKind
from edition.layout.types import Book, BookPlan, Division, Layout, PointAt, Row, SliceAt, Typeset
from edition.model import LANGS, Lang, References, plain
from edition.press.types import PT_TO_PDF, Link, Metadata, Navigation, OutlineItem, PageLabel

_LANGUAGES = {"hant": "zh-Hant", "hans": "zh-Hans"}
_TEXT = (Division.BODY, Division.PART)  # parts hold what stands in these
_NOTE: Mapping[Lang, str] = {"zh": "注", "en": "note"}
_BACK: Mapping[Lang, str] = {"zh": "返回正文", "en": "back to the text"}
_LIFT = 6.0  # points above a line at which a reader is taken to it


def navigation(
    book: Book, plan: BookPlan, typeset: Typeset, layout: Layout, references: References
) -> Navigation:
    """Everything clickable: outline in both languages, mark ↔ note, citation → entry, contents →
    page, links out of the file."""
    maker = _LinkMaker(book, plan, typeset, layout, references)
    return Navigation(
        outline=maker.outline(), links=tuple(maker.links()), labels=_labels(plan),
        facing=layout.geometry.facing,
    )  # fmt: skip


def metadata(config: Config) -> Metadata:
    """Facts of the book for the file; dated as the edition is, that equal input gives equal
    bytes."""
    title = " · ".join(part for part in (config.title.zh, config.title.en) if part)
    people = [one.en or one.zh for one in (*config.authors, *config.editors)]
    date = datetime.fromtimestamp(epoch(config.date), UTC)
    subject = " · ".join(part for part in (config.subtitle.zh, config.subtitle.en) if part)
    return Metadata(
        title=title or config.id, author="; ".join(one for one in people if one), date=date,
        languages=tuple(
            _LANGUAGES[config.script] if lang == "zh" else "en" for lang in config.languages
        ), subject=subject,
    )  # fmt: skip


class _LinkMaker:
    def __init__(
        self, book: Book, plan: BookPlan, typeset: Typeset, layout: Layout, references: References
    ) -> None:
        self.book = book
        self.plan = plan
        self.typeset = typeset
        self.geometry = layout.geometry
        self.styles = layout.styles
        self.references = references
        self.first: dict[str, SliceAt] = {}
        for one in typeset.slices:
            if one.slice.key not in self.first or one.slice.first == 0:
                self.first[one.slice.key] = one
        self.marks: dict[str, tuple[int, float]] = {}

    def y(self, top: float) -> float:
        """A distance from the top in TeX points as a PDF height."""
        return (self.geometry.paper_height - top) * PT_TO_PDF

    def rect(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float, float, float]:
        return (left * PT_TO_PDF, self.y(bottom), right * PT_TO_PDF, self.y(top))

    # --- links --------------------------------------------------------------------------------

    def links(self) -> Iterator[Link]:
        for point in self.typeset.points:
            if point.kind == "mark":
                yield from self._note(point)
            elif point.kind == "toc":
                target = self.first.get(point.name)
                if target:
                    size = self._line(point.name)
                    rect = self.rect(point.x, point.y - size, point.x + point.width, point.y + 4)
                    yield Link(point.page, rect, target.page, self.y(target.top - _LIFT),
                               says=self._page(target.page, point.box), box=point.box)  # fmt: skip
            elif point.kind == "cite":
                yield from self._cite(point)
            elif point.kind == "ref":
                yield from self._ref(point)
            elif point.kind == "link":
                yield Link(point.page, self._span(point), uri=point.name, says=point.name,
                           box=point.box, portion=_of_span(point))  # fmt: skip

    def _page(self, page: int, box: str) -> str:
        """A page in words: p. 12, 頁12."""
        lang = self.book.boxes[box].lang if box in self.book.boxes else "en"
        word = self.book.page_words.get(lang, "")
        return f"{word}{'' if lang == 'zh' else ' '}{self.plan.pages[page].number}".strip()

    def _span(self, point: PointAt) -> tuple[float, float, float, float]:
        return self.rect(point.x, point.y - 9, point.x + point.width, point.y + 2.5)

    def _line(self, key: str) -> float:
        box = self.book.boxes.get(key)
        return min(self.styles[box.style].size, 12.0) if box else 10.0

    def _note(self, point: PointAt) -> Iterator[Link]:
        """From a mark to its note, and from the first line of the note back to its mark."""
        key, page, x, y = point.name, point.page, point.x, point.y
        note = self.first.get(key)
        if note is None:
            return
        box = self.book.boxes[key]
        number = self.plan.numbers.get(key, "")
        yield Link(page, self.rect(x - 1, y - 11, x + 8, y + 1), note.page,
                   self.y(note.top - _LIFT), says=f"{_NOTE[box.lang]} {number}".strip(),
                   box=point.box, portion=Portion(PortionKind.MARK, point.order))  # fmt: skip
        style = self.styles[box.style]
        left = note.x
        rect = self.rect(left, note.top, left + style.left * style.size, note.top + style.leading)
        yield Link(note.page, rect, page, self.y(y - 12 - _LIFT), says=_BACK[box.lang], box=key,
                   portion=Portion(PortionKind.LABEL))  # fmt: skip

    def _cite(self, point: PointAt) -> Iterator[Link]:
        entry = self.references.find(point.name)
        place = self.first.get(works.key_of(entry.key)) if entry else None
        if entry is None or place is None:
            return
        says = " ".join(filter(None, (entry.authors, entry.year, entry.number)))
        yield Link(point.page, self._span(point), place.page,
                   self.y(place.top - _LIFT), says=says or point.name, box=point.box,
                   portion=_of_span(point))  # fmt: skip

    def _ref(self, point: PointAt) -> Iterator[Link]:
        """From a reference to the table or figure, of its language or else of the other."""
        key = point.name
        named = key.rpartition("/")[0]
        place = next((self.first[one] for one in (key, *(f"{named}/{lang}" for lang in LANGS))
                      if one in self.first), None)  # fmt: skip
        if place is not None:
            yield Link(point.page, self._span(point), place.page, self.y(place.top - _LIFT),
                       says=self._page(place.page, point.box), box=point.box,
                       portion=_of_span(point))  # fmt: skip

    # --- outline ------------------------------------------------------------------------------

    def outline(self) -> tuple[OutlineItem, ...]:
        items: list[OutlineItem] = []
        for _, flows in groupby(self.book.flows, key=lambda flow: flow.division in _TEXT):
            rows = [row for flow in flows for row in flow.rows if row.id in self.book.titles]
            items += self._level(rows, 0, 0)[0]
        return tuple(items)

    def _level(self, rows: list[Row], at: int, level: int) -> tuple[tuple[OutlineItem, ...], int]:
        """Items of ``level`` and below from row ``at`` on; and the row after them."""
        items: list[OutlineItem] = []
        while at < len(rows) and _depth(rows[at]) >= level:
            row = rows[at]
            children, after = self._level(rows, at + 1, _depth(row) + 1)
            place = next((self.first[key] for key in row.keys if key in self.first), None)
            if place is not None:
                title = self._title(row)
                items.append(OutlineItem(title, place.page, self.y(place.top - _LIFT), children))
            at = after
        return tuple(items), at

    def _title(self, row: Row) -> str:
        texts = [plain(self.book.titles[row.id].get(lang, ())).strip() for lang in LANGS]
        return " · ".join(dict.fromkeys(text.replace("\n", " ") for text in texts if text))


def _of_span(point: PointAt) -> Portion:
    return Portion(PortionKind.SPAN, point.order)


def _depth(row: Row) -> int:
    """How deep a heading stands in the outline: a part holds those of level 1."""
    return 0 if row.part else row.level or 1


def _labels(plan: BookPlan) -> tuple[PageLabel, ...]:
    """Roman page labels of the front matter, arabic ones from the first arabic folio on."""
    start = next((page.index for page in plan.pages if page.number.isdecimal()), None)
    labels = [PageLabel(0, "roman")]
    if start is not None:
        first = int(plan.pages[start].number)
        labels = [PageLabel(start, "decimal", first), *(labels if start else [])]
    return tuple(sorted(labels, key=lambda one: one.start))
