"""What the label of a host says: which body can be read off it, in letters or by pinyin.

A label is read off a name as words, beginnings of words or initials in order (``csis``, ``apnews``,
``semiengineering``), or as the pinyin of its characters (``fudan``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from edition.bibliography.values import ALIKE, compact, fold, near, phrases, simplified


@lru_cache(maxsize=16384)
def reads(label: str, name: str) -> bool:
    """Whether ``label`` can be read off the words of ``name`` in order, each giving nothing, its
    beginning, or itself; the letters that carry it must be enough of the name to be no chance."""
    label = label.replace("-", "")
    words = name.split()
    whole = "".join(words[1:] if words[:1] == ["the"] else words)
    if whole and (label in whole or whole in label or label in "".join(words)):
        return len(label) > 1
    states = {0}
    for word in words:
        states |= {
            at + size
            for at in states
            for size in range(1, len(word) + 1)
            if label[at : at + size] == word[:size]
        }
    if len(label) in states:
        return True
    return any(len(word) > 5 and (word in label or word.rstrip("s") in label) for word in words)


def initialled(label: str, known: str) -> bool:
    """``csis``; ``uscc``, which passes over words, where it is long enough to be no chance."""
    words = [word for word in fold(known).split() if word not in ("the", "of", "and", "for")]
    initials = "".join(word[0] for word in words)
    rest = iter(initials)
    return (
        compact(known) == label
        or initials == label
        or (len(label) > 3 and initials[:1] == label[0] and all(letter in rest for letter in label))
    )


def by_pinyin(value: str, labels: Sequence[str], others: str) -> tuple[str, str, str] | None:
    """The body with one look-alike character such that a label of the host is its pinyin:
    (reading, label, characters read). ``others``: the bodies of the same host, simplified."""
    from pypinyin import lazy_pinyin

    whole = value.strip("{}")
    text = simplified(whole)
    for label in (one for one in labels if len(one) >= 4):
        for start, size in ((at, size) for at in range(len(text) - 1) for size in (2, 3, 4)):
            part = text[start : start + size]
            sounds = lazy_pinyin(part)
            if len(part) < size:
                continue
            if "".join(sounds) == label:
                return None
            for at, (other, known) in _sounding(part, sounds, label):
                if known in phrases() or known in others or size > 2:
                    place = start + at
                    return "{" + whole[:place] + other + whole[place + 1 :] + "}", label, known
    return None


def _sounding(part: str, sounds: list[str], label: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """Look-alikes of one character of ``part`` with which its pinyin is ``label``: the place,
    the character and ``part`` with it (simplified)."""
    from pypinyin import lazy_pinyin

    for at, char in enumerate(part):
        head, tail = "".join(sounds[:at]), "".join(sounds[at + 1 :])
        if label.startswith(head) and label.endswith(tail) and len(label) > len(head + tail):
            sound = label[len(head) : len(label) - len(tail)]
            for other, score in near(char):
                if score >= ALIKE and sound in lazy_pinyin(simplified(other)):
                    yield at, (other, part[:at] + simplified(other) + part[at + 1 :])
