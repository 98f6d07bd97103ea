"""What reading inline markup goes by: the passage, what is paired in it, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from edition.diagnostics import Code, Diagnostic
from edition.model import Inline, Text
from edition.readers.codes import TXT016
from edition.readers.passage import Passage
from edition.readers.signs import Sign

DEPTH = 16  # nesting; a text has two or three levels
SHOWN = 40  # characters of a text that a message quotes


@dataclass(slots=True)
class Scan:
    """One passage while it is read."""

    passage: Passage
    found: list[Diagnostic] = field(default_factory=list)
    closing: dict[int, int] = field(default_factory=dict)  # "[" → its "]"
    # opening run of * → the run that closes it, and how many asterisks each has
    partner: dict[int, tuple[int, int]] = field(default_factory=dict)
    signs: dict[int, Sign] = field(default_factory=dict)  # by their places

    def say(self, code: Code, start: int, end: int, fact: str, hint: str = "") -> None:
        span = self.passage.span(start, end)
        self.found.append(Diagnostic(code=code, span=span, fact=fact, hint=hint))


def texts(passage: Passage, start: int, end: int, out: list[Inline]) -> None:
    """Plain text, split where the source is not contiguous, so that every piece is its span."""
    at = start
    while at < end:
        stop = at + 1
        while stop < end and passage.offsets[stop] == passage.offsets[stop - 1] + 1:
            stop += 1
        out.append(Text(passage.text[at:stop], passage.span(at, stop)))
        at = stop


def too_deep(scan: Scan, at: int) -> None:
    """Report markup that is nested too deep to be read further."""
    scan.say(TXT016, at, at + 1, f"markup is nested more than {DEPTH} deep")
