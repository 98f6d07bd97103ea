"""``source/notes/*.yaml`` → the editor's notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from edition.diagnostics import Code, Diagnostic, Fix, Outcome
from edition.model import LANGS, Inlines, Lang, Lemma, Note
from edition.readers import entries, noteblocks, yamlfile
from edition.readers.codes import NTE001, NTE002, NTE003, NTE004, NTE005, NTE006, NTE007, NTE008
from edition.readers.yamlfile import Node
from edition.source import SourceFile, Span
from edition.spelling import guess
from edition.tomlfile import slip_of

_ID = re.compile(r"\w[\w.:-]*")
_QUOTES = "put a text that begins with * & ! @ [ or { in quotes, or on the next line after |"
KEYS = ("id", "at", "quote", "layer", "zh", "en", "sic", "corr", "resp", "evidence", "proposed",
        *entries.KEYS)  # fmt: skip
LEMMA_KEYS = ("exact", "prefix", "suffix", "occurrence")


def read(
    file: SourceFile, layers: Sequence[str], sigla: Sequence[str] = ()
) -> Outcome[tuple[Note, ...]]:
    """Notes of one file; ``layers`` and ``sigla`` are those that ``edition.toml`` defines."""
    reader = _NotesReader(file, layers, sigla)
    notes = tuple(reader.notes())
    return Outcome(notes, tuple(reader.found))


class _NotesReader:
    def __init__(self, file: SourceFile, layers: Sequence[str], sigla: Sequence[str]) -> None:
        self.file = file
        self.layers = layers
        self.sigla = sigla
        self.found: list[Diagnostic] = []

    def say(
        self, code: Code, at: Span, fact: str, hint: str = "", note: str = "",
        fix: Fix | None = None,
    ) -> None:  # fmt: skip
        fact = f"note {note}: {fact}" if note else fact
        self.found.append(Diagnostic(code=code, span=at, fact=fact, hint=hint, fix=fix))

    def span(self, node: Node) -> Span:
        return yamlfile.span(self.file, node)

    def notes(self) -> Iterator[Note]:
        try:
            root = yamlfile.compose(self.file)
        except yamlfile.MalformedYamlError as fault:
            self.say(NTE001, fault.span, str(fault), self._advice(fault.span))
            return
        for what, place in yamlfile.foreign(self.file):
            self.say(NTE008, place, f"{what} has no meaning in notes", _QUOTES)
        if root is None or yamlfile.is_nothing(root):
            return
        if not yamlfile.is_sequence(root):
            hint = "begin each note with “- id:”"
            self.say(NTE002, self.span(root), "a file of notes is a list", hint)
            return
        for node in yamlfile.items(root):
            note = self._note(node)
            if note is not None:
                yield note

    def _advice(self, at: Span) -> str:
        line = self.file.line_text(at.line)
        if re.search(r":\s+[*&!@\[{%`]", line):
            return _QUOTES
        if line.count(": ") > 1:
            return "put a text with a colon in it in quotes"
        return "check indentation, colons and quotes"

    def _note(self, node: Node) -> Note | None:
        if not yamlfile.is_mapping(node):
            self.say(NTE002, self.span(node), "a note is a table of keys", "write “- id: …”")
            return None
        fields = self._fields(node)
        name = self._string(fields, "id")
        at = self._string(fields, "at")
        missing = [key for key, value in (("id", name), ("at", at)) if not value]
        if "quote" not in fields:
            missing.append("quote")
        if missing:
            self.say(NTE004, self._head(node), f"it lacks {' and '.join(missing)}", note=name)
            return None
        if not _ID.fullmatch(name):
            self.say(NTE002, self.span(fields["id"]), f"the id “{name}” holds other than letters",
                     "letters, digits, hyphens, full stops and colons")  # fmt: skip
        layer = self._string(fields, "layer") or (self.layers[0] if len(self.layers) == 1 else "")
        if not layer:
            self.say(NTE004, self._head(node), "it lacks layer",
                     f"layer: {' or '.join(self.layers)}", name)  # fmt: skip
        elif layer not in self.layers:
            place = fields.get("layer", node)
            known = ", ".join(self.layers) or "none"
            self.say(NTE006, self.span(place), f"there is no layer “{layer}”",
                     f"edition.toml defines: {known}", name)  # fmt: skip
        texts = self._texts(fields)
        before = len(self.found)
        lemmas = self._lemmas(fields["quote"], name)
        reader = entries.EntryReader(self.file, name, self.sigla)
        entry = reader.entry(fields, lemmas)
        self.found += reader.found
        if len(self.found) == before:  # else the lemma that is missing has been spoken of
            self._agree(node, name, texts, lemmas, has_entry=entry is not None)
        return Note(
            id=name, layer=layer, at=at, lemmas=lemmas, texts=texts, span=self._head(node),
            sic=self._string(fields, "sic"), corr=self._string(fields, "corr"),
            resp=self._either(fields, "resp"), evidence=self._string(fields, "evidence"),
            proposed=self._truth(fields, "proposed"), entry=entry,
        )  # fmt: skip

    def _head(self, node: Node) -> Span:
        """The first line of a note: a whole note is too much to point at."""
        whole = self.span(node)
        end = self.file.text.find("\n", whole.start, whole.end)
        return self.file.span(whole.start, end if end >= 0 else whole.end)

    def _fields(self, node: Node) -> dict[str, Node]:
        fields: dict[str, Node] = {}
        there = {key for key, _, _ in yamlfile.pairs(node)}
        for key, place, value in yamlfile.pairs(node):
            if key not in KEYS:
                fix = slip_of(self.span(place), (one for one in KEYS if one not in there))
                self.say(NTE003, self.span(place), f"a note has no key “{key}”", guess(key, KEYS),
                         fix=fix)  # fmt: skip
            elif key in fields:
                self.say(NTE003, self.span(place), f"the key “{key}” stands twice")
            else:
                fields[key] = value
        return fields

    def _string(self, fields: dict[str, Node], key: str) -> str:
        node = fields.get(key)
        if node is None:
            return ""
        text = yamlfile.text(node)
        if text is None:
            self.say(NTE002, self.span(node), f"{key} is a text, not a list or table")
            return ""
        return text.strip()

    def _truth(self, fields: dict[str, Node], key: str) -> bool:
        value = self._string(fields, key).lower()
        if value not in ("", "true", "yes", "false", "no"):
            self.say(NTE002, self.span(fields[key]), f"{key} is true or false, not “{value}”")
        return value in ("true", "yes")

    def _either(self, fields: dict[str, Node], key: str) -> str:
        """A text, or one by language: the Chinese counts."""
        node = fields.get(key)
        if node is not None and yamlfile.is_mapping(node):
            values = {name: yamlfile.text(value) or "" for name, _, value in yamlfile.pairs(node)}
            return values.get("zh") or values.get("en", "")
        return self._string(fields, key)

    def _texts(self, fields: dict[str, Node]) -> dict[Lang, Inlines]:
        texts: dict[Lang, Inlines] = {}
        for lang in LANGS:
            node = fields.get(lang)
            if node is None:
                continue
            if yamlfile.text(node) is None:
                self.say(NTE002, self.span(node), f"{lang} is the text of the note, not a table",
                         "put a text with a colon in quotes")  # fmt: skip
                continue
            lines = yamlfile.literal_lines(self.file, node)
            if lines:
                inlines, found = noteblocks.read(self.file, lines, lang)
            else:
                inlines, found = noteblocks.paragraphs(yamlfile.passage(self.file, node, lang))
            self.found += found
            if inlines:
                texts[lang] = inlines
        return texts

    # --- lemmas ---------------------------------------------------------------------------------

    def _lemmas(self, node: Node, note: str) -> dict[Lang, Lemma]:
        """``quote``: one lemma (of the Chinese), or one by language."""
        if not yamlfile.is_mapping(node):
            lemma = self._lemma(node, note)
            return {"zh": lemma} if lemma else {}
        keys = {key for key, _, _ in yamlfile.pairs(node)}
        if keys & set(LEMMA_KEYS) and not keys & set(LANGS):
            lemma = self._lemma(node, note)
            return {"zh": lemma} if lemma else {}
        lemmas: dict[Lang, Lemma] = {}
        for key, place, value in yamlfile.pairs(node):
            if key in lemmas:
                self.say(NTE003, self.span(place), f"the key “{key}” stands twice", note=note)
            lang = next((one for one in LANGS if one == key), None)
            if lang is None:
                self.say(NTE003, self.span(place), f"a lemma has no key “{key}”",
                         f"write zh and en, or {', '.join(LEMMA_KEYS)}", note)  # fmt: skip
                continue
            lemma = self._lemma(value, note)
            if lemma:
                lemmas[lang] = lemma
        return lemmas

    def _lemma(self, node: Node, note: str) -> Lemma | None:
        if not yamlfile.is_mapping(node):
            quote = yamlfile.text(node)
            if not quote:
                self.say(NTE004, self.span(node), "the lemma is empty", note=note)
                return None
            return Lemma(quote, self._inside(node))
        values: dict[str, str] = {}
        place = node
        for key, at, value in yamlfile.pairs(node):
            if key not in LEMMA_KEYS:
                there = {key for key, _, _ in yamlfile.pairs(node)}
                fix = slip_of(self.span(at), (one for one in LEMMA_KEYS if one not in there))
                self.say(NTE003, self.span(at), f"a lemma has no key “{key}”",
                         f"known: {', '.join(LEMMA_KEYS)}", note, fix)  # fmt: skip
                continue
            words = yamlfile.text(value)
            if words is None:
                self.say(NTE002, self.span(value), f"{key} is a text", note=note)
            if key in values:
                self.say(NTE003, self.span(at), f"the key “{key}” stands twice", note=note)
            values[key] = words or ""
            place = value if key == "exact" else place
        if not values.get("exact"):
            self.say(NTE004, self.span(node), "the lemma lacks “exact”", note=note)
            return None
        count = values.get("occurrence", "0") or "0"
        if not re.fullmatch(r"[0-9]{1,4}", count):
            self.say(NTE002, self.span(node), f"occurrence: {count} is no number", note=note)
            count = "0"
        return Lemma(values["exact"], self._inside(place), values.get("prefix", ""),
                     values.get("suffix", ""), int(count))  # fmt: skip

    def _inside(self, node: Node) -> Span:
        """A scalar without its quotation marks, so that a fix replaces the words alone."""
        whole = self.span(node)
        quoted = whole.text[:1] in "\"'" and len(whole.text) > 1
        return whole.within(1, whole.end - whole.start - 1) if quoted else whole

    def _agree(
        self, node: Node, name: str, texts: dict[Lang, Inlines], lemmas: dict[Lang, Lemma], *,
        has_entry: bool,
    ) -> None:  # fmt: skip
        """A note prints on a side where it has both text and lemma."""
        if not texts and not has_entry:
            self.say(NTE004, self._head(node), "it has no text",
                     "write zh: … or en: …, or the readings: rdg: …", name)  # fmt: skip
        for lang in LANGS:
            if lang in texts and lang not in lemmas:
                self.say(NTE007, self._head(node), f"its {lang} text has no lemma",
                         f"add quote: {{{lang}: …}}", name)  # fmt: skip


def duplicates(notes: Sequence[Note]) -> list[Diagnostic]:
    """Ids that two notes have."""
    seen: dict[str, Note] = {}
    found: list[Diagnostic] = []
    for one in notes:
        first = seen.setdefault(one.id, one)
        if first is not one:
            fact = f"the id {one.id} is taken: {first.span.place}"
            found.append(Diagnostic(code=NTE005, span=one.span, segment=one.at, fact=fact,
                                    hint="an id is unique in the edition"))  # fmt: skip
    return found
