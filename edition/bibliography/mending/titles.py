"""Titles and venues: misprints by evidence and word lists, mixed scripts, punctuation, variants.

What a word list alone says is proposed, never applied; punctuation between Chinese characters and
characters that exist only in the other script are mended unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from edition.bibliography.mending.journals import VENUES, repair_venues
from edition.bibliography.mending.misreadings import Misreadings
from edition.bibliography.mending.misspellings import TITLES, misspelt_words, vocabulary
from edition.bibliography.mending.scripts import mixed_script, mostly_traditional
from edition.bibliography.types import Change, Context, Entry, Library, Tier
from edition.bibliography.values import han_share
from edition.characters import HAN, has_han

_HAN = rf"[{HAN}]"
_NARROW = re.compile(rf"(?<={_HAN})\s*([,;:?!])\s*(?={_HAN}|“)")
_WIDE = str.maketrans(",;:?!", "，；：？！")


def repair_titles(
    library: Library, context: Context, confused: Iterable[tuple[str, str]] = ()
) -> Iterator[Change]:
    """Changes to titles and venues. ``confused``: pairs (misread, read) of Chinese characters
    that the list has been seen to confuse in names."""
    misread = Misreadings(library, context, frozenset(confused))
    seen = vocabulary(library)
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
                yield from misspelt_words(entry, name, value, seen)
    yield from repair_venues(library)


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
