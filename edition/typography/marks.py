"""Typewriter marks → printed ones: quotation marks, apostrophes, primes, dashes, ellipses.

Each function takes a text and gives for each of its code points what is printed, so that places in
the text can be followed. What stands in ``kept`` ranges, and addresses, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from edition.model import Lang

Range = tuple[int, int]

# What holds such marks for reasons of its own.
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,9}://|www\.|doi:)[!-~]+|10\.\d{4,9}/[!-~]+|\b\w[\w.+'-]{0,63}@[\w-]{1,63}\.[\w.-]{1,63}",
    re.IGNORECASE,
)
TYPED = re.compile(r"[\"']|(?<!-)---?(?!-)|(?<!\.)\.\.\.(?!\.\.)")

_OPENING = "([{<（［｛〔【〈《「『“‘«‹¿¡—–-/"
_PRIME = re.compile(r"(?<=\d)['\"]")
_FEET = re.compile(
    r"(?<![\w'])\d+(?:\.\d+)?'(?:\s?\d+(?:\.\d+)?(?:\s?\d+/\d+)?(?P<inches>\"))?(?!\w)"
)
_DEGREES = re.compile(r"°\s?\d+(?:\.\d+)?(?P<minutes>')(?:\s?\d+(?:\.\d+)?(?P<seconds>\"))?")
_DECADE = re.compile(r"'\d\d(?:s\b|(?!\d))")
_AND = re.compile(r"(?<![\w'])'[nN]'(?![\w'])")  # rock 'n' roll
# Words that begin with an apostrophe; others in its place open a quotation.
_CLIPPED = re.compile(
    r"'(?:tis|twas|twere|twill|twould|twixt|em|til|tain't|cos|cuz|n|nuff|neath|gainst|midst|mongst)\b"
    r"(?!')",
    re.IGNORECASE,
)


def typed(text: str) -> re.Match[str] | None:
    """The first typewriter mark in ``text`` that is not part of an address."""
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for match in TYPED.finditer(text):
        if not any(start <= match.start() < end for start, end in addresses):
            return match
    return None


def smart(text: str, lang: Lang, kept: Iterable[Range] = ()) -> list[str]:
    """``text`` with printed marks: in English “ ” ‘ ’ – — …, in Chinese “ ” ‘ ’ —— ……."""
    cells = list(text)
    if not TYPED.search(text):
        return cells
    ranges = [*kept, *(match.span() for match in _ADDRESS.finditer(text))]
    left = {at for start, end in ranges for at in range(start, end)}
    _dashes(text, lang, cells, left)
    _dots(text, lang, cells, left)
    _Quotes(text, lang, cells, left).run()
    return cells


def _dashes(text: str, lang: Lang, cells: list[str], left: set[int]) -> None:
    """``---`` is an em dash; ``--`` is one between words without spaces, else an en dash, as
    between figures. In Chinese both are the dash of two em."""
    for match in re.finditer(r"(?<!-)---?(?!-)", text):
        start, end = match.span()
        if left & set(range(start, end)):
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        if lang == "zh" and (_wide(before) or _wide(after)):
            dash = "——"
        elif end - start == 3:
            dash = "—"
        else:
            close = bool(before) and bool(after) and not (before + after).isspace()
            close = close and not before.isspace() and not after.isspace()
            figures = before.isdecimal() and after.isdecimal()
            dash = "—" if close and not figures else "–"
        cells[start:end] = [dash, *[""] * (end - start - 1)]


def _dots(text: str, lang: Lang, cells: list[str], left: set[int]) -> None:
    """Three full stops are an ellipsis, and the first three of four: the last ends a sentence."""
    for match in re.finditer(r"(?<!\.)\.{3,4}(?!\.)", text):
        start = match.start()
        if left & set(range(start, start + 3)):
            continue
        near = text[start - 1 : start] or text[match.end() : match.end() + 1]
        wide = lang == "zh" and (_wide(near) or _wide(text[match.end() : match.end() + 1]))
        cells[start : start + 3] = ["……" if wide else "…", "", ""]


def _wide(char: str) -> bool:
    return bool(char) and (char >= "\u2e80" or char in "“”‘’…—")


class _Quotes:
    """Straight quotation marks of one text, from the left; what is open is remembered."""

    def __init__(self, text: str, lang: Lang, cells: list[str], left: set[int]) -> None:
        self.text = text
        self.lang = lang
        self.cells = cells
        self.left = left
        self.open: list[str] = []  # the straight forms of what is open
        self.primes = self._primes()

    def run(self) -> None:
        for at, char in enumerate(self.text):
            if at in self.left:
                continue
            if char in "“‘":
                self.open.append('"' if char == "“" else "'")
            elif char == "”" and '"' in self.open:
                self._close('"')
            elif at in self.primes:
                self.cells[at] = self.primes[at]
            elif char == '"':
                self.cells[at] = self._double(at)
            elif char == "'":
                self.cells[at] = self._single(at)

    def _primes(self) -> dict[int, str]:
        """Feet and inches, minutes and seconds: 5'10", 40°26'46"."""
        found: dict[int, str] = {}
        for match in _DEGREES.finditer(self.text):
            found[match.start("minutes")] = "′"
            if match["seconds"]:
                found[match.start("seconds")] = "″"
        for match in _FEET.finditer(self.text):
            found[match.start("inches")] = "″"
            found[match.start() + match[0].index("'")] = "′"
        return found

    def _before(self, at: int) -> str:
        """What is printed before ``at``: of marks in a row, what the last became."""
        return next((cell[-1] for cell in reversed(self.cells[max(0, at - 4) : at]) if cell), "")

    def _after(self, at: int) -> str:
        """The first character after ``at`` that is no straight mark."""
        return next((one for one in self.text[at + 1 :] if one not in "\"'"), "")

    def _opens(self, at: int, mark: str) -> bool:
        """Whether the mark at ``at`` stands where quotations begin."""
        before, after = self._before(at), self._after(at)
        follows = self.text[at + 1 : at + 2]
        if not follows or follows.isspace():
            return False
        if not before or before.isspace():
            return True
        if before in "—–-/":  # "a "—"b"": between a closing and an opening one
            return mark not in self.open and bool(after) and not after.isspace()
        if before in _OPENING:
            return True
        if mark == '"' and mark not in self.open and not before.isalnum() and follows.isalnum():
            return True  # said:"Yes": there is nothing to close
        if _han(before):  # Chinese has no spaces to tell by
            return mark not in self.open
        return before in ",.;:!?，。；：！？、" and _han(after) and mark not in self.open

    def _close(self, mark: str) -> None:
        while self.open and self.open.pop() != mark:
            pass

    def _double(self, at: int) -> str:
        if self._inches(at):
            return "″"
        if self._opens(at, '"'):
            self.open.append('"')
            return "“"
        if '"' in self.open:
            self._close('"')
        return "”"

    def _inches(self, at: int) -> bool:
        """A mark after a figure that closes nothing: none is open, or another does close it."""
        if not self.text[at - 1 : at].isdecimal() or at == 0:
            return False
        if '"' not in self.open:
            return True
        for later in range(at + 1, len(self.text)):
            if self.text[later] != '"' or later in self.primes:
                continue
            before, after = self.text[later - 1], self.text[later + 1 : later + 2]
            closes = not before.isspace() and before not in _OPENING
            return closes and not (after.isalnum())
        return False

    def _single(self, at: int) -> str:
        before, follows = self._before(at), self.text[at + 1 : at + 2]
        if before.isalnum() and follows.isalnum() and not _han(before) and not _han(follows):
            return "’"
        if before.isdecimal() and "'" not in self.open and not follows.isalnum():
            return "′"
        if _AND.match(self.text, at) or _AND.match(self.text, at - 2):
            return "’"
        if _DECADE.match(self.text, at) or _CLIPPED.match(self.text, at):
            return "’"
        if self._opens(at, "'"):
            self.open.append("'")
            return "‘"
        if "'" in self.open and not self._possessive(at):
            self._close("'")
        return "’"

    def _possessive(self, at: int) -> bool:
        """dogs' within a quotation that a later mark closes."""
        if self.text[at - 1 : at] not in ("s", "S") or self.text[at + 1 : at + 2] != " ":
            return False
        later = re.compile(r"(?<=[\w.,;:!?…])'(?!\w)").search(self.text, at + 1)
        return later is not None


def _han(char: str) -> bool:
    return bool(char) and char >= "\u2e80"
