"""The reference list of an article, read where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from edition.bibliography.types import Entry, Field, Library
from edition.diagnostics import Diagnostic, Severity
from edition.importers.blocks import Block
from edition.importers.ledger import Ledger
from edition.source import SourceFile


def listed(
    file: SourceFile, ledger: Ledger, blocks: Sequence[Block]
) -> tuple[Library, list[Diagnostic]]:
    """The references of all lists as one library, and what was found in them. The ledger learns
    what of the lists goes into the bibliography and what is debris."""
    if not blocks:
        return Library(entries=(), source=file), []
    from edition.bibliography.reading import EMPTY, read_items  # of many patterns

    shown, at = [], 0
    for block in blocks:  # the rest is blanked, so that places stay those of the article
        shown.append(re.sub(r"[^\n]", " ", file.text[at : block.start]))
        shown.append(file.text[block.start : block.end])
        at = block.end
    source = SourceFile(file.path, "".join(shown))
    read, dropped = read_items(source)
    for block in blocks:
        ledger.rewrite([at for at in range(block.start, block.end) if not ledger.fates[at]
                        and not file.text[at].isspace()], "bib/references.bib")  # fmt: skip
    for one in dropped:
        reason = "heading in the list of references" if one.why == "heading" else one.why
        ledger.drop([at for at in range(one.span.start, one.span.end)
                     if not file.text[at].isspace()], reason)  # fmt: skip
    found = [replace(one, severity=Severity.WARNING) if one.level is Severity.ERROR else one
             for one in read.diagnostics if one.code is not EMPTY]  # fmt: skip
    return _with_unread(replace(read.value, source=source)), found


def _with_unread(library: Library) -> Library:
    """``library`` with an entry for each reference that follows no known format, which prints as it
    stands in the list: none is left out."""
    made = []
    for number, one in enumerate(library.quarantined, start=1):
        words = " ".join(one.raw.split())
        fields = (Field("title", f"{{{words}}}"),)
        made.append(Entry(key=f"unread{number}", type="misc", fields=fields, span=one.span))
    return replace(library, entries=(*library.entries, *made), quarantined=())
