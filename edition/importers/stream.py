"""The text of many passages as one string to be judged by: characters in simplified form, every
figure as 0, every other letter as A, every sign as a comma."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from edition.characters import is_han
from edition.readers.passage import Passage
from edition.script.dictionaries import plain_forms

PAD = "\n\n\n"  # before the first passage and after the last
# Forms of one character in the fonts and standards of other countries: no misreading.
_FORMS_TEXT = "硏研 緖緒 敎教 靑青 旣既 卽即 槪概 晄晃 竝并 擧举 塚冢 飮饮 喩喻 揹背 戶户 吿告 稅税"
_FORMS = {pair[0]: pair[1] for pair in _FORMS_TEXT.split()}


def plain(text: str) -> str:
    """``text`` in the simplified form of each character, whatever its fashion."""
    return text.translate(_plain_table())


@cache
def _plain_table() -> dict[int, str]:
    forms = plain_forms()
    table = {ord(char): form for char, form in forms.items()}
    return table | {ord(char): forms.get(form, form) for char, form in _FORMS.items()}


class _Classes(dict[int, str]):
    """What each character counts as, found when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if is_han(char):
            made = char
        elif char == "\n":
            made = "\n"
        elif char.isnumeric():
            made = "0"
        else:
            made = "A" if char.isalpha() else "，"
        self[code] = made
        return made


@cache
def _classes() -> _Classes:
    return _Classes(_plain_table())


class Stream:
    """``written`` as it stands and ``plain`` to be judged by, of one length."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.written = PAD + "\n".join(one.text for one in passages) + PAD
        self.plain = self.written.translate(_classes())
        self.starts = [len(PAD)]
        for one in passages[:-1]:
            self.starts.append(self.starts[-1] + len(one.text) + 1)

    def offset(self, at: int) -> int:
        """The place in the file of what stands at ``at``."""
        index = bisect_right(self.starts, at) - 1
        return self.passages[index].at(at - self.starts[index])

    def run(self, at: int, reach: int) -> tuple[int, int]:
        """Start and end of the Chinese characters in a row that hold the one at ``at``, as far as
        ``reach`` characters on either side: a text without signs is one row."""
        start = end = at
        while start > at - reach and is_han(self.plain[start - 1]):
            start -= 1
        while end <= at + reach and is_han(self.plain[end]):
            end += 1
        return start, end

    def as_written(self, word: str) -> str:
        """The first place of ``word``, which is plain, as it is written there; "" without one."""
        start = self.plain.find(word)
        return self.written[start : start + len(word)] if start >= 0 else ""
