"""The plan of the whole book: pages of every division, folios, running heads, numbers of notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from edition import numerals
from edition.diagnostics import Diagnostic, Outcome, warning
from edition.layout import listing, matter, planner, works
from edition.layout.breaks import Space, row_gaps
from edition.layout.margins import places_of_notes, with_margins
from edition.layout.numbering import Series
from edition.layout.openings import Filled, Queue, fill
from edition.layout.shapes import Shape, shapes
from edition.layout.toohigh import too_high
from edition.layout.types import (
    Book,
    BookPlan,
    Division,
    Flow,
    Geometry,
    Layout,
    Measures,
    PagePlan,
    Placed,
    Slice,
)
from edition.model import LANGS, Inlines, Lang

LATE = warning("LAY013", "a note begins after the page of its mark")

Titles = Mapping[Lang, Inlines]


def plan(book: Book, measures: Measures, layout: Layout) -> Outcome[BookPlan]:
    """Which lines stand on which page. Always a plan; an error for what no page holds, a warning
    where a note begins after the page of its mark."""
    planning = _Planning(book, measures, layout)
    pages, numbered = with_margins(planning.pages(), book, measures, layout)
    first: dict[str, int] = {}
    for page in pages:
        for one in (*(placed.slice for placed in page.body), *page.notes):
            first.setdefault(one.key, page.index)
    found = (*planning.found, *_late(pages, first, book, measures))
    return Outcome(
        BookPlan(
            pages=tuple(pages), numbers=_printed(planning.ordinals, book), first_page=first,
            ordinals=planning.ordinals,
            places=places_of_notes(pages, book, measures, numbered),
        ),
        found,
    )  # fmt: skip


def _late(
    pages: Sequence[PagePlan], first: Mapping[str, int], book: Book, measures: Measures
) -> Iterator[Diagnostic]:
    """A warning for each note that begins after the page of its mark."""
    for page in pages:
        for placed in page.body:
            one = placed.slice
            for mark in measures[one.key].marks if one.key in measures else ():
                begins = first.get(mark.note, page.index)
                if not one.first < mark.line <= one.last or begins <= page.index:
                    continue
                if book.boxes[mark.note].at_end:
                    continue
                yield Diagnostic(
                    code=LATE, span=book.boxes[mark.note].span, where=mark.note,
                    fact=f"its mark is on page {page.label}, which other notes fill: it begins "
                    f"on page {pages[begins].label}",
                    hint="shorten the notes of this place, or move one",
                )  # fmt: skip


def space_of(layout: Layout) -> Space:
    """What a page of the layout holds, in grid units."""
    geometry, grid = layout.geometry, layout.geometry.grid
    return Space(
        height=geometry.lines, gap=round(geometry.note_gap / grid),
        zh_note=round(layout.styles["note-zh"].leading / grid),
        en_note=round(layout.styles["note-en"].leading / grid),
        joint=not geometry.facing, row_gap=geometry.row_gap, stacked=geometry.stacked,
    )  # fmt: skip


@dataclass(slots=True)
class _Planning:
    book: Book
    measures: Measures
    layout: Layout
    done: list[PagePlan] = field(default_factory=list)
    body_start: int = 0  # pages before page 1 of the text
    last: Division | None = None  # that was planned
    roman: bool = True
    ordinals: dict[str, int] = field(default_factory=dict)  # numbers of notes, by key
    found: list[Diagnostic] = field(default_factory=list)

    @property
    def geometry(self) -> Geometry:
        return self.layout.geometry

    def pages(self) -> list[PagePlan]:
        for flow in self._settled(self.book.flows):
            if self.roman and not flow.front:
                self._begin_text(flow)
            self._to_own_side(flow)
            if flow.division is Division.TITLE:
                self._title_page(flow)
            elif flow.division.display and self._fits_a_page(flow):
                self._display_page(flow)
            elif flow.division is Division.REFERENCES:
                self._works(flow)
            elif flow.listed:
                self._list_pages(flow)
            else:
                self._openings(flow)
            self.last = flow.division
        return self.done

    def _settled(self, flows: Sequence[Flow]) -> Iterator[Flow]:
        """The flows: a list below the contents that would have an opening of its own stands at the
        head of what follows, where that is no text either and has room."""
        left = list(flows)
        while left:
            flow = left.pop(0)
            at = next((number for number, row in enumerate(flow.rows) if number
                       and row.level == 1), 0)  # fmt: skip
            after = left[0] if left else flow
            if flow.division is Division.CONTENTS and at and after.division in matter.PRELIMINARY:
                alone = replace(flow, rows=flow.rows[:at])
                more = replace(after, rows=(*flow.rows[at:], *after.rows))
                apart = self._count(flow) + self._count(after)
                if after.front == flow.front and self._count(alone) + self._count(more) < apart:
                    flow, left[0] = alone, more
            yield flow

    def _count(self, flow: Flow) -> int:
        """How many openings a flow takes."""
        made = shapes(flow.rows, self.book, self.measures, self.layout)
        return len(planner.plan(made, space_of(self.layout)))

    # --- folios -------------------------------------------------------------------------------

    def _begin_text(self, flow: Flow) -> None:
        """Arabic folios from here: the text begins on a left-hand page where pages face each
        other (page 2), else, and with the title of a part, on a right-hand one (page 1)."""
        verso = self.geometry.facing and not flow.division.display
        self._to_side(verso=verso)
        self.body_start = len(self.done) - (2 if verso else 1)
        self.roman = False

    def _to_own_side(self, flow: Flow) -> None:
        """A blank page where a division would begin on the wrong side: titles, dedications and
        parts on a right-hand page, the imprint behind the title; on pages that do not face each
        other the contents too, but where they fill the back of the title page."""
        match flow.division:
            case Division.HALF_TITLE | Division.TITLE | Division.DISPLAY | Division.PART:
                self._to_side(verso=False)
            case Division.SERIES:
                self._to_side(verso=True)
            case Division.IMPRINT if flow.front:
                self._to_side(verso=True)
            case Division.CONTENTS if not self.geometry.facing and self.last is not Division.TITLE:
                self._to_side(verso=False)
            case Division.FRONT | Division.BODY if not self.geometry.facing:
                self._to_side(verso=False)
            case _:
                pass

    def _to_side(self, *, verso: bool) -> None:
        """A blank page where the next one would be on the wrong side."""
        if (len(self.done) % 2 == 1) != verso:
            self._page(side="none")

    def _label(self) -> str:
        index = len(self.done)
        if self.roman:
            return numerals.roman(index + 1)
        return str(index - self.body_start)

    def _page(
        self, *, side: str, body: Sequence[Placed] = (), notes: Sequence[Slice] = (),
        left: Inlines = (), right: Inlines = (), white: float = 0.0,
        folio: bool = True,
    ) -> None:  # fmt: skip
        blank = side == "none" or not folio
        self.done.append(
            PagePlan(
                index=len(self.done), label="" if blank else self._label(),
                counted=self._label() if blank else "", side=side,
                body=tuple(body), notes=tuple(notes), head_left=left, head_right=right,
                white=white,
            )
        )  # fmt: skip

    # --- display pages, the list of references ---------------------------------------------------

    def _title_page(self, flow: Flow) -> None:
        """Title and people hang from a third of the page; what is last stands on its foot. What a
        small page does not hold stands on the next."""
        made = shapes(flow.rows, self.book, self.measures, self.layout)
        self.found += too_high(made, self.book, space_of(self.layout))
        first = high = 0
        for at, shape in enumerate(made):
            if at > first and high + shape.height > self.geometry.lines:
                self._title_part(made[first:at], foot=False)
                first, high = at, 0
            high += shape.height
        foot = len(made) > 1 and flow.rows[-1].id == "title/4"
        self._title_part(made[first:], foot=foot)

    def _title_part(self, made: Sequence[Shape], *, foot: bool) -> None:
        """One page of the title, the last of ``made`` on its ``foot``."""
        parts: list[tuple[float, int, Slice]] = []  # space above, height, lines
        for shape in made:
            for line, (key, first) in enumerate(shape.zh.where):
                if first == 0:
                    end = line + shape.zh.lines_of[key]
                    style = self.layout.styles[self.book.boxes[key].style]
                    above = float(style.above if line else shape.above)
                    parts.append((above if parts else 0.0, shape.zh.height(line, end),
                                  Slice(key, 0, shape.zh.lines_of[key])))  # fmt: skip
        free = self.geometry.lines - sum(height for _, height, _ in parts)
        gaps = sum(above for above, _, _ in parts)
        y = min(self.geometry.lines / 5, max(0.0, free - gaps))
        shrink = min(1.0, max(0.0, free / gaps)) if gaps else 1.0  # on a small page
        last = made[-1].row.keys
        low = sum(above + height for above, height, slice_ in parts if slice_.key in last)
        body: list[Placed] = []
        for above, height, slice_ in parts:
            if foot and slice_.key == last[0]:
                y = max(y, self.geometry.lines - low)
            y += above * shrink
            body.append(Placed(slice_, "full", y))
            y += height
        self._page(side="both", body=body, folio=False)

    def _heights(self, flow: Flow) -> list[tuple[float, int, Slice]]:
        """Space above, height and lines of each box of a display page, in its order."""
        made = shapes(flow.rows, self.book, self.measures, self.layout)
        parts: list[tuple[float, int, Slice]] = []
        below = 0
        for shape in made:
            for line, (key, first) in enumerate(shape.zh.where):
                if first == 0:
                    end = line + shape.zh.lines_of[key]
                    style = self.layout.styles[self.book.boxes[key].style]
                    above = float(max(style.above, below)) if parts else 0.0
                    below = style.below
                    parts.append((above, shape.zh.height(line, end),
                                  Slice(key, 0, shape.zh.lines_of[key])))  # fmt: skip
        return parts

    def _fits_a_page(self, flow: Flow) -> bool:
        return sum(above + high for above, high, _ in self._heights(flow)) <= self.geometry.lines

    def _display_page(self, flow: Flow) -> None:
        """A page without head and folio: the imprint stands on its foot, all else a third of the
        page from its head, or as high as it must."""
        parts = self._heights(flow)
        free = self.geometry.lines - sum(above + height for above, height, _ in parts)
        low = flow.division in (Division.IMPRINT, Division.SERIES)
        y = free if low else min(self.geometry.lines / 4, free)
        body: list[Placed] = []
        for above, height, slice_ in parts:
            y += above
            body.append(Placed(slice_, "full", y))
            y += height
        self._page(side="both", body=body, folio=False)

    def _works(self, flow: Flow) -> None:
        """The list of references, across each page."""
        head = self.book.heads.get(flow.rows[0].id, {})
        for number, body in enumerate(works.pages(flow, self.book, self.measures, self.layout)):
            left, right = self._heads(head) if number else ((), ())
            self._page(side="both", body=body, left=left, right=right)

    def _list_pages(self, flow: Flow) -> None:
        """A heading, and below it a list in columns."""
        if self.geometry.facing:
            self._to_side(verso=True)
        head = replace(flow, rows=flow.rows[:1])
        made = shapes(head.rows, self.book, self.measures, self.layout)
        opening = planner.plan(made, space_of(self.layout))[0]
        queues: dict[Lang, Queue] = {"zh": Queue(), "en": Queue()}
        filled = fill(opening, made, [0], queues, 0, {})
        start = made[0].height + made[0].below
        titles = self._title_of(made, [0])
        for number, body in enumerate(
            listing.pages(flow, self.book, self.measures, self.layout, start)
        ):
            if not number:
                body = {lang: (*filled.body[lang], *body[lang]) for lang in LANGS}
            page = replace(filled, body=body, white=0)
            self._opening(page, titles if number else {})

    # --- openings -----------------------------------------------------------------------------

    def _openings(self, flow: Flow) -> None:
        if self.geometry.facing:
            self._to_side(verso=True)
        made = shapes(flow.rows, self.book, self.measures, self.layout)
        space = space_of(self.layout)
        self.found += too_high(made, self.book, space)
        openings = planner.plan(made, space)
        gaps = row_gaps(made, space)
        queues: dict[Lang, Queue] = {"zh": Queue(), "en": Queue()}
        titles: Titles = {}
        for number, opening in enumerate(openings):
            last = number == len(openings) - 1
            airy = flow.division is Division.CONTENTS  # its lines stand apart where there is room
            stretch = 0 if last and not airy else self.geometry.stretch
            filled = fill(opening, made, gaps, queues, stretch, self._taken(queues),
                          level=flow.division not in matter.PRELIMINARY)  # fmt: skip
            self.ordinals.update(filled.numbers)
            opens = filled.at_head in filled.rows and made[filled.at_head].row.level == 1
            if opens or not titles:
                titles = {**titles, **self._title_of(made, filled.rows)}
            if last:  # the end of a division is blank for a reason
                filled = replace(filled, white=0)
            self._opening(filled, {} if opens or _headless(flow) else titles)
            titles = {**titles, **self._title_of(made, reversed(filled.rows))}

    def _taken(self, queues: Mapping[Lang, Queue]) -> dict[Series, int]:
        """The highest numbers of notes that could not begin on the opening of their mark."""
        found: dict[Series, int] = {}
        for queue in queues.values():
            for key in queue.unbegun():
                series = self.book.boxes[key].lang, self.book.layers.get(key, 0)
                found[series] = max(found.get(series, 0), self.ordinals.get(key, 0))
        return found

    def _title_of(self, made: Sequence[Shape], rows: Iterable[int]) -> Titles:
        """What the first heading of the first level among ``rows`` says in the languages that
        have it."""
        for row in rows:
            if made[row].row.level == 1:
                said = self.book.heads.get(made[row].row.id, {})
                return {lang: words for lang, words in said.items() if words}
        return {}

    def _heads(self, titles: Titles) -> tuple[Inlines, Inlines]:
        """Running heads of the next page: facing pages have one each, at the inner side of
        their folio."""
        zh, en = titles.get("zh", ()), titles.get("en", ())
        if not self.geometry.facing:
            return zh, en
        return (zh, ()) if len(self.done) % 2 else ((), en)

    def _opening(self, filled: Filled, titles: Titles) -> None:
        white = float(filled.white)
        if not self.geometry.facing:
            left, right = self._heads(titles)
            self._page(
                side="both", body=(*filled.body["zh"], *filled.body["en"]),
                notes=(*filled.notes["zh"], *filled.notes["en"]), left=left, right=right,
                white=white,
            )  # fmt: skip
            return
        for lang in LANGS:
            left, right = self._heads(titles)
            self._page(
                side=lang, body=filled.body[lang], notes=filled.notes[lang], left=left,
                right=right, white=white,
            )  # fmt: skip


def _headless(flow: Flow) -> bool:
    """Whether the pages of a division have no running heads: what the book says itself before the
    text, and display pages."""
    return flow.division.display or (flow.front and flow.division is not Division.FRONT)


def _printed(ordinals: Mapping[str, int], book: Book) -> dict[str, str]:
    """Every note's number as it prints."""
    found = dict(book.labels)
    for key, number in ordinals.items():
        box = book.boxes[key]
        found[key] = numerals.form(box.numbering or "circled", box.lang).sign(number)
    return found
