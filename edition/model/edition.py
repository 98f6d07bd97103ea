"""The edition as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from edition.model.inlines import Lang
from edition.model.notes import Anchor, Name, Note, Term
from edition.model.texts import Pair, Section, Segment


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything read from a workspace's ``source/``, aligned and anchored."""

    sections: tuple[Section, ...]
    pairs: tuple[Pair, ...]  # in reading order, all sections
    notes: tuple[Note, ...]
    names: tuple[Name, ...] = ()
    terms: tuple[Term, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    segments: Mapping[tuple[Lang, str], Segment] = field(default_factory=dict)

    def segment(self, lang: Lang, id: str) -> Segment | None:
        return self.segments.get((lang, id))
