"""Lists of short entries, the index and its like, in two columns of a page.

What is written down one column goes on at the head of the next, language by language; the columns
of the last page are as high as each other. Heights are in grid units.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from edition.layout.placement import second_column
from edition.layout.types import Book, Flow, Layout, Measures, Placed, Row, Slice
from edition.model import LANGS, Lang

LEAST = 16.0  # em that a column needs to be worth having
_BETWEEN = 12.0  # grid units between the lists of two languages on one page
_ROOM = 8  # lines that the second list needs to begin on the page of the first


def measure(layout: Layout, style: str, lang: Lang) -> float:
    """Points that a column of two has; 0.0 where that is too narrow, or the languages have a column
    each."""
    geometry = layout.geometry
    own = geometry.zh_width if lang == "zh" else geometry.en_width
    column = geometry.text_width - second_column(geometry)
    least = max(LEAST * layout.styles[f"{style}-{one}"].size for one in LANGS)
    return column if own >= geometry.text_width and column >= least else 0.0


@dataclass(frozen=True, slots=True)
class _Entry:
    """Boxes that stand together: (lines, height), ``above`` them what they keep from others."""

    slices: tuple[tuple[Slice, float], ...]
    above: float

    @property
    def height(self) -> float:
        return sum(high for _, high in self.slices)


def pages(
    flow: Flow, book: Book, measures: Measures, layout: Layout, start: float
) -> Iterator[dict[Lang, tuple[Placed, ...]]]:
    """What stands on each page of a flow of columns, on each opening where pages face each other;
    without its heading, below which the entries of the first begin at ``start``."""
    setter = _Setter(book, measures, layout)
    lists = [setter.entries(flow.rows, langs) for langs in _languages(flow, layout)]
    high = float(layout.geometry.lines)
    if layout.geometry.facing:
        sides = [setter.columns(entries, start, high) for entries in lists]
        for number in range(max(map(len, sides))):
            zh, en = (side[number] if number < len(side) else () for side in sides)
            yield {"zh": zh, "en": en}
        return
    body: list[tuple[Placed, ...]] = []
    y = start
    for entries in lists:
        if not entries:
            continue
        made = setter.columns(entries, y, high)
        first = made.pop(0)
        body = [*body[:-1], (*body[-1], *first)] if body and y > 0 else [*body, first]
        body += made
        foot = setter.foot(body[-1])
        y = foot + _BETWEEN
        if high - y < _ROOM * setter.line(entries):
            y = 0.0
    for one in body:
        yield {"zh": one, "en": ()}


def _languages(flow: Flow, layout: Layout) -> tuple[tuple[Lang, ...], ...]:
    """The languages of each list: one of them, or both where an entry has both and they share a
    page."""
    paired = any(row.whole and row.zh and row.en for row in flow.rows[1:])
    return (LANGS,) if paired and not layout.geometry.facing else (("zh",), ("en",))


class _Setter:
    def __init__(self, book: Book, measures: Measures, layout: Layout) -> None:
        self.book = book
        self.measures = measures
        self.layout = layout

    def line(self, entries: Sequence[_Entry]) -> float:
        """The height of a line of a list."""
        slice_, high = entries[0].slices[0]
        return high / (slice_.last - slice_.first)

    def foot(self, body: Sequence[Placed]) -> float:
        """Where what is placed ends."""
        return max(one.y + self._high(one.slice) for one in body)

    def _high(self, one: Slice) -> float:
        style = self.layout.styles[self.book.boxes[one.key].style]
        return (one.last - one.first) * round(style.leading / self.layout.geometry.grid)

    def entries(self, rows: Sequence[Row], langs: Sequence[Lang]) -> list[_Entry]:
        """The entries of a list: a row each, or of a row that goes on its boxes."""
        made: list[_Entry] = []
        for row in rows[1:]:
            keys = [key for lang in langs for key in row.side(lang) if key in self.measures]
            groups = [keys] if row.whole else [[key] for key in keys]
            made += [self._entry(group) for group in groups if group]
        return made

    def _entry(self, keys: Sequence[str]) -> _Entry:
        slices = [Slice(key, 0, self.measures[key].lines) for key in keys]
        above = self.layout.styles[self.book.boxes[keys[0]].style].above
        more = self.layout.geometry.row_gap / 2 if len(keys) > 1 else 0
        return _Entry(tuple((one, self._high(one)) for one in slices), above + more)

    def columns(
        self, entries: Sequence[_Entry], start: float, high: float
    ) -> list[tuple[Placed, ...]]:
        """The pages of a list that begins ``start`` units below the head of one, ``high`` units
        each."""
        if not entries:
            return []
        left = [piece for one in entries for piece in self._pieces(one, high - start)]
        made: list[tuple[Placed, ...]] = []
        while left:
            room = high - start
            first = _fitting(left, room)
            second = _fitting(left[first:], room)
            if first + second == len(left):
                first = _balanced(left, room)
                second = len(left) - first
            body = [*_stacked(left[:first], "first", start),
                    *_stacked(left[first : first + second], "second", start)]  # fmt: skip
            made.append(tuple(body))
            left, start = left[first + second :], 0.0
        return made

    def _pieces(self, entry: _Entry, room: float) -> Iterator[_Entry]:
        """An entry, in pieces where it is higher than a column."""
        if entry.height <= room:
            yield entry
            return
        above = entry.above
        for slice_, high in entry.slices:
            line = high / (slice_.last - slice_.first)
            most = max(1, int(room // line))
            for first in range(slice_.first, slice_.last, most):
                last = min(first + most, slice_.last)
                piece = replace(slice_, first=first, last=last)
                yield _Entry(((piece, (last - first) * line),), above)
                above = 0.0


def _fitting(entries: Sequence[_Entry], room: float) -> int:
    """How many entries a column holds: one at least."""
    y = 0.0
    for number, entry in enumerate(entries):
        y += (entry.above if number else 0.0) + entry.height
        if y > room and number:
            return number
    return len(entries)


def _balanced(entries: Sequence[_Entry], room: float) -> int:
    """How many entries stand in the first of two columns that hold them all and are as high as each
    other, the first the higher one."""
    for first in range(1, len(entries) + 1):
        if _height(entries[:first]) >= _height(entries[first:]):
            return first if _height(entries[:first]) <= room else _fitting(entries, room)
    return len(entries)


def _height(entries: Sequence[_Entry]) -> float:
    return sum(one.height + one.above for one in entries) - (entries[0].above if entries else 0.0)


def _stacked(entries: Sequence[_Entry], column: str, y: float) -> Iterator[Placed]:
    for number, entry in enumerate(entries):
        y += entry.above if number else 0.0
        for slice_, high in entry.slices:
            yield Placed(slice_, column, y)
            y += high
