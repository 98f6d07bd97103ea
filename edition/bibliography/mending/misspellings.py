"""Words of English titles that no list has, a letter from one that it has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from edition.bibliography.types import Change, Entry, Library, Tier
from edition.bibliography.values import given_names, untex, words

TITLES = ("title", "subtitle", "booktitle", "maintitle")
_WORD = re.compile(r"[A-Za-z]{6,}")
# small words that no English title has
_FOREIGN = frozenset(
    (
        "des", "les", "une", "dans", "sur", "aux", "et", "du", "und", "der", "das", "für", "mit",
        "zur", "zum", "von", "vom", "dem", "del", "los", "las", "para", "della", "delle", "degli",
        "dei", "nel", "een", "het", "voor", "och", "för", "til",
    )
)  # fmt: skip
_ENGLISH_NAMES = frozenset(
    ("english", "en", "eng", "american", "british", "en-us", "en-gb", "usenglish", "ukenglish")
)


def vocabulary(library: Library) -> Counter[str]:
    """The words of all titles, and of the paths of all addresses, with the number of entries."""
    seen: Counter[str] = Counter()
    for entry in library.entries:
        text = " ".join(untex(entry.get(name)) for name in (*TITLES, "url", "abstract"))
        seen.update({word.lower() for word in _WORD.findall(text)})
    return seen


_ENGLISH = 0.75  # share of known words from which a title is taken for English


def _english(entry: Entry, value: str) -> bool:
    """Whether the title is English: so it says, or most of its words are."""
    said = (entry.get("langid") or entry.get("language")).casefold()
    if said:
        return said in _ENGLISH_NAMES
    if _FOREIGN & set(untex(value).split()):
        return False
    found = re.findall(r"[A-Za-z]{3,}", untex(value))
    odd = sum(not words.known(one.lower()) for one in found)
    return odd <= max(1, (1 - _ENGLISH) * len(found))


_SMALL = frozenset(("the", "of", "and", "in", "for", "with", "on", "to", "from", "by", "an"))
_ENOUGH = 3  # known words beside the one in question


def _plainly_english(entry: Entry, value: str) -> bool:
    """Whether enough of the title is English that a strange word is no other language’s."""
    if (entry.get("langid") or entry.get("language")).casefold() in _ENGLISH_NAMES:
        return True
    found = [one.lower() for one in re.findall(r"[A-Za-z]+", untex(value))]
    known = {one for one in found if len(one) > 3 and words.known(one)}
    return bool(_SMALL & set(found)) or len(known) >= _ENOUGH


def misspelt_words(entry: Entry, name: str, value: str, seen: Counter[str]) -> Iterator[Change]:
    if not _english(entry, value):
        return
    lower = len(re.findall(r"\b[a-z]{5,}", untex(value))) > 1
    plainly = _plainly_english(entry, value)
    for found in _WORD.finditer(value):
        word, low = found[0], found[0].lower()
        start = found.start()
        around = value[start - 1 : start] + value[found.end() : found.end() + 1]
        if words.known(low) or re.search(r"[^\s,.:;?!()“”‘]", around) or seen[low] > 1:
            continue  # a part of an accented, compound or protected word
        if word.isupper() or any(c.isupper() for c in word[1:]):
            continue
        known = [one for one in words.corrections(low) if one[0] == low[0]]
        if word[0].isupper():  # perhaps a name: names are asked too, and come first
            known = [n for n in _given_near(low) if n not in known] + known
            known.sort(key=lambda one: one[-1] != low[-1])
        known.sort(key=lambda one: not (seen[one] or _plain_slip(low, one)))
        if not known or len(low) < 8:
            continue
        stands = seen[known[0]] and known[0][-1] == low[-1]
        if not (stands or (_plain_slip(low, known[0]) and plainly)):
            continue  # a term that no list has, rather than a misprint
        if word[0].isupper() and start and lower:
            continue  # a name among words in lower case
        elsewhere = [one for one in known if seen[one]]
        best = elsewhere[0] if elsewhere else known[0]
        facts = [f"{word} is in no word list; {_cased(word, best)} is one letter away"]
        if elsewhere:
            facts.append(f"{best} stands in another entry")
        readings = [_cased(word, one) for one in [best, *known] if one != best or one is best]
        afters = list(dict.fromkeys(value[:start] + one + value[found.end() :] for one in readings))
        yield Change(
            entry=entry.key,
            field=name,
            before=value,
            after=afters[0],
            rule="title.word",
            evidence=tuple(facts),
            tier=Tier.PROPOSED,
            confidence=0.8 if elsewhere or len(known) == 1 else 0.6,
            alternatives=tuple(afters[1:4]),
        )


def _plain_slip(low: str, reading: str) -> bool:
    """What fingers and scanners do: two letters changed over, one left out or put in; the ends of
    the word stand. A letter for another is as often a term that no list has, except in a prefix."""
    if low[0] != reading[0] or low[-2:] != reading[-2:]:
        return False  # an ending is another form, or another language’s
    if len(low) == len(reading):
        odd = [at for at, (a, b) in enumerate(zip(low, reading, strict=True)) if a != b]
        return len(odd) == 2 or (len(odd) == 1 and reading.startswith(words.PREFIXES))
    return low[1] == reading[1]


def _given_near(low: str) -> list[str]:
    from rapidfuzz.distance import OSA

    return sorted(
        one
        for one in given_names()
        if one[0] == low[0] and OSA.distance(one, low, score_cutoff=1) == 1
    )


def _cased(word: str, reading: str) -> str:
    return reading.capitalize() if word[0].isupper() else reading
