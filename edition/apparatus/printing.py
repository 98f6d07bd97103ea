"""The notes that are printed from entries of the apparatus.

In sentences, as a 校勘記 has them, or in the Western manner: lemma, bracket, readings, sigla. Both
come from the same data, in either language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from edition.apparatus.shortening import shortened
from edition.config import Config, Witness
from edition.model import (
    LANGS,
    ApparatusEntry,
    Edition,
    Emph,
    Inline,
    Inlines,
    Lang,
    Note,
    Reading,
    Text,
    plain,
)
from edition.source import Span

_COPY = "本"  # 宋本、元本 → 宋、元本
_VERBS_ZH = {  # neutral, and as a fault
    "substitution": ("作", "訛作"),
    "omission": ("無", "脫"),
    "addition": ("多", "衍"),
    "transposition": ("作", "倒作"),
    "conjecture": ("疑當作", "疑當作"),
}
_ABBREVIATIONS = {"omission": "om.", "addition": "add.", "transposition": "tr.",
                  "conjecture": "conj."}  # fmt: skip


def printed(edition: Edition, config: Config) -> Edition:
    """``edition`` with the texts of its entries: in each language that the entry has a lemma in,
    the settings give a manner for, and no text is written for by hand. What is written by hand
    begins with its lemma in layers that are to have it."""
    headed = {layer.id for layer in config.layers if layer.lemma}
    if not headed and not any(note.entry for note in edition.notes):
        return edition
    corner = _has_corner_marks(edition)
    known = {one.siglum.zh: one for one in config.witnesses}
    notes = (_headed(note, config, corner=corner) if note.layer in headed else note
             for note in edition.notes)  # fmt: skip
    return replace(
        edition, notes=tuple(_with_texts(note, config, known, corner=corner) for note in notes)
    )


def _headed(note: Note, config: Config, *, corner: bool) -> Note:
    """A note with its lemma before its texts, in the manner of the apparatus: 「某」：, “word”:, or
    某］, word]."""
    texts = {}
    for lang, text in note.texts.items():
        lemma = note.lemmas.get(lang)
        if lemma is None:
            texts[lang] = text
            continue
        words = shortened(lemma.quote, config.apparatus.shorten)
        if config.apparatus.manner(lang) == "western":
            head = words + ("］" if lang == "zh" else "] ")
        else:
            head = _quoted(words, lang, corner=corner) + ("：" if lang == "zh" else ": ")
        texts[lang] = (Text(head, note.span), *text)
    return replace(note, texts=texts)


def _with_texts(
    note: Note, config: Config, known: Mapping[str, Witness], *, corner: bool
) -> Note:  # fmt: skip
    if note.entry is None:
        return note
    texts = dict(note.texts)
    for lang in LANGS:
        manner = config.apparatus.manner(lang)
        if lang in texts or lang not in note.lemmas or manner == "none":
            continue
        writer = _Writer(note.entry, lang, known, note.span, config.apparatus.shorten, corner)
        match manner:
            case "sentence":
                made = writer.chinese() if lang == "zh" else writer.english()
            case "western":
                made = writer.western()
            case _:
                assert_never(manner)
        remark = note.entry.remark.get(lang, ())
        texts[lang] = (*made, *((Text(_space(lang), note.span), *remark) if remark else ()))
    return replace(note, texts=texts)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one entry in one language. ``span``: of the note, for what it says itself."""

    entry: ApparatusEntry
    lang: Lang
    known: Mapping[str, Witness]
    span: Span
    longest: int
    corner: bool

    # --- sentences --------------------------------------------------------------------------------

    def chinese(self) -> Inlines:
        """「某」，宋、元本作「某」，王氏疑當作「某」。"""
        parts: list[Inlines] = [self._text(self._quoted(self._lemma()))]
        lem = self.entry.lem
        if lem.wit or lem.resp:
            parts.append((*self._text("從"), *self._who(lem)))
        parts += [self._reads_zh(one) for one in self.entry.readings]
        return self._joined(parts, "，", "。")

    def _reads_zh(self, reading: Reading) -> Inlines:
        kind, rest = self._told(reading)
        verb = _VERBS_ZH[kind][reading.faulty]
        said = verb + (self._quoted(rest) if rest else "")
        return (*self._who(reading), *self._text(said))

    def english(self) -> Inlines:
        """“某”: the Song edition reads “某”; Wang conjectures “某”."""
        lem = self.entry.lem
        head = self._text(self._quoted(self._lemma()))
        if lem.wit or lem.resp:
            head = (*head, *self._text(", with "), *self._who(lem))
        parts = [self._reads_en(one) for one in self.entry.readings]
        return (*head, *self._text(": "), *self._joined(parts, "; ", "."))

    def _reads_en(self, reading: Reading) -> Inlines:
        kind, rest = self._told(reading)
        many = len(reading.wit) + bool(reading.resp) > 1
        verb = {"substitution": "read", "omission": "omit", "addition": "add",
                "transposition": "read", "conjecture": "conjecture"}[kind]  # fmt: skip
        said = f" {verb}{'' if many else 's'}"
        said += f" {self._quoted(rest)}" if rest else " it"
        if kind == "transposition":
            said += ", in this order"
        fault = " by mistake" if reading.faulty else ""
        return (*self._who(reading), *self._text(said + fault))

    # --- lemma ] reading sigla --------------------------------------------------------------------

    def western(self) -> Inlines:
        """某] 某 *S Y*; *om.* *M*; 某 *conj.* Wang."""
        lem = self.entry.lem
        head = self._text(self._lemma() + ("］" if self.lang == "zh" else "] "))
        if lem.wit or lem.resp:
            head = (*head, *self._sigla(lem), *self._text("；" if self.lang == "zh" else "; "))
        parts = [self._west(one) for one in self.entry.readings]
        zh = self.lang == "zh"
        return (*head, *self._joined(parts, "；" if zh else "; ", "。" if zh else "."))

    def _west(self, reading: Reading) -> Inlines:
        kind, rest = self._told(reading)
        out: list[Inline] = []
        after = kind in ("omission", "addition")
        if not after:
            out += self._text(rest + " ")
        if kind in _ABBREVIATIONS:
            out += [Emph(self._text(_ABBREVIATIONS[kind]), self.span), *self._text(" ")]
        if after and rest:
            out += self._text(rest + " ")
        return (*out, *self._sigla(reading))

    def _sigla(self, reading: Reading) -> Inlines:
        out: list[Inline] = []
        for number, one in enumerate(reading.wit):
            siglum = self.known[one].siglum.get(self.lang)
            # Han characters are never slanted
            out += self._text(" " if number else "")
            out += [Emph(self._text(siglum), self.span)] if siglum.isascii() else self._text(siglum)
        if resp := reading.resp.get(self.lang, ()):
            out += (*self._text(" " if out else ""), *resp)
        return tuple(out)

    # --- parts ------------------------------------------------------------------------------------

    def _told(self, reading: Reading) -> tuple[str, str]:
        """(type, words to print) of a reading; without a type, by what it does to the lemma. Of an
        addition the words are those that the lemma lacks, where they stand before or after it; of
        an omission those of the lemma that are not there, none where that is the whole of it."""
        lemma = self.entry.lem.text
        kind = reading.type or ("omission" if not reading.text else "substitution")
        rest = reading.text
        if kind == "omission" and rest:
            lost = _left_out(lemma, rest)
            kind, rest = ("omission", lost) if lost else ("substitution", rest)
        if kind == "addition" and lemma and lemma in rest:
            before, _, after = rest.partition(lemma)
            if not (before and after):
                rest = before or after or rest
        return kind, rest

    def _who(self, reading: Reading) -> Inlines:
        """Witnesses by name, then scholars: 宋、元本及王氏."""
        names = [self.known[one].name.get(self.lang) for one in reading.wit]
        out = self._text(_names_zh(names) if self.lang == "zh" else _names_en(names))
        resp = reading.resp.get(self.lang, ())
        if resp and names:
            out = (*out, *self._text("及" if self.lang == "zh" else " and "))
        return (*out, *resp)

    def _lemma(self) -> str:
        return shortened(self.entry.lem.text, self.longest)

    def _quoted(self, words: str) -> str:
        return _quoted(words, self.lang, corner=self.corner)

    def _text(self, words: str) -> Inlines:
        return (Text(words, self.span),) if words else ()

    def _joined(self, parts: Sequence[Inlines], between: str, end: str) -> Inlines:
        out: list[Inline] = []
        for number, part in enumerate(parts):
            out += self._text(between) if number else ()
            out += part
        stopped = plain(tuple(out)).endswith(end)
        return (*out, *(() if stopped else self._text(end)))


def _left_out(lemma: str, reading: str) -> str:
    """The words of ``lemma`` without which it is ``reading``; none where more than one run is."""
    size = len(lemma) - len(reading)
    for start in range(len(reading) + 1) if size > 0 else ():
        if lemma[:start] + lemma[start + size :] == reading:
            return lemma[start : start + size]
    return ""


def _quoted(words: str, lang: Lang, *, corner: bool) -> str:
    first, last = "「」" if corner and lang == "zh" else "“”"
    return f"{first}{words}{last}"


def _names_zh(names: Sequence[str]) -> str:
    """宋本、元本 → 宋、元本; longer names stay whole."""
    if len(names) > 1 and all(len(one) == 2 and one.endswith(_COPY) for one in names):
        return "、".join(one.removesuffix(_COPY) for one in names) + _COPY
    return "、".join(names)


def _names_en(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    last = f"{', ' if len(names) > 2 else ' '}and {names[-1]}"
    return ", ".join(names[:-1]) + last


def _space(lang: Lang) -> str:
    return "" if lang == "zh" else " "


def _has_corner_marks(edition: Edition) -> bool:
    """Whether the Chinese quotes with 「」: as the text does, so do its notes."""
    texts = (text for pair in edition.pairs for one in pair.zh for text in (one.text,))
    corner = curly = 0
    for text in texts:
        corner += text.count("「")
        curly += text.count("“")
    return corner >= curly
