"""Asking the editor about what an import proposes, and keeping the answers for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from edition.aligning import asking as pairs
from edition.diagnostics import Diagnostic, Outcome
from edition.importers import decisions
from edition.importers.codes import NO_DECISION, REFUSED
from edition.importers.decisions import Decision
from edition.importers.documents.model import RefusedError
from edition.importers.taking import Options, imported, take
from edition.reviewing import Review, asking
from edition.source import SourceFile, UndecodableError


def decided(to: Path) -> Outcome[tuple[Decision, ...]]:
    """The decisions of the workspace ``to``; none where there is no file of them."""
    path = to / decisions.FILE
    if not path.is_file():
        return Outcome(())
    try:
        return decisions.read(SourceFile.read(path))
    except UndecodableError as failed:
        return Outcome((), (Diagnostic(code=NO_DECISION, span=failed.span, fact=str(failed)),))


def review_pairs(
    paths: Sequence[Path], to: Path, options: Options, how: Review
) -> list[Diagnostic]:  # fmt: skip
    """Ask what answers to what, where an import of a text and its translation leaves that open.
    Raises ``OSError``."""
    store = asking.DecisionFile(to / pairs.FILE, pairs.append)
    left = 0
    while not left:
        given = replace(options, rulings=pairs.decided(to).value)
        try:
            made = take([(path.name, path.read_bytes()) for path in paths], given)
        except RefusedError:
            return []  # the import itself says so
        texts = made.value.texts if made.value is not None else None
        places = pairs.unsure([texts]) if texts is not None else []
        if not places:
            return []
        answers = pairs.PairAnswers(places)
        done = asking.ask("Review of pairs", pairs.questions(places), answers, store, how)
        if not done.ok:
            return list(done.diagnostics)
        left = done.value.left
    return []


def review(
    file: Path, to: Path, options: Options, how: Review
) -> list[Diagnostic]:  # fmt: skip
    """Ask about what an import of ``file`` into ``to`` leaves open. Each answer is kept at once.
    Raises ``OSError``."""
    try:
        made = imported(file.name, file.read_bytes(), options)
    except RefusedError as refused:
        return [Diagnostic(code=REFUSED, where=str(file), fact=refused.fact, hint=refused.hint)]
    proposals = made.value.open
    store = asking.DecisionFile(to / decisions.FILE, decisions.append)
    title = f"Review of {file.name}"
    answers = decisions.Answers(proposals)
    try:
        done = asking.ask(title, decisions.questions(proposals), answers, store, how)
    except ValueError as fault:
        return [Diagnostic(code=NO_DECISION, where=str(store.path), fact=str(fault))]
    return list(done.diagnostics)
