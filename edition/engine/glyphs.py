"""Characters that cannot be printed, found before TeX, which would leave a gap: one finding for a
control, and for all characters of a script that no font has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from edition.checks import walk
from edition.config import Bilingual, Config, facts
from edition.diagnostics import Diagnostic, error, warning
from edition.engine.spares import SpareGroup, group_of, grouped
from edition.latex.boxes import text_of
from edition.latex.described import described
from edition.latex.escape import name, refused, unset
from edition.latex.faces import UNSEEN, Faces, is_han
from edition.layout.types import Box
from edition.model import (
    BlockStart,
    Cite,
    Edition,
    Emph,
    FootnoteRef,
    Inlines,
    LineBreak,
    Mark,
    Milestone,
    Ruby,
    Strong,
    Styled,
    Text,
    flat,
    pieces,
    plain,
)
from edition.source import Span

MISSING = error("FNT001", "No font of the edition has a character")
REFUSED = error("FNT002", "A control character stands in the text")
VARIATION = warning("FNT005", "A variant of a character is not printed")

_SHOWN = 12  # characters of a group that a finding shows
_INSTALL = "sudo apt-get install --no-install-recommends"


@dataclass(frozen=True, slots=True)
class PrintedRun:
    """A run of text that will be printed, and where it comes from."""

    text: str
    span: Span | None
    segment: str = ""


def of_edition(edition: Edition, config: Config, faces: Faces) -> Iterator[PrintedRun]:
    """Everything of an edition and its settings that is printed, but for references."""
    for segment, inlines in walk.runs(edition):
        yield from _of_inlines(described(inlines, faces), segment)
        yield from _beside(inlines, segment)
    for one in edition.names:
        yield PrintedRun(one.zh + one.en, one.span)
    for term in edition.terms:
        yield PrintedRun(term.zh + term.en + term.pinyin, term.span)
    for fact in _facts(config):
        yield PrintedRun(fact.zh + fact.en, None)


def text_of_edition(edition: Edition, config: Config) -> str:
    """All characters of :func:`of_edition`."""
    parts = []
    for segment, inlines in walk.runs(edition):
        parts.append(plain(inlines))
        parts += [one.text for one in _beside(inlines, segment)]
    parts += [one.zh + one.en for one in edition.names]
    parts += [one.zh + one.en + one.pinyin for one in edition.terms]
    parts += [fact.zh + fact.en for fact in _facts(config)]
    return "".join(parts)


def _beside(inlines: Inlines, segment: str) -> Iterator[PrintedRun]:
    """What is printed of a text and is no part of it: readings above it, names of places in the
    margin, what citations say beside the work."""
    for one in flat(inlines):
        match one:
            case Ruby():
                yield PrintedRun(one.reading, one.span, segment)
            case Milestone():
                yield PrintedRun(one.name, one.span, segment)
            case Cite():
                for item in one.items:
                    yield PrintedRun(item.prefix + item.locator, item.span, segment)
            # labels of footnotes and of items are counted, in letters that every font has
            case Text() | FootnoteRef() | LineBreak() | Mark() | BlockStart():
                pass
            case Emph() | Strong() | Styled():
                pass  # what they hold comes after them
            case _:
                assert_never(one)


def _facts(config: Config) -> tuple[Bilingual, ...]:
    return facts.every(config)


def of_boxes(boxes: Iterable[Box]) -> Iterator[PrintedRun]:
    """Everything that boxes print."""
    for box in boxes:
        segment = box.segment.id if box.segment else box.key
        runs: list[Inlines] = [box.inlines]
        if box.segment and box.segment.table:
            table = box.segment.table
            runs += [cell.inlines for cell in table.cells]
        for run in runs:
            yield from _of_inlines(run, segment)
        yield PrintedRun(
            text_of(box), box.span or (box.segment.span if box.segment else None), segment
        )


def _of_inlines(inlines: Inlines, segment: str) -> Iterator[PrintedRun]:
    for text, span in pieces(inlines):
        yield PrintedRun(text, span, segment)


def unprintable(text: str, faces: Faces) -> bool:
    """Whether :func:`check` may have anything to say of a text: what and where is another
    question. A font may have a letter, and not with the accent above it."""
    every = "".join(set(text))
    odd = faces.odd(every)
    return bool(
        refused(every)
        or not _SELECTORS.isdisjoint(every)
        or any(unset(one, faces) for one in odd)
        or (odd and any(unicodedata.combining(one) for one in every))
    )


def check(texts: Iterable[PrintedRun], faces: Faces, *, controls: bool = True) -> list[Diagnostic]:
    """A finding for each control (where ``controls`` are asked for), for each group of characters
    that no font has, and for selectors of variants, at the first place of each."""
    said = [one for one in texts if one.text]
    every = "".join(set().union(*(set(one.text) for one in said)))
    unseen = sorted({one for _, one in refused(every)})
    lacking = frozenset[str]().union(*(unset(one.text, faces) for one in said))
    lacking -= set(unseen)
    found = [_control(one, said) for one in unseen] if controls else []
    found += [_lacking(group, each, said) for group, each in grouped(lacking).items()]
    if any(one in _SELECTORS for one in every):
        found += _variants(said)
    return found


def missing(character: str, span: Span | None, segment: str) -> Diagnostic:
    """A character that TeX found missing."""
    return _lacking(group_of(character), character, [PrintedRun(character, span, segment)])


def _control(character: str, said: Iterable[PrintedRun]) -> Diagnostic:
    first = next(one for one in said if character in one.text)
    return Diagnostic(
        code=REFUSED,
        span=_place(first, character),
        segment=first.segment,
        fact=f"{name(character)} cannot be printed",
        hint="remove it; it is invisible in most editors",
    )


def _lacking(group: SpareGroup, characters: str, said: Iterable[PrintedRun]) -> Diagnostic:
    places = [one for one in said if not set(characters).isdisjoint(one.text)]
    first = next((one for one in places if one.span is not None), places[0])
    character = next(one for one in first.text if one in characters)
    shown = ", ".join(f"{one} (U+{ord(one):04X})" for one in characters[:_SHOWN])
    more = f" and {len(characters) - _SHOWN} more" if len(characters) > _SHOWN else ""
    segments = len({one.segment for one in places})
    where = f", in {segments} segments" if segments > 1 else ""
    fact = f"no font of the edition has {group.name}: {shown}{more}{where}"
    # texts, notes, names and terms have spans; what has none are facts of the book
    return Diagnostic(code=MISSING, span=_place(first, character), segment=first.segment,
                      where="" if first.span else "source/edition.toml",
                      fact=fact, hint=_way_out(group, character))  # fmt: skip


def _way_out(group: SpareGroup, character: str) -> str:
    otherwise = (
        f'[{character}]{{ids="⿰…"}} prints a description of it'
        if is_han(character) or group.name == "private use"
        else "write it otherwise"
    )
    if not group.package:
        return f"name a font that has it under [fonts] in edition.toml, or {otherwise}"
    return f"{_INSTALL} {group.package}; or name another font under [fonts]; or {otherwise}"


# of variants of Han; those of pictographs (U+FE0E, U+FE0F) choose between text and colour
_SELECTORS = frozenset(one for one in UNSEEN if "\ufe00" <= one <= "\ufe0d" or one >= "\U000e0100")


def _variants(said: Iterable[PrintedRun]) -> Iterator[Diagnostic]:
    shown: dict[str, PrintedRun] = {}
    for one in said:
        for at, character in enumerate(one.text):
            if character in _SELECTORS and at:
                shown.setdefault(one.text[at - 1 : at + 1], one)
    if shown:
        pairs = ", ".join(f"{pair[0]} (U+{ord(pair[0]):04X} U+{ord(pair[1]):04X})"
                          for pair in list(shown)[:_SHOWN])  # fmt: skip
        pair, first = next(iter(shown.items()))
        yield Diagnostic(
            code=VARIATION, span=_place(first, pair), segment=first.segment,
            fact=f"the usual form is printed for {pairs}",
            hint="delete the selector where the usual form is meant, or show the form as a picture",
        )  # fmt: skip


def _place(said: PrintedRun, text: str) -> Span | None:
    at = said.text.find(text)
    if said.span is None or at < 0 or said.span.text[at : at + len(text)] != text:
        return said.span
    return said.span.within(at, at + len(text))
