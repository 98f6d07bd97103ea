"""The table ``[press]`` of ``edition.toml``: what a printer asks for, by profiles with names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from edition.spelling import guess

Fault = Literal["unknown", "type", "value"]
# (kind, fact, path of keys, hint)
Say = Callable[[Fault, str, tuple[str, ...], str], None]

SHEETS: Mapping[str, tuple[float, float]] = {
    "A3": (420.0, 297.0), "A4": (297.0, 210.0), "B4": (353.0, 250.0), "B5": (250.0, 176.0),
    "SRA3": (450.0, 320.0), "letter": (279.4, 215.9), "tabloid": (431.8, 279.4),
}  # fmt: skip
_SHEET = re.compile(r"\s*(\d{2,4}(?:\.\d+)?)\s*[x×]\s*(\d{2,4}(?:\.\d+)?)\s*$")
# a path that leads to no other folder, but for its ".."
INNER_FILE = re.compile(r"(?:[^\W_][\w .,+()-]{0,100}/){0,8}[^\W_][\w .,+()-]{0,100}")
_PROFILE = re.compile(r"[^\W_][\w .+-]{0,60}")
MOST_PAGES = 128  # of a signature
MOST_CREEP = 2.0  # mm a sheet
# least and greatest value of each number, in the setting's own unit
RANGES = {
    "bleed": (0.0, 20.0), "slug": (8.0, 40.0), "weight": (20.0, 500.0), "bulk": (0.5, 4.0),
    "cover": (0.0, 5.0), "creep": (0.0, MOST_CREEP),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PressSettings:
    """Settings of one press profile: millimetres, pages, g/m² and cm³/g. A signature of 0 pads
    nothing; a booklet signature of 0 makes one booklet of the whole."""

    bleed: float = 3.0
    marks: bool = False
    slug: float = 10.0
    signature: int = 16
    gutter: bool = True  # the inner margin grows with the page count
    icc: str = "FOGRA39L_coated.icc"
    weight: float = 80.0  # of the paper
    bulk: float = 1.3  # volume of the paper
    cover: float = 0.3  # thickness of the cover's board
    booklet_signature: int = 0
    booklet_sheet: str = "A4"  # name, WIDTHxHEIGHT, or "trim": twice the trimmed page
    booklet_marks: bool = False
    creep: float = 0.0  # a sheet


KEYS = tuple(one.name for one in fields(PressSettings))


def sheet_of(text: str) -> tuple[float, float] | None:
    """A sheet's size in mm, the long side first; None where the text names none."""
    for name, size in SHEETS.items():
        if text.strip().casefold() == name.casefold():
            return size
    found = _SHEET.match(text)
    if found is None:
        return None
    sides = float(found[1]), float(found[2])
    return (max(sides), min(sides)) if min(sides) >= 50 else None


def read(table: Mapping[str, Any], say: Say) -> tuple[PressSettings, Mapping[str, PressSettings]]:
    """The settings of ``[press]`` and of each ``[press.profiles.NAME]``, which inherit from it.
    Faults go to ``say``; their defaults are taken."""
    base = _settings({key: value for key, value in table.items() if key != "profiles"},
                     PressSettings(), ("press",), say)  # fmt: skip
    named: dict[str, PressSettings] = {}
    profiles = table.get("profiles", {})
    if not isinstance(profiles, Mapping):
        say("type", "profiles are tables: [press.profiles.NAME]", ("press", "profiles"), "")
        profiles = {}
    for name, own in profiles.items():
        path = ("press", "profiles", str(name))
        if not _PROFILE.fullmatch(str(name)):
            say("value", f"“{name}” is no name of a profile", path, "letters, digits and hyphens")
        elif isinstance(own, Mapping):
            named[str(name)] = _settings(own, base, path, say)
        else:
            say("type", f"{name} is a table: [press.profiles.{name}]", path, "")
    return base, named


def _settings(
    table: Mapping[str, Any], base: PressSettings, path: tuple[str, ...], say: Say
) -> PressSettings:
    known = {one.name: getattr(base, one.name) for one in fields(PressSettings)}
    found: dict[str, Any] = {}
    for key, value in table.items():
        place = (*path, key)
        if key not in known:
            say("unknown", f"unknown key {key}", place, guess(key, known))
        elif not _typed(value, known[key]):
            kinds = {bool: "true or false", str: "a text in quotes", int: "a whole number"}
            kind = kinds.get(type(known[key]), "a number")
            say("type", f"{key} is {kind}, not {value!r}", place, "")
        elif fault := _fault(key, value):
            say("value", f"{key} = {value!r}", place, fault)
        else:
            found[key] = float(value) if isinstance(known[key], float) else value
    return replace(base, **found)


def _typed(value: object, like: object) -> bool:
    if isinstance(like, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(like, bool)
    if isinstance(like, float):
        return isinstance(value, int | float)
    return isinstance(value, type(like))


def _fault(key: str, value: Any) -> str:
    """What is wrong with a value of the right type; empty where nothing is."""
    if key in RANGES:
        least, most = RANGES[key]
        return "" if least <= value <= most else f"from {least:g} to {most:g}"
    if key in ("signature", "booklet_signature"):
        fits = 0 <= value <= MOST_PAGES and value % 4 == 0
        return "" if fits else f"a multiple of 4 up to {MOST_PAGES}, or 0"
    if key == "icc" and (not INNER_FILE.fullmatch(value) or ".." in value.split("/")):
        return "the name of an installed profile, or the path of a file in the workspace"
    if key == "booklet_sheet" and value != "trim" and sheet_of(value) is None:
        return f"{', '.join(SHEETS)}, trim, or a size in mm: 297x210"
    return ""
