"""``bib --review``: open proposals one by one in the terminal; each answer is written at once.

Leaving loses nothing: decisions already given are in ``decisions.toml`` and their proposals are
not asked again. Answers: a number takes that reading, ``n`` refuses, ``e`` gives an own reading,
``s`` leaves it for later, ``q`` stops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from edition.bibliography.rules import says
from edition.bibliography.types import Change, Decision, Entry, Library, Merge, Repair, Tier


class Terminal(Protocol):
    """What a review needs of the terminal; a test answers in its place."""

    def show(self, text: str) -> None: ...

    def ask(self, prompt: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review came."""

    decided: int
    left: int


def review(
    repair: Repair, source: Library, terminal: Terminal, save: Callable[[Decision], None]
) -> Progress:
    """Walk through the open proposals of ``repair``; ``source`` is the library as found. Each
    decision goes to ``save`` before the next question. End of input stops as ``q`` does."""
    merges = [one for one in repair.merges if one.tier is Tier.PROPOSED]
    changes = [one for one in repair.changes if one.tier is Tier.PROPOSED]
    known = {**source.by_key(), **repair.library.by_key()}
    total, decided, settled = len(merges) + len(changes), 0, set[tuple[str, str]]()
    todo: list[Merge | Change] = [*merges, *changes]
    for number, one in enumerate(todo, 1):
        if isinstance(one, Change) and (one.entry, one.field) in settled:
            continue  # an own reading of the field was given a moment ago
        terminal.show(f"\n[{number}/{total}]")
        try:
            decision = (
                _of_merge(one, known, terminal)
                if isinstance(one, Merge)
                else _of_change(one, known, terminal)
            )
        except (EOFError, KeyboardInterrupt, StopIteration):
            break
        if decision is not None:
            save(decision)
            decided += 1
            if decision.verdict == "set":
                settled.add((decision.entries[0], decision.field))
    return Progress(decided, total - decided)


def _of_merge(one: Merge, known: dict[str, Entry], terminal: Terminal) -> Decision | None:
    terminal.show(f"One work or two? {says(one.rule)}")
    for key in (one.kept, *one.merged):
        if key in known:
            terminal.show(_shown(known[key]))
    for fact in one.evidence:
        terminal.show(f"  · {fact}")
    answer = _answer(terminal, "1 one work, n two works, s later, q stop", {"1", "n", "s"})
    keys = (one.kept, *one.merged)
    if answer == "s":
        return None
    reason = terminal.ask("reason (may be empty): ").strip()
    return Decision(
        verdict="merge" if answer == "1" else "distinct", entries=keys, rule=one.rule, reason=reason
    )


def _of_change(one: Change, known: dict[str, Entry], terminal: Terminal) -> Decision | None:
    readings = (one.after, *one.alternatives)
    terminal.show(f"{one.entry} · {one.field} · {says(one.rule)}")
    if one.entry in known:
        terminal.show(_shown(known[one.entry]))
    terminal.show(f"  now: {one.before or '–'}")
    for number, reading in enumerate(readings, 1):
        terminal.show(f"  {number}: {reading}")
    for fact in one.evidence:
        terminal.show(f"  · {fact}")
    numbers = {str(number) for number in range(1, len(readings) + 1)}
    answer = _answer(
        terminal, "number, n as it is, e own reading, s later, q stop", numbers | {"n", "e", "s"}
    )
    if answer == "s":
        return None
    value = terminal.ask("reading: ").strip() if answer == "e" else ""
    if answer == "e" and not value:
        return None
    reason = terminal.ask("reason (may be empty): ").strip()
    if answer == "e":
        return Decision(
            verdict="set",
            entries=(one.entry,),
            field=one.field,
            before=one.before,
            value=value,
            reason=reason,
        )
    if answer == "n":
        return Decision(
            verdict="refuse",
            entries=(one.entry,),
            field=one.field,
            before=one.before,
            rule=one.rule,
            value=one.after,
            reason=reason,
        )
    return Decision(
        verdict="accept",
        entries=(one.entry,),
        field=one.field,
        before=one.before,
        value=readings[int(answer) - 1],
        rule=one.rule,
        reason=reason,
    )


def _answer(terminal: Terminal, prompt: str, allowed: Iterable[str]) -> str:
    """One of ``allowed``; raises ``EOFError`` for q."""
    wanted = set(allowed)
    while True:
        answer = terminal.ask(f"{prompt}: ").strip().lower()
        if answer == "q":
            raise EOFError
        if answer in wanted:
            return answer
        terminal.show(f"  “{answer}” is none of {', '.join(sorted(wanted | {'q'}))}")


def _shown(entry: Entry) -> str:
    names = (
        "author",
        "editor",
        "year",
        "date",
        "title",
        "journal",
        "booktitle",
        "volume",
        "number",
        "pages",
        "publisher",
        "url",
        "urldate",
        "foundin",
    )
    fields = [f"    {name:9} {entry.get(name)}" for name in names if entry.get(name)]
    return "\n".join([f"  @{entry.type} {entry.key}", *fields])
