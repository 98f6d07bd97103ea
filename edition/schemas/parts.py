"""What schemas are made of: JSON Schema, draft 2020-12."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, get_args, get_type_hints

from edition.model import LANGS

Schema: TypeAlias = dict[str, Any]

# a text in YAML: a word that looks like a number or a truth is one there
SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}


def text(says: str, pattern: str = "") -> Schema:
    """A text; all of it has to match ``pattern``, of the kind that ECMA-262 and Python share."""
    found: Schema = {"type": "string", "description": says}
    return found | {"pattern": f"^(?:{pattern})$"} if pattern else found


def among(values: Iterable[str], says: str = "") -> Schema:
    found: Schema = {"enum": list(values)}
    return found | {"description": says} if says else found


def of_type(made_of: type, field: str, says: str = "") -> Schema:
    """One of the words that a field of a dataclass may hold, by its type, ``None`` left out."""
    return among(dict.fromkeys(one for one in _words(get_type_hints(made_of)[field]) if one), says)


def _words(hint: Any) -> list[str]:
    """The words of a literal type, or of several that are joined."""
    found: list[str] = []
    for one in get_args(hint):
        found += [one] if isinstance(one, str) else _words(one)
    return found


def truth(says: str) -> Schema:
    return {"type": "boolean", "description": says}


def whole(least: int, most: int, says: str) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "description": says}


def listed(item: Schema, says: str, least: int = 0) -> Schema:
    found: Schema = {"type": "array", "items": item, "description": says}
    return found | {"minItems": least} if least else found


def table(keys: Mapping[str, Schema], says: str, needed: Iterable[str] = ()) -> Schema:
    """A table of these keys and no others."""
    found: Schema = {"type": "object", "description": says, "properties": dict(keys),
                     "additionalProperties": False}  # fmt: skip
    needed = list(needed)
    return found | {"required": needed} if needed else found


def by_language(item: Schema, says: str) -> Schema:
    return table(dict.fromkeys(LANGS, item), says)


def bilingual(says: str) -> Schema:
    """A text for both languages, or one for each."""
    words: Schema = {"type": "string"}
    return {"anyOf": [words, by_language(words, says)], "description": says}


def said(says: str, *ways: Sequence[str]) -> Schema:
    """The same, and not empty: ``ways`` are languages of which one set has to be there; without
    them one language has."""
    words: Schema = {"type": "string", "minLength": 1}
    parts = by_language({"type": "string"}, says) | {
        "anyOf": [{"required": list(way), "properties": dict.fromkeys(way, words)}
                  for way in ways or [[lang] for lang in LANGS]],
    }  # fmt: skip
    return {"anyOf": [words, parts], "description": says}
