"""``[[layers]]`` of ``edition.toml``: the layers of notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from edition.config.file import SettingsFile
from edition.config.values import DEFAULT_LAYERS, Layer, LineNumbers, Placement
from edition.model import LANGS, Lang
from edition.numerals import Count, Numbering

KEYS = ("id", "name", "numbering", "count", "placement", "lines", "lemma", "series", "languages")
_OF_SERIES = ("numbering", "count", "placement", "lines")  # what the notes of one series share
_ID = re.compile(r"\w[\w.-]{0,40}")


_SIMPLIFIED = {"校記": "校记", "注釋": "注释"}


def _usual(settings: SettingsFile) -> tuple[Layer, ...]:
    """The default layers, their names in the script that the source is written in."""
    if settings.table("edition").get("source_script") != "hans":
        return DEFAULT_LAYERS
    return tuple(replace(one, name=replace(one.name, zh=_SIMPLIFIED[one.name.zh]))
                 for one in DEFAULT_LAYERS)  # fmt: skip


def read(settings: SettingsFile, numbers: LineNumbers) -> tuple[Layer, ...]:
    """The layers in order; what is wrong with one is said and left at its default. ``numbers``:
    those of lines, which a layer may go by."""
    value = settings.toml.data.get("layers")
    if value is None:
        return _usual(settings)
    if not isinstance(value, list):
        settings.wrong_type("write [[layers]] with two brackets", "layers")
        return _usual(settings)
    made: dict[str, Layer] = {}
    series: list[tuple[int, str]] = []
    for number, table in enumerate(value):
        if not isinstance(table, Mapping):
            fact = f"a layer is a table of keys, not {table!r:.40}"
            settings.wrong_type(fact, "layers", number)
            continue
        layer = _LayerReader(settings, number, table, numbers).layer()
        if layer and layer.id in made:
            settings.wrong_value(f"the layer {layer.id} stands twice", "layers", number, "id")
        elif layer:
            made[layer.id] = layer
            series += [(number, layer.id)] if layer.series else []
    for number, name in series:
        made[name] = _joined(settings, number, made[name], made, value[number])
    return tuple(made.values())


def _joined(
    settings: SettingsFile, number: int, layer: Layer, made: Mapping[str, Layer],
    table: Mapping[str, Any],
) -> Layer:  # fmt: skip
    """A layer that stands in the series of another, as that one is numbered and placed."""
    head = made.get(layer.series)
    if head is None or head is layer or head.series:
        known = [one.id for one in made.values() if not one.series and one is not layer]
        settings.wrong_value(f"series = “{layer.series}”", "layers", number, "series",
                             hint=f"there are: {', '.join(known) or 'none'}")  # fmt: skip
        return replace(layer, series="")
    for key in _OF_SERIES:
        if key in table and getattr(layer, key) != getattr(head, key):
            settings.wrong_value(f"{key} is that of the series {head.id}", "layers", number, key,
                                 hint=f"strike out {key}, or series")  # fmt: skip
    return replace(
        layer, numbering=head.numbering, count=head.count, placement=head.placement,
        lines=head.lines,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _LayerReader:
    settings: SettingsFile
    number: int
    table: Mapping[str, Any]
    numbers: LineNumbers

    def layer(self) -> Layer | None:
        """The layer; None where it has no id by which notes could name it."""
        for key in self.table:
            if key not in KEYS:
                self.settings.strange(key, KEYS, "layers", self.number, key)
        own = self.table.get("id")
        if not isinstance(own, str) or not own:
            self.settings.lacking("a layer lacks its id", "layers", self.number)
            return None
        if not _ID.fullmatch(own):
            self._wrong(f"“{own:.40}” is no id of a layer", "id",
                        "a character or a short word: 注, 校, gloss")  # fmt: skip
            return None
        languages = self._languages()
        numbering = self._numbering(languages)
        placement = self._among("placement", get_args(Placement))
        series = self.table.get("series", "")
        if not isinstance(series, str):
            self._wrong(f"series = {series!r:.40}", "series", "the id of another layer")
            series = ""
        return Layer(
            id=own, name=self.settings.both(self.table.get("name", own), "layers", self.number,
                                            "name"),
            numbering=numbering, count=self._count(placement), placement=placement,
            lines=self._says_lines(), lemma=self._truth("lemma", usual=numbering == "line"),
            series=series, languages=languages,
        )  # fmt: skip

    def _numbering(self, languages: tuple[Lang, ...]) -> Numbering:
        numbering: Numbering = self._among("numbering", get_args(Numbering))
        if numbering != "line":
            return numbering
        if self.numbers.by == "none":
            self._wrong("numbering = “line”, and lines have no numbers", "numbering",
                        'write by = "page" or "section" under [line_numbers]')  # fmt: skip
            return "circled"
        bare = [lang for lang in languages if lang not in self.numbers.languages]
        if bare:
            self._wrong(f"numbering = “line”, and lines of {bare[0]} have no numbers", "numbering",
                        f"languages = {list(self.numbers.languages)} here too")  # fmt: skip
            return "circled"
        return numbering

    def _count(self, placement: Placement) -> Count:
        """Notes at an end are counted through their section where nothing else is said."""
        if placement == "page-foot":
            count: Count = self._among("count", get_args(Count))
            return count
        count = self._among("count", ("section", *get_args(Count)))
        if count in ("opening", "page"):
            self._wrong(f"count = “{count}”, and the notes stand away from their pages", "count",
                        "there are: section, book")  # fmt: skip
            return "section"
        return count

    def _languages(self) -> tuple[Lang, ...]:
        value = self.table.get("languages", list(LANGS))
        if isinstance(value, list) and value and all(one in LANGS for one in value):
            return tuple(lang for lang in LANGS if lang in value)
        self._wrong(f"languages = {value!r:.40}", "languages", 'of ["zh", "en"]')
        return LANGS

    def _says_lines(self) -> bool:
        lines = self._truth("lines", usual=False)
        if lines and self.numbers.by == "none":
            self._wrong("lines = true, and lines have no numbers", "lines",
                        'write by = "page" or "section" under [line_numbers]')  # fmt: skip
            return False
        return lines

    def _truth(self, key: str, *, usual: bool) -> bool:
        value = self.table.get(key, usual)
        if isinstance(value, bool):
            return value
        self.settings.wrong_type(f"{key} is true or false", "layers", self.number, key)
        return usual

    def _among(self, key: str, known: tuple[str, ...]) -> Any:
        """A setting among ``known``, of which the first is its default."""
        value = self.table.get(key, known[0])
        if value in known:
            return value
        self._wrong(f"{key} = {value!r}", key, f"there are: {', '.join(dict.fromkeys(known))}")
        return known[0]

    def _wrong(self, fact: str, key: str, hint: str) -> None:
        self.settings.wrong_value(fact, "layers", self.number, key, hint=hint)
