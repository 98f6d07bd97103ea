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
class SpareGroup:
    """Characters that an editor would call by one name, and the package of a font that has them;
    empty where none of Debian has."""

    name: str
    package: str = ""


_HANA, _BABEL, _NOTO = "fonts-hanazono", "fonts-babelstone-han", "fonts-noto-core"
_BLOCKS: tuple[tuple[int, int, SpareGroup], ...] = (
    (0x0250, 0x02FF, SpareGroup("phonetic letters", "fonts-sil-gentiumplus")),
    (0x0300, 0x036F, SpareGroup("combining accents", "fonts-sil-gentiumplus")),
    (0x0370, 0x03FF, SpareGroup("Greek", "fonts-sil-gentiumplus")),
    (0x0400, 0x052F, SpareGroup("Cyrillic", "fonts-sil-gentiumplus")),
    (0x0590, 0x05FF, SpareGroup("Hebrew", "fonts-sil-ezra")),
    (0x0600, 0x06FF, SpareGroup("Arabic", "fonts-hosny-amiri")),
    (0x0700, 0x074F, SpareGroup("Syriac", "fonts-noto-core")),
    (0x0750, 0x077F, SpareGroup("Arabic", "fonts-hosny-amiri")),
    (0x0900, 0x097F, SpareGroup("Devanagari", "fonts-lohit-deva")),
    (0x0F00, 0x0FFF, SpareGroup("Tibetan", "fonts-ddc-uchen")),
    (0x1800, 0x18AF, SpareGroup("Mongolian", _NOTO)),
    (0x1D00, 0x1DBF, SpareGroup("phonetic letters", "fonts-sil-gentiumplus")),
    (0x1DC0, 0x1DFF, SpareGroup("combining accents", "fonts-sil-gentiumplus")),
    (0x1E00, 0x1EFF, SpareGroup("Latin letters with accents", "fonts-sil-gentiumplus")),
    (0x1F00, 0x1FFF, SpareGroup("Greek", "fonts-sil-gentiumplus")),
    (0x2000, 0x2BFF, SpareGroup("signs", "fonts-symbola")),
    (0x4DC0, 0x4DFF, SpareGroup("hexagrams", "fonts-symbola")),
    (0xE000, 0xF8FF, SpareGroup("private use")),
    (0xFB1D, 0xFB4F, SpareGroup("Hebrew", "fonts-sil-ezra")),
    (0xFB50, 0xFDFF, SpareGroup("Arabic", "fonts-hosny-amiri")),
    (0xFE70, 0xFEFE, SpareGroup("Arabic", "fonts-hosny-amiri")),
    (0x1D100, 0x1D1FF, SpareGroup("musical signs", "fonts-symbola")),
    (0x1D400, 0x1D7FF, SpareGroup("mathematical letters", "fonts-symbola")),
    (0x1F000, 0x1FAFF, SpareGroup("emoji and pictographs", "fonts-symbola")),
    (0x20000, 0x2A6DF, SpareGroup("Han, extension B", _HANA)),
    (0x2A700, 0x2B73F, SpareGroup("Han, extension C", _HANA)),
    (0x2B740, 0x2B81F, SpareGroup("Han, extension D", _BABEL)),
    (0x2B820, 0x2CEAF, SpareGroup("Han, extension E", _HANA)),
    (0x2CEB0, 0x2EBEF, SpareGroup("Han, extension F", _HANA)),
    (0x2EBF0, 0x2EE5F, SpareGroup("Han, extension I")),
    (0x2F800, 0x2FA1F, SpareGroup("Han, compatibility forms", _HANA)),
    (0x30000, 0x3134F, SpareGroup("Han, extension G", _BABEL)),
    (0x31350, 0x323AF, SpareGroup("Han, extension H", _BABEL)),
    (0xF0000, 0x10FFFF, SpareGroup("private use")),
)


def group_of(character: str) -> SpareGroup:
    """The group of a character: of its block, or else by the script that its name begins with."""
    code = ord(character)
    for first, last, group in _BLOCKS:
        if first <= code <= last:
            return group
    word = unicodedata.name(character, "").split(" ", 1)[0].split("-")[0]
    if not word:
        return SpareGroup("characters without a name")
    return SpareGroup(word.capitalize(), _NOTO if code < 0x20000 else "")


def grouped(characters: Iterable[str]) -> Mapping[SpareGroup, str]:
    """The characters of each group in order, groups in the order of their first."""
    found: dict[SpareGroup, str] = {}
    for one in sorted(set(characters)):
        group = group_of(one)
        found[group] = found.get(group, "") + one
    return found
