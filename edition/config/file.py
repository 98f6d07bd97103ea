"""A file of settings in TOML, ``edition.toml`` or ``series.toml``: its values by table and key, and
what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from edition import pressing, tomlfile
from edition.config.values import Bilingual
from edition.diagnostics import Code, Diagnostic, Fix, Outcome, error
from edition.model import LANGS
from edition.source import SourceFile, Span, UndecodableError
from edition.spelling import guess

MISSING = error("CFG001", "No settings")
MALFORMED = error("CFG002", "Malformed settings")
UNKNOWN = error("CFG003", "Unknown key in the settings")
TYPE = error("CFG004", "Value of the wrong type")
VALUE = error("CFG005", "Value that is not possible")
NEEDED = error("CFG006", "Settings that lack what is needed")

_VALUE = 2000  # characters from a key within which its value stands

Choice = TypeVar("Choice", bound=str)


def read_toml(path: Path, shown: str, hint: str) -> Outcome[tomlfile.Toml | None]:
    """The file ``path``, called ``shown``; None, and why, where it cannot be read at all. ``hint``:
    what to do where there is none."""
    try:
        return Outcome(tomlfile.read(SourceFile.read(path, shown)))
    except tomlfile.MalformedError as fault:
        return Outcome(None, (Diagnostic(code=MALFORMED, span=fault.span, fact=str(fault),
                                         hint=tomlfile.HINT),))  # fmt: skip
    except UndecodableError as fault:
        fact = f"byte {fault.offset} (line {fault.line}) is not UTF-8"
        return Outcome(None, (Diagnostic(code=MALFORMED, span=fault.span, fact=fact,
                                         hint="save the file as UTF-8"),))  # fmt: skip
    except OSError as fault:
        fact = f"{path} cannot be read: {fault.strerror or fault}"
        return Outcome(None, (Diagnostic(code=MISSING, where=shown, fact=fact, hint=hint),))


class SettingsFile:
    """A file of settings: what is wrong with its values is in ``found``, and their defaults are
    given."""

    def __init__(self, toml: tomlfile.Toml) -> None:
        self.toml = toml
        self.found: list[Diagnostic] = []

    def say(
        self, code: Code, fact: str, *path: str | int, hint: str = "", fix: Fix | None = None
    ) -> None:
        self.found.append(Diagnostic(code=code, span=self.toml.place(*path), fact=fact, hint=hint,
                                     fix=fix))  # fmt: skip

    def wrong_type(self, fact: str, *path: str | int, hint: str = "") -> None:
        self.say(TYPE, fact, *path, hint=hint)

    def wrong_value(self, fact: str, *path: str | int, hint: str = "") -> None:
        self.say(VALUE, fact, *path, hint=hint)

    def lacking(self, fact: str, *path: str | int, hint: str = "") -> None:
        self.say(NEEDED, fact, *path, hint=hint)

    def strange(self, key: str, known: Sequence[str], *path: str | int) -> None:
        self.say(UNKNOWN, f"unknown key {key}", *path, hint=guess(key, known),
                 fix=self._renamed(known, *path) if key == path[-1] else None)  # fmt: skip

    def _renamed(self, known: Sequence[str], *path: str | int) -> Fix | None:
        return tomlfile.renamed(self.toml, known, *path)

    def table(self, name: str) -> Mapping[str, Any]:
        value = self.toml.data.get(name, {})
        if isinstance(value, Mapping):
            return value
        self.say(TYPE, f"[{name}] is a table", name)
        return {}

    def string(self, table: str, key: str, default: str = "") -> str:
        value = self.table(table).get(key, default)
        if isinstance(value, str):
            return value
        if key == "date" and hasattr(value, "isoformat"):
            return str(value.isoformat())
        self.say(TYPE, f"{key} is a text in quotes, not {value!r:.40}", table, key)
        return default

    def inner_file(self, table: str, key: str) -> str:
        """A path from the workspace that leads to no other folder; empty where it is none."""
        value = self.string(table, key)
        if not value or (pressing.INNER_FILE.fullmatch(value) and ".." not in value.split("/")):
            return value
        self.say(VALUE, f"{key} = “{value[:80]}” is no path within the workspace", table, key,
                 hint="source/base.txt")  # fmt: skip
        return ""

    def choice(self, table: str, key: str, known: tuple[Choice, ...], default: Choice) -> Choice:
        """The one of ``known`` that the file names; ``default`` where it names none, or another."""
        value = self.string(table, key, default)
        for one in known:
            if one == value:
                return one
        written = tomlfile.string_span(self.toml, table, key)
        self.say(VALUE, f"{key} = “{value}”", table, key, hint=guess(value, known, "there are: "),
                 fix=tomlfile.slip_of(written, known) if written else None)  # fmt: skip
        return default

    def span(
        self, table: str, key: str, default: tuple[float, float], most: float = 1000.0
    ) -> tuple[float, float]:
        value = self.table(table).get(key)
        if value is None:
            return default
        numbers = (
            isinstance(value, list)
            and len(value) == 2
            and all(isinstance(one, int | float) and not isinstance(one, bool) for one in value)
        )
        if numbers and 0 < value[0] < value[1] < most:
            return float(value[0]), float(value[1])
        self.say(VALUE, f"{key} = {value!r}", table, key,
                 hint=f"two numbers, the smaller first, e.g. {list(default)}")  # fmt: skip
        return default

    def bilingual(self, table: str, key: str) -> Bilingual:
        value = self.table(table).get(key, "")
        return self.both(value, table, key)

    def both(self, value: object, *path: str | int) -> Bilingual:
        if isinstance(value, str):
            span = self._said(value, *path)
            return Bilingual(zh=value, en=value, places=tuple((lang, span) for lang in LANGS))
        words = list(value.values()) if isinstance(value, Mapping) else [None]
        if not isinstance(value, Mapping) or not all(isinstance(one, str) for one in words):
            key = [one for one in path if isinstance(one, str)][-1]
            self.say(TYPE, f'{key} is {{ zh = "…", en = "…" }}', *path)
            return Bilingual()
        for lang in value:
            if lang not in LANGS:
                self.strange(str(lang), LANGS, *path)
        places = tuple((lang, self._said(value.get(lang, ""), *path, lang)) for lang in LANGS)
        return Bilingual(zh=value.get("zh", ""), en=value.get("en", ""), places=places)

    def _said(self, value: str, *path: str | int) -> Span:
        """Where a value stands, letter for letter, behind its key; else the key."""
        key = self.toml.place(*path)
        at = self.toml.file.text.find(value, key.start, key.start + _VALUE + len(value))
        return key if at < 0 or not value else self.toml.file.span(at, at + len(value))

    def several(self, table: str, key: str) -> tuple[Bilingual, ...]:
        value = self.table(table).get(key, [])
        if not isinstance(value, list):
            self.say(TYPE, f'{key} is a list: [{{ zh = "…", en = "…" }}]', table, key)
            return ()
        return tuple(self.both(one, table, key, number) for number, one in enumerate(value))

    def truth(self, table: str, key: str) -> bool:
        value = self.table(table).get(key, False)
        if isinstance(value, bool):
            return value
        self.say(TYPE, f"{key} is true or false", table, key)
        return False
