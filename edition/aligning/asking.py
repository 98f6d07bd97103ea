"""What a review asks about pairs, and the file of the answers, ``alignment-decisions.toml``:

    [[pair]]
    zh = ["渡口在河的北岸，每年春天都要重修"]   # what the Chinese texts begin with
    en = ["The ferry lay on the north bank, and every spring"]  # and the English that answers
    reason = "the translator drew two paragraphs together"

One side alone says that nothing answers to it. Of several decisions on one text the last holds.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from edition.aligning.rulings import Ruling, Tied
from edition.aligning.units import CERTAIN, SURE
from edition.diagnostics import Diagnostic, Outcome, error
from edition.model import LANGS, Lang
from edition.reviewing import FactRow, Question
from edition.source import SourceFile, Span, UndecodableError
from edition.tomlfile import HINT, MalformedError, Toml, tables
from edition.tomlfile import read as read_toml

NO_RULING = error("ALN012", "A decision on a pair that cannot be read")

FILE = "alignment-decisions.toml"
_SHOWN = 400  # characters of a text that is asked about
_NEAR = 60  # characters of one that stands beside it
_REACH = 2  # texts before and behind that are shown
KEYS = ("zh", "en", "reason")


@dataclass(frozen=True, slots=True)
class Member:
    """A text that may answer to another. ``opening``: by which a ruling knows it."""

    id: str
    text: str
    opening: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Both texts of a work or of a section, in order, and what answers to what."""

    zh: tuple[Member, ...]
    en: tuple[Member, ...]
    ties: tuple[Tied, ...]

    def side(self, lang: Lang) -> tuple[Member, ...]:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Unsure:
    """A place to ask about. ``run``: places that depend on each other have one number."""

    texts: Texts
    tie: Tied
    run: int

    def members(self, lang: Lang) -> tuple[Member, ...]:
        positions = self.tie.zh if lang == "zh" else self.tie.en
        return tuple(self.texts.side(lang)[at] for at in positions)


def unsure(texts: Sequence[Texts]) -> list[Unsure]:
    """The places that are not certain, in order."""
    found = []
    run = 0
    for each in texts:
        for tie in each.ties:
            if tie.ruled or tie.sure >= CERTAIN:
                run += 1
            else:
                found.append(Unsure(each, tie, run))
        run += 1
    return found


def questions(places: Sequence[Unsure]) -> list[Question]:
    return [_question(one) for one in places]


def _question(one: Unsure) -> Question:
    zh, en = one.members("zh"), one.members("en")
    rows = [FactRow(f"zh {each.id}", _cut(each.text, _SHOWN)) for each in zh]
    rows += [FactRow(f"en {each.id}", _cut(each.text, _SHOWN)) for each in en]
    lone: Lang | None = None if zh and en else "zh" if zh else "en"
    sides = [lang for lang in LANGS if lone is None or lang != lone]
    near = tuple(f"{lang} {member.id} beside it: {_cut(member.text, _NEAR)}"
                 for lang in sides for member in _beside(one, lang))  # fmt: skip
    if lone is not None:
        other = "English" if lone == "zh" else "Chinese"
        kind, says = "alone", f"No {other} text seems to answer to this"
        yes, no = "nothing answers to it", "the same"
        own = f"e ID …: these {other} texts answer to it"
    else:
        likely = one.tie.sure >= SURE
        kind = "likely" if likely else "guessed"
        says = f"These texts seem to answer to each other, with a chance of {one.tie.sure:.2f}"
        yes, no = "they do", "they do not: each stands alone"
        own = "e ID …: these English texts answer to the Chinese; e ID … = ID …: these to these"
    return Question(kind=kind, says=says, rows=tuple(rows), yes=yes, no=no, own=True,
                    evidence=(*near, own), place=one.run)  # fmt: skip


def _beside(one: Unsure, lang: Lang) -> list[Member]:
    """The texts before and behind, on the side of ``lang``."""
    side = one.texts.side(lang)
    positions = one.tie.zh if lang == "zh" else one.tie.en
    if positions:
        start, end = positions[0], positions[-1] + 1
    else:
        at = one.texts.ties.index(one.tie)
        before = [tie.zh if lang == "zh" else tie.en for tie in one.texts.ties[:at]]
        start = end = max((each[-1] + 1 for each in before if each), default=0)
    return [*side[max(0, start - _REACH) : start], *side[end : end + _REACH]]


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


class PairAnswers:
    """Rulings by the numbers of places, as tuples: a refused pair is two of them."""

    def __init__(self, places: Sequence[Unsure]) -> None:
        self.places = places

    def decision(self, at: int, number: int, reason: str) -> tuple[Ruling, ...]:
        zh, en = (tuple(each.opening for each in self.places[at].members(lang)) for lang in LANGS)
        if number or not (zh and en):
            return (Ruling(zh=zh, en=en, reason=reason),)
        return Ruling(zh=zh, reason=reason), Ruling(en=en, reason=reason)

    def own(self, at: int, reading: str, reason: str) -> tuple[Ruling, ...] | None:
        """``ID …`` of the other side, or ``ID … = ID …`` of both; None where one is not there or
        others stand between them."""
        place = self.places[at]
        left, equals, right = reading.partition("=")
        if equals:
            sides = {"zh": _named(place, "zh", left), "en": _named(place, "en", right)}
        else:
            asked: Lang = "en" if place.tie.zh else "zh"
            sides = {"zh": place.members("zh"), "en": place.members("en"),
                     asked: _named(place, asked, reading)}  # fmt: skip
        zh, en = sides["zh"], sides["en"]
        if zh is None or en is None or not (zh and en):
            return None
        return (Ruling(zh=tuple(one.opening for one in zh), en=tuple(one.opening for one in en),
                       reason=reason),)  # fmt: skip


def _named(place: Unsure, lang: Lang, words: str) -> tuple[Member, ...] | None:
    """The texts of these ids, in order and side by side."""
    side = place.texts.side(lang)
    index = {member.id: at for at, member in enumerate(side)}
    wanted = [one for one in re.split(r"[\s,，、]+", words.strip()) if one]
    if not wanted or any(one not in index for one in wanted):
        return None
    positions = sorted({index[one] for one in wanted})
    if any(two != one + 1 for one, two in pairwise(positions)):
        return None
    return tuple(side[at] for at in positions)


# --- the file ------------------------------------------------------------------------------------


def decided(root: Path) -> Outcome[tuple[Ruling, ...]]:
    """The rulings of a workspace; none where there is no file of them."""
    path = root / FILE
    if not path.is_file():
        return Outcome(())
    try:
        return read(SourceFile.read(path))
    except UndecodableError as failed:
        return Outcome((), (_wrong(failed.span, str(failed), "save the file as UTF-8"),))


def read(source: SourceFile) -> Outcome[tuple[Ruling, ...]]:
    """The rulings of a file. One that cannot be read is told and left out."""
    try:
        toml = read_toml(source)
    except MalformedError as failed:
        return Outcome((), (_wrong(failed.span, str(failed), HINT),))
    listed, strange = tables(toml, "pair")
    rulings: list[Ruling] = []
    wrong = [_wrong(span, fact, "see docs/format.md") for span, fact in strange]
    for number, table in enumerate(listed):
        if fault := _fault(table):
            wrong.append(_wrong(toml.place("pair", number), fault, "see docs/format.md"))
        else:
            rulings.append(_ruling(table, toml, number))
    return Outcome(tuple(rulings), tuple(wrong))


def _wrong(span: Span, fact: str, hint: str) -> Diagnostic:
    return Diagnostic(code=NO_RULING, span=span, fact=fact, hint=hint)


def _fault(table: Any) -> str:
    if not isinstance(table, dict):
        return "a decision is a table"
    if strange := sorted(set(table) - set(KEYS)):
        return f"“{strange[0]}” is not known in a decision on a pair"
    if not isinstance(table.get("reason", ""), str):
        return "a reason is a text"
    sides = [table.get(lang, []) for lang in LANGS]
    if any(not isinstance(side, list) or any(not isinstance(one, str) for one in side)
           for side in sides):  # fmt: skip
        return "zh and en are lists of what texts begin with"
    return "" if any(sides) else "a decision names texts of one language at least"


def _ruling(table: dict[str, Any], toml: Toml, number: int) -> Ruling:
    return Ruling(zh=tuple(table.get("zh", ())), en=tuple(table.get("en", ())),
                  reason=table.get("reason", ""), span=toml.place("pair", number))  # fmt: skip


def append(text: str, answers: Sequence[tuple[Ruling, ...]]) -> str:
    """The text of the file with the rulings of ``answers`` after it; comments and order stay.
    Raises ``ValueError`` where the result would be no TOML."""
    parts = [
        "[[pair]]\n" + "".join(
            f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
            for key in KEYS if (value := getattr(one, key))
        )
        for answer in answers for one in answer
    ]  # fmt: skip
    result = (text.rstrip("\n") + "\n\n" if text.strip() else "") + "\n".join(parts)
    tomllib.loads(result)
    return result
