"""The work of ``bib``: read, repair, decide, write. The one part of the bibliography with effects.

A workspace keeps ``bib/references.bib`` (never written) and ``bib/decisions.toml``; the outputs
are ``corrected.bib``, ``corrected.json`` (CSL-JSON), ``corrected.ris``, ``CHANGES.md`` and
``changes.json``, each replaced whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from edition import files
from edition.bibliography import context as contexts
from edition.bibliography import decide, export, report
from edition.bibliography.apply import repair
from edition.bibliography.types import Context, Decision, Library, Repair, Tier
from edition.diagnostics import Diagnostic, Outcome, Severity, error, warning, worst
from edition.source import SourceFile, UndecodableError
from edition.terminal import Dialogue

OUTDATED = error("REP004", "The corrected bibliography is out of date")
UNWRITABLE = error("REP014", "A file of the bibliography cannot be written")
OCCUPIED = error("REP015", "A list cannot replace a bibliography that is there")
UNSURE = warning("REP016", "The decisions cannot be read, so proposals stay open")

REFERENCES = "references.bib"
DECISIONS = "decisions.toml"
OUTPUTS = ("corrected.bib", "corrected.json", "corrected.ris", "CHANGES.md", "changes.json")
GB7714 = "corrected.gb7714.bib"  # on request
Sort = Literal["key", "author", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run came to. ``outputs``: file name -> text; ``written``: the files that changed."""

    repair: Repair
    outputs: Mapping[str, str]
    folder: Path
    written: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        merged = sum(len(one.merged) for one in self.repair.merges if one.tier is Tier.APPLIED)
        changes = self.repair.changes
        count = {tier: sum(1 for one in changes if one.tier is tier) for tier in Tier}
        asked = sum(1 for one in self.repair.merges if one.tier is Tier.PROPOSED)
        library = self.repair.library
        entries = "entry" if library.found == 1 else "entries"
        return (
            f"{library.found} {entries}: {len(library.entries)} kept, {merged} merged, "
            f"{len(library.quarantined)} set aside; {count[Tier.APPLIED]} changes made, "
            f"{count[Tier.PROPOSED] + asked} proposed, {count[Tier.REFUSED]} refused"
        )


def run_bib(
    root: Path,
    *,
    from_list: Path | None = None,
    no_auto: bool = False,
    review: bool = False,
    sort: Sort | None = None,
    check: bool = False,
    out: Path | None = None,
    gb7714: bool = False,
) -> Outcome[Summary | None]:
    """Repair the bibliography of the workspace ``root``.

    ``from_list``: a pasted list is read instead and becomes ``bib/references.bib``, if there is
    none. ``no_auto``: nothing is applied but what the editor decided. ``review``: ask about open
    proposals first. ``sort``: order of ``corrected.bib``. ``check``: write nothing, only tell
    whether the outputs are current. ``out``: folder of the outputs, else ``bib/``. ``gb7714``:
    write the profile for GB/T 7714 too. The value is None where there is nothing to repair.
    Diagnostics of what was found wrong in the entries are among those of the outcome.
    """
    folder = root / "bib"
    if from_list is not None:
        loaded = _from_list(from_list, folder if out is None else out, write=not check)
    else:
        from edition.bibliography.parse import load

        loaded = _shared(load(folder / REFERENCES, f"bib/{REFERENCES}"))
    known = contexts.gather(root, auto=not no_auto)
    return _run(
        loaded,
        known,
        folder / DECISIONS,
        f"bib/{DECISIONS}",
        out or folder,
        review=review,
        sort=sort,
        check=check,
        gb7714=gb7714,
    )


def run_file(
    source: Path,
    out: Path,
    *,
    no_auto: bool = False,
    review: bool = False,
    sort: Sort | None = None,
    check: bool = False,
    gb7714: bool = False,
) -> Outcome[Summary | None]:
    """Repair one ``.bib`` file outside a workspace; decisions are ``decisions.toml`` in ``out``."""
    from edition.bibliography.parse import load

    return _run(
        _shared(load(source)),
        Context(auto=not no_auto),
        out / DECISIONS,
        str(out / DECISIONS),
        out,
        review=review,
        sort=sort,
        check=check,
        gb7714=gb7714,
    )


def run_list(
    source: Path,
    out: Path,
    *,
    no_auto: bool = False,
    review: bool = False,
    sort: Sort | None = None,
    check: bool = False,
    gb7714: bool = False,
) -> Outcome[Summary | None]:
    """Make a bibliography of a pasted list: ``references.bib`` in ``out``, and repair it."""
    return _run(
        _from_list(source, out, write=not check),
        Context(auto=not no_auto),
        out / DECISIONS,
        str(out / DECISIONS),
        out,
        review=review,
        sort=sort,
        check=check,
        gb7714=gb7714,
    )


def repaired(root: Path) -> Repair | None:
    """What the repair of the workspace comes to, nothing written or told; None without a list."""
    from edition.bibliography.parse import load

    loaded = _shared(load(root / "bib" / REFERENCES))
    if loaded.value is None:
        return None
    told = _decisions(root / "bib" / DECISIONS, DECISIONS)
    return repair(loaded.value, contexts.gather(root), told.value).value


# --- reading ---------------------------------------------------------------------------------


def _shared(loaded: Outcome[Library]) -> Outcome[Library | None]:
    missing = loaded.value.source is None and worst(loaded.diagnostics) >= Severity.ERROR
    return Outcome(None if missing else loaded.value, loaded.diagnostics)


def _from_list(source: Path, folder: Path, *, write: bool) -> Outcome[Library | None]:
    """The library of a list, written as ``references.bib`` where there is none yet."""
    from edition.bibliography import encoding, parse
    from edition.bibliography.lists import listed

    try:
        decoded = encoding.decode(str(source), source.read_bytes())
    except OSError as failed:
        fact = f"{source} cannot be read: {failed.strerror or failed}"
        return Outcome(
            None,
            (
                Diagnostic(
                    code=parse.UNREADABLE,
                    fact=fact,
                    where=str(source),
                    hint="a list is a text file",
                ),
            ),
        )
    read = listed.read(decoded.value.source)
    found = Outcome(read.value, (*decoded.diagnostics, *read.diagnostics))
    text = found.value.source.text if found.value.source else ""
    target = folder / REFERENCES
    try:
        present = target.read_text("utf-8") if target.exists() else None
        if present is not None and present != text:
            fact = f"{target} is there already and is not overwritten"
            return Outcome(
                None,
                (
                    *found.diagnostics,
                    Diagnostic(
                        code=OCCUPIED,
                        fact=fact,
                        where=str(target),
                        hint="give another folder with --out, or move the file away first",
                    ),
                ),
            )
        if write and present is None:
            files.write_text(target, text)
    except (OSError, UnicodeDecodeError) as failed:
        return Outcome(None, (*found.diagnostics, _unwritable(target, failed)))
    return Outcome(found.value, found.diagnostics)


def _decisions(path: Path, shown: str) -> Outcome[tuple[Decision, ...]]:
    if not path.exists():
        return Outcome(())
    try:
        return decide.read(SourceFile.read(path, shown))
    except (OSError, UndecodableError) as failed:
        fact = f"{shown} cannot be read: {getattr(failed, 'strerror', None) or failed}"
        return Outcome(
            (), (Diagnostic(code=UNSURE, fact=fact, where=shown, hint="no decision was followed"),)
        )


# --- the run ---------------------------------------------------------------------------------


def _run(
    loaded: Outcome[Library | None],
    known: Context,
    decisions: Path,
    shown: str,
    out: Path,
    *,
    review: bool,
    sort: Sort | None,
    check: bool,
    gb7714: bool,
) -> Outcome[Summary | None]:
    library = loaded.value
    if library is None:
        return Outcome(None, loaded.diagnostics)
    told = _decisions(decisions, shown)
    outcome = repair(library, known, told.value)
    if review and not check and not worst(told.diagnostics) >= Severity.ERROR:
        asked = _review(outcome.value, library, decisions)
        if asked:
            return Outcome(None, (*loaded.diagnostics, *asked))
        told = _decisions(decisions, shown)
        outcome = repair(library, known, told.value)
    found = [*loaded.diagnostics, *told.diagnostics, *outcome.diagnostics]
    outputs = render(library, outcome, sort)
    if gb7714:
        outputs[GB7714] = export.write(outcome.value.library, "gb7714")
    summary = Summary(repair=outcome.value, outputs=outputs, folder=out)
    if check:
        return Outcome(summary, (*found, *outdated(outputs, out)))
    written, failed = _write(outputs, out)
    return Outcome(
        Summary(repair=outcome.value, outputs=outputs, folder=out, written=written),
        (*found, *failed),
    )


def render(library: Library, outcome: Outcome[Repair], sort: Sort | None = None) -> dict[str, str]:
    """The outputs by file name."""
    from edition.bibliography import patch

    corrected = outcome.value.library
    return {
        "corrected.bib": patch.corrected(library, corrected, sort=sort or ""),
        "corrected.json": export.write(corrected, "csl"),
        "corrected.ris": export.write(corrected, "ris"),
        "CHANGES.md": report.as_markdown(outcome.value, outcome.diagnostics),
        "changes.json": report.as_json(outcome.value, outcome.diagnostics),
    }


def outdated(outputs: Mapping[str, str], folder: Path) -> list[Diagnostic]:
    """A diagnostic for each output that is missing or holds something else."""
    found = []
    for name, text in outputs.items():
        path = folder / name
        shown = f"{folder.name}/{name}"
        try:
            same = path.read_bytes() == text.encode("utf-8")
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
                    hint="run invoke bib and commit what it writes",
                )
            )
    return found


def _write(outputs: Mapping[str, str], folder: Path) -> tuple[tuple[str, ...], list[Diagnostic]]:
    written: list[str] = []
    for name, text in outputs.items():
        path = folder / name
        try:
            if path.is_file() and path.read_bytes() == text.encode("utf-8"):
                continue
            files.write_text(path, text)
        except OSError as failed:
            return tuple(written), [_unwritable(path, failed)]
        written.append(name)
    return tuple(written), []


def _unwritable(path: Path, failed: Exception) -> Diagnostic:
    why = getattr(failed, "strerror", None) or failed
    return Diagnostic(
        code=UNWRITABLE,
        fact=f"{path} cannot be written: {why}",
        where=str(path),
        hint="nothing of it was changed",
    )


def _review(found: Repair, library: Library, path: Path) -> list[Diagnostic]:
    """Ask about the open proposals; a fault of the file ends it."""
    from edition.bibliography.review import review

    failed: list[Diagnostic] = []

    def save(decision: Decision) -> None:
        text = path.read_text("utf-8") if path.exists() else ""
        files.write_text(path, decide.append(text, [decision]))

    terminal = Dialogue()
    try:
        progress = review(found, library, terminal, save)
    except (OSError, ValueError) as fault:
        failed.append(_unwritable(path, fault))
    else:
        terminal.show(f"{progress.decided} decided, {progress.left} left")
    return failed
