"""A Word document → its blocks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from edition.diagnostics import Diagnostic
from edition.importers.codes import LEFT_OUT, NO_PICTURE
from edition.importers.documents.docx.numbering import Numbers
from edition.importers.documents.docx.package import Package
from edition.importers.documents.docx.runs import Hung, RunReader, chosen
from edition.importers.documents.docx.styles import DocxStyle, Styles, look_of, style_of
from edition.importers.documents.looks import Looked, headed, joined, subtitled
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
    NoteBlock,
    NoteBody,
    Ornament,
    Paragraph,
    Quote,
    RefusedError,
    TableBlock,
    TextRun,
    Verse,
)
from edition.importers.documents.pictures import picture_name
from edition.importers.documents.tidy import plain, tidy, words
from edition.importers.documents.verse import stanza
from edition.importers.documents.xml import Element, attr, child, children, descendants, local

FORMAT = "Word document"
_QUOTED = 400  # twips from which a paragraph that stands in is a quotation: two characters
_ASIDE = ("header", "footer", "comments")


def read(data: bytes) -> Document:
    """The document in ``data``. Raises :class:`RefusedError` where it cannot be read or has
    tracked changes."""
    return _DocxReader(Package(data)).document()


class _DocxReader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = package.archive.root(package.main)
        styles = package.part("styles")
        numbering = package.part("numbering")
        self.styles = Styles(styles[1] if styles else None)
        self.numbers = Numbers(numbering[1] if numbering else None, self.styles)
        self.notes = {kind: part for kind in ("footnotes", "endnotes")
                      if (part := package.part(kind))}  # fmt: skip
        self.relations = package.relations(package.main)
        self.runs = RunReader(self.styles, self.relations, labels=self._labels())
        self.pictures: dict[str, bytes] = {}
        self.found: list[Diagnostic] = []
        self.drops: list[Drop] = self.runs.drops
        self.place = 0

    def document(self) -> Document:
        parts = [self.root, *(root for _, root in self.notes.values())]
        for root in parts:
            _untracked(root)
        body = child(self.root, "body")
        if body is None:
            raise RefusedError("it has no text of a Word document in it",
                               "open it in Word, save it anew, and import that")  # fmt: skip
        blocks = headed(list(self._blocks(body)))
        notes = self._notes()
        characters = sum(map(_counted, parts)) + self.runs.more
        characters += self._aside()
        return Document(
            format=FORMAT, blocks=joined(subtitled(_quoted(blocks))), notes=notes,
            pictures=self.pictures,
            characters=characters, dropped=tuple(self.drops), found=tuple(self._told()),
        )  # fmt: skip

    def _aside(self) -> int:
        """Headers, footers and comments are left out; how many characters they have."""
        count = 0
        for kind in _ASIDE:
            for _, root in self.package.parts(kind):
                text = "".join(one.text or "" for one in descendants(root, "t"))
                count += len(text)
                if text.strip():
                    self.drops.append(Drop(text, kind.rstrip("s")))
                elif text:
                    self.drops.append(Drop(text, "white space"))
        return count

    def _told(self) -> Iterator[Diagnostic]:
        """What was left out, and what cannot be taken over."""
        yield from self.found
        comments = sum(one.reason == "comment" for one in self.drops)
        if comments:
            count = sum(len(list(children(root, "comment")))
                        for _, root in self.package.parts("comments"))  # fmt: skip
            yield Diagnostic(code=LEFT_OUT, where="comments",
                             fact=f"{count} comments in the margin are left out",
                             hint="IMPORT.md has their words")  # fmt: skip
        if self.runs.unknown:
            codes = ", ".join(sorted(self.runs.unknown)[:8])
            yield Diagnostic(code=LEFT_OUT, where="symbols",
                             fact=f"signs of a font of symbols ({codes}) have no character; "
                                  "〓 stands for each",
                             hint="put the sign that is meant in its place")  # fmt: skip

    # --- notes ------------------------------------------------------------------------------------

    def _labels(self) -> dict[str, str]:
        """Footnotes and endnotes, numbered in the order of their marks."""
        made: dict[str, str] = {}
        for one in descendants(self.root, "footnoteReference", "endnoteReference"):
            made.setdefault(local(one)[:-9] + attr(one, "id"), str(len(made) + 1))
        return made

    def _notes(self) -> dict[str, NoteBody]:
        made: dict[str, NoteBody] = {}
        for kind, (part, root) in self.notes.items():
            self.runs.relations = self.package.relations(part)
            for one in root:
                label = self.runs.labels.get(local(one) + attr(one, "id"))
                if attr(one, "type") not in ("", "normal") or label is None:
                    self._lost(one, kind)
                    continue
                blocks: list[NoteBlock] = []
                for looked in self._blocks(one):
                    blocks += _noted(looked.block)
                made[label] = NoteBody(tuple(blocks), blocks[0].place if blocks else 0)
        return dict(sorted(made.items(), key=lambda one: int(one[0])))

    def _lost(self, note: Element, kind: str) -> None:
        """The line above the notes, and notes that nothing refers to."""
        text = "".join(one.text or "" for one in descendants(note, "t"))
        if text:
            self.drops.append(Drop(text, f"{kind[:-1]} without a mark"))

    # --- blocks -----------------------------------------------------------------------------------

    def _blocks(self, parent: Element) -> Iterator[Looked]:
        for element in parent:
            match local(element):
                case "p":
                    yield from self._paragraph(element)
                case "tbl":
                    yield from self._table(element)
                case "sdt":
                    gallery = child(element, "sdtPr", "docPartObj", "docPartGallery")
                    inside = child(element, "sdtContent")
                    if inside is None:
                        continue
                    if attr(gallery, "val") == "Table of Contents":
                        self._contents(inside)
                    else:
                        yield from self._blocks(inside)
                case "AlternateContent":
                    yield from self._blocks(chosen(element))
                case "customXml" | "smartTag" | "ins" | "moveTo":
                    yield from self._blocks(element)
                case "oMathPara" | "oMath":
                    inlines, _ = self.runs.read(element.getparent() or element,
                                                self.styles.base, self.place)  # fmt: skip
                    yield Looked(block=Paragraph(inlines=tidy(inlines), place=self.place))
                case _:
                    pass

    def _contents(self, element: Element) -> None:
        text = "".join(one.text or "" for one in descendants(element, "t"))
        self.place += sum(1 for _ in descendants(element, "p"))
        if text:
            self.drops.append(Drop(text, "contents list", self.place))

    def _paragraph(self, element: Element) -> Iterator[Looked]:
        self.place += 1
        place = self.place
        properties = child(element, "pPr")
        style = self.styles.get(attr(child(properties, "pStyle"), "val") or self.styles.default)
        listed = style.role == "contents" or self.runs.contents()  # begun before
        inlines, hung = self.runs.read(element, style.look.over(self.styles.base), place)
        if listed or self.runs.contents():
            dropped = words(inlines)
            if dropped:
                self.drops.append(Drop(dropped, "contents list", place))
        elif words(inlines).strip() or any(not isinstance(one, LineEnd) for one in inlines):
            yield self._looked(element, _trimmed(inlines), style, properties, place)
        else:
            self._blank(inlines, place)
        yield from self._hung(hung, place)

    def _blank(self, inlines: list[Inline], place: int) -> None:
        text = words([one for one in inlines if not isinstance(one, LineEnd)])
        if text:
            self.drops.append(Drop(text, "white space", place))

    def _looked(
        self, element: Element, inlines: list[Inline], style: DocxStyle,
        properties: Element | None, place: int,
    ) -> Looked:  # fmt: skip
        own = style_of(properties)
        bold, size = self._letters(element, style)
        centred = bool(style.centred if own.centred is None else own.centred)
        numbering = own.numbering or style.numbering
        if numbering is not None and not numbering.list and style.numbering is not None:
            numbering = replace(numbering, list=style.numbering.list)
        counted = self.numbers.next(numbering) if numbering else None
        outline = style.outline if own.outline is None else own.outline
        block: Block
        if style.role in ("title", "subtitle") and outline is None:
            level = 1 if style.role == "title" else 2
            block = Heading(level=level, inlines=plain(inlines), title=True, place=place)
        elif outline is not None and 0 <= outline < 9 and len(words(inlines)) <= 200:
            number = counted[0] if counted and not counted[1] else ""
            gap = " " if number and number[-1:].isascii() else ""
            block = Heading(level=outline + 1, inlines=plain(inlines), number=number + gap,
                            place=place)  # fmt: skip
        elif style.role == "code":
            block = CodeBlock(lines=tuple(_code_lines(inlines)), place=place)
        elif counted is not None and numbering is not None:
            block = Item(inlines=tidy(inlines), depth=min(numbering.level + 1, 4),
                         mark=counted[0] or ("" if counted[1] else "-"), place=place)  # fmt: skip
        else:
            indent = style.indent if own.indent is None else own.indent
            block = self._plain(inlines, style, indent or 0, centred=centred, place=place)
        return Looked(block=block, size=size, bold=bold, centred=centred,
                      caption=style.role == "caption")  # fmt: skip

    def _plain(
        self, inlines: list[Inline], style: DocxStyle, indent: int, *, centred: bool, place: int
    ) -> Block:  # fmt: skip
        lines = stanza(inlines)
        if lines:
            return Verse(lines=lines, place=place)
        made = tidy(inlines)
        if style.role == "quote" or (indent >= _QUOTED and not centred):
            return Quote(inlines=made, place=place)
        return Paragraph(inlines=made, place=place)

    def _letters(self, element: Element, style: DocxStyle) -> tuple[bool, float]:
        """Whether a paragraph is bold throughout, and the size of most of its letters."""
        base = style.look.over(self.styles.base)
        bold = True
        sizes: dict[int, int] = {}
        for run in descendants(element, "r"):
            text = "".join(one.text or "" for one in children(run, "t")).strip()
            if not text:
                continue
            properties = child(run, "rPr")
            named = self.styles.get(attr(child(properties, "rStyle"), "val")).look
            look = look_of(properties).over(named).over(base)
            bold = bold and bool(look.bold)
            size = look.size or 20
            sizes[size] = sizes.get(size, 0) + len(text)
        return bold and bool(sizes), max(sizes, key=lambda one: sizes[one], default=20)

    # --- tables, pictures, boxes ------------------------------------------------------------------

    def _table(self, table: Element) -> Iterator[Looked]:
        rows: list[tuple[Inlines, ...]] = []
        hung: list[Looked] = []
        place = self.place + 1
        elements = [one for one in table.iter() if local(one) == "tr" and _table_of(one) is table]
        cells = [[one for one in row.iter() if local(one) == "tc" and _row_of(one) is row]
                 for row in elements]  # fmt: skip
        if len(cells) == 1 and len(cells[0]) == 1:  # a box
            yield from self._blocks(cells[0][0])
            return
        for row, own in zip(elements, cells, strict=True):
            made: list[Inlines] = [()] * _number(child(row, "trPr", "gridBefore"))
            for cell in own:
                made.append(self._cell(cell, hung))
                made += [()] * (_number(child(cell, "tcPr", "gridSpan"), 1) - 1)
            if any(made):
                rows.append(tuple(made))
        wide = max((len(row) for row in rows), default=0)
        if rows:
            filled = tuple((*row, *((),) * (wide - len(row))) for row in rows)
            yield Looked(block=TableBlock(rows=filled, place=place))
        yield from hung

    def _cell(self, cell: Element, hung: list[Looked]) -> Inlines:
        out: list[Inline] = []
        for looked in self._blocks(cell):
            match looked.block:
                case Paragraph() | Quote() | Heading():
                    inner: Inlines = looked.block.inlines
                case Item(mark=mark):
                    inner = looked.block.inlines
                    if mark and mark != "-":
                        self.runs.added(len(mark) + 1)
                        inner = tidy([TextRun(f"{mark} "), *inner])
                case Verse():
                    inner = _broken(looked.block.lines)
                case TableBlock():  # a table in a table: its cells one after the other
                    parts = [one for row in looked.block.rows for one in row if one]
                    inner = _broken(parts)
                case CodeBlock():
                    inner = (TextRun("".join(looked.block.lines)),)
                case Figure() | Ornament():
                    hung.append(looked)
                    continue
                case _:
                    assert_never(looked.block)
            out += [*([LineEnd()] if out else []), *inner]
        return tuple(out)

    def _hung(self, hung: Hung, place: int) -> Iterator[Looked]:
        for relation in hung.pictures:
            yield Looked(block=Figure(picture=self._picture(relation, place), place=place))
        for box in hung.boxes:
            yield from self._blocks(box)

    def _picture(self, id: str, place: int) -> str:
        """The name under which a picture comes along; where it cannot, what is known of it."""
        relation = self.runs.relations.get(id)
        where = f"paragraph {place}"
        if relation is None or relation.outside:
            self.found.append(Diagnostic(
                code=NO_PICTURE, where=where, fact="a drawing, chart or linked picture does not "
                "come along; its place is kept",
                hint="save it as PNG, and put its path into the parentheses"))  # fmt: skip
            return ""
        shown = posixpath.basename(relation.target)
        if relation.target not in self.package.archive.names:
            return shown
        data = self.package.archive.read(relation.target)
        name = picture_name(shown, data)
        if not name:
            self.found.append(Diagnostic(
                code=NO_PICTURE, where=where,
                fact=f"the picture {shown} is no PNG or JPEG; its place is kept",
                hint="save it as PNG, and put its path into the parentheses"))  # fmt: skip
            return shown
        self.pictures[name] = data
        return name


def _broken(lines: Sequence[Inlines]) -> Inlines:
    """Lines one after the other, with a line end between two."""
    return tuple(one for line in lines for one in (*line, LineEnd()))[:-1]


def _untracked(root: Element) -> None:
    """Raises :class:`RefusedError` where words were deleted or put in under a name."""
    changes = [one for one in descendants(root, "ins", "del", "moveFrom", "moveTo")
               if any(True for _ in descendants(one, "t", "delText"))]  # fmt: skip
    if changes:
        names = sorted({attr(one, "author") for one in changes if attr(one, "author")})
        by = f" by {', '.join(names[:3])}" if names else ""
        count = f"{len(changes)} tracked changes" if len(changes) > 1 else "a tracked change"
        raise RefusedError(f"it has {count}{by}",
                           "accept or reject all of them in Word, and import that")  # fmt: skip


def _counted(element: Element) -> int:
    """Characters of text in a part, each once though older programs find some twice."""
    if local(element) == "t":
        return len(element.text or "")
    if local(element) == "AlternateContent":
        return _counted(chosen(element)) if chosen(element) is not element else 0
    return sum(_counted(one) for one in element)


def _noted(block: Block) -> list[NoteBlock]:
    match block:
        case Paragraph() | Item() | Quote() | Verse():
            return [block]
        case Heading():
            return [Paragraph(inlines=block.inlines, place=block.place)]
        case CodeBlock():
            return [Paragraph(inlines=(TextRun(one),), place=block.place) for one in block.lines]
        case TableBlock():
            return [Paragraph(inlines=cell, place=block.place)
                    for row in block.rows for cell in row if cell]  # fmt: skip
        case Figure() | Ornament():
            return []
    assert_never(block)


def _trimmed(inlines: list[Inline]) -> list[Inline]:
    """Without line ends at its edges."""
    start, end = 0, len(inlines)
    while start < end and isinstance(inlines[start], LineEnd):
        start += 1
    while end > start and isinstance(inlines[end - 1], LineEnd):
        end -= 1
    return inlines[start:end]


def _code_lines(inlines: list[Inline]) -> list[str]:
    lines = [""]
    for one in inlines:
        if isinstance(one, LineEnd):
            lines.append("")
        else:
            lines[-1] += words([one])
    return lines


def _quoted(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Where most paragraphs stand in, this is no sign of a quotation."""
    quotes = sum(isinstance(one, Quote) for one in blocks)
    plain_ones = sum(isinstance(one, Paragraph) for one in blocks)
    if quotes <= plain_ones:
        return blocks
    return tuple(Paragraph(inlines=one.inlines, place=one.place) if isinstance(one, Quote) else one
                 for one in blocks)  # fmt: skip


def _number(element: Element | None, default: int = 0) -> int:
    value = attr(element, "val")
    return min(int(value), 63) if re.fullmatch(r"\d{1,4}", value) else default


def _table_of(element: Element) -> Element | None:
    return next((one for one in element.iterancestors() if local(one) == "tbl"), None)


def _row_of(element: Element) -> Element | None:
    return next((one for one in element.iterancestors() if local(one) == "tr"), None)
