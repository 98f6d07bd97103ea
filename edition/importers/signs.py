"""Quotation marks and brackets that do not pair, of several kinds; half-width punctuation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from edition.characters import HAN, has_han
from edition.diagnostics import Diagnostic
from edition.importers.codes import HALF_WIDTH, MIXED, UNBALANCED
from edition.readers.passage import Passage

_OPENERS = {
    "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "（": "）", "(": ")",
    "[": "]", "【": "】", "〔": "〕", "［": "］",
}  # fmt: skip
_CLOSERS = {close: start for start, close in _OPENERS.items()}
_PAIRED = re.compile("|".join(map(re.escape, (*_OPENERS, *_CLOSERS))))
_SAME = {"（": "(", "）": ")", "［": "[", "］": "]"}  # one may close the other
_INNER = {"“": "‘ ’", "‘": "“ ”", "「": "『 』", "『": "「 」"}
_LIST_NUMBER = re.compile(r"^\s*\w{1,3}[)）]")
_HALF = re.compile(rf"(?<=[{HAN}”」』》])\s?([,;:?!])\s?(?=[{HAN}“「『《])")
_BESIDE_LATIN = re.compile(r"(?<=[A-Za-z])([,;])(?=\s*\w)|(?<=\w)([,;])(?=\s*[A-Za-z])")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


def faults(passages: Sequence[Passage]) -> list[Diagnostic]:
    """Findings in the order of ``passages``; one for each place."""
    curly = any("“" in one.text for one in passages)
    found: list[Diagnostic] = []
    for passage in passages:
        if _PAIRED.search(passage.text):
            found += _unpaired(passage)
        found += _straight(passage, curly=curly)
        found += _half_width(passage)
    return found


def _straight(passage: Passage, *, curly: bool) -> Iterator[Diagnostic]:
    text = passage.text
    if '"' in text and (curly or "”" in text) and has_han(text):
        for at, char in enumerate(text):
            if char == '"':
                yield Diagnostic(
                    code=MIXED, span=passage.span(at, at + 1),
                    fact="a straight quotation mark, and “ ” beside it",
                    hint="write “ ” throughout")  # fmt: skip


def _half_width(passage: Passage) -> Iterator[Diagnostic]:
    half = list(_HALF.finditer(passage.text))
    listed = _listed_marks(passage.text) if half else frozenset()
    for one in half:
        if one[1] in listed:
            continue
        yield Diagnostic(
            code=HALF_WIDTH, span=passage.span(*one.span(1)),
            fact=f"half-width {one[1]} between Chinese words",
            hint=f"write {_FULL[one[1]]}")  # fmt: skip


def _listed_marks(text: str) -> frozenset[str]:
    """Marks by which words of both languages are listed (ADI, 博通, Cree), each as often beside
    Latin words as between Chinese ones: they are of one form throughout."""
    latin = Counter(one[1] or one[2] for one in _BESIDE_LATIN.finditer(text))
    chinese = Counter(one[1] for one in _HALF.finditer(text))
    return frozenset(
        mark for mark, count in latin.items() if count >= chinese[mark] and _FULL[mark] not in text
    )


def _unpaired(passage: Passage) -> list[Diagnostic]:
    """Marks without a partner, and marks inside marks of the same kind."""
    text = passage.text
    stack = _Open()
    odd: list[int] = []
    nested: list[int] = []
    for sign in _PAIRED.finditer(text):
        at, char = sign.start(), sign[0]
        if char in _OPENERS:
            if char in _INNER and stack.counts[char]:
                nested.append(at)
            stack.push(_SAME.get(char, char), at)
        elif not _apostrophe(text, at, stack):
            _close(char, at, stack, odd, text)
    odd += [at for _, at in stack.marks]
    crossed = {first: second for first, second in pairwise(sorted(odd))
               if text[first] in _OPENERS and text[second] in _CLOSERS}  # fmt: skip
    found = [
        Diagnostic(code=UNBALANCED, span=passage.span(second, second + 1),
                   fact=f"{text[first]} is closed by {text[second]}",
                   hint=f"write {_OPENERS[text[first]]}")
        for first, second in crossed.items()
    ]  # fmt: skip
    taken = {*crossed, *crossed.values()}
    odd = [at for at in odd if at not in taken]
    found += [
        Diagnostic(code=UNBALANCED, span=passage.span(at, at + 1),
                   fact=f"{text[at]} has no partner in its paragraph",
                   hint=f"compare: …{text[max(0, at - 10) : at + 10]}…")
        for at in sorted(odd)
    ]  # fmt: skip
    if not odd and not crossed:  # else what seems to stand inside may only lack its partner
        found += [
            Diagnostic(code=MIXED, span=passage.span(at, at + 1),
                       fact=f"{text[at]} stands inside {text[at]}",
                       hint=f"write {_INNER[text[at]]} there")
            for at in nested
        ]  # fmt: skip
    return found


class _Open:
    """Marks that are open, the last one last, and how many there are of each."""

    def __init__(self) -> None:
        self.marks: list[tuple[str, int]] = []
        self.counts: Counter[str] = Counter()

    def push(self, mark: str, at: int) -> None:
        self.marks.append((mark, at))
        self.counts[mark] += 1

    def pop(self) -> tuple[str, int]:
        last = self.marks.pop()
        self.counts[last[0]] -= 1
        return last


def _close(char: str, at: int, stack: _Open, odd: list[int], text: str) -> None:
    opener = _SAME.get(_CLOSERS[char], _CLOSERS[char])
    if stack.counts[opener]:
        while (last := stack.pop())[0] != opener:
            odd.append(last[1])
    elif not _LIST_NUMBER.match(text[max(0, at - 3) : at + 1]):
        odd.append(at)


def _apostrophe(text: str, at: int, stack: _Open) -> bool:
    return text[at] == "’" and at > 0 and text[at - 1].isalpha() and not stack.counts["‘"]
