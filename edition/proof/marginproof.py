"""Proof of the margins: every name beside the line in which it stands, and nothing else there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edition.diagnostics import Diagnostic, error
from edition.engine.readback import Word
from edition.layout.margins import GAP, is_numbered, milestones, sections
from edition.layout.types import Book, BookPlan, Layout, MarginLabel, Typeset
from edition.model import LANGS, Lang
from edition.proof import expected
from edition.proof.types import MarginFacts, ProofMatter

MARGIN = error("PRF021", "the margin does not say what it should, where it should")

_NEAR = 1.5  # points between a planned and a real place
_LATE = 3  # lines by which a name may follow its place where others stand before it


@dataclass(frozen=True, slots=True)
class _LineAt:
    lang: Lang
    page: int
    baseline: float
    number: int


def of_book(matter: ProofMatter) -> Iterator[Diagnostic]:
    """Compares the plan with where TeX set the places that the margin names."""
    yield from _stones(matter.book, matter.plan, matter.typeset, matter.layout)
    yield from _places_of_notes(matter.book, matter.plan, matter.typeset, matter.layout)


def of_page(labels: Sequence[MarginFacts], words: Sequence[Word], paper: float) -> Iterator[str]:
    """What is wrong with the margin of a page by the words read back there; ``paper``: its width
    in points."""
    for label in labels:
        fact = _label(label, words, paper)
        if fact:
            yield fact


def beside(labels: Sequence[MarginFacts], word: Word) -> bool:
    """Whether a word stands where the margin has a label."""
    return any(
        label.baseline - 12 < word.y < label.baseline + 3 and _outside(label, word)
        for label in labels
    )


def _outside(label: MarginFacts, word: Word) -> bool:
    """Whether a word is as far from the text as labels are: nearer stand marks that hang."""
    if label.left:
        return word.right < label.edge - GAP + _NEAR
    return word.left > label.edge + GAP - _NEAR


def _label(label: MarginFacts, words: Sequence[Word], paper: float) -> str:
    size = label.size
    near = sorted(
        (word for word in words
         if label.baseline - size < word.y < label.baseline + 0.3 * size and _outside(label, word)),
        key=lambda word: word.left,
    )  # fmt: skip
    said = expected.folded("".join(word.text for word in near))
    if said != expected.folded(label.text):
        return f"beside the line stands “{said}” where “{label.text}” was to"
    if not near:
        return ""
    end = near[-1].right if label.left else near[0].left
    aim = label.edge - GAP if label.left else label.edge + GAP
    apart = near[-1].right - near[0].left > 1.25 * label.width + _NEAR
    if abs(end - aim) > _NEAR or apart or near[0].left < 0 or near[-1].right > paper:
        return f"“{label.text}” ends {abs(end - label.edge):.1f} pt from the text"
    return ""


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


def _places_of_notes(
    book: Book, plan: BookPlan, typeset: Typeset, layout: Layout
) -> Iterator[Diagnostic]:
    """A note says the page and the line that its mark is on, the line counted from where TeX set
    the lines."""
    counted = list(_counted(book, typeset, layout))
    marks = {one.name: one for one in typeset.points if one.kind == "mark"}
    for key, said in plan.places.items():
        box, mark = book.boxes[key], marks.get(key)
        good = mark is not None and said.page in ("", plan.pages[mark.page].label)
        if good and mark and said.line:
            good = any(
                at.page == mark.page
                and at.lang == box.lang
                and abs(at.baseline - mark.y) < _NEAR
                and at.number == said.line
                for at in counted
            )
        if not good:
            where = "on line" if said.line else "at"
            fact = f"it says that it is {where} {said.text}, which it is not"
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
            if box.key not in section:  # before and after the text
                continue
            style = layout.styles[box.style]
            series = section[box.key] if by_section else at.page
            number = number if series == last else 0
            last = series
            for line in range(at.slice.last - at.slice.first):
                number += 1
                yield _LineAt(lang, at.page, at.top + style.first + line * style.leading, number)
