"""Numbers as they are printed: of notes, and of pages of the front matter."""

from __future__ import annotations

_CIRCLED = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
_DIGITS = "〇一二三四五六七八九"


def printed(number: int, numbering: str, lang: str) -> str:
    """``number`` (from 1) as circled ①, bracketed 〔一〕 or [1], letter a, or arabic 1."""
    if numbering == "circled":
        for first, last, start in _CIRCLED:
            if first <= number <= last:
                return chr(start + number - first)
        return f"({number})"
    if numbering == "bracketed":
        return f"〔{chinese(number)}〕" if lang == "zh" else f"[{number}]"
    if numbering == "letter":
        return letters(number)
    return str(number)


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
