"""Lines below names and titles: what stands between the tokens of a name so that each of its
characters has a piece of the line.

An ideograph stays text, and the piece below it is drawn from the glue before or behind it: so the
neighbours of a name are set as they would be without a line. All else in a name is a box with its
own piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from edition.latex import breaks
from edition.latex.joints import is_ideograph
from edition.latex.tokens import Alone, Close, Glue, Token, WordBox
from edition.model import Mark, Ruby

_WORD = re.compile(r"[^\W\u2e80-\U0010ffff](?:[\w'’.&-]*[^\W\u2e80-\U0010ffff])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class NameLine:
    """A part of a name. ``kind``: n of a name, t of a title; ``before``: the character of the name
    that stands before the part; ``ends``: whether the name ends with it."""

    kind: str
    before: str
    ends: bool
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Setters:
    """How what is in a name is set: text as TeX, readings syllable by syllable, and how wide the
    mark of a note is."""

    text: Callable[[str], str]
    syllables: Callable[[Ruby], Sequence[tuple[str, str]]]  # (base, TeX)
    mark_width: Callable[[str], str]


def lined(tokens: Sequence[Token], line: NameLine, setters: Setters) -> list[Token]:
    """The tokens of a part of a name with its line."""
    pieces = list(_pieces(tokens, setters))
    places = [at for at, one in enumerate(pieces) if isinstance(one, str | WordBox)]
    out: list[Token] = []
    before, whole, noted = line.before, not line.before, line.noted
    for at, piece in enumerate(pieces):
        if not isinstance(piece, str | WordBox):
            if isinstance(piece, Mark) and before and not (line.ends and at > places[-1]):
                bar = rf"\EDlinebar{{{line.kind}}}{{{setters.mark_width(piece.note)}}}"
                out.append(Close(bar))
                noted = True
            out.append(piece)
            continue
        here = piece if isinstance(piece, str) else piece.text
        first, last = whole and at == places[0], line.ends and at == places[-1]
        inset = f"{{{line.kind}}}{{{int(first)}}}{{{int(last)}}}"
        if not first and not noted:  # behind the mark of a note there is glue
            out += _joint(before, here[0], line.kind)
        if isinstance(piece, WordBox):
            out.append(WordBox(here, rf"\EDlinebox{inset}{{{piece.tex}}}", first, last))
        elif first:  # drawn from behind it: nothing comes between it and what stands before
            alone = len(places) == 1
            out += [piece, Close(rf"\EDlineback{{{line.kind}}}{{1}}{{{int(last)}}}")]
            if alone and last:
                out.append(Alone(piece))
        else:
            out += [Close(rf"\EDlineon{inset}"), piece]
        before, noted = here[-1], False
    return out


def _joint(before: str, here: str, kind: str) -> Iterator[Token]:
    """Between two characters of a name."""
    if breaks.allowed(before, here) is False:
        yield Close(r"\nobreak{}")
    elif before == " ":
        yield Glue(rf"\EDlinespace{{{kind}}}")
    elif is_ideograph(before) and is_ideograph(here):
        yield Glue(rf"\EDlineglue{{{kind}}}")
    elif (is_ideograph(before) and here.isalnum()) or (before.isalnum() and is_ideograph(here)):
        yield Glue(rf"\EDlinegap{{{kind}}}")
    else:
        yield Glue(rf"\EDlineglue{{{kind}}}")


def _pieces(tokens: Sequence[Token], setters: Setters) -> Iterator[Token]:
    """The tokens in pieces: each ideograph as text, all else that is drawn as a cell."""
    for token in tokens:
        if isinstance(token, Ruby):
            yield from (WordBox(base, tex) for base, tex in setters.syllables(token))
        elif isinstance(token, str):
            yield from _cells(token, setters)
        else:
            yield token


def _cells(text: str, setters: Setters) -> Iterator[Token]:
    at = 0
    while at < len(text):
        if is_ideograph(text[at]):
            yield text[at]
            at += 1
            continue
        word = _WORD.match(text, at)
        end = word.end() if word else at + 1
        if not text[at:end].isspace():
            space = " " if text[end : end + 1].isspace() else ""
            yield WordBox(text[at:end] + space, setters.text(text[at:end]))
        at = end
