"""The proof, for tests: of pages that are read, or that a test has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from edition.build.pages import Composed
from edition.engine.readback import Pages
from edition.layout.types import Typeset
from edition.press import characters
from edition.press.characters import Runs
from edition.proof import book, facts, lines, page
from edition.proof.lines import PrintedLine
from edition.proof.types import Proof, ProofMatter


class Glyph(NamedTuple):
    text: str
    x: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(PrintedLine):
    """A printed line with its box and its page."""

    key: str
    page: int

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        return tuple(Glyph(*piece) for piece in self.pieces)


def matter_of(made: Composed, **changed: object) -> ProofMatter:
    """What was proved of an edition, or what would be with other parts."""
    whole = ProofMatter(
        book=made.book,
        plan=made.plan,
        measures=made.measures,
        typeset=made.typeset,
        layout=made.layout,
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


def proved(matter: ProofMatter, words: Pages, runs: Sequence[Runs] = ()) -> Proof:
    """The proof by words, and by runs where they are given: without these, of no tags."""
    pages = [
        page.prove(
            one if runs else one._replace(tagged=False),
            runs[n] if n < len(runs) else (),
            words[n] if n < len(words) else (),
        )
        for n, one in enumerate(facts.of_book(matter))
    ]
    return book.prove(matter, pages)


def printed(matter: ProofMatter, pdf: bytes) -> list[Line]:
    """The lines of a file, glyph by glyph, page by page in the order of the slices."""
    pages = characters.read(pdf, glyphs=True)
    assert pages is not None
    places = facts.slices_by_page(matter)
    return [
        Line(key=places[index][number].slice.key, page=index,
             **{one.name: getattr(line, one.name) for one in fields(PrintedLine)})
        for index, (own, runs) in enumerate(zip(facts.of_book(matter), pages, strict=False))
        for number, held in lines.of_page(own.slices, runs).items()
        for line in held
    ]  # fmt: skip


def lines_of(made: Composed) -> list[Line]:
    return printed(matter_of(made), made.pdf)


def with_slices(typeset: Typeset, slices: Sequence[object]) -> Typeset:
    return replace(typeset, slices=tuple(slices))  # type: ignore[arg-type]
