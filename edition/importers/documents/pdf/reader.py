"""Lines of a PDF → paragraphs, headings by their size, footnotes after what they belong to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from edition.diagnostics import Diagnostic
from edition.importers.codes import LEFT_OUT
from edition.importers.documents.looks import Looked, headed
from edition.importers.documents.model import (
    Block,
    Document,
    Drop,
    Paragraph,
    RefusedError,
    TableBlock,
    TextRun,
    Verse,
)
from edition.importers.documents.pdf.bylines import bylines
from edition.importers.documents.pdf.lines import Line, in_order, pages, without_heads
from edition.importers.documents.tidy import words
from edition.importers.documents.verse import regular
from edition.importers.documents.xml import Element
from edition.importers.facts import day_in_words
from edition.importers.lines import SUPERSCRIPT_SIGNS
from edition.readers.passage import is_wide

FORMAT = "PDF"
_OCR = "read it with a program for OCR (ocrmypdf), and import what that makes"
_PLAIN_MARK = re.compile(r"^(\d{1,3})(?=\s*[^\W\d]|\s+[“‘\"「『《（(])")
_STRANGE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_ENDED = re.compile(r"[。．.！？!?…；;：:][”’」』）)\]》〉]*[⁰¹²³⁴⁵⁶⁷⁸⁹①-⑳]*$")
_BULLETED = re.compile(r"[•●■▪◦○]\s")
_BEGINS = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|"
                     r"第[一二三四五六七八九十\d]+[章节節]|\d+(?:\.\d+)*[.、]?\s|"
                     r"[①-⑳]|\[\d+\]|〔\d+〕|[•·●■▪◦○]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}\s)")  # fmt: skip


def read(root: Element) -> Document:
    """The document in the output of ``pdftotext -bbox-layout``. Raises :class:`RefusedError` where
    the pages have no text, or none that says its characters."""
    found = pages(root)
    full = [page for page in found if page.lines]
    if not full:
        raise RefusedError("it is a scan: no page has a text layer", _OCR)
    if len(full) * 2 < len(found):
        raise RefusedError(f"it is a scan: {len(found) - len(full)} of {len(found)} pages have no "
                           "text layer", _OCR)  # fmt: skip
    text = "".join(line.text for page in full for line in page.lines)
    if len(_STRANGE.findall(text)) > 0.05 * len(text):
        raise RefusedError("its fonts do not say which characters its glyphs are", _OCR)
    characters = sum(len(line.text) for page in found for line in page.lines)
    kept, heads = without_heads(found)
    drops = [Drop(one.text, "running head or folio", one.page) for one in heads]
    work = _Paragraphs(_usual([line for page in kept for line in page.lines]))
    for lines in in_order(kept):
        work.page(lines)
    work.end()
    blocks: tuple[Block, ...] = headed(_versed(work.made))
    if work.hyphens:
        drops.append(Drop("-" * work.hyphens, "hyphen at the end of a line"))
    empty = [str(page.number) for page in found if not page.lines]
    told = [
        Diagnostic(code=LEFT_OUT, where=f"page {at}", fact="the page has no text",
                   hint="if it is a scan, read it with a program for OCR")
        for at in empty
    ]  # fmt: skip
    return Document(format=FORMAT, blocks=blocks, characters=characters + work.added,
                    dropped=tuple(drops), found=tuple(told))  # fmt: skip


def _usual(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for one in lines:
        sizes[one.size] += len(one.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


@dataclass(slots=True)
class _Paragraphs:
    """Paragraphs as they grow. ``added`` counts spaces put between lines, ``hyphens`` those taken
    out."""

    usual: float
    made: list[Looked] = field(default_factory=list)
    open: list[Line] = field(default_factory=list)
    notes: list[Looked] = field(default_factory=list)  # of the page, till a paragraph ends
    added: int = 0
    hyphens: int = 0

    def page(self, lines: Sequence[Line]) -> None:
        lines = self._bylines(lines)
        body, foot = self._feet(lines)
        rows = _tabled(body)
        for line in body:
            if id(line) in rows:
                if row := rows[id(line)]:
                    self.end()
                    self.made.append(row)
                continue
            if self.open and self._begins(line, self.open[-1]):
                self.end()
            self.open.append(line)
        run: list[Line] = []
        for line in foot:
            if run and self._note(line):
                self.notes.append(self._noted(run))
                run = []
            run.append(line)
        if run:
            self.notes.append(self._noted(run))

    def _bylines(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The lines of a page; authors side by side under the title of the first are taken off,
        each with what stands under the name."""
        found = bylines(lines) if not self.made and lines and lines[0].page == 1 else None
        if found is None:
            return lines
        for line in found.above:
            if self.open and self._begins(line, self.open[-1]):
                self.end()
            self.open.append(line)
        self.end()
        for name, places in found.authors:
            self.made.append(self._joined([name]))
            if places:
                text = f"({', '.join(one.text.strip() for one in places)})"
                self.added += len(text) - sum(len(one.text.strip()) for one in places)
                self.made.append(self._joined([replace(places[0], text=text)]))
        return self._dated(found.below)

    def _dated(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Lines below the authors; a day that stands first is written as programs write it."""
        when = day_in_words(lines[0].text) if lines else ""
        if not when:
            return lines
        self.added += len(when) - len(lines[0].text.strip())
        self.made.append(self._joined([replace(lines[0], text=when)]))
        return lines[1:]

    def end(self) -> None:
        """Close the open paragraph; notes of its pages follow it."""
        if self.open:
            self.made.append(self._joined(self.open))
            self.open = []
        self.made += self.notes
        self.notes = []

    def _note(self, line: Line) -> bool:
        return bool(re.match(r"^(?:[①-⑳]|\[?\d{1,3}[\])）.]?\s*\D|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*|〔)", line.text))

    def _feet(self, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
        """The lines of a page's text, and those of its footnotes: small ones at the foot of each
        column, from one that begins as a note does."""
        body: list[Line] = []
        foot: list[Line] = []
        for column in dict.fromkeys(one.column for one in lines):
            own = [one for one in lines if one.column == column]
            at = len(own)
            while at and own[at - 1].size < 0.93 * self.usual:
                at -= 1
            starts = [n for n in range(at, len(own)) if self._note(own[n])]
            cut = starts[0] if starts and at else len(own)
            body += own[:cut]
            foot += own[cut:]
        return body, foot

    def _begins(self, line: Line, last: Line) -> bool:
        """Whether a line begins a paragraph."""
        size = max(self.usual, 1.0)
        if abs(line.size - last.size) > 0.12 * size:
            return True
        left, right = last.block
        indented = line.x0 - line.block[0] > 0.9 * line.size
        short = right - last.x1 > 2.5 * last.size
        same = line.page == last.page and line.column == last.column
        if same and line.y0 - last.y1 > 1.1 * size:
            return True
        if same and line.beside(last):  # pieces of one row
            return False
        if _BULLETED.match(line.text):
            return True
        hanging = last.x0 - left > 0.9 * last.size and abs(line.x0 - last.x0) < 0.3 * size
        if indented and not hanging:
            return True
        if hanging and indented and (short or _ENDED.search(last.text)):
            return True
        if short and (_ENDED.search(last.text) or _BEGINS.match(line.text) or right - last.x1 > (
                0.25 * (right - left))):  # fmt: skip
            return True
        return bool(_BEGINS.match(line.text)) and bool(_ENDED.search(last.text) or short)

    def _noted(self, lines: Sequence[Line]) -> Looked:
        """A footnote; a plain number at its head is its mark."""
        first = lines[0]
        text = _PLAIN_MARK.sub(lambda mark: mark[1].translate(SUPERSCRIPT_SIGNS), first.text)
        return self._joined([replace(first, text=text), *lines[1:]])

    def _joined(self, lines: Sequence[Line]) -> Looked:
        text = ""
        for line in lines:
            piece = line.text.strip()
            if not text:
                text = piece
            elif re.search(r"[a-z]-$", text) and re.match(r"[a-z]", piece):
                text = text[:-1] + piece
                self.hyphens += 1
            elif is_wide(text[-1]) or is_wide(piece[0]):
                text += piece
            else:
                text += f" {piece}"
                self.added += 1
        first = lines[0]
        before, after = first.x0 - first.column[0], first.column[1] - first.x1
        centred = abs(before - after) < first.size and before > 2 * min(first.size, self.usual)
        block = Paragraph(inlines=(TextRun(text),), place=first.page)
        size = Counter({line.size: len(line.text) for line in lines}).most_common(1)[0][0]
        return Looked(block=block, size=size, centred=centred)


def _tabled(lines: Sequence[Line]) -> dict[int, Looked | None]:
    """Lines that are cells of tables, by identity: the first of a table with it. A table is two
    rows or more of as many pieces that stand under each other."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and line.column == rows[-1][0].column and line.beside(rows[-1][0]):
            rows[-1].append(line)
        else:
            rows.append([line])
    found: dict[int, Looked | None] = {}
    for several, group in groupby(rows, key=lambda row: len(row) if len(row) > 1 else 0):
        run = list(group)
        if not several or len(run) < 2:
            continue
        cells = tuple(tuple((TextRun(one.text.strip()),) for one in row) for row in run)
        first = run[0][0]
        found |= {id(one): None for row in run for one in row}
        found[id(first)] = Looked(block=TableBlock(rows=cells, place=first.page), size=first.size)
    return found


def _versed(blocks: Sequence[Looked]) -> list[Looked]:
    """Short lines of one length, each a paragraph, as stanzas."""
    out: list[Looked] = []
    run: list[Looked] = []
    first = ""

    def flush() -> None:
        texts = [words(one.block.inlines) for one in run if isinstance(one.block, Paragraph)]
        if len(run) >= 2 and regular(texts) and re.search(r"[，。；,]$", texts[0]):
            lines = tuple(one.block.inlines for one in run if isinstance(one.block, Paragraph))
            out.append(Looked(block=Verse(lines=lines, place=run[0].block.place), size=run[0].size))
        else:
            out.extend(run)
        run.clear()

    for one in blocks:
        text = words(one.block.inlines) if isinstance(one.block, Paragraph) else ""
        if run and not (text and regular([first, text])):
            flush()
        if text and len(text) <= 24:
            first = first if run else text
            run.append(one)
        else:
            flush()
            out.append(one)
    flush()
    return out
