"""Where openings may end, and how high what stands between two such places is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from edition.layout import stacks
from edition.layout.shapes import Call, Shape, cuts
from edition.model import LANGS

FORBIDDEN = float("inf")
_KEEP = 2000.0  # a heading parted from its text


@dataclass(frozen=True, slots=True)
class Space:
    """What a page holds, in grid units: height of the text block, distance between text and
    notes, leading of the notes of each side; ``joint``: both sides share one page; ``stacked``: in
    one stream, which is that of the Chinese side."""

    height: int
    gap: int
    zh_note: int
    en_note: int
    joint: bool
    row_gap: int = 0
    stacked: bool = False


class Break(NamedTuple):
    """A place between two openings: before ``row``, or in it after some lines of each side.
    ``start``: units from the head of the flow to the head of ``row``, its space above included."""

    row: int
    zh: int
    en: int
    cost: float
    calls_zh: tuple[int, ...]  # notes called so far, by rank
    calls_en: tuple[int, ...]
    notes_zh: int  # and their lines
    notes_en: int


def row_gaps(shapes: Sequence[Shape], space: Space) -> list[int]:
    """Grid units above each row where it does not begin a page."""
    return [0] * bool(shapes) + [
        max(one.below, two.above) + space.row_gap for one, two in pairwise(shapes)
    ]


class Breaks:
    """The breaks of a flow in order, ``all``, and what lies between them. ``level``: see the
    planner; from 1 on, single lines and split headings have a cost and are not forbidden."""

    def __init__(self, shapes: Sequence[Shape], space: Space, level: int) -> None:
        self.shapes = shapes
        self.space = space
        self.level = level
        self.gaps = row_gaps(shapes, space)
        self.heads: list[int] = []  # of each row, from the head of the flow
        y = 0
        for shape, gap in zip(shapes, self.gaps, strict=True):
            self.heads.append(y + gap)
            y += gap + shape.height
        self.end = y
        ranks = {call.rank for shape in shapes for call in (*shape.zh.calls, *shape.en.calls)}
        self.ranks = sorted(ranks)
        self.by_rank: dict[str, list[list[int]]] = {"zh": [], "en": []}
        self.all = self._breaks()
        self._rest, self._from = (0, 0), 0  # of the break begun with: its row’s rest, its head
        self.feet = [self._foot(one) for one in self.all]
        self.depth = list(accumulate(map(max, self.feet), max))

    # --- breaks -------------------------------------------------------------------------------

    def _breaks(self) -> list[Break]:
        ranks = range(len(self.ranks))
        lengths: dict[str, list[list[int]]] = {lang: [[] for _ in ranks] for lang in LANGS}
        counts = {"zh": [0] * len(self.ranks), "en": [0] * len(self.ranks)}
        totals = {"zh": 0, "en": 0}
        found: list[Break] = []

        def at(row: int, zh: int, en: int, cost: float) -> None:
            calls, lines = [], []
            for lang, line in zip(LANGS, (zh, en), strict=True):
                side = self.shapes[row].side(lang) if row < len(self.shapes) else None
                own = [call for call in (side.calls if side else ()) if call.line <= line]
                count = list(counts[lang])
                for call in own:
                    count[self.ranks.index(call.rank)] += 1
                calls.append(tuple(count))
                lines.append(totals[lang] + sum(call.lines for call in own))
            found.append(Break(row, zh, en, cost, calls[0], calls[1], lines[0], lines[1]))

        for row, shape in enumerate(self.shapes):
            at(row, 0, 0, self._before(row))
            cut_at = stacks.cuts if self.space.stacked else cuts
            for cut in cut_at(shape, lonely=self.level > 0):
                at(row, cut.zh, cut.en, cut.cost)
            for lang, side in (("zh", shape.zh), ("en", shape.en)):
                self._count(side.calls, counts[lang], lengths[lang])
                totals[lang] += sum(call.lines for call in side.calls)
        at(len(self.shapes), 0, 0, 0.0)
        self.by_rank = lengths
        return found

    def _count(self, calls: Sequence[Call], count: list[int], lengths: list[list[int]]) -> None:
        for call in calls:
            rank = self.ranks.index(call.rank)
            count[rank] += 1
            lengths[rank].append(call.lines)

    def _before(self, row: int) -> float:
        """Cost of a break before ``row``."""
        if not row or not self.shapes[row - 1].row.keep:
            return 0.0
        return FORBIDDEN if self.level == 0 else _KEEP

    def _foot(self, one: Break) -> tuple[int, int]:
        """Units from the head of the flow to the end of what stands before the break, of each
        side."""
        cut = bool(one.zh or one.en)
        row = one.row if cut else one.row - 1
        if row < 0:
            return 0, 0
        shape, head = self.shapes[row], self.heads[row]
        if cut:
            zh, en = shape.part((0, one.zh), (0, one.en))
        else:
            zh, en = shape.part((0, shape.zh.lines), (0, shape.en.lines))
        return head + zh, head + en

    def follows(self, a: Break, b: Break) -> bool:
        """Whether an opening may hold what stands from ``a`` to ``b``. Within a row both sides go
        on, so that the same part of the text stands on both; one that has ended need not."""
        if b.row != a.row:
            return b.row > a.row
        shape = self.shapes[a.row]
        zh = b.zh > a.zh or b.zh == a.zh == shape.zh.lines
        en = b.en > a.en or b.en == a.en == shape.en.lines
        return zh and en and (b.zh, b.en) != (a.zh, a.en)

    # --- heights ------------------------------------------------------------------------------

    def begin(self, a: Break) -> None:
        """Heights are asked for from ``a`` on."""
        first = self.shapes[a.row]
        self._rest = first.part((a.zh, first.zh.lines), (a.en, first.en.lines))
        whole = max(self._rest) if not (a.zh or a.en) else first.height
        self._from = self.heads[a.row] + whole - max(self._rest)

    def heights(self, a: Break, other: int) -> tuple[int, int]:
        """Heights of the text of each side between the break that was begun with and another, by
        its number."""
        b = self.all[other]
        if b.row > a.row + 1 or (b.row > a.row and (b.zh or b.en)):
            zh, en = self.feet[other]
            return self._joint(zh - self._from, en - self._from)
        if a.row == b.row:
            return self._joint(*self.shapes[a.row].part((a.zh, b.zh), (a.en, b.en)))
        return self._joint(*self._rest)

    def _joint(self, zh: int, en: int) -> tuple[int, int]:
        high = max(zh, en)
        return (high, high) if self.space.joint else (zh, en)

    def slack(self, a: Break) -> int:
        """How far the rest of a cut row may stand out from what the depths say: by its shorter
        side."""
        if not (a.zh or a.en):
            return 0
        shape = self.shapes[a.row]
        left = shape.part((a.zh, shape.zh.lines), (a.en, shape.en.lines))
        done = shape.part((0, a.zh), (0, a.en))
        return max(0, shape.height - max(done) - max(left)) + abs(done[0] - done[1])

    def last_note(self, a: Break, b: Break, lang: str) -> int:
        """Lines of the note that stands last on the page: the last one of the last layer."""
        calls = (a.calls_zh, b.calls_zh) if lang == "zh" else (a.calls_en, b.calls_en)
        for rank in range(len(self.ranks) - 1, -1, -1):
            if calls[1][rank] > calls[0][rank]:
                return self.by_rank[lang][rank][calls[1][rank] - 1]
        return 0
