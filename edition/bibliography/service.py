"""The work of ``bib``: read, repair, decide, write. The one part of the bibliography with effects.

A workspace keeps ``bib/references.bib`` (never written) and ``bib/decisions.toml``; the outputs
are ``corrected.bib``, ``corrected.json`` (CSL-JSON), ``corrected.ris``, ``CHANGES.md`` and
``changes.json``, each replaced whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from edition import files
from edition.bibliography.deciding import Review, Update, decisionfile
from edition.bibliography.reading import JoinedLists, joining, load_list
from edition.bibliography.reading import context as contexts
from edition.bibliography.repair import repair
from edition.bibliography.types import BibliographyDecision, Context, Library, Repair, Tier
from edition.bibliography.writing import (
    DECISIONS,
    DIALECTS,
    FORMER,
    GB7714,
    REFERENCES,
    Order,
    encoded,
    export,
    outdated,
    render,
    unwritable,
    write_all,
)
from edition.diagnostics import Diagnostic, Outcome, Severity, error, worst
from edition.source import SourceFile, UndecodableError

OCCUPIED = error("REP015", "A list cannot replace a bibliography that is there")
UNSURE = error("REP016", "The decisions cannot be read, so nothing is written")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run came to. ``outputs``: file name -> text; ``written``: the files that changed."""

    repair: Repair
    outputs: Mapping[str, str]
    folder: Path
    written: tuple[str, ...] = ()
    update: Update | None = None  # what a new version of the list has changed

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a list is repaired. ``no_auto``: nothing is applied but what the editor decided.
    ``review``: ask about open proposals first, in the terminal or on a page. ``sort``: order of
    ``corrected.bib``. ``check``: write nothing, only tell whether the outputs are current.
    ``gb7714``: write the profile for GB/T 7714 too, ``dialects``: the list in these. ``house``:
    bring matters of form into the house style."""

    no_auto: bool = False
    review: Review = ""
    sort: Order | None = None
    check: bool = False
    gb7714: bool = False
    dialects: tuple[Literal["bibtex", "biblatex"], ...] = ()
    house: bool = False


def run_bib(
    root: Path,
    settings: Settings = Settings(),
    *,
    from_list: Path | None = None,
    out: Path | None = None,
) -> Outcome[Summary | None]:
    """Repair the bibliography of the workspace ``root``.

    ``from_list``: a pasted list is read instead and becomes ``bib/references.bib``, if there is
    none. ``out``: folder of the outputs, else ``bib/``. The value is None where there is nothing
    to repair. Diagnostics of what was found wrong in the entries are among those of the outcome.
    """
    folder = root / "bib"
    if from_list is not None:
        loaded = _from_list(from_list, folder if out is None else out, write=not settings.check)
    else:
        from edition.bibliography.reading import parse

        loaded = _shared(parse.load(folder / REFERENCES, f"bib/{REFERENCES}"))
    known = replace(contexts.gather(root, auto=not settings.no_auto), house=settings.house)
    place = _Place(folder / DECISIONS, f"bib/{DECISIONS}", out or folder)
    return _run(_single(loaded), known, place, settings)


def run_files(
    files: Sequence[Path], out: Path, settings: Settings = Settings(), *, lists: Sequence[Path] = ()
) -> Outcome[Summary | None]:
    """Repair ``.bib`` files, lists of other programs and pasted lists outside a workspace, several
    as one bibliography; decisions are ``decisions.toml`` in ``out``. A single list without a file
    becomes ``references.bib`` there, if there is none."""
    from edition.bibliography.reading import load

    place = _Place(out / DECISIONS, str(out / DECISIONS), out)
    context = Context(auto=not settings.no_auto, house=settings.house)
    if len(lists) == 1 and not files:
        loaded = _single(_from_list(lists[0], out, write=not settings.check))
        return _run(loaded, context, place, settings)
    read = [_shared(load(one)) for one in files] + [load_list(one) for one in lists]
    found = tuple(one for outcome in read for one in outcome.diagnostics)
    libraries = [one.value for one in read if one.value is not None]
    if len(libraries) < len(read):
        return Outcome(None, found)
    joined = joining.join(libraries)
    return _run(Outcome(joined.value, (*found, *joined.diagnostics)), context, place, settings)


def run_update(
    new: Path, old: Path, out: Path, settings: Settings = Settings(), *, root: Path | None = None
) -> Outcome[Summary | None]:
    """Repair ``new``, a later version of ``old``, with the decisions in ``out``, which go on
    speaking of the same works where keys have changed. In a workspace (``root``) the new list
    becomes ``bib/references.bib``; the old one stands beside it as ``references.old.bib``."""
    from edition.bibliography.deciding import updating
    from edition.bibliography.reading import load, parse

    # what becomes references.bib is BibTeX
    before, after = _shared(load(old)), _shared(parse.load(new) if root else load(new))
    if before.value is None or after.value is None:
        failed = before if before.value is None else after
        return Outcome(None, failed.diagnostics)
    place = _Place(out / DECISIONS, str(out / DECISIONS), out)
    told = _decisions(place.decisions, place.shown)
    if worst(told.diagnostics) >= Severity.ERROR:
        return Outcome(None, (*after.diagnostics, *told.diagnostics))
    auto = not settings.no_auto
    context = contexts.gather(root, auto=auto) if root else Context(auto=auto)
    context = replace(context, house=settings.house)
    asked = repair(before.value, context, told.value).value
    change = updating.compare(before.value, after.value)
    try:
        if place.decisions.exists() and change.renamed:
            text = place.decisions.read_text("utf-8")
            files.write_text(place.decisions, updating.rekeyed(text, change.renamed))
        if root and new.read_bytes() != old.read_bytes():
            files.write_bytes(old.with_name(FORMER), old.read_bytes())
            files.write_bytes(old, new.read_bytes())
            after = _shared(
                parse.load(old, f"bib/{REFERENCES}")
            )  # reports name the file that stays
    except OSError as fault:
        return Outcome(None, (unwritable(old, fault),))
    done = _run(_single(after), context, place, settings)
    if done.value is None:
        return done
    count = updating.fresh(asked, done.value.repair, change.renamed)
    return Outcome(replace(done.value, update=replace(change, open=count)), done.diagnostics)


def repaired(root: Path) -> Repair | None:
    """What the repair of the workspace comes to, nothing written or told; None without a list."""
    from edition.bibliography.reading import parse

    loaded = _shared(parse.load(root / "bib" / REFERENCES))
    if loaded.value is None:
        return None
    told = _decisions(root / "bib" / DECISIONS, DECISIONS)
    return repair(loaded.value, contexts.gather(root), told.value).value


# --- reading ---------------------------------------------------------------------------------


def _shared(loaded: Outcome[Library]) -> Outcome[Library | None]:
    missing = loaded.value.source is None and worst(loaded.diagnostics) >= Severity.ERROR
    return Outcome(None if missing else loaded.value, loaded.diagnostics)


def _single(loaded: Outcome[Library | None]) -> Outcome[JoinedLists | None]:
    library = loaded.value
    return Outcome(None if library is None else JoinedLists(library, library), loaded.diagnostics)


def _from_list(source: Path, folder: Path, *, write: bool) -> Outcome[Library | None]:
    """The library of a list, written as ``references.bib`` where there is none yet."""
    found = load_list(source)
    if found.value is None:
        return found
    text = found.value.source.text if found.value.source else ""
    target = folder / REFERENCES
    try:
        present = target.read_text("utf-8") if target.exists() else None
        if present is not None and present != text:
            fact = f"{target} is there already and is not overwritten"
            hint = "give another folder with --out, or move the file away first"
            problem = Diagnostic(code=OCCUPIED, fact=fact, where=str(target), hint=hint)
            return Outcome(None, (*found.diagnostics, problem))
        if write and present is None:
            files.write_text(target, text)
    except (OSError, UnicodeDecodeError) as failed:
        return Outcome(None, (*found.diagnostics, unwritable(target, failed)))
    return found


def _decisions(path: Path, shown: str) -> Outcome[tuple[BibliographyDecision, ...]]:
    if not path.exists():
        return Outcome(())
    try:
        return decisionfile.read(SourceFile.read(path, shown))
    except (OSError, UndecodableError) as failed:
        fact = f"{shown} cannot be read: {getattr(failed, 'strerror', None) or failed}"
        return Outcome(
            (),
            (
                Diagnostic(
                    code=UNSURE, fact=fact, where=shown, hint="nothing was written; mend the file"
                ),
            ),
        )


# --- the run ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """The file of decisions, as it is shown, and the folder of the outputs."""

    decisions: Path
    shown: str
    out: Path


def _run(
    loaded: Outcome[JoinedLists | None], known: Context, place: _Place, settings: Settings
) -> Outcome[Summary | None]:
    if loaded.value is None:
        return Outcome(None, loaded.diagnostics)
    found, library = loaded.value.found, loaded.value.library
    told = _decisions(place.decisions, place.shown)
    if worst(told.diagnostics) >= Severity.ERROR:
        # outputs without the editor's decisions would undo them all
        return Outcome(None, (*loaded.diagnostics, *told.diagnostics))
    outcome = repair(library, known, told.value)
    if settings.review and not settings.check:
        asked = _review(outcome.value, library, place.decisions, settings.review)
        if asked:
            return Outcome(None, (*loaded.diagnostics, *asked))
        told = _decisions(place.decisions, place.shown)
        outcome = repair(library, known, told.value)
    outputs = render(found, outcome, settings.sort)
    if settings.gb7714:
        outputs[GB7714] = export.write(outcome.value.library, "gb7714")
    for name in settings.dialects:
        outputs[DIALECTS[name]] = export.write(outcome.value.library, name)
    summary = Summary(repair=outcome.value, outputs=outputs, folder=place.out)
    repairing = tuple(_placed(one, library) for one in outcome.diagnostics)
    diagnostics = (*loaded.diagnostics, *told.diagnostics, *repairing)
    made = encoded(outputs, library)
    if settings.check:
        return Outcome(summary, (*diagnostics, *outdated(made, place.out)))
    written, failed = write_all(made, place.out)
    return Outcome(replace(summary, written=written), (*diagnostics, *failed))


def _placed(one: Diagnostic, library: Library) -> Diagnostic:
    """The diagnostic with its place in the file that was read."""
    return replace(one, span=library.place(one.span)) if one.span and library.parts else one


def _review(found: Repair, library: Library, path: Path, how: Review) -> list[Diagnostic]:
    """Ask about the open proposals; a fault of the file ends it."""
    from edition.bibliography.deciding import asking

    try:
        return asking.ask(found, library, path, how)
    except (OSError, ValueError) as fault:
        return [unwritable(path, fault)]
