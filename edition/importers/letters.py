"""Latin letters and figures that are likely misread: cornpany, wind0w, 2O19. What is a word (modem)
is never asked about, nor are names, addresses and codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from edition.bibliography.values import words
from edition.diagnostics import Diagnostic
from edition.importers.codes import MISREAD
from edition.importers.suspects import Emendation
from edition.readers.passage import Passage
from edition.source import SourceFile

SHORTEST = 4  # letters of a word that is asked about
OFTEN = 2  # a word that stands so often is the text's own
# What is misread for what, as seen in scans: strokes that run together, letters for figures.
_CONFUSED = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("vv", "w"), ("ri", "n"), ("nn", "rm"),
    ("li", "h"), ("h", "li"), ("ii", "u"), ("fi", "h"), ("tl", "d"), ("1", "l"), ("1", "i"),
    ("0", "o"), ("5", "s"), ("8", "B"), ("6", "b"), ("l", "i"), ("i", "l"), ("l", "t"),
    ("e", "c"), ("c", "e"), ("I", "l"), ("|", "l"),
)  # fmt: skip
_FIGURES = str.maketrans("OoIl", "0011")
# no part of an address, a formula or a code
_WORD = re.compile(r"(?<![\w./@:#\\_=&?%+-])[A-Za-z][A-Za-z0158|]{3,}(?![\w./@:_=&?%+]\w|[\\_=])")
_NUMBER = re.compile(r"(?<![A-Za-z0-9./@:#_-])(?=[OoIl]*+[0-9])(?=[0-9]*+[OoIl])[0-9OoIl]{3,}"
                     r"(?![A-Za-z0-9_/-]|\.\w)")  # fmt: skip
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")


def misread(
    file: SourceFile, passages: Sequence[Passage]
) -> tuple[list[Diagnostic], list[Emendation]]:
    """Findings, and the corrections that they propose where these have as many letters."""
    counts = Counter(one[0].lower() for passage in passages for one in _WORD.finditer(passage.text))
    made = [
        Emendation(passage.offsets[at], sic, corr, evidence)
        for passage in passages
        for at, sic, corr, evidence in (*_words(passage, counts), *_numbers(passage))
    ]
    found = [
        Diagnostic(
            code=MISREAD, span=file.span(one.offset, one.offset + len(one.sic)),
            fact=f"{one.sic}: perhaps {one.corr}", hint=one.evidence,
        )
        for one in made
    ]  # fmt: skip
    return found, made


def _words(passage: Passage, counts: Counter[str]) -> Iterator[tuple[int, str, str, str]]:
    for one in _WORD.finditer(passage.text):
        word = one[0]
        if _is_known(word) or counts[word.lower()] >= OFTEN or not _is_plain(word):
            continue
        readings = {made for made in _readings(word) if words.common(made.lower())
                    and made.lower() in words.english()}  # fmt: skip
        own = {made for made in readings if counts[made.lower()]}
        readings = own or readings
        if len(readings) == 1:
            made = readings.pop()
            times = counts[made.lower()]
            often = f"the text has {made} {times} times" if times > 1 else f"{made} is a word"
            yield one.start(), word, made, often if times != 1 else f"the text has {made} once"


def _is_known(word: str) -> bool:
    return word.isalpha() and words.known(word.lower())


def _is_plain(word: str) -> bool:
    """Whether it is written as words of a sentence are: a capital within is a name's or a code's,
    and a name is no word; a figure in it is a misread letter only among small ones."""
    if len(word) > words.LONGEST:
        return False
    return word[1:] == word[1:].lower() and (word[0].islower() or not word.isalpha()) and (
        sum(char.isdecimal() for char in word) <= 1 and not word[-1].isdecimal()
    )  # fmt: skip


def _readings(word: str) -> Iterator[str]:
    if len(word) < SHORTEST:
        return
    for wrong, right in _CONFUSED:
        at = word.find(wrong)
        while at >= 0:
            yield word[:at] + right + word[at + len(wrong) :]
            at = word.find(wrong, at + 1)


def _numbers(passage: Passage) -> Iterator[tuple[int, str, str, str]]:
    """Years with a letter in them (2O19, l998); other numbers may be codes."""
    for one in _NUMBER.finditer(passage.text):
        made = one[0].translate(_FIGURES)
        if _YEAR.fullmatch(made) and sum(char.isdecimal() for char in one[0]) >= 2:
            yield one.start(), one[0], made, "a letter among figures"
