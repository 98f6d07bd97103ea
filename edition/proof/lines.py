"""The printed lines of a finished page, and how well they are filled.

A line is what stands in one slice on one baseline of its grid. Raised numbers, ruby and other
small type belong to no line: what is judged is what a reader's eye follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median

from edition.latex.faces import is_han
from edition.model import Lang
from edition.press.characters import Piece, Run, Runs
from edition.proof.types import HYPHENS, SliceFacts

LOOSE: Mapping[Lang, float] = {"zh": 0.1, "en": 0.45}  # em: between Han, between words
_SMALL = 0.8  # of the size of the box: what is smaller is raised, or a reading
_SPACE = 0.13  # em between two pieces from which on they are of two words
_CELL = 0.9  # em between two pieces from which on they are of two cells of a table
_HANG = 0.6  # em that a mark may stand beside its slice


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """``number``: which line of its box, from 1; of a block, which run of its glyphs. ``y``: its
    baseline. ``loose``: how much wider than set solid its gaps are, in em: between Han where the
    line is Chinese, the whole space between words where it is English; None where it is not
    filled out."""

    number: int
    lang: Lang
    pieces: tuple[Piece, ...]
    y: float
    size: float
    text: str
    first: bool = False  # of its box
    last: bool = False
    block: bool = False
    loose: float | None = None

    @property
    def divided(self) -> bool:
        """Whether it ends within a word."""
        return self.text[-1:] in HYPHENS and not self.last

    def words(self) -> list[str]:
        """Its words: pieces without a space between them."""
        space = _SPACE * self.size
        words, end = [""], self.pieces[0][1]
        for text, left, right in self.pieces:
            if left - end > space:
                words.append("")
            words[-1] += text
            end = right
        return words


def of_page(slices: Sequence[SliceFacts], runs: Runs) -> dict[int, list[PrintedLine]]:
    """The lines of each slice of a page, by its number."""
    held: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        for number, own in _slices_of(run, slices):
            held[number].append(own)
    return {
        number: list(
            _of_block(own, slices[number]) if slices[number].block
            else _of_text(own, slices[number])
        )
        for number, own in sorted(held.items())
        if not slices[number].mute
    }  # fmt: skip


def _slices_of(run: Run, slices: Sequence[SliceFacts]) -> Iterator[tuple[int, Run]]:
    """The slice that a run stands in; where it reaches over one, by the middle of each piece."""
    y, margin = run.y, _HANG * run.size
    level = [
        (number, one.x - margin, one.x + one.width + margin)
        for number, one in enumerate(slices)
        if one.top < y <= one.bottom
    ]
    for number, left, right in level:
        if left <= run.left and run.right <= right:
            yield number, run
            return
    parts: dict[int, list[Piece]] = defaultdict(list)
    for piece in run.pieces if level else ():
        middle = (piece[1] + piece[2]) / 2
        for number, left, right in level:
            if left <= middle <= right:
                parts[number].append(piece)
                break
    for number, pieces in parts.items():
        yield number, run._replace(pieces=tuple(pieces))


def _chained(runs: list[Run]) -> tuple[Piece, ...]:
    """The pieces of runs on one line from left to right."""
    if len(runs) == 1:
        return runs[0].pieces
    runs.sort(key=lambda run: run.left)
    pieces = [piece for run in runs for piece in run.pieces]
    if any(after.left < before.pieces[-1][1] for before, after in pairwise(runs)):
        pieces.sort(key=lambda piece: piece[1])
    return tuple(pieces)


def _said(pieces: Iterable[Piece]) -> str:
    return "".join([piece[0] for piece in pieces])


def _of_text(runs: Iterable[Run], place: SliceFacts) -> Iterator[PrintedLine]:
    rows: dict[int, list[Run]] = defaultdict(list)
    start = place.top + place.rise
    for run in runs:
        if run.size >= _SMALL * place.size:
            rows[round((run.y - start) / place.leading)].append(run)
    # in a note of several blocks, each ends in a line that is as long as its words
    right = place.x + place.width - 2 * place.size
    for row, found in sorted(rows.items()):
        number = place.first + row + 1
        pieces = _chained(found)
        last = number >= place.lines
        ends = last or (place.several and pieces[-1][2] < right)
        loose = _looseness(pieces, place) if place.filled and not ends else None
        yield PrintedLine(
            number=number, lang=place.lang, pieces=pieces, y=found[0].y, size=place.size,
            text=_said(pieces), first=number == 1, last=last, loose=loose,
        )  # fmt: skip


def _of_block(runs: Sequence[Run], place: SliceFacts) -> Iterator[PrintedLine]:
    """Runs of a table or picture: what stands on one baseline without the gap
    that parts two cells."""
    size = place.size
    rows: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        if run.size >= _SMALL * size:
            rows[round(run.y)].append(run)
    number = 0
    for _, found in sorted(rows.items()):
        cells: list[list[Piece]] = [[]]
        for piece in _chained(found):
            if cells[-1] and piece[1] - cells[-1][-1][2] > _CELL * size:
                cells.append([])
            cells[-1].append(piece)
        for cell in cells:
            number += 1
            yield PrintedLine(number=number, lang=place.lang, pieces=tuple(cell), y=found[0].y,
                              size=size, text=_said(cell), block=True)  # fmt: skip


def _looseness(pieces: Sequence[Piece], place: SliceFacts) -> float | None:
    """The median gap, in em."""
    gaps: list[float] = []
    size, chinese, space = place.size, place.lang == "zh", _SPACE * place.size
    after_han, end = False, pieces[0][1]
    for text, left, right in pieces:
        han, ends_han, within = _han(text)
        if chinese:
            if han and after_han:
                gaps.append(left - end)
            if within:
                gaps += [0.0] * within
        elif left - end > space and not (han and after_han):
            gaps.append(left - end)
        after_han, end = ends_han, right
    return median(gaps) / size if gaps else None


@cache
def _han(text: str) -> tuple[bool, bool, int]:
    """Whether a piece begins and ends with Han, and how many of its gaps are between two."""
    han = [is_ideograph(one) for one in text]
    return (han[0], han[-1], sum(map(all, pairwise(han)))) if han else (False, False, 0)


def is_ideograph(text: str) -> bool:
    return len(text) == 1 and is_han(text) and text.isalpha()
