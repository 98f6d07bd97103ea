"""Proof of placement: plan, positions and text of the finished PDF, checked against the edition.

Nothing here trusts the planner: what is checked was written by TeX as it shipped the pages, or
read back from them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from edition.diagnostics import Code, Diagnostic, Severity, error, warning
from edition.engine.readback import Pages
from edition.layout import heads
from edition.layout.placement import head_top
from edition.layout.shapes import is_table
from edition.layout.types import (
    Book,
    BookPlan,
    Box,
    BoxRole,
    Division,
    Layout,
    Measures,
    Row,
    SliceAt,
    Typeset,
)
from edition.model import LANGS, Lang, plain
from edition.proof import blocks, expected, lineproof, marginproof
from edition.proof.lines import Figures, PrintedLine, figures
from edition.proof.pagetext import HANGING, MARGIN, PageText, inked

APART = error("PRF001", "the sides of a pair stand on different openings")
NOTE_AWAY = error("PRF002", "a note does not begin on the page of its mark")
NOTE_GAP = error("PRF003", "a note does not run on to the next page of its side")
LINES = error("PRF004", "lines were lost, repeated or set out of order")
SIDE = error("PRF005", "text on the wrong side of an opening")
NUMBER = error("PRF020", "the number of a note is not that of its other side, or stands twice")
LONELY = warning("PRF006", "a single line of a paragraph at the head or foot of a page")
OUTSIDE = error("PRF007", "text outside the text block")
TEXT = error("PRF008", "the page does not say what the source says")
OVERLAP = error("PRF009", "text and notes overlap")
HEIGHT = error("PRF011", "a box is not as high as it was planned")
UNPROVED = error("PRF010", "the finished pages could not be read back")


@dataclass(frozen=True, slots=True)
class Proof:
    """What was checked and what was found. ``white``: blank lines of each opening."""

    pages: int
    pairs: int
    notes: int
    split_pairs: int
    split_notes: int
    white: tuple[float, ...]
    found: tuple[Diagnostic, ...] = ()
    figures: Figures = field(default_factory=Figures)

    @property
    def violations(self) -> tuple[Diagnostic, ...]:
        return tuple(one for one in self.found if one.level is Severity.ERROR)

    def line(self) -> str:
        """The proof in one line."""
        mean = sum(self.white) / len(self.white) if self.white else 0.0
        return (
            f"proof: {self.pages} pages, {self.pairs} pairs ({self.split_pairs} run over), "
            f"{self.notes} notes ({self.split_notes} run over), "
            f"{len(self.violations)} violations; blank lines an opening: "
            f"mean {mean:.1f}, most {max(self.white, default=0.0):.1f}"
        )

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready; keys stable."""
        return {
            "pages": self.pages,
            "pairs": self.pairs,
            "notes": self.notes,
            "split_pairs": self.split_pairs,
            "split_notes": self.split_notes,
            "blank_lines": {
                "mean": round(sum(self.white) / len(self.white), 2) if self.white else 0.0,
                "max": round(max(self.white, default=0.0), 2),
            },
            "lines": self.figures.as_dict(),
            "violations": [
                {"code": one.code.id, "place": one.place, "message": one.fact}
                for one in self.violations
            ],
            "remarks": [
                {"code": one.code.id, "place": one.place, "message": one.fact}
                for one in self.found if one.level is not Severity.ERROR
            ],
        }  # fmt: skip


def prove(
    book: Book,
    plan: BookPlan,
    measures: Measures,
    typeset: Typeset,
    layout: Layout,
    pages: Pages | None,
    pictures: Mapping[str, str] | None = None,
    lines: Sequence[PrintedLine] = (),
) -> Proof:
    """Check every placement; ``pages``: the words of the finished PDF, None if unread;
    ``pictures``: what pictures say by themselves, by their path in the workspace; ``lines``: the
    lines of the finished PDF."""
    return _Prover(book, plan, measures, typeset, layout, pictures or {}).proof(pages, lines)


@dataclass(slots=True)
class _Prover:
    book: Book
    plan: BookPlan
    measures: Measures
    typeset: Typeset
    layout: Layout
    pictures: Mapping[str, str]
    places: Mapping[str, list[SliceAt]] = field(init=False)

    def __post_init__(self) -> None:
        places: dict[str, list[SliceAt]] = defaultdict(list)
        for one in self.typeset.slices:
            places[one.slice.key].append(one)
        self.places = places

    def proof(self, pages: Pages | None, lines: Sequence[PrintedLine]) -> Proof:
        rows = [row for flow in self.book.flows if flow.division is Division.BODY
                for row in flow.rows]  # fmt: skip
        notes = [box for box in self.book.boxes.values() if box.role is BoxRole.NOTE]
        found = [
            *self._pairs(rows), *self._notes(notes), *self._lines(), *self._lonely(rows),
            *self._overlaps(), *self._numbers(notes), *self._blocks(rows),
            *lineproof.check(lines, self.book, self.plan, self._label),
        ]  # fmt: skip
        if pages is None:
            found.append(Diagnostic(code=UNPROVED, fact="the text of the pages was not read back"))
        else:
            found += [*self._outside(pages), *self._texts(pages), *self._heads(pages)]
            found += marginproof.prove(self.book, self.plan, self.typeset, self.layout, pages)
        grid = self.layout.geometry.grid / 14.0
        step = 2 if self.layout.geometry.facing else 1
        inner = [page for page in self.plan.pages if page.body and page.label.isdecimal()]
        return Proof(
            pages=len(self.plan.pages), pairs=len(rows), notes=len(notes),
            split_pairs=sum(self._is_split(row.keys) for row in rows),
            split_notes=sum(len(self.places.get(box.key, ())) > 1 for box in notes),
            white=tuple(page.white * grid for page in inner[::step]), found=tuple(found),
            figures=figures(lines, self._written),
        )  # fmt: skip

    def _written(self, key: str) -> str:
        return expected.written(self.book.boxes[key], self.book, self.plan)

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

    # --- what the pages say -------------------------------------------------------------------

    def _outside(self, pages: Pages) -> Iterator[Diagnostic]:
        """Words that stick out of the text block, running head and folio included."""
        geometry = self.layout.geometry
        top = geometry.top - 4 * geometry.grid - 3 * self.layout.styles["head"].leading
        bottom = geometry.top + (geometry.lines + 3) * geometry.grid + 14
        for index, page in enumerate(pages):
            left = geometry.inner
            if index % 2:
                left = geometry.paper_width - geometry.inner - geometry.text_width
            right = left + geometry.text_width
            for word in page:
                if index < len(self.plan.pages) and marginproof.beside(
                    self.plan.pages[index], word
                ):
                    continue
                start, end = inked(word)
                reach = max(MARGIN, HANGING * (word.bottom - word.top))
                if (start < left - reach or end > right + reach or word.top < top
                        or word.bottom > bottom):  # fmt: skip
                    fact = f"“{word.text}” stands outside the text block"
                    yield Diagnostic(code=OUTSIDE, where=f"page {self._label(index)}", fact=fact)

    def _texts(self, pages: Pages) -> Iterator[Diagnostic]:
        got = PageText(self.book, self.layout).read(pages, self.typeset.slices)
        for key, places in self.places.items():
            box = self.book.boxes[key]
            if box.pdf or not places:
                continue
            heads = sum(one.slice.first > 0 for one in places)
            want = expected.of_box(box, self.book, self.plan, heads)
            have = expected.folded(got.get(key, ""))
            if box.target:
                want, have = expected.without_leaders(want), expected.without_leaders(have)
            if have == want or self._alike(box, want, have):
                continue
            picture = self.pictures.get(box.segment.figure, "") if box.segment else ""
            if picture and expected.of_picture(want, have, expected.folded(picture)):
                continue
            page = self._label(places[0].page)
            yield self._report(TEXT, box, f"page {page}: {_difference(want, have)}")

    def _heads(self, pages: Pages) -> Iterator[Diagnostic]:
        """Running heads and folios: what stands above the text, from the left."""
        top = head_top(self.layout)
        bottom = top + self.layout.styles[heads.STYLE].leading
        for page in self.plan.pages:
            words = pages[page.index] if page.index < len(pages) else ()
            line = sorted((word for word in words if top <= word.y < bottom),
                          key=lambda word: word.left)  # fmt: skip
            have = expected.folded("".join(word.text for word in line))
            parts = [plain(page.head_left), plain(page.head_right)]
            parts.insert(0 if page.index % 2 else 2, page.label)
            want = expected.folded("".join(parts))
            if have != want:
                fact = f"the running head: {_difference(want, have)}"
                yield Diagnostic(code=TEXT, where=f"page {self._label(page.index)}", fact=fact)

    @staticmethod
    def _alike(box: Box, want: str, have: str) -> bool:
        """The same characters, of which those that can be told apart by place are in order:
        compressed punctuation overlaps, and tables read by columns."""
        if Counter(have) != Counter(want):
            return False
        return not expected.in_order(box) or expected.letters(have) == expected.letters(want)


def _difference(want: str, have: str) -> str:
    """Where two texts begin to differ, in words."""
    at = next((n for n, (one, two) in enumerate(zip(want, have, strict=False)) if one != two),
              min(len(want), len(have)))  # fmt: skip
    start = max(0, at - 8)
    return f"“…{have[start : at + 16]}…” where “…{want[start : at + 16]}…” was to stand"
