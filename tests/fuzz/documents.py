"""Files of settings, records, notes and decisions that are made from their schemas, and broken."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from random import Random
from typing import Any

from edition import schemas

NAMES = tuple(one for one in schemas.NAMES if one != "findings")
# what readers say of the shape of a file: unknown keys, wrong values, what is missing
OF_SHAPE = {
    "edition": ("CFG003", "CFG004", "CFG005", "CFG006"),
    "series": ("CFG003", "CFG004", "CFG005", "CFG006"),
}
_POOL = (
    "a", "注", "宋", "i.1", "水", "x y", "", " ", "2024-03-07", "2019", "a5", "18pt", "6in", "zh",
    "en", "facing", "pdf", "merge", "accept", "student", "more/*", "../x", "/etc", "a/b", "1-9",
    "\u200b", "\x00", "\x7f", "雒",
    "null", "true", "~", "1e9", "{", "[@a]", "*a*", "a\nb", "9780306406157", "#", "x" * 300,
)  # fmt: skip
_ODD: tuple[object, ...] = (
    "x", "", 3, -1, 0, 0.5, 1e308, True, False, [], ["zh"], [1], [[]], {}, {"zh": "x"}, {"zz": "x"},
    [{"zh": "x"}], 10**20, None,
)  # fmt: skip


def document(rng: Random) -> str:
    """The name of a schema, a line end, and a file that it is of, which may break it."""
    name = rng.choice(NAMES)
    made = sample(rng, _schema(name))
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        made = broken(rng, made)
    text = json.dumps(made, ensure_ascii=False) if name == "notes" else toml(made)
    return f"{name}\n{text}\n"


def beyond(name: str, fact: str) -> bool:
    """Whether what a reader says is of what no schema can say: names that must not meet, days that
    are none, sums of numbers, files that are not there."""
    return _BEYOND.search(fact) is not None


_BEYOND = re.compile("")


@lru_cache
def _schema(name: str) -> Any:
    return json.loads(schemas.text(name))


def sample(rng: Random, schema: Any, depth: int = 0) -> Any:
    """A value that a schema allows, as far as it says what is allowed."""
    if not isinstance(schema, dict) or not schema:
        return rng.choice(_ODD)
    if "anyOf" in schema:
        way = rng.choice(schema["anyOf"])
        if "type" in way or "enum" in way or "anyOf" in way or "type" not in schema:
            return sample(rng, way, depth + 1)
        schema = schema | {"required": [*schema.get("required", ()), *way.get("required", ())]}
    if "enum" in schema:
        return rng.choice(schema["enum"])
    if "const" in schema:
        return schema["const"]
    kinds = schema.get("type", "string")
    match rng.choice(kinds) if isinstance(kinds, list) else kinds:
        case "object":
            return _table(rng, schema, depth)
        case "array":
            least = schema.get("minItems", 0)
            count = least + rng.choice((0, 0, 1, 2))
            return [sample(rng, schema.get("items", {}), depth + 1) for _ in range(count)]
        case "integer":
            low, high = schema.get("minimum", -5), schema.get("maximum", 500)
            return rng.choice((low, high, rng.randint(low, high)))
        case "number":
            return rng.choice((0, 0.5, 1, 3.5))
        case "boolean":
            return rng.random() < 0.5
        case "null":
            return None
        case _:
            fits = [one for one in _POOL if re.search(schema.get("pattern", ""), one)]
            return rng.choice(fits or ["x"])


def _table(rng: Random, schema: Any, depth: int) -> dict[str, Any]:
    needed = set(schema.get("required", ()))
    often = 0.5 if depth else 0.3
    made = {key: sample(rng, said, depth + 1)
            for key, said in schema.get("properties", {}).items()
            if key in needed or rng.random() < often / (1 + depth / 2)}  # fmt: skip
    more = schema.get("additionalProperties")
    if isinstance(more, dict) and rng.random() < 0.6:
        made[rng.choice(_POOL)] = sample(rng, more, depth + 1)
    return made


def broken(rng: Random, value: Any) -> Any:
    """``value`` with something in it put in place of another, added or taken away."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        made, key = dict(value), rng.choice(list(value))
        match rng.randrange(6):
            case 0:
                del made[key]
            case 1:
                made[rng.choice((*_POOL, key + "x"))] = rng.choice(_ODD)
            case _:
                made[key] = broken(rng, value[key])
        return made
    if isinstance(value, list) and value and rng.random() < 0.85:
        listed, at = list(value), rng.randrange(len(value))
        match rng.randrange(4):
            case 0:
                del listed[at]
            case 1:
                listed.append(rng.choice((listed[at], *_ODD)))
            case _:
                listed[at] = broken(rng, listed[at])
        return listed
    return rng.choice(_ODD)


# --- written down -------------------------------------------------------------------------------


def toml(value: Any) -> str:
    """A table as TOML, its tables and lists of tables under heads of their own."""
    if not isinstance(value, dict):
        value = {"value": value}
    first, rest = [], []
    for key, one in value.items():
        tables = one if isinstance(one, list) else [one]
        if not tables or not all(isinstance(each, dict) for each in tables):
            first.append(f"{_key(key)} = {_inline(one)}\n")
            continue
        head = f"[[{_key(key)}]]" if isinstance(one, list) else f"[{_key(key)}]"
        for each in tables:
            rows = "".join(f"{_key(k)} = {_inline(v)}\n" for k, v in each.items())
            rest.append(f"{head}\n{rows}")
    return "".join([*first, *rest])


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _inline(key)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if value is None:
        return '""'
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
