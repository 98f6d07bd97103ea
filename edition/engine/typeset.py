"""The typesetting run: the plan as pages, and where everything on them came to stand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome
from edition.engine import driver, findings, fonts, formats, log, positions, programs, xelatex
from edition.engine.cache import Cache, digest
from edition.engine.measure import macros
from edition.files import write_bytes
from edition.latex import document
from edition.latex.boxes import text_of
from edition.latex.faces import Faces
from edition.latex.lengths import SCALED
from edition.latex.pages import PagesDocument
from edition.layout.types import BookPlan, Box, Layout, Measures, Slice, SliceAt, Typeset

_KEEP = 12  # finished PDFs in the cache


class HasBoxes(Protocol):
    """What a book has, as far as typesetting goes."""

    @property
    def boxes(self) -> Mapping[str, Box]: ...


def typeset(
    book: HasBoxes,
    plan: BookPlan,
    measures: Measures,
    layout: Layout,
    config: Config,
    work: Path,
    *,
    cache: Cache | None = None,
    root: Path | None = None,
) -> Outcome[Typeset | None]:
    """One run of XeLaTeX in ``work/typeset``; none where ``cache`` has the same document. The
    value is None where no PDF came of it. ``Typeset.pdf`` lies in ``work/typeset``."""
    root = root or Path.cwd()
    cache = cache or Cache(work / "cache")
    probed = fonts.probe(config, cache, "".join(map(text_of, book.boxes.values())))
    if probed.value is None:
        return Outcome(None, probed.diagnostics)
    run = PagesDocument(book.boxes, plan, measures, layout, probed.value, root).run()
    folder = work / "typeset"
    key = _key(run, probed.value, root, config)
    kept = _from_cache(cache, key, folder)
    if kept is not None:
        return Outcome(_typeset(kept, folder, book.boxes, run, plan, layout))
    done, found = _run(run, folder, book.boxes, plan, config, cache, macros(root))
    if done is None:
        return Outcome(None, tuple(found))
    text = positions.text_of(folder / document.POSITIONS)
    result = _typeset(text, folder, book.boxes, run, plan, layout)
    found += [_cut(one, book.boxes) for one in result.cut_errors]
    if not found:
        cache.put("typeset", key, text.encode())
        cache.put("pdf", key, done.pdf.read_bytes())
        for kind in ("typeset", "pdf"):
            cache.prune(kind, keep=_KEEP)
    return Outcome(result, tuple(found))


def _run(
    run: document.TexSource,
    folder: Path,
    boxes: Mapping[str, Box],
    plan: BookPlan,
    config: Config,
    cache: Cache,
    grid: Path,
) -> tuple[xelatex.Pass | None, list[Diagnostic]]:
    """The finished run, None where no PDF came of it, and what TeX found wrong."""
    done = formats.run(
        run,
        folder,
        cache=cache,
        macros=grid,
        seconds=120 + 0.2 * len(run.boxes) + 0.2 * len(plan.pages),
        date=config.date,
    )
    found = list(done.diagnostics)
    if done.value is None or not done.ok:
        return None, found
    events = log.read(done.value.log)
    found += findings.from_errors(events, boxes, run.boxes, done.value.log)
    for number, faults in findings.faults_of(events).items():
        if 0 <= number < len(run.boxes):
            found += findings.from_faults(boxes[run.boxes[number].key], faults)
    made = driver.finish(done.value, date=config.date, seconds=120 + 0.2 * len(plan.pages))
    found += made.diagnostics
    if made.value is not None:
        return done.value, found
    if not found:
        hint = f"the log is kept: {done.value.log}"
        fact = f"XeLaTeX ended with status {done.value.status} and wrote no PDF"
        found.append(Diagnostic(code=findings.TEX_ERROR, fact=fact, hint=hint))
    return None, found


def _key(run: document.TexSource, faces: Faces, root: Path, config: Config) -> str:
    return digest(
        xelatex.identity(),
        faces.identity,
        macros(root).read_bytes(),
        str(programs.epoch(config.date)),
        run.tex,
    )


def _from_cache(cache: Cache, key: str, folder: Path) -> str | None:
    """The positions, with the PDF laid where a run would leave it."""
    positions, pdf = cache.get("typeset", key), cache.get("pdf", key)
    if positions is None or pdf is None:
        return None
    path = folder / f"{xelatex.JOB}.pdf"
    if not path.is_file() or path.stat().st_size != len(pdf) or path.read_bytes() != pdf:
        write_bytes(path, pdf)
    return positions.decode("ascii", "replace")


def _cut(message: str, boxes: Mapping[str, Box]) -> Diagnostic:
    key, _, what = message.partition(" ")
    box = boxes.get(key)
    fact = f"the box {key} {what}"
    hint = "measuring and typesetting disagree: please report this with the text of the segment"
    if box is None:
        return Diagnostic(code=findings.CUT, fact=fact, hint=hint)
    return Diagnostic(code=findings.CUT, span=findings.place(box), segment=findings.segment(box),
                      fact=fact, hint=hint)  # fmt: skip


# --- reading positions ----------------------------------------------------------------------


def _typeset(
    text: str,
    folder: Path,
    boxes: Mapping[str, Box],
    run: document.TexSource,
    plan: BookPlan,
    layout: Layout,
) -> Typeset:
    points = positions.Points(boxes)
    slices: list[SliceAt] = []
    tops: dict[tuple[int, str], tuple[int, float, float]] = {}  # (box, lines) → start of a slice
    lefts: dict[tuple[int, int], float] = {}  # (box, page) → left edge of its slice there
    for one in positions.written(text):
        done = run.boxes[one.box]
        x, y = one.x / SCALED, layout.geometry.paper_height - one.y / SCALED
        if one.kind == "p":
            tops[one.box, one.what] = one.page, x, y
            lefts[one.box, one.page] = x
        elif one.kind == "q":
            page, left, top = tops[one.box, one.what]
            first, _, last = one.what.partition(":")
            lines = Slice(done.key, int(first), int(last))
            slices.append(SliceAt(lines, page, left, top, y))
        else:
            left = lefts.get((one.box, one.page), x)
            points.add(done, one.kind, one.what, one.page, x, y, left)
    errors = tuple(_cut_error(line, run) for line in text.splitlines() if line.startswith("x "))
    return Typeset(pdf=str(folder / f"{xelatex.JOB}.pdf"), pages=len(plan.pages),
                   points=tuple(points.found), slices=tuple(slices), cut_errors=errors)  # fmt: skip


def _cut_error(line: str, run: document.TexSource) -> str:
    """``x 12 cut to …`` with the key of the box for its number."""
    _, number, *rest = line.split(" ")
    key = run.boxes[int(number)].key if number.isdecimal() else number
    return " ".join([key, *rest])


def as_json(result: Typeset) -> str:
    """For the log of a build: what was placed, compactly."""
    return json.dumps({
        "pages": result.pages,
        "points": [[p.kind, p.name, p.page, round(p.x, 2), round(p.y, 2)] for p in result.points],
        "slices": [[s.slice.key, s.slice.first, s.slice.last, s.page, round(s.top, 2)]
                   for s in result.slices],
    }, ensure_ascii=False)  # fmt: skip
