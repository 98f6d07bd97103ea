"""An edition in one language: what is left of it in the other is not printed.

A workspace for both languages may be printed with the text of one alone (exercises without their
translation). Then the glossary, the notes, the facts of the book and the headings that the book
makes are in that language too, and its pages follow each other without empty ones between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from edition.config import Bilingual, Config, facts
from edition.layout.types import Fit, Layout
from edition.model import LANGS, Edition, Inlines, Lang, Term

_KEPT = ("title", "authors", "editors")


def printed(edition: Edition, config: Config) -> tuple[Edition, Config]:
    """``edition`` and ``config`` without what belongs to a language that has no text; as they are
    where both have one, or neither. A title or a name that only the other language has is kept: a
    title page needs them."""
    here = tuple(lang for lang in LANGS if any(key[0] == lang for key in edition.segments))
    if len(here) != 1:
        return edition, config
    lang = here[0]

    def fact(both: Bilingual, name: str) -> Bilingual:
        if name in _KEPT and not both.get(lang):
            return both
        return Bilingual(zh=both.zh) if lang == "zh" else Bilingual(en=both.en)

    notes = tuple(
        replace(note, texts=_of(lang, note.texts)) for note in edition.notes if lang in note.texts
    )
    terms = tuple(_term(one, lang) for one in edition.terms if (one.zh if lang == "zh" else one.en))
    settings = replace(facts.mapped(config, fact), languages=here)
    return replace(edition, notes=notes, terms=terms), settings


def _of(lang: Lang, texts: Mapping[Lang, Inlines]) -> Mapping[Lang, Inlines]:
    return {lang: texts[lang]}


def _term(term: Term, lang: Lang) -> Term:
    if lang == "zh":
        return replace(term, en="", en_gloss=())
    return replace(term, zh="", pinyin="", zh_gloss=())


def alone(layout: Layout, languages: tuple[Lang, ...]) -> Layout:
    """``layout`` for the text of one language: pages that follow each other, its column as wide
    as the text block, nothing to fit to each other."""
    if len(languages) != 1:
        return layout
    width = layout.geometry.text_width
    zh, en = (width, 0.0) if languages[0] == "zh" else (0.0, width)
    geometry = replace(layout.geometry, layout="columns", gutter=0.0, zh_width=zh, en_width=en)
    return replace(layout, geometry=geometry, fit=Fit())
