"""Lines of pages in the order in which they are read, without running heads and folios."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from edition.importers.documents.xml import Element, attr, descendants
from edition.importers.lines import SUPERSCRIPT_SIGNS
from edition.readers.passage import is_wide

_MARGIN = 0.14  # share of a page's height at its head and foot where running heads stand
_FOLIO = re.compile(r"^[-–—·•.|/\s]*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*/\s*\d{1,4})?[-–—·•.|/\s]*$|"
                    r"^第\s*\d{1,4}\s*[页頁]", re.IGNORECASE)  # fmt: skip


_BULLET = re.compile("[•·●■▪◦○◆➢✓o]")
_SYMBOLS = str.maketrans("\uf0b7\uf0a7\uf0d8\uf0fc", "•▪➢✓")  # bullets in the symbol fonts of Word
_ENOUGH = 3  # lines that have both
_LEAST_RATIO = 0.75  # of the heights of Chinese and other letters of one size
_ALIKE = 0.25  # of the letters of a column, at least, in lines that begin or end at its edge
_FULL = 0.4  # of the lines of a column, at least, that reach its edge


@dataclass(frozen=True, slots=True)
class PdfWord:
    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    @property
    def size(self) -> float:
        return self.y1 - self.y0

    @property
    def wide(self) -> bool:
        return any(is_wide(char) for char in self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column. ``column``: its outermost edges; ``block``: those of its full lines, or
    of a narrower run of them. Points, from the upper left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    size: float
    column: tuple[float, float] = (0.0, 0.0)
    block: tuple[float, float] = (0.0, 0.0)

    @property
    def middle(self) -> float:
        """Its height on the page, whatever its font keeps free above and below the letters."""
        return (self.y0 + self.y1) / 2

    def beside(self, other: Line) -> bool:
        """Whether it stands in one row with ``other``."""
        return abs(self.middle - other.middle) < 0.7 * min(self.size, other.size)


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


def pages(root: Element) -> list[Page]:
    """The pages of ``pdftotext -bbox-layout``."""
    found = []
    own = [(page, [_words(one) for one in descendants(page, "line")])
           for page in descendants(root, "page")]  # fmt: skip
    narrow = _narrow(words for _, lines in own for words in lines)
    for number, (page, lines) in enumerate(own, start=1):
        width, height = _number(page, "width"), _number(page, "height")
        made = [line for words in lines for line in _lines(number, words, width, narrow)]
        rows = _rowed(sorted(made, key=lambda one: (one.middle, one.x0)))
        found.append(Page(number, width, height, tuple(rows)))
    return found


def _narrow(lines: Iterable[Sequence[PdfWord]]) -> float:
    """What the height of a word in letters is to be multiplied by, so that it compares with that of
    Chinese words of the same type size: fonts differ in the white that they keep. Lines tell that
    have both."""
    ratios = []
    for words in lines:
        wide, other = ([one.size for one in words if one.wide is kind] for kind in (True, False))
        if wide and other and max(other) > 0:
            ratios.append(max(wide) / max(other))
    ratio = median(ratios) if len(ratios) >= _ENOUGH else 1.0
    return ratio if _LEAST_RATIO < ratio < 1 / _LEAST_RATIO else 1.0


def _number(element: Element, name: str) -> float:
    try:
        return float(attr(element, name, "0"))
    except ValueError:
        return 0.0


def _words(element: Element) -> list[PdfWord]:
    return [
        PdfWord(_number(one, "xMin"), _number(one, "yMin"), _number(one, "xMax"),
             _number(one, "yMax"), (one.text or "").translate(_SYMBOLS))
        for one in descendants(element, "word") if (one.text or "").strip()
    ]  # fmt: skip


def _lines(page: int, words: Sequence[PdfWord], width: float, narrow: float) -> Iterator[Line]:
    """A line, or two where a gap parts it that goes between columns."""
    if not words:
        return
    size = max(one.size for one in words)
    run: list[PdfWord] = []
    for word in words:
        if run and word.x0 - run[-1].x1 > max(2.0 * size, 0.025 * width) and (
                0.3 * width < word.x0 < 0.7 * width):  # fmt: skip
            yield _line(page, run, narrow)
            run = []
        run.append(word)
    yield _line(page, run, narrow)


def _line(page: int, words: Sequence[PdfWord], narrow: float) -> Line:
    size = median(one.size for one in words for _ in one.text)
    set_in = median(one.size * (1 if one.wide else narrow) for one in words for _ in one.text)
    text = ""
    end = words[0].x0
    for one in words:
        said = one.text
        raised = one.size < 0.8 * size and one.y1 < max(other.y1 for other in words) - 0.15 * size
        if raised and re.fullmatch(r"\d{1,3}", said):
            said = said.translate(SUPERSCRIPT_SIGNS)  # the mark of a note
        elif text and not (is_wide(text[-1]) and is_wide(said[0]) and one.x0 - end < 0.7 * size):
            text += " " if not (is_wide(text[-1]) or is_wide(said[0])) or (
                one.x0 - end > 0.12 * size) else ""  # fmt: skip
        text += said
        end = one.x1
    return Line(page, words[0].x0, min(one.y0 for one in words), words[-1].x1,
                max(one.y1 for one in words), text, round(set_in, 1))  # fmt: skip


# --- running heads -------------------------------------------------------------------------------


def without_heads(read: Sequence[Page]) -> tuple[list[Page], list[Line]]:
    """Pages without running heads and folios, and these."""
    seen: Counter[tuple[bool, str]] = Counter()
    edges: dict[int, list[tuple[bool, Line]]] = defaultdict(list)
    for page in read:
        for at_head, line in _edges(page):
            edges[page.number].append((at_head, line))
        seen.update({(at_head, _same(line.text)) for at_head, line in edges[page.number]})
    least = 2 if len(read) < 8 else 3
    dropped: list[Line] = []
    made = []
    for page in read:
        gone = {
            id(line) for at_head, line in edges[page.number]
            if _FOLIO.match(line.text)
            or (seen[at_head, _same(line.text)] >= least and len(_same(line.text)) > 1)
        }  # fmt: skip
        dropped += [line for line in page.lines if id(line) in gone]
        made.append(replace(page, lines=tuple(one for one in page.lines if id(one) not in gone)))
    return made, dropped


def _edges(page: Page) -> Iterator[tuple[bool, Line]]:
    """The lines at the head (True) and foot of a page that stand off from the text: at most two
    rows of each."""
    rows: list[list[Line]] = []
    for line in sorted(page.lines, key=lambda one: one.middle):
        if rows and line.beside(rows[-1][0]):
            rows[-1].append(line)
        else:
            rows.append([line])
    for at_head in (True, False):
        order = rows if at_head else rows[::-1]
        for row, inner in pairwise(order[:3]):
            far = row[0].y0 < _MARGIN * page.height if at_head else (
                row[0].y1 > (1 - _MARGIN) * page.height)  # fmt: skip
            gap = inner[0].y0 - row[0].y1 if at_head else row[0].y0 - inner[0].y1
            near = gap < 0.7 * row[0].size and (
                abs(inner[0].middle - row[0].middle) < 1.6 * row[0].size)  # fmt: skip
            folio = len(row) == 1 and gap > row[0].size and row[0].text.strip() == str(page.number)
            if not (far or folio) or (near and not _FOLIO.match(row[0].text)):
                break
            yield from ((at_head, line) for line in row)


def _same(text: str) -> str:
    """What of a running head is the same on every page."""
    return re.sub(r"[\d\W_]+", "", text)


# --- columns -------------------------------------------------------------------------------------


def in_order(read: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page by columns: what goes across both parts what stands above from what
    stands below."""
    own = [_gutter(page, page.width * 0.25) for page in read]
    known = [one for one in own if one is not None]
    usual = median(known) if len(known) * 2 >= len(read) and known else None
    gutters = [
        one if one is not None else usual if usual is not None and _gutter(page, 0, usual) else None
        for page, one in zip(read, own, strict=True)
    ]
    sides: dict[str, list[Line]] = defaultdict(list)
    placed = []
    for page, gutter in zip(read, gutters, strict=True):
        placed.append([(_side(line, gutter), line) for line in _sorted(page, gutter)])
    for rows in placed:
        for side, line in rows:
            sides[side].append(line)
    outer = {side: (min(one.x0 for one in lines), max(one.x1 for one in lines))
             for side, lines in sides.items()}  # fmt: skip
    edges = {side: _edges_of(lines, outer[side]) for side, lines in sides.items()}
    return [
        _blocked([replace(line, column=outer[side], block=edges[side]) for side, line in rows])
        for rows in placed
    ]


def _edges_of(lines: Sequence[Line], outer: tuple[float, float]) -> tuple[float, float]:
    """Where most lines of a column begin and end; ``outer``, its outermost edges, where they do so
    anywhere."""
    usual = Counter(round(one.size) for one in lines).most_common(1)[0][0]
    own = [one for one in lines if round(one.size) == usual]
    letters = sum(len(one.text) for one in own)
    found = []
    for places, outermost in zip(
        ([one.x0 for one in own], [one.x1 for one in own]), outer, strict=True
    ):
        shares: Counter[int] = Counter()  # by letters: short lines say little of an edge
        for place, one in zip(places, own, strict=True):
            shares[round(place)] += len(one.text)
        edge, share = shares.most_common(1)[0]
        near = [place for place in places if round(place) == edge]
        found.append(median(near) if len(near) >= 3 and share >= _ALIKE * letters else outermost)
    low, high = found
    return (low, high) if low < high else outer


def _blocked(rows: Sequence[Line]) -> list[Line]:
    """Lines with the edges of the block that they stand in, where it is narrower than the column
    and its lines are full: an abstract, a quotation."""
    made: list[Line] = []
    for _, group in groupby(rows, key=lambda one: (one.block, round(one.x0 / 2), one.size)):
        run = list(group)
        low, high = run[0].x0, max(one.x1 for one in run)
        full = sum(high - one.x1 < one.size for one in run)
        left, right = run[0].block
        inside = low > left + 0.9 * run[0].size and high < right
        wide = high - low > 0.5 * (right - left)
        if inside and wide and len(run) >= 2 and full >= max(1, len(run) // 2):
            run = [replace(one, block=(low, high)) for one in run]
        made += run
    return made


def _side(line: Line, gutter: float | None) -> str:
    if gutter is None:
        return "page"
    return "left" if line.x1 <= gutter + 2 else "right" if line.x0 >= gutter - 2 else "across"


def _sorted(page: Page, gutter: float | None) -> list[Line]:
    lines = sorted(page.lines, key=lambda one: (one.middle, one.x0))
    if gutter is None:
        return _rowed(lines)
    made: list[Line] = []
    sides: dict[str, list[Line]] = {"left": [], "right": []}
    for line in lines:
        side = _side(line, gutter)
        if side in sides:
            sides[side].append(line)
            continue
        made += [*_rowed(sides["left"]), *_rowed(sides["right"]), line]
        sides = {"left": [], "right": []}
    return [*made, *_rowed(sides["left"]), *_rowed(sides["right"])]


def _rowed(lines: Sequence[Line]) -> list[Line]:
    """Pieces of one row from left to right; the number of a note with what it stands before."""
    made: list[Line] = []
    row: list[Line] = []
    for line in lines:
        if row and not line.beside(row[0]):
            made += _numbered(sorted(row, key=lambda one: one.x0))
            row = []
        row.append(line)
    return made + _numbered(sorted(row, key=lambda one: one.x0))


def _numbered(row: Sequence[Line]) -> list[Line]:
    """A row in which a small number before a text is its mark, and a bullet is of its text."""
    made: list[Line] = []
    for line in row:
        last = made[-1] if made else None
        if last is not None and line.x0 - last.x1 < 2.5 * line.size:
            small = re.fullmatch(r"\d{1,3}", last.text) and last.size < 0.75 * line.size
            if small or _BULLET.fullmatch(last.text):
                sign = last.text.translate(SUPERSCRIPT_SIGNS) if small else last.text
                made[-1] = replace(line, x0=last.x0, text=f"{sign} {line.text}")
                continue
        made.append(line)
    return made


def _columned(lines: Sequence[Line], at: float) -> bool:
    """Whether lines fill columns on both sides of ``at``: those to the left end near it, and those
    to the right begin at one place, each beside another."""
    left = [one for one in lines if one.x1 <= at + 1]
    right = [one for one in lines if one.x0 >= at - 1]
    first, edge = min(one.x0 for one in left), max(one.x1 for one in left)
    full = sum(one.x1 > edge - 0.2 * (edge - first) for one in left)
    starts = Counter(round(one.x0 / (0.1 * at)) for one in right)
    if full < _FULL * len(left) or starts.most_common(1)[0][1] < _FULL * len(right):
        return False
    heights = sorted(one.middle for one in left)
    beside = 0
    for one in right:
        near = bisect_left(heights, one.middle - one.size)
        beside += near < len(heights) and heights[near] < one.middle + one.size
    return beside >= 0.5 * len(right)


def _gutter(page: Page, least: float, at: float = 0.0) -> float | None:
    """Where the white between two columns is; None on a page of one. With ``at`` only whether it
    may be there."""
    lines = page.lines
    places = [at] if at else [page.width * step / 100 for step in range(40, 61)]
    best: tuple[int, float] | None = None
    for x in places:
        across = sum(one.x0 < x - 1 and one.x1 > x + 1 for one in lines)
        left = sum(one.x1 <= x + 1 for one in lines)
        right = sum(one.x0 >= x - 1 for one in lines)
        enough = min(left, right) >= 0.25 * len(lines) and len(lines) >= 8 if least else left > 0
        fewer = best is None or across < best[0]
        if enough and fewer and across <= 0.2 * len(lines) and (at or _columned(lines, x)):
            best = (across, x)
    return best[1] if best else None
