"""What the kinds of segments ask of layout and proof: one record for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from edition.model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockKind:
    """``prose``: its lines run on and fill the measure. ``counted``: they have numbers. ``sized``:
    its type follows that of paragraphs. ``keeps``: it stays with what follows. ``whole``: no page
    end divides it. ``read``: its lines are read from left to right and from above."""

    prose: bool = False
    counted: bool = False
    sized: bool = False
    keeps: bool = False
    whole: bool = False
    read: bool = True


_PROSE = BlockKind(prose=True, counted=True, sized=True)


def of(kind: Kind) -> BlockKind:
    """The record of a kind."""
    match kind:
        case Kind.PARA | Kind.ITEM | Kind.QUOTE:
            return _PROSE
        case Kind.VERSE:
            return BlockKind(counted=True, sized=True)
        case Kind.CODE | Kind.DEFINITION | Kind.BREAK:
            return BlockKind(sized=True)
        case Kind.TERM:
            return BlockKind(sized=True, keeps=True)
        case Kind.HEADING:
            return BlockKind(keeps=True, whole=True)
        case Kind.TABLE:
            return BlockKind(read=False)
        case Kind.FIGURE:
            return BlockKind(whole=True, read=False)
        case _:
            assert_never(kind)
