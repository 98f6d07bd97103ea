"""What the formats of references share: the fields they find, and where these stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from edition.bibliography.reading.lists.authors import authors
from edition.bibliography.reading.lists.items import ListedReference

# Quotation marks that titles stand in.
OPEN, CLOSE = '[“"„«「『〈《＂]', '[”"‟»」』〉》＂]'
YEAR = r"(?:1[0-9]|20)\d\d"
PAGES = (
    r"[A-Za-z]?\d+(?:\s*[-–—‐‑−－~～]\s*[A-Za-z]?\d+)?"
    r"(?:\s*[,，、]\s*(?!(?:1[5-9]|20)\d\d\b)\d+(?:\s*[-–—]\s*\d+)?)*"
)


def last_word(text: str, start: int, end: int, also: str = "") -> str:
    """The letters, digits and signs of ``also`` right before ``end``. A pattern that ends in ``$``
    would look for it from each place of the text again."""
    at = end
    while at > start and (text[at - 1].isalnum() or text[at - 1] == "_" or text[at - 1] in also):
        at -= 1
    return text[at:end]


@dataclass(frozen=True, slots=True)
class FieldPiece:
    """A field found in an item: its value and where in the item's text it stands."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ItemReading:
    type: str
    pieces: tuple[FieldPiece, ...]
    style: str


class FieldBuilder:
    """Collects pieces; empty ones are left out, and a field is given once."""

    def __init__(self, item: ListedReference, pieces: tuple[FieldPiece, ...] = ()) -> None:
        self.item = item
        self.pieces: list[FieldPiece] = list(pieces)

    def has(self, *names: str) -> bool:
        return any(one.name in names for one in self.pieces)

    def value(self, name: str) -> str:
        return next((one.value for one in self.pieces if one.name == name), "")

    def put(self, name: str, start: int, end: int, value: str | None = None) -> None:
        """The field ``name`` of ``text[start:end]``; ``value`` where it isn't that text."""
        text = self.item.text
        while start < end and (text[start].isspace() or text[start] in ",，*_"):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in ",，*_"):
            end -= 1
        kept = text[start:end] if value is None else value
        if kept:
            self.pieces.append(FieldPiece(name, kept, start, end))

    def told(self, start: int, end: int) -> None:
        """Text that says what kind of work it is, and goes into no field."""
        self.pieces.append(FieldPiece("", "", start, end))

    def group(
        self, found: re.Match[str], group: str, name: str = "", value: str | None = None
    ) -> None:
        if found.groupdict().get(group):
            self.put(name or group, found.start(group), found.end(group), value)

    def people(
        self,
        name: str,
        start: int,
        end: int,
        *,
        inverted: bool = False,
        dots: bool = False,
        stop: bool = False,
    ) -> None:
        """``dots``: as Koreans part names, by a dot in the middle. ``stop``: a full stop after an
        initial is the initial's too."""
        text = self.item.text
        if (
            stop
            and text[end : end + 1] == "."
            and re.search(r"(?:^|[\s.-])[A-Z]$", text[start:end])
        ):
            end += 1
        value = authors(text[start:end], inverted=inverted, dots=dots)
        self.put(name, start, end, value)

    def reading(self, kind: str, style: str) -> ItemReading:
        return ItemReading(kind, tuple(self.pieces), style)
