"""How an import is to be done: what a person says of it, and what the machine tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edition.bibliography.types import Entry
from edition.importers.decisions import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """``normalise`` puts characters of the other script right where that is safe; ``known``: names
    and terms that are right as they stand; ``decisions``: the editor's word on what was proposed
    before; ``interlinear``: commentary between the lines becomes footnotes; ``lacking``: which
    characters of a text no font has; ``entries``: of the bibliographies that a text names."""

    normalise: bool = False
    known: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    interlinear: bool = False
    lacking: Callable[[str], frozenset[str]] | None = None
    entries: Sequence[Entry] = ()


PLAIN = Manner()
