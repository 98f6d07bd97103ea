"""Texts converted together, and the log of what was decided."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from edition.model import Lang
from edition.script import context, dictionaries
from edition.script.characters import foreign, readings, several
from edition.script.dictionaries import Script, Variety, han_in, masked, shared
from edition.script.locks import Held, NameForms, held
from edition.script.varieties import OWN_PHRASES, OWN_SIMPLIFIED
from edition.script.words import BREAK, separated, words
from edition.source import Span

Kind = Literal["phrase", "default", "lock", "name", "variant", "foreign", "return"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChoice:
    """One choice among readings: what stood where, what it became, and on what evidence.

    ``kind``: *phrase*, the dictionary's phrase ``evidence`` decided; *default*, none did and the
    commonest reading was taken; *lock* and *name*, a locked span or the names file decided against
    the dictionary; *variant*, a form gave way to that of the region asked for; *foreign*, a
    character of the other script stood in the source; *return*, converting back would give
    ``evidence``.
    """

    where: str  # segment id, or "note x", "name x", "title" …
    offset: int  # code point in the plain text of that place
    source: str
    target: str
    readings: tuple[str, ...]
    kind: Kind
    evidence: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ConversionUnit:
    """A text to convert, whole: what is locked in it, and where it stands."""

    text: str
    where: str
    locked: tuple[tuple[int, int], ...] = ()
    pieces: tuple[tuple[str, Span], ...] = ()
    lang: Lang | None = None  # that the text is written in, where it is known
    lemma: bool = False  # words of a note that stand in a segment too

    def span(self, offset: int) -> Span | None:
        """Source of the code point at ``offset``."""
        for text, span in self.pieces:
            if offset < len(text):
                return (
                    span.within(offset, offset + 1)
                    if len(text) == span.end - span.start
                    else (span)
                )
            offset -= len(text)
        return None


@dataclass(frozen=True, slots=True)
class ConvertedText:
    """What each code point of a unit became."""

    unit: ConversionUnit
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.cells)

    def offset(self, source: int) -> int:
        """Where a border of the unit's text is in the converted one."""
        return sum(len(one) for one in self.cells[:source])


@dataclass(frozen=True, slots=True)
class Joined:
    """Units as one text with a line end between each two; names and locks masked."""

    units: Sequence[ConversionUnit]
    starts: Sequence[int]
    text: str  # as it stands
    open: str  # what the dictionaries may see
    held: Sequence[Held]  # offsets of the joined text


def opened(unit: ConversionUnit, names: NameForms) -> str:
    """What of a unit's text the dictionaries may see: names and locks masked."""
    own = held(unit.text, unit.locked, names)
    return masked(unit.text, ((one.start, one.end) for one in own)) if own else unit.text


def join(units: Sequence[ConversionUnit], names: NameForms) -> Joined:
    starts: list[int] = []
    opened: list[str] = []
    all_held: list[Held] = []
    at = 0
    for unit in units:
        own = held(unit.text, unit.locked, names)
        starts.append(at)
        opened.append(masked(unit.text, ((one.start, one.end) for one in own)))
        all_held += [Held(one.start + at, one.end + at, one.target, one.why) for one in own]
        at += len(unit.text) + 1
    text = "\n".join(unit.text for unit in units)
    return Joined(units, starts, text, "\n".join(opened), all_held)


def convert(
    units: Sequence[ConversionUnit], to: Script, variety: Variety, names: NameForms
) -> tuple[list[ConvertedText], list[ReadingChoice]]:
    """Each unit converted, and every decision taken, in order."""
    joined = join(units, names)
    made, phrases = by_phrase(joined.open, to, variety, in_context=True, people=names.people)
    source: Script = "hans" if to == "hant" else "hant"
    returned: list[str] = []
    if to == "hans":
        returned, _ = by_phrase("".join(made), source, variety, in_context=True)
    log = list(_decisions(joined, made, returned, phrases, to, variety))
    if joined.held:
        log += _holds(joined, by_phrase(joined.text, to, variety)[0])
    for one in joined.held:
        made[one.start : one.end] = shared(one.target, one.end - one.start)
    order = {id(unit): number for number, unit in enumerate(units)}
    placed = sorted(
        (_placed(joined, at, decision) for at, decision in log),
        key=lambda one: (order[id(one[0])], one[1].offset),
    )
    out = [
        ConvertedText(unit, tuple(made[start : start + len(unit.text)]))
        for unit, start in zip(units, joined.starts, strict=True)
    ]
    return out, [decision for _, decision in placed]


def _placed(
    joined: Joined, at: int, decision: ReadingChoice
) -> tuple[ConversionUnit, ReadingChoice]:
    number = bisect.bisect_right(joined.starts, at) - 1
    unit, offset = joined.units[number], at - joined.starts[number]
    return unit, replace(decision, where=unit.where, offset=offset, span=unit.span(offset))


def by_phrase(
    text: str, to: Script, variety: Variety, *, in_context: bool = False, people: Iterable[str] = ()
) -> tuple[list[str], dict[int, str]]:
    """What each code point of ``text`` becomes, and the phrase where a phrase decides it.
    ``in_context``: or what stands round it (:mod:`edition.script.context`); ``people``: names of
    persons there."""
    undecided = {char for char in han_in(text) if several(char, to, variety)}
    phrasing = words(text, to, undecided)
    spans = phrasing.spans
    run = dictionaries.conversion(to, variety)
    made = dictionaries.cells(text, run(separated(text, spans)).replace(BREAK, ""))
    phrases = {
        at: text[start:end] for start, end in spans for at in range(start, end)
        if at not in phrasing.disputed
    }  # fmt: skip
    if in_context and len(made) == len(text):
        form = dictionaries.regional(variety) if to == "hant" else str
        decided = frozenset(phrases)
        settled = OWN_PHRASES if to == "hant" else OWN_SIMPLIFIED
        own = {at for start, end in spans if text[start:end] in settled for at in range(start, end)}
        for choice in context.choices(text, to, decided, people):
            if choice.at in own:
                continue
            made[choice.at] = form(choice.target)
            phrases[choice.at] = choice.evidence
    return made, phrases


def _decisions(
    joined: Joined, made: Sequence[str], returned: Sequence[str], phrases: Mapping[int, str],
    to: Script, variety: Variety,
) -> Iterator[tuple[int, ReadingChoice]]:  # fmt: skip
    """Decisions of the dictionaries by offset in the joined text."""
    text = joined.open
    han = han_in(text)
    many = {char: readings(char, to, variety) for char in han}
    strange = {char for char in han if foreign(char, "hans" if to == "hant" else "hant")}
    exact = len(returned) == len(text)
    for at, char in enumerate(text):
        if char not in han:
            continue
        target, known = made[at], many[char]
        if char in strange:
            yield at, _decision(char, target, known, "foreign", "")
        elif len(known) > 1 or target != known[0]:
            phrase = phrases.get(at, "")
            yield at, _decision(char, target, known, "phrase" if phrase else "default", phrase)
        elif exact and returned[at] != char:
            yield at, _decision(char, target, known, "return", returned[at])


def _decision(
    source: str, target: str, many: tuple[str, ...], kind: Kind, evidence: str
) -> ReadingChoice:
    readings = many if target in many else (*many, target)
    return ReadingChoice(
        where="",
        offset=0,
        source=source,
        target=target,
        kind=kind,
        readings=readings,
        evidence=evidence,
    )


def _holds(joined: Joined, free: Sequence[str]) -> Iterator[tuple[int, ReadingChoice]]:
    """Where a lock or a name decided otherwise than the dictionaries would have."""
    for one in joined.held:
        source = joined.text[one.start : one.end]
        otherwise = "".join(free[one.start : one.end])
        if otherwise != one.target:
            kind: Kind = "lock" if one.why == "span" else "name"
            yield (
                one.start,
                ReadingChoice(
                    where="",
                    offset=0,
                    source=source,
                    target=one.target,
                    kind=kind,
                    readings=(one.target, otherwise),
                    evidence="" if one.why == "span" else one.why,
                ),
            )
