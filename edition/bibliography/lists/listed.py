"""A pasted reference list → a library: its entries written as BibTeX and read again.

Above each entry stands its reference as the list has it, in a comment. What the list reader cannot
read stands there alone, and is set aside like a broken entry of a .bib file, word for word and with
its line; no item is lost.
"""

from __future__ import annotations

from dataclasses import replace

from edition.bibliography import parse
from edition.bibliography.lists.reading import as_bib, read_list
from edition.bibliography.types import Library
from edition.diagnostics import Outcome
from edition.source import SourceFile


def read(source: SourceFile) -> Outcome[Library]:
    """The library of a list; its ``source`` is the BibTeX text made of it, its quarantined parts
    stand in the list."""
    found = read_list(source)
    text = as_bib(found.value)
    made = parse.read(SourceFile("references.bib", text))
    value = replace(
        made.value,
        quarantined=(*made.value.quarantined, *found.value.quarantined),
        found=made.value.found + len(found.value.quarantined),
    )
    return Outcome(value, (*found.diagnostics, *made.diagnostics))
