"""The stages from an edition to its pages: fit, assemble, measure, plan, make up, finish, prove.

Their order and nothing else: each is a function of its own elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from edition.build.proving import Expectation, expectation, prove, words_of_pictures
from edition.build.setting import PlannedBook, planned_book
from edition.config import Config
from edition.diagnostics import Outcome
from edition.engine import fonts
from edition.engine.cache import Cache
from edition.engine.makeup import make_up
from edition.engine.measure import set_boxes
from edition.engine.typeset import typeset
from edition.latex.described import described_book, needed
from edition.layout import reading_order, rubies
from edition.layout.assemble import assemble
from edition.layout.fit import fit
from edition.layout.types import Book, BookPlan, Layout, Measures, Typeset
from edition.model import Edition, References
from edition.press import kept, profiles, screen
from edition.press.links import metadata, navigation
from edition.press.tags import Tagging
from edition.press.types import Metadata, Navigation
from edition.proof.types import Proof, ProofMatter


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A finished, proved edition. ``pdf`` is the file for the screen, ``source`` TeX's own."""

    pdf: bytes
    source: Path
    proof: Proof
    pages: int
    book: Book
    plan: BookPlan
    measures: Measures
    typeset: Typeset
    layout: Layout
    navigation: Navigation
    metadata: Metadata
    read: int  # pages that were read back, the others as in the build before
    told: str  # what is left for the press: see :mod:`edition.press.kept`


def compose(
    edition: Edition,
    config: Config,
    references: References,
    layout: Layout,
    *,
    root: Path,
    work: Path,
    cache: Cache,
    progress: Callable[[str], None],
    plain: bool = False,
    jobs: int = 0,
    prove_all: bool = False,
) -> Outcome[Composed | None]:
    """Set an edition. The value is None where no PDF came of it; with errors among the diagnostics,
    violations of the proof included, it is not to be published. ``plain``: by one document in one
    run of XeLaTeX, not from lines; ``jobs``: processes at once, 0 for one a core; ``prove_all``:
    no proof of a page is taken from an earlier build."""
    layout = rubies.roomy(layout, edition, config)
    layout = fit(layout, edition, config.ratio_limits, keep=cache.keep)
    book = _described(assemble(edition, config, layout, references), config, cache)
    setting = partial(set_boxes, layout=layout, config=config, work=work, cache=cache, root=root,
                      jobs=jobs)  # fmt: skip
    planned = planned_book(book, layout, config, cache, progress=progress,
                           set_lines=lambda book: setting(book.boxes))  # fmt: skip
    found = list(planned.diagnostics)
    if planned.value is None:
        return Outcome(None, tuple(found))
    progress("typeset")
    made = _made_up(planned.value, layout, config, work, cache, root, plain=plain)
    found += made.diagnostics
    if made.value is None:
        return Outcome(None, tuple(found))
    matter = _matter(planned.value, made.value.typeset, layout, root)
    # the lines are on their pages now, and take most of the memory
    planned.value.lines.store.let_go()
    del planned
    done = _finished(matter, made.value.written, config, references, root, progress)
    found += done.diagnostics
    if done.value is None:
        return Outcome(None, tuple(found))
    progress("prove")
    proved = prove(
        done.value.pdf, done.value.wanted, done.value.tagging, config=config, root=root, work=work,
        cache=cache, jobs=jobs, everything=prove_all,
    )  # fmt: skip
    proof = proved.value.proof
    composed = Composed(
        pdf=done.value.pdf, source=done.value.source, proof=proof, pages=len(matter.plan.pages),
        book=matter.book, plan=matter.plan, measures=matter.measures, typeset=matter.typeset,
        layout=layout, navigation=done.value.navigation, metadata=done.value.metadata,
        read=proved.value.read, told=done.value.told,
    )  # fmt: skip
    return Outcome(composed, (*found, *proved.diagnostics, *proof.found))


@dataclass(frozen=True, slots=True)
class _LaidOut:
    """Pages put together; what gives the file, when the driver has written it."""

    typeset: Typeset
    written: Callable[[], Outcome[Path | None]]


def _made_up(
    planned: PlannedBook, layout: Layout, config: Config, work: Path, cache: Cache, root: Path,
    *, plain: bool,
) -> Outcome[_LaidOut | None]:  # fmt: skip
    lines = planned.lines
    if not plain and lines.in_lines:
        made = make_up(lines, planned.plan, layout, config, work, cache, root)
        if made.value is None:
            return Outcome(None, made.diagnostics)
        return Outcome(_LaidOut(made.value.typeset, made.value.written), made.diagnostics)
    done = typeset(planned.book, planned.plan, lines.measures, layout, config, work, cache=cache,
                   root=root)  # fmt: skip
    if done.value is None:
        return Outcome(None, done.diagnostics)
    pdf = Path(done.value.pdf)
    return Outcome(_LaidOut(done.value, lambda: Outcome(pdf)), done.diagnostics)


def _matter(planned: PlannedBook, typeset: Typeset, layout: Layout, root: Path) -> ProofMatter:
    """What the proof is of."""
    placed = replace(typeset, named=planned.lines.faces.named)
    pictures = words_of_pictures(planned.book, root, placed.named)
    return ProofMatter(book=planned.book, plan=planned.plan, measures=planned.lines.measures,
                       typeset=placed, layout=layout, pictures=pictures)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _FinishedFile:
    pdf: bytes
    source: Path
    navigation: Navigation
    metadata: Metadata
    tagging: Tagging | None
    wanted: Expectation
    told: str


def _finished(
    matter: ProofMatter, written: Callable[[], Outcome[Path | None]], config: Config,
    references: References, root: Path, progress: Callable[[str], None],
) -> Outcome[_FinishedFile | None]:  # fmt: skip
    """The file for reading; None where the driver or the profile of colours failed."""
    book, placed = matter.book, matter.typeset
    # while the driver writes: what is known without its file
    profile = profiles.load(profiles.SCREEN, root, printer=False)
    nav = navigation(book, matter.plan, placed, matter.layout, references)
    meta = metadata(config)
    tagging = _tagging(book, matter.measures, placed, config)
    wanted = expectation(matter)
    places = kept.places_of(placed.slices, book.boxes, matter.layout.geometry)
    told = kept.told(config, metadata=meta, navigation=nav, places=places, named=placed.named)
    source = written()
    found = (*source.diagnostics, *profile.diagnostics)
    if source.value is None or profile.value is None:
        return Outcome(None, found)
    progress("finish")
    pdf = screen.finish(source.value, meta=meta, nav=nav, profile=profile.value,
                        named=placed.named, tagging=tagging)  # fmt: skip
    made = _FinishedFile(pdf=pdf, source=source.value, navigation=nav, metadata=meta,
                         tagging=tagging, wanted=wanted, told=told)  # fmt: skip
    return Outcome(made, found)


def _tagging(
    book: Book, measures: Measures, placed: Typeset, config: Config
) -> Tagging | None:  # fmt: skip
    """What the file says of its structure; None where pages were not put together from lines."""
    if not placed.contents:
        return None
    chinese = {"hant": "zh-Hant", "hans": "zh-Hans"}[config.script]
    tree = reading_order.tree(book, measures, config.reading_order)
    return Tagging(tree, placed.contents, {"zh": chinese, "en": "en"})


def _described(book: Book, config: Config, cache: Cache) -> Book:
    """The book with what no font has described by its parts, where the text does so."""
    faces = fonts.probe(config, cache).value if needed(book) else None
    return described_book(book, faces) if faces else book
