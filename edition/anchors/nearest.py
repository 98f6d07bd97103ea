"""What comes nearest to a lemma that is not found, or to an id that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from edition.anchors.places import WORD, Place, Searched

# Below this share of characters that agree, likeness is chance: two of three are 67%.
LIKENESS = 0.6
SPREAD = 0.25  # further behind the best, a candidate is not worth the reader's time
CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    place: Place
    likeness: float  # share of characters that agree, 0 to 1

    @property
    def text(self) -> str:
        return self.place.searched.text[self.place.start : self.place.end]


def _stops(text: Searched) -> list[int]:
    """Offsets where a lemma may begin or end: borders of characters outside words and rubies."""
    inside = {at for word in WORD.finditer(text.text) for at in range(word.start() + 1, word.end())}
    stops = [at for at in range(len(text.text) + 1) if at not in inside]
    if text.borders is None and not text.rubies:
        return stops
    return [at for at in stops if text.border(at) and not text.in_ruby(text.source(at))]


def candidates(quote: str, texts: Sequence[Searched]) -> list[Candidate]:
    """Up to three stretches of ``texts`` most like ``quote``, the best first."""
    found: list[Candidate] = []
    for text in texts:
        found += _in_text(quote, text)
    found.sort(key=lambda one: -one.likeness)
    return [one for one in found if one.likeness > found[0].likeness - SPREAD][:CANDIDATES]


def _in_text(quote: str, text: Searched) -> list[Candidate]:
    stops = _stops(text)
    windows: dict[int, str] = {}
    reach = 0
    for begin in stops:
        while reach < len(stops) - 1 and stops[reach] - begin < len(quote):
            reach += 1
        if stops[reach] > begin:
            windows[begin] = text.text[begin : stops[reach]]
    best = process.extract(
        quote,
        windows,
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=LIKENESS - 0.2,
        limit=4 * CANDIDATES,
    )
    out: list[Candidate] = []
    for window, _, begin in best:
        one = _refined(quote, text, stops, begin, begin + len(window))
        if one.likeness >= LIKENESS and not any(_overlap(one.place, had.place) for had in out):
            out.append(one)
    return out[:CANDIDATES]


def _refined(quote: str, text: Searched, stops: list[int], start: int, end: int) -> Candidate:
    """The window moved and stretched by up to three stops a side to where it is most like."""
    first, last = stops.index(start), stops.index(end)
    options = {
        (stops[i], stops[j]): text.text[stops[i] : stops[j]]
        for i in range(max(0, first - 3), min(first + 4, len(stops)))
        for j in range(max(i + 1, last - 3), min(last + 4, len(stops)))
    }
    # Of equals the one of the lemma's length: another character is likelier than a missing one.
    _, likeness, (begin, stop) = max(
        process.extract(quote, options, scorer=Levenshtein.normalized_similarity, limit=None),
        key=lambda one: (one[1], -abs(len(one[0]) - len(quote))),
    )
    return Candidate(Place(text, begin, stop), likeness)


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def ids(wanted: str, known: Iterable[str]) -> list[str]:
    """Up to three known ids most like ``wanted``, the best first."""
    found = process.extract(wanted, list(known), scorer=fuzz.ratio, score_cutoff=50, limit=3)
    return [one for one, _, _ in found]
