"""What a textual note claims of the base text: that words stand there, and where.

Words are claimed by ``sic``; by quotation marks behind a word for reading (作, 稱, 題 …; ``has``,
``reads``) or behind the name of a place; by a witness that is the base text. What follows a word
for correcting (當作, 疑作 …) is the editor's own. A place is what the clause names before the
words: footnotes, sections, the abstract, the contents, the references, a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from edition.basetext.reading import BaseText, PlaceKind
from edition.characters import has_han
from edition.config import Config
from edition.importers import lines as looks
from edition.model import Inlines, Lang, Note, pieces
from edition.source import Span

ClaimKind: TypeAlias = Literal["sic", "reading", "pages"]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place by the words that name it."""

    kind: PlaceKind
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """``words`` stand in the base text, in each of ``places`` if there are any; of ``pages``, the
    numbers of pages that a citation or an entry of the references gives there."""

    kind: ClaimKind
    words: str
    places: tuple[NamedPlace, ...]
    span: Span
    note: str
    segment: str


_QUOTED = re.compile(r"“([^“”]{1,200})”|「([^「」]{1,200})」")
# right before a quotation
_READS = re.compile(
    r"(?:[作稱称題题云曰署誤误]|又?有|原文|亦見|寫成|写成|印成)[：:，,]?\s*$|"
    r"\b(?:has|have|had|reads?|writes?|prints?|gives?|names?|calls?)[:,]?\s*$"
)
_CORRECTS = re.compile(r"(?:[當当應应疑宜似可改校須须]\s*[即亦是]?\s*(?:為|爲|为|合為|合爲|合为)?|"
                       r"本書|本书|今|編者|编者|中譯|中译|英譯|英译|譯|译|寫|写|統一|统一|從|从)"
                       r"\S{0,4}$|\b(?:[Rr]ead|should|must|for|perhaps|follows?)\b[^.;]{0,40}$",
                       )  # fmt: skip
_AND = re.compile(r"[、和與与及或]|(?:\s*(?:and|or)\s*)")
# Latin words that a Chinese note gives as the reading, without quotation marks
_LATIN = re.compile(r"(?<=作)\s*([A-Za-z][A-Za-z0-9 .,'’&()-]*[A-Za-z0-9.)])")
_CLAUSE = re.compile(r"[。；;，]|\.\s(?=[A-Z])|,\s")
_TAG = re.compile(r"[（(][^（）()]{0,60}[)）]")

_LIST = r"(\d{1,3}(?:\s*(?:[、,，–—-]|and|與|和)\s*\d{1,3}){0,9})"
_NOTES = re.compile(rf"(?:[腳脚原]注|(?<![校引夾夹])[注註]|footnotes?|orig\. nn?\.)\s*{_LIST}",
                    re.IGNORECASE)  # fmt: skip
_ROMAN = re.compile(r"(?<![A-Za-z])(?:第)?([IVX]{1,5}(?:\.\d{1,2}){0,3})(?![A-Za-z])")
_CHAPTER = re.compile(rf"第([{looks.NUMERALS[1:-1]}]{{1,3}}|\d{{1,2}})([章節节])")
_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("abstract", re.compile(r"摘要|提要|abstract")),
    ("contents", re.compile(r"目次|目錄|目录|contents list|table of contents")),
    ("references", re.compile(r"書目|书目|參考文獻|参考文献|\breferences\b")),
)
_PAGE = re.compile(
    r"第\s*(?P<a>\d{1,4})(?:\s*[–—-]\s*(?P<b>\d{1,4}))?\s*[頁页]|"
    r"(?<![A-Za-z])pp?\.\s*(?P<c>\d{1,4})(?:\s*[–—-]\s*(?P<d>\d{1,4}))?"
)
_CITED = re.compile(r"引注|引文|書目|书目|文獻|文献|citation|references")


def claims(note: Note, base: BaseText, config: Config) -> Iterator[Claim]:
    """All that a note claims, ``sic`` first."""
    whole = _evidence(note, base)
    if note.sic:
        span = _said(note, note.sic)
        for part in re.split(r"\s*[;；／]\s*", note.sic):
            if part.strip():
                yield Claim("sic", part.strip(), whole, span, note.id, note.at)
    yield from _of_witness(note, config, base)
    for lang, inlines in note.texts.items():
        for one in _of_text(note, inlines, lang, base):
            if not (one.kind == "reading" and one.words in (note.corr, note.sic)):
                yield one


def _said(note: Note, words: str) -> Span:
    """Where a value of a note stands, letter for letter; else the note."""
    text, start = note.span.file.text, note.span.start
    at = text.find(words, start, start + 4000)
    return note.span if at < 0 else note.span.file.span(at, at + len(words))


def _evidence(note: Note, base: BaseText) -> tuple[NamedPlace, ...]:
    """The pages of the base text on which the evidence of a note says that its ``sic`` stands."""
    if not base.paged or _CITED.search(note.evidence):
        return ()
    return tuple(_pages(note.evidence))[:1]


def _of_witness(note: Note, config: Config, base: BaseText) -> Iterator[Claim]:
    """What an entry of the apparatus says that the base text has, or the part of it that a
    witness is: its abstract, its references."""
    parts = {one.siglum.zh: one.name.zh for one in config.witnesses if one.base or one.of_base}
    for one in (note.entry.lem, *note.entry.readings) if note.entry else ():
        words = one.text or (note.lemmas["zh"].quote if note.entry and one is note.entry.lem
                             and "zh" in note.lemmas else "")  # fmt: skip
        for siglum in one.wit if words else ():
            if siglum in parts:
                places = _places(parts[siglum], base)
                yield Claim("reading", words, places, one.span, note.id, note.at)


# --- the text of a note ---------------------------------------------------------------------------


def _of_text(note: Note, inlines: Inlines, lang: Lang, base: BaseText) -> Iterator[Claim]:
    parts = list(pieces(inlines))
    text = "".join(one for one, _ in parts)
    bare = _TAG.sub(lambda tag: "\x00" * len(tag[0]), text)
    found = [(one.start(), one.end(), one[1] or one[2]) for one in _QUOTED.finditer(text)]
    if lang == "zh":
        found += [(one.start(1), one.end(1), one[1].split("(")[0].strip())
                  for one in _LATIN.finditer(bare)]  # fmt: skip
    claimed, last = False, 0
    places: tuple[NamedPlace, ...] = ()
    for start, end, words in sorted(found):
        before = bare[max(_clause(bare, start, found), last) : start]
        if not last or _AND.sub("", bare[last:start]).strip():  # else it goes on with the last
            claimed, places = _is_claimed(before, base), _places(before, base)
        last = end
        if not claimed or (lang == "en" and not has_han(words)):
            continue
        words = words.strip(" ,.，。：:；;")
        if words:
            yield Claim("reading", words, places, _span(parts, start, end), note.id, note.at)
    if lang == "zh":
        yield from _cited_pages(note, bare, parts, base)


def _is_claimed(before: str, base: BaseText) -> bool:
    """Whether what follows ``before`` is said to stand in the base text."""
    reads = _READS.search(before)
    if reads is None:
        named = _places(before[-16:], base)
        return any(before.endswith(one.words) for one in named)
    return _CORRECTS.search(before[: reads.start()]) is None


def _clause(text: str, start: int, quoted: Sequence[tuple[int, int, str]]) -> int:
    """Where the clause begins in which ``start`` stands: marks within quotations part none."""
    begins = 0
    for mark in _CLAUSE.finditer(text, 0, start):
        if not any(one <= mark.start() < two for one, two, _ in quoted):
            begins = mark.end()
    return begins


def _span(parts: Sequence[tuple[str, Span]], start: int, end: int) -> Span:
    at = 0
    for text, span in parts:
        if at <= start < at + len(text):
            return span.within(start - at, min(end - at, len(text)))
        at += len(text)
    return parts[-1][1]


# --- places ---------------------------------------------------------------------------------------


def _places(text: str, base: BaseText) -> tuple[NamedPlace, ...]:
    """Places of the base text that a clause names."""
    found: list[NamedPlace] = []
    for match in _NOTES.finditer(text):
        found += [NamedPlace("note", name, match[0]) for name in re.findall(r"\d+", match[1])]
    for match in _ROMAN.finditer(text):
        first, _, rest = match[1].partition(".")
        name = ".".join(part for part in (str(looks.numeral(first)), rest) if part)
        found.append(NamedPlace("section", name, match[0]))
    for match in _CHAPTER.finditer(text):
        found.append(NamedPlace("section", str(looks.numeral(match[1])), match[0]))
    for name, pattern in _PARTS:
        if part := pattern.search(text):
            found.append(NamedPlace("part", name, part[0]))
    titles = {one.name for one in base.areas if one.kind == "section" and has_han(one.name)}
    found += [
        NamedPlace("section", one, one) for one in titles if looks.KNOWN.match(one) and one in text
    ]
    if base.paged and not _CITED.search(text):
        found += _pages(text)
    return tuple(one for one in found if base.of(one.kind, one.name) or one.kind == "page")


def _pages(text: str) -> Iterator[NamedPlace]:
    for match in _PAGE.finditer(text):
        yield NamedPlace("page", match["a"] or match["c"], match[0])


def _cited_pages(
    note: Note, text: str, parts: Sequence[tuple[str, Span]], base: BaseText
) -> Iterator[Claim]:
    """The pages that a citation or the references are said to give: where the base text has pages
    of its own, only in clauses that speak of citations."""
    for match in _PAGE.finditer(text):
        begins = _clause(text, match.start(), ())
        before = text[begins : match.start()]
        if _CORRECTS.search(before) or (base.paged and not _CITED.search(before)):
            continue
        if not _CITED.search(before):
            continue
        first, last = match["a"] or match["c"], match["b"] or match["d"] or ""
        places = tuple(one for one in _places(before, base) if one.kind == "part")
        yield Claim("pages", f"{first}-{last}" if last else first, places,
                    _span(parts, match.start(), match.end()), note.id, note.at)  # fmt: skip
