"""Bibliographies that the head of a text names: read where they lie in the folder of the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from edition.bibliography.reading import parse
from edition.bibliography.types import Entry
from edition.diagnostics import Diagnostic
from edition.importers.codes import NO_BIBLIOGRAPHY

# the bytes of a file of the folder; raises OSError, with what is wrong as its text
Beside = Callable[[str], bytes]


def beside(
    names: Sequence[str], read: Beside | None
) -> tuple[tuple[Entry, ...], list[Diagnostic]]:  # fmt: skip
    """The entries of the bibliographies of these names, and which were not read."""
    entries: dict[str, Entry] = {}
    found: list[Diagnostic] = []
    for name in names if read is not None else ():
        assert read is not None
        if not name.lower().endswith(".bib"):
            found.append(_not_read(name, "only .bib is read"))
            continue
        try:
            library = parse.read_bytes(name, read(name)).value
        except OSError as fault:
            found.append(_not_read(name, fault.strerror or str(fault)))
            continue
        for one in library.entries:
            entries.setdefault(one.key, replace(one, span=None))
    return tuple(entries.values()), found


def _not_read(name: str, why: str) -> Diagnostic:
    return Diagnostic(
        code=NO_BIBLIOGRAPHY, where=name, fact=f"the head of the text names it: {why}",
        hint="put its entries into bib/references.bib")  # fmt: skip
