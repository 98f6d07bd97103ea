"""Long lemmas as an apparatus has them: their first and last words."""

from __future__ import annotations

import re

_HAN_KEPT = 2  # characters at either end
_WORDS_KEPT = 1
_WORD = re.compile(r"\S+")


def shortened(lemma: str, longest: int) -> str:
    """``lemma`` as it is where it has no more than ``longest`` Han characters or words (0: always),
    else 最初……最後, first … last."""
    if not longest:
        return lemma
    if lemma.isascii() or " " in lemma.strip():
        words = _WORD.findall(lemma)
        if len(words) <= longest:
            return lemma
        return f"{' '.join(words[:_WORDS_KEPT])} … {' '.join(words[-_WORDS_KEPT:])}"
    bare = lemma.strip()
    if len(bare) <= longest:
        return lemma
    return f"{bare[:_HAN_KEPT]}……{bare[-_HAN_KEPT:]}"
