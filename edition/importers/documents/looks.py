"""Headings by their look, where a document has none by its styles; captions of tables and figures.

What readers of several formats know of a paragraph's look comes here as :class:`Looked`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edition.importers import lines as looks
from edition.importers.documents.model import (
    Block,
    CodeBlock,
    Figure,
    Heading,
    Inlines,
    Paragraph,
    TableBlock,
)
from edition.importers.documents.tidy import plain, words

_ENDED = re.compile(r"[。．.；;，,：:！!？?、…”’」』）)]$")
_LONG = 90  # width from which a paragraph is one of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A block and how it looks: ``size`` of its letters in any unit, ``bold`` throughout."""

    block: Block
    size: float = 0
    bold: bool = False
    centred: bool = False
    caption: bool = False  # by its style


def headed(blocks: Sequence[Looked]) -> tuple[Block, ...]:
    """The blocks, short lines in larger or bold letters as headings where no others are."""
    styled = sum(isinstance(one.block, Heading) and not one.block.title for one in blocks)
    titled = any(isinstance(one.block, Heading) and one.block.title for one in blocks)
    made = list(blocks)
    usual = _usual(blocks)
    if not titled:
        made = _titled(made, usual)
    if not styled:
        made = _levelled(made, usual)
    return _captioned(made)


def _usual(blocks: Sequence[Looked]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for one in blocks:
        if isinstance(one.block, Paragraph):
            sizes[one.size] += len(words(one.block.inlines))
    return sizes.most_common(1)[0][0] if sizes else 0


def _shown(one: Looked) -> str:
    return words(one.block.inlines).strip() if isinstance(one.block, Paragraph) else ""


def _titled(blocks: list[Looked], usual: float) -> list[Looked]:
    """The largest of the first lines is the title, where it is larger than the text."""
    first = [one for one in blocks if not isinstance(one.block, Paragraph) or _shown(one)][:3]
    lines = [one for one in first if 0 < looks.width(_shown(one)) <= _LONG]
    if not lines or not usual:
        return blocks
    best = max(lines, key=lambda one: one.size)
    rivals = [one for one in blocks if one is not best and one.size >= best.size
              and isinstance(one.block, Paragraph)]  # fmt: skip
    alone = best.centred and not any(one.centred or one.size > best.size for one in rivals)
    if best.size <= usual * 1.15 or (rivals and not alone):
        return blocks
    return [replace(one, block=_heading(one, 1, title=True)) if one is best else one
            for one in blocks]  # fmt: skip


def _levelled(blocks: list[Looked], usual: float) -> list[Looked]:
    body = next((at for at, one in enumerate(blocks) if looks.width(_shown(one)) > _LONG), 0)
    standing = {at: one for at, one in enumerate(blocks) if _stands_out(one, usual)}
    below = {(one.size, one.bold) for at, one in standing.items() if at > body}
    found = {
        at for at, one in standing.items()
        if (at > body or (one.size, one.bold) in below or _sure(_shown(one)))
        and not looks.label(_shown(one))
    }  # fmt: skip
    followed = {at for at in found if at + 1 < len(blocks)}
    if len(found) > len(blocks) / 2:  # then it is no sign of anything
        return blocks
    ranks = sorted({(blocks[at].size, blocks[at].bold) for at in followed}, reverse=True)
    levels = {rank: min(number, 4) for number, rank in enumerate(ranks, start=1)}
    return [
        replace(one, block=_heading(one, levels[one.size, one.bold])) if at in followed else one
        for at, one in enumerate(blocks)
    ]


def _sure(text: str) -> bool:
    return bool(looks.KNOWN.match(text) or looks.numbered(text))


def _stands_out(one: Looked, usual: float) -> bool:
    text = _shown(one)
    if not text or looks.width(text) > 80 or one.caption or looks.CAPTION.match(text):
        return False
    larger = bool(usual) and one.size > usual * 1.08
    return (larger or (one.bold and one.size >= usual)) and not _ENDED.search(text)


def _heading(one: Looked, level: int, *, title: bool = False) -> Heading:
    assert isinstance(one.block, Paragraph)
    return Heading(level=level, inlines=plain(one.block.inlines), title=title,
                   place=one.block.place)  # fmt: skip


def subtitled(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Subtitles put to the title; a second title that cannot be one is a paragraph."""
    out: list[Block] = []
    for one in blocks:
        last = out[-1] if out else None
        if not (isinstance(one, Heading) and one.title and out):
            out.append(one)
        elif isinstance(last, Heading) and last.title and not last.subtitle:
            out[-1] = replace(last, subtitle=one.inlines)
        else:
            out.append(Paragraph(inlines=one.inlines, place=one.place))
    return tuple(out)


def joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Lines of code that follow each other as one block."""
    out: list[Block] = []
    for one in blocks:
        last = out[-1] if out else None
        if isinstance(one, CodeBlock) and isinstance(last, CodeBlock):
            out[-1] = replace(last, lines=(*last.lines, *one.lines))
        else:
            out.append(one)
    return tuple(out)


def _captioned(blocks: Sequence[Looked]) -> tuple[Block, ...]:
    """Captions put to the table below or the figure above them."""
    out: list[Block] = []
    waiting: Looked | None = None
    for one in blocks:
        block = one.block
        if waiting is not None:
            if isinstance(block, TableBlock | Figure) and not block.caption:
                block = replace(block, caption=_inlines(waiting))
            else:
                out.append(waiting.block)
            waiting = None
        if isinstance(block, Paragraph) and (what := _captions(one)):
            last = out[-1] if out else None
            if isinstance(last, Figure) and not last.caption and what != "table":
                out[-1] = replace(last, caption=block.inlines)
            else:
                waiting = one
            continue
        out.append(block)
    if waiting is not None:
        out.append(waiting.block)
    return tuple(out)


def _inlines(one: Looked) -> Inlines:
    return one.block.inlines if isinstance(one.block, Paragraph) else ()


def _captions(one: Looked) -> str:
    """What a paragraph is the caption of: "table", "figure", "any" or ""."""
    text = _shown(one)
    found = looks.CAPTION.match(text)
    if one.caption and not found:
        return "any"
    if not found or looks.width(text) > 160 or re.search(r"[。；;]$", text):
        return ""
    if not (one.caption or one.centred or found["sep"] or found["open"]
            or re.match(r"^\S+?\s*[\d一二三四五六七八九十]+\s+\S", text)):  # fmt: skip
        return ""
    return "table" if found["what"].lower() in ("表", "표", "table") else "figure"
