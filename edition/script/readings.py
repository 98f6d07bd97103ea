"""Readings that textual notes quote: forms of characters that are what the note is about.

``説，宋本作「說」`` says nothing once both are one. What a note quotes, and every form that it
tells apart from another, is therefore spared where forms are unified, and where a conversion
between scripts would make them one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from edition.config import Config
from edition.model import Edition, Lang, Note, plain
from edition.script import dictionaries, regional
from edition.script.dictionaries import han_in
from edition.script.varieties import PURE

Range = tuple[int, int]

_OPENING = frozenset("“‘「『〈")
TEXTUAL = "校"  # in the id or the Chinese name of a layer: its notes compare readings
QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|「[^「」]*」|『[^『』]*』|〈[^〈〉]*〉")


def is_textual(note: Note, config: Config) -> bool:
    """Whether a note is about what the text reads: it emends, or its layer is one of 校."""
    if note.sic or note.corr or note.entry:
        return True
    layers = (one for one in config.layers if one.id == note.layer)
    return any(TEXTUAL in one.id or TEXTUAL in one.name.zh for one in layers)


def quotations(text: str) -> list[Range]:
    """What stands in quotation marks, marks included."""
    if not any(one in text for one in _OPENING):
        return []
    return [match.span() for match in QUOTED.finditer(text)]


@dataclass(frozen=True, slots=True)
class Readings:
    """What conversion leaves as it stands, by note and by segment. ``quoting``: quotations of
    every note are left too, since the forms of the edition's own script are unified."""

    quoting: bool = False
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by note
    lemmas: Mapping[tuple[Lang, str], tuple[Range, ...]] = field(default_factory=dict)

    def in_note(self, note: Note, text: str) -> list[Range]:
        """Ranges of a text of ``note`` to leave as they stand, in order, none overlapping."""
        quoted = quotations(text) if self.quoting else []
        forms = self.forms.get(note.id, frozenset())
        if not quoted and not forms:
            return []
        places = [(at, at + 1) for at, char in enumerate(text) if char in forms]
        return merged((*quoted, *places))

    def any_of(self, notes: Iterable[Note]) -> bool:
        """Whether there is anything to leave in the texts, or in those of ``notes``."""
        if self.lemmas or any(self.forms.values()):
            return True
        return self.quoting and any(
            quotations(text)
            for note in notes for text in (*map(plain, note.texts.values()), note.corr)
        )  # fmt: skip

    def in_segment(self, lang: Lang, segment: str) -> tuple[Range, ...]:
        """Ranges of a segment's text to leave: lemmas of textual notes."""
        return self.lemmas.get((lang, segment), ())


def readings(edition: Edition, config: Config) -> Readings:
    """What the conversion of ``edition`` to ``config.script`` must leave."""
    textual = [note for note in edition.notes if is_textual(note, config)]
    unified = config.script == config.source_script
    one_form = _one_form(config)
    forms = {note.id: _told_apart(_mentioned(note), one_form) for note in textual}
    if not unified:
        return Readings(forms={name: made for name, made in forms.items() if made})
    names = {note.id for note in textual}
    lemmas = dict[tuple[Lang, str], list[Range]]()
    for anchor in edition.anchors:
        if anchor.note in names:
            lemmas.setdefault((anchor.lang, anchor.segment), []).append((anchor.start, anchor.end))
    ranges = {place: tuple(merged(many)) for place, many in lemmas.items()}
    return Readings(quoting=True, forms=forms, lemmas=ranges)


def _one_form(config: Config) -> Callable[[str], str]:
    """What a character is printed as; of one class of forms, one and the same."""
    if config.script != config.source_script:
        table = dictionaries.characters(config.script, config.variety)
        return lambda char: table.get(char, char)
    if config.variety == "generic":
        return lambda char: min(PURE.get(char, char))
    return partial(regional.form_in, variety=config.variety)


def _mentioned(note: Note) -> set[str]:
    """Characters of a note's lemma, its readings, and what it quotes."""
    parts = [note.sic, note.corr, *(lemma.quote for lemma in note.lemmas.values())]
    for inlines in note.texts.values():
        text = plain(inlines)
        parts += [text[start:end] for start, end in quotations(text)]
    return han_in("".join(parts))


def _told_apart(chars: Iterable[str], one_form: Callable[[str], str]) -> frozenset[str]:
    """Those of ``chars`` that would become the same as another of them."""
    by_form: dict[str, set[str]] = {}
    for char in chars:
        by_form.setdefault(one_form(char), set()).add(char)
    return frozenset(char for many in by_form.values() if len(many) > 1 for char in many)


def merged(ranges: Iterable[Range]) -> list[Range]:
    """``ranges`` in order, those that meet or overlap as one."""
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
