"""One reference, as text, → its fields: the formats that lists in Chinese, Korean and English use.

A format is a function from an :class:`ListedReference` to a :class:`ItemReading` or None; the first that reads
the item wins. Here are those of Korean and Chinese journals. Everything is taken *as found*: a
misspelt name stays misspelt here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from edition.bibliography.reading.lists.builder import (
    CLOSE,
    OPEN,
    PAGES,
    YEAR,
    FieldBuilder,
    ItemReading,
)
from edition.bibliography.reading.lists.eastern import eastern, eastern_plain
from edition.bibliography.reading.lists.endings import VISITED, tail
from edition.bibliography.reading.lists.gb import gb7714
from edition.bibliography.reading.lists.items import ListedReference
from edition.bibliography.reading.lists.japanese import japanese
from edition.bibliography.reading.lists.remains import leftover
from edition.bibliography.reading.lists.western import western

_TRIED = 30  # quotation marks, from the last, at which a title may end

# --- Author (2021). "Title". Journal. Vol.1, No.2, pp.3-4 -------------------------------------

AUTHOR_YEAR = re.compile(
    rf"""^(?P<author>.{{2,200}}?)\s*[,，.]?\s*[(（](?P<year>{YEAR}[a-z]?)[)）]\s*[.,，:：]?\s*
    {OPEN}""",
    re.VERBOSE,
)
IN_JOURNAL = re.compile(
    rf"""^[\s.,，。]*[*《]?(?P<journal>[^\s*<>\d.,，。《》][^*<>\d]{{1,119}}?)
    [*》]?\s*(?:[.,，。]\s*|\s+|(?=[（(第]))
    (?:(?:Vol\.?|Volume|第)\s*(?P<volume>\d+)\s*[卷]?\s*[.,，]?\s*)?
    (?:[,，]?\s*(?:No\.?|Number|Issue|第)\s*(?P<number>\d+(?:[-–/]\d+)?)\s*[期號号]?\s*[.,，]?\s*)?
    (?:[:：]?\s*(?:pp?\.?|第|頁|页)?\s*(?P<pages>{PAGES})\s*[頁页]?)?\s*[.。]?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
IN_BOOK = re.compile(
    rf"""^[\s.,]*(?:In\s+)?(?P<editor>[^*<>“”"]{{3,120}}?),?\s*[(（](?P<role>eds?)\.?[)）][.,]*\s*
    \*?(?P<booktitle>[^*<>]{{3,200}}?)\*?\s*[.,]\s*(?:(?P<location>[^*:.]{{2,40}}):\s*)?
    (?P<publisher>[^*:,.]{{2,60}}),\s*pp?\.?\s*(?P<pages>{PAGES})\s*\.?\s*$""",
    re.VERBOSE,
)
THESIS = re.compile(
    r"^[\s.,，。]*(?P<kind>[^,，.]{0,12}(?:學位論文|学位论文|학위논문|dissertation|thesis))\s*[,，.]\s*"
    r"(?P<institution>[^,，.]{2,60})\s*[.。]?\s*$",
    re.IGNORECASE,
)
TRANSLATED = re.compile(
    rf"""^[\s.,，。]*(?:(?P<translator>[^.,，。]{{2,40}}?)\s*[,，]?\s*(?:譯|译|역)\s*[.,，。]\s*)?
    (?P<location>[^.,:：*]{{1,30}}?)\s*[:：]\s*(?P<publisher>[^.,，。*]{{2,60}}?)
    (?:\s*[,，.]\s*(?:pp?\.?\s*|第)?(?P<pages>{PAGES})\s*[頁页]?)?\s*[.。]?\s*$""",
    re.VERBOSE,
)


def author_year(item: ListedReference) -> ItemReading | None:
    """The style of Korean and Chinese journals."""
    found = AUTHOR_YEAR.match(item.text)
    if not found:
        return None
    ends = FieldBuilder(item)
    end = tail(item, ends)
    for close in [*re.finditer(CLOSE, item.text)][: -_TRIED - 1 : -1]:
        if close.start() < found.end():
            break
        reading = _after_title(item, found, close, end) if close.end() <= end else None
        if reading:
            return replace(reading, pieces=(*reading.pieces, *ends.pieces))
    return None


def _after_title(
    item: ListedReference, head: re.Match[str], close: re.Match[str], end: int
) -> ItemReading | None:
    """The reading of what follows a title, up to ``end``."""
    rest = item.text[close.end() : end]
    for pattern, kind in (
        (IN_BOOK, "incollection"),
        (THESIS, "thesis"),
        (TRANSLATED, "book"),
        (IN_JOURNAL, "article"),
    ):
        found = pattern.match(rest)
        if not found:
            continue
        build = FieldBuilder(item)
        build.people("author", *head.span("author"), dots=True)
        build.group(head, "year")
        build.put("title", head.end(), _without_stop(item.text, head.end(), close.start()))
        _parts(build, found, close.end())
        return build.reading(kind, "author-year")
    return None


def _without_stop(text: str, start: int, end: int) -> int:
    """The end of a title within quotation marks, without the full stop of the sentence."""
    title = text[start:end].rstrip()
    initials = re.search(r"(?:\b[A-Za-z]\.|\.\.)$", title)  # U.S., an ellipsis
    return start + len(title) - (title.endswith(".") and not initials)


def _parts(build: FieldBuilder, found: re.Match[str], offset: int) -> None:
    for name in found.groupdict():
        if not found.group(name) or name == "role":
            continue
        start, end = offset + found.start(name), offset + found.end(name)
        if name in ("editor", "translator"):
            build.people(name, start, end)
        else:
            build.put({"kind": "type"}.get(name, name), start, end)


# --- Body, [“Title”,] [date,] <URL>. (visited) ------------------------------------------------

BODY = re.compile(
    rf"""^(?P<organization>[^<>“”"《》「」]{{2,120}}?)\s*[,，.]\s*
    (?:{OPEN}(?P<title>[^<>]{{2,300}}?){CLOSE}\s*[,，.]?\s*)?
    (?:(?P<date>{YEAR}(?:[-./年]\s*\d{{1,2}}(?:[-./月]\s*\d{{1,2}}日?)?)?|
    (?:\w{{3,9}}\s+\d{{1,2}},\s*{YEAR}))\s*[,，.]\s*)?
    <?(?P<url>https?://[^\s<>]+?)>?[.,，。]?\s*$""",
    re.VERBOSE,
)


def body_url(item: ListedReference) -> ItemReading | None:
    """A web page by the body that put it up."""
    build = FieldBuilder(item)
    visited = VISITED.search(item.text)
    end = visited.start() if visited else len(item.text)
    found = BODY.match(item.text[:end])
    if not found or re.search(
        rf"[(（]{YEAR}|\.\s.*\.\s|\d\s?\(\d|\d[-–]\d+$", found.group("organization")
    ):
        return None
    for name in ("organization", "title", "date"):
        build.group(found, name)
    url = found.group("url").rstrip(".,;；")
    build.put("url", found.start("url"), found.start("url") + len(url))
    if visited:
        build.group(visited, "urldate")
    return build.reading("online", "body-url")


FORMATS: tuple[Callable[[ListedReference], ItemReading | None], ...] = (
    gb7714,
    japanese,
    eastern,
    author_year,
    eastern_plain,
    western,
    body_url,
)


# what stands in the place of a publisher where a style is none of these: Bd. 7, S. 5–30, 3-21頁
_PLACE = re.compile(
    r"\d\s*[頁页号號期卷巻]|\d{4}\s*年|^(?:S|pp?|p|Bd|Jg|H|Nr|vol|no|t)\.\s*\d", re.IGNORECASE
)


def _misread(reading: ItemReading) -> bool:
    """The publisher would be pages or a volume: better unread, and told, than in a wrong field."""
    return any(one.name == "publisher" and _PLACE.search(one.value) for one in reading.pieces)


def read(item: ListedReference) -> ItemReading | None:
    """The format that leaves least of ``item`` out of its fields; of several, the first."""
    best: tuple[int, ItemReading] | None = None
    for reader in FORMATS:
        reading = reader(item)
        if reading is None or _misread(reading):
            continue
        rest = sum(map(len, leftover(item, reading)))
        if best is None or rest < best[0]:
            best = rest, reading
        if not rest:
            break
    return best[1] if best else None
