"""What a box is written from: the text of its inlines, flat, with the commands between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from edition.model import LineBreak, Mark, Milestone, Ruby


@dataclass(frozen=True, slots=True)
class Open:
    """A command and the brace that opens its argument."""

    tex: str


@dataclass(frozen=True, slots=True)
class Close:
    """The brace that closes it, or TeX that prints nothing by itself."""

    tex: str


@dataclass(frozen=True, slots=True)
class MarginPoint(Close):
    """TeX that prints nothing and parts what stands beside it: a place that the margin names."""


@dataclass(frozen=True, slots=True)
class Spot(MarginPoint):
    """The place of a note without a mark. ``tex``: what stands before it."""

    note: str


@dataclass(frozen=True, slots=True)
class PartingOpen(Open):
    """A command behind which xeCJK no longer sees what stood before: the point of a link, code."""


@dataclass(frozen=True, slots=True)
class PartingClose(Close):
    """Its end, behind which it sees as little."""


@dataclass(frozen=True, slots=True)
class Glue(Close):
    """The glue between two characters of a name, at which a line may end."""


@dataclass(frozen=True, slots=True)
class WordBox:
    """``text`` of a name, set by ``tex`` as one box with its line: a word of Latin, a mark, a
    character with its reading. ``first`` and ``last`` of its name."""

    text: str
    tex: str
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Alone(Close):
    """What stands behind a name of one character (``tex``), whose line keeps xeCJK from seeing
    it."""


@dataclass(frozen=True, slots=True)
class Boxed:
    """Characters that are set as one box: a dash, an ellipsis, the dot of a name."""

    text: str


Token: TypeAlias = str | Open | Close | Boxed | WordBox | Mark | Ruby | LineBreak | Milestone


def next_character(tokens: list[Token], index: int) -> str:
    """The character that follows a token; empty where none does, or a note mark."""
    for token in tokens[index + 1 :]:
        if isinstance(token, str) and token:
            return token[0]
        if isinstance(token, Boxed | WordBox):
            return token.text[0]
        if isinstance(token, Ruby):
            return token.base[:1]
        if isinstance(token, Mark | LineBreak):
            return ""
    return ""


def previous_character(tokens: list[Token], index: int) -> str:
    """The character before a token; empty where there is none, or something else stands there."""
    for token in reversed(tokens[:index]):
        if isinstance(token, str) and token:
            return token[-1]
        if isinstance(token, Boxed | WordBox):
            return token.text[-1]
        if not isinstance(token, Open | Close):
            return ""
    return ""
