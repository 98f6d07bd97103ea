"""OpenDocument texts (.odt) → their blocks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

from edition.diagnostics import Diagnostic
from edition.importers.codes import LEFT_OUT, NO_PICTURE
from edition.importers.documents.archives import Archive
from edition.importers.documents.docx.runs import SMALL
from edition.importers.documents.looks import Looked, headed, joined, subtitled
from edition.importers.documents.model import (
    Block,
    CodeBlock,
    Document,
    Drop,
    Figure,
    Heading,
    Hyperlink,
    Inline,
    Inlines,
    Item,
    LineEnd,
    NoteBlock,
    NoteBody,
    NoteRef,
    Ornament,
    Paragraph,
    Quote,
    RefusedError,
    RubyRun,
    StyledRun,
    TableBlock,
    TextRun,
    Verbatim,
    Verse,
)
from edition.importers.documents.odt.formulas import formula_in
from edition.importers.documents.odt.styles import OdtStyle, OdtStyles
from edition.importers.documents.odt.text import OPEN, characters, collapsed, spaces, text_of
from edition.importers.documents.pictures import picture_name
from edition.importers.documents.tidy import plain, tidy, words
from edition.importers.documents.verse import stanza
from edition.importers.documents.xml import Element, attr, child, children, descendants, local

FORMAT = "OpenDocument text"
_ASIDE = {"annotation": "comment", "table-of-content": "contents list",
          "illustration-index": "contents list", "table-index": "contents list",
          "alphabetical-index": "index", "bibliography-mark": ""}  # fmt: skip
_FRONT = re.compile(r"\b(?:author|date|byline|affiliation)\b")
_CODE = re.compile(r"source ?code|preformatted")
_USUAL = 12.0  # points, where a style says nothing
_REPEATED = 64  # columns or rows that one element may stand for


def read(data: bytes) -> Document:
    """The document in ``data``. Raises :class:`RefusedError` where it cannot be read or has
    tracked changes."""
    return _OdtReader(Archive(data)).document()


@dataclass(slots=True)
class _OdtReader:
    archive: Archive
    styles: OdtStyles = field(default_factory=OdtStyles)
    notes: dict[str, NoteBody] = field(default_factory=dict)
    drops: list[Drop] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    hung: list[Looked] = field(default_factory=list)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)  # last of a list, by level
    formulas: int = 0  # characters in them
    place: int = 0

    def document(self) -> Document:
        if "META-INF/manifest.xml" in self.archive.names and (
                b"encryption-data" in self.archive.read("META-INF/manifest.xml")):  # fmt: skip
            raise RefusedError("it is protected by a password",
                               "save it without one, and import that")  # fmt: skip
        root = self.archive.root("content.xml")
        parts = [root]
        if "styles.xml" in self.archive.names:
            parts.insert(0, self.archive.root("styles.xml"))
        for part in parts:
            self.styles.take(part)
        body = child(root, "body", "text")
        if body is None:
            raise RefusedError("it has no text in it", "save it anew in its program")
        changes = list(descendants(body, "changed-region"))
        if changes:
            names = sorted({one.text for one in descendants(body, "creator") if one.text})
            by = f" by {', '.join(names[:3])}" if names else ""
            count = "a tracked change" if len(changes) == 1 else f"{len(changes)} tracked changes"
            raise RefusedError(
                f"it has {count}{by}", "accept or reject all of them, and import that"
            )
        blocks = joined(subtitled(headed(list(self._blocks(body)))))
        total = characters(body) + self.formulas
        comments = sum(one.reason == "comment" for one in self.drops)
        if comments:
            self.found.append(Diagnostic(
                code=LEFT_OUT, where="comments", hint="IMPORT.md has their words",
                fact=f"{comments} comments in the margin are left out"))  # fmt: skip
        return Document(format=FORMAT, blocks=blocks, notes=self.notes, pictures=self.pictures,
                        characters=total, dropped=tuple(self.drops),
                        found=tuple(self.found))  # fmt: skip

    # --- blocks -----------------------------------------------------------------------------------

    def _blocks(self, parent: Element) -> Iterator[Looked]:
        yield from self._loose(parent, parent.text)
        for element in parent:
            match local(element):
                case "h" | "p":
                    yield from self._paragraph(element)
                case "list":
                    yield from self._list(element, 1, attr(element, "style-name"))
                case "table":
                    yield from self._table(element)
                case "section" | "index-body" | "text-box":
                    yield from self._blocks(element)
                case "frame":
                    self._frame(element)
                    yield from self._flush()
                case name if _ASIDE.get(name):
                    self._aside(element, _ASIDE[name])
                case "numbered-paragraph":
                    yield from self._blocks(element)
                case _:
                    pass
            yield from self._loose(parent, element.tail)

    def _loose(self, parent: Element, text: str | None) -> Iterator[Looked]:
        """Words that stand in no paragraph, as some programs write them."""
        said = collapsed(text or "").strip()
        if said and local(parent) in OPEN:
            self.place += 1
            yield Looked(block=Paragraph(inlines=(TextRun(said),), place=self.place), size=_USUAL)

    def _flush(self) -> Iterator[Looked]:
        waiting, self.hung = self.hung, []
        yield from waiting

    def _aside(self, element: Element, reason: str) -> None:
        text = "".join(text_of(one) for one in descendants(element, "p", "h"))
        if text:
            self.drops.append(Drop(text, reason, self.place))

    def _paragraph(self, element: Element) -> Iterator[Looked]:
        self.place += 1
        place = self.place
        name = attr(element, "style-name")
        style, named = self.styles.of(name), self.styles.names(name)
        inlines = self._inlines(element, style)
        if not words(inlines).strip() and not any(isinstance(one, NoteRef) for one in inlines):
            if white := words([one for one in inlines if not isinstance(one, LineEnd)]):
                self.drops.append(Drop(white, "white space", place))
            yield from self._flush()
            return
        block: Block
        lines = stanza(inlines)
        front = bool(_FRONT.search(named))
        if local(element) == "h":
            level = attr(element, "outline-level", "1")
            block = Heading(level=int(level) if level.isdecimal() else 1, inlines=plain(inlines),
                            place=place)  # fmt: skip
        elif re.search(r"\b(?:title|subtitle)\b", named):
            block = Heading(level=2 if "subtitle" in named else 1, inlines=plain(inlines),
                            title=True, place=place)  # fmt: skip
        elif _CODE.search(named):
            text = [words([one]) if not isinstance(one, LineEnd) else "\n" for one in inlines]
            block = CodeBlock(lines=tuple("".join(text).split("\n")), place=place)
        elif lines:
            block = Verse(lines=lines, place=place)
        elif "quotation" in named or (style.indent >= 20 and not style.centred):
            block = Quote(inlines=tidy(inlines), place=place)
        else:
            block = Paragraph(inlines=tidy(inlines), place=place)
        bold = bool(style.bold) or all(
            isinstance(one, StyledRun) and one.style == "strong"
            for one in inlines if words([one]).strip())  # fmt: skip
        caption = bool(re.search(r"caption|illustration|\btable\b|figure", named))
        size = 0.0 if front else style.size or _USUAL  # people and dates are no headings
        yield Looked(block=block, size=size, bold=bold and not front, caption=caption,
                     centred=bool(style.centred))  # fmt: skip
        yield from self._flush()

    def _list(self, element: Element, depth: int, name: str) -> Iterator[Looked]:
        own = attr(element, "id") or name
        goes_on = attr(element, "continue-list") or (
            name if attr(element, "continue-numbering") == "true" else "")  # fmt: skip
        number = self.numbers.get((goes_on, depth), 0) if goes_on else 0
        form = self.styles.numbering(name, depth)
        for one in element:
            if local(one) not in ("list-item", "list-header"):
                continue
            number += local(one) == "list-item"
            start = attr(one, "start-value")
            number = int(start) if start.isdecimal() else number
            self.numbers[own, depth] = self.numbers[name, depth] = number
            first = local(one) == "list-item"
            for inner in one:
                if local(inner) == "list":
                    yield from self._list(inner, depth + 1, attr(inner, "style-name") or name)
                    continue
                for looked in self._blocks_of(inner):
                    block = looked.block
                    if isinstance(block, Paragraph | Quote):
                        mark = (form(number) if form else "-") if first else ""
                        block = Item(inlines=block.inlines, depth=min(depth, 4), mark=mark,
                                     place=block.place)  # fmt: skip
                        first = False
                    yield replace(looked, block=block)

    def _blocks_of(self, element: Element) -> Iterator[Looked]:
        if local(element) in ("p", "h"):
            yield from self._paragraph(element)

    def _table(self, table: Element) -> Iterator[Looked]:
        rows: list[tuple[Inlines, ...]] = []
        place = self.place + 1
        for row in descendants(table, "table-row"):
            if next(one for one in row.iterancestors() if local(one) == "table") is not table:
                continue
            made: list[Inlines] = []
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                inside: list[Inline] = []
                for looked in self._blocks(cell):
                    inside += [*([LineEnd()] if inside else []), *_inlines_of(looked.block)]
                repeated = attr(cell, "number-columns-repeated", "1")
                times = min(int(repeated), _REPEATED) if repeated.isdecimal() else 1
                made += [tuple(inside)] * (times if not inside else 1)
            if any(made):
                rows.append(tuple(made))
        wide = max((max((at + 1 for at, cell in enumerate(row) if cell), default=0)
                    for row in rows), default=0)  # fmt: skip
        rows = [(*row[:wide], *((),) * (wide - len(row))) for row in rows]
        if len(rows) == 1 and wide == 1:
            yield Looked(block=Paragraph(inlines=rows[0][0], place=place))
        elif rows:
            yield Looked(block=TableBlock(rows=tuple(rows), place=place))
        yield from self._flush()

    # --- inlines ----------------------------------------------------------------------------------

    def _inlines(self, element: Element, base: OdtStyle) -> list[Inline]:
        out: list[Inline] = []
        if element.text:
            out.append(TextRun(collapsed(element.text)))
        for one in element:
            out += self._inline(one, base)
            if one.tail:
                out.append(TextRun(collapsed(one.tail)))
        return out

    def _inline(self, one: Element, base: OdtStyle) -> list[Inline]:
        match local(one):
            case "span":
                return self._span(one, base)
            case "s":
                return [TextRun(spaces(one))]
            case "tab":
                return [TextRun(" ")]
            case "line-break":
                return [LineEnd()]
            case "a":
                inside = tuple(self._inlines(one, base))
                address = attr(one, "href")
                outside = re.match(r"(?:https?|mailto|ftp|doi):", address)
                return [Hyperlink(inside, address)] if outside and inside else list(inside)
            case "note":
                return self._note(one)
            case "ruby":
                under = "".join(text_of(inner) for inner in children(one, "ruby-base"))
                over = "".join(text_of(inner) for inner in children(one, "ruby-text"))
                return (
                    [RubyRun(under, over)]
                    if under.strip() and over.strip()
                    else [TextRun(under + over)]
                )
            case "frame" if formula := formula_in(one, self.archive):
                self.formulas += len(formula)
                return [Verbatim(formula)]
            case "frame" | "custom-shape" | "g":
                self._frame(one)
                return []
            case name if _ASIDE.get(name):
                self._aside(one, _ASIDE[name])
                return []
            case "note-citation" | "soft-page-break":
                return []
            case _:
                return self._inlines(one, base)

    def _span(self, one: Element, base: OdtStyle) -> list[Inline]:
        inside = self._inlines(one, base)
        style = self.styles.of(attr(one, "style-name"))
        made: list[Inline] = []
        for inner in inside:
            if isinstance(inner, TextRun):
                if not style.high and 0 < style.size <= SMALL * (base.size or _USUAL):
                    inner = StyledRun("small", (inner,))
                if style.high:
                    inner = StyledRun("sup" if style.high == "sup" else "sub", (inner,))
                if style.italic and not base.italic:
                    inner = StyledRun("emph", (inner,))
                if style.bold and not base.bold:
                    inner = StyledRun("strong", (inner,))
            made.append(inner)
        return made

    def _note(self, note: Element) -> list[Inline]:
        label = str(len(self.notes) + 1)
        self.notes[label] = NoteBody(())
        waiting, self.hung = self.hung, []
        blocks: list[NoteBlock] = []
        inside = child(note, "note-body")
        for looked in self._blocks(inside) if inside is not None else ():
            block = looked.block
            if isinstance(block, Paragraph | Item | Quote | Verse):
                blocks.append(block)
            elif isinstance(block, Heading):
                blocks.append(Paragraph(inlines=block.inlines, place=block.place))
        self.hung = waiting
        self.notes[label] = NoteBody(tuple(blocks), self.place)
        return [NoteRef(label)]

    def _frame(self, frame: Element) -> None:
        """A picture, or a box of text, which stand after the paragraph."""
        box = child(frame, "text-box")
        if box is not None:
            waiting, self.hung = self.hung, []
            inside = list(self._blocks(box))
            self.hung = [*waiting, *inside]
            return
        image = next(descendants(frame, "image"), None)
        if image is None:
            for one in descendants(frame, "p"):
                if text := text_of(one):
                    self.drops.append(Drop(text, "words of a drawing", self.place))
            if any(True for _ in descendants(frame, "object", "object-ole")):
                self._pictured("")
            return
        self._pictured(attr(image, "href"))

    def _pictured(self, path: str) -> None:
        data = self.archive.read(path) if path in self.archive.names else b""
        name = picture_name(posixpath.basename(path), data)
        if name:
            self.pictures[name] = data
        else:
            self.found.append(Diagnostic(
                code=NO_PICTURE, where=f"paragraph {self.place}",
                fact=f"the picture {posixpath.basename(path) or 'of a chart or formula'} is no PNG "
                     "or JPEG; its place is kept",
                hint="save it as PNG, and put its path into the parentheses"))  # fmt: skip
        self.hung.append(Looked(block=Figure(picture=name or posixpath.basename(path),
                                             place=self.place)))  # fmt: skip


def _inlines_of(block: Block) -> Inlines:
    match block:
        case Paragraph() | Heading() | Item() | Quote():
            return block.inlines
        case Verse():
            return tuple(one for line in block.lines for one in (*line, LineEnd()))[:-1]
        case TableBlock():
            cells = [cell for row in block.rows for cell in row if cell]
            return tuple(one for cell in cells for one in (*cell, LineEnd()))[:-1]
        case Figure() | CodeBlock() | Ornament():
            return ()
    assert_never(block)
