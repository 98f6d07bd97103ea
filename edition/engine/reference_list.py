"""What the run of the list of references told: labels, and the entries as text with their looks;
read back and kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from edition.bibliography.types import Entry
from edition.bibliography.values import language, work_language
from edition.characters import HAN
from edition.config import Config
from edition.diagnostics import Outcome
from edition.engine import labels, readback, xelatex
from edition.engine.cache import Cache
from edition.latex import bibvalues
from edition.latex import references as tex
from edition.model import EntryLook, Reference, References

_KEEP = 24  # lists in the cache
MARKS = "⁅⁆"  # round what the text alone does not tell (edition-references.sty)
_MARK = re.compile("⁅(.)|(⁆)", re.DOTALL)
_Kind = Literal["italic", "bold", "smallcaps", "sup", "sub", "link"]
_KINDS: Mapping[str, _Kind] = {"i": "italic", "b": "bold", "c": "smallcaps", "u": "sup",
                               "d": "sub", "w": "link", "o": "link"}  # fmt: skip
_ENTRY, _LABEL, _TIE = "=", "n", "t"
_WEB = re.compile("https?://")
# gaps about marks of Chinese, and at the end of a line within it: nobody wrote them
_BETWEEN = re.compile(
    rf"(?<=[{HAN}·]) (?=[{HAN}])|(?<=[{HAN}]) (?=·)"
    "| (?=[，。：；、！？）」』》〉])|(?<=[（「『《〈]) "
)


def read(
    folder: Path,
    entries: Mapping[str, Entry],
    config: Config,
    romanised: Mapping[str, str] | None = None,
) -> Outcome[References]:
    """Labels and texts of the entries that stand in the list, in its order. ``entries`` by the
    names they have in the TeX."""
    written = labels.read(lines(folder / tex.LABELS))
    style, script = config.bibliography.style, config.script
    found: dict[str, Reference] = {}
    told = readback.words(folder / f"{xelatex.JOB}.pdf")
    for name, text in _entries(one.text for page in told.value or () for one in page):
        entry = entries.get(name)
        if entry is None or entry.key in found:
            continue
        label = labels.label(written.get(name, labels.BiblatexEntry()), entry, script, romanised)
        said, looks = _looks(text, entry)
        tag = work_language(entry)
        found[entry.key] = Reference(
            key=entry.key,
            authors=label.authors,
            authors_en=label.authors_en,
            year=label.year,
            year_en=label.year_en,
            number=label.number,
            lang=language(entry),
            language="" if tag == language(entry) else tag,
            text=said,
            looks=looks,
        )
    return Outcome(References(style=style, entries=found), told.diagnostics)


def _entries(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each entry by its name, with what it says, marks and all."""
    text = _BETWEEN.sub("", " ".join(words))
    for part in text.split(f"⁅{_ENTRY}")[1:]:
        number, _, said = part.partition("⁆")
        yield f"r{number.strip()}", said.strip()


@dataclass(slots=True)
class _EntryText:
    """A text in the making, and where its parts begin that are not yet at their ends."""

    text: str = ""
    looks: list[EntryLook] = field(default_factory=list)
    open: list[tuple[str, int]] = field(default_factory=list)


def _looks(marked: str, entry: Entry) -> tuple[str, tuple[EntryLook, ...]]:
    """A text without its marks and its number, and what they tell."""
    told = _EntryText()
    at = 0
    for mark in _MARK.finditer(marked):
        told.text += marked[at : mark.start()]
        at = mark.end()
        if mark[1] is not None:
            told.open.append((mark[1], len(told.text)))
        elif told.open:
            kind, start = told.open.pop()
            at += _close(told, kind, start, marked[at : at + 1], entry)
    told.text += marked[at:]
    lead = len(told.text) - len(told.text.lstrip())
    looks = [replace(one, start=max(0, one.start - lead), end=one.end - lead)
             for one in told.looks]  # fmt: skip
    looks.sort(key=lambda one: (one.start, -one.end))
    return told.text.strip(), tuple(looks)


def _close(told: _EntryText, kind: str, start: int, after: str, entry: Entry) -> int:
    """The end of a part; how many characters behind it it takes with it."""
    if kind == _LABEL:
        told.text = told.text[:start]
    elif kind == _TIE and after == " ":
        told.text += "\u00a0"
        return 1
    elif kind in _KINDS and len(told.text) > start:
        address = _address(kind, told.text[start:], entry)
        if _KINDS[kind] != "link" or address:
            told.looks.append(EntryLook(start, len(told.text), _KINDS[kind], address))
            _join(told.looks)
    return 0


def _join(looks: list[EntryLook]) -> None:
    """Make one of the last look and one like it that ends where it begins."""
    last = looks[-1]
    for at, one in enumerate(looks[:-1]):
        if one.end == last.start and one.kind == last.kind != "link":
            looks[at] = replace(one, end=last.end)
            looks.pop()
            return


def _address(kind: str, said: str, entry: Entry) -> str:
    """Where a link leads: an address of the web, or a DOI; "" where it is no link."""
    if kind not in "wo":
        return ""
    value = bibvalues.address(entry.get("url")) if kind == "w" else ""
    if not value and (doi := bibvalues.address(entry.get("doi"))):
        value = f"https://doi.org/{doi}"
    value = value or said
    return value if _WEB.match(value) else ""


def lines(path: Path) -> list[str]:
    """Lines of a file that TeX wrote; none where there is no file."""
    try:
        return path.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


# --- kept by content --------------------------------------------------------------------------

_NOT_KEPT = ("looks", "span")


def keep(cache: Cache, key: str, made: References) -> None:
    """Put a list into the cache."""
    told = {"style": made.style, "entries": [_record(one) for one in made.entries.values()]}
    cache.put("references", key, json.dumps(told, ensure_ascii=False).encode())
    cache.prune("references", keep=_KEEP)


def _record(one: Reference) -> dict[str, Any]:
    plain = {each.name: getattr(one, each.name) for each in fields(one)
             if each.name not in _NOT_KEPT}  # fmt: skip
    return {**plain, "looks": [asdict(look) for look in one.looks]}


def kept(cache: Cache, key: str) -> References | None:
    """The list; None where the cache lacks it."""
    text = cache.get("references", key)
    if text is None:
        return None
    try:
        told = json.loads(text)
        entries = {one["key"]: _kept(one) for one in told["entries"]}
        return References(style=told["style"], entries=entries)
    except (ValueError, TypeError, KeyError):
        return None


def _kept(told: dict[str, Any]) -> Reference:
    looks = tuple(EntryLook(**one) for one in told["looks"])
    if any(one.kind not in get_args(_Kind) for one in looks):
        raise ValueError("a look that there is not")
    return Reference(**{**told, "looks": looks})


def with_spans(made: References, entries: Iterable[Entry]) -> References:
    """The list with the places of its entries in the files of this build."""
    spans = {one.key: one.span for one in entries}
    placed = {key: replace(one, span=spans.get(key)) for key, one in made.entries.items()}
    return replace(made, entries=placed)
