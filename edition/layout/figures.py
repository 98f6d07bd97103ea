"""Pictures: each prints once, with the captions of both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from edition.layout import widths
from edition.layout.types import Box, Layout
from edition.model import plain


def once(boxes: Sequence[Box], layout: Layout) -> list[Box]:
    """The boxes of one figure. A picture that both sides name stands on the first of them, and the
    other has its caption: below it where both are set across the columns, else facing it. A side
    that then has nothing to print has no box."""
    seen: set[str] = set()
    made: list[Box] = []
    for box in boxes:
        path = box.segment.figure if box.segment else ""
        if path and path in seen:
            if plain(box.inlines).strip():
                made.append(replace(box, bare=True))
            continue
        seen.add(path)
        made.append(box)
    across = not layout.geometry.facing and all(
        box.width > layout.geometry.text_width - 1 for box in made
    )
    reserve = [_caption(box, layout) for box in made]
    return [
        replace(box, reserve=sum(reserve) if across else own)
        for box, own in zip(made, reserve, strict=True)
    ]


def _caption(box: Box, layout: Layout) -> float:
    """Points that the caption of a figure takes, a little more rather than less."""
    style = layout.styles[box.style]
    lines = widths.lines(plain(box.inlines), style.size * 1.05, box.width * 0.9)
    return (lines + 1.5) * style.leading + style.above * layout.geometry.grid if lines else 0.0
