"""Entries of the glossary, and the order in which they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from edition.config import Config
from edition.layout.boxes import headed
from edition.model import Inlines, Lang, Strong, Term, Text, plain


def entries(term: Term, config: Config) -> dict[Lang, Inlines]:
    """What a term prints, by language; where each language has its own order, the other's word
    stands after it."""
    own = config.glossary.order == "own"
    sides: dict[Lang, Inlines] = {"zh": _chinese(term, other=own), "en": _english(term, other=own)}
    here = {"zh": term.zh, "en": term.en}
    return {lang: inlines for lang, inlines in sides.items() if here[lang] and plain(inlines)}


def in_order(terms: Iterable[Term], lang: Lang) -> list[Term]:
    """The terms in the order of a language: pinyin, or the alphabet."""
    return sorted(terms, key=_by_pinyin if lang == "zh" else _by_letters)


def _by_pinyin(term: Term) -> tuple[str, str]:
    """Pinyin without tones, else as written."""
    return _letters(term.pinyin or term.zh), term.zh


def _by_letters(term: Term) -> tuple[str, str]:
    return "".join(one for one in _letters(term.en) if one.isalnum()), term.en


def _letters(text: str) -> str:
    bare = unicodedata.normalize("NFD", text)
    letters = "".join(one for one in bare if not unicodedata.combining(one))
    return letters.lower().replace(" ", "").replace("'", "").replace("’", "")


def _chinese(term: Term, *, other: bool) -> Inlines:
    parts = [*headed((Strong((Text(term.zh, term.span),), term.span),), ())]
    for more in (term.pinyin, term.en if other else ""):
        if more:
            parts += [Text("\u2003", term.span), Text(more, term.span)]
    if term.zh_gloss:
        return (*parts, Text("\u2003", term.span), *term.zh_gloss)
    return tuple(parts)


def _english(term: Term, *, other: bool) -> Inlines:
    parts = [*headed((Strong((Text(term.en, term.span),), term.span),), ())]
    if other and term.zh:
        parts += [Text("\u2002", term.span), Text(term.zh, term.span)]
    if term.en_gloss:
        return (*parts, Text("\u2002", term.span), *term.en_gloss)
    return tuple(parts)
