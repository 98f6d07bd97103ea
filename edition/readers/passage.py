"""A passage: text of one block, joined from its source lines, that knows where each character
stands in the file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from edition.model import Lang
from edition.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """``text`` with the file offset of each code point; ``home`` is where a passage without text
    would stand."""

    file: SourceFile
    text: str
    offsets: tuple[int, ...]
    home: int = 0

    def at(self, index: int) -> int:
        """File offset of the character at ``index``; past the end, that after the last."""
        if index < len(self.offsets):
            return self.offsets[index]
        return self.offsets[-1] + 1 if self.offsets else self.home

    def span(self, start: int, end: int) -> Span:
        """The span in the file of ``text[start:end]``, as far as there is text."""
        end = min(end, len(self.offsets))
        if end <= start:
            return Span(self.file, self.at(start), self.at(start))
        return Span(self.file, self.at(start), self.offsets[end - 1] + 1)

    def cut(self, start: int, end: int) -> Passage:
        return Passage(self.file, self.text[start:end], self.offsets[start:end], self.at(start))

    def stripped(self) -> Passage:
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))


_PADDING = " \t\u3000"  # Chinese paragraphs are often indented by two wide spaces


def is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—·"


def is_forced(line: str) -> bool:
    """A line that ends in an unescaped backslash ends with a forced break."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def join_lines(
    file: SourceFile, lines: list[tuple[int, str]], lang: Lang, *, keep_ends: bool = False
) -> Passage:
    """Join (offset, text) lines. In Chinese a line end between wide characters vanishes; elsewhere
    it becomes a space. ``keep_ends`` (verse) and a backslash at the end keep it."""
    text: list[str] = []
    offsets: list[int] = []
    for number, (start, line) in enumerate(lines):
        lead = len(line) - len(line.lstrip(_PADDING)) if not keep_ends else 0
        body = line.strip(_PADDING) if not keep_ends else line.rstrip(_PADDING)
        text.extend(body)
        offsets.extend(range(start + lead, start + lead + len(body)))
        if number + 1 == len(lines):
            break
        following = lines[number + 1][1].strip()
        end = start + lead + len(body)
        if keep_ends or is_forced(body):
            text.append("\n")
            offsets.append(end)
        elif (
            body
            and following
            and not (lang == "zh" and (is_wide(body[-1]) or is_wide(following[0])))
        ):
            text.append(" ")
            offsets.append(end)
    return Passage(file, "".join(text), tuple(offsets), lines[0][0] if lines else 0)
