"""The segments of an edition as notes look them up."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from edition.anchors.places import Searched, searched
from edition.diagnostics import Code, Diagnostic, Fix
from edition.model import (
    LANGS,
    Edition,
    Footnote,
    FootnoteRef,
    Inlines,
    Lang,
    Note,
    Pair,
    Segment,
    flat,
)


@dataclass(slots=True)
class AnchorIndex:
    """Segments and pairs by id in reading order, their texts as they are first searched, and
    what was found wrong."""

    segments: dict[tuple[Lang, str], Segment] = field(default_factory=dict)
    pairs: dict[tuple[Lang, str], Pair] = field(default_factory=dict)
    texts: dict[tuple[Lang, str], Searched] = field(default_factory=dict)
    wholes: dict[Lang, tuple[str, list[int], list[str]]] = field(default_factory=dict)
    footnotes: dict[tuple[str, Lang, str], Footnote] = field(default_factory=dict)  # by section
    found: list[Diagnostic] = field(default_factory=list)

    @classmethod
    def of(cls, edition: Edition) -> AnchorIndex:
        index = cls()
        for section in edition.sections:
            for footnote in section.footnotes:
                index.footnotes[section.id, footnote.lang, footnote.label] = footnote
        for pair in edition.pairs:
            for lang in LANGS:
                for segment in pair.side(lang):
                    index.segments.setdefault((lang, segment.id), segment)
                    index.pairs.setdefault((lang, segment.id), pair)
        for key, segment in edition.segments.items():
            index.segments.setdefault(key, segment)
        return index

    def text(self, segment: Segment) -> Searched:
        key = (segment.lang, segment.id)
        if key not in self.texts:
            self.texts[key] = searched(segment)
        return self.texts[key]

    def whole(self, lang: Lang) -> tuple[str, list[int], list[str]]:
        """All text of a language in one, with where each segment begins in it, and its id."""
        if lang not in self.wholes:
            texts = [self.text(one) for one in self.segments.values() if one.lang == lang]
            starts = [0, *itertools.accumulate(len(one.text) + 1 for one in texts)]
            self.wholes[lang] = (
                "\0".join(one.text for one in texts),
                starts[:-1] or [0],
                [one.segment.id for one in texts],
            )
        return self.wholes[lang]

    def holders(self, lang: Lang, quote: str, limit: int) -> list[str]:
        """Ids of up to ``limit`` segments of a language that have ``quote``, in reading order."""
        text, starts, ids = self.whole(lang)
        out: list[str] = []
        at = text.find(quote) if quote and ids else -1
        while at >= 0 and len(out) < limit:
            number = bisect.bisect_right(starts, at) - 1
            out.append(ids[number])
            if number + 1 == len(starts):
                break
            at = text.find(quote, starts[number + 1])
        return out

    def layers(self, segments: list[Segment]) -> Iterator[list[Searched]]:
        """Where a lemma may stand, in the order in which its places count: the texts and captions
        of ``segments``, the cells of their tables, the footnotes that they call."""
        yield [self.text(segment) for segment in segments]
        yield [
            searched(segment, cell.inlines, cell=number)
            for segment in segments
            for number, cell in enumerate(segment.table.cells if segment.table else (), start=1)
        ]
        yield [
            searched(segment, footnote.inlines, footnote=footnote.label)
            for segment in segments
            for footnote in self._called(segment)
        ]

    def _called(self, segment: Segment) -> Iterator[Footnote]:
        pair = self.pairs.get((segment.lang, segment.id))
        cells = segment.table.cells if segment.table else ()
        runs = (segment.inlines, *(cell.inlines for cell in cells))
        for label in dict.fromkeys(label for run in runs for label in _labels(run)):
            footnote = self.footnotes.get((pair.section if pair else "", segment.lang, label))
            if footnote:
                yield footnote

    def say(
        self, code: Code, note: Note, lang: Lang, fact: str, hint: str = "", fix: Fix | None = None
    ) -> None:
        lemma = note.lemmas.get(lang)
        self.found.append(
            Diagnostic(
                code=code,
                span=lemma.span if lemma else note.span,
                segment=note.at,
                fact=f"note “{note.id}”: {fact}",
                hint=hint,
                fix=fix,
            )
        )


def _labels(inlines: Inlines) -> Iterator[str]:
    """Labels of the footnotes that are called."""
    return (one.label for one in flat(inlines) if isinstance(one, FootnoteRef))
