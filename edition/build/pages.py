"""The stages from an edition to its pages: fit, assemble, measure, plan, make up, finish, prove.

Their order and nothing else: each is a function of its own elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from edition.config import Config
from edition.diagnostics import Outcome, Severity, worst
from edition.engine import fontfiles, fonts, readback, xdv
from edition.engine.cache import Cache
from edition.engine.makeup import make_up
from edition.engine.measure import SetBook, set_boxes
from edition.engine.typeset import typeset
from edition.files import write_bytes
from edition.latex.described import described_book, needed
from edition.latex.faces import Face
from edition.layout import indexing, reading_order, rubies
from edition.layout.assemble import assemble
from edition.layout.fit import fit
from edition.layout.plan import plan
from edition.layout.types import Book, BookPlan, Layout, Measures, Named, Typeset
from edition.model import Edition, References
from edition.press import kept, profiles, screen
from edition.press import placed as placed_pictures
from edition.press.characters import Finished
from edition.press.links import metadata, navigation
from edition.press.tags import Tagging
from edition.press.types import Metadata, Navigation
from edition.proof import facts, tagproof
from edition.proof.book import half
from edition.proof.reading import read_back
from edition.proof.types import Proof, ProofMatter

_ROUNDS = 4  # in which lists of pages find their own


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
    progress("measure")
    measured = set_boxes(book.boxes, layout, config, work, cache, root=root, jobs=jobs,
                         rare=references.rare)  # fmt: skip
    found = list(measured.diagnostics)
    if measured.value is None or worst(found) is Severity.ERROR:
        return Outcome(None, tuple(found))
    progress("plan")
    planned = plan(book, measured.value.measures, layout)
    found += book.index.found if book.index else ()
    for _ in range(_ROUNDS if book.index is not None else 0):
        # the pages that it names are known from the plan; what they take may move what stands
        # behind them
        paged = _with_index(book, planned.value, measured.value, layout, config, cache)
        settled = paged.boxes == book.boxes
        book = paged
        if settled:
            break
        again = set_boxes(book.boxes, layout, config, work, cache, root=root, jobs=jobs,
                          rare=references.rare)  # fmt: skip
        if again.value is None or worst(again.diagnostics) is Severity.ERROR:
            return Outcome(None, (*found, *again.diagnostics))
        measured = again
        planned = plan(book, again.value.measures, layout)
        if not indexing.moves(book):
            break
    found += planned.diagnostics
    if worst(planned.diagnostics) is Severity.ERROR:
        return Outcome(None, tuple(found))
    set_book = measured.value
    assert set_book is not None
    measures = set_book.measures
    progress("typeset")
    writing: Callable[[], Outcome[Path | None]] | None = None
    if plain or not set_book.in_lines:
        done = typeset(book, planned.value, measures, layout, config, work, cache=cache, root=root)
    else:
        made = make_up(set_book, planned.value, layout, config, work, cache, root)
        done = Outcome(made.value.typeset if made.value else None, made.diagnostics)
        writing = made.value.written if made.value else None
    found += done.diagnostics
    if done.value is None:
        return Outcome(None, tuple(found))
    placed = replace(done.value, named=set_book.faces.named)
    # while the driver writes: what is known without its file
    profile = profiles.load(profiles.SCREEN, root, printer=False)
    nav = navigation(book, planned.value, placed, layout, references)
    meta = metadata(config)
    matter = ProofMatter(book=book, plan=planned.value, measures=measures, typeset=placed,
                    layout=layout, pictures=_words_of(book, root, placed.named))  # fmt: skip
    tagging = _tagging(book, measures, placed, config)
    told = facts.of_book(matter)
    unnumbered = [facts.bare_key(one) for one in told]
    proof_of = half(matter)
    places = kept.places_of(placed.slices, book.boxes, layout.geometry)
    for_press = kept.told(config, metadata=meta, navigation=nav, places=places, named=placed.named)
    written = writing() if writing else Outcome(Path(placed.pdf))
    found += [*written.diagnostics, *profile.diagnostics]
    if written.value is None or profile.value is None:
        return Outcome(None, tuple(found))
    progress("finish")
    source = written.value
    pdf = screen.finish(source, meta=meta, nav=nav, profile=profile.value, named=placed.named,
                        tagging=tagging)  # fmt: skip
    progress("prove")
    finished = work / "finished.pdf"
    # poppler sets up colour management for every page of a file with an output intent, which
    # takes fifteen times as long as reading its text: it is hidden, the rest is as published
    bare = placed_pictures.without(pdf, (root / one for one in _pictures_of(book)))
    write_bytes(finished, bare.replace(b"/OutputIntents", b"/OutputIntent_"))
    read = read_back(finished, told, cache=cache, variant=work.name, jobs=jobs,
                     everything=prove_all, bare=unnumbered)  # fmt: skip
    found += read.diagnostics
    if tagging is not None and read.value is not None:
        found += tagproof.of_file(Finished(pdf), tagging, book, measures, config.reading_order)
    proved = proof_of(read.value.pages if read.value else None)
    return Outcome(
        Composed(
            pdf=pdf, source=source, proof=proved, pages=len(planned.value.pages), book=book,
            plan=planned.value, measures=measures, typeset=placed, layout=layout,
            navigation=nav, metadata=meta, read=read.value.anew if read.value else 0,
            told=for_press,
        ),
        (*found, *proved.found),
    )  # fmt: skip


def _tagging(
    book: Book, measures: Measures, placed: Typeset, config: Config
) -> Tagging | None:  # fmt: skip
    """What the file says of its structure; None where pages were not put together from lines."""
    if not placed.contents:
        return None
    chinese = {"hant": "zh-Hant", "hans": "zh-Hans"}[config.script]
    tree = reading_order.tree(book, measures, config.reading_order)
    return Tagging(tree, placed.contents, {"zh": chinese, "en": "en"})


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


def _described(book: Book, config: Config, cache: Cache) -> Book:
    """The book with what no font has described by its parts, where the text does so."""
    faces = fonts.probe(config, cache).value if needed(book) else None
    return described_book(book, faces) if faces else book


def _words_of(book: Book, root: Path, named: Named) -> dict[str, str]:
    """What the first page of each PDF among the pictures says, by its path: where it could not be
    taken out, it is on the page with the legend. Where its fonts are fonts of the book, they say
    what those do. A picture that cannot be read says nothing."""
    said = {}
    in_book = {ord(one): other for font in named.fonts.values() for one, other in font.items()}
    for path in _pictures_of(book):
        pages = readback.words(root / path).value
        text = "".join(one.text for page in (pages or ())[:1] for one in page)
        said[path] = text + text.translate(in_book)
    return said


def _pictures_of(book: Book) -> tuple[str, ...]:
    """The paths of the PDFs among the pictures of a book."""
    figures = {box.segment.figure for box in book.boxes.values() if box.segment}
    return tuple(sorted(one for one in figures if one.lower().endswith(".pdf")))
