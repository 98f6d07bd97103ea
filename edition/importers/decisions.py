"""``import-decisions.toml`` of a workspace: the editor's word on what an import proposes.

    [[decision]]
    verdict = "accept"            # accept | refuse
    sic = "品圓"                   # what stands in the article
    corr = "晶圓"                  # what was proposed, or the editor's own reading
    before = "在台灣新建"          # what stands round it, without white space
    after = "廠，由外商投資"
    reason = "the company's own page has it"

An accepted reading goes into the text, with a note of the layer 校; a refused one is not proposed
again. A decision holds where ``sic`` and what stands on one side of it are the same.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from edition.diagnostics import Diagnostic, Outcome
from edition.importers.codes import EMENDED, NO_DECISION, UNANSWERED
from edition.importers.suspects import Emendation
from edition.reviewing import FactRow, MarkedText, Question
from edition.source import SourceFile, Span
from edition.tomlfile import HINT, MalformedError, Toml, tables
from edition.tomlfile import read as read_toml

FILE = "import-decisions.toml"
ROUND = 8  # characters on either side by which a place is known again
SHOWN = 30  # characters on either side that a question shows
Kind = Literal["reading", "script"]
VERDICTS = ("accept", "refuse")
KEYS = ("verdict", "sic", "corr", "before", "after", "reason")
_SAYS: dict[Kind, str] = {
    "reading": "A reading is suspected to be a misreading",
    "script": "A character of the other script",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The editor's word on one place."""

    verdict: Literal["accept", "refuse"]
    sic: str
    corr: str
    before: str = ""
    after: str = ""
    reason: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reading that an import proposes: of a misreading, or of a character of the other script."""

    kind: Kind
    emendation: Emendation
    file: SourceFile

    def sides(self, reach: int) -> tuple[str, str]:
        """What stands before and after it, without white space."""
        one, text = self.emendation, self.file.text
        end = one.offset + len(one.sic)
        before = "".join(text[max(0, one.offset - 2 * reach) : one.offset].split())
        after = "".join(text[end : end + 2 * reach].split())
        return before[-reach:], after[:reach]

    def decided(self, accept: bool, corr: str, reason: str) -> Decision:
        before, after = self.sides(ROUND)
        return Decision(
            verdict="accept" if accept else "refuse", sic=self.emendation.sic, corr=corr,
            before=before, after=after, reason=reason,
        )  # fmt: skip


def _known_again(one: Decision, before: str, after: str) -> int:
    """On how many sides what a decision says stands round a place. Sides that are written by hand
    and shorter than :data:`ROUND` must both."""
    short = [side for side in (one.before, one.after) if 0 < len(side) < ROUND]
    hits = [one.before == before or (bool(one.before) and before.endswith(one.before)),
            one.after == after or (bool(one.after) and after.startswith(one.after))]  # fmt: skip
    given = [hit for hit, side in zip(hits, (one.before, one.after), strict=True) if side]
    if short and not (all(given) or one.before == before or one.after == after):
        return 0
    return sum(hits)


class Decisions:
    """The decisions of a workspace, and which of them a proposal has met."""

    def __init__(self, told: Sequence[Decision], file: SourceFile) -> None:
        self.told = told
        self.file = file
        self.met: set[int] = set()
        self.accepted: dict[int, tuple[Proposal, Decision]] = {}  # by offset
        self.open: list[Proposal] = []

    def takes(self, kind: Kind, emendation: Emendation) -> Decision | None:
        """The decision on a proposal; without one it is open. The emendation may be of a text in
        which something was put right already: a place is known by what the article has there."""
        own = self._of_article(emendation)
        proposal = Proposal(kind, own, self.file)
        sides = proposal.sides(ROUND)
        fitting = [
            (number, _known_again(one, *sides))
            for number, one in enumerate(self.told)
            if one.sic == own.sic and (one.verdict == "accept" or one.corr == own.corr)
        ]
        fitting = [(number, equal) for number, equal in fitting if equal]
        if not fitting:
            self.open.append(proposal)
            return None
        self.met |= {number for number, _ in fitting}
        told = self.told[max(fitting, key=lambda one: (one[1], one[0]))[0]]
        if told.verdict == "accept":
            self.accepted[own.offset] = (proposal, told)
        return told

    def _of_article(self, emendation: Emendation) -> Emendation:
        at, sic, corr = emendation.offset, emendation.sic, emendation.corr
        stands = self.file.text[at : at + len(sic)]
        if stands == sic or len(corr) != len(sic):
            return emendation
        made = (new if new != old else own
                for old, new, own in zip(sic, corr, stands, strict=True))  # fmt: skip
        return replace(emendation, sic=stands, corr="".join(made))

    def characters(self) -> dict[int, str]:
        """What is put right: offset in the file → character."""
        return {
            offset + at: char
            for offset, (proposal, one) in self.accepted.items()
            for at, char in enumerate(one.corr)
            if len(one.corr) == len(proposal.emendation.sic) and proposal.emendation.sic[at] != char
        }

    def readings(self) -> list[Emendation]:
        """The misreadings that are put right, for notes."""
        return [
            Emendation(offset, proposal.emendation.sic, one.corr, one.reason)
            for offset, (proposal, one) in sorted(self.accepted.items())
            if proposal.kind == "reading"
        ]

    def findings(self) -> list[Diagnostic]:
        """What was put right by a decision, and decisions that no proposal answers to."""
        found = [
            Diagnostic(code=EMENDED, span=self.file.span(offset, offset + len(one.sic)),
                       fact=f"{one.sic} put right as {one.corr}: accepted", hint=one.reason)
            for offset, (_, one) in sorted(self.accepted.items())
        ]  # fmt: skip
        return found + [
            Diagnostic(code=UNANSWERED, span=one.span, fact=f"{one.verdict} {one.sic} → {one.corr}",
                       hint="the place has changed, or nothing is proposed there any more")
            for number, one in enumerate(self.told) if number not in self.met
        ]  # fmt: skip


# --- asking --------------------------------------------------------------------------------------


class Answers:
    """Decisions on proposals, by their numbers."""

    def __init__(self, todo: Sequence[Proposal]) -> None:
        self.todo = todo

    def decision(self, at: int, number: int, reason: str) -> Decision:
        return self.todo[at].decided(number > 0, self.todo[at].emendation.corr, reason)

    def own(self, at: int, reading: str, reason: str) -> Decision | None:
        """A reading of as many characters as stand there; of another length it is no correction of
        characters, but of the text."""
        if len(reading) != len(self.todo[at].emendation.sic):
            return None
        return self.todo[at].decided(True, reading, reason)


def in_order(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Misreadings first, then characters of the other script, those of one character together."""
    script = [one for one in proposals if one.kind == "script"]
    pairs = list(dict.fromkeys(_pair(one) for one in script))
    readings = [one for one in proposals if one.kind == "reading"]
    return [*readings, *sorted(script, key=lambda one: pairs.index(_pair(one)))]


def _pair(one: Proposal) -> str:
    return f"{one.emendation.sic} → {one.emendation.corr}"


def questions(proposals: Sequence[Proposal]) -> list[Question]:
    return [_question(one) for one in proposals]


def _question(one: Proposal) -> Question:
    emendation = one.emendation
    before, after = one.sides(SHOWN)
    line, column = one.file.position(emendation.offset)
    kind = "misreading" if one.kind == "reading" else _pair(one)
    return Question(
        kind=kind, says=_SAYS[one.kind], rows=(FactRow("line", f"{line}, column {column}"),),
        label="text", now=MarkedText(before, emendation.sic, after), own=True,
        readings=(MarkedText(before, emendation.corr, after),),
        evidence=(emendation.evidence,) if emendation.evidence else (),
        same=(emendation.sic, emendation.corr), place=emendation.offset,
    )  # fmt: skip


# --- the file ------------------------------------------------------------------------------------


def read(source: SourceFile) -> Outcome[tuple[Decision, ...]]:
    """The decisions of a file. One that cannot be read is told and left out."""
    try:
        toml = read_toml(source)
    except MalformedError as failed:
        return Outcome((), (Diagnostic(
            code=NO_DECISION, span=failed.span, fact=str(failed), hint=HINT),))  # fmt: skip
    told: list[Decision] = []
    listed, strange = tables(toml, "decision")
    wrong = [Diagnostic(code=NO_DECISION, span=span, fact=fact, hint="see docs/import.md")
             for span, fact in strange]  # fmt: skip
    for number, table in enumerate(listed):
        span = toml.place("decision", number)
        if fault := _fault(table):
            wrong.append(Diagnostic(code=NO_DECISION, span=span, fact=fault,
                                    hint="see docs/import.md"))  # fmt: skip
        else:
            told.append(_decision(table, toml, number))
    return Outcome(tuple(told), tuple(wrong))


def _fault(table: Any) -> str:
    if not isinstance(table, dict):
        return "a decision is a table"
    if unknown := sorted(set(table) - set(KEYS)):
        return f"“{unknown[0]}” is not known in a decision"
    if any(not isinstance(value, str) for value in table.values()):
        return "the fields of a decision are texts"
    if table.get("verdict") not in VERDICTS:
        return f"the verdict “{table.get('verdict', '')}” is neither accept nor refuse"
    if not table.get("sic") or not table.get("corr"):
        return "a decision needs sic and corr"
    if len(table["sic"]) != len(table["corr"]):
        return f"{table['sic']} and {table['corr']} are not of one length"
    return ""


def _decision(table: dict[str, str], toml: Toml, number: int) -> Decision:
    texts = {key: table.get(key, "") for key in KEYS[1:]}
    verdict: Literal["accept", "refuse"] = "accept" if table["verdict"] == "accept" else "refuse"
    return Decision(verdict=verdict, span=toml.place("decision", number), **texts)


def append(text: str, decisions: Sequence[Decision]) -> str:
    """The text of the file with ``decisions`` after it; comments and order stay. Raises
    ``ValueError`` where the result would be no TOML."""
    parts = [
        "[[decision]]\n" + "".join(
            f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
            for key in KEYS if (value := getattr(one, key))
        )
        for one in decisions
    ]  # fmt: skip
    result = (text.rstrip("\n") + "\n\n" if text.strip() else "") + "\n".join(parts)
    tomllib.loads(result)
    return result
