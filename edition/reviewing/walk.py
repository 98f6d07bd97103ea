"""A review in the terminal; each answer is kept at once.

One key is one answer, and what follows it on the line is the reason: ``1 the journal has it``.
Leaving loses nothing: what is decided is not asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from edition.reviewing.questions import DecisionStore, Question, ReviewAnswers, ReviewProgress

D = TypeVar("D")
HELP = """  1 … 9   this reading; where yes and no are asked, 1: yes
  n       as it is; no
  e …     an own reading, all that follows on the line
  s       later
  a       the first reading, for this and all that are left of its kind
  r       as it is, for this and all that are left of its kind
  k       as it is, wherever the same is read for the same
  u       take the last answer back
  q       stop; what is decided stays
  Words behind a key are the reason: 1 the contents page has it"""
PROMPT = "1–9 n e s a r k u q, ? for help: "


class Terminal(Protocol):
    """What a review needs of the terminal; a test answers in its place."""

    def show(self, text: str) -> None: ...

    def ask(self, prompt: str) -> str: ...


def walk(
    questions: Sequence[Question],
    answers: ReviewAnswers[D],
    terminal: Terminal,
    store: DecisionStore[D],
) -> ReviewProgress:
    """Put ``questions`` in turn. Each answer goes to ``store`` before the next question. End of
    input stops as ``q`` does."""
    return _Walk(questions, answers, terminal, store).run()


class _Walk(Generic[D]):
    def __init__(
        self, questions: Sequence[Question], answers: ReviewAnswers[D], terminal: Terminal,
        store: DecisionStore[D],
    ) -> None:  # fmt: skip
        self.todo = questions
        self.answers = answers
        self.terminal = terminal
        self.store = store
        self.done: dict[int, str] = {}  # place in todo -> what became of it
        self.given: list[tuple[int, list[int]]] = []  # where an answer was given, what it settled

    def run(self) -> ReviewProgress:
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
        return ReviewProgress(settled, len(self.todo) - settled)

    def _ask(self, at: int) -> int:
        """Put one question; the place of the next."""
        asked = self.todo[at]
        self.terminal.show(f"\n[{at + 1}/{len(self.todo)}] {asked.says} ({asked.kind})")
        for line in shown(asked):
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
                self.given.append((at, []))
                return at + 1
            meant = self._meant(at, key, words)
            if meant is None:
                fault = "" if key in ("?", "h") else f"  “{key}” is no answer here\n"
                self.terminal.show(fault + HELP)
                continue
            self.store.save([told for _, told in meant])
            settled = [place for place, _ in meant]
            if key == "e":  # other questions about the place have nothing to speak of any more
                settled += [n for n in self._open(at + 1) if _same_place(self.todo[n], asked)]
            self.given.append((at, settled))
            self.done.update(dict.fromkeys(settled, "decided"))
            return at + 1

    def _undo(self, at: int) -> int:
        if not self.given:
            self.terminal.show("  nothing to take back")
            return at
        place, settled = self.given.pop()
        if settled:
            self.store.undo()
        for number in (*settled, place):
            self.done.pop(number, None)
        return place

    def _open(self, start: int) -> list[int]:
        return [n for n in range(start, len(self.todo)) if n not in self.done]

    def _meant(self, at: int, key: str, words: str) -> list[tuple[int, D]] | None:
        """The places that the answer settles, with their decisions; None for what is no answer."""
        asked = self.todo[at]
        rest = [at, *self._open(at + 1)]
        if key == "e" and words and asked.own:
            told = self.answers.own(at, words, "")
            return None if told is None else [(at, told)]
        number = 1 if key == "a" else 0 if key in ("r", "k", "n") else _number(key, asked)
        if number is None:
            return None
        if key in ("a", "r"):
            places = [n for n in rest if self.todo[n].kind == asked.kind]
        elif key == "k" and asked.same is not None:
            places = [n for n in rest if self.todo[n].same == asked.same]
        else:
            places = [at]
        return [(n, self.answers.decision(n, number, words)) for n in places]


def _same_place(one: Question, other: Question) -> bool:
    return one.place is not None and one.place == other.place


def _number(key: str, asked: Question) -> int | None:
    most = max(1, len(asked.readings))
    return int(key) if key.isascii() and key.isdecimal() and 1 <= int(key) <= most else None


def shown(asked: Question) -> list[str]:
    """The question as lines: where it stands, all readings with the difference marked, evidence."""
    lines = [f"    {row.name:9} {row.text}" if row.text else f"  {row.name}" for row in asked.rows]
    if asked.readings:
        lines.append(f"  {asked.label}, now: {asked.now or '–'}")
        lines += [f"  {number}: {text}" for number, text in enumerate(asked.readings, 1)]
    else:
        lines.append(f"  1: {asked.yes}   n: {asked.no}")
    return lines + [f"  · {fact}" for fact in asked.evidence]
