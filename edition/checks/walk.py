"""Every run of inlines of an edition, with the segment it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import LANGS, Cite, Edition, Inlines, Segment, flat


def runs(edition: Edition) -> Iterator[tuple[str, Inlines]]:
    """(segment, inlines) of text, tables, the author's footnotes, notes and glosses."""
    for section in edition.sections:
        for lang in LANGS:
            for segment in section.side(lang):
                for run in of_segment(segment):
                    yield segment.id, run
        for footnote in section.footnotes:
            yield section.id, footnote.inlines
    for note in edition.notes:
        for inlines in note.texts.values():
            yield note.at, inlines
    for term in edition.terms:
        yield "", term.zh_gloss
        yield "", term.en_gloss


def of_segment(segment: Segment) -> Iterator[Inlines]:
    """The text or caption of a segment, then the cells of its table."""
    yield segment.inlines
    if segment.table:
        yield from (cell.inlines for cell in segment.table.cells)


def citations(edition: Edition) -> Iterator[tuple[str, Cite]]:
    """(segment, citation) everywhere in the edition."""
    for segment, inlines in runs(edition):
        for one in flat(inlines):
            if isinstance(one, Cite):
                yield segment, one
