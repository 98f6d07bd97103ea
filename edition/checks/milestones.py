"""Places for the margin that stand where it cannot name them."""

from __future__ import annotations

from collections.abc import Iterable

from edition.checks import walk
from edition.config import Config
from edition.diagnostics import Diagnostic, error
from edition.model import LANGS, Edition, Inlines, Kind, Milestone, flat

NO_MARGIN = error("TXT030", "A place for the margin where the margin names none")


def check(edition: Edition, _: Config, __: frozenset[str] | None) -> list[Diagnostic]:
    """The margin stands beside lines of text: not beside notes, tables, pictures, glosses."""
    found: list[Diagnostic] = []

    def refuse(where: str, segment: str, runs: Iterable[Inlines]) -> None:
        for run in runs:
            for one in flat(run):
                if isinstance(one, Milestone):
                    fact = f"“{one.name}” stands in {where}, which has no margin of its own"
                    found.append(Diagnostic(
                        code=NO_MARGIN, span=one.span, segment=segment, fact=fact,
                        hint="write it into the text before or after"))  # fmt: skip

    for section in edition.sections:
        for lang in LANGS:
            for segment in section.side(lang):
                if segment.kind in (Kind.TABLE, Kind.FIGURE):
                    refuse("a table or picture", segment.id, walk.of_segment(segment))
        for footnote in section.footnotes:
            refuse("a footnote", section.id, (footnote.inlines,))
    for note in edition.notes:
        refuse("a note", note.at, note.texts.values())
    for term in edition.terms:
        refuse("the glossary", "", (term.zh_gloss, term.en_gloss))
    return found
