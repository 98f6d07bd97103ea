"""JSON Schemas of the files that an editor writes, and of what is told to programs.

A table of names and what makes them; each is made of the tables and types by which the readers
read, and ``tests/schemas`` holds both to accept the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from edition.schemas import findings, layouts, records, settings
from edition.schemas.parts import Schema

FOLDER = "schemas"  # of a workspace, where its files look for them


@dataclass(frozen=True, slots=True)
class NamedSchema:
    """``of``: the files that it is of, from the workspace; a name with ``*`` stands for many."""

    name: str
    of: str
    make: Callable[[], Schema]


SCHEMAS = (
    NamedSchema("edition", "source/edition.toml", settings.schema),
    NamedSchema("names", "source/names.toml", records.names),
    NamedSchema("glossary", "source/glossary.toml", records.glossary),
    NamedSchema("notes", "source/notes/*.yaml", records.of_notes),
    NamedSchema("layout", "templates/*.toml", layouts.schema),
    NamedSchema("decisions", "bib/decisions.toml", records.decisions),
    NamedSchema("import-decisions", "import-decisions.toml", records.import_decisions),
    NamedSchema("alignment-decisions", "alignment-decisions.toml", records.alignment_decisions),
    NamedSchema("review-decisions", "review-decisions.toml", records.review_decisions),
    NamedSchema("series", "series.toml", records.of_series),
    NamedSchema("findings", "", findings.schema),
)
NAMES = tuple(one.name for one in SCHEMAS)


def text(name: str) -> str:
    """The schema of this name as JSON. Raises ``KeyError``."""
    named = {one.name: one for one in SCHEMAS}[name]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:parallel-edition:{name}", "title": named.of or name}  # fmt: skip
    return json.dumps(head | named.make(), ensure_ascii=False, indent=1) + "\n"


def files() -> Iterator[tuple[str, str]]:
    """(path, text) of the schemas of all files that a workspace may have, from there."""
    for one in SCHEMAS:
        if one.of:
            yield f"{FOLDER}/{one.name}.json", text(one.name)


def reference(path: str) -> str:
    """The comment by which a file of a workspace, at ``path`` from there, names its schema to an
    editor's language server; empty where there is none for it."""
    here = PurePosixPath(path)
    one = next((one for one in SCHEMAS if one.of and here.match(one.of)), None)
    if one is None:
        return ""
    way = f"{'../' * (len(here.parts) - 1) or './'}{FOLDER}/{one.name}.json"
    if here.suffix == ".toml":
        return f"#:schema {way}\n"
    return f"# yaml-language-server: $schema={way}\n"
