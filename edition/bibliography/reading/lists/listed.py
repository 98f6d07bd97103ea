"""A pasted reference list → a library: its entries written as BibTeX and read again.

Above each entry stands its reference as the list has it, in a comment. What the list reader cannot
read stands there alone, and is set aside like a broken entry of a .bib file, word for word and with
its line; no item is lost.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from edition.bibliography.reading import encoding, parse
from edition.bibliography.reading.lists.reading import as_bib, read_list
from edition.bibliography.types import Library
from edition.diagnostics import Diagnostic, Outcome
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


def load_list(source: Path) -> Outcome[Library | None]:
    """The library of a file that holds a pasted list; None where it cannot be read."""
    try:
        decoded = encoding.decode(str(source), source.read_bytes())
    except OSError as failed:
        fact = f"{source} cannot be read: {failed.strerror or failed}"
        hint = "a list is a text file"
        problem = Diagnostic(code=parse.UNREADABLE, fact=fact, where=str(source), hint=hint)
        return Outcome(None, (problem,))
    found = read(decoded.value.source)
    return Outcome(found.value, (*decoded.diagnostics, *found.diagnostics))
