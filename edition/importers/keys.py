"""Citations by keys of a bibliography that did not come along: each has an entry to fill in."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from edition.bibliography.types import Entry, Field, Library
from edition.diagnostics import Diagnostic
from edition.importers.codes import NO_ENTRY
from edition.source import SourceFile

_KEY = re.compile(r"(?<![\w.])@(?P<key>[^\W_](?:[\w:./+-]*\w)?)")


def keys_of(cited: Sequence[str]) -> list[str]:
    """The keys in citations, each once."""
    return list(dict.fromkeys(one["key"] for text in cited for one in _KEY.finditer(text)))


def with_places(
    library: Library, cited: Sequence[str], file: SourceFile
) -> tuple[Library, list[Diagnostic]]:
    """``library`` with an entry for every key in ``cited`` that has none, so that the citation
    keeps its place."""
    known = {one.key for one in library.entries}
    missing = [one for one in keys_of(cited) if one not in known]
    if not missing:
        return library, []
    made = tuple(
        Entry(key=one, type="misc", fields=(Field("title", f"[{one}]"),)) for one in missing
    )
    at = file.text.find(f"@{missing[0]}")
    shown = ", ".join(missing[:6]) + (" …" if len(missing) > 6 else "")
    found = Diagnostic(
        code=NO_ENTRY, span=file.span(max(at, 0), max(at, 0) + len(missing[0]) + 1),
        fact=f"no entry answers to the key{'s' if len(missing) > 1 else ''} {shown}",
        hint="bib/references.bib has an entry with the key alone: put that of your .bib there",
    )  # fmt: skip
    return replace(library, entries=(*library.entries, *made)), [found]


def without_uncited(
    library: Library, followed: Sequence[Entry], cited: Collection[str]
) -> Library:  # fmt: skip
    """``library`` without those of ``followed``, entries of a bibliography that the text only
    names, that it does not cite; what a cited one takes its fields from stays."""
    by_key = {one.key: one for one in followed}
    wanted: set[str] = set()
    waiting = [one for one in by_key if one in cited]
    while waiting:
        key = waiting.pop()
        if key in by_key and key not in wanted:
            wanted.add(key)
            for name in ("crossref", "xdata", "xref"):
                waiting += [one.strip() for one in by_key[key].get(name).split(",")]
    kept = (one for one in library.entries if one.key not in by_key or one.key in wanted)
    return replace(library, entries=tuple(kept))
