"""``names.toml`` and ``glossary.toml``: tables of records of strings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from edition import tomlfile
from edition.diagnostics import Code, Diagnostic, Fix, Outcome
from edition.model import Inlines, Lang, Name, Term
from edition.readers import inline
from edition.readers.codes import GLO001, GLO002, GLO003, NAM001, NAM002, NAM003
from edition.readers.passage import Passage
from edition.source import SourceFile
from edition.spelling import guess
from edition.tomlfile import Toml

NameKind = Literal["person", "place", "body", "work"]
NAME_KEYS = ("id", "zh", "en", "variants", "sort", "lock", "hant", "hans", "family", "short")
TERM_KEYS = ("id", "zh", "en", "pinyin", "zh_gloss", "en_gloss")


class _Records:
    """Reads ``[[table]]`` records; says what is wrong under the codes of one format."""

    def __init__(self, file: SourceFile, malformed: Code, wrong: Code, twice: Code) -> None:
        self.file = file
        self.codes = (malformed, wrong, twice)
        self.found: list[Diagnostic] = []
        self.toml = self._read()
        self.seen: dict[str, str] = {}

    def _read(self) -> Toml | None:
        try:
            return tomlfile.read(self.file)
        except tomlfile.MalformedError as fault:
            self.found.append(Diagnostic(code=self.codes[0], span=fault.span, fact=str(fault),
                                         hint=tomlfile.HINT))  # fmt: skip
            return None

    def say(
        self, fact: str, *path: str | int, hint: str = "", twice: bool = False,
        fix: Fix | None = None,
    ) -> None:  # fmt: skip
        assert self.toml is not None
        code = self.codes[2 if twice else 1]
        self.found.append(Diagnostic(code=code, span=self.toml.place(*path), fact=fact, hint=hint,
                                     fix=fix))  # fmt: skip

    def records(
        self, tables: tuple[str, ...], keys: tuple[str, ...]
    ) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
        """(table, number, values) of each record that has an id of its own."""
        for table, records in self.toml.data.items() if self.toml else ():
            if table not in tables:
                hint = f"known: {', '.join(f'[[{one}]]' for one in tables)}"
                self.say(f"there is no table [[{table}]]", table, hint=hint)
                continue
            if not isinstance(records, list):
                self.say(f"write [[{table}]] with two brackets", table)
                continue
            for number, values in enumerate(records):
                if not isinstance(values, dict):
                    self.say(f"a {table} is a table of keys, not {values!r:.40}", table)
                elif self._sound(table, number, values, keys):
                    yield table, number, values

    def _sound(
        self, table: str, number: int, values: Mapping[str, Any], keys: tuple[str, ...]
    ) -> bool:
        for key in values:
            if key not in keys:
                assert self.toml is not None
                fix = tomlfile.renamed(self.toml, keys, table, number, key)
                self.say(f"unknown key {key}", table, number, key, hint=guess(key, keys), fix=fix)
        own = values.get("id")
        if not isinstance(own, str) or not own:
            self.say("it has no id", table, number, hint='id = "…", by which others name it')
            return False
        if own in self.seen:
            self.say(f"the id {own} is taken: {self.seen[own]}", table, number, "id", twice=True,
                     hint="an id is unique in its file")  # fmt: skip
            return False
        assert self.toml is not None
        self.seen[own] = self.toml.place(table, number, "id").place
        return True

    def string(self, values: Mapping[str, Any], key: str, *path: str | int) -> str:
        value = values.get(key, "")
        if isinstance(value, str):
            return value
        self.say(f"{key} is a text in quotes, not {value!r}", *path, key)
        return ""


def names(file: SourceFile) -> Outcome[tuple[Name, ...]]:
    """The names of ``names.toml``."""
    records = _Records(file, NAM001, NAM002, NAM003)
    kinds = get_args(NameKind)
    made = tuple(
        _name(records, kind, number, values)
        for kind, number, values in records.records(kinds, NAME_KEYS)
    )
    return Outcome(made, tuple(records.found))


def _name(records: _Records, kind: str, number: int, values: Mapping[str, Any]) -> Name:
    assert records.toml is not None
    text = {key: records.string(values, key, kind, number)
            for key in ("zh", "en", "sort", "hant", "hans", "family")}  # fmt: skip
    if not text["zh"] and not text["en"]:
        records.say("it has neither zh nor en", kind, number)
    variants = values.get("variants", [])
    if not isinstance(variants, list) or not all(isinstance(one, str) for one in variants):
        records.say('variants is a list: ["…", "…"]', kind, number, "variants")
        variants = []
    lock = values.get("lock", False)
    if not isinstance(lock, bool):
        records.say("lock is true or false", kind, number, "lock")
        lock = False
    family = text["family"].strip()
    words = f" {text['en']} "
    if family and kind != "person":
        records.say(f"a {kind} has no family name", kind, number, "family")
        family = ""
    elif family and not (words.startswith(f" {family} ") or words.endswith(f" {family} ")):
        records.say(f"“{family}” stands neither first nor last in “{text['en']}”", kind, number,
                    "family", hint="family is the surname, as the English name has it")  # fmt: skip
        family = ""
    short = _short(records, kind, number, values)
    return Name(
        id=values["id"], kind=kind, zh=text["zh"], en=text["en"],  # type: ignore[arg-type]
        span=records.toml.place(kind, number, "id"), variants=tuple(variants),
        sort=text["sort"], locked=lock, hans=text["hans"], hant=text["hant"],
        family=family, short=short[0], short_en=short[1],
    )  # fmt: skip


def _short(records: _Records, kind: str, number: int, values: Mapping[str, Any]) -> tuple[str, str]:
    """The short form of a body in Chinese and in English texts."""
    given = values.get("short", "")
    told = {"zh": given, "en": given} if isinstance(given, str) else given
    if (
        not isinstance(told, dict)
        or not set(told) <= {"zh", "en"}
        or not all(isinstance(one, str) for one in told.values())
    ):
        records.say('short is "…", or { zh = "…", en = "…" }', kind, number, "short")
        return "", ""
    if given and kind != "body":
        records.say(f"a {kind} has no short form, a body has", kind, number, "short")
        return "", ""
    return told.get("zh", ""), told.get("en", "")


def terms(file: SourceFile) -> Outcome[tuple[Term, ...]]:
    """The terms of ``glossary.toml``."""
    records = _Records(file, GLO001, GLO002, GLO003)
    made = tuple(
        _term(records, number, values)
        for _, number, values in records.records(("term",), TERM_KEYS)
    )
    return Outcome(made, tuple(records.found))


def _term(records: _Records, number: int, values: Mapping[str, Any]) -> Term:
    assert records.toml is not None
    text = {key: records.string(values, key, "term", number) for key in ("zh", "en", "pinyin")}
    for key in ("zh", "en"):
        if not text[key]:
            records.say(f"it lacks {key}", "term", number)
    return Term(
        id=values["id"], zh=text["zh"], en=text["en"], pinyin=text["pinyin"],
        span=records.toml.place("term", number, "id"),
        zh_gloss=_gloss(records, number, values, "zh"),
        en_gloss=_gloss(records, number, values, "en"),
    )  # fmt: skip


def _gloss(records: _Records, number: int, values: Mapping[str, Any], lang: Lang) -> Inlines:
    key = f"{lang}_gloss"
    text = records.string(values, key, "term", number)
    if not text:
        return ()
    assert records.toml is not None
    inside = tomlfile.string_span(records.toml, "term", number, key)
    if inside is not None and inside.text == text:
        offsets = tuple(range(inside.start, inside.end))
    else:  # written with escapes or over lines: all of it is at its key
        offsets = (records.toml.place("term", number, key).start,) * len(text)
    inlines, found = inline.read(Passage(records.file, text.replace("\n", " "), offsets))
    records.found += found
    return inlines
