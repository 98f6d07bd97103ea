"""A pasted reference list → a library: its entries written as BibTeX and read again.

What the list reader cannot read is set aside like a broken entry of a .bib file, word for word
and with its line; no item is lost.
"""

from __future__ import annotations

from dataclasses import replace

from edition.bibliography import parse
from edition.bibliography.types import Library, Quarantined
from edition.diagnostics import Outcome
from edition.importers.references import ListedReference, read_list
from edition.source import SourceFile

UNREAD = "follows no known format of references"


def read(source: SourceFile) -> Outcome[Library]:
    """The library of a list; its ``source`` is the BibTeX text made of it."""
    found = read_list(source)
    text = "\n".join(_entry(one) for one in found.value.references)
    made = SourceFile("references.bib", text)
    library = parse.read(made)
    unread = tuple(Quarantined(key="", reason=UNREAD, span=one.span())
                   for one in found.value.unread)
    value = replace(library.value, quarantined=(*library.value.quarantined, *unread),
                    found=library.value.found + len(unread))
    return Outcome(value, (*found.diagnostics, *library.diagnostics))


def _entry(one: ListedReference) -> str:
    lines = [f"@{one.type}{{{one.key},"]
    lines += [f"  {field.name} = {{{_braced(field.name, field.value)}}},"
              for field in one.fields if field.value]
    return "\n".join([*lines, "}", ""])


def _braced(name: str, value: str) -> str:
    """``value`` for a field in braces: the signs that TeX reads otherwise escaped, braces that
    don't pair dropped."""
    if value.count("{") != value.count("}"):
        value = value.replace("{", "").replace("}", "")
    if name in ("url", "doi"):
        return value
    for sign in "&%#_$":
        value = value.replace(sign, "\\" + sign) if f"\\{sign}" not in value else value
    return value
