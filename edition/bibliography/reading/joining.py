"""Several bibliographies → one: their texts one behind the other, so that one corrected file can
be patched from them; a key that two of them use is told apart in the later one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from edition.bibliography.types import Entry, Field, Library, Quarantined, StringDef
from edition.diagnostics import Diagnostic, Outcome, warning
from edition.source import SourceFile, Span

RENAMED = warning("BIB019", "A key stands in two of the files, for two entries")


@dataclass(frozen=True, slots=True)
class JoinedLists:
    """``found``: every entry with the key of its file; ``library``: the same with keys of their
    own. They differ in keys alone."""

    found: Library
    library: Library


def join(libraries: Sequence[Library]) -> Outcome[JoinedLists]:
    """The libraries in one; each must have its source. With one library nothing changes."""
    if len(libraries) == 1:
        return Outcome(JoinedLists(libraries[0], libraries[0]))
    texts: list[str] = []
    parts: list[tuple[int, SourceFile]] = []
    at = 0
    for one in libraries:
        assert one.source is not None
        text = one.source.text
        text += "" if text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        texts.append(text)
        parts.append((at, one.source))
        at += len(text)
    whole = SourceFile(" + ".join(one.path for _, one in parts), "".join(texts))
    moved = [_moved(one, whole, start) for one, (start, _) in zip(libraries, parts, strict=True)]
    found = Library(
        entries=tuple(entry for one in moved for entry in one.entries),
        strings=tuple(string for one in moved for string in one.strings),
        preambles=tuple(span for one in moved for span in one.preambles),
        comments=tuple(span for one in moved for span in one.comments),
        quarantined=tuple(part for one in moved for part in one.quarantined),
        source=whole,
        newline=libraries[0].newline,
        mark=libraries[0].mark,
        parts=tuple(parts),
        found=sum(one.found for one in moved),
    )
    entries, told = _keyed(found)
    return Outcome(JoinedLists(found, replace(found, entries=entries)), tuple(told))


def _keyed(found: Library) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    """The entries with a key each, and a word on those that got another."""
    taken = {one.key for one in found.entries}
    used: set[str] = set()
    entries: list[Entry] = []
    told: list[Diagnostic] = []
    for entry in found.entries:
        key, number = entry.key, 2
        while key in used or (key != entry.key and key in taken):
            key, number = f"{entry.key}-{number}", number + 1
        used.add(key)
        if key != entry.key:
            told.append(Diagnostic(
                code=RENAMED, span=found.place(entry.span) if entry.span else None,
                fact=f"“{entry.key}” is the key of an entry of another file; here it is “{key}”",
                hint="where both are one work they are merged, else cite them apart",
            ))  # fmt: skip
        entries.append(replace(entry, key=key))
    return tuple(entries), told


def _moved(library: Library, whole: SourceFile, by: int) -> Library:
    """The library with its places counted from the head of ``whole``."""
    held = library.source

    def span(one: Span) -> Span:
        return Span(whole, one.start + by, one.end + by) if one.file is held else one

    def field(one: Field) -> Field:
        return replace(one, span=span(one.span)) if one.span else one

    def entry(one: Entry) -> Entry:
        return replace(
            one,
            span=span(one.span) if one.span else None,
            lead=one.lead + by if one.lead >= 0 else one.lead,
            fields=tuple(map(field, one.fields)),
        )

    return replace(
        library,
        entries=tuple(map(entry, library.entries)),
        strings=tuple(StringDef(one.name, one.value, span(one.span)) for one in library.strings),
        preambles=tuple(map(span, library.preambles)),
        comments=tuple(map(span, library.comments)),
        quarantined=tuple(
            Quarantined(one.key, one.reason, span(one.span), one.stays)
            for one in library.quarantined
        ),
    )
