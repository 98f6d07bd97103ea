"""Numbers in Chinese and in English text, as integers: 一九六八, 十二萬, seventy-six."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = {
    **{char: value for value, char in enumerate("〇一二三四五六七八九")},
    **{char: value for value, char in enumerate("零壹貳參肆伍陸柒捌玖")},
    "○": 0, "兩": 2, "两": 2, "贰": 2, "叁": 3, "陆": 6,
}  # fmt: skip
_TENS = {"十": 10, "百": 100, "千": 1000, "廿": 20, "卅": 30, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_CHINESE = re.compile(f"[{''.join((*_DIGITS, *_TENS, *_MYRIADS))}]+")
_ARABIC = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+")
# possessive, and from the first digit on: each figure is read once
_MARK = re.compile(r"(?<!\d)(\d++(?:\.\d++)?+)\s*+([萬万億亿兆])")
_LONGEST = 40  # signs of a number; a longer run is none
_MOST = 10**15  # that words may come to: thousands of them would take the square of their number

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_DECADES = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "twentieth": 20,
    "twice": 2, "thrice": 3, "fourfold": 4, "double": 2, "both": 2,
}  # fmt: skip
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 10 * value for value, word in enumerate(_DECADES, 2)},
    **{f"{word}th": value for value, word in enumerate(_ONES) if value > 12},
    **_ORDINALS,
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_WORD = re.compile(r"[A-Za-z]+|\d[\d,]*(?:\.\d+)?")


def chinese(text: str) -> frozenset[int]:
    """The numbers of a Chinese text, in figures or in characters."""
    found: set[int] = set()
    for match in _MARK.finditer(text):
        if len(match[1]) <= _LONGEST:
            found.add(round(float(match[1]) * _MYRIADS[match[2]]))
    text = _MARK.sub(" ", text)
    found.update(_figures(text))
    for match in _CHINESE.finditer(text):
        value = _value(match[0]) if len(match[0]) <= _LONGEST else None
        if value is not None:
            found.add(value)
    return frozenset(found)


def _value(run: str) -> int | None:
    """Of characters as they are read (二〇二三) or counted (二千零二十三); None where neither."""
    if all(char in _DIGITS for char in run):
        return int("".join(str(_DIGITS[char]) for char in run))
    total = section = digit = 0
    for char in run:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            unit = _TENS[char]
            section += unit if unit in (20, 30) else (digit or 1) * unit
            digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIADS[char]
            section = digit = 0
    return total + section + digit


def _figures(text: str) -> Iterator[int]:
    for match in _ARABIC.finditer(text):
        run = match[0].replace(",", "").replace("，", "")
        if len(run) <= 15:
            yield int(run)


def english(text: str) -> frozenset[int]:
    """The numbers of an English text, in figures or words; months are numbers too."""
    found = set(_figures(text))
    value: int | None = None
    words = [match[0] for match in _WORD.finditer(text)]
    for word in words:
        low = word.lower()
        if low in _WORDS:
            part = _WORDS[low]
            joins = value is not None and (value % 100 == 0 or (value % 10 == 0 and part < 10))
            if value is not None and not joins:
                found.add(value)
            value = (value or 0) + part if joins else part
        elif low.rstrip("s") in _SCALES:
            value = min((value or 1) * _SCALES[low.rstrip("s")], _MOST)
        elif low == "and" and value is not None and value % 100 == 0:
            continue
        elif word[0].isdecimal() and len(word) <= 15:
            if value is not None:
                found.add(value)
            number = float(word.replace(",", ""))
            value = int(number) if number.is_integer() else None
        else:
            if value is not None:
                found.add(value)
            value = None
            if word in _CAPITALS:
                found.add(_CAPITALS[word])
    if value is not None:
        found.add(value)
    return frozenset(found)


_CAPITALS = {word.capitalize(): number for number, word in enumerate(_MONTHS, 1) if word != "may"}
