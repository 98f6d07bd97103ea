"""Files of any format and pasted lists → a library, with every place in them.

What reads lists is loaded when it is asked for: its patterns take longer to make than a build of a
kept bibliography takes altogether.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from edition.bibliography.reading import context, encoding, joining, parse, scan
    from edition.bibliography.reading.foreign import load
    from edition.bibliography.reading.joining import JoinedLists
    from edition.bibliography.reading.lists.headings import HEADING
    from edition.bibliography.reading.lists.keys import latin
    from edition.bibliography.reading.lists.listed import load_list
    from edition.bibliography.reading.lists.reading import EMPTY, as_bib, day, read_items

__all__ = [
    "EMPTY",
    "HEADING",
    "JoinedLists",
    "as_bib",
    "context",
    "day",
    "encoding",
    "joining",
    "latin",
    "load",
    "load_list",
    "parse",
    "read_items",
    "scan",
]
_MODULES = {
    "load": "foreign",
    "JoinedLists": "joining",
    "latin": "lists.keys",
    "HEADING": "lists.headings",
    "load_list": "lists.listed",
    **dict.fromkeys(("EMPTY", "as_bib", "day", "read_items"), "lists.reading"),
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:  # a module of this room is found by itself
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
