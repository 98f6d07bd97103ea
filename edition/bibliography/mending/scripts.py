"""Characters of the other script in a list that keeps to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from edition.bibliography.types import Change, Entry, Library, Tier
from edition.bibliography.values import simplified
from edition.characters import IS_HAN, has_han
from edition.script import traditional


def _only(text: str, *, traditional: bool) -> int:
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
            old += _only(text, traditional=True)
            new += _only(text, traditional=False)
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
    return _only(rest, traditional=True) > 0 and _only(rest, traditional=False) <= 1
