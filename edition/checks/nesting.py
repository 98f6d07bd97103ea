"""Markup that makes no sense where it stands: neither notes nor footnotes have footnotes."""

from __future__ import annotations

from edition.config import Config
from edition.diagnostics import Diagnostic, error
from edition.model import Edition, FootnoteRef, flat

IN_NOTE = error("CIT003", "Footnote in a note or footnote")


def check(edition: Edition, _: Config, __: frozenset[str] | None) -> list[Diagnostic]:
    """The author's footnotes stand in the author's text."""
    inner = [
        Diagnostic(code=IN_NOTE, span=one.span, segment=section.id,
                   fact=f"footnote [^{footnote.label}] refers to footnote [^{one.label}]",
                   hint="name the footnote in words")
        for section in edition.sections for footnote in section.footnotes
        for one in flat(footnote.inlines) if isinstance(one, FootnoteRef)
    ]  # fmt: skip
    return inner + [
        Diagnostic(code=IN_NOTE, span=one.span, segment=note.at,
                   fact=f"note {note.id} refers to footnote [^{one.label}] of the text",
                   hint="cite the work, or name the footnote in words")
        for note in edition.notes for inlines in note.texts.values()
        for one in flat(inlines) if isinstance(one, FootnoteRef)
    ]  # fmt: skip
