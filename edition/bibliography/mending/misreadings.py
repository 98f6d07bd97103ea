"""Look-alike characters in Chinese titles: 夏合 for 複合.

A word list alone would find fault with many a good title. So a reading needs evidence of the
document: either its texts and titles have the word that the look-alike makes (twice or more) and
never the one that stands there, or the list is seen to confuse the two characters elsewhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from edition.bibliography.types import Change, Context, Entry, Library, Tier
from edition.bibliography.values import alike, simplified, words
from edition.characters import IS_HAN, has_han
from edition.script import traditional

LEAST = 0.99  # likeness asked where only the document's vocabulary speaks for a reading


class Misreadings:
    """The two-character words of the document, and the characters that it confuses."""

    def __init__(
        self, library: Library, context: Context, confused: frozenset[tuple[str, str]]
    ) -> None:
        self.confused: dict[str, list[str]] = defaultdict(list)
        for old, new in sorted(confused):
            self.confused[simplified(old)].append(simplified(new))
        self.pairs: Counter[str] = Counter()
        titles = [entry.get("title") for entry in library.entries if has_han(entry.get("title"))]
        for text in (*context.texts, *titles):
            plain = simplified(text)
            self.pairs.update(
                a + b for a, b in pairwise(plain) if IS_HAN.match(a) and IS_HAN.match(b)
            )
        self.before: dict[str, list[str]] = defaultdict(list)
        self.after: dict[str, list[str]] = defaultdict(list)
        for pair, count in self.pairs.items():
            if count > 1:
                self.before[pair[1]].append(pair[0])
                self.after[pair[0]].append(pair[1])

    def of(self, entry: Entry, name: str, value: str) -> Iterator[Change]:
        """Proposals for the characters of one title."""
        plain = simplified(value)
        if len(plain) != len(value):
            return
        for at, char in enumerate(plain):
            if not IS_HAN.match(char) or self._sound(plain, at):
                continue
            for read, made, fact in self._readings(plain, at):
                form = traditional(plain[:at] + read + plain[at + 1 :])[at : at + 1] or read
                if form == value[at] or simplified(value) == value:
                    form = read
                yield Change(
                    entry=entry.key,
                    field=name,
                    before=value,
                    after=value[:at] + form + value[at + 1 :],
                    rule="title.shape",
                    evidence=(
                        f"{char} and {read} are alike in shape",
                        f"{made} is a word, {self._stands(plain, at, made)} is none",
                        fact,
                    ),
                    tier=Tier.PROPOSED,
                    confidence=0.8,
                )
                break

    def _sound(self, text: str, at: int) -> bool:
        """The character makes a word with a neighbour: a listed one, or one used elsewhere."""
        around = [
            text[start : start + 2]
            for start in (at - 1, at)
            if start >= 0 and start + 2 <= len(text)
        ]
        return any(pair in words.phrases() or self.pairs[pair] > 1 for pair in around)

    def _readings(self, text: str, at: int) -> Iterator[tuple[str, str, str]]:
        char = text[at]
        left = text[at - 1] if at else ""
        right = text[at + 1] if at + 1 < len(text) else ""
        for read in self.confused.get(char, ()):
            for made in (read + right, left + read):
                if len(made) == 2 and (made in words.phrases() or self.pairs[made]):
                    yield read, made, f"the list writes {char} for {read} elsewhere"
        for read, made in (
            *((one, one + right) for one in self.before.get(right, ())),
            *((one, left + one) for one in self.after.get(left, ())),
        ):
            if read != char and made in words.phrases() and alike(char, read) >= LEAST:
                yield read, made, f"{made} stands {self.pairs[made]} times in the document"

    @staticmethod
    def _stands(text: str, at: int, made: str) -> str:
        return text[at : at + 2] if made[0] != text[at - 1 : at] else text[at - 1 : at + 1]
