"""Blocks of an article, and what they are read from: its lines, the cells of rows, note marks."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Literal

from edition.importers.decoding import HIDDEN
from edition.importers.documents.draft import Given
from edition.importers.ledger import Ledger
from edition.importers.lines import ArticleLine
from edition.readers.passage import Passage
from edition.source import SourceFile

Kind = Literal[
    "para", "heading", "item", "quote", "table", "figure", "caption", "note", "label",
    "references", "keywords", "affiliation", "date", "source", "verse", "code", "rule",
    "meta",
]  # fmt: skip


@dataclass(slots=True)
class Block:
    """A block. ``lines`` are its lines (rows of a table); ``system`` and ``mark`` say how a
    heading, item or note is numbered; ``lead`` is how much of the first line is that number."""

    kind: Kind
    lines: list[ArticleLine]
    label: str = ""
    system: str = ""
    mark: str = ""
    lead: int = 0
    level: int = 0
    rows: list[list[Passage]] = field(default_factory=list)
    start: int = 0  # of a reference list, with ``end``
    end: int = 0
    gap: bool = True
    page: bool = False  # a page begins with it
    more: list[Block] = field(default_factory=list)  # further paragraphs of a note
    title: bool = False  # of the article, though it stands as a heading
    given: Given | None = None  # what the document says of it, where it says anything

    @property
    def text(self) -> str:
        lines = self.lines
        return lines[0].text if len(lines) == 1 else " ".join([one.text for one in lines])

    @property
    def number(self) -> int:
        return self.lines[0].number if self.lines else 1


def read_lines(file: SourceFile, ledger: Ledger) -> list[ArticleLine]:
    """Lines that hold something, hidden characters dropped."""
    found: list[ArticleLine] = []
    gap, feed = True, False
    strange = bool(HIDDEN.search(file.text))
    for number, (start, full) in enumerate(file.lines(), start=1):
        offsets = range(start, start + len(full))
        text, kept = full, tuple(offsets)
        if strange and HIDDEN.search(full):
            hidden = [at for at, char in zip(offsets, full, strict=True) if HIDDEN.match(char)]
            ledger.drop(hidden, "character that cannot be seen")
            kept = tuple(at for at, c in zip(offsets, full, strict=True) if not HIDDEN.match(c))
            text = HIDDEN.sub("", full)
        bare = text.strip()
        feed = feed or "\f" in full
        gap = gap or "\f" in full
        if not bare:
            gap = True
            continue
        lead = len(text) - len(text.lstrip())
        passage = Passage(file, bare, kept[lead : lead + len(bare)])
        found.append(ArticleLine(passage, text[:lead], gap, number, feed))
        gap = feed = False
    return found


def cells(row: Passage) -> list[Passage]:
    """The cells of a row, between bars or tabs."""
    if "\t" in row.text and not row.text.startswith(("|", "｜")):
        signs = [found.start() for found in re.finditer("\t", row.text)]
        bounds = [-1, *signs, len(row.text)]
    else:
        signs = [found.start() for found in re.finditer(r"(?<!\\)[|｜]", row.text)]
        if not signs:
            return [row.stripped()]
        bounds = list(signs)
        if row.text[signs[-1] + 1 :].strip():
            bounds.append(len(row.text))
    return [row.cut(one + 1, two).stripped() for one, two in itertools.pairwise(bounds)]
