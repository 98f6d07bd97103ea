"""Blocks of a note or footnote: paragraphs, items, quotations, stanzas, in one run of inlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from edition.diagnostics import Diagnostic
from edition.model import BlockStart, Inline, Inlines, Kind, Lang, Text
from edition.readers import inline
from edition.readers.blocks import BlockScanner, Line
from edition.readers.codes import TXT006, TXT008
from edition.readers.passage import Passage
from edition.source import SourceFile

_PARAGRAPH_END = re.compile(r"(?<!\\)\n")  # a line end after a backslash is a forced break
_KINDS: dict[Kind, Literal["para", "item", "quote", "verse"]] = {
    Kind.PARA: "para", Kind.ITEM: "item", Kind.QUOTE: "quote", Kind.VERSE: "verse",
}  # fmt: skip


def read(file: SourceFile, lines: Sequence[Line], lang: Lang) -> tuple[Inlines, list[Diagnostic]]:
    """The text of a note from its lines, each with its place in ``file``."""
    scanner = BlockScanner(file, lang, lines)
    blocks = list(scanner.blocks())
    found = scanner.found
    out: list[Inline] = []
    for number, block in enumerate(blocks):
        kind = _KINDS.get(block.kind) if block.kind else None
        here = file.span(block.start, max(block.start, block.passage.at(len(block.passage.text))))
        if kind is None:
            what = block.kind.value if block.kind else "footnote"
            found.append(Diagnostic(code=TXT006, span=here, fact=f"a note holds no {what}",
                                    hint="paragraphs, lists, quotations and verse"))  # fmt: skip
            continue
        if block.attrs.id or block.attrs.classes or block.attrs.keys:
            found.append(Diagnostic(code=TXT008, span=here, fact="a note has no attributes"))
        text, wrong = inline.read(block.passage)
        found += wrong
        if number:
            out.append(BlockStart(kind, here, block.label, block.level))
        elif block.label:  # the first item stands on the line of the note's number
            out.append(Text(f"{block.label} ", file.span(block.start)))
        out += text
    return tuple(out), found


def paragraphs(passage: Passage) -> tuple[Inlines, list[Diagnostic]]:
    """The text of a note whose lines YAML has folded: blank lines part paragraphs, and nothing else
    is left of its lines."""
    out: list[Inline] = []
    found: list[Diagnostic] = []
    starts = [0, *(one.end() for one in _PARAGRAPH_END.finditer(passage.text))]
    for start, end in pairwise((*starts, len(passage.text))):
        piece = passage.cut(start, end).stripped()
        if not piece.text:
            continue
        text, wrong = inline.read(piece)
        found += wrong
        if out:
            out.append(BlockStart("para", piece.span(0, 0)))
        out += text
    return tuple(out), found
