"""Families that stand in for what the fonts of an edition lack, where they are installed, and the
Debian packages that have them. Small packages come first; none is needed to build."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A family that may stand in. ``name`` is what TeX calls it; ``late``: after the Latin
    letters of the Chinese font, whose shapes go better with the text."""

    name: str
    family: str
    late: bool = True
    han: bool = False


KNOWN = (
    Known("A", "Gentium Plus", late=False),  # Latin of every language, IPA, Greek, Cyrillic
    Known("B", "Charis SIL", late=False),
    Known("C", "Gentium", late=False),
    Known("D", "Noto Serif", late=False),
    Known("E", "DejaVu Serif"),
    Known("F", "Ezra SIL"),
    Known("G", "Noto Serif Hebrew"),
    Known("H", "Amiri"),
    Known("I", "Noto Naskh Arabic"),
    Known("J", "Lohit Devanagari"),
    Known("K", "Noto Serif Devanagari"),
    Known("L", "DDC Uchen"),
    Known("M", "Tibetan Machine Uni"),
    Known("N", "Noto Serif Tibetan"),
    *(Known(f"O{chr(65 + at)}", f"Noto Serif {name}") for at, name in enumerate((
        "Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Kannada", "Khmer",
        "Lao", "Malayalam", "Myanmar", "Sinhala", "Tamil", "Telugu", "Thai",
    ))),
    Known("PA", "Noto Sans Mongolian"),
    Known("PB", "Noto Sans Syriac"),
    Known("Q", "DejaVu Sans"),
    Known("R", "Symbola"),
    Known("S", "Noto Sans Symbols"),
    Known("T", "Noto Sans Symbols2"),
    Known("U", "BabelStone Han", han=True),
    Known("V", "HanaMinA", han=True),
    Known("W", "HanaMinB", han=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Characters that an editor would call by one name, and the package of a font that has them;
    empty where none of Debian has."""

    name: str
    package: str = ""


_HANA, _BABEL, _NOTO = "fonts-hanazono", "fonts-babelstone-han", "fonts-noto-core"
_BLOCKS: tuple[tuple[int, int, Group], ...] = (
    (0x0250, 0x02FF, Group("phonetic letters", "fonts-sil-gentiumplus")),
    (0x0300, 0x036F, Group("combining accents", "fonts-sil-gentiumplus")),
    (0x0370, 0x03FF, Group("Greek", "fonts-sil-gentiumplus")),
    (0x0400, 0x052F, Group("Cyrillic", "fonts-sil-gentiumplus")),
    (0x0590, 0x05FF, Group("Hebrew", "fonts-sil-ezra")),
    (0x0600, 0x06FF, Group("Arabic", "fonts-hosny-amiri")),
    (0x0700, 0x074F, Group("Syriac", "fonts-noto-core")),
    (0x0750, 0x077F, Group("Arabic", "fonts-hosny-amiri")),
    (0x0900, 0x097F, Group("Devanagari", "fonts-lohit-deva")),
    (0x0F00, 0x0FFF, Group("Tibetan", "fonts-ddc-uchen")),
    (0x1800, 0x18AF, Group("Mongolian", _NOTO)),
    (0x1D00, 0x1DBF, Group("phonetic letters", "fonts-sil-gentiumplus")),
    (0x1DC0, 0x1DFF, Group("combining accents", "fonts-sil-gentiumplus")),
    (0x1E00, 0x1EFF, Group("Latin letters with accents", "fonts-sil-gentiumplus")),
    (0x1F00, 0x1FFF, Group("Greek", "fonts-sil-gentiumplus")),
    (0x2000, 0x2BFF, Group("signs", "fonts-symbola")),
    (0x4DC0, 0x4DFF, Group("hexagrams", "fonts-symbola")),
    (0xE000, 0xF8FF, Group("private use")),
    (0xFB1D, 0xFB4F, Group("Hebrew", "fonts-sil-ezra")),
    (0xFB50, 0xFDFF, Group("Arabic", "fonts-hosny-amiri")),
    (0xFE70, 0xFEFE, Group("Arabic", "fonts-hosny-amiri")),
    (0x1D100, 0x1D1FF, Group("musical signs", "fonts-symbola")),
    (0x1D400, 0x1D7FF, Group("mathematical letters", "fonts-symbola")),
    (0x1F000, 0x1FAFF, Group("emoji and pictographs", "fonts-symbola")),
    (0x20000, 0x2A6DF, Group("Han, extension B", _HANA)),
    (0x2A700, 0x2B73F, Group("Han, extension C", _HANA)),
    (0x2B740, 0x2B81F, Group("Han, extension D", _BABEL)),
    (0x2B820, 0x2CEAF, Group("Han, extension E", _HANA)),
    (0x2CEB0, 0x2EBEF, Group("Han, extension F", _HANA)),
    (0x2EBF0, 0x2EE5F, Group("Han, extension I")),
    (0x2F800, 0x2FA1F, Group("Han, compatibility forms", _HANA)),
    (0x30000, 0x3134F, Group("Han, extension G", _BABEL)),
    (0x31350, 0x323AF, Group("Han, extension H", _BABEL)),
    (0xF0000, 0x10FFFF, Group("private use")),
)


def group_of(character: str) -> Group:
    """The group of a character: of its block, or else by the script that its name begins with."""
    code = ord(character)
    for first, last, group in _BLOCKS:
        if first <= code <= last:
            return group
    word = unicodedata.name(character, "").split(" ", 1)[0].split("-")[0]
    if not word:
        return Group("characters without a name")
    return Group(word.capitalize(), _NOTO if code < 0x20000 else "")


def grouped(characters: Iterable[str]) -> Mapping[Group, str]:
    """The characters of each group in order, groups in the order of their first."""
    found: dict[Group, str] = {}
    for one in sorted(set(characters)):
        group = group_of(one)
        found[group] = found.get(group, "") + one
    return found
