"""What the run of the list of references wrote: labels and places, read back and kept."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from edition.bibliography.types import Entry
from edition.bibliography.values import language
from edition.characters import HAN
from edition.config import Config
from edition.diagnostics import Outcome
from edition.engine import labels, readback, xelatex
from edition.engine.cache import Cache
from edition.files import write_bytes
from edition.latex import bibvalues
from edition.latex import references as tex
from edition.layout.types import Style
from edition.model import ListLink, Reference, References

_KEEP = 24  # lists in the cache
_SCALED = 65536.0  # scaled points in a point
# A sheet on which every entry is one line, or breaks between words: TeX's longest length is 16384.
ROLL = tex.Sheet(
    width=16000.0, height=14000.0, roll=True,
    body=Style(name="references", size=9.5, leading=14.0, first=10.0),
)  # fmt: skip
_OPEN, _CLOSE = "⁅", "⁆"  # round what is in italics (EDtolditalics)
_MARK = re.compile(f"([{_OPEN}{_CLOSE}])")
_BETWEEN = re.compile(
    rf"(?<=[{HAN}]) (?=[0-9A-Za-z{HAN}·])|(?<=[0-9A-Za-z·]) (?=[{HAN}\u2460-\u24ff])"
    r"| (?=[，。：；、！？）」』》〉])|(?<=[（「『《〈]) "
)


def read(
    folder: Path,
    entries: Mapping[str, Entry],
    sheet: tex.Sheet,
    config: Config,
    romanised: Mapping[str, str] | None = None,
) -> References:
    """Labels and places of the entries that stand in the list, in its order. ``entries`` by the
    names they have in the TeX."""
    written = labels.read(lines(folder / tex.LABELS))
    style, script = config.bibliography.style, config.script
    found: dict[str, Reference] = {}
    pages = 0
    for line in lines(folder / tex.PLACES):
        parts = line.split()
        entry = entries.get(parts[0]) if len(parts) == 4 else None
        if entry is None or entry.key in found:
            continue
        page, x, y = (int(one) for one in parts[1:])
        pages = max(pages, page)
        label = labels.label(
            written.get(parts[0], labels.BiblatexEntry()), entry, script, romanised
        )
        found[entry.key] = Reference(
            key=entry.key,
            authors=label.authors,
            authors_en=label.authors_en,
            year=label.year,
            year_en=label.year_en,
            number=label.number,
            lang=language(entry),
            page=page - 1,
            x=round(x / _SCALED, 3),
            y=round(sheet.height - y / _SCALED - sheet.body.size, 3),
        )
    links = tuple(_links(lines(folder / tex.PLACES), entries, sheet))
    return References(style=style, entries=found, pages=pages, links=links,
                      pdf=str(folder / f"{xelatex.JOB}.pdf"))  # fmt: skip


def with_texts(made: References) -> Outcome[References]:
    """The entries of a list that was set on :data:`ROLL` with what they say. Gaps that are set
    between Chinese and other letters are none of it."""
    pages = readback.words(Path(made.pdf))
    if pages.value is None:
        return Outcome(made, pages.diagnostics)
    starts = [(one.page, one.y) for one in made.entries.values()]
    inside: list[list[str]] = [[] for _ in starts]
    for number, page in enumerate(pages.value):
        for word in page:
            at = bisect_right(starts, (number, word.y)) - 1
            if at >= 0:
                inside[at].append(word.text)
    told = {}
    for one, words in zip(made.entries.values(), inside, strict=True):
        text, italics = _italics(_BETWEEN.sub("", " ".join(words)))
        told[one.key] = replace(one, text=text, italics=italics)
    return Outcome(replace(made, entries=told))


def _italics(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text without the marks of italics, and what stood between them; italics within italics are
    upright."""
    text, found, depth = "", list[tuple[int, int]](), 0
    for part in _MARK.split(marked):
        if part in (_OPEN, _CLOSE):
            depth = max(0, depth + (1 if part == _OPEN else -1))
        elif part:
            start, end = len(text), len(text) + len(part)
            if depth % 2 and found and found[-1][1] == start:
                found[-1] = found[-1][0], end
            elif depth % 2:
                found.append((start, end))
            text += part
    return text, tuple(found)


def _links(
    places: Sequence[str], entries: Mapping[str, Entry], sheet: tex.Sheet
) -> Iterator[ListLink]:
    """Addresses and DOIs by the points where each begins and ends: a rectangle for each line."""
    points = [one.split() for one in places]
    ends = [one for one in points if len(one) == 5 and one[0] in ("url", "doi")]
    for begin, end in zip(ends[::2], ends[1::2], strict=False):
        entry = entries.get(begin[1])
        field = begin[0] if entry and entry.get(begin[0]) else "doi"
        value = bibvalues.address(entry.get(field)) if entry else ""
        if not value or begin[:2] != end[:2]:
            continue
        uri = value if field == "url" else f"https://doi.org/{value}"
        yield from _rectangles(begin, end, uri, sheet)


def _rectangles(
    begin: Sequence[str], end: Sequence[str], uri: str, sheet: tex.Sheet
) -> Iterator[ListLink]:
    size, leading = sheet.body.size, sheet.body.leading
    first, last = int(begin[2]) - 1, int(end[2]) - 1
    left, right = int(begin[3]) / _SCALED, int(end[3]) / _SCALED
    top = sheet.height - int(begin[4]) / _SCALED - size
    bottom = sheet.height - int(end[4]) / _SCALED - size
    if first != last:  # over two pages: the first line and the last
        yield _link(first, left, top, sheet.width, uri, size)
        yield _link(last, 0.0, bottom, right, uri, size)
        return
    lines = round((bottom - top) / leading)
    for line in range(lines + 1):
        yield _link(first, left if not line else sheet.body.left * size, top + line * leading,
                    right if line == lines else sheet.width, uri, size)  # fmt: skip


def _link(page: int, left: float, top: float, right: float, uri: str, size: float) -> ListLink:
    left, top, right = round(left, 2), round(top, 2), round(right, 2)
    return ListLink(page, left, top, right, round(top + size * 1.25, 2), uri)


def lines(path: Path) -> list[str]:
    """Lines of a file that TeX wrote; none where there is no file."""
    try:
        return path.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def keep(cache: Cache, key: str, made: References) -> None:
    """Put a list into the cache."""
    told = {"style": made.style, "pages": made.pages,
            "entries": [asdict(one) for one in made.entries.values()],
            "links": [asdict(one) for one in made.links]}  # fmt: skip
    cache.put("references", key, json.dumps(told, ensure_ascii=False).encode())
    cache.put("references-pdf", key, Path(made.pdf).read_bytes())
    for kind in ("references", "references-pdf"):
        cache.prune(kind, keep=_KEEP)


def _kept(told: dict[str, Any]) -> Reference:
    return Reference(**{**told, "italics": tuple((one, two) for one, two in told["italics"])})


def kept(cache: Cache, key: str, folder: Path) -> References | None:
    """The list, with its PDF laid where a run would leave it; None where the cache lacks it."""
    text, pdf = cache.get("references", key), cache.get("references-pdf", key)
    if text is None or pdf is None:
        return None
    path = folder / f"{xelatex.JOB}.pdf"
    try:
        told = json.loads(text)
        entries = {one["key"]: _kept(one) for one in told["entries"]}
        links = tuple(ListLink(**one) for one in told["links"])
        made = References(style=told["style"], entries=entries, pages=told["pages"], links=links,
                          pdf=str(path))  # fmt: skip
    except (ValueError, TypeError, KeyError):
        return None
    if not path.is_file() or path.stat().st_size != len(pdf) or path.read_bytes() != pdf:
        write_bytes(path, pdf)
    return made
