"""Lists of other programs → a library: RIS, NBIB, CSL-JSON and EndNote XML beside ``.bib``.

The records are written as BibTeX and read again, so that all that follows has one kind of source:
``source`` of the library is that text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from edition.bibliography.reading import csl, encoding, endnote, nbib, parse, ris
from edition.bibliography.types import Entry, Library
from edition.bibliography.values import entry_text
from edition.diagnostics import Diagnostic, Outcome
from edition.source import SourceFile

READERS: dict[str, Callable[[str], tuple[Entry, ...]]] = {
    "RIS": ris.read, "NBIB": nbib.read, "CSL-JSON": csl.read, "EndNote XML": endnote.read,
}  # fmt: skip
_SUFFIXES = {".ris": "RIS", ".nbib": "NBIB", ".json": "CSL-JSON", ".xml": "EndNote XML"}
_HEADS = (
    (re.compile(r"\s*TY  - "), "RIS"),
    (re.compile(r"\s*PMID- "), "NBIB"),
    (re.compile(r"\s*\[\s*\{"), "CSL-JSON"),
    (re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:xml|records)\b"), "EndNote XML"),
)  # fmt: skip


def load(path: Path) -> Outcome[Library]:
    """The library of a file in any format that is read; by its suffix, else by how it begins."""
    try:
        data = path.read_bytes()
    except OSError:
        return parse.load(path)  # which says why
    kind = _SUFFIXES.get(path.suffix.lower()) or _format(data)
    if not kind:
        return _bibtex(path)
    decoded = encoding.decode(str(path), data)
    text = decoded.value.source.text
    try:
        entries = READERS[kind](text)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as fault:
        fact = f"{path} cannot be read as {kind}: {fault}"
        hint = "export it again, or as .bib"
        problem = Diagnostic(code=parse.UNREADABLE, fact=fact, where=str(path), hint=hint)
        return Outcome(Library(entries=()), (*decoded.diagnostics, problem))
    if not entries:
        fact = f"{path} holds no record of {kind}"
        hint = "look whether it is the file that was meant, and export it again"
        problem = Diagnostic(code=parse.NO_ENTRY, fact=fact, where=str(path), hint=hint)
        return Outcome(Library(entries=()), (*decoded.diagnostics, problem))
    made = "\n".join(entry_text(one) for one in keyed(entries))
    read = parse.read(SourceFile(f"{path} as BibTeX", made))
    return Outcome(read.value, (*decoded.diagnostics, *read.diagnostics))


def _bibtex(path: Path) -> Outcome[Library]:
    """As :func:`parse.load`; a file that the user names is to hold an entry, where that of a
    workspace may be empty until something is cited."""
    read = parse.load(path)
    if read.value.found or read.diagnostics:
        return read
    fact = f"{path} holds no entry"
    hint = "look whether it is the file that was meant; comments are no entries"
    return Outcome(
        read.value, (Diagnostic(code=parse.NO_ENTRY, fact=fact, where=str(path), hint=hint),)
    )


def _format(data: bytes) -> str:
    head = data[:400].decode("utf-8-sig", "replace")
    return next((name for pattern, name in _HEADS if pattern.match(head)), "")


_KEY = re.compile(r"(?!(?:ris|nbib|endnote)\d+$)(?!.*//)[\w:./+-]*[A-Za-z][\w:./+-]*", re.ASCII)


def keyed(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries with keys that BibTeX can read: one that it can stays, else author and year."""
    used: set[str] = set()
    made: list[Entry] = []
    for entry in entries:
        base = entry.key if _KEY.fullmatch(entry.key) else _key(entry)
        key, number = base, 1
        while key.casefold() in used:
            number += 1
            key = f"{base}{chr(96 + number)}" if number <= 26 else f"{base}-{number}"
        used.add(key.casefold())
        made.append(replace(entry, key=key))
    return tuple(made)


def _key(entry: Entry) -> str:
    from edition.bibliography.reading.lists.keys import latin, surname

    names = entry.get("author") or entry.get("editor")
    year = re.search(r"\d{4}", entry.get("year") or entry.get("date"))
    head = surname(names.split(" and ")[0]) if names else ""
    title = "".join(latin(entry.get("title")).split()[:2])
    return (head or title or "entry") + (year.group() if year else "")
