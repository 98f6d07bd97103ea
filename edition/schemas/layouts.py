"""The schema of layout files: it is made of the tables by which they are read."""

from __future__ import annotations

from edition.layout import settings, styling
from edition.layout.settings import LayoutKey
from edition.schemas.parts import Schema, among, listed, table, text, whole


def schema() -> Schema:
    keys = {key: _of(said) for key, said in settings.STYLE.items()}
    style = table({"like": text("the style whose settings it has, but for its own"), **keys},
                  "a style")  # fmt: skip
    style["anyOf"] = [{"required": ["like"]}, {"required": ["size", "leading"]}]
    pair: Schema = {
        "type": "array", "prefixItems": [_of(settings.SIZE), _of(settings.LEADING)],
        "items": False, "minItems": 2,
    }  # fmt: skip
    parts: dict[str, Schema] = {
        "layout": among(settings.LAYOUTS, "facing pages, columns, or each under its own"),
        "page": table({key: _of(said) for key, said in settings.PAGE.items()}, "the page",
                      settings.NEEDED),
        "fit": table({"zh": listed(pair, settings.FIT["zh"]), "least": _of(settings.LEAST)},
                     "what the build may adjust"),
        "styles": {"type": "object", "description": "styles, by name",
                   "required": [*styling.NEEDED], "additionalProperties": style},
    }  # fmt: skip
    return table({key: parts[key] for key in settings.TABLES}, "a layout",
                 ["layout", "page", "styles"])  # fmt: skip


def _of(key: LayoutKey) -> Schema:
    if key.kind == "word":
        return among(key.words, key.says)
    if key.kind == "count":
        return whole(int(key.least), int(key.most), key.says)
    number: Schema = {"type": "number", "minimum": key.least, "maximum": key.most}
    if key.kind == "number":
        return number | {"description": key.says}
    # of a length with its unit the limits are not known here
    return {"anyOf": [number, text(key.says, settings.LENGTH)], "description": key.says}
