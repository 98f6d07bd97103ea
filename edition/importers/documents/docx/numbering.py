"""Numbers that Word counts itself, of lists and headings, as they print."""

from __future__ import annotations

import re

from edition.importers.documents.docx.styles import Numbering, Styles
from edition.importers.documents.xml import Element, attr, child, children
from edition.numerals import chinese, circled, letters, roman

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


def formatted(number: int, form: str) -> str:
    """A number as the format of numbering.xml writes it."""
    match form:
        case "upperRoman":
            return roman(number).upper()
        case "lowerRoman":
            return roman(number).lower()
        case "upperLetter" | "lowerLetter":
            letter = letters(number)
            return letter.upper() if form == "upperLetter" else letter
        case ("chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting"
              | "taiwaneseCountingThousand" | "japaneseCounting" | "ideographDigital"
              | "koreanDigital2" | "taiwaneseDigital"):  # fmt: skip
            return chinese(number)
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return "".join(_LEGAL[int(one)] for one in str(number))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 0 < number <= 20:
            return circled(number)
        case "ideographTraditional" if 0 < number <= 10:
            return _STEMS[number - 1]
        case "ideographZodiac" if 0 < number <= 12:
            return _BRANCHES[number - 1]
        case "none":
            return ""
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


class Numbers:
    """Counts as Word does: each list by its levels, a deeper level anew below a higher one."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._abstract = {attr(one, "abstractNumId"): one for one in children(root, "abstractNum")}
        self._lists = {attr(one, "numId"): one for one in children(root, "num")}
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, numbering: Numbering) -> tuple[str, bool] | None:
        """(what is printed before the next paragraph of a list, whether it is a bullet); None
        where it is no list."""
        listed = self._lists.get(numbering.list)
        if listed is None or numbering.list == "0":
            return None
        own = self._linked(attr(child(listed, "abstractNumId"), "val"))
        level = self._level(own, numbering.level)
        counts = self._counts.setdefault(own, {})
        self._restart(listed, numbering, counts)
        start = self._start(own, numbering.level)
        counts[numbering.level] = counts.get(numbering.level, start - 1) + 1
        for deeper in [one for one in counts if one > numbering.level]:
            del counts[deeper]
        form = attr(child(level, "numFmt"), "val", "decimal")
        text = attr(child(level, "lvlText"), "val")
        if form == "bullet":
            return "-" if text.strip() else "", True  # a blank one goes on with the item above
        return re.sub(r"%(\d)", lambda one: self._count(own, int(one[1]) - 1, counts), text), False

    def _count(self, own: str, level: int, counts: dict[int, int]) -> str:
        number = counts.get(level, self._start(own, level))
        return formatted(number, attr(child(self._level(own, level), "numFmt"), "val", "decimal"))

    def _linked(self, own: str) -> str:
        """The list that a style of lists stands for."""
        link = attr(child(self._abstract.get(own), "numStyleLink"), "val")
        numbering = self._styles.get(link).numbering if link else None
        listed = self._lists.get(numbering.list) if numbering else None
        return attr(child(listed, "abstractNumId"), "val") or own

    def _level(self, own: str, level: int) -> Element | None:
        return next((one for one in children(self._abstract.get(own), "lvl")
                     if attr(one, "ilvl") == str(level)), None)  # fmt: skip

    def _start(self, own: str, level: int) -> int:
        start = attr(child(self._level(own, level), "start"), "val", "1")
        return int(start) if re.fullmatch(r"\d{1,5}", start) else 1

    def _restart(self, listed: Element, numbering: Numbering, counts: dict[int, int]) -> None:
        """A list may say that it counts anew where it is used first."""
        if (numbering.list, numbering.level) in self._begun:
            return
        self._begun.add((numbering.list, numbering.level))
        for one in children(listed, "lvlOverride"):
            start = attr(child(one, "startOverride"), "val")
            if attr(one, "ilvl") == str(numbering.level) and re.fullmatch(r"\d{1,5}", start):
                counts[numbering.level] = int(start) - 1
