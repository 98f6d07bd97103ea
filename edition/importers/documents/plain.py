"""Plain text whose lines are paragraphs, as Word saves it: no blank lines, and no line that goes
on with the one before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from edition.importers import lines as looks
from edition.importers.decoding import Decoded
from edition.importers.documents.model import (
    Block,
    Document,
    Drop,
    Heading,
    Inlines,
    Paragraph,
    TableBlock,
    TextRun,
    Verse,
)
from edition.importers.documents.spaced import ROWS, Spaced, spaced
from edition.importers.documents.verse import regular
from edition.readers.passage import is_wide

_WIDE = 130  # columns that no text is wrapped at
_ENDED = re.compile(r"[。！？!?.…；;：:][”’」』）)\]》〉]*$")
_SPOKEN = re.compile(r"^[“「『\"—]")


def lined(text: str) -> bool:
    """Whether each line of a text is a paragraph."""
    lines = [one.rstrip() for one in text.split("\n")]
    full = [one for one in lines if one.strip()]
    if len(full) < 3 or re.search(
        r"(?m)^(?:#{1,6} |\[\^|```|:::|[^\S\n]*+[-*] )|\t[^\n\t|]*+\|", text
    ):
        return False
    inside = lines[1:-1] if len(lines) > 2 else lines
    if sum(not one.strip() for one in inside) > 0.1 * len(full):
        return False  # blank lines part its paragraphs
    widths = [looks.width(one) for one in full]
    if max(widths) > _WIDE:
        # of wrapped text no line is so wide; every wide one must then be a paragraph
        return sum(bool(_ENDED.search(one)) for one in full if looks.width(one) > _WIDE / 2) >= (
            0.6 * sum(one > _WIDE / 2 for one in widths))  # fmt: skip
    return max(widths) <= 90 and sum(bool(_ENDED.search(one)) for one in full) >= 0.9 * len(full)


def read(decoded: Decoded) -> Document:
    """A document of the lines of a text."""
    text = decoded.file.text
    blocks = tuple(_blocks(text.split("\n")))
    signs = text.count("\n") + sum(count for _, count in decoded.returns)
    dropped = [Drop("\n" * signs, "white space round lines")] if signs else []
    if decoded.bom:
        dropped.append(Drop("\ufeff", "byte order mark", 1))
    tabs = sum(one.count("\t") for one in text.split("\n")) - _tabs(blocks)
    if tabs:
        dropped.append(Drop("\t" * tabs, "tab between cells"))
    return Document(format=decoded.encoding, blocks=blocks, characters=decoded.characters,
                    dropped=tuple(dropped))  # fmt: skip


def paragraphs(decoded: Decoded) -> Document:
    """A text by its paragraphs, headings of Markdown among them: to see whether it holds both
    languages."""
    blocks: list[Block] = []
    pending: list[str] = []
    start = 1
    lines = decoded.file.text.split("\n")
    for number, line in enumerate([*lines, ""], start=1):
        heading = re.match(r"(#{1,6})\s+(?=\S)", line)
        if pending and (heading or not line.strip()):
            blocks.append(Paragraph(inlines=(TextRun(_joined(pending)),), place=start))
            pending = []
        if heading:
            blocks.append(Heading(level=len(heading[1]), inlines=(TextRun(line[heading.end() :]),),
                                  place=number))  # fmt: skip
        elif line.strip():
            start = start if pending else number
            pending.append(line)
    kept = sum(len(one.text) for block in blocks if isinstance(block, Paragraph | Heading)
               for one in block.inlines if isinstance(one, TextRun))  # fmt: skip
    lost = Drop(" " * (decoded.characters - kept), "marks and white space round blocks")
    return Document(format=decoded.encoding, blocks=tuple(blocks), characters=decoded.characters,
                    dropped=(lost,))  # fmt: skip


def _joined(lines: Sequence[str]) -> str:
    """Wrapped lines as one: in Chinese without a space."""
    made = lines[0]
    for line in lines[1:]:
        wide = is_wide(made[-1]) or is_wide(line.lstrip()[0])
        made += line.lstrip() if wide else f" {line.lstrip()}"
    return made


def _tabs(blocks: Sequence[Block]) -> int:
    return sum(one.text.count("\t") for block in blocks if isinstance(block, Paragraph)
               for one in block.inlines if isinstance(one, TextRun)) + sum(
        one.text.count("\t") for block in blocks if isinstance(block, Verse)
        for line in block.lines for one in line if isinstance(one, TextRun))  # fmt: skip


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = short = 0
    while at < len(lines):
        if not lines[at].strip():
            if lines[at]:
                yield Paragraph(inlines=(TextRun(lines[at]),), place=at + 1)
            at += 1
            continue
        end = _run(lines, at, lambda one: "\t" in one.strip())
        if end - at >= 2:
            rows = tuple(tuple((TextRun(cell),) for cell in line.split("\t"))
                         for line in lines[at:end])  # fmt: skip
            yield TableBlock(rows=tuple(rows), place=at + 1)
            at = end
            continue
        near = lines[at : at + ROWS]
        if (table := spaced(near)) is not None:
            yield TableBlock(rows=_drawn(near, table), place=at + 1)
            at += table.lines
            continue
        if short <= at:  # where the short lines end that begin here, or began above
            short = _run(lines, at, lambda one: looks.width(one.strip()) <= 40)
        stanza = _stanza(lines, at, short)
        if stanza:
            yield Verse(
                lines=tuple((TextRun(one),) for one in lines[at : at + stanza]), place=at + 1
            )
            at += stanza
            continue
        yield Paragraph(inlines=(TextRun(lines[at]),), place=at + 1)
        at += 1


def _drawn(lines: Sequence[str], table: Spaced) -> tuple[tuple[Inlines, ...], ...]:
    def drawn(cell: Sequence[tuple[int, int, int]]) -> Inlines:
        return (TextRun(_joined([lines[at][left:right] for at, left, right in cell])),)

    return tuple(tuple(drawn(cell) if cell else () for cell in row) for row in table.rows)


def _run(lines: Sequence[str], at: int, like: Callable[[str], bool]) -> int:
    end = at
    while end < len(lines) and lines[end].strip() and like(lines[end]):
        end += 1
    return end


def _stanza(lines: Sequence[str], at: int, end: int) -> int:
    """How many of the lines from ``at`` on are a stanza: as long as each other, no speech."""
    first = lines[at].strip()
    if end - at < 2 or _SPOKEN.match(first) or looks.numbered(first):
        return 0
    count = 1
    while at + count < end and regular((first, lines[at + count])):
        count += 1
    return count if count >= 3 or (count == 2 and re.search(r"[，。；,]$", first)) else 0
