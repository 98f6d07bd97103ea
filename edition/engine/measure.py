"""The measuring run: how many lines each box has, and where its marks and sentences fall.

Results are kept by content: by everything that could change them (fonts, grid macros, XeLaTeX,
the style, the width, the TeX of the box), so that a build measures only what is new.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from edition import templates
from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome
from edition.engine import findings, fonts, formats, log, xelatex
from edition.engine.cache import Cache, digest
from edition.latex import document
from edition.latex.boxes import SetBox, Setter
from edition.latex.faces import Faces
from edition.layout.types import Box, Layout, MarkAt, Measure, Measures

MACROS = "edition-grid.sty"
_WORTH_TWO = 400  # boxes: as many take about as long to set as TeX takes to start


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
    """Measures of ``boxes`` by key: one run of XeLaTeX for those not yet known, in
    ``work/measure``; none where all are. Pictures are found relative to ``root``. A box that
    could not be measured is missing in the value, and an error tells why."""
    book = dict(boxes) if isinstance(boxes, Mapping) else {box.key: box for box in boxes}
    root = root or Path.cwd()
    probed = fonts.probe(config, cache)
    if probed.value is None:
        return Outcome({}, probed.diagnostics)
    faces = probed.value
    found = [*probed.diagnostics, *findings.characters(book.values(), faces)]
    setter = Setter(book, layout, faces, root)
    ready = [setter.set(box) for box in book.values()]
    keys = _keys(ready, layout, faces, root)
    table = cache.table("measures")
    results = _kept(ready, keys, table.entries)
    new = [box for box in ready if box.key not in results]
    if new:
        fresh: dict[str, Measure] = {}
        runs = [document.measuring(part, layout, faces) for part in _parts(new)]
        with ThreadPoolExecutor(len(runs)) as threads:
            folders = [work / f"measure{n or ''}" for n in range(len(runs))]
            for results_of, reported in threads.map(
                lambda run, folder: _run(run, book, folder, root, config, cache), runs, folders
            ):
                fresh |= results_of
                found += reported
        table.save(
            {keys[key]: _as_text(one) for key, one in fresh.items()}, used=frozenset(keys.values())
        )
        results |= fresh
    measures = {box.key: _named(results[box.key], box) for box in ready if box.key in results}
    for box in ready:
        faults = (*box.faults, *(measures[box.key].faults if box.key in measures else ()))
        if box.block and box.key in measures and not book[box.key].pdf:
            faults += _height(measures[box.key], box, layout)
        found += findings.from_faults(book[box.key], faults)
    return Outcome(measures, tuple(_once(found)))


def _parts(new: Sequence[SetBox]) -> list[list[SetBox]]:
    """The boxes to measure, in two parts that take about as long where there are enough of them
    to be worth two runs of TeX at once: boxes are measured one by one, and it does not matter
    where."""
    if len(new) < _WORTH_TWO or (os.cpu_count() or 1) < 2:
        return [list(new)]
    parts: tuple[list[SetBox], list[SetBox]] = ([], [])
    sizes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for box in new:  # each style in halves: Chinese takes longer than English
        size = sizes[box.style]
        least = size.index(min(size))
        parts[least].append(box)
        size[least] += len(box.tex)
    return list(parts)


def _height(one: Measure, box: SetBox, layout: Layout) -> tuple[str, ...]:
    geometry = layout.geometry
    high = one.lines * layout.styles[box.style].leading
    return (f"HIGH:{one.lines}",) if high > geometry.lines * geometry.grid + 0.1 else ()


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


def _keys(ready: Sequence[SetBox], layout: Layout, faces: Faces, root: Path) -> dict[str, str]:
    """Key of the content of each box."""
    base = digest(
        xelatex.identity(),
        faces.identity,
        macros(root).read_bytes(),
        document.preamble(layout, faces, ()).dumps(),
    )
    styles = {name: document.style_tex(style) for name, style in layout.styles.items()}
    return {
        box.key: digest(base, styles[box.style], f"{box.width:.3f}:{box.block}", box.tex)
        for box in ready
    }


def _kept(
    ready: Sequence[SetBox], keys: Mapping[str, str], entries: Mapping[str, str]
) -> dict[str, Measure]:
    results: dict[str, Measure] = {}
    for box in ready:
        text = entries.get(keys[box.key])
        if text is not None:
            results[box.key] = _from_text(box.key, text)
    return results


def _run(
    run: document.Run,
    book: Mapping[str, Box],
    folder: Path,
    root: Path,
    config: Config,
    cache: Cache,
) -> tuple[dict[str, Measure], list[Diagnostic]]:
    done = formats.run(
        run,
        folder,
        cache=cache,
        macros=macros(root),
        seconds=120 + 0.1 * len(run.boxes),
        date=config.date,
        options=("-no-pdf",),
    )
    found = list(done.diagnostics)
    if done.value is None:
        return {}, found
    events = log.read(done.value.log)
    found += findings.from_errors(events, book, run.boxes, done.value.log)
    faulty = {event.box for event in events if event.kind in {"error", "nofile"}}
    results = read(done.value.folder / document.POSITIONS, run.boxes)
    for number, faults in findings.faults_of(events).items():
        if 0 <= number < len(run.boxes) and run.boxes[number].key in results:
            key = run.boxes[number].key
            results[key] = replace(results[key], faults=(*results[key].faults, *faults))
    for number, box in enumerate(run.boxes):
        if number in faulty:
            results.pop(box.key, None)
        elif box.key not in results and not found:
            fact = f"{box.key} was not measured"
            hint = f"the log is kept: {done.value.log}"
            found.append(Diagnostic(code=findings.UNMEASURED, span=findings.place(book[box.key]),
                                    segment=box.key, fact=fact, hint=hint))  # fmt: skip
    return results, found


def read(path: Path, boxes: Sequence[SetBox]) -> dict[str, Measure]:
    """What ``\\EDmeasure`` wrote, by key: ``b 12 7 m2:3 s1:2 s2:5 h4 TALL``. Marks are named by
    their order."""
    try:
        text = path.read_text("ascii", "replace")
    except OSError:
        return {}
    results: dict[str, Measure] = {}
    for line in text.splitlines():
        parts = line.split()
        if len(parts) < 3 or parts[0] != "b" or not "".join(parts[1:3]).isdecimal():
            continue
        number = int(parts[1])
        if number < len(boxes):
            box = boxes[number]
            results[box.key] = _measured(box, int(parts[2]), parts[3:])
    return results


def _measured(box: SetBox, lines: int, more: Sequence[str]) -> Measure:
    last: list[tuple[int, int]] = []  # (order of the last mark of a line, line)
    ends: list[tuple[int, int]] = []
    divided: list[int] = []
    faults: list[str] = []
    width = 0.0
    for one in more:
        what, _, line = one.partition(":")
        if what[:1] == "m" and what[1:].isdecimal() and line.isdecimal():
            last.append((int(what[1:]), int(line)))
        elif what[:1] == "s" and what[1:].isdecimal() and line.isdecimal():
            ends.append((int(line), int(what[1:])))
        elif what[:1] == "h" and what[1:].isdecimal():
            divided.append(int(what[1:]))
        elif one[:1] == "w":
            width = float(one[1:])
        elif one not in faults:
            faults.append(one)
    return Measure(
        key=box.key,
        lines=lines,
        marks=_marks(len(box.marks), last, block=box.block),
        sentence_ends=tuple(ends),
        divided=tuple(divided),
        width=width,
        faults=tuple(faults),
    )


def _marks(count: int, last: Sequence[tuple[int, int]], *, block: bool) -> tuple[MarkAt, ...]:
    """The line of each mark. TeX tells the last of a line only: those before it, back to the
    last of an earlier line, stand on the same. The marks of a block are with its one slice."""
    if block:
        return tuple(MarkAt(str(order), 1) for order in range(1, count + 1))
    marks: list[MarkAt] = []
    done = 0
    for order, line in last:
        marks += [MarkAt(str(one), line) for one in range(done + 1, order + 1)]
        done = max(done, order)
    return tuple(marks)


def _named(one: Measure, box: SetBox) -> Measure:
    """The measure under the key of this box, its marks named by note: boxes of the same content
    share one entry."""
    marks = tuple(MarkAt(box.marks[int(mark.note) - 1], mark.line) for mark in one.marks)
    return replace(one, key=box.key, marks=marks)


def _as_text(one: Measure) -> str:
    marks = [[mark.note, mark.line] for mark in one.marks]
    return json.dumps([one.lines, marks, one.sentence_ends, one.divided, one.width, one.faults],
                      separators=(",", ":"), ensure_ascii=True)  # fmt: skip


def _from_text(key: str, text: str) -> Measure:
    lines, marks, ends, divided, width, faults = json.loads(text)
    return Measure(
        key=key,
        lines=lines,
        marks=tuple(MarkAt(note, line) for note, line in marks),
        sentence_ends=tuple((line, count) for line, count in ends),
        divided=tuple(divided),
        width=width,
        faults=tuple(faults),
    )
