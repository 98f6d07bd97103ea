"""Text parted into what the font of its side sets and what another one must.

A word is set in one font: where the Latin font lacks a letter of it, the whole word goes to a face
that has all its letters, if one does. Words of scripts that are shaped as a whole (Arabic,
Devanagari, Tibetan …) are boxes; those that run from right to left are put in order together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from edition.latex.faces import UNSEEN, Faces, Spare, is_complex, is_han, script_of

_BRACKETS = "([{<«‹", ")]}>»›"
MIRRORED = str.maketrans("".join(_BRACKETS), _BRACKETS[1] + _BRACKETS[0])


class How(Enum):
    """How a piece of text is set."""

    OWN = "by the font of its side"
    BORROWED = "by the Chinese font, among Latin letters"
    LETTERS = "by a spare face, as letters"
    SIGN = "by a spare face, in a box of the height of the line"
    WORD = "by a spare face, in such a box, shaped as a whole"
    HAN = "by a spare Chinese face"
    TOLD = "by the font of its side, which says another character: the right one is told"


@dataclass(frozen=True, slots=True)
class FacePiece:
    """``text[start:end]`` of a text. ``face`` is the name of a spare face, where one sets it,
    and for a word that of its script after it."""

    start: int
    end: int
    how: How = How.OWN
    face: str = ""


_LATIN = re.compile(r"[A-Za-z\u00aa-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff]")


def pieces(text: str, faces: Faces) -> Iterator[FacePiece]:
    """The pieces of ``text`` in order, without gaps; those set alike and together are one."""
    last: FacePiece | None = None
    for piece in _pieces(text, faces):
        joins = last and (last.how, last.face) == (piece.how, piece.face)
        if last and joins and piece.how not in (How.WORD, How.SIGN, How.TOLD):
            last = FacePiece(last.start, piece.end, piece.how, piece.face)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


# all blocks with letters that run from right to left (Unicode, bidirectional classes R and AL)
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def right_to_left(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a line of text that run from right to left: from a letter that does to the
    last such letter with none between that runs the other way (rules W and N of the Unicode
    bidirectional algorithm, UAX 9, at one level: what stands around is from left to right)."""
    if not RIGHT_TO_LEFT.search(text):
        return
    start = end = -1
    for index, one in enumerate(text):
        runs = unicodedata.bidirectional(one)
        if runs in ("R", "AL"):
            start = index if start < 0 else start
            end = index + 1
        elif start >= 0 and (runs in ("EN", "AN") or (index == end and _belongs(one))):
            end = index + 1  # a figure belongs to the words before it
        elif runs == "L" and start >= 0:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end


def _belongs(one: str) -> bool:
    return bool(unicodedata.combining(one)) or one in UNSEEN


def _pieces(text: str, faces: Faces) -> Iterator[FacePiece]:
    at = 0
    while at < len(text):
        one = text[at]
        if is_complex(one):
            end = _complex_end(text, at)
            yield from _complex(text, at, end, faces)
        elif is_han(one) or one in faces.twins:
            end = _cluster_end(text, at)
            yield _han(text, at, end, faces)
        elif one.isspace() or one in UNSEEN:
            end = at + 1
            yield FacePiece(at, end)
        elif _is_letter(one):
            end = at + 1
            while end < len(text) and _goes_on(text[end], faces):
                end += 1
            yield from _word(text, at, end, faces)
        else:
            end = _cluster_end(text, at)
            yield _sign(text, at, end, faces)
        at = end


def _is_letter(one: str) -> bool:
    return unicodedata.category(one)[0] in "LM"


def _goes_on(one: str, faces: Faces) -> bool:
    """Whether a word of letters goes on with the character."""
    if is_han(one) or is_complex(one) or one in faces.twins:
        return False
    return _is_letter(one) or one in "\u200c\u200d" or unicodedata.category(one) == "Sk"


def _cluster_end(text: str, at: int) -> int:
    """End of a character with the marks and selectors that follow it."""
    end = at + 1
    while end < len(text) and (unicodedata.combining(text[end]) or text[end] in UNSEEN):
        joined = text[end] == "\u200d" and end + 1 < len(text)
        end += 2 if joined and unicodedata.category(text[end + 1]) == "So" else 1
    return end


# --- scripts that are shaped as a whole -----------------------------------------------------


def _complex_end(text: str, at: int) -> int:
    """End of a word that begins with such a letter: with figures and points inside it."""
    end = look = at + 1
    while look < len(text):
        one = text[look]
        if is_complex(one) or one in UNSEEN or unicodedata.combining(one):
            end = look + 1
        elif one.isspace() or is_han(one) or _is_letter(one):
            break
        look += 1
    return end


_TSHEG = "\u0f0b"  # ends a syllable of Tibetan


def _complex(text: str, start: int, end: int, faces: Faces) -> Iterator[FacePiece]:
    """A word, in one face where one has all of it, else its letters in one and the rest alone."""
    if spare := _covering(text[start:end], faces.spares):
        yield from _syllables(text, start, end, spare)
        return
    while start < end:
        stop = start + 1
        if is_complex(text[start]):
            while stop < end and (is_complex(text[stop]) or text[stop] in UNSEEN):
                stop += 1
        spare = _covering(text[start:stop], faces.spares)
        if spare is None and stop > start + 1:
            stop = start + 1
            spare = _covering(text[start], faces.spares)
        if not is_complex(text[start]):
            yield _sign(text, start, stop, faces)
        elif spare:
            yield from _syllables(text, start, stop, spare)
        else:
            yield FacePiece(start, stop)
        start = stop


def _syllables(text: str, start: int, end: int, spare: Spare) -> Iterator[FacePiece]:
    """Tibetan has no spaces between words: a line may end after the mark of a syllable."""
    script = script_of(text[start:end])
    first = start
    for at in range(start, end - 1):
        if text[at] == _TSHEG:
            yield FacePiece(first, at + 1, How.WORD, spare.name + script)
            first = at + 1
    yield FacePiece(first, end, How.WORD, spare.name + script)


# --- Han, letters, signs --------------------------------------------------------------------


def _han(text: str, start: int, end: int, faces: Faces) -> FacePiece:
    one = text[start]
    if one in faces.twins:
        twin = faces.twins[one]
        if twin is None:
            return FacePiece(start, end, How.TOLD)
        # what is not Chinese to xeCJK takes its font from the Latin side
        how = How.HAN if twin.han and is_set_as_han(one) else How.SIGN
        return FacePiece(start, end, how, twin.name)
    if ord(one) in faces.han:
        return FacePiece(start, end)
    for spare in faces.spares:
        if spare.offers(ord(one)):
            return FacePiece(start, end, How.HAN if spare.han else How.SIGN, spare.name)
    return FacePiece(start, end)


def sets(piece: FacePiece, one: str, faces: Faces) -> bool:
    """Whether the font of a piece has a character of it: that of a sign may lack the mark above
    it."""
    code = ord(one)
    match piece.how:
        case How.OWN:
            return code in (faces.han if is_han(one) else faces.latin)
        case How.BORROWED:
            return code in faces.han
        case How.TOLD:
            return one in faces.twins or code in faces.latin or code in faces.han
        case How.SIGN | How.HAN:
            spare = next((each for each in faces.others if each.name == piece.face), None)
            return one in faces.twins or spare is None or code in spare.has
        case How.LETTERS | How.WORD:  # given to a face that has them all
            return True


def is_set_as_han(character: str) -> bool:
    """Whether xeCJK sets the character in the Chinese font in Chinese text."""
    return is_han(character) or character in "·–—‘’“”…‧⋯"


def _word(text: str, start: int, end: int, faces: Faces) -> Iterator[FacePiece]:
    chosen = _face_of(text[start:end], faces)
    if chosen is not None:
        yield FacePiece(start, end, *chosen)
        return
    while start < end:  # no face has all its letters
        stop = min(end, _cluster_end(text, start))
        yield FacePiece(start, stop, *(_face_of(text[start:stop], faces) or (How.OWN, "")))
        start = stop


def _face_of(word: str, faces: Faces) -> tuple[How, str] | None:
    """What sets a word of letters; None where no face has them all."""
    codes = [ord(one) for one in word if one not in UNSEEN]
    if all(code in faces.latin for code in codes):
        return How.OWN, ""
    early = [spare for spare in faces.spares if not spare.late and not spare.han]
    late = [spare for spare in faces.spares if spare.late and not spare.han]
    if spare := _covering(word, early):
        return How.LETTERS, spare.name
    chinese = all(code in faces.han for code in codes)
    if chinese and _LATIN.match(word):
        return How.BORROWED, ""
    if spare := _covering(word, late):
        return How.LETTERS, spare.name
    return (How.BORROWED, "") if chinese else None


def _sign(text: str, start: int, end: int, faces: Faces) -> FacePiece:
    code = ord(text[start])
    if code in faces.latin:
        return FacePiece(start, end)
    spares = [one for one in faces.spares if not one.han]
    for spare in (one for one in spares if one.chosen):
        if spare.offers(code):
            return FacePiece(start, end, How.SIGN, spare.name)
    if code in faces.han:
        return FacePiece(start, end, How.BORROWED)
    others = (*spares, *(one for one in faces.spares if one.han))
    if other := _covering(text[start:end], others) or _covering(text[start], others):
        return FacePiece(start, end, How.SIGN, other.name)
    return FacePiece(start, end)


def _covering(word: str, spares: Sequence[Spare]) -> Spare | None:
    """The first face that has all characters of a word that print something."""
    codes = [ord(one) for one in word if one not in UNSEEN]
    return next((one for one in spares if all(one.offers(code) for code in codes)), None)
