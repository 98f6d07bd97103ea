"""What the formats of references share: the pieces they find, and what stands at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from edition.bibliography.lists.authors import authors
from edition.bibliography.lists.items import Item

# Quotation marks that titles stand in.
OPEN, CLOSE = '[“"„«「『〈《＂]', '[”"‟»」』〉》＂]'
YEAR = r"(?:1[5-9]|20)\d\d"
PAGES = r"[A-Za-z]?\d+(?:\s*[-–—~～]\s*[A-Za-z]?\d+)?(?:\s*[,，]\s*\d+(?:\s*[-–—]\s*\d+)?)*"


@dataclass(frozen=True, slots=True)
class Piece:
    """A field found in an item: its value and where in the item's text it stands."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    type: str
    pieces: tuple[Piece, ...]
    style: str


class Builder:
    """Collects pieces; empty ones are left out."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.pieces: list[Piece] = []

    def put(self, name: str, start: int, end: int, value: str | None = None) -> None:
        text = self.item.text
        while start < end and (text[start].isspace() or text[start] in ",，*"):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in ",，*"):
            end -= 1
        kept = text[start:end] if value is None else value
        if kept:
            self.pieces.append(Piece(name, kept, start, end))

    def group(self, found: re.Match[str], group: str, name: str = "") -> None:
        if found.groupdict().get(group):
            self.put(name or group, found.start(group), found.end(group))

    def people(
        self, name: str, start: int, end: int, *, inverted: bool = False, stop: bool = False
    ) -> None:
        """``stop``: a full stop after an initial is the initial's too."""
        text = self.item.text
        value = authors(text[start:end], inverted=inverted)
        if stop and re.search(r" [A-Z]$", value) and text[end : end + 1] == ".":
            value += "."
        self.put(name, start, end, value)

    def reading(self, kind: str, style: str) -> Reading:
        return Reading(kind, tuple(self.pieces), style)


VISITED = re.compile(
    rf"""\s*[.,。]?\s*[(（\[［](?P<urldate>[^()（）\[\]]{{0,14}}?(?:{YEAR})\s*(?:[年년.\-/]\s*
    \d{{1,2}}\s*[月월.\-/]\s*\d{{1,2}}\s*[日일]?)[^()（）\[\]]{{0,12}}|accessed[^()]+)[)）\]］]
    \s*[.。;；]?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
ACCESSED = re.compile(
    r"[,.]?\s*\(?(?:accessed|retrieved|last accessed)(?:\s+on)?:?\s+"
    r"(?P<urldate>[^()<>]*?\d{4})\)?[.,]?\s*",
    re.IGNORECASE,
)
DOI = re.compile(r"[.,]?\s*(?:doi:?\s*)(?P<doi>10\.\d{4,9}/\S+?)[.,]?\s*$", re.IGNORECASE)


def tail(item: Item, build: Builder) -> int:
    """Takes access date, URL and DOI off the end; returns where what is left ends."""
    text = item.text
    end = len(text)
    visited = VISITED.search(text)
    if visited:
        build.group(visited, "urldate")
        end = visited.start()
    links = [*re.finditer(r"<?(?P<url>https?://[^\s<>]+)>?", text[:end])]
    if not links:
        doi = DOI.search(text[:end])
        if doi:
            build.group(doi, "doi")
        return doi.start() if doi else end
    link = links[-1]
    if not visited:
        accessed = ACCESSED.search(text, link.end()) or ACCESSED.search(text[: link.start()])
        if accessed:
            build.group(accessed, "urldate")
            if accessed.end() <= link.start():
                return _link(build, link, text, accessed.start())
    elif text[link.end() : end].strip(" .,。，"):
        return end  # the URL stands amid other text: left to the format
    return _link(build, link, text, link.start())


def _link(build: Builder, link: re.Match[str], text: str, end: int) -> int:
    url = link.group("url").rstrip(".,;；。）")
    start = link.start("url")
    doi = re.match(r"https?://(?:dx\.)?doi\.org/(10\..+)", url)
    if doi:
        build.put("doi", start + doi.start(1), start + doi.end(1))
    else:
        build.put("url", start, start + len(url))
    return len(text[:end].rstrip(" ,，"))
