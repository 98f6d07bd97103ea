"""``review-decisions.toml`` of a workspace: the editor's word on what a reviewer changed.

    [[decision]]
    verdict = "refuse"            # accept | refuse
    segment = "ii.3"              # of a cell: "t1/3"
    lang = "en"
    text = "He sat under a pine." # what the reviewer makes of the text

A change that is refused is not proposed again; another change of the same text is.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from edition.diagnostics import Diagnostic, Outcome
from edition.importers.codes import NO_DECISION
from edition.model import Lang
from edition.reviewing import FactRow, MarkedText, Question
from edition.source import SourceFile
from edition.tomlfile import HINT, MalformedError
from edition.tomlfile import read as read_toml

FILE = "review-decisions.toml"
KEYS = ("verdict", "segment", "lang", "text")
VERDICTS = ("accept", "refuse")
_TONGUES = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a text of the workspace is to say ``text``."""

    verdict: Literal["accept", "refuse"]
    segment: str
    lang: Lang
    text: str

    @property
    def change(self) -> tuple[str, str, str]:
        """The change that it is about."""
        return self.segment, self.lang, self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A text as a reviewer has it. ``now``: in the workspace; ``authors`` of tracked changes."""

    segment: str
    lang: Lang
    now: str
    text: str
    authors: tuple[str, ...] = ()

    @property
    def change(self) -> tuple[str, str, str]:
        return self.segment, self.lang, self.text


class SuggestionAnswers:
    """Verdicts on suggestions, by their numbers."""

    def __init__(self, todo: Sequence[Suggestion]) -> None:
        self.todo = todo

    def decision(self, at: int, number: int, reason: str) -> Verdict:
        del reason  # none is kept: the text says itself what it is
        one = self.todo[at]
        return Verdict(verdict="accept" if number else "refuse", segment=one.segment,
                       lang=one.lang, text=one.text)  # fmt: skip

    def own(self, at: int, reading: str, reason: str) -> Verdict | None:
        """None: another text is written into the file of the text."""
        del at, reading, reason
        return None


def questions(suggestions: Sequence[Suggestion]) -> list[Question]:
    """What is asked: the old text and the new one, marked where they differ."""
    return [_question(one) for one in suggestions]


def _question(one: Suggestion) -> Question:
    now, new = one.now, one.text
    head = 0
    while head < min(len(now), len(new)) and now[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(now), len(new)) - head and now[-1 - tail] == new[-1 - tail]:
        tail += 1
    old_end, new_end = len(now) - tail, len(new) - tail
    by = ", ".join(one.authors)
    return Question(
        kind=one.lang, says="A reviewer changed a text",
        rows=(FactRow("segment", f"{one.segment}, {_TONGUES[one.lang]}"),
              *((FactRow("by", by),) if by else ())),
        label="text", now=MarkedText(now[:head], now[head:old_end], now[old_end:]),
        readings=(MarkedText(new[:head], new[head:new_end], new[new_end:]),),
    )  # fmt: skip


# --- the file ------------------------------------------------------------------------------------


def read(source: SourceFile) -> Outcome[tuple[Verdict, ...]]:
    """The verdicts of a file. One that cannot be read is told and left out."""
    try:
        toml = read_toml(source)
    except MalformedError as failed:
        return Outcome((), (Diagnostic(
            code=NO_DECISION, span=failed.span, fact=str(failed), hint=HINT),))  # fmt: skip
    told: list[Verdict] = []
    wrong: list[Diagnostic] = []
    tables = toml.data.get("decision", [])
    for number, table in enumerate(tables if isinstance(tables, list) else [tables]):
        if fault := _fault(table):
            wrong.append(Diagnostic(code=NO_DECISION, span=toml.place("decision", number),
                                    fact=fault, hint="see docs/outputs.md"))  # fmt: skip
        else:
            told.append(Verdict(**table))
    return Outcome(tuple(told), tuple(wrong))


def _fault(table: Any) -> str:
    if not isinstance(table, dict) or sorted(table) != sorted(KEYS):
        return f"a decision is a table of {', '.join(KEYS)}"
    if any(not isinstance(value, str) for value in table.values()):
        return "the fields of a decision are texts"
    if table["verdict"] not in VERDICTS:
        return f"the verdict “{table['verdict']}” is neither accept nor refuse"
    return "" if table["lang"] in _TONGUES else f"the lang “{table['lang']}” is neither zh nor en"


def append(text: str, decisions: Sequence[Verdict]) -> str:
    """The text of the file with ``decisions`` after it; comments and order stay. Raises
    ``ValueError`` where the result would be no TOML."""
    parts = [
        "[[decision]]\n" + "".join(
            f"{key} = {json.dumps(getattr(one, key), ensure_ascii=False)}\n" for key in KEYS
        )
        for one in decisions
    ]  # fmt: skip
    result = (text.rstrip("\n") + "\n\n" if text.strip() else "") + "\n".join(parts)
    tomllib.loads(result)
    return result
