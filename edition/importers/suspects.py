"""Characters that are likely misread: 隨這 where the text has 隨着 again and again.

Evidence is the text's own: what a character stands beside elsewhere, and how alike the two
characters are in print (:mod:`edition.bibliography.values.shapes`). Nothing is changed; each
finding is a proposal for the editor.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from edition.bibliography.values import alike, phrases, simplified
from edition.characters import HAN
from edition.diagnostics import Diagnostic
from edition.importers.codes import MISREAD
from edition.readers.passage import Passage
from edition.source import SourceFile

ALIKE = 0.99  # likeness in print that makes a reading suspect
SAME = 0.999  # though the character makes a word there
BARELY = 0.83  # and where the other reading stands there three times and nearly always
FIXED = 0.8  # share of one reading beside a character from which it is "nearly always"
LONE = 4  # how often a character may stand that is a misreading wherever it stands
FEW = 3  # characters that ever stand beside one, where that is nearly all
RARE = 2  # a reading that stands more often is meant
_HAN_RUN = re.compile(rf"[{HAN}]+")
# They stand beside anything.
_GRAMMAR = frozenset("的了是在和与而之其不也都就及或以于等一二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class Emendation:
    """A proposed correction: ``sic`` at ``offset`` of the file, ``corr`` instead."""

    offset: int
    sic: str
    corr: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Place:
    """A pair of characters in a run of Han: ``run`` as it stands, ``plain`` simplified."""

    run: str
    plain: str
    at: int

    @property
    def written(self) -> str:
        return self.run[self.at : self.at + 2]


class Neighbours:
    """What stands beside what in a text; simplified and traditional forms are one."""

    def __init__(self, text: str) -> None:
        self.after: dict[str, Counter[str]] = defaultdict(Counter)
        self.before: dict[str, Counter[str]] = defaultdict(Counter)
        self.single: Counter[str] = Counter()
        self.first: dict[str, Place] = {}  # of each pair
        self.places: dict[str, list[Place]] = defaultdict(list)  # of rare characters
        for run in _HAN_RUN.findall(text):
            plain = simplified(run)
            if len(plain) != len(run):
                plain = run
            self.single.update(plain)
            for at, char in enumerate(plain):
                if self.single[char] <= LONE:
                    self.places[char].append(Place(run, plain, at))
            for at, (one, two) in enumerate(pairwise(plain)):
                self.after[one][two] += 1
                self.before[two][one] += 1
                self.first.setdefault(one + two, Place(run, plain, at))

    def readings(self, place: Place) -> Iterator[tuple[str, str, str]]:
        """(pair as it stands, pair proposed, both folded; evidence) for a character beside each of
        its neighbours."""
        plain, at = place.plain, place.at
        for start, beside in ((at - 1, self.after), (at, self.before)):
            sic = plain[start : start + 2] if start >= 0 else ""
            if len(sic) < 2 or plain[at] in _GRAMMAR:
                continue
            neighbour = sic[0] if start < at else sic[1]
            others = beside[neighbour]
            if neighbour in _GRAMMAR or sic in phrases() or others[plain[at]] > RARE:
                continue
            for other, known in others.most_common(12):
                if known < others[plain[at]]:
                    break
                corr = neighbour + other if start < at else other + neighbour
                if other != plain[at] and other not in _GRAMMAR and self._likelier(
                        place, sic, corr, others):  # fmt: skip
                    often = "once" if known == 1 else f"{known} times"
                    yield sic, corr, f"{often}, {sic} {others[plain[at]]}"

    def _likelier(self, place: Place, sic: str, corr: str, others: Counter[str]) -> bool:
        """Whether ``corr`` is likelier than ``sic``, where ``others`` stand beside the character
        that they share: it is a listed word, or nearly all that stands there."""
        char = place.plain[place.at]
        shift = 1 if sic[0] == corr[0] else 0
        other = corr[shift]
        rare, known = others[char], others[other]
        fixed = known >= FIXED * (sum(others.values()) - rare)
        often = known > RARE and known >= 3 * rare
        listed = corr in phrases()
        # with nothing else to tell, the commoner character is the misreading
        commoner = fixed and (known > rare or self.single[char] > self.single[other])
        if not (commoner or (listed and (fixed or (often and self._lone(char))))):
            return False
        sound = self._sound(place, sic)
        if sound and sum(others.values()) > known + rare:  # something else stands there too
            return False
        there = self.first[corr]
        if not listed and self._sound(Place(there.run, there.plain, there.at + shift), corr):
            return False
        strong = listed and often and len(others) <= FEW and not sound
        least = BARELY if strong else SAME if sound else ALIKE
        return alike(place.run[place.at], there.written[shift]) >= least

    def _lone(self, char: str) -> bool:
        """Whether a character is rare in the text, and part of no word wherever it stands."""
        return self.single[char] <= LONE and not any(
            self._sound(one, "") for one in self.places[char]
        )

    def _sound(self, place: Place, sic: str) -> bool:
        """Whether the character is part of a listed word, or makes one of the text's with another
        neighbour than in ``sic``."""
        plain, at = place.plain, place.at
        for start in (at - 1, at):
            pair = plain[start : start + 2] if start >= 0 else ""
            if sic and len(pair) == 2 and pair != sic and self.after[pair[0]][pair[1]] > 1:
                return True
        return any(
            plain[start : start + length] in phrases()
            for length in (2, 3, 4) for start in range(max(0, at - length + 1), at + 1)
        )  # fmt: skip


def misread(file: SourceFile, body: Iterable[Passage]) -> tuple[list[Diagnostic], list[Emendation]]:
    """Findings and proposed corrections, in the order of ``body``."""
    beside = Neighbours(file.text)
    found: list[Diagnostic] = []
    made: list[Emendation] = []
    for passage in body:
        for run in _HAN_RUN.finditer(passage.text):
            plain = simplified(run[0])
            if len(plain) != len(run[0]):
                continue
            for at in range(len(plain)):
                one = _suspect(passage, run.start(), Place(run[0], plain, at), beside)
                if one is None:
                    continue
                made.append(one)
                found.append(Diagnostic(
                    code=MISREAD, span=file.span(one.offset, one.offset + len(one.sic)),
                    fact=f"{one.sic}: perhaps {one.corr}", hint=one.evidence))  # fmt: skip
    return found, made


def _suspect(passage: Passage, start: int, place: Place, beside: Neighbours) -> Emendation | None:
    for sic, corr, counts in beside.readings(place):
        first = place.at - 1 if sic[0] == corr[0] else place.at
        stands = place.run[first : first + 2]
        wanted = beside.first[corr].written
        wanted = stands[0] + wanted[1] if sic[0] == corr[0] else wanted[0] + stands[1]
        evidence = f"the text has {wanted} {counts.replace(sic, stands)}"
        return Emendation(passage.offsets[start + first], stands, wanted, evidence)
    return None
