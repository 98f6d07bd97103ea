"""Texts as keys for comparing: TeX, case, width, accents, script and punctuation folded away.

A key is compared, never written. Traditional characters fold to simplified ones one by one
(a table derived from OpenCC's), so that 国际 and 國際 meet; that loses distinctions (后/後), which
is why no reading is ever taken from a key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from edition.characters import HAN, IS_HAN

_ACCENT = re.compile(r"\\[`'^\"~=.uvHtcdbkr]\s*\{?\\?([^\W\d_])\}?")
_LETTER = re.compile(r"\\(ss|ae|oe|AE|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s*")
_LETTERS = {
    "ss": "ss",
    "ae": "ae",
    "oe": "oe",
    "AE": "AE",
    "OE": "OE",
    "aa": "a",
    "AA": "A",
    "o": "o",
    "O": "O",
    "l": "l",
    "L": "L",
    "i": "i",
    "j": "j",
}
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*|\\(?=[^\w\s])")
_TOKEN = re.compile(f"[{HAN}]|[^\\W_]+")
_LIGATURES = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "’": "'", "‘": "'"}
)


def data(name: str) -> str:
    """The text of a shipped table."""
    return resources.files("edition.bibliography").joinpath("data", name).read_text("utf-8")


@cache
def _simplified() -> dict[int, str]:
    old, new = data("hans.txt").split()
    return dict(zip(map(ord, old), new, strict=True))


def simplified(text: str) -> str:
    """``text`` with each character in its simplified form; for comparing only."""
    return text if text.isascii() else text.translate(_simplified())


def untex(text: str) -> str:
    """``text`` without TeX: accents dropped, letters spelt, commands and braces removed."""
    if "\\" in text:
        text = _ACCENT.sub(r"\1", text)
        text = _LETTER.sub(lambda found: _LETTERS[found[1]], text)
        text = _COMMAND.sub("", text)
    return text.replace("{", "").replace("}", "").replace("$", "").replace("~", " ")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Words of ``text`` parted by single spaces: lower case without accents, half width,
    simplified; a Chinese character is a word."""
    text = untex(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", simplified(text)).casefold().translate(_LIGATURES)
        text = "".join(c for c in text if not unicodedata.combining(c))
    else:
        text = text.lower()
    text = text.replace("'s ", "s ").replace("&", " and ")
    return " ".join(_TOKEN.findall(text))


def compact(text: str) -> str:
    """:func:`fold` without spaces."""
    return fold(text).replace(" ", "")


def han_share(text: str) -> float:
    """Share of Chinese characters among the letters of ``text``; 0 where there are none."""
    letters = [c for c in text if c.isalpha()]
    return sum(1 for c in letters if IS_HAN.match(c)) / len(letters) if letters else 0.0
