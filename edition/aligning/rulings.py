"""Alignment under the editor's word: what was ruled stands, and the rest is aligned round it.

A ruling knows texts by what they begin with, so that it holds for a text of a workspace and for the
document that it was imported from, whatever ids they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from edition.aligning.service import align
from edition.aligning.units import Bitext, Moved, Settled, TermForms, Unit
from edition.source import Span

OPENING = 40  # letters by which a text is known again


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Texts that answer to each other, by their openings; where one side is empty, nothing answers
    to the other."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    reason: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Tied:
    """Texts that answer to each other, by their positions; one side may be empty. ``sure``: the
    chance that it is so, 1 where it was ruled."""

    zh: tuple[int, ...]
    en: tuple[int, ...]
    sure: float = 1.0
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """Groups in order, every text in one; texts that stand elsewhere; rulings, by their numbers,
    of which a text is not there."""

    groups: tuple[Tied, ...]
    moved: tuple[Moved, ...] = ()
    unmet: tuple[int, ...] = ()


def openings(texts: Iterable[str]) -> tuple[str, ...]:
    """What each text begins with; of several alike each has its number behind it."""
    seen: Counter[str] = Counter()
    made = []
    for text in texts:
        line = " ".join(text.split())
        last = next(islice((at for at, char in enumerate(line) if char.isalnum()), OPENING - 1,
                           None), len(line) - 1)  # fmt: skip
        start = line[: last + 1]
        seen[known(start)] += 1
        made.append(start if seen[known(start)] == 1 else f"{start} ({seen[known(start)]})")
    return tuple(made)


def known(opening: str) -> str:
    """What of an opening tells the text: its letters and figures."""
    return "".join(filter(str.isalnum, opening))


def align_ruled(
    zh: Sequence[Unit], en: Sequence[Unit], rulings: Sequence[Ruling],
    begins: tuple[Sequence[str], Sequence[str]], kept: Sequence[Tied] = (),
    forms: Sequence[TermForms] = (),
) -> Ruled:  # fmt: skip
    """Two texts in groups. ``begins``: the openings of the units of both. Of rulings that speak
    of one text the last holds. ``kept``: groups that stand where no ruling says otherwise."""
    chosen, unmet = _chosen(rulings, begins)
    taken = ({at for one in chosen for at in one.zh}, {at for one in chosen for at in one.en})
    free = [one for one in kept if not (taken[0] & set(one.zh) or taken[1] & set(one.en))]
    chosen += [one for one in free if not (one.zh and one.en)]
    lone = ({at for one in chosen if not one.en for at in one.zh},
            {at for one in chosen if not one.zh for at in one.en})  # fmt: skip
    rest = ([at for at in range(len(zh)) if at not in lone[0]],
            [at for at in range(len(en)) if at not in lone[1]])  # fmt: skip
    place = tuple({at: n for n, at in enumerate(side)} for side in rest)
    pairs = [one for one in chosen if one.zh and one.en]
    settled: dict[Settled, Tied] = {}
    for one in _in_order(pairs, [one for one in free if one.zh and one.en]):
        ranges = _range([place[0][at] for at in one.zh]), _range([place[1][at] for at in one.en])
        if all(end - start == len(side)
               for (start, end), side in zip(ranges, (one.zh, one.en), strict=True)):  # fmt: skip
            settled[ranges] = one
    part = Bitext(tuple(zh[at] for at in rest[0]), tuple(en[at] for at in rest[1]), tuple(settled))
    (aligned,) = align([part], forms)
    groups: list[Tied] = []
    for bead in aligned.beads:
        own = settled.get((bead.zh, bead.en)) if bead.settled else None
        made = Tied(tuple(rest[0][slice(*bead.zh)]), tuple(rest[1][slice(*bead.en)]), bead.sure)
        groups += [own] if own is not None else _whole(made)
    for one in chosen:
        if not (one.zh and one.en):
            groups.insert(_before(groups, one), one)
    moved = tuple(Moved(rest[0][one.zh], rest[1][one.en]) for one in aligned.moved)
    return Ruled(tuple(groups), moved, unmet)


def _chosen(
    rulings: Sequence[Ruling], begins: tuple[Sequence[str], Sequence[str]]
) -> tuple[list[Tied], tuple[int, ...]]:
    """What rulings say of these texts, the last word first: one that speaks of a text of which a
    later one speaks, or that crosses it, is over."""
    index = [{known(start): at for at, start in enumerate(side)} for side in begins]
    chosen: list[Tied] = []
    unmet = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for number in range(len(rulings) - 1, -1, -1):
        ruling = rulings[number]
        left, right = (
            [where.get(known(start), -1) for start in side]
            for where, side in zip(index, (ruling.zh, ruling.en), strict=True)
        )
        if -1 in left or -1 in right:
            unmet.append(number)
            continue
        left, right = sorted(left), sorted(right)
        new = Tied(tuple(left), tuple(right), ruled=True)
        over = taken[0] & set(left) or taken[1] & set(right)
        if not over and (left or right) and not any(_cross(new, one) for one in chosen):
            for side, more in zip(taken, (left, right), strict=True):
                side.update(more)
            lone = [Tied((at,), (), ruled=True) for at in left] if not right else []
            lone += [Tied((), (at,), ruled=True) for at in right] if not left else []
            chosen += lone or [new]
    return chosen, tuple(sorted(unmet))


def _cross(one: Tied, other: Tied) -> bool:
    """Whether two pairs stand in one order in Chinese and in another in English."""
    if not (one.zh and one.en and other.zh and other.en):
        return False
    return (one.zh[0] < other.zh[0]) != (one.en[0] < other.en[0])


def _in_order(pairs: Sequence[Tied], free: Sequence[Tied]) -> Iterator[Tied]:
    """``pairs``, which cross nowhere, and those of ``free`` that do not cross them or each
    other."""
    ruled = sorted(pairs, key=lambda one: one.zh)
    after = len(ruled)
    fences = [one.en[0] for one in ruled]
    end, at = -1, 0
    for one in sorted([*ruled, *free], key=lambda one: one.zh):
        if one.ruled:
            at += 1
        elif one.en[0] <= end or (at < after and one.en[-1] >= fences[at]):
            continue
        end = one.en[-1]
        yield one


def _whole(group: Tied) -> list[Tied]:
    """``group``, parted where a text that was ruled to stand alone stands within it."""
    if all(len(side) < 2 or side[-1] - side[0] == len(side) - 1 for side in (group.zh, group.en)):
        return [group]
    sides = []
    left: list[Tied] = []
    for side, chinese in ((group.zh, True), (group.en, False)):
        run = next((n for n in range(1, len(side)) if side[n] != side[n - 1] + 1), len(side))
        sides.append(side[:run])
        left += [Tied((at,), (), 0.0) if chinese else Tied((), (at,), 0.0) for at in side[run:]]
    return [replace(group, zh=sides[0], en=sides[1]), *left]


def _before(groups: Sequence[Tied], lone: Tied) -> int:
    """Where a text alone stands among ``groups``."""
    for at, one in enumerate(groups):
        if (lone.zh and one.zh and one.zh[0] > lone.zh[0]) or (
                lone.en and one.en and one.en[0] > lone.en[0]):  # fmt: skip
            return at
    return len(groups)


def _range(positions: Sequence[int]) -> tuple[int, int]:
    return min(positions), max(positions) + 1
