"""The schema of what ``--format json`` tells: see ``docs/editors.md``."""

from __future__ import annotations

from typing import Any

from edition.diagnostics import VERSION, Severity
from edition.schemas.parts import Schema


def schema() -> Schema:
    """Other keys may come: what is not named here is no error."""
    places = {"file": _or_null("string"), "start": _nullable(_place()), "end": _nullable(_place())}
    edit = _object({"file": {"type": "string"}, "start": _place(), "end": _place(),
                    "text": {"type": "string"}})  # fmt: skip
    fix = _object({"label": {"type": "string"}, "safe": {"type": "boolean"},
                   "edits": {"type": "array", "items": edit, "minItems": 1}})  # fmt: skip
    finding = _object({
        "code": {"type": "string", "pattern": "^[A-Z]{3}[0-9]{3}$"},
        "severity": {"enum": [one.name.lower() for one in Severity]},
        "title": {"type": "string"}, **places, "where": {"type": "string"},
        "segment": _or_null("string"), "fact": {"type": "string"}, "hint": _or_null("string"),
        "fix": _nullable(fix),
    })  # fmt: skip
    many = {"type": "array", "items": finding}
    told = _object({"version": {"const": VERSION}, "findings": many})
    told["properties"] |= {"fixed": many, "refused": many, "written": {"type": "boolean"}}
    return told | {"description": "findings of edition check and others"}


def _object(properties: dict[str, Any]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _place() -> Schema:
    return _object({"line": {"type": "integer", "minimum": 1},
                    "column": {"type": "integer", "minimum": 1}})  # fmt: skip


def _or_null(kind: str) -> Schema:
    return {"type": [kind, "null"]}


def _nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
