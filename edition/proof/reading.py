"""Reading a finished file back: the proofs of its pages, kept ones where nothing changed.

Pages are read by two programs: poppler gives their words, as a reader would copy them, and
:mod:`edition.press.characters` their glyphs. Long books are read by several processes, each a part
of the pages.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from edition import aside
from edition.diagnostics import Outcome
from edition.engine import identity, readback
from edition.engine.cache import Cache, digest
from edition.press import strokes
from edition.press.characters import READER, DamagedError, Finished, Runs
from edition.press.strokes import Strokes
from edition.proof import kept as stores
from edition.proof import page
from edition.proof.types import Counts, PageFacts, PageProof

_PACKAGE = Path(__file__).resolve().parents[1]
# what of the package the proof of a page is made by; its arguments are in the key
_CODE = ("proof", "press", "latex", "engine/readback.py", "numerals.py", "model")
_WORTH = 24  # pages for which a process more is worth its while
_NEAR = 12  # pages between two that are read: poppler reads them sooner than it starts again

Proofs = tuple[PageProof, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """The proofs of all pages, and how many of them were read this time."""

    pages: Proofs
    anew: int


def read_back(
    pdf: Path, facts: Sequence[PageFacts], *, cache: Cache, variant: str, jobs: int = 0,
    everything: bool = False, bare: Sequence[str] = (), opened: Finished | None = None,
) -> Outcome[Read | None]:  # fmt: skip
    """The proofs of the pages of ``pdf``. Those that ``cache`` has of an earlier file of this
    ``variant`` of the book are taken from there, unless ``everything`` is to be read; it has all
    of them afterwards. ``jobs``: processes at once, 0 for one a core; ``bare``: the digests of the
    facts without folios, where they are known; ``opened``: the file, where it is taken apart
    already. The value is None where the file or a program fails."""
    program = readback.program()
    if program is None:
        return Outcome(None, (readback.missing(),))
    key = digest(_basis(program), variant)
    kept = stores.KeptProofs() if everything else stores.load(cache, key)
    try:
        file = opened or Finished(pdf.read_bytes())
        book = _KeptPages(file, facts, kept, bare or [""] * len(facts))
        read = dict(_in_parts(file, pdf, facts, book.stale, jobs or os.cpu_count() or 1))
    except (readback.ReadError, DamagedError) as problem:
        return Outcome(None, (readback.unread(pdf, problem),))
    proofs = [read[n] if n in read else kept.pages[name] for n, name in enumerate(book.keys)]
    if any(book.keys[index] for index in book.stale):
        known = {name: one for name, one in zip(book.keys, proofs, strict=True) if name}
        kept.add(known, book.fonts.values(), book.names, book.changed)
        stores.save(kept, cache, key)
    unplanned = [PageProof((), Counts(), ())] * (len(file.pages) - len(proofs))
    return Outcome(Read((*proofs, *unplanned), len(book.stale)))


class _KeptPages:
    """What of a file is as it was: the ``keys`` of its pages, empty for those that are always
    read, and which pages are ``stale``. Raises :class:`DamagedError`."""

    def __init__(
        self,
        file: Finished,
        facts: Sequence[PageFacts],
        kept: stores.KeptProofs,
        bare: Sequence[str],
    ) -> None:
        pages = range(min(len(file.pages), len(facts)))
        of_page = {n: file.fonts_of(n) for n in pages if stores.keepable(file, n)}
        self.fonts = {id(font): font for fonts in of_page.values() for font in fonts.values()}
        self.names = kept.named(self.fonts.values())
        self.changed = kept.changed(self.fonts.values(), self.names)
        self.keys = [
            stores.key(file, n, of_page[n], self.names, facts[n], bare[n])
            if n in of_page else ""
            for n in pages
        ]  # fmt: skip
        self.stale = [
            n for n, name in enumerate(self.keys)
            if name not in kept.pages
            or stores.outdated(file.content(n), of_page[n].values(), self.names, self.changed)
        ]  # fmt: skip


def _basis(program: str) -> str:
    """A digest of all that proves a page but its arguments."""
    parts: list[str | bytes] = [identity.program_identity(program), READER]
    for name in _CODE:
        path = _PACKAGE / name
        parts += [one.read_bytes() for one in sorted(path.rglob("*.py"))] or [path.read_bytes()]
    return digest(*parts)


# --- pages --------------------------------------------------------------------------------------


def _pages(
    file: Finished, pdf: Path, facts: Sequence[PageFacts], indexes: Sequence[int]
) -> Iterator[tuple[int, PageProof]]:
    """The proofs of some pages, in order. Raises :class:`readback.ReadError` and
    :class:`DamagedError`."""
    wanted = frozenset(indexes)
    for first, last in _ranges(indexes):
        for index, words in enumerate(readback.pages(pdf, first + 1, last + 1), start=first):
            if index in wanted:
                drawn = partial(_drawn, file, index)
                yield index, page.prove(facts[index], file.runs(index), words, drawn)


def _drawn(file: Finished, index: int) -> tuple[Runs, Strokes]:
    """The glyphs of a page one by one, and its lines."""
    return file.runs(index, glyphs=True), strokes.read(file, index)


def _ranges(indexes: Sequence[int]) -> list[tuple[int, int]]:
    """Pages in order as ranges, first and last, those near each other in one."""
    ranges: list[tuple[int, int]] = []
    for index in indexes:
        if ranges and index - ranges[-1][1] <= _NEAR:
            ranges[-1] = ranges[-1][0], index
        else:
            ranges.append((index, index))
    return ranges


# --- processes ----------------------------------------------------------------------------------


def _in_parts(
    file: Finished, pdf: Path, facts: Sequence[PageFacts], indexes: Sequence[int], jobs: int
) -> Iterator[tuple[int, PageProof]]:
    """The same by several processes: copies of this one, which have all that it has read."""
    count = max(1, min(jobs, len(indexes) // _WORTH))
    if not aside.possible():
        count = 1
    share = max(1, -(-len(indexes) // count))
    parts = [indexes[at : at + share] for at in range(0, len(indexes), share)]
    others = [(part, aside.begin(partial(_proved, file, pdf, facts, part))) for part in parts[1:]]
    try:
        yield from _pages(file, pdf, facts, parts[0] if parts else ())
    finally:
        said = [(part, heard()) for part, heard in others]
    for part, data in said:
        proofs = [stores.proof_of(one) for one in json.loads(data)] if data else []
        if len(proofs) != len(part):
            yield from _pages(file, pdf, facts, part)  # says what is wrong, if it is wrong again
        else:
            yield from zip(part, proofs, strict=True)


def _proved(
    file: Finished, pdf: Path, facts: Sequence[PageFacts], part: Sequence[int],
    wanted: Callable[[], bool],
) -> bytes:  # fmt: skip
    """The proofs of a part, as JSON, as long as they are ``wanted``."""
    proofs = []
    for _, proof in _pages(file, pdf, facts, part):
        proofs.append(proof)
        if not wanted():
            break
    return json.dumps(proofs).encode()
