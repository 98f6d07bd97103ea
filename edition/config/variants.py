"""``[variants.NAME]`` of ``edition.toml``: what of the edition a reader gets, and how it is set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, cast, get_args

from edition.config.file import SettingsFile
from edition.config.values import Config, LayoutName, Script, Variant
from edition.diagnostics import Diagnostic, Outcome, error
from edition.model import LANGS, Lang

NO_VARIANT = error("CFG010", "A variant that is not defined")
NOT_POSSIBLE = error("CFG011", "A variant that cannot be had")

KEYS = tuple(one.name for one in fields(Variant) if one.name != "name")
LARGE = "18pt"  # large print: 16 to 18 points and more
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}")
_SCALE = re.compile(r"(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2})?)(?P<unit>pt)?")
_PAPER = re.compile(r"\s*[0-9]{2,4}(?:\.[0-9]+)?\s*[x×]\s*[0-9]{2,4}(?:\.[0-9]+)?\s*")
LIMITS = 0.6, 4.0  # as factors
_SIZES = (6.0, 40.0)  # points
# trim sizes by name, in millimetres; 開 are those of sheets of 787 × 1092 mm
PAPERS = {
    "a4": "210x297", "a5": "148x210", "a6": "105x148", "b5": "176x250", "b6": "125x176",
    "letter": "216x279", "16開": "185x260", "16开": "185x260", "大32開": "140x203",
    "大32开": "140x203", "32開": "130x184", "32开": "130x184",
}  # fmt: skip


def paper(name: str) -> str:
    """A paper as width and height in millimetres, by name or as it is."""
    return PAPERS.get(name.strip().lower(), name)


def is_paper(text: str) -> bool:
    """Whether ``text`` is width and height in millimetres."""
    return _PAPER.fullmatch(text) is not None


def is_scale(text: str) -> bool:
    """Whether ``text`` is a size in points (``18pt``) or a factor (``1.25``) that can be set."""
    match = _SCALE.fullmatch(text.strip())
    if match is None:
        return False
    least, most = _SIZES if match["unit"] else LIMITS
    return least <= float(match["number"]) <= most


def factor(scale: str, size: float) -> float:
    """By what all sizes grow; ``size``: of running text, in points, which a size in points is
    asked for."""
    match = _SCALE.fullmatch(scale.strip())
    if match is None:
        return 1.0
    return float(match["number"]) / size if match["unit"] else float(match["number"])


def read(settings: SettingsFile, layers: tuple[str, ...]) -> Mapping[str, Variant]:
    """The variants by name; what is wrong with one is said and left at its default."""
    tables = settings.toml.data.get("variants", {})
    if not isinstance(tables, Mapping):
        settings.wrong_type("write [variants.NAME]", "variants")
        return {}
    made = {}
    for name, table in tables.items():
        if not isinstance(table, Mapping):
            settings.wrong_type(f"write [variants.{name}]", "variants", name)
        elif not _NAME.fullmatch(name):
            settings.wrong_value(f"“{name}” is no name of a file", "variants", name,
                                 hint="letters, digits and hyphens")  # fmt: skip
        else:
            made[name] = _variant(settings, name, table, layers)
    return made


def _variant(
    settings: SettingsFile, name: str, table: Mapping[str, Any], layers: tuple[str, ...]
) -> Variant:
    for key in table:
        if key not in KEYS:
            settings.strange(key, KEYS, "variants", name, key)

    def among(key: str, known: tuple[str, ...]) -> Any:
        value = table.get(key)
        if value is None or value in known:
            return value
        settings.wrong_value(f"{key} = {value!r}", "variants", name, key,
                             hint=f"there are: {', '.join(known)}")  # fmt: skip
        return None

    def truth(key: str, usual: bool) -> bool:
        value = table.get(key, usual)
        if isinstance(value, bool):
            return value
        settings.wrong_type(f"{key} is true or false", "variants", name, key)
        return usual

    return Variant(
        name=name, layout=cast(LayoutName | None, among("layout", get_args(LayoutName))),
        script=cast(Script | None, among("script", get_args(Script))),
        side=cast(Lang | None, among("side", LANGS)),
        notes=_notes(settings, name, table.get("notes"), layers),
        paper=_paper(settings, name, table), scale=_scale(settings, name, table),
        large_print=truth("large_print", False), exam=truth("exam", False),
        glossary=truth("glossary", True),
    )  # fmt: skip


def _paper(settings: SettingsFile, name: str, table: Mapping[str, Any]) -> str:
    value = table.get("paper", "")
    if isinstance(value, str) and (not value or is_paper(paper(value))):
        return value
    settings.wrong_value(f"paper = {value!r}", "variants", name, "paper",
                         hint=f'"170x240", or {", ".join(PAPERS)}')  # fmt: skip
    return ""


def _scale(settings: SettingsFile, name: str, table: Mapping[str, Any]) -> str:
    value = table.get("scale", "")
    text = str(value) if isinstance(value, int | float | str) else "no scale"
    if not text or is_scale(text):
        return text
    settings.wrong_value(f"scale = {value!r}", "variants", name, "scale",
                         hint='"18pt", or a factor such as 1.25')  # fmt: skip
    return ""


def _notes(
    settings: SettingsFile, name: str, value: object, layers: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Layers of notes to print; None: all."""
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        settings.wrong_type('notes is a list of layers: ["注"]', "variants", name, "notes")
        return None
    unknown = [one for one in value if one not in layers]
    if unknown:
        settings.wrong_value(f"there is no layer {unknown[0]}", "variants", name, "notes",
                             hint=f"there are: {', '.join(layers)}")  # fmt: skip
    return tuple(one for one in value if one in layers)


def named(config: Config, asked: Variant) -> Outcome[Variant | None]:
    """The variant of ``edition.toml`` that ``asked`` names, with what it says itself beside; None
    where there is none of that name."""
    known = config.variants.get(asked.name) if asked.name else Variant()
    if known is not None:
        wrong = _impossible(config, asked)
        return Outcome(None if wrong else over(known, asked), wrong)
    there = ", ".join(config.variants) or "none"
    hint = f"there are: {there}; [variants.{asked.name}] defines one"
    return Outcome(None, (Diagnostic(code=NO_VARIANT, where="source/edition.toml", hint=hint,
                                     fact=f"there is no variant “{asked.name}”"),))  # fmt: skip


def _impossible(config: Config, asked: Variant) -> tuple[Diagnostic, ...]:
    """What of a variant that is asked for on the command line cannot be had."""
    layers = [one.id for one in config.layers]
    wrong = [(f"there is no layer {one}", f"there are: {', '.join(layers)}, none")
             for one in asked.notes or () if one not in layers]  # fmt: skip
    if asked.scale and not is_scale(asked.scale):
        wrong.append((f"“{asked.scale}” is no size of type", "18pt, or a factor such as 1.25"))
    if asked.paper and not is_paper(paper(asked.paper)):
        wrong.append((f"“{asked.paper}” is no paper", f"170x240, or {', '.join(PAPERS)}"))
    return tuple(Diagnostic(code=NOT_POSSIBLE, where="command line", fact=fact, hint=hint)
                 for fact, hint in wrong)  # fmt: skip


def over(base: Variant, asked: Variant) -> Variant:
    """``base`` with what is asked for beside it."""
    given = {
        one.name: value for one in fields(Variant)
        if (value := getattr(asked, one.name)) != one.default
    }  # fmt: skip
    return replace(base, **given)


def applied(config: Config, variant: Variant) -> Config:
    """``config`` as the variant has it printed."""
    scale = variant.scale or (LARGE if variant.large_print else "")
    return replace(
        config, layout=variant.layout or config.layout, script=variant.script or config.script,
        paper=paper(variant.paper) if variant.paper else config.paper,
        scale=scale or config.scale, variant=variant,
    )  # fmt: skip
