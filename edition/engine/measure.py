"""The measuring run: every box set into lines, how many they are, and where its marks fall.

Each line is kept as bytes (:mod:`edition.engine.galleys`): the pages of the book are put together
from these. Galleys are kept by everything that could change them (fonts, grid macros, XeLaTeX, the
style, the width, the TeX of the box), so that a build sets only what is new, and two layouts share
what they set alike.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from edition import templates
from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome
from edition.engine import findings, fonts, glyphs, xelatex
from edition.engine.boxruns import TOLD, BoxRuns
from edition.engine.cache import Cache, digest
from edition.engine.galleys import Galley, GalleyStore
from edition.latex import document
from edition.latex.boxes import SetBox, Setter, text_of
from edition.latex.faces import Faces
from edition.layout.types import Box, Layout, MarkAt, Measure, Measures

MACROS = "edition-grid.sty"


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
    only: Collection[str] | None = None,
) -> Outcome[SetBook | None]:
    """``boxes`` set into lines, or of them those whose keys are in ``only``. What is not yet known
    is set by runs of XeLaTeX in ``work/measure…``, at most ``jobs`` at once (0: as many as there
    are cores). Pictures are found relative to ``root``. None where the fonts are not there; for a
    box that could not be set, an error tells why."""
    book = dict(boxes) if isinstance(boxes, Mapping) else {box.key: box for box in boxes}
    root = root or Path.cwd()
    text = "".join(map(text_of, book.values()))
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
        xelatex.identity(), faces.identity, macros(root).read_bytes(), document.base(faces), TOLD
    )
    runs = BoxRuns(book=book, layout=layout, faces=faces, config=config, cache=cache,
                   macros=macros(root), work=work, jobs=jobs or os.cpu_count() or 1)  # fmt: skip
    store = cache.galleys()
    keys = _keys(ready.values(), layout, base)
    kept, of_runs = _kept(ready, keys, store, runs)
    found += of_runs
    galleys = {key: kept[keys[key]] for key in ready if keys[key] in kept}
    measures = {key: _measure(ready[key], galley) for key, galley in galleys.items()}
    for key, box in ready.items():
        faults = (*box.faults, *(measures[key].faults if key in measures else ()))
        if key in measures:
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


def _kept(
    ready: Mapping[str, SetBox], keys: Mapping[str, str], store: GalleyStore, runs: BoxRuns
) -> tuple[dict[str, Galley], list[Diagnostic]]:
    """The galleys of all boxes by their keys in the store, where those are put that it has not;
    what was found wrong in setting them."""
    kept: dict[str, Galley] = {}
    found: list[Diagnostic] = []
    tried: set[str] = set()
    # what turns out to be damaged in the store is set in a second round
    for there in (store.has, kept.__contains__):
        new = [box for key, box in ready.items()
               if not there(keys[key]) and keys[key] not in tried]  # fmt: skip
        tried.update(keys[box.key] for box in new)
        # boxes of the same content are set once
        once = list({keys[box.key]: box for box in new}.values())
        with runs.begun(once) as setting:
            kept |= store.get(keys.values())  # while TeX sets the others
            for done in setting:
                own = {keys[key]: galley for key, galley in done.galleys.items()}
                store.add(own, done.fonts)
                kept |= own
                found += done.found
        store.save()
        if kept.keys() | tried >= set(keys.values()):
            break
    return kept, found


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
            base,
            styles[box.style],
            f"{box.width:.3f}:{box.block}:{box.rows is not None}:{box.language}",
            box.tex,
        )
        for box in ready
    }


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
