"""The typesetting run: the plan as pages, and where everything on them came to stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome
from edition.engine import findings, fonts, formats, log, programs, xelatex
from edition.engine.cache import Cache, digest
from edition.engine.measure import macros
from edition.files import write_bytes
from edition.latex import document
from edition.latex.boxes import SetBox, note_key
from edition.latex.faces import Faces
from edition.latex.pages import Pages
from edition.layout.types import BookPlan, Box, Layout, Measures, PointAt, Slice, SliceAt, Typeset

SCALED = 65536.0  # scaled points in a point
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
    probed = fonts.probe(config, cache)
    if probed.value is None:
        return Outcome(None, probed.diagnostics)
    run = Pages(book.boxes, plan, measures, layout, probed.value, root).run()
    folder = work / "typeset"
    key = _key(run, probed.value, root, config)
    kept = _from_cache(cache, key, folder)
    if kept is not None:
        return Outcome(_typeset(kept, folder, book.boxes, run, plan, layout))
    done, found = _run(run, folder, book.boxes, plan, config, cache, macros(root))
    if done is None:
        return Outcome(None, tuple(found))
    text = _read(folder / document.POSITIONS)
    result = _typeset(text, folder, book.boxes, run, plan, layout)
    found += [_cut(one, book.boxes) for one in result.cut_errors]
    if not found:
        cache.put("typeset", key, text.encode())
        cache.put("pdf", key, done.pdf.read_bytes())
        for kind in ("typeset", "pdf"):
            cache.prune(kind, keep=_KEEP)
    return Outcome(result, tuple(found))


def _run(
    run: document.Run,
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
    if done.value is None:
        return None, found
    events = log.read(done.value.log)
    found += findings.from_errors(events, boxes, run.boxes, done.value.log)
    for number, faults in findings.faults_of(events).items():
        if 0 <= number < len(run.boxes):
            found += findings.from_faults(boxes[run.boxes[number].key], faults)
    if done.value.pdf.is_file():
        return done.value, found
    if not found:
        hint = f"the log is kept: {done.value.log}"
        fact = f"XeLaTeX ended with status {done.value.status} and wrote no PDF"
        found.append(Diagnostic(code=findings.TEX_ERROR, fact=fact, hint=hint))
    return None, found


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii", "replace")
    except OSError:
        return ""


def _key(run: document.Run, faces: Faces, root: Path, config: Config) -> str:
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


@dataclass(frozen=True, slots=True)
class _Written:
    """One line of positions: ``m 12:3 4 1234 5678``, from the lower left corner, in sp."""

    kind: str
    box: int
    what: str
    page: int
    x: float
    y: float


def _written(text: str, high: float) -> Iterable[_Written]:
    for line in text.splitlines():
        parts = line.split()
        if len(parts) != 5 or len(parts[0]) != 1 or parts[0] not in "mcetpq":
            continue
        number, _, what = parts[1].partition(":")
        yield _Written(parts[0], int(number), what, int(parts[2]),
                       int(parts[3]) / SCALED, high - int(parts[4]) / SCALED)  # fmt: skip


def _typeset(
    text: str,
    folder: Path,
    boxes: Mapping[str, Box],
    run: document.Run,
    plan: BookPlan,
    layout: Layout,
) -> Typeset:
    points: list[PointAt] = []
    slices: list[SliceAt] = []
    tops: dict[tuple[int, str], _Written] = {}  # (box, lines) → start of a slice
    lefts: dict[tuple[int, int], float] = {}  # (box, page) → left edge of its slice there
    opened: dict[tuple[int, str], _Written] = {}  # citations begun
    for one in _written(text, layout.geometry.paper_height):
        done = run.boxes[one.box]
        box = boxes[done.key]
        if one.kind == "p":
            tops[one.box, one.what] = one
            lefts[one.box, one.page] = one.x
        elif one.kind == "q":
            top = tops[one.box, one.what]
            first, _, last = one.what.partition(":")
            lines = Slice(done.key, int(first), int(last))
            slices.append(SliceAt(lines, top.page, top.x, top.y, one.y))
        elif one.kind == "m":
            key = note_key(boxes, done.marks[int(one.what) - 1], box.lang)
            points.append(PointAt("mark", key, one.page, one.x, one.y))
        elif one.kind == "t":
            left = lefts.get((one.box, one.page), one.x)
            points.append(PointAt("toc", box.target, one.page, left, one.y, done.width))
        elif one.kind == "c":
            opened[one.box, one.what] = one
        elif one.kind == "e" and (one.box, one.what) in opened:
            start = opened.pop((one.box, one.what))
            left = lefts.get((one.box, start.page), start.x)
            points += _citation(start, one, left, done)
    errors = tuple(_cut_error(line, run) for line in text.splitlines() if line.startswith("x "))
    return Typeset(pdf=str(folder / f"{xelatex.JOB}.pdf"), pages=len(plan.pages),
                   points=tuple(points), slices=tuple(slices), cut_errors=errors)  # fmt: skip


def _citation(start: _Written, end: _Written, left: float, done: SetBox) -> list[PointAt]:
    """The parts of a citation, one for each end of a line it is broken at. Lines between its
    first and its last, in a citation of three lines or more, are left out."""
    name = done.cites[int(start.what) - 1]
    if start.page == end.page and abs(start.y - end.y) < 1:
        return [PointAt("cite", name, start.page, start.x, start.y, end.x - start.x)]
    parts = [PointAt("cite", name, start.page, start.x, start.y,
                     max(0.0, left + done.width - start.x))]  # fmt: skip
    if end.page == start.page:
        parts.append(PointAt("cite", name, end.page, left, end.y, max(0.0, end.x - left)))
    return parts


def _cut_error(line: str, run: document.Run) -> str:
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
