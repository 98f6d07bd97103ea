"""Asking the editor, in the terminal or on a page; the answers go into ``decisions.toml``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from edition import files
from edition.bibliography.deciding import decisionfile
from edition.bibliography.types import Decision, Library, Repair
from edition.diagnostics import Diagnostic, error
from edition.terminal import Dialogue

NO_TERMINAL = error("REP019", "A review needs a terminal")

Review = Literal["", "terminal", "page"]


class DecisionFile:
    """``decisions.toml`` while answers come in: each is written at once, comments and order stay.
    Raises ``OSError``, and ``ValueError`` where the file is no TOML."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.before: list[str | None] = []  # the file before each answer

    def save(self, decisions: Sequence[Decision]) -> None:
        text = self.path.read_text("utf-8") if self.path.exists() else None
        files.write_text(self.path, decisionfile.append(text or "", decisions))
        self.before.append(text)

    def undo(self) -> None:
        text = self.before.pop()
        if text is None:
            self.path.unlink(missing_ok=True)
        else:
            files.write_text(self.path, text)


def ask(found: Repair, library: Library, path: Path, how: Review) -> list[Diagnostic]:
    """Put the open proposals to the editor. Raises what :class:`DecisionFile` does."""
    from edition.bibliography.deciding import review, review_page

    store = DecisionFile(path)
    terminal = Dialogue()
    if how == "page":
        session = review_page.Session(found, library, store)
        terminal.show(f"{session.left} open proposals; finish on the page, or with Ctrl-C here")
        review_page.serve(session, terminal.show)
        terminal.show(f"{len(session.done)} decided, {session.left} left")
        return []
    if not sys.stdin.isatty():
        fact = "questions are asked in a terminal, and there is none"
        hint = "run it in a terminal, or with --review --html for a page in the browser"
        return [Diagnostic(code=NO_TERMINAL, fact=fact, where="command line", hint=hint)]
    progress = review.review(found, library, terminal, store)
    terminal.show(f"{progress.decided} decided, {progress.left} left")
    return []
