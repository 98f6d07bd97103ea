"""Proof of the margins: every name beside the line in which it stands, and nothing else there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edition.diagnostics import Diagnostic, error
from edition.engine.readback import Pages, Word
from edition.layout.margins import GAP, STYLE, is_numbered, milestones, sections, width
from edition.layout.types import Book, BookPlan, Layout, MarginLabel, PagePlan, Typeset
from edition.model import LANGS, Lang
from edition.proof import expected

MARGIN = error("PRF021", "the margin does not say what it should, where it should")

_NEAR = 1.5  # points between a planned and a real place
_LATE = 3  # lines by which a name may follow its place where others stand before it


@dataclass(frozen=True, slots=True)
class _LineAt:
    lang: Lang
    page: int
    baseline: float
    number: int


def prove(
    book: Book, plan: BookPlan, typeset: Typeset, layout: Layout, pages: Pages
) -> Iterator[Diagnostic]:
    """Compares the words read back in the margins with the plan, and the plan with where TeX set
    the places that the margin names."""
    for page in plan.pages:
        words = pages[page.index] if page.index < len(pages) else ()
        for label in page.margin:
            yield from _label(page, label, words, layout)
    yield from _stones(book, plan, typeset, layout)
    yield from _lines_of_notes(book, plan, typeset, layout)


def beside(page: PagePlan, word: Word) -> bool:
    """Whether a word stands where the margin has a label."""
    return any(
        label.baseline - 12 < word.y < label.baseline + 3 and _outside(label, word)
        for label in page.margin
    )


def _outside(label: MarginLabel, word: Word) -> bool:
    """Whether a word is as far from the text as labels are: nearer stand marks that hang."""
    if label.left:
        return word.right < label.edge - GAP + _NEAR
    return word.left > label.edge + GAP - _NEAR


def _label(
    page: PagePlan, label: MarginLabel, words: Sequence[Word], layout: Layout
) -> Iterator[Diagnostic]:
    size = layout.styles[STYLE].size
    near = sorted(
        (word for word in words
         if label.baseline - size < word.y < label.baseline + 0.3 * size and _outside(label, word)),
        key=lambda word: word.left,
    )  # fmt: skip
    where = f"page {page.label or page.index + 1}"
    said = expected.folded("".join(word.text for word in near))
    if said != expected.folded(label.text):
        fact = f"beside the line stands “{said}” where “{label.text}” was to"
        yield Diagnostic(code=MARGIN, where=where, fact=fact)
        return
    end = near[-1].right if label.left else near[0].left
    aim = label.edge - GAP if label.left else label.edge + GAP
    paper = layout.geometry.paper_width
    wide = near[-1].right - near[0].left
    apart = wide > 1.25 * width(label.text, size) + _NEAR
    if abs(end - aim) > _NEAR or apart or near[0].left < 0 or near[-1].right > paper:
        fact = f"“{label.text}” ends {abs(end - label.edge):.1f} pt from the text"
        yield Diagnostic(code=MARGIN, where=where, fact=fact)


def _stones(book: Book, plan: BookPlan, typeset: Typeset, layout: Layout) -> Iterator[Diagnostic]:
    """Every milestone of the book is named once, on its page, beside its line or, where others
    stand there, a few lines below."""
    named: dict[str, list[tuple[int, MarginLabel]]] = {}
    for page in plan.pages:
        for label in page.margin:
            for key, order in label.stones:
                named.setdefault(f"{key}:{order}", []).append((page.index, label))
    points = {one.name: one for one in typeset.points if one.kind == "stone"}
    for key, box in book.boxes.items():
        leading = layout.styles[box.style].leading
        for order, stone in enumerate(milestones(box.inlines), start=1):
            places, point = named.get(f"{key}:{order}", []), points.get(f"{key}:{order}")
            good = (
                point is not None
                and len(places) == 1
                and places[0][0] == point.page
                and stone.name in places[0][1].text
                and -_NEAR <= places[0][1].baseline - point.y <= _LATE * leading
            )
            if not good:
                fact = f"“{stone.name}” does not stand beside its line"
                yield Diagnostic(
                    code=MARGIN, span=stone.span, fact=fact,
                    segment=box.segment.id if box.segment else "",
                )  # fmt: skip


def _lines_of_notes(
    book: Book, plan: BookPlan, typeset: Typeset, layout: Layout
) -> Iterator[Diagnostic]:
    """A note says the line that its mark is on, counted from where TeX set the lines."""
    counted = list(_counted(book, typeset, layout))
    marks = {one.name: one for one in typeset.points if one.kind == "mark"}
    for key, said in plan.lines.items():
        box, mark = book.boxes[key], marks.get(key)
        folio, _, line = said.rpartition(".")
        good = mark is not None and any(
            at.page == mark.page
            and at.lang == box.lang
            and abs(at.baseline - mark.y) < _NEAR
            and line == str(at.number)
            and folio in ("", plan.pages[at.page].label)
            for at in counted
        )
        if not good:
            fact = f"it says that it is on line {said}, which it is not"
            yield Diagnostic(code=MARGIN, span=box.span, where=box.note, fact=fact)


def _counted(book: Book, typeset: Typeset, layout: Layout) -> Iterator[_LineAt]:
    """The lines that have numbers, where they were set."""
    by_section = book.line_numbers.by == "section"
    section = sections(book)
    for lang in LANGS:
        last, number = -1, 0
        for at in sorted(typeset.slices, key=lambda one: (one.page, one.top)):
            box = book.boxes[at.slice.key]
            if box.lang != lang or not is_numbered(box, book.line_numbers):
                continue
            style = layout.styles[box.style]
            series = section.get(box.key, 0) if by_section else at.page
            number = number if series == last else 0
            last = series
            for line in range(at.slice.last - at.slice.first):
                number += 1
                yield _LineAt(lang, at.page, at.top + style.first + line * style.leading, number)
