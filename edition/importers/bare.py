"""Marks of notes that are bare figures, as raised ones become when an article is pasted: the figure
behind a stop or a word (“… the world.”12 Next …) that answers to a list of notes at the end. Alone
a figure says nothing; the whole series, in its order, does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from edition.characters import HAN
from edition.importers import lines as looks
from edition.importers.marks import Seen, key, seen
from edition.readers.passage import Passage

_LINE = re.compile(r"^[ \t\u3000]*(?P<number>\d{1,3})(?:[.．、:：)）](?!\d)\s*|\s+)(?=\S)")
_RUN = r"(?P<run>\d{1,3}(?:[,，]\s?\d{1,3})*)"
_AFTER = rf"(?![\d%°]|[:.]\d)(?=\s|$|[”’\"')）\]」』。，；：、,.;:!?！？—]|[{HAN}])"
_BEHIND_STOP = re.compile(
    rf"(?:(?<=[^\W\d_][.,;:!?])|(?<=[”’»)\]][.,;:!?])|(?<=\S['\"])|(?<=[”’»」』》）)\]。，；：！？、…—]))"
    rf"(?<!\bno\.)(?<!\bp\.)(?<!\bpp\.)(?<!\bvol\.)(?<!\bch\.)(?<!\bfig\.)(?<!\bart\.)"
    rf"{_RUN}{_AFTER}",
    re.IGNORECASE,
)
_BEHIND_WORD = re.compile(rf"(?<=[^\W\d_][^\W\d_]){_RUN}{_AFTER}")
_STOP, _WORD = 2, 1  # weights of a figure behind a stop, and behind a word
_SHARE = 0.6  # of the notes, whose figures stand in order


@dataclass(frozen=True, slots=True)
class Bare:
    """``marks``: offset of a mark → its number, as written; ``starts``: offsets of the lists of
    notes that they answer to."""

    marks: Mapping[int, str] = field(default_factory=dict)
    starts: frozenset[int] = frozenset()

    def within(self, offsets: Sequence[int]) -> Iterator[Seen]:
        """The marks among ``offsets``, which rise, by their positions there."""
        if self.marks:
            for place, offset in enumerate(offsets):
                if label := self.marks.get(offset):
                    yield Seen(place, place + len(label), "bare", label, False)


def marks_in(passage: Passage, bare: Bare) -> list[Seen]:
    """Every footnote mark of a passage, in order."""
    own = bare.within(passage.offsets)
    return sorted([*seen(passage.text), *own], key=lambda one: one.start)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Lines numbered from 1: where the first begins and the last ends, how many there are, and
    whether a label of notes stands above."""

    start: int
    end: int = 0
    count: int = 1
    labelled: bool = False

    def trailing(self, until: int) -> bool:
        """Whether the text up to ``until`` ends with them, but for a few words."""
        return self.labelled or (self.count > 1 and 2 * (until - self.end) <= self.start)


def bare_marks(text: str, others: Sequence[Seen]) -> Bare:
    """The marks of ``text`` that are bare figures; none where marks that show what they are
    (``others``) have half the numbers of the list. Each of several lists under labels, as chapters
    have them, answers to what stands between it and the one above."""
    lists = list(_lists(text))
    labelled = [one for one in lists if one.labelled]
    if len(labelled) < 2:
        labelled = sorted(lists, key=lambda one: (one.labelled, one.start))[-1:]
    marks: dict[int, str] = {}
    starts: list[int] = []
    begin = 0
    for own in labelled:
        numbers = {str(number) for number in range(1, own.count + 1)}
        shown = numbers & {key(one.label) for one in others if begin <= one.start < own.start}
        figures = list(_figures(text, begin, own.start)) if 2 * len(shown) < own.count else []
        chain = _rising(figures, own.count)
        if len(chain) >= _SHARE * own.count:
            marks |= {at: str(value) for at, value in chain}
            starts.append(own.start)
        begin = own.end
    return Bare(marks, frozenset(starts))


def _lists(text: str) -> Iterator[_Numbered]:
    """Lists that may be of notes: under their label, or at the end of a text."""
    own: _Numbered | None = None
    at, label = 0, ""
    apart, loose = False, False  # whether a line is blank above, and whether items stand so
    for line in text.split("\n"):
        if not line.strip():
            apart, at = True, at + len(line) + 1
            continue
        name = looks.label(line.strip()) if len(line) < 100 else ""
        found = _LINE.match(line)
        number = int(found["number"]) if found else 0
        end = at + len(line)
        if name:
            if own and own.trailing(at):
                yield own
            own, label = None, name
        elif own and number == own.count + 1 and (own.count == 1 or loose or not apart):
            loose = apart
            own = replace(own, end=end, count=number)
        elif found and number == 1:
            if own and own.labelled:
                yield own
            own = _Numbered(at + found.start("number"), end, labelled=label == "notes")
        at, apart = end + 1, False
    if own and own.trailing(len(text)):
        yield own


def _figures(text: str, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(offset, value, weight) of figures that may be marks, between ``begin`` and ``end``."""
    for pattern, weight in ((_BEHIND_STOP, _STOP), (_BEHIND_WORD, _WORD)):
        for found in pattern.finditer(text, begin, end):
            for one in re.finditer(r"\d+", found["run"]):
                yield found.start("run") + one.start(), int(one[0]), weight


def _rising(figures: list[tuple[int, int, int]], most: int) -> list[tuple[int, int]]:
    """The heaviest series of (offset, value) in which both rise, of values up to ``most``."""
    values: list[int] = []  # of the last of a series, rising with the weight of the series
    weights: list[int] = []
    lasts: list[int] = []
    made: list[tuple[int, int, int]] = []  # (offset, value, the one before)
    for offset, value, weight in sorted(figures):
        if not 0 < value <= most:
            continue
        below = bisect_right(values, value - 1) - 1
        total = weight + (weights[below] if below >= 0 else 0)
        made.append((offset, value, lasts[below] if below >= 0 else -1))
        place = bisect_right(values, value)
        if place and weights[place - 1] >= total:
            continue
        while place < len(values) and weights[place] <= total:
            del values[place], weights[place], lasts[place]
        if place and values[place - 1] == value:
            place -= 1
            del values[place], weights[place], lasts[place]
        values.insert(place, value)
        weights.insert(place, total)
        lasts.insert(place, len(made) - 1)
    series: list[tuple[int, int]] = []
    last = lasts[-1] if lasts else -1
    while last >= 0:
        offset, value, last = made[last]
        series.append((offset, value))
    return series[::-1]
