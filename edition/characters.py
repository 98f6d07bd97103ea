"""Which characters are Chinese: one class for the whole program.

``HAN`` and ``EAST_ASIAN`` are insides of brackets of a pattern: ``rf"[{HAN}]{{2,4}}"``. Which
characters a Chinese font sets is another matter (:func:`edition.latex.faces.is_han`).
"""

from __future__ import annotations

import re

# ideographs, extension A, compatibility ideographs, planes 2 and 3 (Unicode 15.1, blocks)
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
EAST_ASIAN = rf"\u3040-\u30ff\uac00-\ud7af{HAN}"  # kana, syllables of Hangul, Han
RESERVED = re.compile("[\ue000-\ue01f]")  # private-use characters that stand for TeX in values
IS_HAN = re.compile(f"[{HAN}]")
_RUNS = re.compile(f"[{HAN}]+")
IS_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")


def is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or IS_HAN.match(character) is not None


def has_han(text: str) -> bool:
    return IS_HAN.search(text) is not None


def count_han(text: str) -> int:
    """How many Han characters are in ``text``."""
    return 0 if text.isascii() else sum(map(len, _RUNS.findall(text)))
