"""The segments of an edition as notes look them up."""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass, field

from edition.anchors.places import Place, Searched, places, searched
from edition.diagnostics import Code, Diagnostic, Fix
from edition.model import LANGS, Edition, Lang, Note, Pair, Segment


@dataclass(slots=True)
class Index:
    """Segments and pairs by id in reading order, their texts as they are first searched, and
    what was found wrong."""

    segments: dict[tuple[Lang, str], Segment] = field(default_factory=dict)
    pairs: dict[tuple[Lang, str], Pair] = field(default_factory=dict)
    texts: dict[tuple[Lang, str], Searched] = field(default_factory=dict)
    wholes: dict[Lang, tuple[str, list[int], list[str]]] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    @classmethod
    def of(cls, edition: Edition) -> Index:
        index = cls()
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

    def hits(self, segments: list[Segment], quote: str) -> list[Place]:
        return [hit for segment in segments for hit in places(self.text(segment), quote)]

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
