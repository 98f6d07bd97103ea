"""Asking the editor; the answers go into ``decisions.toml``."""

from __future__ import annotations

from pathlib import Path

from edition.bibliography.deciding import decisionfile
from edition.bibliography.types import Library, Repair
from edition.diagnostics import Diagnostic
from edition.reviewing import Review, asking


def ask(found: Repair, library: Library, path: Path, how: Review) -> list[Diagnostic]:
    """Put the open proposals to the editor. Raises ``OSError``, and ``ValueError`` where the file
    is no TOML."""
    from edition.bibliography.deciding import review

    answers = review.BibliographyAnswers(review.proposals(found))
    store = asking.DecisionFile(path, decisionfile.append)
    asked = review.questions(found, library)
    done = asking.ask("Review of the bibliography", asked, answers, store, how)
    return list(done.diagnostics)
