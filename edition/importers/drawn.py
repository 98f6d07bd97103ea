"""Tables of plain text that are drawn with spaces and rules, as blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.importers import joining
from edition.importers.blocks import Block
from edition.importers.documents.spaced import spaced
from edition.importers.ledger import Ledger
from edition.importers.lines import ArticleLine
from edition.readers.passage import Passage
from edition.source import SourceFile

MOST = 400  # lines of a table
_GAP = re.compile(r" {2,}|\u3000|^[+-]{2,}")
_TAB = "    "


def may_begin(lines: Sequence[ArticleLine]) -> bool:
    """Whether a table may begin with the first of ``lines``."""
    return bool(_GAP.search(lines[0].text)) or (len(lines) > 1 and lines[1].text.startswith("--"))


def table(lines: Sequence[ArticleLine], file: SourceFile, ledger: Ledger) -> Block | None:
    """The table that begins with the first of ``lines``; None where none does."""
    shown: list[str] = []
    owners: list[ArticleLine | None] = []  # of each line that is shown; None: a blank one
    for number, line in enumerate(lines[:MOST]):
        if number and line.gap:
            shown.append("")
            owners.append(None)
        shown.append(line.indent.replace("\t", _TAB) + line.text)
        owners.append(line)
    found = spaced(shown)
    if found is None:
        return None
    taken = [line for line in owners[: found.lines] if line is not None]
    block = Block("table", taken)
    for row in found.rows:
        block.rows.append([
            joining.glue(file, [part for at, left, right in cell
                                if (part := _part(owners[at], left, right)) is not None])
            if cell else taken[0].passage.cut(0, 0)
            for cell in row
        ])  # fmt: skip
    inside = {at for row in block.rows for cell in row for at in cell.offsets}
    for line in taken:
        drawn = [at for at, char in zip(line.passage.offsets, line.text, strict=True)
                 if at not in inside and not char.isspace()]  # fmt: skip
        ledger.rewrite(drawn, "|")
    return block


def _part(line: ArticleLine | None, left: int, right: int) -> Passage | None:
    if line is None:
        return None
    lead = len(line.indent.replace("\t", _TAB))
    return line.passage.cut(left - lead, right - lead)
