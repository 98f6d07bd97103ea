"""Words that run from right to left across what stands between them in a line: a note mark, an
emphasis, a place where a line may end. Within one piece of text :mod:`edition.latex.escape` turns
them itself."""

from __future__ import annotations

from typing import assert_never

from edition.latex.alternates import right_to_left
from edition.latex.tokens import Boxed, Close, Open, Token, WordBox
from edition.model import LineBreak, Mark, Milestone, Ruby

_WALL = "x"  # runs from left to right: nothing is turned across it


class Turned(str):
    """Text among words that run from right to left."""

    __slots__ = ()


def turned(tokens: list[Token]) -> list[Token]:
    """The tokens with the ends marked of each run from right to left that takes several."""
    places: list[tuple[int, str]] = []  # where each token begins, and its text
    at = 0
    for token in tokens:
        text = _text(token)
        places.append((at, text))
        at += len(text)
    runs = list(right_to_left("".join(text for _, text in places)))
    if not runs:
        return tokens
    out: list[Token] = []
    for token, (start, text) in zip(tokens, places, strict=True):
        out += _parts(token, start, text, runs)
    return out


def _text(token: Token) -> str:
    match token:
        case str():
            return token
        case Boxed():
            return _WALL * len(token.text)
        case Ruby() | LineBreak():
            return _WALL
        case Open() | Close() | WordBox() | Mark() | Milestone():
            return ""
    assert_never(token)


def _parts(token: Token, start: int, text: str, runs: list[tuple[int, int]]) -> list[Token]:
    """A token, cut where a run begins or ends that goes beyond it."""
    if not isinstance(token, str):
        return [token]
    end = start + len(text)
    out: list[Token] = []
    at = start
    for first, last in runs:
        if last <= start or first >= end or (first >= start and last <= end):
            continue
        if first >= start:
            out += [text[at - start : first - start], Close(r"\EDturn{}")]
            at = first
        stop = min(last, end)
        out.append(Turned(text[at - start : stop - start]))
        at = stop
        if last <= end:
            out.append(Close(r"\EDback{}"))
    out.append(text[at - start :])
    return [one for one in out if one != ""]
