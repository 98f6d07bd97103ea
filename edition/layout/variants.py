"""What a variant of an edition prints: a side, layers of notes, an examination paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from edition.config import Config, Variant
from edition.model import LANGS, Edition, Lang, Note, Pair, Presence, other


def narrowed(edition: Edition, config: Config) -> tuple[Edition, Config]:
    """``edition`` and ``config`` without what their variant leaves out. Whatever is left out is
    nowhere: no mark of a note, no entry of a list, no word of the other language."""
    edition = _on_sides(edition, config)
    variant = config.variant
    side: Lang | None = "zh" if variant.exam else variant.side
    layers = () if variant.exam else variant.notes
    if variant == Variant(name=variant.name):
        return edition, config
    if layers is not None:
        edition = _with_notes(edition, [one for one in edition.notes if one.layer in layers])
        config = replace(config, layers=tuple(one for one in config.layers if one.id in layers))
    if side is not None and edition_has(edition, side):
        edition = _on_side(edition, side)
    if variant.exam or not variant.glossary:
        edition = replace(edition, terms=())
    return edition, config


def edition_has(edition: Edition, lang: Lang) -> bool:
    """Whether there is a text in ``lang``."""
    return any(one.presence is Presence.TEXT for pair in edition.pairs for one in pair.side(lang))


def _on_sides(edition: Edition, config: Config) -> Edition:
    """``edition`` without the notes of layers on sides that are not to have them."""
    sides = {one.id: one.languages for one in config.layers if one.languages != LANGS}
    if not sides:
        return edition
    notes = []
    for note in edition.notes:
        here = sides.get(note.layer, LANGS)
        texts = {lang: text for lang, text in note.texts.items() if lang in here}
        lemmas = {lang: lemma for lang, lemma in note.lemmas.items() if lang in here}
        if texts:
            notes.append(replace(note, texts=texts, lemmas=lemmas))
    lemmas_of = {note.id: note.lemmas for note in notes}
    anchors = tuple(one for one in edition.anchors if one.lang in lemmas_of.get(one.note, ()))
    return replace(edition, notes=tuple(notes), anchors=anchors)


def _with_notes(edition: Edition, notes: Sequence[Note]) -> Edition:
    kept = {one.id for one in notes}
    anchors = tuple(one for one in edition.anchors if one.note in kept)
    return replace(edition, notes=tuple(notes), anchors=anchors)


def _on_side(edition: Edition, lang: Lang) -> Edition:
    """The edition in one language: of pairs that have nothing in it, nothing is left."""
    gone: Any = {other(lang): ()}
    pairs = tuple(replace(pair, **gone) for pair in edition.pairs if _prints(pair, lang))
    sections = tuple(
        replace(section, footnotes=tuple(one for one in section.footnotes if one.lang == lang),
                **gone)
        for section in edition.sections
    )  # fmt: skip
    notes = tuple(
        replace(note, texts={lang: note.texts[lang]}, lemmas={lang: note.lemmas[lang]})
        for note in edition.notes if lang in note.texts and lang in note.lemmas
    )  # fmt: skip
    return replace(
        edition, sections=sections, pairs=pairs, notes=notes,
        anchors=tuple(one for one in edition.anchors if one.lang == lang),
        segments={key: one for key, one in edition.segments.items() if key[0] == lang},
    )  # fmt: skip


def _prints(pair: Pair, lang: Lang) -> bool:
    return any(one.presence is Presence.TEXT for one in pair.side(lang))
