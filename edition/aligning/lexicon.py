"""Words that answer to each other in these very texts, learnt from a first alignment of them.

比丘 stands where *monks* stands: after a hundred paragraphs nobody needs a dictionary to see it,
and no dictionary has the words of a tradition, a translator or a trade.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from edition.aligning.dictionary import stems
from edition.aligning.units import Unit
from edition.characters import HAN

_HAN = re.compile(rf"[{HAN}]+")
_LEAST = 3  # units in which a word must stand to be learnt
_MOST = 0.35  # share of the units beyond which a word tells nothing
_RAREST = 100  # words of a unit that are compared: the rarest say most
_TRUST = 0.5  # share of the places of either that must be places of both

Pairing = tuple[str, str]  # Chinese characters, English stem


def words_of(units: Sequence[Unit], *, chinese: bool) -> list[frozenset[str]]:
    """Characters of Chinese units, alone and by pairs, or stems of English ones; of each unit
    the rarest."""
    every = [_characters(one.text) if chinese else stems(one.text) for one in units]
    seen = Counter(word for words in every for word in words)
    most = max(_LEAST, int(len(units) * _MOST))
    kept = []
    for words in every:
        fit = [word for word in words if _LEAST <= seen[word] <= most]
        fit.sort(key=lambda word: (seen[word], word))
        kept.append(frozenset(fit[:_RAREST]))
    return kept


def _characters(text: str) -> frozenset[str]:
    """Characters and pairs of them that stand side by side."""
    runs = _HAN.findall(text)
    pairs = (run[at : at + 2] for run in runs for at in range(len(run) - 1))
    return frozenset(pairs) | frozenset(char for run in runs for char in run)


def places(units: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """In which units each word stands."""
    found: dict[str, list[int]] = {}
    for at, words in enumerate(units):
        for word in words:
            found.setdefault(word, []).append(at)
    return found


def learn(
    zh: Sequence[frozenset[str]],
    en: Sequence[frozenset[str]],
    beads: Iterable[tuple[Iterable[int], Iterable[int]]],
) -> list[Pairing]:
    """Words that stand on both sides of the same beads, each English one with the Chinese that
    it most often goes with."""
    sides = [
        (frozenset(word for unit in left for word in zh[unit]),
         frozenset(word for unit in right for word in en[unit]))
        for left, right in beads
    ]  # fmt: skip
    seen_zh = Counter(word for here, _ in sides for word in here)
    seen_en = Counter(word for _, there in sides for word in there)
    met: dict[str, dict[str, int]] = {}
    for here, there in sides:
        words = sorted(there, key=lambda word: seen_en[word])
        counts = [seen_en[word] for word in words]
        for word in here:
            # words of which one stands twice as often as the other cannot be trusted
            low = bisect_left(counts, seen_zh[word] * _TRUST)
            high = bisect_right(counts, seen_zh[word] / _TRUST)
            with_word = met.setdefault(word, {})
            for two in words[low:high]:
                with_word[two] = with_word.get(two, 0) + 1
    best: dict[str, tuple[float, str]] = {}
    often = ((one, two, count) for one, others in met.items() for two, count in others.items()
             if count >= _LEAST)  # fmt: skip
    for one, two, count in often:
        share = (count - 1) / max(seen_zh[one], seen_en[two])
        if share >= _TRUST and (share, one) > best.get(two, (0.0, "")):
            best[two] = (share, one)
    return sorted((one, two) for two, (_, one) in best.items())
