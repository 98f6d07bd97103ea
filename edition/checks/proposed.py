"""Notes that an import proposed and the editor has not accepted yet."""

from __future__ import annotations

from edition.config import Config
from edition.diagnostics import Diagnostic, info
from edition.model import Edition

PROPOSED = info("NTE009", "Note that is only proposed")


def check(edition: Edition, _: Config, __: frozenset[str] | None) -> list[Diagnostic]:
    """A remark at each."""
    found = []
    for note in edition.notes:
        if note.proposed:
            reading = f": {note.sic} → {note.corr}" if note.sic and note.corr else ""
            found.append(
                Diagnostic(
                    code=PROPOSED,
                    span=note.span,
                    segment=note.at,
                    fact=f"the note {note.id} is proposed, and prints as it is{reading}",
                    hint="strike out its line proposed: true to accept it, or the whole note",
                )
            )
    return found
