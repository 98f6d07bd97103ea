"""``series.toml``: which workspaces are built, in which layouts, scripts, variants and formats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from edition.config.file import SettingsFile, read_toml
from edition.config.values import LayoutName, Script
from edition.diagnostics import Diagnostic, Outcome
from edition.source import Span

SERIES = "series.toml"
LISTS = ("layouts", "scripts", "variants", "formats")  # what each volume has, or all of them
SERIES_KEYS: Mapping[str, tuple[str, ...]] = {
    "series": ("name", *LISTS),
    "volume": ("dir", "name", *LISTS),
}
_NAME = re.compile(r"[^\W_][\w.-]{0,80}")
_VARIANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}")
_DIR = re.compile(r"(?:[^/\\\x00-\x1f\x7f]{1,200}/){0,8}[^/\\\x00-\x1f\x7f]{1,200}")
_CHOICES = {"layouts": get_args(LayoutName), "scripts": get_args(Script)}
_MOST = 100  # of one list


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is built of a volume: each layout in each script as each variant, with all formats.
    None, and "" of variants, is what its ``edition.toml`` says; no formats: those it names."""

    layouts: tuple[LayoutName | None, ...] = (None,)
    scripts: tuple[Script | None, ...] = (None,)
    variants: tuple[str, ...] = ("",)
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeSettings:
    """A ``[[volume]]``: ``dir`` is a folder beneath that of ``series.toml``, whose last part may
    have ``*`` for any letters; ``name`` is empty where it is that of the folder."""

    dir: str
    name: str
    choices: Choices
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSettings:
    """A series, and where its formats are named, for those who know which formats there are."""

    name: str
    volumes: tuple[VolumeSettings, ...]
    formats: tuple[tuple[str, Span], ...] = ()


def load_series(path: Path) -> Outcome[SeriesSettings | None]:
    """The series of a file. None where it cannot be read at all; else every fault is reported and
    what it stands in left out."""
    read = read_toml(path, path.name, "docs/series.md shows one")
    if read.value is None:
        return Outcome(None, read.diagnostics)
    reader = _SeriesReader(SettingsFile(read.value))
    return Outcome(reader.series(path.stem), reader.diagnostics)


class _SeriesReader:
    def __init__(self, settings: SettingsFile) -> None:
        self.settings = settings
        self.formats: list[tuple[str, Span]] = []

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple({(one.span, one.fact): one for one in self.settings.found}.values())

    def series(self, usual: str) -> SeriesSettings:
        data = self.settings.toml.data
        for table in data:
            if table not in SERIES_KEYS:
                self.settings.strange(table, tuple(SERIES_KEYS), table)
        own = self.settings.table("series")
        for key in own:
            if key not in SERIES_KEYS["series"]:
                self.settings.strange(key, SERIES_KEYS["series"], "series", key)
        shared = self._choices(own, Choices(), "series")
        name = self._name(own.get("name", usual), "series", "name") or "series"
        volumes = data.get("volume", [])
        if not isinstance(volumes, list):
            self.settings.wrong_type("write [[volume]] with two brackets", "volume")
            volumes = []
        made = [self._volume(number, one, shared) for number, one in enumerate(volumes)]
        if not volumes:
            self.settings.lacking("the series has no volume", "series",
                                  hint='[[volume]], and below it dir = "folder"')  # fmt: skip
        return SeriesSettings(name=name, volumes=tuple(one for one in made if one),
                              formats=tuple(self.formats))  # fmt: skip

    def _volume(self, number: int, table: object, shared: Choices) -> VolumeSettings | None:
        if not isinstance(table, Mapping):
            self.settings.wrong_type("write [[volume]] with two brackets", "volume", number)
            return None
        for key in table:
            if key not in SERIES_KEYS["volume"]:
                self.settings.strange(key, SERIES_KEYS["volume"], "volume", number, key)
        folder = table.get("dir")
        if folder is None:
            self.settings.lacking("a volume lacks its dir", "volume", number,
                                  hint='dir = "folder", from where this file lies')  # fmt: skip
            return None
        if not isinstance(folder, str):
            self.settings.wrong_type(f"dir is a text in quotes, not {folder!r:.40}",
                                     "volume", number, "dir")  # fmt: skip
            return None
        inner = folder == "." or (_DIR.fullmatch(folder) and ".." not in folder.split("/"))
        if not inner or "*" in folder.rpartition("/")[0]:
            self.settings.wrong_value(
                f"dir = “{folder[:80]}” is no folder beneath this file", "volume", number, "dir",
                hint='dir = "volumes/first", or "volumes/*" for all of them; in a folder above the '
                "volumes this file reaches them all",
            )  # fmt: skip
            return None
        given = table.get("name", "")
        name = self._name(given, "volume", number, "name") if given != "" else ""
        return VolumeSettings(
            dir=folder, name=name, choices=self._choices(table, shared, "volume", number),
            span=self.settings.toml.place("volume", number),
        )  # fmt: skip

    def _name(self, value: object, *path: str | int) -> str:
        if isinstance(value, str) and _NAME.fullmatch(value) and not value.endswith("."):
            return value
        self.settings.wrong_value(f"{value!r:.60} is no name of a folder", *path,
                                  hint="letters, digits, hyphens and full stops")  # fmt: skip
        return ""

    def _choices(self, table: Mapping[str, Any], usual: Choices, *path: str | int) -> Choices:
        layouts = self._among("layouts", table, path)
        scripts = self._among("scripts", table, path)
        variants = self._several("variants", table, path)
        formats = self._several("formats", table, path)
        for one in variants or ():
            if one and not _VARIANT.fullmatch(one):
                self.settings.wrong_value(f"“{one:.40}” is no name of a variant", *path, "variants")
        span = self.settings.toml.place(*path, "formats")
        self.formats += [(one, span) for one in formats or ()]
        named = tuple(one for one in variants or () if not one or _VARIANT.fullmatch(one))
        return Choices(
            layouts=cast(tuple[LayoutName, ...], layouts) or usual.layouts,
            scripts=cast(tuple[Script, ...], scripts) or usual.scripts,
            variants=named or usual.variants, formats=formats or usual.formats,
        )  # fmt: skip

    def _among(
        self, key: str, table: Mapping[str, Any], path: Sequence[str | int]
    ) -> tuple[str, ...]:
        """The values of a list that are known; each other one is said."""
        known = _CHOICES[key]
        told = self._several(key, table, path)
        for one in told:
            if one not in known:
                self.settings.wrong_value(f"{key} has “{one:.40}”", *path, key,
                                          hint=f"there are: {', '.join(known)}")  # fmt: skip
        return tuple(one for one in told if one in known)

    def _several(
        self, key: str, table: Mapping[str, Any], path: Sequence[str | int]
    ) -> tuple[str, ...]:
        value = table.get(key)
        if value is None:
            return ()
        good = isinstance(value, list) and all(isinstance(one, str) for one in value)
        if good and 0 < len(value) <= _MOST:
            return tuple(dict.fromkeys(value))
        example = {"layouts": "facing", "scripts": "hant", "variants": "student", "formats": "pdf"}
        self.settings.wrong_type(f"{key} is a list of names", *path, key,
                                 hint=f'{key} = ["{example[key]}"]')  # fmt: skip
        return ()
