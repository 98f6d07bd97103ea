"""The proof of the book: plan, positions and the proofs of its pages, checked against the edition.

Nothing here trusts the planner: what is checked is where TeX's lines were put, and what was read
back from the finished file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from itertools import pairwise

from edition.diagnostics import REGISTRY, Code, Diagnostic, error, warning
from edition.layout.shapes import is_table
from edition.layout.types import (
    Book,
    BookPlan,
    Box,
    BoxRole,
    Layout,
    Measures,
    Row,
    SliceAt,
    Typeset,
)
from edition.model import LANGS, Lang
from edition.proof import (
    blocks,
    captionproof,
    endproof,
    facts,
    following,
    indexproof,
    marginproof,
    page,
)
from edition.proof.types import (
    Counts,
    Figures,
    PageFinding,
    PageProof,
    Proof,
    ProofMatter,
    ReadSlice,
)

APART = error("PRF001", "the sides of a pair stand on different openings")
NOTE_AWAY = error("PRF002", "a note does not begin on the page of its mark")
NOTE_GAP = error("PRF003", "a note does not run on to the next page of its side")
LINES = error("PRF004", "lines were lost, repeated or set out of order")
SIDE = error("PRF005", "text on the wrong side of an opening")
NUMBER = error("PRF020", "the number of a note is not that of its other side, or stands twice")
PARTED = warning("PRF026", "the two languages of a note stand on different openings")
LONELY = warning("PRF006", "a single line of a paragraph at the head or foot of a page")
OVERLAP = error("PRF009", "text and notes overlap")
HEIGHT = error("PRF011", "a box is not as high as it was planned")
ORDER = error("PRF023", "a pair does not stand where it follows")
UNPROVED = error("PRF010", "the finished pages could not be read back")


def prove(matter: ProofMatter, pages: Sequence[PageProof] | None) -> Proof:
    """The proof of a book; ``pages``: the proofs of its pages, None where the finished file could
    not be read."""
    return half(matter)(pages)


def half(matter: ProofMatter) -> Callable[[Sequence[PageProof] | None], Proof]:
    """The proof of a book as a function of the proofs of its pages: what needs none of them is done
    at once, while the file is still written."""
    prover = _Prover(matter)
    return partial(prover.proof, tuple(prover.of_plan()))


@dataclass(slots=True)
class _Prover:
    matter: ProofMatter
    book: Book = field(init=False)
    plan: BookPlan = field(init=False)
    measures: Measures = field(init=False)
    typeset: Typeset = field(init=False)
    layout: Layout = field(init=False)
    places: Mapping[str, list[SliceAt]] = field(init=False)

    def __post_init__(self) -> None:
        matter = self.matter
        self.book, self.plan, self.measures = matter.book, matter.plan, matter.measures
        self.typeset, self.layout = matter.typeset, matter.layout
        places: dict[str, list[SliceAt]] = defaultdict(list)
        for one in self.typeset.slices:
            places[one.slice.key].append(one)
        self.places = places

    def _rows(self) -> list[Row]:
        """The rows of the text."""
        return [row for flow in self.book.flows if flow.division.text for row in flow.rows]

    def of_plan(self) -> Iterator[Diagnostic]:
        """What is wrong with where lines were put, whatever the finished pages say."""
        rows, notes = self._rows(), self._note_boxes()
        yield from (
            *self._pairs(rows), *self._notes(notes), *self._parted(notes), *self._lines(),
            *self._lonely(rows), *self._overlaps(), *self._numbers(notes), *self._blocks(rows),
            *marginproof.of_book(self.matter),
            *(self._report(indexproof.ELSEWHERE, box, fact)
              for box, fact in indexproof.of_book(self.book, self.places)),
            *(self._report(captionproof.NUMBER_OF_CAPTION, box, fact)
              for box, fact in captionproof.of_book(self.book, self.places)),
            *endproof.of_book(self.book, self.measures, self.places),
        )  # fmt: skip

    def _note_boxes(self) -> list[Box]:
        return [box for box in self.book.boxes.values() if box.role is BoxRole.NOTE]

    def proof(self, of_plan: Sequence[Diagnostic], pages: Sequence[PageProof] | None) -> Proof:
        matter, found = self.matter, list(of_plan)
        rows, notes = self._rows(), self._note_boxes()
        counts = Counts()
        if pages is None:
            found.append(Diagnostic(code=UNPROVED, fact="the text of the pages was not read back"))
        else:
            counts = reduce(Counts.plus, (one.counts for one in pages), counts)
            found += self._of_pages(pages)
            for box, places, parts in self._run_over(pages):
                own = facts.of_box(box, matter, heads=self._heads_again(box))
                counts = counts.plus(page.counts_of_box(own, parts))
                found += [self._told(one, places[at]) for at, one in page.of_box(own, parts)]
                found += [
                    self._told(one, places[at]) for at, one in indexproof.of_box(
                        box.key, [one.page for one in places], parts, self.book.index)
                ]  # fmt: skip
        grid = matter.layout.geometry.grid / 14.0
        step = 2 if matter.layout.geometry.facing else 1
        inner = [one for one in matter.plan.pages if one.body and one.label.isdecimal()]
        return Proof(
            pages=len(matter.plan.pages), pairs=len(rows), notes=len(notes),
            split_pairs=sum(self._is_split(row.keys) for row in rows),
            split_notes=sum(len(self.places.get(box.key, ())) > 1 for box in notes),
            white=tuple(one.white * grid for one in inner[::step]), found=tuple(found),
            figures=Figures.of(counts),
        )  # fmt: skip

    # --- what was read back -------------------------------------------------------------------

    def _of_pages(self, pages: Sequence[PageProof]) -> Iterator[Diagnostic]:
        if len(pages) != len(self.plan.pages):
            fact = f"the file has {len(pages)} pages where {len(self.plan.pages)} were set"
            yield Diagnostic(code=UNPROVED, fact=fact)
        by_page = facts.slices_by_page(self.matter)
        for index, proof in enumerate(pages):
            for finding in proof.findings:
                if finding.slice >= 0:
                    yield self._told(finding, by_page[index][finding.slice])
                else:
                    where = f"page {self._label(index)}"
                    yield Diagnostic(code=REGISTRY[finding.code], where=where, fact=finding.fact,
                                     hint=finding.hint)  # fmt: skip

    def _told(self, finding: PageFinding, place: SliceAt) -> Diagnostic:
        """A finding with the segment and the page that it belongs to."""
        where = f"page {self._label(place.page)}"
        where += f", line {finding.line}" if finding.line else ""
        return self._report(REGISTRY[finding.code], self.book.boxes[place.slice.key],
                            f"{where}: {finding.fact}", finding.hint)  # fmt: skip

    def _run_over(
        self, pages: Sequence[PageProof]
    ) -> Iterator[tuple[Box, list[SliceAt], list[ReadSlice]]]:
        """The boxes that stand on several pages, with their parts in the order of their lines."""
        held: dict[str, list[tuple[SliceAt, ReadSlice]]] = defaultdict(list)
        by_page = facts.slices_by_page(self.matter)
        for index, proof in enumerate(pages):
            for number, part in proof.parts:
                place = by_page[index][number]
                held[place.slice.key].append((place, part))
        for key, parts in held.items():
            parts.sort(key=lambda one: one[0].slice.first)
            places = [place for place, _ in parts]
            yield self.book.boxes[key], places, [part for _, part in parts]

    def _heads_again(self, box: Box) -> int:
        """How often the head of a table stands again."""
        return sum(one.slice.first > 0 for one in self.places[box.key])

    def _is_split(self, keys: tuple[str, ...]) -> bool:
        return any(len(self.places.get(key, ())) > 1 for key in keys)

    def _report(self, code: Code, box: Box, fact: str, hint: str = "") -> Diagnostic:
        segment = box.segment.id if box.segment else ""
        return Diagnostic(code=code, span=box.span if box.span and box.span.file.text else None,
                          segment=segment, fact=fact, hint=hint, where=box.key)  # fmt: skip

    def _label(self, page: int) -> str:
        planned = self.plan.pages[page].label if page < len(self.plan.pages) else ""
        return planned or f"({page + 1})"

    def opening(self, page: int) -> int:
        """Number of the opening of a page: a left-hand page opens with the one after it."""
        return (page + 1) // 2 if self.layout.geometry.facing else page

    # --- pairs --------------------------------------------------------------------------------

    def _pairs(self, rows: list[Row]) -> Iterator[Diagnostic]:
        if self.layout.geometry.stacked:
            for row, fact in following.out_of_order(rows, self.typeset.slices, self.book):
                yield self._report(ORDER, self.book.boxes[row.keys[0]], fact)
            return
        facing = self.layout.geometry.facing
        for row in rows:
            sides = {
                lang: {self.opening(one.page) for key in row.side(lang)
                       for one in self.places.get(key, ())}
                for lang in LANGS
            }  # fmt: skip
            box = self.book.boxes[row.keys[0]] if row.keys else None
            if box is None:
                continue
            alone = not row.zh or not row.en
            # a side of one line cannot be cut: it stands with the first part of the other
            apart = (
                not alone
                and sides["zh"] != sides["en"]
                and not (
                    min(sides["zh"], default=0) == min(sides["en"], default=0)
                    and min(self._lines_of(row, lang) for lang in LANGS) == 1
                )
            )
            if apart:
                pages = {
                    lang: ", ".join(
                        self._label(one.page)
                        for key in row.side(lang)
                        for one in self.places.get(key, ())
                    )
                    for lang in LANGS
                }
                fact = f"the Chinese is on page {pages['zh']}, the English on {pages['en']}"
                yield self._report(APART, box, fact)
            if facing and not row.full:
                yield from self._parity(row)

    def _lines_of(self, row: Row, lang: Lang) -> int:
        return sum(self.measures[key].lines for key in row.side(lang) if key in self.measures)

    def _parity(self, row: Row) -> Iterator[Diagnostic]:
        for lang in LANGS:
            for key in row.side(lang):
                for one in self.places.get(key, ()):
                    if (one.page % 2 == 1) != (lang == "zh"):
                        fact = f"page {self._label(one.page)} is not one of its language"
                        yield self._report(SIDE, self.book.boxes[key], fact)

    # --- notes --------------------------------------------------------------------------------

    def _notes(self, notes: list[Box]) -> Iterator[Diagnostic]:
        marks = {one.name: one.page for one in self.typeset.points if one.kind == "mark"}
        # a note on a footnote that runs on may begin where the footnote does
        parents = {mark.note: self.places[box.key][0].page for box in notes
                   for mark in (self.measures[box.key].marks if box.key in self.measures else ())
                   if self.places.get(box.key)}  # fmt: skip
        step = 2 if self.layout.geometry.facing else 1
        for box in notes:
            places = self.places.get(box.key, [])
            if box.key not in marks or not places:
                what = "its note was not printed" if box.key in marks else "its mark was not set"
                yield self._report(NOTE_AWAY, box, what)
                continue
            if box.at_end and places[0].page >= marks[box.key]:
                continue
            begun = range(parents.get(box.key, marks[box.key]), marks[box.key] + 1)
            if places[0].page not in begun and not self._late(box, marks[box.key]):
                yield self._report(
                    NOTE_AWAY, box, f"the mark is on page {self._label(marks[box.key])}, the note "
                    f"begins on page {self._label(places[0].page)}",
                    "shorten the notes of this page, or move one",
                )  # fmt: skip
            for one, two in pairwise(places):
                if two.page != one.page + step:
                    fact = f"it runs from page {self._label(one.page)} to {self._label(two.page)}"
                    yield self._report(NOTE_GAP, box, fact)

    def _late(self, box: Box, mark: int) -> bool:
        """Whether a note could not begin sooner: it begins on a later page of its side than its
        ``mark``, and those before it have no room for one more line."""
        step = 2 if self.layout.geometry.facing else 1
        begins = self.places[box.key][0].page
        return (
            begins > mark
            and (begins - mark) % step == 0
            and all(
                blocks.room(page, box.lang, self.typeset.slices, self.book, self.layout)
                < self.layout.styles[box.style].leading - 0.1
                for page in range(mark, begins, step)
            )
        )

    def _parted(self, notes: list[Box]) -> Iterator[Diagnostic]:
        """Notes whose marks stand on two openings: a reader has one language of them before him."""
        if self.layout.geometry.stacked:  # a mark in either language has its note below it
            return
        marks = {one.name: one.page for one in self.typeset.points if one.kind == "mark"}
        first: dict[str, Box] = {}
        for box in notes:
            if not box.note or box.at_end or box.key not in marks:
                continue
            other = first.setdefault(box.note, box)
            one, two = marks[other.key], marks[box.key]
            if self.opening(one) != self.opening(two):
                pages = f"page {self._label(one)}, in the other on page {self._label(two)}"
                yield self._report(PARTED, box, f"its mark is in one language on {pages}")

    def _numbers(self, notes: list[Box]) -> Iterator[Diagnostic]:
        """On one opening a note has one number, and no other note of its side has it."""
        marks = {one.name: one.page for one in self.typeset.points if one.kind == "mark"}
        seen: dict[tuple[object, ...], str] = {}
        ordinals: dict[tuple[str, int], int] = {}
        for box in notes:
            number = self.plan.ordinals.get(box.key)
            if number is None or box.key not in marks:
                continue
            page = marks[box.key]
            place = (page, self.book.layers.get(box.key), box.lang, number)
            if place in seen:
                yield self._report(NUMBER, box, f"{seen[place]} has the number {number} too")
            seen[place] = box.note
            other = ordinals.setdefault((box.note, self.opening(page)), number)
            if other != number and box.count == "opening":
                fact = f"on page {self._label(page)} it is {number}, on the other side {other}"
                yield self._report(NUMBER, box, fact)

    # --- lines --------------------------------------------------------------------------------

    def _lines(self) -> Iterator[Diagnostic]:
        """Every line of every box once, in order."""
        printed = {key for flow in self.book.flows for row in flow.rows for key in row.keys}
        for key, box in self.book.boxes.items():
            measure = self.measures.get(key)
            if measure is None or (box.role is not BoxRole.NOTE and key not in printed):
                continue
            at = 0
            for one in self.places.get(key, ()):
                if one.slice.first != at:
                    break
                at = one.slice.last
            else:
                if at == measure.lines:
                    continue
            yield self._report(LINES, box, f"of {measure.lines} lines, {at} were set in order")

    def _lonely(self, rows: list[Row]) -> Iterator[Diagnostic]:
        for row in rows:
            for key in row.keys:
                places = self.places.get(key, [])
                if len(places) < 2 or is_table(self.book.boxes[key]):
                    continue
                for one in places:
                    if one.slice.last - one.slice.first == 1:
                        fact = f"on page {self._label(one.page)}"
                        yield self._report(LONELY, self.book.boxes[key], fact)

    def _blocks(self, rows: list[Row]) -> Iterator[Diagnostic]:
        for key, planned, high in blocks.heights(
            self.places, self.book, self.measures, self.layout
        ):
            fact = f"it is {high:.1f} points high, and {planned:.1f} were planned"
            yield self._report(HEIGHT, self.book.boxes[key], fact)
        if self.layout.geometry.stacked:  # tables of two languages stand one after the other
            return
        for key, number in blocks.rows_apart(
            rows, self.places, self.book, self.measures, self.opening
        ):
            fact = f"row {number} of the table faces another row than its own"
            yield self._report(APART, self.book.boxes[key], fact)

    def _overlaps(self) -> Iterator[Diagnostic]:
        by_page: dict[int, list[SliceAt]] = defaultdict(list)
        for one in self.typeset.slices:
            by_page[one.page].append(one)
        for slices in by_page.values():
            slices.sort(key=lambda one: one.top)
            for index, one in enumerate(slices):
                width = self.book.boxes[one.slice.key].width
                for two in slices[index + 1 :]:
                    if two.top >= one.bottom - 0.1:
                        break
                    other = self.book.boxes[two.slice.key].width
                    if two.x < one.x + width - 0.1 and one.x < two.x + other - 0.1:
                        fact = f"it overlaps {two.slice.key} on page {self._label(one.page)}"
                        yield self._report(OVERLAP, self.book.boxes[one.slice.key], fact)
