"""Numbers as they are printed: of notes, in every way that a layer may number them, and of pages
of the front matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

# Of a layer: ① · 〔一〕/[1] · a · 12, the number of the line that the note is on, without a mark in
# the text.
Numbering: TypeAlias = Literal["circled", "bracketed", "letter", "line"]
# arabic, 1: of the author's own footnotes; rounded, 〔一〕/(1): bracketed where citations have [1]
NoteNumbering: TypeAlias = Numbering | Literal["arabic", "rounded"]
# Among which notes a number is given once: all of an opening, the same note with the same number
# on both of its sides; those of one language on one page; those of a section; all.
Count: TypeAlias = Literal["opening", "page", "section", "book"]

_CIRCLED = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
_DIGITS = "〇一二三四五六七八九"
_GAP = 0.4  # em from the number of a note to its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How one numbering looks in one language. ``mark``: width of a mark in the text, in em of
    the text; ``label``: width of the number before the note, in em of the note."""

    sign: Callable[[int], str]
    mark: float
    label: float


def form(numbering: NoteNumbering, lang: Literal["zh", "en"]) -> Form:
    """The form of a numbering in a language."""
    match numbering:
        case "circled":
            return Form(sign=circled, mark=0.78, label=1.0 + _GAP)
        case "bracketed":
            if lang == "zh":  # brackets take half their width
                return Form(sign=lambda n: f"〔{chinese(n)}〕", mark=1.45, label=2.0 + _GAP)
            return Form(sign=lambda n: f"[{n}]", mark=0.95, label=1.2 + _GAP)
        case "rounded":
            if lang == "zh":
                return form("bracketed", lang)
            return Form(sign=lambda n: f"({n})", mark=0.95, label=1.2 + _GAP)
        case "letter":
            return Form(sign=letters, mark=0.5, label=0.6 + _GAP)
        case "arabic":
            return Form(sign=str, mark=0.62, label=1.0 + _GAP)
        case "line":  # how wide its numbers are, the counting of lines tells
            return Form(sign=str, mark=0.0, label=_GAP)
        case _:
            assert_never(numbering)


def circled(number: int) -> str:
    """① … ㊿, (51) above."""
    for first, last, start in _CIRCLED:
        if first <= number <= last:
            return chr(start + number - first)
    return f"({number})"


def chinese(number: int) -> str:
    """1–99 in Chinese numerals, digit by digit above."""
    if number > 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def letters(number: int) -> str:
    """a … z, aa, ab …"""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("a") + rest) + out
    return out


def roman(number: int) -> str:
    """1 → i, 4 → iv; up to some hundreds."""
    out = ""
    for value, sign in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
                        (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        while number >= value:
            out += sign
            number -= value
    return out


def counted(count: int, noun: str) -> str:
    """``1 remark``, ``2 remarks``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
