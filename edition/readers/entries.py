"""``lem``, ``rdg`` and ``note`` of a note: an entry of the apparatus as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from edition.diagnostics import Code, Diagnostic
from edition.model import LANGS, ApparatusEntry, Inlines, Lang, Lemma, Reading, ReadingType
from edition.readers import noteblocks, yamlfile
from edition.readers.codes import APP001, APP002, APP003, NTE002, NTE003
from edition.readers.yamlfile import Node
from edition.source import SourceFile, Span
from edition.spelling import guess

KEYS = ("lem", "rdg", "note")
READING_KEYS = ("text", "wit", "resp", "type")
# As the editor names them: neutral, or by the Chinese word that calls the reading a fault.
TYPES: Mapping[str, tuple[ReadingType, bool]] = {
    "substitution": ("substitution", False), "訛": ("substitution", True),
    "omission": ("omission", False), "脫": ("omission", True), "脱": ("omission", True),
    "addition": ("addition", False), "衍": ("addition", True),
    "transposition": ("transposition", False), "倒": ("transposition", True),
    "conjecture": ("conjecture", False),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Reads the entry of one note. ``sigla``: those that ``edition.toml`` declares."""

    file: SourceFile
    note: str  # its id
    sigla: Sequence[str]
    found: list[Diagnostic] = field(default_factory=list)

    def entry(
        self, fields: Mapping[str, Node], lemmas: Mapping[Lang, Lemma]
    ) -> ApparatusEntry | None:
        """The entry, or None where the note has none of its keys, or no reading."""
        if not set(KEYS) & fields.keys():
            return None
        if "rdg" not in fields:
            key = next(one for one in KEYS if one in fields)
            self._say(APP003, fields[key], f"it has {key} and no rdg",
                      "rdg: a list of readings, each with text and wit")  # fmt: skip
            return None
        lem = self._lem(fields.get("lem"), lemmas)
        readings = tuple(self._readings(fields["rdg"], lem))
        remark = self._by_language(fields["note"], "note") if "note" in fields else {}
        if not readings:
            return None
        self._twice(lem, readings)
        return ApparatusEntry(lem, readings, remark)

    def _say(self, code: Code, at: Node | Span, fact: str, hint: str = "") -> None:
        span = at if isinstance(at, Span) else yamlfile.span(self.file, at)
        fact = f"note {self.note}: {fact}"
        self.found.append(Diagnostic(code=code, span=span, fact=fact, hint=hint))

    def _lem(self, node: Node | None, lemmas: Mapping[Lang, Lemma]) -> Reading:
        """The lemma: the words quoted, unless ``lem`` gives others, and who has them."""
        quoted = lemmas.get("zh") or lemmas.get("en")
        words = quoted.quote if quoted else ""
        span = quoted.span if quoted else self.file.span(0)
        if node is None:
            return Reading(words, span)
        read = self._reading(node)
        if read is None:
            return Reading(words, span)
        said = yamlfile.text(node) is not None or "text" in _keys(node)
        return read if said else Reading(words, span, read.wit, read.resp, read.type, read.faulty)

    def _readings(self, node: Node, lem: Reading) -> Iterator[Reading]:
        nodes = list(yamlfile.items(node)) if yamlfile.is_sequence(node) else [node]
        for one in nodes:
            before = len(self.found)
            read = self._reading(one)
            if read is None:
                continue
            if not read.wit and not read.resp and len(self.found) == before:
                self._say(APP003, one, f"the reading “{read.text}” is nobody’s",
                          "wit: [siglum] names witnesses, resp: a scholar")  # fmt: skip
            elif read.text == lem.text:
                self._say(APP002, one, f"the reading “{read.text}” is that of the lemma",
                          "lem: {wit: […]} names witnesses of the lemma")  # fmt: skip
            else:
                yield read

    def _reading(self, node: Node) -> Reading | None:
        here = yamlfile.span(self.file, node)
        text = yamlfile.text(node)
        if text is not None:
            return Reading(text, here)
        if not yamlfile.is_mapping(node):
            self._say(NTE002, node, "a reading is a table", "{text: 某, wit: [宋]}")
            return None
        fields: dict[str, Node] = {}
        for key, place, value in yamlfile.pairs(node):
            if key not in READING_KEYS or key in fields:
                self._say(NTE003, place, f"a reading has no key “{key}”, or has it twice",
                          guess(key, READING_KEYS))  # fmt: skip
                continue
            fields[key] = value
        words = yamlfile.text(fields["text"]) if "text" in fields else ""
        if words is None:
            self._say(NTE002, fields["text"], "the text of a reading is a text")
        kind, faulty = self._type(fields.get("type"))
        resp = self._by_language(fields["resp"], "resp") if "resp" in fields else {}
        return Reading(words or "", here, self._wit(fields.get("wit")), resp, kind, faulty)

    def _type(self, node: Node | None) -> tuple[ReadingType | None, bool]:
        if node is None:
            return None, False
        name = (yamlfile.text(node) or "").strip()
        if name not in TYPES:
            self._say(APP002, node, f"“{name}” is no type of a reading", ", ".join(TYPES))
            return None, False
        return TYPES[name]

    def _wit(self, node: Node | None) -> tuple[str, ...]:
        """Sigla: a list, or one."""
        if node is None:
            return ()
        nodes = list(yamlfile.items(node)) if yamlfile.is_sequence(node) else [node]
        known = []
        for one in nodes:
            siglum = (yamlfile.text(one) or "").strip()
            if siglum in self.sigla:
                known.append(siglum)
                continue
            near = get_close_matches(siglum, self.sigla, 1)
            hint = f"did you mean {near[0]}?" if near else "declare it: [[witness]] in edition.toml"
            self._say(APP001, one, f"no witness has the siglum “{siglum}”", hint)
        return tuple(dict.fromkeys(known))

    def _by_language(self, node: Node, key: str) -> dict[Lang, Inlines]:
        """A text for both languages, or one by language, with markup."""
        if yamlfile.text(node) is not None:
            return {lang: text for lang in LANGS if (text := self._text(node, lang))}
        if not yamlfile.is_mapping(node):
            self._say(NTE002, node, f"{key} is a text, or a table with zh and en")
            return {}
        texts: dict[Lang, Inlines] = {}
        for name, place, value in yamlfile.pairs(node):
            lang = next((one for one in LANGS if one == name), None)
            if lang is None:
                self._say(NTE003, place, f"{key} has no key “{name}”", "zh and en")
            elif text := self._text(value, lang):
                texts[lang] = text
        return texts

    def _text(self, node: Node, lang: Lang) -> Inlines:
        inlines, found = noteblocks.paragraphs(yamlfile.passage(self.file, node, lang))
        self.found.extend(one for one in found if one not in self.found)
        return inlines

    def _twice(self, lem: Reading, readings: Sequence[Reading]) -> None:
        """A witness has one reading of a place."""
        seen: dict[str, Reading] = dict.fromkeys(lem.wit, lem)
        for one in readings:
            for siglum in one.wit:
                first = seen.setdefault(siglum, one)
                if first is not one:
                    fact = f"{siglum} has “{first.text}” and “{one.text}”"
                    self._say(APP002, one.span, fact, "a witness has one reading of a place")


def _keys(node: Node) -> set[str]:
    return {key for key, _, _ in yamlfile.pairs(node)}
