"""Blocks and segments of which a document says what they are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from edition.importers.blocks import Block
from edition.importers.decoding import HIDDEN
from edition.importers.documents.draft import HOLDER, Given
from edition.importers.ledger import Ledger
from edition.importers.lines import ArticleLine
from edition.importers.parts import ArticleSegment
from edition.model import Lang
from edition.readers.passage import Passage
from edition.source import SourceFile


def known_block(given: Given, lines: Sequence[ArticleLine], ledger: Ledger) -> Block:
    """The block that begins with the first of ``lines``."""
    first = lines[0].number
    own = list(takewhile(lambda one: one.number < first + given.rows, lines))
    system = "#" if given.kind == "heading" else "markdown" if given.kind == "note" else ""
    kind = "para" if given.kind == "para" else given.kind
    block = Block(kind, own, level=given.level, mark=given.mark, lead=given.lead, system=system,
                  title=given.title, given=given)  # fmt: skip
    if given.kind == "table":
        for line in own[int(given.caption) :]:
            block.rows.append(_cells(line.passage))
            ledger.rewrite([at for at, char in zip(line.passage.offsets, line.text, strict=True)
                            if char in (HOLDER, "\t")], "|")  # fmt: skip
    return block


def _cells(row: Passage) -> list[Passage]:
    """Cells of a row: it stands between signs that hold its place, and tabs between its cells."""
    ends = [at for at, char in enumerate(row.text) if char == "\t"]
    bounds = [0, *ends, len(row.text) - 1]
    return [row.cut(start + 1, end).stripped() for start, end in pairwise(bounds)]


def known_segment(block: Block, given: Given, lang: Lang) -> ArticleSegment:
    """The segment of a block, without an id."""
    passage = block.lines[0].passage
    inner = passage.cut(given.lead, len(passage.text)).stripped()
    match given.kind:
        case "table":
            caption = inner if given.caption else passage.cut(0, 0)
            return ArticleSegment("", lang, "table", caption, rows=block.rows)
        case "figure":
            return ArticleSegment("", lang, "figure", inner, picture=given.picture)
        case "code":
            file, first = passage.file, block.lines[0].number
            rows = range(first, first + given.rows)
            lines = tuple(SourceFile.line_text(file, row) for row in rows)
            start = file.starts[rows[0] - 1]
            end = file.starts[rows[-1] - 1] + len(lines[-1])
            seen = tuple(at for at in range(start, end) if not HIDDEN.match(file.text[at]))
            whole = Passage(file, "".join(file.text[at] for at in seen), seen)
            lines = tuple(HIDDEN.sub("", line) for line in lines)
            return ArticleSegment("", lang, "code", whole, lines=lines)
        case "item":
            return ArticleSegment("", lang, "item", inner, mark=given.mark, depth=given.level)
        case _:
            return ArticleSegment("", lang, given.kind, inner)
