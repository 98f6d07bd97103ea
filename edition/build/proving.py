"""The proof of a finished file. What needs the plan alone is worked out while the driver writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from edition import aside
from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome
from edition.engine import readback
from edition.engine.cache import Cache
from edition.files import write_bytes
from edition.layout.types import Book, Named
from edition.press import placed as placed_pictures
from edition.press.characters import DamagedError, Finished
from edition.press.tags import Tagging
from edition.proof import facts, tagproof
from edition.proof.book import half
from edition.proof.reading import read_back
from edition.proof.types import PageFacts, PageProof, Proof, ProofMatter

_WORTH = 100  # pages from which on a copy of this process is worth its while


@dataclass(frozen=True, slots=True)
class ProvedFile:
    """``read``: pages that were read back, the others being as in the build before."""

    proof: Proof
    read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a file is to show, page by page, and the half of the proof that needs no file."""

    matter: ProofMatter
    pages: Sequence[PageFacts]
    bare: Sequence[str]  # digests of the pages without their folios
    of_pages: Callable[[Sequence[PageProof] | None], Proof]


def expectation(matter: ProofMatter) -> Expectation:
    """What the file of a book is held to."""
    pages = facts.of_book(matter)
    bare = [facts.bare_key(one) for one in pages]
    return Expectation(matter=matter, pages=pages, bare=bare, of_pages=half(matter))


def prove(
    pdf: bytes, wanted: Expectation, tagging: Tagging | None, *, config: Config, root: Path,
    work: Path, cache: Cache, jobs: int, everything: bool,
) -> Outcome[ProvedFile]:  # fmt: skip
    """Read ``pdf`` back and hold it to what is ``wanted`` of it. ``everything``: no proof of a page
    is taken from an earlier build."""
    finished = work / "finished.pdf"
    book = wanted.matter.book
    # poppler sets up colour management for every page of a file with an output intent, which
    # takes fifteen times as long as reading its text: it is hidden, the rest is as published
    bare = placed_pictures.without(pdf, (root / one for one in pictures_of(book)))
    write_bytes(finished, bare.replace(b"/OutputIntents", b"/OutputIntent_"))
    opened = _opened(pdf)
    tags: Callable[[], list[Diagnostic]] = list
    if tagging is not None and opened is not None:
        tags = _beside(partial(_of_tags, opened, tagging, wanted.matter, config),
                       worth=jobs != 1 and len(wanted.pages) >= _WORTH)  # fmt: skip
    read = read_back(finished, wanted.pages, cache=cache, variant=work.name, jobs=jobs,
                     everything=everything, bare=wanted.bare,
                     opened=opened if bare is pdf else None)  # fmt: skip
    found = [*read.diagnostics, *tags()]
    proof = wanted.of_pages(read.value.pages if read.value else None)
    return Outcome(ProvedFile(proof, read.value.anew if read.value else 0), tuple(found))


def _opened(pdf: bytes) -> Finished | None:
    """The file taken apart; None where it is damaged, which reading it back says."""
    with suppress(DamagedError):
        return Finished(pdf)
    return None


def _of_tags(
    opened: Finished, tagging: Tagging, matter: ProofMatter, config: Config
) -> list[Diagnostic]:
    order = config.reading_order
    return [*tagproof.of_file(opened, tagging, matter.book, matter.measures, order)]


def _beside(
    check: Callable[[], list[Diagnostic]], *, worth: bool
) -> Callable[[], list[Diagnostic]]:  # fmt: skip
    """What ``check`` finds, by a copy of this process if that is ``worth`` its while."""
    if not worth or not aside.possible():
        return check
    heard = aside.begin(lambda _: json.dumps([one.fact for one in check()]).encode())

    def told() -> list[Diagnostic]:
        data = heard()
        if data is None:  # says what is wrong, if it is wrong again
            return check()
        return [Diagnostic(code=tagproof.TAGS, fact=fact) for fact in json.loads(data)]

    return told


def pictures_of(book: Book) -> tuple[str, ...]:
    """The paths of the PDFs among the pictures of a book."""
    figures = {box.segment.figure for box in book.boxes.values() if box.segment}
    return tuple(sorted(one for one in figures if one.lower().endswith(".pdf")))


def words_of_pictures(book: Book, root: Path, named: Named) -> dict[str, str]:
    """What the first page of each PDF among the pictures says, by its path: where it could not be
    taken out, it is on the page with the legend. Where its fonts are fonts of the book, they say
    what those do. A picture that cannot be read says nothing."""
    said = {}
    in_book = {ord(one): other for font in named.fonts.values() for one, other in font.items()}
    for path in pictures_of(book):
        pages = readback.words(root / path).value
        text = "".join(one.text for page in (pages or ())[:1] for one in page)
        said[path] = text + text.translate(in_book)
    return said
