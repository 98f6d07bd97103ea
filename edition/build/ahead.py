"""Setting ahead: while biber makes the list of references, boxes that cite nothing are set.

Nothing is given back: what was set is kept by content, and the book finds it there.
"""

from __future__ import annotations

from pathlib import Path

from edition.build.prepared import Prepared
from edition.build.works import cited_in
from edition.engine.cache import Cache
from edition.engine.measure import set_boxes
from edition.layout import rubies
from edition.layout.assemble import assemble
from edition.layout.fit import fit
from edition.layout.types import Box, Layout
from edition.model import References


def set_ahead(
    prepared: Prepared, layout: Layout, *, root: Path, work: Path, cache: Cache, jobs: int
) -> None:
    """Set the boxes of a book that are the same whatever its references. What is wrong with them
    is found again, and told, when the whole book is set."""
    config = prepared.config
    layout = rubies.roomy(layout, prepared.edition, config)
    layout = fit(layout, prepared.edition, config.ratio_limits, keep=cache.keep)
    unlisted = References(style=config.bibliography.style, entries={})
    book = assemble(prepared.edition, config, layout, unlisted)
    free = frozenset(key for key, box in book.boxes.items() if not _cites(box))
    set_boxes(book.boxes, layout, config, work, cache, root=root, jobs=jobs, only=free)


def _cites(box: Box) -> bool:
    parts = [box.inlines]
    if box.segment and box.segment.table:
        table = box.segment.table
        parts += [cell.inlines for cell in table.cells]
    return any(True for part in parts for _ in cited_in(part))
