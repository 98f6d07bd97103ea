"""The open proposals of a bibliography as questions to the editor, and the answers as decisions."""

from __future__ import annotations

from dataclasses import replace

from edition.bibliography.deciding.applying import edit
from edition.bibliography.rules import RULES, says
from edition.bibliography.types import (
    BibliographyDecision,
    Change,
    Entry,
    Library,
    Merge,
    Repair,
    Tier,
)
from edition.reviewing import FactRow, MarkedText, Question

_SHOWN = ("author", "editor", "year", "date", "title", "journal", "journaltitle", "booktitle",
          "volume", "number", "pages", "publisher", "doi", "url", "urldate", "foundin")  # fmt: skip
Proposal = Merge | Change


def proposals(repair: Repair) -> list[Proposal]:
    """What is open, merges first, those of one rule together."""
    merges = [one for one in repair.merges if one.tier is Tier.PROPOSED]
    changes = [one for one in repair.changes if one.tier is Tier.PROPOSED]
    rules = list(dict.fromkeys(one.rule for one in changes))
    return [*merges, *sorted(changes, key=lambda one: rules.index(one.rule))]


class BibliographyAnswers:
    """Decisions on proposals, by their numbers."""

    def __init__(self, todo: list[Proposal]) -> None:
        self.todo = todo

    def decision(self, at: int, number: int, reason: str) -> BibliographyDecision:
        return decision(self.todo[at], number, reason)

    def own(self, at: int, reading: str, reason: str) -> BibliographyDecision | None:
        one = self.todo[at]
        return replace(own(one, reading), reason=reason) if isinstance(one, Change) else None


def questions(repair: Repair, source: Library) -> list[Question]:
    """A question for each of :func:`proposals`; ``source`` is the library as found."""
    known = {**source.by_key(), **repair.library.by_key()}
    return [_question(one, known) for one in proposals(repair)]


def _question(one: Proposal, known: dict[str, Entry]) -> Question:
    why = RULES[one.rule].why if one.rule in RULES else ""
    if isinstance(one, Merge):
        rows = tuple(row for key in (one.kept, *one.merged) if key in known
                     for row in _entry(known[key]))  # fmt: skip
        return Question(kind=one.rule, says=says(one.rule), why=why, rows=rows, yes="one work",
                        no="two works", evidence=one.evidence)  # fmt: skip
    return Question(
        kind=one.rule, says=says(one.rule), why=why, label=one.field, own=True,
        rows=_entry(known[one.entry]) if one.entry in known else (FactRow(one.entry),),
        now=marked(one.before, one.after)[0] if one.before else None,
        readings=tuple(marked(one.before, text)[1] for text in (one.after, *one.alternatives)),
        evidence=one.evidence, same=(one.field, _swap(one)), place=(one.entry, one.field),
    )  # fmt: skip


def _swap(one: Change) -> tuple[str, str]:
    """The words that change, before and after."""
    part = edit(one.before, one.after)
    start = one.before.rfind(" ", 0, part.start) + 1
    end = one.before.find(" ", part.end)
    end = len(one.before) if end < 0 else end
    return (
        one.before[start:end],
        one.before[start : part.start] + part.text + one.before[part.end : end],
    )


# --- decisions -------------------------------------------------------------------------------


def decision(one: Proposal, number: int, reason: str) -> BibliographyDecision:
    """The decision on a proposal. ``number``: of the reading that is taken; 0 refuses all."""
    if isinstance(one, Merge):
        return BibliographyDecision(
            verdict="merge" if number else "distinct",
            entries=(one.kept, *one.merged),
            rule=one.rule,
            reason=reason,
        )
    readings = (one.after, *one.alternatives)
    return BibliographyDecision(
        verdict="accept" if number else "refuse",
        entries=(one.entry,),
        field=one.field,
        before=one.before,
        value=readings[number - 1] if number else one.after,
        rule=one.rule,
        reason=reason,
    )


def own(one: Change, value: str) -> BibliographyDecision:
    """The editor's own reading of the field."""
    return BibliographyDecision(
        verdict="set", entries=(one.entry,), field=one.field, before=one.before, value=value
    )


def marked(before: str, after: str) -> tuple[MarkedText, MarkedText]:
    """Both values with the stretch in which they differ."""
    part = edit(before, after)
    head, tail = before[: part.start], before[part.end :]
    return MarkedText(head, before[part.start : part.end], tail), MarkedText(head, part.text, tail)


def _entry(entry: Entry) -> tuple[FactRow, ...]:
    fields = (FactRow(name, entry.get(name)) for name in _SHOWN if entry.get(name))
    return (FactRow(f"@{entry.type} {entry.key}"), *fields)
