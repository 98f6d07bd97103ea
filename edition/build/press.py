"""Files for a printer, and pictures of the proof: a build first, then what it left is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition.build.prepared import Prepared
from edition.build.types import Built, Request
from edition.diagnostics import Diagnostic, Outcome
from edition.terminal import Progress

if TYPE_CHECKING:
    from edition.build.pages import Composed
    from edition.press.pictures import Pictures
    from edition.press.service import Pressed


def press(
    request: Request, progress: Progress | None = None, *, profile: str | None = None
) -> Outcome[Pressed | None]:
    """``dist/<id>.press.pdf``, ``.booklet.pdf`` and ``.cover.pdf`` by a profile of
    ``edition.toml``. The value is None where the build or one of them failed."""
    from edition.build.run import alone, build, failed

    progress = progress or Progress(quiet=True)
    request = replace(request, root=request.root.resolve(), pages=True)
    built = build(request, progress)
    if built.value is None:
        return Outcome(None, built.diagnostics)
    from edition.build.stages import configured
    from edition.engine.cache import Cache
    from edition.press import service

    try:
        config = configured(request.root, request.layout, request.script, request.variant)
        if config.value is None:
            return Outcome(None, config.diagnostics)
        with alone(request, progress) as home:
            made = service.press(
                config.value,
                root=request.root,
                work=built.value.work,
                folder=request.folder,
                cache=Cache(home),
                profile=profile,
                progress=progress,
            )
    except OSError as problem:
        return Outcome(None, (*built.diagnostics, failed(problem, request)))
    finally:
        progress.done()
    return Outcome(made.value, (*built.diagnostics, *made.diagnostics))


def pictures(
    request: Request, built: Built, found: Sequence[Diagnostic], *, published: bool = True
) -> Outcome[Pictures | None]:
    """``dist/proof.png`` and ``dist/proof.html`` of a build: its pages with what it ``found``
    marked on them and, where they were ``published``, what preflight finds."""
    from edition.build.run import alone, failed

    try:
        with alone(request, Progress(quiet=True)):
            return _drawn(request, built, found, published=published)
    except OSError as problem:
        return Outcome(None, (failed(problem, request),))


def _drawn(
    request: Request, built: Built, found: Sequence[Diagnostic], *, published: bool
) -> Outcome[Pictures | None]:
    from edition.press import kept, preflight
    from edition.press import pictures as drawn

    pdf = built.pdf
    assert pdf is not None, "a request for pages"
    left = kept.load(built.work)
    data = pdf.read_bytes()
    findings = drawn.located(found, left.places if left else ())
    told = "These pages have errors and were not published."
    if published:
        with preflight.quiet():
            looked = preflight.look_at(data, pdf, "screen").value
        findings, told = (*findings, *looked.findings), looked.summary()
    return drawn.make(
        data,
        request.folder,
        findings,
        title=left.metadata.title if left else pdf.stem,
        facing=left.navigation.facing if left else False,
        lines=(built.line, told),
    )


def keep(work: Path, prepared: Prepared, composed: Composed) -> Path:
    """Leave in ``work`` what :func:`press` needs of a build; the file that tells of it."""
    from edition.press import kept

    kept.save(work, name=prepared.name, source=composed.source.read_bytes(), facts=composed.told)
    return work / kept.FACTS
