"""The lines below names and titles: read from the paths of the finished page against the glyphs
above them. A line begins and ends with a name, no two names have one line, and the names that have
one are those of the edition, in their order."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from edition.diagnostics import error
from edition.latex import breaks
from edition.press.characters import Piece, Run, Runs
from edition.press.strokes import Stroke, Strokes
from edition.proof import lines
from edition.proof.lines import PrintedLine, is_ideograph
from edition.proof.types import BoxFacts, LinedFacts, NamesRead, SliceFacts

NAMES = error("PRF024", "the line of a name or title is not where it should be")

_NEAREST, _FURTHEST = 0.1, 0.36  # em below the baseline between which such lines stand
_JOINED = 0.06  # em between two pieces from which on they are of two names
_OFF = 0.13  # em by which a line may end before its name, or behind it
_RAISED = 0.7  # em above the baseline from which on small type is a reading, not a number
_KIND = {"n": "the line", "t": "the wavy line"}


def of_page(
    slices: Sequence[SliceFacts], glyphs: Runs, strokes: Strokes
) -> dict[int, tuple[tuple[NamesRead, ...], tuple[tuple[int, str], ...]]]:
    """Of each slice with Chinese: what its lines have of such lines, and (line, fact) of those that
    are too long or too short. ``glyphs``: runs of the page in pieces of one glyph."""
    found: dict[int, tuple[tuple[NamesRead, ...], tuple[tuple[int, str], ...]]] = {}
    printed = lines.of_page(slices, glyphs)
    small = [run for run in glyphs if len(run.pieces) and run.size > 0]
    for number, own in printed.items():
        place = slices[number]
        if place.lang != "zh":
            continue
        read: list[NamesRead] = []
        faults: list[tuple[int, str]] = []
        for line in own:
            drawn = [one for one in strokes if _belongs(one, line, place)]
            names, wrong = _of_line(line, _segments(drawn, line.size), _readings(small, line))
            read.append(names)
            faults += [(line.number, fact) for fact in wrong]
        found[number] = tuple(read), tuple(faults)
    return found


def _belongs(stroke: Stroke, line: PrintedLine, place: SliceFacts) -> bool:
    """Whether a stroke stands below this line: between its foot and the head of the next."""
    size = line.size
    below = (stroke.top + stroke.bottom) / 2 - line.y
    if not _NEAREST * size < below < _FURTHEST * size:
        return False
    if line.block:  # of the cell above it; the rules of a table reach over its cells
        first, last = line.pieces[0][1], line.pieces[-1][2]
        return first - size / 2 < stroke.left and stroke.right < last + size / 2
    middle = (stroke.left + stroke.right) / 2
    return place.x - size < middle < place.x + place.width + size


_Segment = tuple[float, float, str]


def _segments(strokes: Sequence[Stroke], size: float) -> list[_Segment]:
    """The lines that strokes make up: those that touch are one."""
    made: list[_Segment] = []
    for one in sorted(strokes):
        kind = "t" if one.wavy else "n"
        # between waves the line goes on straight, at their height
        between = made and made[-1][2] == "t" and one.right - one.left < 0.3 * size
        if made and one.left - made[-1][1] < _JOINED * size and (kind == made[-1][2] or between):
            left, right, kind = made.pop()
            made.append((left, max(right, one.right), kind))
        else:
            made.append((one.left, one.right, kind))
    return made


def _readings(runs: Sequence[Run], line: PrintedLine) -> list[Piece]:
    """The readings above a line, which may be wider than their characters."""
    return [
        piece for run in runs
        if run.size < 0.8 * line.size and _RAISED * line.size < line.y - run.y < 1.4 * line.size
        for piece in run.pieces
    ]  # fmt: skip


def _of_line(
    line: PrintedLine, segments: Sequence[_Segment], above: Sequence[Piece]
) -> tuple[NamesRead, list[str]]:
    han = [piece for piece in line.pieces if is_ideograph(piece[0])]
    faults: list[str] = []
    marks: list[tuple[str, int, int, bool, bool]] = []
    slack = _OFF * line.size
    for left, right, kind in segments:
        own = [piece for piece in line.pieces if _covered(piece, left, right, slack)]
        if not own:
            faults.append(f"{_KIND[kind]} stands below no word")
            continue
        over = [piece for piece in above if left < _middle(piece) < right]
        edges = [_edges(piece, line.size) for piece in (*own, *over)]
        first, last = min(one[0] for one in edges), max(one[1] for one in edges)
        words = "".join(piece[0] for piece in own)
        for gap, end in ((left - first, "begins"), (last - right, "ends")):
            if gap > slack:
                faults.append(f"{_KIND[kind]} of “{words}” {end} within a character")
            elif gap < -slack:
                faults.append(f"{_KIND[kind]} of “{words}” {end} beside it")
        start = sum(_middle(piece) < left for piece in han)
        end_at = sum(_middle(piece) < right for piece in han)
        marks.append((kind, start, end_at, own[0] == line.pieces[0], own[-1] == line.pieces[-1]))
    return NamesRead(folded("".join(piece[0] for piece in han)), tuple(marks)), faults


def _edges(piece: Piece, em: float) -> tuple[float, float]:
    """The room of a piece: a dot within a name takes an em, whatever its glyph."""
    if piece[0] in breaks.INTERPUNCTS:
        return _middle(piece) - em / 2, _middle(piece) + em / 2
    return piece[1], piece[2]


def _covered(piece: Piece, left: float, right: float, slack: float) -> bool:
    """Whether a piece stands above a line. The blank of a mark may reach over its neighbour."""
    if piece[0].isalnum():
        return left < _middle(piece) < right
    return left - slack < piece[1] and piece[2] < right + slack


def _middle(piece: Piece) -> float:
    return (piece[1] + piece[2]) / 2


def folded(han: str) -> str:
    """Characters as fonts may name them: radicals and compatibility forms as their own."""
    return unicodedata.normalize("NFKC", han)


# --- the names of a box -----------------------------------------------------------------------


def of_box(box: BoxFacts, read: Sequence[NamesRead]) -> str:
    """What is wrong with the names of a box by all its lines, in order; "" where nothing is."""
    if not box.ordered:
        return _of_block(box.lined, read)
    text = "".join(line.han for line in read)
    have = list(_names(read))
    at = 0
    for number, want in enumerate(box.lined):
        words = folded(want.han)
        got = _next(have, at, want.mark, words)
        if got is None or not _follows(text, have[got - 1][2], folded(want.after)):
            return _said(want, box.lined[number + 1 :], have[at:], text)
        at = got
    if at < len(have):
        kind, start, end, _, _ = have[at]
        return f"“{text[start:end]}” has {_KIND[kind]}, and is no name here"
    return ""


_Name = tuple[str, int, int, bool, bool]  # kind, place in the box, at the line's start and end


def _names(read: Sequence[NamesRead]) -> Iterator[_Name]:
    at = 0
    for line in read:
        for kind, start, end, first, last in line.marks:
            yield kind, at + start, at + end, first, last
        at += len(line.han)


def _next(have: Sequence[_Name], at: int, mark: str, words: str) -> int | None:
    """Behind which of ``have`` a name ends that begins at ``at``: at the end of a line it may be
    parted."""
    length, start = 0, at
    while at < len(have) and have[at][0] == mark:
        _, first, last, begins, ends = have[at]
        if at > start and not begins:
            return None
        length += last - first
        at += 1
        if length == len(words):
            return _with_rest(have, at)
        if length > len(words) or not ends:
            return None
    return None


def _with_rest(have: Sequence[_Name], at: int) -> int:
    """Behind what of the same name is not of Han and stands on the next line."""
    while at < len(have):
        kind, first, last, begins, _ = have[at]
        if first < last or not begins or not have[at - 1][4] or kind != have[at - 1][0]:
            break
        at += 1
    return at


def _follows(text: str, end: int, after: str) -> bool:
    return text[end : end + len(after)] == after


def _said(want: LinedFacts, more: Sequence[LinedFacts], have: Sequence[_Name], text: str) -> str:
    there = f", but “{text[have[0][1] : have[0][2]]}”" if have else ""
    if have and more and text[have[0][1] : have[0][2]] == folded(want.han + more[0].han):
        return f"“{want.han}” and “{more[0].han}” have one line"
    return f"“{want.han}” has not {_KIND[want.mark]} of its own{there}"


def _of_block(lined: Sequence[LinedFacts], read: Sequence[NamesRead]) -> str:
    """The same for a table, whose cells are read line by line: which characters have a line."""
    want = Counter((one.mark, sign) for one in lined for sign in folded(one.han))
    have = Counter((kind, sign) for line in read for kind, start, end, _, _ in line.marks
                   for sign in line.han[start:end])  # fmt: skip
    for kind, sign in want - have:
        return f"“{sign}” has not {_KIND[kind]} of its name"
    for kind, sign in have - want:
        return f"“{sign}” has {_KIND[kind]}, and is of no name"
    return ""
