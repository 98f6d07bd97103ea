"""What a layout file may say: its keys, their words and limits. The reader goes by these tables,
and the schema for editors is made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from edition import tomlfile
from edition.config import LayoutName
from edition.diagnostics import Diagnostic, error
from edition.layout.types import Align, Shape, Weight
from edition.source import Span

VALUE = error("LAY003", "layout has an impossible value")

MM = 72.27 / 25.4  # TeX points in a millimetre
LENGTH = r"[0-9]{1,4}(?:\.[0-9]{1,4})? ?(?:mm|pt)?"  # "20 mm", "56.9"
LAYOUTS: tuple[str, ...] = get_args(LayoutName)
TABLES = ("layout", "page", "fit", "styles")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutKey:
    """A key of a layout file. ``length``: points, as a number or with a unit; ``number``;
    ``count``: a whole number; ``word``: one of ``words``. Numbers are from ``least`` to
    ``most``."""

    says: str
    kind: Literal["length", "number", "count", "word"]
    least: float = 0
    most: float = 1000
    words: tuple[str, ...] = ()


PAGE: Mapping[str, LayoutKey] = {
    "grid": LayoutKey(says="every leading is a multiple of it", kind="length", least=0.25,
                      most=100),
    "inner": LayoutKey(says="margin at the fold", kind="length"),
    "outer": LayoutKey(says="margin at the fore-edge", kind="length"),
    "top": LayoutKey(says="from the edge to the first line of text", kind="length"),
    "bottom": LayoutKey(says="from the last line of text to the edge", kind="length"),
    "gutter": LayoutKey(says="between columns", kind="length", most=200),
    "note_gap": LayoutKey(says="units of the grid from text to notes", kind="number", most=200),
    "row_gap": LayoutKey(says="units of the grid between paragraphs", kind="count", most=200),
    "stretch": LayoutKey(says="units of the grid that a gap may grow by", kind="count", most=200),
    "margin": LayoutKey(says="where references and numbers of lines stand", kind="word",
                        words=("outer", "inner")),
}  # fmt: skip
NEEDED = ("grid", "inner", "outer", "top", "bottom")
FIT = {
    "zh": "sizes of the Chinese to choose from: [[size, leading], …]",
    "least": "characters of a Chinese line in columns, at the least",
}
SIZE = LayoutKey(says="of the type, in points", kind="number", least=1, most=400)
LEADING = LayoutKey(says="from line to line, in points", kind="number", least=1, most=800)
LEAST = LayoutKey(says=FIT["least"], kind="count", most=200)
_EM = 50  # the most that a margin or an indent has
STYLE: Mapping[str, LayoutKey] = {
    "size": SIZE,
    "leading": LEADING,
    "first": LayoutKey(says="height of the first line, in points", kind="number", most=800),
    "indent": LayoutKey(says="of the first line, in em", kind="number", least=-_EM, most=_EM),
    "left": LayoutKey(says="hanging margin, in em", kind="number", most=_EM),
    "right": LayoutKey(says="margin, in em", kind="number", most=_EM),
    "align": LayoutKey(says="how lines are set", kind="word", words=get_args(Align)),
    "weight": LayoutKey(says="of the type", kind="word", words=get_args(Weight)),
    "shape": LayoutKey(says="of Latin letters", kind="word", words=get_args(Shape)),
    "above": LayoutKey(says="units of the grid above", kind="count"),
    "below": LayoutKey(says="units of the grid below", kind="count"),
}


def checked(key: LayoutKey, value: Any) -> Any:
    """The value in points, or as it is. Raises ``ValueError`` with what is wrong with it."""
    if key.kind == "word":
        if value not in key.words or not isinstance(value, str):
            raise ValueError(f"is none of {', '.join(key.words)}")
        return value
    number = _points(value) if key.kind == "length" else value
    kinds = int if key.kind == "count" else int | float
    if (
        isinstance(number, bool)
        or not isinstance(number, kinds)
        or not key.least <= number <= key.most
    ):
        noun = {"length": "length", "number": "number", "count": "whole number"}[key.kind]
        unit = " points" if key.kind == "length" else ""
        raise ValueError(f"is no {noun} from {key.least:g} to {key.most:g}{unit}")
    return number if key.kind == "count" else float(number)


def _points(value: Any) -> Any:
    """A length in points; what is none as it is."""
    if not isinstance(value, str) or not re.fullmatch(LENGTH, value):
        return value
    number = float(value.rstrip("mpt "))
    return number * MM if value.endswith("mm") else number


@dataclass(slots=True)
class LayoutReader:
    """Collects what is wrong with one layout file."""

    toml: tomlfile.Toml
    found: list[Diagnostic]

    def report(self, fact: str, *path: str, hint: str = "", span: Span | None = None) -> None:
        """``path``: of the key that it stands at; ``span``: a place elsewhere."""
        place = span or (self.toml.place(*path) if path else self.toml.file.span(0))
        self.found.append(Diagnostic(code=VALUE, span=place, fact=fact, hint=hint))

    def values(
        self, table: Mapping[str, Any], known: Mapping[str, LayoutKey], *path: str
    ) -> dict[str, Any]:
        """The good ones among the values of a table, which stands at ``path``."""
        good: dict[str, Any] = {}
        for key, value in table.items():
            if key not in known:
                self.report(f"{path[-1]}: unknown key {key}", *path, key,
                            hint="known: " + ", ".join(sorted(known)))  # fmt: skip
                continue
            try:
                good[key] = checked(known[key], value)
            except ValueError as fault:
                self.report(f"{path[-1]}: {key} = {value!r} {fault}", *path, key)
        return good
