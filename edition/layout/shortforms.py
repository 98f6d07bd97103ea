"""Short forms of authors in citations: a body whose name is long is cited in full once in each
language, with the short form, and by that form from then on.

Texts are gone through as they are read: each segment, then the author's footnotes that it calls and
the notes on it, section by section in the order in which they are printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from edition.config import Bilingual, Config
from edition.model import (
    LANGS,
    Anchor,
    CiteItem,
    Edition,
    Footnote,
    FootnoteRef,
    Inlines,
    Lang,
    Note,
    References,
    Segment,
    cited,
    flat,
)


def shortened(
    references: References, edition: Edition, config: Config, shorts: Mapping[str, Bilingual]
) -> References:
    """``references`` whose authors have the short forms ``shorts``, by key; with the places in
    which they are introduced."""
    entries = {
        key: replace(one, short=shorts[key].zh, short_en=shorts[key].en) if key in shorts else one
        for key, one in references.entries.items()
    }
    made = replace(references, entries=entries)
    seen: set[tuple[Lang, str]] = set()
    places: set[tuple[str, int]] = set()
    for lang in LANGS:
        for item in _items(edition, config, lang):
            found = made.find(item.key)
            if found is None or item.suppress_author or not found.shortened(lang):
                continue
            author = lang, found.author(lang)
            if author not in seen:
                seen.add(author)
                places.add(item.place)
    return replace(made, introduced=frozenset(places))


def _items(edition: Edition, config: Config, lang: Lang) -> Iterator[CiteItem]:
    """Citations in the order in which they are read."""
    notes = {note.id: note for note in edition.notes}
    on: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in edition.anchors:
        if anchor.lang == lang:
            on[anchor.segment].append(anchor)
    footnotes = {(section.id, one.label): one for section in edition.sections
                 for one in section.footnotes if one.lang == lang}  # fmt: skip
    for segment, section in _segments(edition, config, lang):
        texts = [segment.inlines]
        texts += [cell.inlines for cell in segment.table.cells] if segment.table else []
        for text in texts:
            yield from cited(text)
        for text in texts:
            yield from _in_footnotes(text, section, footnotes)
        for anchor in sorted(on[segment.id], key=lambda one: one.end):
            note: Note | None = notes.get(anchor.note)
            yield from cited(note.texts.get(lang, ())) if note else ()


def _segments(edition: Edition, config: Config, lang: Lang) -> Iterator[tuple[Segment, str]]:
    front, back = config.matter.front, config.matter.back
    ranks = {name: number - len(front) for number, name in enumerate(front)}
    ranks |= {name: number + 1 for number, name in enumerate(back)}
    for pair in sorted(edition.pairs, key=lambda pair: ranks.get(pair.section, 0)):
        for segment in pair.side(lang):
            yield segment, pair.section


def _in_footnotes(
    inlines: Inlines, section: str, footnotes: Mapping[tuple[str, str], Footnote]
) -> Iterator[CiteItem]:
    for one in flat(inlines):
        if isinstance(one, FootnoteRef) and (section, one.label) in footnotes:
            yield from cited(footnotes[section, one.label].inlines)
