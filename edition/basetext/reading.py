"""A file of the base text: its characters as they are compared, and the places in it that notes
name: pages, sections, footnotes, abstract, contents, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, TypeAlias

from edition.importers import blocks, pages
from edition.importers import lines as looks
from edition.importers.ledger import Ledger
from edition.importers.lines import ArticleLine
from edition.source import SourceFile

PlaceKind: TypeAlias = Literal["page", "section", "note", "part"]
PARTS = ("contents", "abstract", "references")  # labels of :mod:`edition.importers.lines`

# Not compared: white space, quotation marks (a quotation within one has others), the author's note
# marks, and hyphens that only part a word at the end of a line.
_LOOSE = re.compile(r"\s|[“”‘’「」『』\"']|[⁰¹²³⁴⁵⁶⁷⁸⁹]+[⁾)]?|\[\^[^\]\s]{1,20}\](?!:)")
_LINE_HYPHEN = re.compile(r"(?<=[a-z])-\n\s*(?=[a-z])")
# a page of the base begins: [p. 35] [頁35] {p. 35} <p. 35> 〔35頁〕 [421a], 【35】
_MARK = re.compile(
    r"[\[{<〔【［]\s*(?:(?:pp?\.|page|頁|页|第)\s*)(?P<a>\d{1,4}[a-z]?)\s*[頁页]?\s*[\]}>〕】］]|"
    r"[\[{<〔【［]\s*(?P<b>\d{1,4}[a-z]?)\s*[頁页]\s*[\]}>〕】］]|"
    r"\[\]\{\.page n=\"?(?P<c>[^\"\s}]{1,12})\"?\}", re.IGNORECASE)  # fmt: skip
_FOOTNOTE = re.compile(r"^(?:\[\^(?P<a>\d{1,3})\]:|(?P<b>\d{1,3})[)）](?=\s)|(?P<c>[①-⑳㉑-㊿])|"
                       r"(?:注|註)(?P<d>\d{1,3})[:：])")  # fmt: skip
_FIGURES = re.compile(r"\d{1,4}")
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch of the file: of a page by its number, of a section by the numbers of the headings
    down to it (``3.1``) or by its title, of a footnote by its number, of another part by its
    label. Offsets are those of the file."""

    kind: PlaceKind
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """The characters that are compared, and where each stands in the file."""

    text: str
    offsets: tuple[int, ...]

    def folded(self, fold: Callable[[str], str]) -> Drawn:
        """The same with each character as ``fold`` has it: none, one or several."""
        made = [fold(one) for one in self.text]
        return Drawn("".join(made), tuple(
            offset for one, offset in zip(made, self.offsets, strict=True) for _ in one
        ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class BaseText:
    """A base text. ``running``: its text with the footnotes after it, which would part sentences
    that run over pages."""

    file: SourceFile
    running: Drawn
    areas: tuple[Area, ...] = field(default=())

    def of(self, kind: PlaceKind, name: str) -> tuple[Area, ...]:
        return tuple(one for one in self.areas if one.kind == kind and one.name == name)

    @property
    def paged(self) -> bool:
        """Whether it says where its pages begin."""
        return any(one.kind == "page" for one in self.areas)


def drawn(text: str) -> str:
    """``text`` of a note as it is compared."""
    return _LOOSE.sub("", text)


def read(file: SourceFile) -> BaseText:
    """A base text, plain or in Markdown, with or without marks of its pages. Never fails."""
    lines = blocks.read_lines(file, Ledger(file))
    found = pages.pages(lines)
    kept = [one for one in lines if one.number not in found.dropped]
    spans = [(one.passage.at(0), one.passage.at(len(one.text))) for one in kept]
    notes = _notes(kept, len(file.text))
    in_notes = {
        at for one in notes for at in range(len(kept)) if one.start <= spans[at][0] < one.end
    }
    order = [*(at for at in range(len(kept)) if at not in in_notes), *sorted(in_notes)]
    running = _drawn(file.text, [spans[at] for at in order])
    areas = (*_pages(file, lines, found), *notes, *_parts(kept, len(file.text), in_notes))
    return BaseText(file, running, areas)


def _drawn(text: str, spans: Sequence[tuple[int, int]]) -> Drawn:
    characters: list[str] = []
    offsets: list[int] = []
    gone = {at for pattern in (_LOOSE, _MARK, _LINE_HYPHEN) for one in pattern.finditer(text)
            for at in range(one.start(), one.end())}  # fmt: skip
    for start, end in spans:
        for at in range(start, end):
            if at not in gone:
                characters.append(text[at])
                offsets.append(at)
    return Drawn("".join(characters), tuple(offsets))


# --- pages ----------------------------------------------------------------------------------------


def _pages(
    file: SourceFile, lines: Sequence[ArticleLine], found: pages.PageBreaks
) -> Iterator[Area]:
    """Pages by marks in the text, else by folios: a folio stands at the foot of its page, or at
    the head where the first line of the file is one, or where form feeds part the pages so."""
    text, end = file.text, len(file.text)
    marks = [(one.start(), next(name for name in one.groups() if name))
             for one in _MARK.finditer(text)]  # fmt: skip
    if marks:
        for (start, name), (after, _) in pairwise((*marks, (end, ""))):
            yield Area("page", name, start, after)
        return
    folios = [(at, _FIGURES.search(one.text)) for at, one in enumerate(lines)
              if found.dropped.get(one.number) == pages.FOLIO]  # fmt: skip
    numbered = [(at, match[0]) for at, match in folios if match]
    if not numbered:
        return
    heads = numbered[0][0] == 0 or lines[numbered[0][0]].feed
    begun = 0
    for order, (at, name) in enumerate(numbered):
        here = lines[at].passage.at(0)
        if heads:
            later = numbered[order + 1 : order + 2]
            yield Area("page", name, here, lines[later[0][0]].passage.at(0) if later else end)
        else:
            yield Area("page", name, begun, here)
            begun = here


# --- footnotes, sections --------------------------------------------------------------------------


def _notes(lines: Sequence[ArticleLine], end: int) -> tuple[Area, ...]:
    """Footnotes: from the line that bears the number to the next blank line or note. Numbers
    that do not rise are those of lists."""
    areas: list[Area] = []
    last = 0
    for at, one in enumerate(lines):
        match = _FOOTNOTE.match(one.text)
        name = next((part for part in match.groups() if part), "") if match else ""
        number = looks.numeral(name) if name else 0
        if not last < number <= last + 3:
            continue
        last = number
        stop = next((later.passage.at(0) for later in lines[at + 1 :]
                     if later.gap or _FOOTNOTE.match(later.text)), end)  # fmt: skip
        areas.append(Area("note", str(number), one.passage.at(0), stop))
    return tuple(areas)


def _parts(lines: Sequence[ArticleLine], end: int, in_notes: set[int]) -> Iterator[Area]:
    """Sections under numbered or known headings, and what stands under a label."""
    systems: list[str] = []  # kinds of numbers, the outermost first
    path: list[tuple[str, int, str, int]] = []  # system, number, title, start
    label: tuple[str, int] | None = None

    def closed(depth: int, here: int) -> Iterator[Area]:
        while len(path) > depth:
            numbers = ".".join(str(number) for _, number, _, _ in path if number)
            _, number, title, start = path.pop()
            if number:
                yield Area("section", numbers, start, here)
            if title:
                yield Area("section", title, start, here)

    for at, one in enumerate(lines):
        if at in in_notes:
            continue
        here, text = one.passage.at(0), one.text.lstrip("# ").strip()
        named = looks.label(text)
        if named:
            yield from closed(0, here)
            if label:
                yield Area("part", label[0], label[1], here)
            label = (named, here) if named in PARTS else None
            continue
        heading = _heading(one, text)
        if heading is None or (label and label[0] == "references"):
            continue
        system, number, title = heading
        if label:
            yield Area("part", label[0], label[1], here)
            label = None
        if system not in systems:
            systems.append(system)
        depth = min(systems.index(system), len(path), _DEEPEST)
        depth = 0 if system == "known" else depth
        yield from closed(depth, here)
        path.append((system, number, title, here))
    yield from closed(0, end)
    if label:
        yield Area("part", label[0], label[1], end)


def _heading(line: ArticleLine, text: str) -> tuple[str, int, str] | None:
    """(kind of its number, number, title) of a line that is a heading."""
    marked = line.text.startswith("#")
    if not (line.gap or marked) or not looks.short(text) or text.startswith("|"):
        return None
    if looks.KNOWN.match(text):
        return "known", 0, text
    numbered = looks.numbered(text)
    if numbered is None:
        return ("marked", 0, text) if marked else None
    system, sign, after = numbered
    # 3.1 has all its numbers; only the last is its own
    number = looks.numeral(re.split(r"[.．]", sign)[-1])
    return (system, number, text[after:].strip()) if number else None


def place_of(base: BaseText, offset: int) -> str:
    """Where in the base text an offset is, in words, for a reader."""
    here = [one for one in base.areas if one.start <= offset < one.end]
    line = base.file.text.count("\n", 0, offset) + 1
    page = next((f"page {one.name}" for one in here if one.kind == "page"), "")
    note = next((f"footnote {one.name}" for one in here if one.kind == "note"), "")
    part = next((one.name for one in here if one.kind == "part"), "")
    section = min((one for one in here if one.kind == "section"),
                  key=lambda one: (one.end - one.start, one.name[0].isdecimal()),
                  default=None)  # fmt: skip
    named = note or part or (f"section {section.name}" if section else "")
    return ", ".join(one for one in (page, named, f"line {line}") if one)


def within(areas: Sequence[Area], offset: int) -> bool:
    return any(one.start <= offset < one.end for one in areas)


def starts_in(drawn_text: Drawn, words: str) -> Iterator[int]:
    """Indexes in ``drawn_text`` at which ``words`` begin."""
    at = drawn_text.text.find(words)
    while at >= 0:
        yield at
        at = drawn_text.text.find(words, at + 1)
