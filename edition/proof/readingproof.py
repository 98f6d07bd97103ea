"""Readings above characters (ruby): they keep clear of the line above them, of its characters and
of the lines below its names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from edition.diagnostics import warning
from edition.press.characters import Piece, Run, Runs
from edition.press.strokes import Strokes
from edition.proof.lines import PrintedLine, is_ideograph
from edition.proof.lines import of_page as of_lines
from edition.proof.types import SliceFacts

TOUCHES = warning("PRF027", "a reading touches the line above it")

_SMALL = 0.8  # of the size of the text: what is larger is no reading
_RAISED = (0.7, 1.4)  # em above a baseline: readings of its characters
_HIGH, _LOW = 0.7, 0.46  # em of letters that rise or bear a tone, and of others
_INK = 0.06  # em below its baseline to which an ideograph reaches
_NEAR = 1.5  # em: the line above stands no further away than this


def of_page(
    slices: Sequence[SliceFacts], glyphs: Runs, strokes: Strokes
) -> Iterator[tuple[int, int, str]]:
    """(number of the slice, line, fact) of each reading that touches something above it.
    ``glyphs``: runs of the page in pieces of one glyph."""
    printed = of_lines(slices, glyphs)
    lines = [line for own in printed.values() for line in own if line.lang == "zh"]
    largest = max((line.size for line in lines), default=0.0)
    small = [run for run in glyphs if run.size < _SMALL * largest]
    for number, own in printed.items() if small else ():
        for line in own:
            for run in small:
                if line.lang == "zh" and _reads(run, line):
                    touched = _touched(run, line, lines, strokes)
                    if touched:
                        said = "".join(piece[0] for piece in run.pieces).strip()
                        yield number, line.number, f"“{said}” touches {touched} above it"


def _reads(run: Run, line: PrintedLine) -> bool:
    """Whether a run is a reading of characters of a line."""
    up = (line.y - run.y) / line.size
    within = line.pieces[0][1] - line.size < run.left and run.right < line.pieces[-1][2] + line.size
    return run.size < _SMALL * line.size and _RAISED[0] < up < _RAISED[1] and within


def _touched(
    run: Run, line: PrintedLine, lines: Iterable[PrintedLine], strokes: Strokes
) -> str:  # fmt: skip
    for piece in run.pieces:
        top = run.y - _height(piece[0]) * run.size
        for stroke in strokes:
            if top < stroke.bottom and stroke.top < run.y and _overlap(piece, stroke.left,
                                                                       stroke.right):  # fmt: skip
                return "the line of a name"
        for above in lines:
            foot = above.y + _INK * above.size
            if above is line or not 0 < line.y - above.y < _NEAR * 2 * line.size or top >= foot:
                continue
            if foot > run.y:  # it stands beside the reading, not above
                continue
            for other in above.pieces:
                if is_ideograph(other[0]) and _overlap(piece, other[1], other[2]):
                    return f"“{other[0]}”"
    return ""


def _overlap(piece: Piece, left: float, right: float) -> bool:
    return piece[1] < right and left < piece[2]


def _height(text: str) -> float:
    """How high letters are, in em."""
    bare = unicodedata.normalize("NFD", text)
    high = any(one in "bdfhklt" or one.isupper() or unicodedata.combining(one) for one in bare)
    return _HIGH if high else _LOW
