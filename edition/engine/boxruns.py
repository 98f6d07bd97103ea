"""Runs of XeLaTeX that set boxes into lines, which are kept as bytes, and measure them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from edition.config import Config
from edition.diagnostics import Diagnostic
from edition.engine import (
    driver,
    findings,
    fontfiles,
    formats,
    log,
    positions,
    wording,
    xdv,
    xelatex,
)
from edition.engine.cache import Cache
from edition.engine.galleys import Galley, Point
from edition.latex import document
from edition.latex.boxes import SetBox
from edition.latex.faces import Face, Faces
from edition.latex.lengths import scaled
from edition.layout.types import Box, Layout, Measure, Measures

# what lines tell besides what TeX wrote: another figure, and none is taken as it was
TOLD = "words 2"
_WORTH_TWO = 400  # boxes: as many take about as long to set as TeX takes to start
_MOST = 4000  # boxes of one run: it holds all that it shipped, and what TeX told of it

_Lines = dict[int, tuple[tuple[xdv.XdvLine, ...], tuple[tuple[Point, ...], ...]]]


@dataclass(slots=True)
class RunDone:
    """What came of one run: galleys by the keys of their boxes, and what TeX found wrong."""

    galleys: dict[str, Galley] = field(default_factory=dict)
    fonts: Mapping[int, bytes] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxRuns:
    """Runs of XeLaTeX for boxes of ``book``, at most ``jobs`` at once."""

    book: Mapping[str, Box]
    layout: Layout
    faces: Faces
    config: Config
    cache: Cache
    macros: Path
    work: Path  # the runs are in its folders ``measure…``
    jobs: int

    @contextmanager
    def begun(self, boxes: Sequence[SetBox]) -> Iterator[Iterator[RunDone]]:
        """Have ``boxes`` set, which goes on within this context; what comes of each run."""
        parts = _parts(boxes, self.jobs)
        folders = [self.work / f"measure{n or ''}" for n in range(len(parts))]
        with ThreadPoolExecutor(max(1, min(self.jobs, len(parts)))) as threads:
            yield threads.map(self._run, parts, folders)

    def _run(self, boxes: Sequence[SetBox], folder: Path) -> RunDone:
        run = document.measuring(boxes, self.layout, self.faces)
        done = formats.run(run, folder, cache=self.cache, macros=self.macros,
                           seconds=120 + 0.1 * len(boxes), date=self.config.date)  # fmt: skip
        result = RunDone(found=list(done.diagnostics))
        if done.value is None or not done.ok:
            return result
        events = log.read(done.value.log)
        result.found += findings.from_errors(events, self.book, boxes, done.value.log)
        faulty = {event.box for event in events if event.kind in {"error", "nofile"}}
        text = positions.text_of(done.value.folder / document.POSITIONS)
        measures = positions.measures(text, boxes)
        for number, faults in findings.faults_of(events).items():
            if 0 <= number < len(boxes) and boxes[number].key in measures:
                key = boxes[number].key
                measures[key] = replace(measures[key], faults=(*measures[key].faults, *faults))
        try:
            lines, result.fonts = _lines(
                done.value, text, scaled(self.layout.geometry.paper_height)
            )
        except xdv.XdvError as problem:  # nothing of a run that came to no end is kept
            result.found.append(driver.refused(problem, done.value.log))
            return result
        own = [(number, box) for number, box in enumerate(boxes) if number not in faulty]
        self._gather(result, own, measures, lines, done.value.log)
        return result

    def _gather(
        self, result: RunDone, boxes: Sequence[tuple[int, SetBox]], measures: Measures,
        lines: _Lines, kept: Path,
    ) -> None:  # fmt: skip
        """Put the galleys of ``boxes`` into the result; why one was not measured. ``kept``: the
        log of the run."""
        space = _spaces(result.fonts, self.cache)
        for number, box in boxes:
            if box.key in measures:
                own, points = lines.pop(number, ((), ()))
                own = wording.worded(own, self.book[box.key], space)
                result.galleys[box.key] = Galley(own, points, _as_json(measures[box.key]))
            elif not result.found:
                fact = f"{box.key} was not measured"
                hint = f"the log is kept: {kept}"
                result.found.append(Diagnostic(code=findings.UNMEASURED,
                                               span=findings.place(self.book[box.key]),
                                               segment=box.key, fact=fact, hint=hint))  # fmt: skip


def _parts(new: Sequence[SetBox], jobs: int) -> list[list[SetBox]]:
    """The boxes to set, in parts that take about as long where there are enough of them to be
    worth several runs of TeX at once: boxes are set one by one, and it does not matter where."""
    count = max(min(jobs, len(new) * 2 // _WORTH_TWO), -(-len(new) // _MOST))
    if count < 2:
        return [list(new)] if new else []
    parts: list[list[SetBox]] = [[] for _ in range(count)]
    sizes: dict[str, list[int]] = defaultdict(lambda: [0] * count)
    for box in new:  # each style in equal shares: Chinese takes longer than English
        size = sizes[box.style]
        least = size.index(min(size))
        parts[least].append(box)
        size[least] += len(box.tex)
    return parts


def _spaces(defined: Mapping[int, bytes], cache: Cache) -> wording.Space:
    """The glyph that is a space of each font, a quarter of an em wide; None where it has none."""
    known: dict[int, tuple[int, int] | None] = {}

    def space(name: int) -> tuple[int, int] | None:
        if name not in known:
            file = xdv.font_file(defined[name]) if name in defined else None
            glyph = fontfiles.glyphs_of(Face(*file), " ", cache).get(" ") if file else None
            known[name] = None if glyph is None else (glyph, xdv.font_size(defined[name]) // 4)
        return known[name]

    return space


def _lines(done: xelatex.Pass, text: str, high: int) -> tuple[_Lines, Mapping[int, bytes]]:
    """The lines that a run shipped and the points in each, by the number of their box; nothing
    where they are of a version that cannot be read: the book is then set the plain way. ``high``:
    of the page. Raises :class:`xdv.XdvError` where they are damaged or missing."""
    try:
        shipped = xdv.read(done.xdv.read_bytes())
    except xdv.VersionError:
        return {}, {}
    except OSError as problem:
        raise xdv.XdvError(f"there is none: {problem.strerror}") from problem
    points: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for one in positions.written(text):
        # the origin of a line's page is an inch from its upper left corner
        point = Point(one.kind, int(one.what), one.x - xdv.INCH, high - one.y - xdv.INCH)
        points[one.box, one.page].append(point)
    by_box: dict[int, list[int]] = defaultdict(list)
    for number, line in sorted(shipped.lines):
        by_box[number].append(line)
    return {
        number: (
            tuple(shipped.lines[number, line] for line in own),
            tuple(tuple(points.get((number, line), ())) for line in own),
        )
        for number, own in by_box.items()
    }, shipped.fonts


def _as_json(one: Measure) -> list[object]:
    marks = [[mark.note, mark.line] for mark in one.marks]
    table = [one.caption, one.head, one.rows]
    return [one.lines, marks, one.sentence_ends, one.divided, one.stones, table, one.faults]
