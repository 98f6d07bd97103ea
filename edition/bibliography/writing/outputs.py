"""The outputs of a run by name: rendered, compared with those that are there, written together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from edition import files
from edition.bibliography.reading import encoding
from edition.bibliography.types import Library, Repair
from edition.bibliography.writing import export, page, patch, report
from edition.diagnostics import Diagnostic, Outcome, error
from edition.source import SourceFile

OUTDATED = error("REP004", "The corrected bibliography is out of date")
UNWRITABLE = error("REP014", "A file of the bibliography cannot be written")

REFERENCES = "references.bib"
FORMER = "references.old.bib"  # the list before an update
DECISIONS = "decisions.toml"
CORRECTED = "corrected.bib"
OUTPUTS = (
    CORRECTED,
    "corrected.json",
    "corrected.ris",
    "CHANGES.md",
    "CHANGES.html",
    "changes.json",
)
GB7714 = "corrected.gb7714.bib"  # on request
DIALECTS: Mapping[Literal["bibtex", "biblatex"], str] = {
    "bibtex": "corrected.bibtex.bib", "biblatex": "corrected.biblatex.bib",
}  # fmt: skip
Order = Literal["key", "author", "year"]


def encoded(outputs: Mapping[str, str], library: Library) -> dict[str, bytes]:
    """The outputs as bytes: ``corrected.bib`` with the line ends and the mark of the file read."""
    form = encoding.FileForm(mark=library.mark, newline=library.newline, ends=library.ends)
    before = library.source.text if library.source else ""
    return {
        name: encoding.encode(text, form, before)
        if name == CORRECTED
        else text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").encode("utf-8")
        for name, text in outputs.items()
    }


def render(library: Library, outcome: Outcome[Repair], sort: Order | None = None) -> dict[str, str]:
    """The outputs by file name. Bytes that were no text are surrogates in ``corrected.bib`` and
    U+FFFD elsewhere."""
    corrected = outcome.value.library
    return {
        CORRECTED: patch.corrected(library, corrected, sort=sort or ""),
        "corrected.json": export.write(corrected, "csl"),
        "corrected.ris": export.write(corrected, "ris"),
        "CHANGES.md": report.as_markdown(outcome.value, outcome.diagnostics),
        "CHANGES.html": page.as_html(outcome.value, outcome.diagnostics, name=_shown(library)),
        "changes.json": report.as_json(outcome.value, outcome.diagnostics),
    }


def _shown(library: Library) -> str:
    """The files that were read, by name."""
    read = [source for _, source in library.parts] or ([library.source] if library.source else [])
    return ", ".join(Path(one.path).name for one in read) or REFERENCES


def outdated(outputs: Mapping[str, bytes], folder: Path) -> list[Diagnostic]:
    """A diagnostic for each output that is missing or holds something else."""
    found = []
    for name, data in outputs.items():
        path = folder / name
        shown = f"{folder.name}/{name}"
        try:
            same = path.read_bytes() == data
            fact = f"{shown} is not what the bibliography and the decisions give now"
        except OSError:
            same, fact = False, f"{shown} is missing"
        if not same:
            span = SourceFile(shown, "").span(0)
            found.append(
                Diagnostic(
                    code=OUTDATED,
                    fact=fact,
                    span=span,
                    hint="run edition bib and commit what it writes",
                )
            )
    return found


def write_all(
    outputs: Mapping[str, bytes], folder: Path
) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """The files that changed. Where one can't be written none is: those written before it are
    put back."""
    before: dict[str, bytes | None] = {}
    for name, data in outputs.items():
        path = folder / name
        try:
            now = path.read_bytes() if path.is_file() else None
            if now == data:
                continue
            files.write_bytes(path, data)
        except OSError as failed:
            return (), [unwritable(path, failed), *_put_back(before, folder)]
        before[name] = now
    return tuple(before), []


def _put_back(before: Mapping[str, bytes | None], folder: Path) -> list[Diagnostic]:
    """The outputs as they were; what can't be put back is told."""
    failed = []
    for name, data in before.items():
        path = folder / name
        try:
            if data is None:
                path.unlink(missing_ok=True)
            else:
                files.write_bytes(path, data)
        except OSError as problem:
            failed.append(unwritable(path, problem))
    return failed


def unwritable(path: Path, failed: Exception) -> Diagnostic:
    why = getattr(failed, "strerror", None) or failed
    return Diagnostic(
        code=UNWRITABLE,
        fact=f"{path} cannot be written: {why}",
        where=str(path),
        hint="nothing of it was changed",
    )
