"""``bib --review``: open proposals one by one in the terminal; each answer is written at once.

One key is one decision, and what follows it on the line is the reason: ``1 the journal has it``.
Leaving loses nothing: decisions already given are in ``decisions.toml`` and their proposals are not
asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from edition.bibliography.deciding.applying import edit
from edition.bibliography.rules import says
from edition.bibliography.types import Change, Decision, Entry, Library, Merge, Repair, Tier

HELP = """  1 … 9   this reading; of a merge, 1: one work
  n       as it is; of a merge, n: two works
  e …     an own reading, all that follows on the line
  s       later
  a       the first reading, for this and all that are left of its rule
  r       as it is, for this and all that are left of its rule
  k       as it is, wherever the same is read for the same
  u       take the last answer back
  q       stop; what is decided stays
  Words behind a key are the reason: 1 the contents page has it"""
PROMPT = "1–9 n e s a r k u q, ? for help: "
_SHOWN = ("author", "editor", "year", "date", "title", "journal", "journaltitle", "booktitle",
          "volume", "number", "pages", "publisher", "doi", "url", "urldate", "foundin")  # fmt: skip
Proposal = Merge | Change


class Terminal(Protocol):
    """What a review needs of the terminal; a test answers in its place."""

    def show(self, text: str) -> None: ...

    def ask(self, prompt: str) -> str: ...


class Store(Protocol):
    """Where the answers go. ``save`` keeps the decisions of one answer, ``undo`` takes those of
    the last one back."""

    def save(self, decisions: Sequence[Decision]) -> None: ...

    def undo(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review came."""

    decided: int
    left: int


def proposals(repair: Repair) -> list[Proposal]:
    """What is open, merges first, those of one rule together."""
    merges = [one for one in repair.merges if one.tier is Tier.PROPOSED]
    changes = [one for one in repair.changes if one.tier is Tier.PROPOSED]
    rules = list(dict.fromkeys(one.rule for one in changes))
    return [*merges, *sorted(changes, key=lambda one: rules.index(one.rule))]


def review(repair: Repair, source: Library, terminal: Terminal, store: Store) -> Progress:
    """Walk through the open proposals of ``repair``; ``source`` is the library as found. Each
    answer goes to ``store`` before the next question. End of input stops as ``q`` does."""
    return _Walk(repair, source, terminal, store).run()


class _Walk:
    def __init__(self, repair: Repair, source: Library, terminal: Terminal, store: Store) -> None:
        self.todo = proposals(repair)
        self.known = {**source.by_key(), **repair.library.by_key()}
        self.terminal = terminal
        self.store = store
        self.done: dict[int, str] = {}  # place in todo -> what became of it
        self.answers: list[
            tuple[int, list[int]]
        ] = []  # where the answer was given, what it settled

    def run(self) -> Progress:
        at = 0
        while at < len(self.todo):
            if at in self.done:
                at += 1
                continue
            try:
                at = self._ask(at)
            except (EOFError, KeyboardInterrupt, StopIteration):
                break
        settled = sum(1 for what in self.done.values() if what != "later")
        return Progress(settled, len(self.todo) - settled)

    def _ask(self, at: int) -> int:
        """Put one proposal; the place of the next."""
        one = self.todo[at]
        self.terminal.show(f"\n[{at + 1}/{len(self.todo)}] {says(one.rule)} ({one.rule})")
        for line in shown(one, self.known):
            self.terminal.show(line)
        while True:
            key, _, words = self.terminal.ask(PROMPT).strip().partition(" ")
            key, words = key.lower(), words.strip()
            if key == "q":
                raise EOFError
            if key == "u":
                return self._undo(at)
            if key == "s":
                self.done[at] = "later"
                self.answers.append((at, []))
                return at + 1
            meant = self._meant(at, key, words)
            if meant is None:
                fault = "" if key in ("?", "h") else f"  “{key}” is no answer here\n"
                self.terminal.show(fault + HELP)
                continue
            self.store.save([told for _, told in meant])
            settled = [place for place, _ in meant]
            if key == "e":  # other proposals about the field have nothing to speak of any more
                settled += [n for n in self._open(at + 1) if _same_field(self.todo[n], one)]
            self.answers.append((at, settled))
            self.done.update(dict.fromkeys(settled, "decided"))
            return at + 1

    def _undo(self, at: int) -> int:
        if not self.answers:
            self.terminal.show("  nothing to take back")
            return at
        place, settled = self.answers.pop()
        if settled:
            self.store.undo()
        for one in (*settled, place):
            self.done.pop(one, None)
        return place

    def _open(self, start: int) -> list[int]:
        return [n for n in range(start, len(self.todo)) if n not in self.done]

    def _meant(self, at: int, key: str, words: str) -> list[tuple[int, Decision]] | None:
        """The places that the answer settles, with their decisions; None for what is no answer."""
        one = self.todo[at]
        rest = [at, *self._open(at + 1)]
        if key == "e" and words and isinstance(one, Change):
            return [(at, own(one, words))]
        number = 1 if key == "a" else 0 if key in ("r", "k", "n") else _number(key, one)
        if number is None:
            return None
        if key in ("a", "r"):
            places = [n for n in rest if self.todo[n].rule == one.rule]
        elif key == "k":
            places = [n for n in rest if alike(self.todo[n], one)]
        else:
            places = [at]
        return [(n, decision(self.todo[n], number, words)) for n in places]


def _same_field(one: Proposal, other: Proposal) -> bool:
    both = isinstance(one, Change) and isinstance(other, Change)
    return both and (one.entry, one.field) == (other.entry, other.field)  # type: ignore[union-attr]


def _number(key: str, one: Proposal) -> int | None:
    most = 1 if isinstance(one, Merge) else 1 + len(one.alternatives)
    return int(key) if key.isascii() and key.isdecimal() and 1 <= int(key) <= most else None


def alike(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals read the same for the same: one name, in several entries."""
    if isinstance(one, Merge) or isinstance(other, Merge):
        return one is other
    return one.field == other.field and _swap(one) == _swap(other)


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


def decision(one: Proposal, number: int, reason: str) -> Decision:
    """The decision on a proposal. ``number``: of the reading that is taken; 0 refuses all."""
    if isinstance(one, Merge):
        return Decision(
            verdict="merge" if number else "distinct",
            entries=(one.kept, *one.merged),
            rule=one.rule,
            reason=reason,
        )
    readings = (one.after, *one.alternatives)
    return Decision(
        verdict="accept" if number else "refuse",
        entries=(one.entry,),
        field=one.field,
        before=one.before,
        value=readings[number - 1] if number else one.after,
        rule=one.rule,
        reason=reason,
    )


def own(one: Change, value: str) -> Decision:
    """The editor's own reading of the field."""
    return Decision(
        verdict="set", entries=(one.entry,), field=one.field, before=one.before, value=value
    )


# --- showing ---------------------------------------------------------------------------------


def marked(before: str, after: str) -> tuple[str, str]:
    """Both values with the stretch in which they differ in ⟦ ⟧."""
    part = edit(before, after)
    tail = before[part.end :]
    return (
        f"{before[: part.start]}⟦{before[part.start : part.end]}⟧{tail}",
        f"{before[: part.start]}⟦{part.text}⟧{tail}",
    )


def shown(one: Proposal, known: dict[str, Entry]) -> list[str]:
    """The proposal as lines: the entries, both readings with the difference marked, evidence."""
    lines: list[str] = []
    if isinstance(one, Merge):
        for key in (one.kept, *one.merged):
            lines += _entry(known[key]) if key in known else []
        lines.append("  1: one work   n: two works")
    else:
        lines += _entry(known[one.entry]) if one.entry in known else [f"  {one.entry}"]
        now = marked(one.before, one.after)[0] if one.before else "–"
        lines.append(f"  {one.field}, now: {now}")
        for number, reading in enumerate((one.after, *one.alternatives), 1):
            lines.append(f"  {number}: {marked(one.before, reading)[1]}")
    return lines + [f"  · {fact}" for fact in one.evidence]


def _entry(entry: Entry) -> list[str]:
    fields = [f"    {name:9} {entry.get(name)}" for name in _SHOWN if entry.get(name)]
    return [f"  @{entry.type} {entry.key}", *fields]
