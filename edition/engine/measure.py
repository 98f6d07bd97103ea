"""The measuring run: every box set into lines, how many they are, and where its marks fall.

Each line is kept as bytes (:mod:`edition.engine.galleys`): the pages of the book are put together
from these. Galleys are kept by everything that could change them (fonts, grid macros, XeLaTeX, the
style, the width, the TeX of the box), so that a build sets only what is new, and two layouts share
what they set alike.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from edition import templates
from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome
from edition.engine import (
    driver,
    findings,
    fontfiles,
    fonts,
    formats,
    glyphs,
    log,
    positions,
    wording,
    xdv,
    xelatex,
)
from edition.engine.cache import Cache, digest
from edition.engine.galleys import Galley, GalleyStore, Point
from edition.latex import document
from edition.latex.boxes import SetBox, Setter, text_of
from edition.latex.faces import Face, Faces
from edition.latex.lengths import scaled
from edition.layout.types import Box, Layout, MarkAt, Measure, Measures

MACROS = "edition-grid.sty"
_TOLD = (
    "words 1"  # what lines tell besides what TeX wrote: another figure, and none is taken as it was
)
_WORTH_TWO = 400  # boxes: as many take about as long to set as TeX takes to start


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBook:
    """The boxes of a book as they were set, by their keys in it. A box that could not be set is
    missing in ``measures`` and ``galleys``."""

    measures: Measures
    boxes: Mapping[str, SetBox]
    galleys: Mapping[str, Galley]
    setter: Setter
    faces: Faces
    store: GalleyStore
    base: str  # digest of what all keys of the store depend on

    @property
    def in_lines(self) -> bool:
        """Whether the lines of all boxes are at hand: not where XDV of another kind was met."""
        return all(galley.lines for galley in self.galleys.values())


def macros(root: Path) -> Path:
    """The grid macros that serve a workspace: its own, or those of the installation."""
    found = templates.find(MACROS, root)
    assert found is not None, f"{MACROS} is not installed"
    return found


def measure(
    boxes: Mapping[str, Box] | Iterable[Box],
    layout: Layout,
    config: Config,
    work: Path,
    cache: Cache,
    *,
    root: Path | None = None,
) -> Outcome[Measures]:
    """The measures alone of :func:`set_boxes`."""
    done = set_boxes(boxes, layout, config, work, cache, root=root)
    return Outcome(done.value.measures if done.value else {}, done.diagnostics)


def set_boxes(
    boxes: Mapping[str, Box] | Iterable[Box],
    layout: Layout,
    config: Config,
    work: Path,
    cache: Cache,
    *,
    root: Path | None = None,
    jobs: int = 0,
    rare: str = "",
    only: Collection[str] | None = None,
) -> Outcome[SetBook | None]:
    """``boxes`` set into lines, or of them those whose keys are in ``only``. What is not yet known
    is set by runs of XeLaTeX in ``work/measure…``, at most ``jobs`` at once (0: as many as there
    are cores). Pictures are found relative to ``root``. ``rare``: characters of finished pages
    among the boxes that share a glyph with others. None where the fonts are not there; for a box
    that could not be set, an error tells why."""
    book = dict(boxes) if isinstance(boxes, Mapping) else {box.key: box for box in boxes}
    root = root or Path.cwd()
    text = rare + "".join(map(text_of, book.values()))
    probed = fonts.probe(config, cache, text)
    if probed.value is None:
        return Outcome(None, probed.diagnostics)
    faces = probed.value
    found = list(probed.diagnostics)
    if glyphs.unprintable(text, faces):
        found += glyphs.check(glyphs.of_boxes(book.values()), faces)
    setter = Setter(book, layout, faces, root, keep=cache.keep)
    ready = {key: setter.set(box) for key, box in book.items() if only is None or key in only}
    base = digest(
        xelatex.identity(), faces.identity, macros(root).read_bytes(), document.base(faces), _TOLD
    )
    keys = _keys(ready.values(), layout, base)
    store = cache.galleys()
    kept: dict[str, Galley] = {}
    tried: set[str] = set()
    # what turns out to be damaged in the store is set in a second round
    for there in (store.has, kept.__contains__):
        new = [box for key, box in ready.items()
               if not there(keys[key]) and keys[key] not in tried]  # fmt: skip
        tried.update(keys[box.key] for box in new)
        # boxes of the same content are set once
        once = list({keys[box.key]: box for box in new}.values())
        runs = [document.measuring(part, layout, faces) for part in _parts(once, jobs)]
        folders = [work / f"measure{n or ''}" for n in range(len(runs))]
        work_on = partial(_run, book, layout, root, config, cache)
        with ThreadPoolExecutor(max(1, len(runs))) as threads:
            setting = threads.map(work_on, runs, folders)
            kept |= store.get(keys.values())  # while TeX sets the others
            for done in setting:
                own = {keys[key]: galley for key, galley in done.galleys.items()}
                store.add(own, done.fonts)
                kept |= own
                found += done.found
        store.save()
        if kept.keys() | tried >= set(keys.values()):
            break
    galleys = {key: kept[keys[key]] for key in ready if keys[key] in kept}
    measures = {key: _measure(ready[key], galley) for key, galley in galleys.items()}
    for key, box in ready.items():
        faults = (*box.faults, *(measures[key].faults if key in measures else ()))
        if key in measures and not book[key].pdf:
            faults += _height(measures[key], box, layout)
        found += findings.from_faults(book[key], faults)
    made = SetBook(
        measures=measures,
        boxes=ready,
        galleys=galleys,
        setter=setter,
        faces=faces,
        store=store,
        base=base,
    )
    return Outcome(made, tuple(_once(found)))


def _parts(new: Sequence[SetBox], jobs: int) -> list[list[SetBox]]:
    """The boxes to set, in parts that take about as long where there are enough of them to be
    worth several runs of TeX at once: boxes are set one by one, and it does not matter where."""
    count = min(jobs or os.cpu_count() or 1, len(new) * 2 // _WORTH_TWO)
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


def _height(one: Measure, box: SetBox, layout: Layout) -> tuple[str, ...]:
    """HIGH of a picture, ROWHIGH of a row of a table, that no page holds."""
    geometry = layout.geometry
    most = (geometry.lines * geometry.grid + 0.1) / layout.styles[box.style].leading
    if box.block and one.lines > most:
        return (f"HIGH:{one.lines}",)
    high = [row + one.head + (one.caption if not number else 0)
            for number, row in enumerate(one.rows)]  # fmt: skip
    row = next((number for number, lines in enumerate(high, start=1) if lines > most), 0)
    return (f"ROWHIGH:{row}",) if row else ()


def _once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same character may be found missing before TeX and by TeX: reported once."""
    seen = set()
    kept = []
    for one in found:
        key = (one.code.id, one.segment, one.fact)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _keys(ready: Iterable[SetBox], layout: Layout, base: str) -> dict[str, str]:
    """Key of the content of each box."""
    styles = {name: document.style_tex(style) for name, style in layout.styles.items()}
    return {
        box.key: digest(
            base, styles[box.style], f"{box.width:.3f}:{box.block}:{box.rows is not None}", box.tex
        )
        for box in ready
    }


@dataclass(slots=True)
class _Done:
    """What came of one run: galleys by the keys of their boxes, and what TeX found wrong."""

    galleys: dict[str, Galley] = field(default_factory=dict)
    fonts: Mapping[int, bytes] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)


def _run(
    book: Mapping[str, Box],
    layout: Layout,
    root: Path,
    config: Config,
    cache: Cache,
    run: document.TexSource,
    folder: Path,
) -> _Done:
    done = formats.run(
        run,
        folder,
        cache=cache,
        macros=macros(root),
        seconds=120 + 0.1 * len(run.boxes),
        date=config.date,
    )
    result = _Done(found=list(done.diagnostics))
    if done.value is None or not done.ok:
        return result
    events = log.read(done.value.log)
    result.found += findings.from_errors(events, book, run.boxes, done.value.log)
    faulty = {event.box for event in events if event.kind in {"error", "nofile"}}
    text = positions.text_of(done.value.folder / document.POSITIONS)
    measures = positions.measures(text, run.boxes)
    for number, faults in findings.faults_of(events).items():
        if 0 <= number < len(run.boxes) and run.boxes[number].key in measures:
            key = run.boxes[number].key
            measures[key] = replace(measures[key], faults=(*measures[key].faults, *faults))
    try:
        lines, result.fonts = _lines(done.value, text, scaled(layout.geometry.paper_height))
    except xdv.XdvError as problem:  # nothing of a run that came to no end is kept
        result.found.append(driver.refused(problem, done.value.log))
        return result
    space = _spaces(result.fonts, cache)
    for number, box in enumerate(run.boxes):
        if number in faulty:
            continue
        if box.key in measures:
            own, points = lines.pop(number, ((), ()))
            own = wording.worded(own, book[box.key], space)
            result.galleys[box.key] = Galley(own, points, _as_json(measures[box.key]))
        elif not result.found:
            fact = f"{box.key} was not measured"
            hint = f"the log is kept: {done.value.log}"
            result.found.append(Diagnostic(code=findings.UNMEASURED,
                                           span=findings.place(book[box.key]),
                                           segment=box.key, fact=fact, hint=hint))  # fmt: skip
    return result


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


_Lines = dict[int, tuple[tuple[xdv.XdvLine, ...], tuple[tuple[Point, ...], ...]]]


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


def _measure(box: SetBox, galley: Galley) -> Measure:
    """The measure under the key of this box, its marks named by note: boxes of the same content
    share one galley."""
    lines, marks, ends, divided, stones, (caption, head, rows), faults = galley.measure
    return Measure(
        key=box.key,
        lines=lines,
        marks=tuple(MarkAt(box.marks[int(order) - 1], line) for order, line in marks),
        sentence_ends=tuple((line, count) for line, count in ends),
        divided=tuple(divided),
        stones=tuple(stones),
        caption=caption,
        head=head,
        rows=tuple(rows),
        faults=tuple(faults),
    )


def _as_json(one: Measure) -> list[object]:
    marks = [[mark.note, mark.line] for mark in one.marks]
    table = [one.caption, one.head, one.rows]
    return [one.lines, marks, one.sentence_ends, one.divided, one.stones, table, one.faults]
