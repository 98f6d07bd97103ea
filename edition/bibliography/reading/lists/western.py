"""References in Latin letters: APA, Harvard, Chicago (both), MLA, Vancouver.

A reference is a head (names, and the year where the style has it there), a title and a rest. How
the head looks tells where the title begins; where it ends, unless quotation marks tell, is tried
at every full stop, and the reading that explains most is kept. In the rest each part is known by
its form (:mod:`.rest`); names of journals and publishers are what is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from edition.bibliography.reading.lists.authors import PARTICLE, body, likely
from edition.bibliography.reading.lists.builder import (
    YEAR,
    FieldBuilder,
    FieldPiece,
    ItemReading,
    last_word,
)
from edition.bibliography.reading.lists.endings import tail
from edition.bibliography.reading.lists.items import ListedReference
from edition.bibliography.reading.lists.rest import Rest
from edition.characters import IS_EAST_ASIAN

_W = r"[A-ZÀ-ÞŁŚŽČ][\w’'\-]+"
_LAST = rf"(?:{PARTICLE} )*{_W}(?:[ -]{_W}){{0,2}}"
_ROLE = r"(?P<role>(?:,\s*|\s+\(?)(?:eds?|editors?|trans|translators?|comps?)\.?\)?[.,]?)?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|Spring|Summer|Fall|Autumn|Winter)[a-z]*"
# Hart, J. A., & Kim, S. (2002, May 5). …
_PARENS = re.compile(
    rf"^(?P<author>[^“\"(]{{2,700}}?)\s*[.,]?\s*(?:\((?P<role>[Ee]ds?|[Tt]rans|[Ee]ditors?)\.?\)[.,]?\s*)?"
    rf"[(\[](?P<year>(?:c\.\s*)?{YEAR}(?:/{YEAR})?|n\.\s?d\.|in press|forthcoming)(?P<letter>[a-z])?(?:-[a-z])?"
    rf"(?:,\s*(?P<when>{_MONTH}[^()]{{0,20}}))?[)\]]\s*[.,:]?\s+(?=\S)"
)
# Hart, Jeffrey A., and Sangbae Kim. 2002. …
_DATED = re.compile(
    rf"^(?P<author>[^“\"(]{{2,500}}?){_ROLE}[.,]\s+(?P<year>{YEAR}|n\.d\.|[Ff]orthcoming)(?P<letter>[a-z])?[.,:]\s+(?=\S)"
)
_SMITH_JD = rf"{_LAST}(?: (?:Jr|Sr|2nd|3rd))?[ ][A-Z]{{1,3}}(?:-[A-Z])?(?: (?:Jr|Sr|2nd|3rd))?"
# Watson JD, Crick FHC. …
_VANCOUVER = re.compile(
    rf"^(?P<author>{_SMITH_JD}(?:, {_SMITH_JD})*(?:, et al|,? and others)?(?:; [A-Z][^.;]{{3,80}})?)(?P<role>, editors?)?\.\s+(?=\S)"
)
# Hart, Jeffrey A., and Sangbae Kim. …
_GIVEN = rf"(?:{_W}|[A-ZÀ-Þ]\.(?:[ -]?[A-ZÀ-Þ]\.)*)(?:[ -](?:[A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.)*|{_W}(?=[ ,.]))){{0,3}}?"
_T = rf"(?:(?:[A-ZÀ-Þ]\.-?)+|{_W}|{PARTICLE})"
_FULL = rf"(?:{_T}(?:[ ]{_T}){{1,4}})"
_INVERTED = re.compile(
    rf"^(?P<author>{_LAST}, {_GIVEN}(?:, (?:Jr\.|Sr\.|III?))?"
    rf"(?:(?:, {_FULL}){{0,6}},? (?:and|&) {_FULL}|,? et al)?)(?P<role>,? eds?(?:itors?)?)?(?:\.|(?<=[A-ZÀ-Þ]\.))\s+(?=\S)"
)
# Jonathan D. Spence, Title …
_NATURAL = re.compile(
    rf"^(?P<author>(?:{_FULL}(?:, (?:Jr\.|Sr\.))?)(?:(?:, {_FULL}){{0,5}},? (?:and|&) {_FULL}|,? et al\.)?)"
    r"(?P<role>,? (?:eds?|trans)\.(?: and trans\.)?)?,\s+(?=\S)"
)
_QUOTED = re.compile(
    rf"^(?:(?P<author>[^“\"‘«„]{{2,500}}?){_ROLE}[.,:]?\s+)?(?=[“\"«„]|‘(?=[^’]{{4,}}))"
)
_BODY = re.compile(r"^(?P<author>[^“\"(.:]{4,120}?)(?P<role>)\.\s+(?=\S)")
_CLOSING = {"“": "”", '"': '"', "«": "»", "„": "“”", "‘": "’"}


_TRIED = 30  # full stops at which a title may end; a longer text is no reference


@dataclass(frozen=True, slots=True)
class _ReferenceHead:
    """How a reference begins: where its title does, and what the style says."""

    style: str
    at: int
    found: re.Match[str]
    inverted: bool


def western(item: ListedReference) -> ItemReading | None:
    """The reading of the head and the end of title that explain most of the item."""
    if IS_EAST_ASIAN.search(item.text[:12]):
        return None
    ends = FieldBuilder(item)
    end = tail(item, ends)
    best: tuple[float, ItemReading] | None = None
    for head in _heads(item.text[:end]):
        for scored in _readings(item, head, tuple(ends.pieces), end):
            if best is None or scored[0] > best[0]:
                best = scored
    return best[1] if best and best[0] > -60 else None


def _heads(text: str) -> Iterator[_ReferenceHead]:
    quoted = _QUOTED.match(text)
    if quoted and (not quoted["author"] or (likely(quoted["author"]))):
        dated = _PARENS.match(text) or _DATED.match(text)
        if not dated or dated.end() > quoted.end():
            first = quoted["author"] or ""
            inverted = bool(re.match(rf"^{_LAST}, ", first))
            yield _ReferenceHead("quoted", quoted.end(), quoted, inverted)
            return
    for style, pattern in (("APA", _PARENS), ("author-date", _DATED)):
        found = pattern.match(text)
        if found and likely(found["author"]):
            yield _ReferenceHead(style, found.end(), found, True)
            return
    if (found := _VANCOUVER.match(text)) and likely(found["author"]):
        yield _ReferenceHead("Vancouver", found.end(), found, True)
    if found := _INVERTED.match(text):
        found = _longer(text, found)
        yield _ReferenceHead("MLA", found.end(), found, True)
    if (found := _NATURAL.match(text)) and likely(found["author"]):
        yield _ReferenceHead("notes", found.end(), found, False)
    if (found := _BODY.match(text)) and body(found["author"]):
        yield _ReferenceHead("MLA", found.end(), found, False)
    if found := re.match(rf"(?P<author>{_W}(?: {_W})?)(?P<role>)\.\s+(?=[A-Z])", text):
        yield _ReferenceHead("MLA", found.end(), found, False)  # Homer. The Odyssey
    if re.search(rf"\({YEAR}[^()]*\)|;\s*{YEAR}|{YEAR}[\w\s]*;", text):
        empty = re.match(r"(?P<author>)(?P<role>)(?P<year>)", text)
        if empty:
            yield _ReferenceHead("untitled", 0, empty, False)


def _longer(text: str, found: re.Match[str]) -> re.Match[str]:
    """``Skinner, G. William. The City``: an initial that a name follows, then a full stop."""
    if re.search(r", [A-Z]\.?$", found["author"]):
        more = re.match(
            rf"^(?P<author>{re.escape(found['author'].rstrip('.'))}\. {_W})(?P<role>)\.\s+(?=\S.*[.,] )",
            text,
        )
        if more and not re.search(r"(?i)^(?:the|a|an|on|of|in)$", more["author"].split()[-1]):
            return more
    return found


def _readings(
    item: ListedReference, head: _ReferenceHead, ends: tuple[FieldPiece, ...], end: int
) -> Iterator[tuple[float, ItemReading]]:
    text = item.text
    for start, stop, after, marked in islice(_titles(text, head, end), _TRIED):
        build = FieldBuilder(item, ends)
        _names(build, head)
        _when(build, head)
        bare = text[start:stop]
        build.put("title", start, stop)
        rest = Rest(build, text, after, end, quoted=marked, style=head.style)
        kind = rest.read()
        score = rest.score - _odd_title(bare, marked=marked, style=head.style)
        if head.style == "Vancouver" and not re.search(rf"[;.]\s*{YEAR}", text):
            score -= 15
        yield score, build.reading(kind, head.style)


def _names(build: FieldBuilder, head: _ReferenceHead) -> None:
    found = head.found
    if not found["author"]:
        return
    role = (found["role"] or "").strip(" ,.()").lower()
    name = "translator" if role[:1] == "t" else "editor" if role[:1] == "e" else "author"
    inverted = head.inverted
    start, end = found.span("author")
    build.people(name, start, end, inverted=inverted, stop=head.style != "Vancouver")
    if role:
        build.told(*found.span("role"))


def _when(build: FieldBuilder, head: _ReferenceHead) -> None:
    groups = head.found.groupdict()
    if not groups.get("year"):
        return
    start, end = head.found.span("year")
    year = re.search(YEAR, groups["year"])
    if not year:
        if groups["year"].lower() in ("in press", "forthcoming"):
            build.put("pubstate", start, end, groups["year"].lower().replace("in press", "inpress"))
        build.told(start, end)
        return
    when = re.match(rf"({_MONTH})\.?(?:\s+(\d{{1,2}}))?", groups.get("when") or "")
    if when:
        from edition.bibliography.reading.lists.forms import month

        number = month(when[1])
        value = year.group() + (f"-{number:02}" if number else "")
        value += f"-{int(when[2]):02}" if when[2] and number else ""
        build.put("date", start, head.found.end("when"), value)
    else:
        letter = groups.get("letter") or ""
        build.put("year", start, end + len(letter), year.group() + letter)


def _titles(text: str, head: _ReferenceHead, end: int) -> Iterator[tuple[int, int, int, bool]]:
    """(start, end of the title, start of the rest, whether marks say so)."""
    at = head.at
    close = _CLOSING.get(text[at : at + 1])
    if close and head.style != "Vancouver":
        stop = _close(text, at, end, close)
        if stop:
            inner = stop
            while inner > at + 1 and text[inner - 1] in ",. ":
                inner -= 1
            if re.search(r"(?:\b[A-Z]|\.\.)$", text[at + 1 : inner]) and text[inner] == "." and (
                    re.search(r"\.[A-Z]$", text[at + 1 : inner])):  # fmt: skip
                inner += 1  # U.S.
            yield at + 1, inner, stop + 1, True
            return
    if head.style == "notes":
        # Title (Place: Publisher, 2011), 167 · Title, 2nd ed. · Title, trans. X
        for cut in re.finditer(r"\s*(?=\()|,\s+(?=\S)", text[at:end]):
            yield at, at + cut.start(), at + cut.start(), False
        return
    for cut in re.finditer(
        r"(?P<stop>[.?!][”’\"*]?)\s+(?=[\w“‘\"(*\[])|\s+(?=[\[(])", text[at:end]
    ):
        stop = at + cut.start()
        if cut["stop"]:
            if text[stop] == "." and _abbreviated(text, at, stop):
                continue
            keep = 0 if text[stop] == "." else 1
            yield at, stop + keep, at + cut.end(), False
        else:
            yield at, stop, stop, False
    stop = end
    while stop > at and text[stop - 1] in ". ":
        stop -= 1
    yield at, stop, end, False


def _abbreviated(text: str, at: int, stop: int) -> bool:
    """Whether the full stop at ``stop`` is an initial's or an abbreviation's."""
    word = last_word(text, at, stop)
    if not re.fullmatch(r"[A-Z]|vs?|St|Dr|Mr|Mrs|vol|no|pp?|cf|ca|al", word):
        return False
    return len(word) > 1 or not re.compile(r"\.\s+(?:In|[A-Z][a-z]+:)\b").match(text, stop)


def _close(text: str, at: int, end: int, close: str) -> int:
    """Where the quotation that opens at ``at`` closes: marks within it pair."""
    opened, depth, index = text[at], 0, at
    for index in range(at, end):
        char = text[index]
        if char == opened and opened not in close:
            depth += 1
        elif char in close and index > at:
            apostrophe = char == "’" and re.match(r"\w", text[index + 1 : index + 2])
            if apostrophe or (
                char == "’" and not re.match(r"[,.]?\s|[.,]", text[index + 1 : index + 3])
            ):
                continue
            if char == '"' and re.match(r"\w", text[index + 1 : index + 2]):
                continue
            depth -= 1
            if depth <= 0 or opened in close:
                return index
    return 0


_SMALL = frozenset(["a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "over", "the", "to", "und", "der", "die", "das", "de", "la", "le", "et", "des", "du", "y", "el", "los", "del", "e", "do", "da"])  # fmt: skip


def _odd_title(title: str, *, marked: bool, style: str) -> float:
    """What speaks against ``title`` being one."""
    score = 0.0
    words = title.split()
    if marked:
        return 0.0
    if not words or len(title) < 3:
        return 80
    last = re.split(r"[.?!]\s+", title)[-1]
    if len(last.split()) == 1 and len(last) <= 6 and len(words) > 1 and last != title:
        score += 12  # "… of things. Proc"
    if re.search(rf"(?:,|;)\s*{YEAR}|\b(?:[Vv]ol|pp)\. ?\d|:\s*\d+[-–]\d+", title):
        score += 40
    if re.search(r"\bIn: ", title):
        score += 40
    if re.search(r"\b(?:\d(?:st|nd|rd|th)|[Rr]ev\.?) ed(?:ition|n)?\.?$", title):
        score += 25
    if title.endswith("]"):
        score += 20
    if title.count("(") != title.count(")") or title.count("[") != title.count("]"):
        score += 60
    if words[-1].lower() in _SMALL:
        score += 25
    if style == "notes" and title[:1].islower():
        score += 30
    score += 4 * len(re.findall(r"\.\s+[A-Z]", title))
    return score
