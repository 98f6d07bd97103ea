"""Where a brace or a quotation mark is missing in an entry: told by its lines, proved by reading.

Entries have a field a line, nearly always. A line that opens a value and doesn't close it, with the
next field below, is where the mark is missing; the entry is read again with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.bibliography.reading import scan

_FIELD = re.compile(r"[ \t]*,?[ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*(?P<value>.*)$")
_NEXT = re.compile(r"[ \t]*(?:,?[ \t]*[A-Za-z][\w-]*[ \t]*=|[})][ \t]*,?[ \t]*$)")
_LONGEST = 20_000  # characters of an entry that is looked at
_TRIES = 4


def missing(text: str) -> tuple[int, str] | None:
    """Where in the text of an entry which mark is missing (offset, mark); None where no single
    one makes it readable."""
    if len(text) > _LONGEST:
        return None
    for number, (at, mark) in enumerate(_places(text)):
        if number == _TRIES:
            break
        if _reads(text[:at] + mark + text[at:]):
            return at, mark
    return None


def _places(text: str) -> Iterator[tuple[int, str]]:
    lines = text.splitlines(keepends=True)
    at = 0
    for number, line in enumerate(lines):
        bare = line.rstrip()
        field = _FIELD.match(bare)
        following = next((one for one in lines[number + 1 :] if one.strip()), "")
        if field and (not following or _NEXT.match(following.rstrip())):
            value = field["value"]
            end = at + len(bare.removesuffix(","))
            if value.startswith("{") and value.count("{") > value.count("}"):
                yield end, "}"
            elif value.startswith('"') and value.count('"') % 2:
                yield end, '"'
            elif value.count("}") > value.count("{") and not value.startswith(("{", '"')):
                yield at + field.start("value"), "{"
            elif value.removesuffix(",").endswith('"') and value.count('"') % 2:
                yield at + field.start("value"), '"'
        at += len(line)
    yield len(text.rstrip()), "\n}"


def _reads(text: str) -> bool:
    block = next(scan.scan(text), None)
    return (
        block is not None
        and block.kind == "entry"
        and block.fault is None
        and block.end >= len(text.rstrip())
    )
