"""Putting questions to the editor, in the terminal or on a page."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from edition import files
from edition.diagnostics import Diagnostic, Outcome, error
from edition.reviewing.questions import (
    DecisionStore,
    Question,
    Review,
    ReviewAnswers,
    ReviewProgress,
)
from edition.reviewing.walk import walk
from edition.terminal import Dialogue

NO_TERMINAL = error("REP019", "A review needs a terminal")
D = TypeVar("D")
Told = TypeVar("Told", contravariant=True)


class Append(Protocol[Told]):
    def __call__(self, text: str, decisions: Sequence[Told], /) -> str:
        """The text of a file with ``decisions`` after it. Raises ``ValueError``."""
        ...


class DecisionFile(Generic[D]):
    """A file of decisions while answers come in: each is written at once, comments and order stay.
    Raises ``OSError``, and ``ValueError`` where the file is not what it should be."""

    def __init__(self, path: Path, append: Append[D]) -> None:
        self.path = path
        self.append = append
        self.before: list[str | None] = []  # the file before each answer

    def save(self, decisions: Sequence[D]) -> None:
        text = self.path.read_text("utf-8") if self.path.exists() else None
        files.write_text(self.path, self.append(text or "", decisions))
        self.before.append(text)

    def undo(self) -> None:
        text = self.before.pop()
        if text is None:
            self.path.unlink(missing_ok=True)
        else:
            files.write_text(self.path, text)


def ask(
    title: str,
    questions: Sequence[Question],
    answers: ReviewAnswers[D],
    store: DecisionStore[D],
    how: Review,
) -> Outcome[ReviewProgress]:
    """Put ``questions``; ``title``: of the page. Raises what ``store`` does."""
    from edition.reviewing import page

    terminal = Dialogue()
    if how == "page":
        session = page.Session(title, questions, answers, store)
        terminal.show(f"{session.left} open proposals; finish on the page, or with Ctrl-C here")
        page.serve(session, terminal.show)
        terminal.show(f"{len(session.done)} decided, {session.left} left")
        return Outcome(ReviewProgress(len(session.done), session.left))
    if not sys.stdin.isatty():
        fact = "questions are asked in a terminal, and there is none"
        hint = "run it in a terminal, or with --review --html for a page in the browser"
        wrong = Diagnostic(code=NO_TERMINAL, fact=fact, where="command line", hint=hint)
        return Outcome(ReviewProgress(0, len(questions)), (wrong,))
    progress = walk(questions, answers, terminal, store)
    terminal.show(f"{progress.decided} decided, {progress.left} left")
    return Outcome(progress)
