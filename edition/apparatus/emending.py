"""Marks of emendation in the text: （deleted）, 〔supplied〕, □ for what is lost."""

from __future__ import annotations

from collections.abc import Iterator

from edition.config import ApparatusSettings, Config
from edition.model import Edition, Inlines, Styled, flat, placed
from edition.script import conversion, relay
from edition.script.batch import ConversionUnit, ConvertedText

CLASSES = ("deleted", "supplied", "lost")
_MOST_LOST = 99


def emended(edition: Edition, config: Config) -> Edition:
    """``edition`` with the marks of its spans ``deleted``, ``supplied`` and ``lost`` in its text.
    Anchors follow: a lemma is quoted without the marks."""
    there = {name for inlines in _every(edition) for name in _classes(inlines)}
    for name in CLASSES:
        if name in there:
            edition = _marked(edition, config, name)
    return edition


def _every(edition: Edition) -> Iterator[Inlines]:
    """All texts that a walk meets, as one run of inlines or several."""
    for section in edition.sections:
        for segment in (*section.zh, *section.en):
            yield segment.inlines
            yield segment.short
            yield segment.alt
            if segment.table:
                yield from (cell.inlines for cell in segment.table.cells)
        yield from (one.inlines for one in section.footnotes)
    for note in edition.notes:
        yield from note.texts.values()
    for term in edition.terms:
        yield term.zh_gloss
        yield term.en_gloss


def _classes(inlines: Inlines) -> Iterator[str]:
    return (name for one in flat(inlines) if isinstance(one, Styled) for name in one.classes)


def _marked(edition: Edition, config: Config, name: str) -> Edition:
    def ranges(inlines: Inlines) -> Iterator[tuple[int, int]]:
        return _ranges(inlines, name)

    walk = relay.Walk(ranges=ranges, concerns=lambda unit: bool(unit.locked))
    conversion.rebuild(walk, edition, config)
    if not walk.units:
        return edition
    made = [ConvertedText(unit, tuple(_cells(unit, name, config.apparatus))) for unit in walk.units]
    back = relay.Walk(ranges=ranges, concerns=walk.concerns, results=iter(made))
    return conversion.rebuild(back, edition, config)[0]


def _ranges(inlines: Inlines, name: str) -> Iterator[tuple[int, int]]:
    """Where spans of the class ``name`` stand in the plain text, the outer ones alone."""
    last = 0
    for one, start, end in placed(inlines):
        if isinstance(one, Styled) and name in one.classes and start >= last:
            last = end
            yield start, end


def _cells(unit: ConversionUnit, name: str, settings: ApparatusSettings) -> list[str]:
    cells = list(unit.text)
    for start, end in unit.locked:
        if start == end:
            continue
        if name == "lost":
            count = int(unit.text[start:end]) if unit.text[start:end].isdecimal() else end - start
            cells[start] = settings.lost * min(count, _MOST_LOST)
            cells[start + 1 : end] = [""] * (end - start - 1)
            continue
        first, last = settings.deleted if name == "deleted" else settings.supplied
        cells[start] = first + cells[start]
        cells[end - 1] += last
    return cells
