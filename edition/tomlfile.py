"""TOML with places: ``tomllib`` reads the values, a scanner of keys finds where they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edition.diagnostics import Fix
from edition.source import SourceFile, Span
from edition.spelling import slip

Path = tuple[str | int, ...]

_TABLE = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"))*)\s*=\s*")
_PARTS = 64  # of a key, the most
_LONG_KEY = re.compile(
    r"(?m)(?:^[ \t]*+\[*+|[{,])[ \t]*+"
    r"(?P<key>(?:(?:[\w-]++|\"[^\"\n]*\"|'[^'\n]*')[ \t]*+\.[ \t]*+)"
    rf"{{{_PARTS}}})"
)
# on a file that is no TOML
HINT = "close quotes and brackets here and on the line above, and write a key once in its table"
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Toml:
    """A file's values and, by path, the place of each key that begins a line: ``("layout",
    "name")``, ``("person", 3, "zh")``."""

    file: SourceFile
    data: Mapping[str, Any]
    places: Mapping[Path, Span]

    def place(self, *path: str | int) -> Span:
        """Where ``path`` stands, or the first thing in it, or the nearest table above it, or the
        head of the file."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
            for longer, span in self.places.items():
                if longer[:end] == path[:end]:
                    return span
        return self.file.span(0)


def tables(toml: Toml, name: str) -> tuple[Sequence[Any], list[tuple[Span, str]]]:
    """What a file of ``[[name]]`` tables alone holds, and what else stands in it: its place and a
    fact of it. What is in the list need not be a table."""
    wrong = [(toml.place(key), f"“{key}” is not known here; there are [[{name}]] tables alone")
             for key in toml.data if key != name]  # fmt: skip
    listed = toml.data.get(name, [])
    if not isinstance(listed, list):
        return [], [*wrong, (toml.place(name), f"“{name}” is written as [[{name}]], once for each")]
    return listed, wrong


class MalformedError(ValueError):
    """The file is no TOML; ``span`` is where reading stopped."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


def read(file: SourceFile) -> Toml:
    """Raises :class:`MalformedError`."""
    long = _LONG_KEY.search(file.text)
    if long:  # the time to read one grows with its square
        raise MalformedError(f"a key has more than {_PARTS} parts", file.span(long.start("key")))
    try:
        data = tomllib.loads(file.text)
    except (ValueError, RecursionError) as fault:  # also a number of too many digits
        message = str(fault) or "nested too deep"
        match = _AT.search(message)
        at = file.offset(int(match[1]), int(match[2])) if match else len(file.text)
        raise MalformedError(_AT.sub("", message).strip(), file.span(at)) from fault
    return Toml(file, data, _places(file))


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _places(file: SourceFile) -> dict[Path, Span]:
    """Places of tables and of keys at the start of lines. Lines inside long strings may look like
    keys too; they only ever add places that nobody asks for, since real ones come first."""
    found: dict[Path, Span] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for start, line in file.lines():
        header = _TABLE.match(line)
        if header and "=" not in header[2]:
            table = _parts(header[2])
            if header[1] == "[[":
                counts[table] = number = counts.get(table, -1) + 1
                table = (*table, number)
            elif table[:1] in counts and len(table) > 1:
                table = (table[0], counts[table[:1]], *table[1:])
            found.setdefault(table, file.span(start + header.start(1), start + header.end(2) + 1))
            continue
        key = _KEY.match(line)
        if key:
            path = (*table, *_parts(key[1]))
            found.setdefault(path, file.span(start + key.start(1), start + key.end(1)))
    return found


def renamed(toml: Toml, known: Iterable[str], *path: str | int) -> Fix | None:
    """The key at ``path`` with the name that it is a slip of; None where it is no slip, stands
    within another value, or its table has that name already."""
    span, key = toml.places.get(path), path[-1]
    if span is None or span.text != key:
        return None
    table: Any = toml.data
    for part in path[:-1]:
        table = table[part]
    return slip_of(span, (one for one in known if one not in table))


def slip_of(span: Span, known: Iterable[str]) -> Fix | None:
    """The word in ``span`` replaced by the known one that it is a slip of."""
    meant = slip(span.text, known)
    return Fix(span, meant, f"write {meant} for {span.text}", safe=True) if meant else None


def string_span(toml: Toml, *path: str | int) -> Span | None:
    """The inside of the plain string that the key at ``path`` has on its own line; None where it
    is written otherwise (with escapes, over several lines, inside another value)."""
    place = toml.places.get(path)
    if place is None:
        return None
    file = toml.file
    match = re.compile(r"\s*=\s*(?:\"([^\"\\\n]*)\"|'([^'\n]*)')").match(file.text, place.end)
    if match is None:
        return None
    group = 1 if match[1] is not None else 2
    return file.span(match.start(group), match.end(group))
