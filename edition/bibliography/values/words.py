"""Words that are known, from shipped lists: English ones of SCOWL, Chinese ones of jieba. A list
alone never applies a change; it only raises the question."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from edition.bibliography.values.folding import data

LONGEST = 60  # letters; no listed word, and no two of them, have more
_PREFIXES = (
    "anti auto bi bio counter cross cyber de dis eco electro en ex extra fore geo hyper "
    "in infra inter intra macro mega meta micro mid mini mis mono multi nano neo non out "
    "over para poly post pre pro proto pseudo quasi re semi socio sub super techno tele "
    "trans tri ultra un under up "
    "photo thermo hydro magneto chemo radio ferro litho spectro opto piezo femto atto pico milli "
    "kilo giga tera cardio immuno patho physio ethno politico socio historico agro aero"
)
PREFIXES = tuple(_PREFIXES.split())
ENDINGS = (
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "ly",
    "ness",
    "er",
    "ers",
    "ism",
    "isms",
    "ist",
    "ists",
    "ization",
    "isation",
    "al",
    "ic",
    "ity",
    "like",
    "less",
    "able",
    "ship",
    "based",
)


@cache
def english() -> frozenset[str]:
    """The listed words of three letters and more, lower case."""
    packed = resources.files("edition.bibliography").joinpath("data", "words.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split())


@cache
def rare() -> frozenset[str]:
    """Words of larger lists, lower case: left alone, never proposed."""
    packed = resources.files("edition.bibliography").joinpath("data", "rare.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split())


@cache
def _halves() -> Mapping[str, tuple[str, ...]]:
    """The words by their first and by their last four letters: one error spares one of them."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in english():
        if len(word) >= 6:
            found["^" + word[:4]].append(word)
            found["$" + word[-4:]].append(word)
    return {key: tuple(sorted(words)) for key, words in found.items()}


def known(word: str) -> bool:
    """Whether ``word`` (lower case) is one of :func:`common`, or of a larger list: nothing is said
    of such a word."""
    return word in rare() or common(word)


@lru_cache(maxsize=32768)
def common(word: str) -> bool:
    """Whether ``word`` (lower case) is listed, or derived from or composed of listed words."""
    if len(word) < 3 or not word.isascii() or not word.isalpha() or word in english():
        return True
    if len(word) > LONGEST:
        return False
    british = word.replace("isation", "ization").replace("ising", "izing").replace("our", "or")
    if british in english() or british.replace("ise", "ize") in english():
        return True
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 3 and stem in english() | {stem + "e"} & english():
            return True
    for prefix in PREFIXES:
        rest = word.removeprefix(prefix)
        if (
            rest != word
            and len(rest) > 3
            and (rest in english() or rest.removesuffix("s") in english())
        ):
            return True
    return any(
        word[:cut] in english() and word[cut:] in english() for cut in range(4, len(word) - 3)
    )


@lru_cache(maxsize=8192)
def corrections(word: str) -> tuple[str, ...]:
    """Known words one error from ``word`` (lower case), those first that keep its first and last
    letter; also a known prefix mended before a known word (maga- → mega-regionalism)."""
    from rapidfuzz.distance import OSA

    halves = _halves()
    near = {
        other
        for other in (*halves.get("^" + word[:4], ()), *halves.get("$" + word[-4:], ()))
        if abs(len(other) - len(word)) <= 1 and OSA.distance(other, word, score_cutoff=1) == 1
    }
    for cut in range(3, min(8, len(word) - 4)):
        head, rest = word[:cut], word[cut:]
        if len(rest) > 7 and (rest in english() or rest.removesuffix("s") in english()):
            near |= {
                prefix + rest
                for prefix in PREFIXES
                if len(prefix) > 3 and OSA.distance(prefix, head, score_cutoff=1) == 1
            }
    return tuple(sorted(near, key=lambda one: (one[0] != word[0], one[-1] != word[-1], one)))


@cache
def phrases() -> frozenset[str]:
    """Chinese words of two to four characters, simplified."""
    packed = resources.files("edition.bibliography").joinpath("data", "chinese.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split("\n"))


@cache
def given_names() -> frozenset[str]:
    """Common given names, lower case (``data/given.txt``)."""
    return frozenset(data("given.txt").split())
