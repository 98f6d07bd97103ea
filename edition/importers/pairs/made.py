"""One side of a pair: what an article made, block by block."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from edition.aligning import Unit
from edition.bibliography.types import Library
from edition.importers.parts import Article
from edition.importers.writing import WrittenSegment
from edition.model import Kind, Lang
from edition.source import Span

_KINDS = {
    "heading": Kind.HEADING, "item": Kind.ITEM, "quote": Kind.QUOTE, "table": Kind.TABLE,
    "figure": Kind.FIGURE, "verse": Kind.VERSE, "code": Kind.CODE, "rule": Kind.BREAK,
}  # fmt: skip
_CITED = re.compile(r"@[A-Za-z0-9][\w:.-]*\w")
LABEL = re.compile(r"\[\^([^\s\[\]^]+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """``written``: segments in order; ``stems``: the section of each; ``notes``: footnotes by
    label, as blocks; ``bib``: the list of references as BibTeX."""

    article: Article
    library: Library
    written: tuple[WrittenSegment, ...]
    stems: tuple[str, ...]
    notes: Mapping[str, str]
    bib: str
    script: str
    numeric: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block of one side. ``place``: line, paragraph or row of its document."""

    id: str
    lang: Lang
    stem: str
    text: str
    block: str
    kind: Kind = Kind.PARA
    level: int = 0
    place: int = 0
    span: Span | None = None

    def unit(self) -> Unit:
        """What the aligner is told of it."""
        return Unit(text=self.text, kind=self.kind, level=self.level,
                    keys=frozenset(_CITED.findall(self.block)))  # fmt: skip

    def with_attributes(self, inside: str) -> str:
        """The block with other attributes."""
        head, _, tail = self.block.rpartition(f"{{#{self.id}}}")
        return f"{head}{{{inside}}}{tail}"


def pieces(made: Made, lang: Lang) -> list[Piece]:
    """The blocks that a side has in its language, in order."""
    found = []
    for written, stem in zip(made.written, made.stems, strict=True):
        segment = written.segment
        if segment.lang != lang:
            continue
        texts = (segment.passage, *(cell for row in segment.rows for cell in row))
        passage = next((one for one in texts if one.offsets), segment.passage)
        cells = "\n".join(cell.text for row in segment.rows for cell in row)
        span = passage.span(0, min(1, len(passage.text)))
        found.append(Piece(
            id=segment.id, lang=lang, stem=stem, block=written.markup,
            text="\n".join(one for one in (written.inline.plain, cells) if one),
            kind=_KINDS.get(segment.kind, Kind.PARA), level=segment.level,
            place=span.line if passage.offsets else 0, span=span,
        ))  # fmt: skip
    return found
