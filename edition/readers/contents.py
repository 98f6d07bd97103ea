"""What the aligner is told of segments, names and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from edition.aligning import TermForms, Unit
from edition.model import Cite, FootnoteRef, Inlines, Name, Presence, Segment, Term, flat, plain


def unit(segment: Segment) -> Unit:
    """A segment with all its text, cells of tables too, and what stands in both languages alike:
    keys of citations, marks of footnotes, pictures."""
    runs = [segment.inlines]
    if segment.table:
        runs += [cell.inlines for cell in segment.table.cells]
    keys = set(chain.from_iterable(map(_keys, runs)))
    if segment.figure:
        keys.add(f"!{segment.figure}")
    return Unit(
        text="\n".join(map(plain, runs)), kind=segment.kind, level=segment.level,
        keys=frozenset(keys), blank=segment.presence is not Presence.TEXT,
    )  # fmt: skip


def _keys(inlines: Inlines) -> Iterator[str]:
    for one in flat(inlines):
        if isinstance(one, Cite):
            yield from (f"@{item.key}" for item in one.items)
        elif isinstance(one, FootnoteRef):
            yield f"^{one.label}"


def forms(names: Iterable[Name], terms: Iterable[Term]) -> tuple[TermForms, ...]:
    """Names and terms that both languages have a form of; the last word of a person's name, long
    enough, stands for the person."""
    made = []
    for name in names:
        variants = [one for one in name.variants if one]
        zh = {name.zh, name.hans, name.hant, *(one for one in variants if not one.isascii())}
        en = {name.en, *(one for one in variants if one.isascii())}
        if name.kind == "person":
            en |= {word for word in name.en.split()[-1:] if len(word) > 3}
        made.append(TermForms(_said(zh), _said(en)))
    made += [TermForms(_said({term.zh}), _said({term.en})) for term in terms]
    return tuple(one for one in made if one.zh and one.en)


def _said(spellings: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(one for one in spellings if one))
