"""A build: from the files of a workspace to those of ``dist/``, or nothing and the reasons why."""

from __future__ import annotations

import contextlib
import gc
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from edition import boundary, private
from edition.build import asked, remarks, stamp
from edition.build.lock import BusyError, locked
from edition.build.prepared import Prepared
from edition.build.press import keep
from edition.build.stages import prepare, unique
from edition.build.texts import manuscript, unfit
from edition.build.types import Built, Compose, Request
from edition.build.works import list_references
from edition.config import WHOLE
from edition.diagnostics import (
    Diagnostic,
    Outcome,
    Severity,
    as_text,
    capped,
    error,
    in_order,
    override,
    worst,
)
from edition.engine.cache import digest
from edition.files import clear_halves, write_all, write_bytes, write_text
from edition.model import Edition
from edition.source import SourceFile
from edition.terminal import Progress
from edition.writers import Manuscript, writer

if TYPE_CHECKING:
    from edition.build.pages import Composed
    from edition.engine.cache import Cache

NO_OUTPUT = error("USE003", "The output folder cannot be written")
BUSY = error("USE004", "Another build of the workspace does not end")

UNPUBLISHED = "unpublished"  # folder of what :func:`keep` keeps of pages with errors
WAIT = 900.0  # seconds


def build(
    request: Request,
    progress: Progress | None = None,
    *,
    compose: Compose | None = None,
    unpublished: Callable[[Built], None] = lambda _: None,
) -> Outcome[Built | None]:
    """Build, or find that nothing has changed. The value is None where there were errors; then
    PDFs of earlier builds are as they were; ``build.log`` and, if it came to a proof,
    ``proof.json`` tell of this one, and ``unpublished`` is told where its pages lie.
    ``compose`` stands in for :func:`edition.build.pages.compose` in tests."""
    progress = progress or Progress(quiet=True)
    request = replace(request, root=request.root.resolve())
    if boundary.crossed(request.root) or not (request.root / asked.EDITION).is_file():
        # says what is missing, and makes no folders where there is no workspace
        return Outcome(None, prepare(request.root).diagnostics)
    try:
        with alone(request, progress) as home, _without_collector():
            return _locked(request, home, progress, compose, unpublished)
    except OSError as problem:
        return Outcome(None, (failed(problem, request),))
    finally:
        progress.done()


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """A build makes millions of small values that all live to its end, and next to no cycles:
    looking for these takes a fifth of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextlib.contextmanager
def alone(request: Request, progress: Progress) -> Iterator[Path]:
    """The folder for caches and work, while nothing else writes into the workspace or its outputs.
    Raises ``OSError``, for which :func:`failed` has words."""
    home = workplace(request)
    shared = request.copy_of is not None
    with locked(home / "lock", seconds=WAIT, waiting=progress.say, shared=shared):
        yield home


def failed(problem: OSError, request: Request) -> Diagnostic:
    """What to say where outputs could not be written, or had to wait too long."""
    if isinstance(problem, BusyError):
        return Diagnostic(code=BUSY, fact=f"{problem} and has not ended in {WAIT:.0f} s",
                          where=str(request.root),
                          hint=f"end process {problem.owner} if it hangs")  # fmt: skip
    return Diagnostic(code=NO_OUTPUT, fact=problem.strerror or str(problem),
                      where=str(problem.filename2 or problem.filename or request.folder),
                      hint="make it writable, or name another folder with --out")  # fmt: skip


def workplace(request: Request) -> Path:
    """The folder for caches, work and locks: the user's own for this workspace. That outputs can
    be written is tried before any work is done. Raises ``OSError``."""
    if request.out is None and not request.folder.resolve().is_relative_to(request.root):
        raise private.UnsafeError(request.folder, "it is a link that leads out of the workspace")
    request.folder.mkdir(parents=True, exist_ok=True)
    _try_writing(request.folder)
    return private.of_workspace(request.copy_of or request.root)


def _try_writing(folder: Path) -> None:
    path = folder / f".writable-{os.getpid()}"
    try:
        path.touch()
        path.unlink()
    except OSError as problem:
        problem.filename = str(folder)
        raise


def _locked(
    request: Request, home: Path, progress: Progress, compose: Compose | None,
    unpublished: Callable[[Built], None],
) -> Outcome[Built | None]:  # fmt: skip
    folder, layout, script = str(request.folder.resolve()), *asked.page(request)
    formats = asked.formats(request)
    elsewhere = f"-{digest(folder)[:8]}" if request.out else ""
    variant = "" if request.variant == WHOLE else repr(request.variant)
    kind = f"-{request.variant.name}{digest(variant)[:8]}" if variant else ""
    pages = "" if asked.of_pages(formats) else "-text"  # nothing of the pages of before is touched
    work = home / "work" / f"{layout}-{script}{kind}{pages}{elsewhere}"
    way = "plain" if request.plain else "lines"
    now = stamp.inputs(request.root, (folder, layout, script, variant, way, *formats))
    old = stamp.read(work / "state.json")
    if (
        old
        and not request.prove_all
        and old.stamp == stamp.with_pictures(now, request.root, old.pictures)
    ):
        unchanged = _unchanged(request, work, old)
        if unchanged is not None:
            return unchanged
    made = _make(request, formats, home, work, progress, compose)
    progress.done()
    log = (
        "\n".join([*progress.lines, "", as_text(capped(in_order(made.diagnostics)))]).strip() + "\n"
    )
    if made.value is not None:
        log += made.value[0].script_log
    if made.value is not None and made.ok:
        return Outcome(
            _publish(request, formats, work, *made.value, log, now, made.diagnostics),
            made.diagnostics,
        )
    composed = made.value[1] if made.value is not None else None
    if made.value is not None and composed is not None:
        prepared = made.value[0]
        log += f"pages that were not published: {composed.source}\n"
        write_text(request.folder / "proof.json", _proof(composed))
        keep(work / UNPUBLISHED, prepared, composed)
        unpublished(Built(pdf=composed.source, line=composed.proof.line(),
                          work=work / UNPUBLISHED))  # fmt: skip
    write_text(request.folder / "build.log", log)
    return Outcome(None, made.diagnostics)


def _unchanged(request: Request, work: Path, old: stamp.State) -> Outcome[Built | None] | None:
    """Give back what is there; None where it is not there, or not as the build left it. Proof
    and log are put back, for the last build may have been of another layout or script."""
    if not stamp.whole(old):
        return None
    try:
        names = ("build.log", *(("proof.json",) if (work / "proof.json").is_file() else ()))
        kept = {name: (work / name).read_bytes() for name in names}
        found = remarks.load(old.remarks, lambda path: SourceFile.read(request.root / path, path))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    for name, data in kept.items():
        path = request.folder / name
        if not path.is_file() or path.read_bytes() != data:
            write_bytes(path, data)
    files = tuple(path for one in old.outputs if (path := Path(one)).parent != work)
    return Outcome(_built(files, old.line, work), found)


def _built(
    files: tuple[Path, ...], line: str, work: Path, composed: Composed | None = None,
    prepared: Prepared | None = None,
) -> Built:  # fmt: skip
    pdf = next((one for one in files if one.suffix == ".pdf"), None)
    return Built(pdf=pdf, files=files, line=line, work=work, composed=composed, prepared=prepared)


def _make(
    request: Request, formats: Sequence[str], home: Path, work: Path, progress: Progress,
    compose: Compose | None,
) -> Outcome[tuple[Prepared, Composed | None, Manuscript | None] | None]:  # fmt: skip
    """All stages, up to what writers are given. The value is None from the first stage on that has
    errors and no use for a later one; there is no manuscript where pages have errors."""
    from edition.build.memory import share_arena
    from edition.engine.cache import Cache

    share_arena()
    cache = Cache(home, stamp.code())
    ready = prepare(request.root, layout=request.layout, script=request.script,
                    variant=request.variant, progress=progress, cache=cache,
                    meanwhile=_load if request.jobs != 1 else None)  # fmt: skip
    if ready.value is None or ready.value.layout is None or not ready.ok:
        return Outcome(None, ready.diagnostics)
    prepared = ready.value
    if wrong := unfit(prepared, formats, request):
        return Outcome(None, (*ready.diagnostics, *wrong))
    composed, found = None, ready.diagnostics
    if asked.of_pages(formats):
        made = _pages(prepared, request, work, cache, progress, compose)
        composed, found = made.value, unique((*found, *made.diagnostics))
        if composed is None:
            return Outcome(None, found)
        if worst(found) is Severity.ERROR:
            return Outcome((prepared, composed, None), found)
    texts = manuscript(prepared, composed, formats, request.root, work, cache, progress)
    found = unique((*found, *_judged(texts.diagnostics, prepared, request.root)))
    value = None if texts.value is None else (prepared, composed, texts.value)
    return Outcome(value, found)


def _pages(
    prepared: Prepared, request: Request, work: Path, cache: Cache, progress: Progress,
    compose: Compose | None,
) -> Outcome[Composed | None]:  # fmt: skip
    """The pages, set and proved; None where none came of it."""
    layout = prepared.layout
    assert layout is not None
    progress("references")
    made, known = Event(), Event()

    def making() -> None:
        made.set()
        known.set()

    with ThreadPoolExecutor(1) as aside:
        listing = aside.submit(
            list_references, prepared, work / "references", cache, request.root, making
        )
        listing.add_done_callback(lambda _: known.set())
        known.wait()
        if compose is None and made.is_set():
            from edition.build.ahead import set_ahead

            set_ahead(
                prepared, layout, root=request.root, work=work, cache=cache, jobs=request.jobs
            )
        listed = listing.result()
    found = _judged(listed.diagnostics, prepared, request.root)
    if listed.value is None:
        return Outcome(None, found)
    if compose is None:
        from edition.build.pages import compose as typeset

        compose = typeset
    done = compose(
        prepared.edition,
        prepared.config,
        listed.value,
        layout,
        root=request.root,
        work=work,
        cache=cache,
        progress=progress,
        plain=request.plain,
        jobs=request.jobs,
        prove_all=request.prove_all,
    )
    cache.keep.save()
    return Outcome(done.value, (*found, *_judged(done.diagnostics, prepared, request.root)))


def _load() -> None:
    """What the later stages are made of, which takes long to load."""
    from edition.build import pages
    from edition.engine import references

    assert pages
    assert references


def _judged(found: Sequence[Diagnostic], prepared: Prepared, root: Path) -> tuple[Diagnostic, ...]:
    """What the engine found, once each, settings at their lines, with the weight they have here."""
    from edition import config as settings

    placed = [
        replace(one, span=settings.place(root, *one.where.split(".")))
        if one.where.partition(".")[0] in settings.KNOWN else one
        for one in found
    ]  # fmt: skip
    return override(unique(placed), prepared.config.severities)


def _publish(
    request: Request,
    formats: Sequence[str],
    work: Path,
    prepared: Prepared,
    composed: Composed | None,
    texts: Manuscript | None,
    log: str,
    now: str,
    found: Sequence[Diagnostic],
) -> Built:
    """Write the outputs, each whole or not at all, and none before all are made. The state goes
    first and comes last, so that a build killed in between is done again."""
    assert texts is not None
    made = [(request.folder / f"{prepared.name}{suffix}", data)
            for name in formats for suffix, data in writer(name).write(texts).items()]  # fmt: skip
    (work / "state.json").unlink(missing_ok=True)
    clear_halves(request.folder)
    kept = [keep(work, prepared, composed)] if composed else []
    line = composed.proof.line() if composed else f"{len(prepared.edition.pairs)} pairs"
    write_all(made)
    for folder in (work, request.folder):
        if composed:
            write_text(folder / "proof.json", _proof(composed))
        write_text(folder / "build.log", f"{log}{line}\n")
    files = tuple(path for path, _ in made)
    pictures = _pictures(prepared.edition)
    state = stamp.State(
        stamp=stamp.with_pictures(now, request.root, pictures),
        line=line,
        outputs=stamp.stat_outputs([*files, *kept]),
        pictures=pictures,
        remarks=remarks.dump(found),
    )
    stamp.write(work / "state.json", state)
    return _built(files, line, work, composed, prepared)


def _proof(composed: Composed) -> str:
    return json.dumps(composed.proof.as_dict(), ensure_ascii=False, indent=1) + "\n"


def _pictures(edition: Edition) -> tuple[str, ...]:
    found = {one.figure for one in edition.segments.values() if one.figure}
    return tuple(sorted(found))
