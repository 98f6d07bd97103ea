"""Marks of footnotes in the text, and lines that are footnotes, by the family of their signs."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.characters import HAN
from edition.importers import lines as looks
from edition.importers.lines import CIRCLED, SUPERSCRIPTS

_HAN_NUMBER = "[一二三四五六七八九十百]{1,4}"
_ZHU = r"(?:註釋|注釋|注释|附註|附注|腳註|脚注|尾註|尾注|註|注)"
LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("markdown", re.compile(r"^\[\^([^\s\[\]^]+)\]:\s*")),
    ("super", re.compile(r"^(?:<sup>(\d{1,3})\)?</sup>|[⁽(]?([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})[⁾)]?)\s*(?=\S)")),
    ("circled", re.compile(rf"^([{CIRCLED}])\s*(?=\S)")),
    ("tortoise", re.compile(rf"^[〔﹝]\s*(\d{{1,3}}|{_HAN_NUMBER})\s*[〕﹞]\s*(?=\S)")),
    ("zhu", re.compile(rf"^[（(\[［〔【]?\s*{_ZHU}\s*(\d{{1,3}}|{_HAN_NUMBER}|[{CIRCLED}])"
                       r"(?:\s*[）)\]］〕】]\s*[:：]?|\s*[:：.．、]|\s+)\s*(?=\S)")),
    ("wide", re.compile(r"^[（(]([０-９]{1,3})[）)]\s*(?=\S)")),
    ("bracket", re.compile(r"^[\[［](\d{1,3})[\]］]\s*(?=\S)")),
    ("paren", re.compile(r"^(\d{1,4})[)）]\s*(?=\S)")),
    ("star", re.compile(r"^(\*{1,3}|[†‡]{1,2}|※)\s*(?=[^\s*])")),
)  # fmt: skip
# in a list of notes only: elsewhere these are lists and paragraphs
LISTED: tuple[tuple[str, re.Pattern[str]], ...] = (
    *LINES[:-1],
    ("plain", re.compile(r"^(\d{1,3})\s*[.．、:：](?!\d)\s*(?=\S)")),
    ("plain", re.compile(r"^(\d{1,3})\s+(?=[^\W\d]|[“「『《〈\"(（])")),
)
# what the number of a note begins with, looked at first
_HEADS = re.compile(rf"[\[［<⁽⁰¹²³⁴⁵⁶⁷⁸⁹{CIRCLED}〔﹝（(【註注附腳脚尾\d*†‡※]")
# What a mark begins with, looked at first: nearly no character of a text is.
_BEGINS = rf"(?=[\[［<⁽⁰¹²³⁴⁵⁶⁷⁸⁹{CIRCLED}〔﹝（(【註注\d*†‡※])"
MARK = re.compile(_BEGINS + "(?:" + "|".join((
    r"\[\^(?P<markdown>[^\s\[\]^]+)\](?!:)",
    r"<sup>[(（\[]?(?P<html>\d{1,3})[)）\]]?</sup>|⁽?(?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})(?P<close>⁾?)",
    rf"(?P<circled>[{CIRCLED}])",
    rf"[〔﹝]\s*(?P<tortoise>\d{{1,3}}|{_HAN_NUMBER})\s*[〕﹞]",
    rf"[（(\[［〔【]\s*{_ZHU}\s*(?P<zhu>\d{{1,3}}|{_HAN_NUMBER}|[{CIRCLED}])\s*[）)\]］〕】]|"
    rf"(?<=[{HAN}，。；：、！？”」』》）])[註注](?P<plain_zhu>\d{{1,3}})(?![\d個个年月日])",
    r"(?<![\w\]])\[(?P<bracket>\d{1,3})\](?![(\[])|(?<=[\u3000-\u9fff”’.,])\[(?P<wide>\d{1,3})\]",
    r"[（(](?P<parens>[０-９]{1,3})[）)]",
    r"(?<=[^\W\d]|[”’」』》〉\"')）。，.,;:!?!?；：])(?P<paren>\d{1,4})[)）]",
    r"(?<=[\w”’」』》。，.])(?P<star>\*{1,3}|[†‡]{1,2}|※)(?![A-Za-z0-9*])",
)) + ")")  # fmt: skip
_FAMILIES = ("markdown", "circled", "tortoise", "zhu", "bracket", "paren", "star")
# the marks that footnotes of a family answer to, the likeliest first
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "markdown": ("markdown",),
    "super": ("super", "paren", "circled"),
    "circled": ("circled", "super"),
    "tortoise": ("tortoise", "super"),
    "wide": ("wide", "super"),
    "zhu": ("zhu", "super", "circled", "bracket"),
    "bracket": ("bracket", "super", "tortoise"),
    "paren": ("super", "paren", "bare"),
    "star": ("star",),
    "plain": ("super", "circled", "tortoise", "zhu", "bracket", "paren", "bare"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A mark in a text, from ``start`` to ``end``. ``closed``: a superscript with its
    parenthesis."""

    start: int
    end: int
    family: str
    label: str
    closed: bool


def may_note(text: str) -> bool:
    """Whether a line may be a footnote by its first character."""
    return _HEADS.match(text) is not None


def key(mark: str) -> str:
    """A mark without the form of its figures."""
    number = looks.numeral(mark)
    return str(number) if number else mark


def seen(text: str) -> Iterator[Seen]:
    """Every mark in a text, in order."""
    stars = _Stars(text)
    for found in MARK.finditer(text):
        groups = found.groupdict()
        family, label = _named(groups)
        if family == "paren" and _inside(text, found.start()):
            continue
        if family == "star" and not stars.lone(found):
            continue
        yield Seen(found.start(), found.end(), family, label, bool(groups.get("close")))


def _named(groups: Mapping[str, str | None]) -> tuple[str, str]:
    for family in _FAMILIES:
        if label := groups.get(family):
            return family, label
    if label := groups.get("wide"):
        return "bracket", label
    if label := groups.get("parens"):
        return "wide", label
    if label := groups.get("plain_zhu"):
        return "zhu", label
    return "super", (groups.get("html") or groups["super"] or "").translate(SUPERSCRIPTS)


def _inside(text: str, at: int) -> bool:
    """Whether the parenthesis after ``at`` closes one that was opened: “(see 1)” is no mark."""
    start = max(text.rfind("\n", max(0, at - 120), at) + 1, at - 120, 0)
    opened = 0
    for char in text[start:at]:
        opened += char in "(（"
        opened -= char in ")）" and opened > 0
    return opened > 0


class _Stars:
    """The stars of a text, asked about from its head to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = -1  # of the line that is known
        self.counts: dict[str, int] = {}

    def lone(self, found: re.Match[str]) -> bool:
        """Whether a star is the only one of its line: two of them are emphasis."""
        sign = found[0][0]
        if found.start() >= self.end:
            end = self.text.find("\n", found.end())
            self.end, self.counts = end if end >= 0 else len(self.text), {}
        if sign not in self.counts:
            start = self.text.rfind("\n", 0, found.start()) + 1
            self.counts[sign] = self.text.count(sign, start, self.end)
        return self.counts[sign] == len(found[0])


class Expected:
    """Which footnotes the text calls for: marks by family and number, and where they stand.
    ``given`` is told of each footnote, so that of numbers that begin anew none is taken twice."""

    def __init__(self, text: str, marks: Sequence[Seen]) -> None:
        self.text = text
        self.places: dict[tuple[str, str], list[int]] = defaultdict(list)
        for one in marks:
            self.places[one.family, key(one.label)].append(one.start)
        self.had: dict[tuple[str, str], int] = defaultdict(int)
        self.last: dict[str, int] = defaultdict(int)
        self.families = {family for family, _ in self.places}

    def calls(self, family: str, mark: str, at: int, *, after: int = 0) -> bool:
        """Whether a line at ``at`` with ``mark`` is a footnote: a mark before it asks for one, or
        its own mark is lost among those of its neighbours. ``after``: the number of the footnote
        above, where it has not been given yet."""
        number = key(mark)
        for own in ANSWERS[family]:
            places = self.places.get((own, number), ())
            due = bisect.bisect_left(places, at) - self.had[family, number]
            if due > 0:
                return True
        if family == "star" or not number.isdecimal():
            return False
        value = int(number)
        near = any((own, str(value + step)) in self.places
                   for own in ANSWERS[family] for step in (-1, 1))  # fmt: skip
        lost = not any((own, number) in self.places for own in ANSWERS[family])
        return near and lost and value > max(after, self.last[family])

    def given(self, family: str, mark: str) -> None:
        number = key(mark)
        self.had[family, number] += 1
        if number.isdecimal():
            self.last[family] = int(number)
