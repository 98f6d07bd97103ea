"""Titles and venues: misprints by evidence and word lists, mixed scripts, punctuation, variants.

What a word list alone says is proposed, never applied; punctuation between Chinese characters and
characters that exist only in the other script are mended unasked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from edition.bibliography.mending.misreadings import Misreadings
from edition.bibliography.types import Change, Context, Entry, Library, Tier
from edition.bibliography.values import (
    alike,
    fold,
    given_names,
    han_share,
    simplified,
    untex,
    words,
)
from edition.characters import HAN, IS_HAN, has_han
from edition.script import traditional

TITLES = ("title", "subtitle", "booktitle", "maintitle")
VENUES = ("journal", "journaltitle", "publisher", "series")
_WORD = re.compile(r"[A-Za-z]{6,}")
_HAN = rf"[{HAN}]"
_NARROW = re.compile(rf"(?<={_HAN})\s*([,;:?!])\s*(?={_HAN}|“)")
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
_WIDE = str.maketrans(",;:?!", "，；：？！")


def repair_titles(
    library: Library, context: Context, confused: Iterable[tuple[str, str]] = ()
) -> Iterator[Change]:
    """Changes to titles and venues. ``confused``: pairs (misread, read) of Chinese characters
    that the list has been seen to confuse in names."""
    misread = Misreadings(library, context, frozenset(confused))
    seen = _vocabulary(library)
    old_script = mostly_traditional(library)
    for entry in library.entries:
        for name in (*TITLES, *VENUES):
            value = entry.get(name)
            if not value:
                continue
            if has_han(value):
                yield from _punctuation(entry, name, value)
                if old_script:
                    yield from mixed_script(entry, name, value)
                if name in TITLES:
                    yield from misread.of(entry, name, value)
            elif name in TITLES:
                yield from _misspelt(entry, name, value, seen)
    yield from _venues(library)


def _vocabulary(library: Library) -> Counter[str]:
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


def _misspelt(entry: Entry, name: str, value: str, seen: Counter[str]) -> Iterator[Change]:
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


def _punctuation(entry: Entry, name: str, value: str) -> Iterator[Change]:
    """Half-width marks between Chinese characters, hyphens for a dash, unpaired quotation marks."""
    wide = _NARROW.sub(lambda found: found[1].translate(_WIDE), value)
    if wide != value:
        yield _made(
            entry,
            name,
            value,
            wide,
            "title.width",
            "half-width punctuation between Chinese characters",
            Tier.APPLIED,
        )
    dashed = re.sub(rf"(?<={_HAN})\s*-{{2,3}}\s*(?={_HAN})", "——", value)
    if dashed != value:
        yield _made(
            entry,
            name,
            value,
            dashed,
            "title.dash",
            "hyphens stand for the Chinese dash",
            Tier.APPLIED,
        )
    quoted = re.sub(r'"([^"]*)"', r"“\1”", value)
    if quoted != value:
        yield _made(
            entry,
            name,
            value,
            quoted,
            "title.quotes",
            "straight quotation marks in a Chinese title",
            Tier.PROPOSED,
        )


def _made(
    entry: Entry, name: str, before: str, after: str, rule: str, fact: str, tier: Tier
) -> Change:
    return Change(
        entry=entry.key,
        field=name,
        before=before,
        after=after,
        rule=rule,
        evidence=(fact,),
        tier=tier,
        confidence=0.95 if tier is Tier.APPLIED else 0.7,
    )


# --- scripts ---------------------------------------------------------------------------------


def _only(text: str, traditional: bool) -> int:
    """Characters of ``text`` that stand in one script only."""
    if traditional:
        return sum(1 for c in text if simplified(c) != c)
    return sum(1 for c in text if IS_HAN.match(c) and not in_big5(c))


def in_big5(char: str) -> bool:
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def mostly_traditional(library: Library) -> bool:
    old = new = 0
    for entry in library.entries[:2000]:
        text = entry.get("title") + entry.get("author")
        if has_han(text):
            old += _only(text, True)
            new += _only(text, False)
    return old > 3 * new


def mixed_script(entry: Entry, name: str, value: str) -> Iterator[Change]:
    """Simplified characters in a traditional text. A character that traditional writing doesn't
    have at all is changed unasked; one that is both (后) is proposed as the context converts it."""
    if not all(ord(c) < 0x20000 for c in value):
        return
    converted = traditional(value)
    if converted == value or len(converted) != len(value):
        return
    for at, (old, new) in enumerate(zip(value, converted, strict=True)):
        if old == new or not IS_HAN.match(old):
            continue
        sure = not in_big5(old) and len(_forms(old)) == 1
        if not sure and not _unusual(value, at):
            continue
        yield Change(
            entry=entry.key,
            field=name,
            before=value,
            after=value[:at] + new + value[at + 1 :],
            rule="script.mixed",
            tier=Tier.APPLIED if sure else Tier.PROPOSED,
            evidence=(
                f"{old} is simplified for {new} in a list written in traditional characters",
            ),
            confidence=0.95 if sure else 0.75,
        )


@cache
def _reverse() -> Mapping[str, tuple[str, ...]]:
    from edition.bibliography.values import data

    found: dict[str, list[str]] = defaultdict(list)
    old, new = data("hans.txt").split()
    for a, b in zip(old, new, strict=True):
        if in_big5(a):
            found[b].append(a)
    return {key: tuple(held) for key, held in found.items()}


def _forms(char: str) -> tuple[str, ...]:
    return _reverse().get(char, ())


def _unusual(value: str, at: int) -> bool:
    """The rest of the text is traditional, so that the character stands out."""
    rest = value[:at] + value[at + 1 :]
    return _only(rest, True) > 0 and _only(rest, False) <= 1


# --- venues ----------------------------------------------------------------------------------


def _venues(library: Library) -> Iterator[Change]:
    """One journal under several names. What differs in case or a full stop is form; "&" and "and"
    are left alone, and so are abbreviations; a colon or hyphen is proposed where most entries
    have the name with it or without."""
    for field in VENUES[:2]:
        groups: dict[str, Counter[str]] = defaultdict(Counter)
        for entry in library.entries:
            if entry.get(field):
                groups[_venue_key(entry.get(field))][entry.get(field)] += 1
        for entry in library.entries:
            value = entry.get(field)
            held = groups.get(_venue_key(value), Counter())
            if not value or len(held) < 2:
                continue
            best, count = held.most_common(1)[0]
            if best == value or count <= held[value] or _joins(best) != _joins(value):
                continue
            form = _formless(best) == _formless(value)
            if form and (best.endswith(".") or best.isupper() or best.islower()):
                continue  # a stop or capitals that an export left, however often
            if not form and (count < 3 or count < 3 * held[value]):
                continue
            if not form and _marks(best) <= _marks(value):
                continue  # a colon or hyphen is sooner left out than put in
            yield Change(
                entry=entry.key,
                field=field,
                before=value,
                after=best,
                rule="journal.form" if form else "journal.variant",
                evidence=(f"{count} entries have {best}, {held[value]} {value}",),
                confidence=0.9 if form else 0.7,
                tier=Tier.APPLIED if form else Tier.PROPOSED,
            )
        yield from _rare(library, field, groups)


def _marks(value: str) -> int:
    return len(re.findall(r"[:\-–.]", value))


def _joins(value: str) -> bool:
    return "&" in value


def _formless(value: str) -> str:
    """``value`` without what is only form: case and a full stop at its end."""
    return value.strip(" .").casefold()


def _venue_key(value: str) -> str:
    return fold(value)


def _rare(library: Library, field: str, groups: Mapping[str, Counter[str]]) -> Iterator[Change]:
    """A name that stands once, one letter of one word from one that stands at least three
    times."""
    from rapidfuzz.distance import OSA

    common = [
        (key, held.most_common(1)[0]) for key, held in groups.items() if sum(held.values()) >= 3
    ]
    for entry in library.entries:
        value = entry.get(field)
        key = _venue_key(value)
        if not value or sum(groups[key].values()) > 1 or (len(key) < 12 and not has_han(key)):
            continue
        for other, (best, count) in common[:400]:
            if other != key and OSA.distance(key, other, score_cutoff=1) == 1 and _typo(key, other):
                yield Change(
                    entry=entry.key,
                    field=field,
                    before=value,
                    after=best,
                    rule="journal.typo",
                    tier=Tier.PROPOSED,
                    confidence=0.7,
                    evidence=(f"{count} entries have {best}",),
                )


def _typo(mine: str, other: str) -> bool:
    if not has_han(mine):
        # the word is none, and the other is one: two journals may differ in a letter
        odd_words = [(a, b) for a, b in zip(mine.split(), other.split(), strict=False) if a != b]
        return len(mine.split()) == len(other.split()) and all(
            len(a) >= 6 and not words.known(a) and words.known(b) for a, b in odd_words
        )
    odd = [(a, b) for a, b in zip(mine, other, strict=False) if a != b]
    return len(mine) == len(other) and all(alike(a, b) > 0.9 for a, b in odd)


def protected(entries: Iterable[Entry]) -> Iterator[Change]:
    """Acronyms of English titles that a style in sentence case would lower: braces proposed."""
    for entry in entries:
        title = entry.get("title")
        if han_share(title) > 0.2 or "{" in title or "\\" in title:
            continue
        after = re.sub(
            r"(?<![\w{])((?:[A-Z]\.){2,}|[A-Z]{2,}[a-z]?(?:-\d+)?|[A-Z][a-z]+[A-Z]\w*)"
            r"(?![\w}])",
            r"{\1}",
            title,
        )
        if after != title and not title.isupper():
            yield _made(
                entry,
                "title",
                title,
                after,
                "title.case",
                "acronyms without braces are lowered by styles in sentence case",
                Tier.PROPOSED,
            )
