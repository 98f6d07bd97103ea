"""Collation: where a witness reads otherwise than the text.

Letters, figures and characters are compared; white space, punctuation and marks are not. The two
are first tied to each other by runs of characters that stand once in either (as patience diff
does), and only what lies between is aligned character by character: the cost grows with the length
of the text, and with the square of the longest stretch without a common run, which has a limit.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein

from edition.aligning.rising import rising
from edition.model import Segment

_RUNS = (12, 6, 3)  # characters of the runs that tie, tried in turn
_CELLS = 6_000_000  # of the table that one stretch may take
_TRANSPOSED = 6  # characters that may have changed places
LONGEST = 400  # characters of a difference that is still an entry

Range: TypeAlias = tuple[int, int]  # from, up to


@dataclass(frozen=True, slots=True)
class Difference:
    """A witness has ``reading`` where ``segment`` has the code points ``start`` to ``end`` of its
    plain text. ``reading`` is bare: characters alone."""

    segment: str
    start: int
    end: int
    reading: str


@dataclass(frozen=True, slots=True)
class Collated:
    """``agreeing``: the share of the shorter one's characters that the other has in their place,
    so that a fragment of a witness agrees as well as a whole one."""

    differences: tuple[Difference, ...]
    agreeing: float
    characters: int  # compared, of the witness
    other: tuple[Difference, ...] = ()  # too long to be readings: another text, or a gap


@dataclass(frozen=True, slots=True)
class _Bare:
    """The characters of a text that are compared, and where each stands."""

    text: str  # as compared: folded
    shown: str  # as written
    places: tuple[tuple[int, int], ...]  # (number of the segment, offset)


def collate(
    segments: Sequence[Segment], witness: str, fold: Callable[[str], str] | None = None
) -> Collated:
    """Differences of ``witness`` from ``segments``, in order, none across segments. ``fold`` gives
    the form by which a character is compared; None: its composed form."""
    fold = fold or _same
    base = _bare((one.text for one in segments), fold)
    other = _bare((witness,), fold)
    changes = list(_changes(base.text, other.text))
    equal = len(base.text) - sum(one.end - one.start for one in changes)
    found: list[Difference] = []
    for change in _transposed(changes, base.text, other.text):
        for one in _placed(change, segments, base, other):
            before = found[-1] if found else None
            if before and before.segment == one.segment and before.end > one.start:
                # words before the first character of the text, and words after it
                found[-1] = replace(before, reading=before.reading + one.reading[1:])
            else:
                found.append(one)
    short = tuple(one for one in found if max(one.end - one.start, len(one.reading)) <= LONGEST)
    return Collated(
        short, equal / max(min(len(base.text), len(other.text)), 1), len(other.text),
        tuple(one for one in found if one not in set(short)),
    )  # fmt: skip


def _same(character: str) -> str:
    return character


def _bare(texts: Iterable[str], fold: Callable[[str], str]) -> _Bare:
    compared: list[str] = []
    shown: list[str] = []
    places: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        for offset, character in enumerate(text):
            if unicodedata.category(character)[0] not in "LN":
                continue
            whole = unicodedata.normalize("NFC", fold(character))
            compared.append(whole[:1] or character)
            shown.append(character)
            places.append((number, offset))
    return _Bare("".join(compared), "".join(shown), tuple(places))


# --- alignment ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Change:
    """``base[start:end]`` stands as ``other[first:last]``."""

    start: int
    end: int
    first: int
    last: int


def _changes(base: str, other: str) -> Iterator[_Change]:
    """All that differs, in order; neighbours joined."""
    joined: _Change | None = None
    for one in _between(base, other, _Change(0, len(base), 0, len(other)), _RUNS):
        if joined and joined.end == one.start and joined.last == one.first:
            joined = _Change(joined.start, one.end, joined.first, one.last)
            continue
        if joined:
            yield joined
        joined = one
    if joined:
        yield joined


def _between(base: str, other: str, part: _Change, runs: Sequence[int]) -> Iterator[_Change]:
    """What differs within ``part``."""
    part = _trimmed(base, other, part)
    left, right = part.end - part.start, part.last - part.first
    if not left and not right:
        return
    if not left or not right or (not runs and left * right > _CELLS):
        yield part
        return
    if left * right <= _CELLS and (not runs or max(left, right) < 4 * _RUNS[0]):
        yield from _aligned(base, other, part)
        return
    if not runs:
        yield from _aligned(base, other, part)
        return
    at, opposite = part.start, part.first
    for start, first in (*_ties(base, other, part, runs[0]), (part.end, part.last)):
        yield from _between(base, other, _Change(at, start, opposite, first), runs[1:])
        at, opposite = start, first


def _trimmed(base: str, other: str, part: _Change) -> _Change:
    """``part`` without what is the same at its ends."""
    start, first = part.start, part.first
    while start < part.end and first < part.last and base[start] == other[first]:
        start, first = start + 1, first + 1
    end, last = part.end, part.last
    while end > start and last > first and base[end - 1] == other[last - 1]:
        end, last = end - 1, last - 1
    return _Change(start, end, first, last)


def _ties(base: str, other: str, part: _Change, length: int) -> list[tuple[int, int]]:
    """Where runs of ``length`` begin that stand once in either text, the most that keep order."""
    mine = _once(base, part.start, part.end, length)
    theirs = _once(other, part.first, part.last, length)
    both = sorted((at, theirs[run]) for run, at in mine.items() if run in theirs)
    return rising(both)


def _once(text: str, start: int, end: int, length: int) -> dict[str, int]:
    seen: dict[str, int] = {}
    for at in range(start, end - length + 1):
        run = text[at : at + length]
        seen[run] = -1 if run in seen else at
    return {run: at for run, at in seen.items() if at >= 0}


def _aligned(base: str, other: str, part: _Change) -> Iterator[_Change]:
    codes = Levenshtein.opcodes(base[part.start : part.end], other[part.first : part.last])
    for one in codes:
        if one.tag != "equal":
            yield _Change(part.start + one.src_start, part.start + one.src_end,
                          part.first + one.dest_start, part.first + one.dest_end)  # fmt: skip


def _transposed(changes: Sequence[_Change], base: str, other: str) -> Iterator[_Change]:
    """The changes, with two that are one: words that have changed places."""
    done = False
    for one, following in pairwise((*changes, None)):
        if done or one is None:
            done = False
            continue
        if following and _swapped(one, following, base, other):
            yield _Change(one.start, following.end, one.first, following.last)
            done = True
        else:
            yield one


def _swapped(one: _Change, following: _Change, base: str, other: str) -> bool:
    """Whether what goes in the one place comes in the other, over a few characters."""
    if following.end - one.start > 2 * _TRANSPOSED:
        return False
    gone = base[one.start : one.end], base[following.start : following.end]
    come = other[one.first : one.last], other[following.first : following.last]
    return (gone[0], come[0]) == (come[1], gone[1]) and sum(map(len, gone)) > 0


# --- places in the text ---------------------------------------------------------------------------


def _placed(
    change: _Change, segments: Sequence[Segment], base: _Bare, other: _Bare
) -> Iterator[Difference]:
    """The change as differences of single segments: what a witness has in place of words of
    several stands with the first of them."""
    reading = other.shown[change.first : change.last]
    if change.start == change.end:
        yield from _added(change.start, reading, segments, base)
        return
    start = change.start
    while start < change.end:
        number, offset = base.places[start]
        end = start
        while end < change.end and base.places[end][0] == number:
            end += 1
        yield Difference(segments[number].id, offset, base.places[end - 1][1] + 1, reading)
        start, reading = end, ""


def _added(at: int, reading: str, segments: Sequence[Segment], base: _Bare) -> Iterator[Difference]:
    """Words that the text lacks: with the character before them, or at the head of the text with
    the one after."""
    if not base.places:
        return
    here = max(at - 1, 0)
    number, offset = base.places[here]
    character = base.shown[here]
    said = character + reading if at else reading + character
    yield Difference(segments[number].id, offset, offset + 1, said)


def together(
    by_siglum: Sequence[tuple[str, Sequence[Difference]]],
    texts: Mapping[str, str],
    units: Mapping[str, Sequence[Range]],
) -> list[tuple[Difference, tuple[str, ...]]]:
    """Differences of several witnesses as (reading, sigla), in the order of the text: those whose
    words overlap are about the same words, which the union of them are. ``texts``: plain text by
    segment; ``units``: what of it no lemma divides, in order."""
    order = {segment: number for number, segment in enumerate(texts)}
    sigla = [siglum for siglum, _ in by_siglum]
    many = sorted(
        ((one, siglum) for siglum, found in by_siglum for one in found),
        key=lambda pair: (order[pair[0].segment], pair[0].start, pair[0].end),
    )
    out: list[tuple[Difference, tuple[str, ...]]] = []
    group: list[tuple[Difference, str]] = []
    for one, siglum in many:
        whole = units.get(one.segment, ())
        if group and (one.segment != group[0][0].segment
                      or one.start >= _extent(group, whole)[1]):  # fmt: skip
            out += _union(group, texts, sigla, units)
            group = []
        group.append((one, siglum))
    return [*out, *(_union(group, texts, sigla, units) if group else ())]


def _extent(group: Sequence[tuple[Difference, str]], units: Sequence[Range]) -> Range:
    """From where to where the words of differences reach, no unit divided."""
    start, end = group[0][0].start, max(one.end for one, _ in group)
    for at in (start, end):
        number = bisect_left(units, (at, 0)) - 1
        if number >= 0 and units[number][0] < at < units[number][1]:
            start, end = min(start, units[number][0]), max(end, units[number][1])
    return start, end


def _union(
    group: Sequence[tuple[Difference, str]],
    texts: Mapping[str, str],
    sigla: Sequence[str],
    units: Mapping[str, Sequence[Range]],
) -> list[tuple[Difference, tuple[str, ...]]]:
    start, end = _extent(group, units.get(group[0][0].segment, ()))
    text = texts[group[0][0].segment]
    by_siglum: dict[str, list[Difference]] = {}
    for one, siglum in group:
        by_siglum.setdefault(siglum, []).append(one)
    readings: dict[str, list[str]] = {}
    for siglum, found in sorted(by_siglum.items(), key=lambda pair: sigla.index(pair[0])):
        readings.setdefault(_applied(text, start, end, found), []).append(siglum)
    first = group[0][0]
    return [(replace(first, start=start, end=end, reading=reading), tuple(sigla))
            for reading, sigla in readings.items()]  # fmt: skip


def _applied(text: str, start: int, end: int, found: Sequence[Difference]) -> str:
    """What a witness has from ``start`` to ``end`` of ``text``, with all of its differences."""
    out, at = "", start
    for one in found:
        out += bare(text[at : one.start]) + one.reading
        at = one.end
    return out + bare(text[at:end])


def bare(text: str) -> str:
    """The characters of ``text`` that are compared."""
    return "".join(one for one in text if unicodedata.category(one)[0] in "LN")
