"""One document that holds both languages, as a document of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import assert_never

from edition.aligning import letters
from edition.bibliography.reading import HEADING
from edition.characters import HAN, count_han
from edition.importers.documents.model import (
    Block,
    CodeBlock,
    Document,
    Drop,
    Figure,
    Heading,
    Inline,
    Inlines,
    Item,
    LineEnd,
    NoteRef,
    Ornament,
    Paragraph,
    Quote,
    StyledRun,
    TableBlock,
    TextRun,
    Verse,
)
from edition.importers.documents.tidy import count, words
from edition.importers.lines import CAPTION, label
from edition.model import LANGS, Lang

_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
# "引言 Introduction", "Introduction 引言": a heading in both languages
_BOTH = re.compile(
    rf"^(?P<zh>[^A-Za-z]*[{HAN}][^A-Za-z]*?)[\s/／|｜：:—–-]+(?P<en>[A-Za-z][^{HAN}]*)$|"
    rf"^(?P<en2>[\dIVX.]*\s*[A-Za-z][^{HAN}]*?)[\s/／|｜：:—–-]+(?P<zh2>[{HAN}][^A-Za-z]*)$"
)
_NOTE = re.compile(r"^(?:\[\^?\w{1,6}\]:?|[(（\[〔]?(?:註|注)?\d{1,3}[)）\]〕]|[①-⑳¹²³⁰⁴-⁹*†‡])")
_NAMED: Mapping[Lang, str] = {
    "zh": r"中文|漢語|汉语|zh(?:[-_]\w+)*|chinese", "en": r"英文|英語|英语|en(?:[-_]\w+)*|english",
}  # fmt: skip
_EVEN = 0.4  # texts of one language for each of the other, at the least, where they stand in turn
_RATIO = (0.5, 16.0)  # English letters for one Chinese character, of a text and its translation
_SHARE = 0.6  # of the words of a document that a table of pairs has


@dataclass(frozen=True, slots=True)
class Sides:
    """A document of each language; ``rows``: of each, the row of the block at a place: what
    stands in one row answers to each other. Without any, the texts tell that."""

    zh: Document
    en: Document
    rows: Mapping[Lang, Mapping[int, int]]


def spoken(text: str) -> Lang | None:
    """The language of a text; None where it has no words of either."""
    han, latin = count_han(text), sum(map(len, _WORD.findall(text)))
    if not han and not latin:
        return None
    return "zh" if han * 4 >= latin else "en"


def sides(document: Document) -> Sides | None:
    """Both sides of ``document``; None where it is in one language, or in both but not in turn."""
    return _of_table(document) or _in_turn(document)


# --- a table with a column of each language ------------------------------------------------------


def _of_table(document: Document) -> Sides | None:
    tables = [one for one in document.blocks if isinstance(one, TableBlock)]
    total = sum(len(said(one)) for one in document.blocks)
    inside = sum(len(said(one)) for one in tables)
    if not tables or inside < _SHARE * total:
        return None
    columns = None
    for table in tables:
        columns = columns_of([[words(cell) for cell in row] for row in table.rows])
        if columns is None:
            return None
    rows: list[tuple[Inlines, Inlines]] = []
    left: list[Drop] = []
    for block in document.blocks:
        if not isinstance(block, TableBlock) or columns is None:
            side = spoken(said(block)) or "zh"
            text = _inlines(block)
            rows.append((text, ()) if side == "zh" else ((), text))
            continue
        for number, row in enumerate(block.rows):
            cells = [row[at] if at < len(row) else () for at in columns]
            others = [words(cell) for at, cell in enumerate(row) if at not in columns]
            if not number and _is_head([words(cell) for cell in cells]):
                others += [words(cell) for cell in cells]
                cells = [(), ()]
            left += [Drop(one, "column of neither language", block.place) for one in others if one]
            rows.append((cells[0], cells[1]))
    return of_rows(rows, document, left)


def _is_head(cells: Sequence[str]) -> bool:
    """Whether a first row only names the languages."""
    names = "|".join((*_NAMED.values(), "原文|譯文|译文|source|target|translation|text"))
    return all(re.fullmatch(names, one.strip(), re.IGNORECASE) for one in cells if one.strip())


def columns_of(rows: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Which column is Chinese and which English: those that the head names, else those with most
    words of each; None where there are not both."""
    if rows and (headed := _headed(rows[0])):
        return headed
    wide = max((len(row) for row in rows), default=0)
    counts: dict[Lang, dict[int, int]] = {"zh": {}, "en": {}}
    for row in rows:
        for at, cell in enumerate(row):
            if (lang := spoken(cell)) is not None:
                counts[lang][at] = counts[lang].get(at, 0) + 1
    chosen = []
    for lang in LANGS:
        ranked = sorted(range(wide), key=lambda at: -counts[lang].get(at, 0))
        if not ranked or counts[lang].get(ranked[0], 0) * 2 < len(rows):
            return None
        chosen.append(ranked[0])
    return (chosen[0], chosen[1]) if chosen[0] != chosen[1] else None


def of_rows(
    rows: Sequence[tuple[Inlines, Inlines]], document: Document, left: Sequence[Drop] = ()
) -> Sides:
    """Sides of rows of (Chinese, English); a line end in a cell begins a paragraph."""
    blocks: dict[Lang, list[Block]] = {"zh": [], "en": []}
    for number, row in enumerate(rows, start=1):
        for lang, cell in zip(LANGS, row, strict=True):
            runs = groupby(cell, key=lambda one: isinstance(one, LineEnd))
            lines = [tuple(run) for breaks, run in runs if not breaks]
            blocks[lang] += [Paragraph(inlines=line, place=number) for line in lines]
    return _divided(document, blocks, {"zh": {}, "en": {}}, left)


def _divided(
    document: Document, blocks: dict[Lang, list[Block]], rows: Mapping[Lang, Mapping[int, int]],
    left: Sequence[Drop] = (),
) -> Sides:  # fmt: skip
    """Documents of both sides; what the whole one left out is told with the Chinese."""
    labels = {lang: _labels(blocks[lang]) for lang in LANGS}
    notes = {lang: {label: note for label, note in document.notes.items()
                    if label in labels[lang] or (lang == "zh" and label not in labels["en"])}
             for lang in LANGS}  # fmt: skip
    en_words = sum(counted(one) for one in blocks["en"]) + sum(
        counted(block) for note in notes["en"].values() for block in note.blocks)  # fmt: skip
    english = Document(format=document.format, blocks=tuple(blocks["en"]), notes=notes["en"],
                       pictures=document.pictures, characters=en_words)  # fmt: skip
    chinese = replace(document, blocks=tuple(blocks["zh"]), notes=notes["zh"],
                      characters=document.characters - en_words,
                      dropped=(*document.dropped, *left))  # fmt: skip
    return Sides(chinese, english, rows)


def _labels(blocks: Iterable[Block]) -> set[str]:
    def of(inlines: Inlines) -> set[str]:
        found: set[str] = set()
        for one in inlines:
            if isinstance(one, NoteRef):
                found.add(one.label)
            elif isinstance(one, StyledRun):
                found |= of(one.children)
        return found

    return {label for block in blocks for label in of(_inlines(block))}


def _headed(head: Sequence[str]) -> tuple[int, int] | None:
    """The columns that a first row calls Chinese and English; None where it does not call one
    each so."""
    zh, en = ([at for at, cell in enumerate(head)
               if re.fullmatch(_NAMED[lang], cell.strip(), re.IGNORECASE)]
              for lang in LANGS)  # fmt: skip
    return (zh[0], en[0]) if len(zh) == len(en) == 1 else None


# --- paragraphs in turn --------------------------------------------------------------------------


def _in_turn(document: Document) -> Sides | None:
    blocks: list[Block] = []
    left: list[Drop] = []
    for one in document.blocks:
        parts = _parted(one)
        blocks += parts
        if lost := counted(one) - sum(map(counted, parts)):
            left.append(Drop(" " * lost, "sign between two languages", one.place))
    tongues = [spoken(said(one)) for one in blocks]
    if not _alternates(blocks, tongues):
        return None
    made: dict[Lang, list[Block]] = {"zh": [], "en": []}
    rows: dict[Lang, dict[int, int]] = {"zh": {}, "en": {}}
    row, seen = 1, False
    first: Lang = next(one for one in tongues if one)
    for block, lang in zip(blocks, tongues, strict=True):
        own = lang or first
        if own == first and seen:
            row, seen = row + 1, False
        seen = seen or own != first
        made[own].append(block)
        rows[own][block.place] = row
    return _divided(document, made, rows, left)


def _alternates(blocks: Sequence[Block], tongues: Sequence[Lang | None]) -> bool:
    """Whether two languages stand in turn: texts of one are about as many and as long as those of
    the other, and they change often. Captions, footnotes and what follows the heading of a list of
    works or notes are in any language: they say nothing of it."""
    body: list[tuple[Block, Lang]] = []
    for block, lang in zip(blocks, tongues, strict=True):
        words_ = said(block).strip()
        if label(words_) in ("references", "notes") or HEADING.match(words_):
            break
        if lang and not isinstance(block, TableBlock | Figure | CodeBlock) and not (
                CAPTION.match(words_) or _NOTE.match(words_)):  # fmt: skip
            body.append((block, lang))
    counts = {lang: sum(one == lang for _, one in body) for lang in LANGS}
    few, many = sorted(counts.values())
    changes = sum(one != two for (_, one), (_, two) in pairwise(body))
    if few < 2 or few < _EVEN * many or changes < 1.3 * few:
        return False
    han = sum(count_han(said(block)) for block, lang in body if lang == "zh")
    latin = sum(letters(said(block)) for block, lang in body if lang == "en")
    return _RATIO[0] <= latin / max(han, 1) <= _RATIO[1]


def _parted(block: Block) -> list[Block]:
    """A heading in both languages as one of each; a paragraph with a line end between them as
    two."""
    if isinstance(block, Paragraph):
        return _lines(block)
    if not isinstance(block, Heading) or not all(isinstance(one, TextRun) for one in block.inlines):
        return [block]
    found = _BOTH.match(words(block.inlines).strip())
    if not found:
        return [block]
    zh, en = found["zh"] or found["zh2"], found["en"] or found["en2"]
    both = [zh, en] if found["zh"] else [en, zh]
    return [replace(block, inlines=(TextRun(one.strip()),), number="") for one in both]


def _lines(paragraph: Paragraph) -> list[Block]:
    """A paragraph of lines in one language and then in the other, as two."""
    groups = groupby(paragraph.inlines, key=lambda one: isinstance(one, LineEnd))
    lines = [tuple(run) for breaks, run in groups if not breaks]
    tongues = [spoken(words(line)) for line in lines]
    if len(set(tongues)) != 2 or None in tongues or sum(
            one != two for one, two in pairwise(tongues)) != 1:  # fmt: skip
        return [paragraph]
    cut = next(at for at, lang in enumerate(tongues) if lang != tongues[0])
    return [replace(paragraph, inlines=_broken(part)) for part in (lines[:cut], lines[cut:])]


# --- words of blocks -----------------------------------------------------------------------------


def said(block: Block) -> str:
    """The words of a block."""
    return words(_inlines(block))


def counted(block: Block) -> int:
    """How many characters a block has, as the account counts them."""
    match block:
        case CodeBlock():
            return sum(map(len, block.lines))
        case Heading():
            return count(block.inlines) + count(block.subtitle)
        case TableBlock():
            return count(block.caption) + sum(count(cell) for row in block.rows for cell in row)
        case Verse():
            return sum(map(count, block.lines))
        case Paragraph() | Item() | Quote() | Figure() | Ornament():
            return count(_inlines(block))
    assert_never(block)


def _inlines(block: Block) -> Inlines:
    match block:
        case Paragraph() | Heading() | Item() | Quote():
            return block.inlines
        case Verse():
            return _broken(block.lines)
        case TableBlock():
            return _broken([cell for row in block.rows for cell in row])
        case Figure():
            return block.caption
        case CodeBlock():
            return tuple(TextRun(line) for line in block.lines)
        case Ornament():
            return ()
        case _:
            assert_never(block)


def _broken(lines: Iterable[Inlines]) -> Inlines:
    made: list[Inline] = []
    for line in lines:
        made += [*([LineEnd()] if made else []), *line]
    return tuple(made)
