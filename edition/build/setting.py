"""From a book to its lines and the plan of its pages: measure, plan, and again until lists of pages
find their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from edition.config import Config
from edition.diagnostics import Outcome, Severity, worst
from edition.engine import fontfiles, xdv
from edition.engine.cache import Cache
from edition.engine.measure import SetBook
from edition.latex.faces import Face
from edition.layout import indexing
from edition.layout.plan import plan
from edition.layout.types import Book, BookPlan, Layout

_ROUNDS = 4  # in which lists of pages find their own

SetLines = Callable[[Book], Outcome[SetBook | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBook:
    """A book, its lines, and where they are to stand."""

    book: Book
    plan: BookPlan
    lines: SetBook


def planned_book(
    book: Book, layout: Layout, config: Config, cache: Cache, *, set_lines: SetLines,
    progress: Callable[[str], None],
) -> Outcome[PlannedBook | None]:  # fmt: skip
    """Lines and plan of ``book``; with an index, of the book that tells the pages of this plan. The
    value is None where a box could not be set or no plan came of it."""
    progress("measure")
    measured = set_lines(book)
    found = list(measured.diagnostics)
    if measured.value is None or worst(found) is Severity.ERROR:
        return Outcome(None, tuple(found))
    progress("plan")
    planned = plan(book, measured.value.measures, layout)
    lines = measured.value
    found += book.index.found if book.index else ()
    for _ in range(_ROUNDS if book.index is not None else 0):
        # the pages that it names are known from the plan; what they take may move what stands
        # behind them
        paged = _with_index(book, planned.value, lines, layout, config, cache)
        settled = paged.boxes == book.boxes
        book = paged
        if settled:
            break
        again = set_lines(book)
        if again.value is None or worst(again.diagnostics) is Severity.ERROR:
            return Outcome(None, (*found, *again.diagnostics))
        lines = again.value
        planned = plan(book, lines.measures, layout)
        if not indexing.moves(book):
            break
    found += planned.diagnostics
    if worst(planned.diagnostics) is Severity.ERROR:
        return Outcome(None, tuple(found))
    return Outcome(PlannedBook(book=book, plan=planned.value, lines=lines), tuple(found))


def _with_index(
    book: Book, planned: BookPlan, made: SetBook, layout: Layout, config: Config,
    cache: Cache,
) -> Book:  # fmt: skip
    """The book with the pages of its index."""
    assert book.index is not None
    wanted = {one.box for one in book.index.occurrences}
    holding = {key: galley for key, galley in made.galleys.items() if key in wanted}
    names = {name for galley in holding.values() for name in galley.fonts}
    joined = {name: _ligatures(made.store.fonts[name], cache) for name in names}
    letters = {key: [xdv.letters(line, joined) for line in galley.lines]
               for key, galley in holding.items()}  # fmt: skip
    return indexing.with_pages(book, planned, made.measures, letters, layout, config.script)


def _ligatures(font: bytes, cache: Cache) -> Mapping[int, int]:
    """The letters that each ligature of a font stands for, by its number."""
    file = xdv.font_file(font)
    if file is None:
        return {}
    spaces = fontfiles.glyphs_of(Face(*file), " ", cache).values()
    return {**fontfiles.ligatures(Face(*file), cache), **dict.fromkeys(spaces, 0)}
