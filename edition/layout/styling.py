"""The styles of a layout file: what each says over the style that it is ``like``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from edition.diagnostics import Diagnostic, error
from edition.layout.settings import STYLE, LayoutReader
from edition.layout.types import Style
from edition.model import LANGS

NO_STYLE = error("LAY004", "layout lacks a style")

# What the assembly of a book asks for; each has a style for Chinese and one for English.
KINDS = (
    "para", "item", "quote", "verse", "absent", "heading1", "heading2", "heading3", "table",
    "figure", "note", "toc1", "toc2", "title", "subtitle", "people", "imprint", "rule", "gloss",
)  # fmt: skip
NEEDED = (*(f"{kind}-{lang}" for kind in KINDS for lang in LANGS), "head")
# Styles that a layout may leave out, and what is taken in their stead.
OTHERWISE = {
    "heading4": "heading3", "toc3": "toc2", "toc4": "toc3", "byline": "absent", "code": "verse",
    "term": "heading4", "index": "gloss", "definition": "item", "break": "byline",
    "part": "title", "tocpart": "toc1", "halftitle": "subtitle", "fact": "imprint",
    "facthead": "fact", "dedication": "byline", "epigraph": "quote", "source": "byline",
    "work": "gloss",
}  # fmt: skip

# names of styles that something is set in, or was once
_KNOWN = (*NEEDED, *(f"{kind}-{lang}" for kind in OTHERWISE for lang in LANGS), "margin",
          "page")  # fmt: skip


def read_styles(reader: LayoutReader, tables: object) -> dict[str, Style]:
    """The styles by name, with those that the file leaves to others."""
    if not isinstance(tables, Mapping):
        reader.report("there is no table [styles]", "styles")
        return {}
    own = {name: _own(reader, name, table) for name, table in tables.items()}
    styles: dict[str, Style] = {}
    for name in own:
        style = _style(reader, name, own)
        if style is not None:
            styles[name] = style
    liked = {values["like"] for values in own.values() if values and "like" in values}
    for name in sorted(set(tables).difference(_KNOWN, liked)):
        near = ", ".join(get_close_matches(name, _KNOWN, 2))
        reader.report(f"nothing is set in the style {name}", "styles", name,
                      hint=f"there are: {near}" if near else "delete it")  # fmt: skip
    if "head" in styles:
        styles.setdefault("margin", replace(styles["head"], name="margin"))
    for kind, other in OTHERWISE.items():
        for lang in LANGS:
            if f"{kind}-{lang}" not in tables and f"{other}-{lang}" in styles:
                styles[f"{kind}-{lang}"] = replace(styles[f"{other}-{lang}"], name=f"{kind}-{lang}")
    for name in NEEDED:
        if name not in tables:
            fact = f"style {name} is missing"
            hint = "copy it from the shipped layout"
            reader.found.append(
                Diagnostic(code=NO_STYLE, span=reader.toml.file.span(0), fact=fact, hint=hint)
            )
    return styles


def _own(reader: LayoutReader, name: str, table: object) -> dict[str, Any] | None:
    """What a style says itself; None where something in it is wrong, which is told."""
    if not isinstance(table, Mapping):
        reader.report(f"style {name} is no table of settings", "styles", name)
        return None
    before = len(reader.found)
    values = reader.values({key: value for key, value in table.items() if key != "like"}, STYLE,
                           "styles", name)  # fmt: skip
    like = table.get("like")
    if like is not None and not isinstance(like, str):
        reader.report(f"style {name} is like {like!r}, which is none", "styles", name)
    if len(reader.found) > before:
        return None
    return values if like is None else values | {"like": like}


def _values(
    reader: LayoutReader, name: str, own: Mapping[str, dict[str, Any] | None],
    seen: tuple[str, ...],
) -> dict[str, Any] | None:  # fmt: skip
    """The settings of a style over those of the style that it is ``like``; None where one of them
    is wrong."""
    values = own[name]
    if values is None or "like" not in values:
        return values
    like = values["like"]
    if like not in own or like in (*seen, name):
        if not seen:  # each style of a circle is told of once
            reader.report(f"style {name} is like {like!r}, which is none", "styles", name)
        return None
    above = _values(reader, like, own, (*seen, name))
    if above is None:
        return None
    return above | {key: value for key, value in values.items() if key != "like"}


def _style(
    reader: LayoutReader, name: str, own: Mapping[str, dict[str, Any] | None]
) -> Style | None:  # fmt: skip
    values = _values(reader, name, own, ())
    if values is None:
        return None
    for key in ("size", "leading"):
        if key not in values:
            reader.report(f"style {name} has no {key}", "styles", name)
            return None
    values = {"first": round(values["size"] * 1.1, 2)} | values
    return Style(name=name, lang=name[-2:] if name[-3:] in ("-zh", "-en") else "", **values)
