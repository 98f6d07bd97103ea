"""What a review asks, and who gets the answers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

Review = Literal["", "terminal", "page"]
Made = TypeVar("Made", covariant=True)
Told = TypeVar("Told", contravariant=True)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text in three parts; the middle is what a reading changes."""

    before: str
    changed: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}⟦{self.changed}⟧{self.after}"


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact beside its name; ``name`` alone is a heading."""

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One open proposal. ``kind``: what can be answered together; ``says`` and ``why`` tell it in
    words. ``rows``: where it stands. ``now`` is what stands there and ``readings`` what may; a
    question without them is answered by yes or no (``yes``, ``no``: what these mean).
    ``same``: questions of one value read the same for the same; ``place``: an own reading settles
    all questions of one place. ``own``: whether there may be one."""

    kind: str
    says: str
    why: str = ""
    rows: tuple[FactRow, ...] = ()
    label: str = ""
    now: MarkedText | None = None
    readings: tuple[MarkedText, ...] = ()
    yes: str = ""
    no: str = "as it is"
    evidence: tuple[str, ...] = ()
    same: Hashable = None
    place: Hashable = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How far a review came."""

    decided: int
    left: int


class ReviewAnswers(Protocol[Made]):
    """The decisions that answers are. ``at``: number of the question from 0."""

    def decision(self, at: int, number: int, reason: str) -> Made:
        """``number`` of the reading that is taken, from 1; 0 refuses all."""
        ...

    def own(self, at: int, reading: str, reason: str) -> Made | None:
        """The editor's own reading; None where it cannot stand there."""
        ...


class DecisionStore(Protocol[Told]):
    """Where decisions go. ``save`` keeps those of one answer, ``undo`` takes those of the last one
    back."""

    def save(self, decisions: Sequence[Told]) -> None: ...

    def undo(self) -> None: ...
