"""A Word file that comes back into the workspace that it was written from: what has effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from edition import config, files
from edition.anchors import attach
from edition.diagnostics import Diagnostic, Outcome
from edition.importers import merging
from edition.importers.codes import NO_DECISION, REFUSED
from edition.importers.documents.model import RefusedError
from edition.importers.documents.signatures import kind_of
from edition.importers.returned import cells, comments, verdicts
from edition.importers.returned.changes import Reviewed, reviewed, texts
from edition.importers.returned.verdicts import Suggestion, Verdict
from edition.model import Edition
from edition.readers import read_edition
from edition.reviewing import Review, asking
from edition.source import SourceFile, UndecodableError


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came of a file: ``files``: paths that changed, ``changes`` the difference; ``texts``:
    how many were revised of how many ``suggestions``; ``notes``: the file of proposed ones."""

    files: tuple[str, ...] = ()
    changes: str = ""
    texts: int = 0
    suggestions: tuple[Suggestion, ...] = ()
    comments: int = 0
    notes: str = ""


@dataclass(frozen=True, slots=True)
class _Workspace:
    files: Mapping[str, str]
    edition: Edition
    verdicts: tuple[Verdict, ...] = ()
    layers: tuple[str, ...] = ()
    found: tuple[Diagnostic, ...] = field(default=())


def recognised(path: Path, to: Path) -> bool:
    """Whether ``path`` is a file for review, and ``to`` a workspace that it may have been written
    from. Raises ``OSError``."""
    data = path.read_bytes()
    try:
        if not list((to / "source" / "text").glob("*.md")) or kind_of(data, path.name) != "docx":
            return False
        return cells.read(data) is not None
    except RefusedError:
        return False  # an import says so


def take_back(
    path: Path, to: Path, *, how: Review = "", layer: str | None = None
) -> Outcome[Returned | None]:  # fmt: skip
    """Put what reviewers changed into the texts of ``to``, and tell their comments. ``how``: ask
    before; then nothing is put there that was not accepted. ``layer``: of notes that comments
    become, the first of the edition's where it is "", none where it is None. Raises ``OSError``."""
    try:
        returned = cells.read(path.read_bytes())
    except RefusedError as refused:
        return Outcome(None, (Diagnostic(code=REFUSED, where=str(path), fact=refused.fact,
                                         hint=refused.hint),))  # fmt: skip
    assert returned is not None, "it is recognised before"
    there = _workspace(to)
    if there.found:
        return Outcome(None, there.found)

    def made(said: tuple[Verdict, ...], *, all_others: bool) -> Reviewed:
        wanted = {one.change: one.verdict == "accept" for one in said}
        return reviewed(there.files, there.edition, returned, path.name, wanted,
                        all_others=all_others)  # fmt: skip

    if how:
        known = {one.change for one in there.verdicts}
        open_ = [one for one in made(there.verdicts, all_others=True).suggestions
                 if one.change not in known]  # fmt: skip
        asked = _ask(path.name, open_, to, how) if open_ else ()
        if asked:
            return Outcome(None, asked)
        there = replace(there, verdicts=_workspace(to).verdicts)
    done = made(there.verdicts, all_others=not how)
    places = texts(there.files)
    said = comments.told(returned.comments, places, path.name)
    changes = ""
    for name, text in done.files.items():
        files.write_text(to / name, text)
        changes += merging.difference(name, there.files[name], text)
    notes, wrong = "", list[Diagnostic]()
    if layer is not None:
        notes, wrong = _notes(there, returned, layer, to)
    return Outcome(
        Returned(files=tuple(done.files), changes=changes, texts=done.texts,
                 suggestions=tuple(done.suggestions), comments=len(said), notes=notes),
        (*done.found, *said, *wrong),
    )  # fmt: skip


def _workspace(to: Path) -> _Workspace:
    paths = sorted((to / "source" / "text").glob("*.md"))
    texts = {f"source/text/{one.name}": one.read_text("utf-8", errors="replace") for one in paths}
    loaded = config.load(to)
    if loaded.value is None:
        return _Workspace(texts, Edition((), (), ()), found=tuple(loaded.diagnostics))
    edition = attach(read_edition(to, loaded.value).value).value
    layers = tuple(one.id for one in loaded.value.layers)
    path = to / verdicts.FILE
    if not path.is_file():
        return _Workspace(texts, edition, layers=layers)
    try:
        told = verdicts.read(SourceFile.read(path))
    except UndecodableError as failed:
        wrong = Diagnostic(code=NO_DECISION, span=failed.span, fact=str(failed))
        return _Workspace(texts, edition, layers=layers, found=(wrong,))
    return _Workspace(texts, edition, told.value, layers, told.diagnostics)


def _ask(
    name: str, suggestions: list[Suggestion], to: Path, how: Review
) -> tuple[Diagnostic, ...]:  # fmt: skip
    store = asking.DecisionFile(to / verdicts.FILE, verdicts.append)
    questions, answers = verdicts.questions(suggestions), verdicts.SuggestionAnswers(suggestions)
    try:
        return asking.ask(f"Review of {name}", questions, answers, store, how).diagnostics
    except ValueError as fault:
        return (Diagnostic(code=NO_DECISION, where=str(store.path), fact=str(fault)),)


def _notes(
    there: _Workspace, returned: cells.ReturnedFile, layer: str, to: Path
) -> tuple[str, list[Diagnostic]]:  # fmt: skip
    """The file of notes that comments became, beside those that are there."""
    if not there.layers or (layer and layer not in there.layers):
        fact = f"there is no layer “{layer}”" if there.layers else "the edition has no layers"
        hint = f"there are: {', '.join(there.layers)}" if there.layers else "see docs/format.md"
        return "", [Diagnostic(code=NO_DECISION, where="command line", fact=fact, hint=hint)]
    taken = frozenset(one.id for one in there.edition.notes)
    made = comments.as_notes(
        returned.comments, texts(there.files), layer or there.layers[0], taken
    )  # fmt: skip
    if not made:
        return "", []
    number = 1
    while (to / (name := comments.FILE.format(f"-{number}" if number > 1 else ""))).exists():
        number += 1
    files.write_text(to / name, made)
    return name, []
