"""One reference of a list as one line of text, with the place of each of its characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from edition.source import SourceFile, Span

_BLANKS = re.compile(r"(\s)\s{3,}")  # of a layout; patterns would try each of them again and again


@dataclass(frozen=True, slots=True)
class ListedReference:
    """One reference as one line. ``at[i]`` is the offset in the file of ``text[i]``; ``section``
    is the heading above it; ``joins`` are the offsets in ``text`` where a URL was rejoined at a
    hyphen, which may be the page's or the URL's own."""

    text: str
    at: tuple[int, ...]
    file: SourceFile
    number: str = ""
    section: str = ""
    joins: tuple[int, ...] = ()

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Place in the file of ``text[start:end]``."""
        end = len(self.text) if end is None else end
        if not self.at or start >= end:
            place = self.at[min(start, len(self.at) - 1)] if self.at else 0
            return self.file.span(place)
        return Span(self.file, self.at[start], self.at[end - 1] + 1)

    def part(self, start: int, end: int) -> ListedReference:
        """The item cut to ``text[start:end]``, white space at its ends dropped."""
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        joins = tuple(one - start for one in self.joins if start <= one < end)
        return ListedReference(
            self.text[start:end], self.at[start:end], self.file, self.number, self.section, joins
        )

    def squeezed(self) -> ListedReference:
        """The item with one blank for each long run of them."""
        runs = [one.span() for one in _BLANKS.finditer(self.text)]
        if not runs:
            return self
        keep = [*range(runs[0][0] + 1)]
        for (_, end), (start, _) in zip(runs, [*runs[1:], (len(self.text), 0)], strict=True):
            keep += range(end, min(start + 1, len(self.text)))
        places = {old: new for new, old in enumerate(keep)}
        return replace(
            self, text="".join(self.text[one] for one in keep),
            at=tuple(self.at[one] for one in keep),
            joins=tuple(places[one] for one in self.joins if one in places),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is no part of a reference. ``why``: folio, running head, rule, heading."""

    span: Span
    why: str
