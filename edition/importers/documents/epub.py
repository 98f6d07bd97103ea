"""E-books (.epub) → their blocks: the chapters in order, each read as a web page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never
from urllib.parse import unquote

from edition.diagnostics import Diagnostic
from edition.importers.codes import NO_PICTURE
from edition.importers.documents.archives import Archive
from edition.importers.documents.html import decode_page, read_html
from edition.importers.documents.model import (
    Block,
    CodeBlock,
    Document,
    Drop,
    Figure,
    Heading,
    Hyperlink,
    Inlines,
    Item,
    NoteBody,
    NoteRef,
    Ornament,
    Paragraph,
    Quote,
    RefusedError,
    StyledRun,
    TableBlock,
    TextRun,
    Verse,
)
from edition.importers.documents.pictures import picture_name
from edition.importers.documents.tidy import words
from edition.importers.documents.verse import stanza
from edition.importers.documents.xml import Element, attr, child, descendants

FORMAT = "EPUB"


def read(data: bytes) -> Document:
    """The book in ``data``. Raises :class:`RefusedError` where it is protected, or has no text."""
    archive = Archive(data)
    if _locked(archive):
        raise RefusedError("the book is protected against copying", "import a copy that is not")
    container = archive.root("META-INF/container.xml")
    root = next((attr(one, "full-path") for one in descendants(container, "rootfile")), "")
    if root not in archive.names:
        raise RefusedError("the e-book has no list of its chapters", "make it anew with Calibre")
    package = archive.root(root)
    title = child(package, "metadata", "title")
    work = _EpubBook(archive, (title.text or "").strip() if title is not None else "")
    for path in _chapters(package, posixpath.dirname(root)):
        if path in archive.names:
            work.chapter(path)
    if not work.blocks:
        raise RefusedError("there is no text in the e-book",
                           "read pages that are pictures with a program for OCR")  # fmt: skip
    return work.document()


def _locked(archive: Archive) -> bool:
    """Whether more than the fonts of a book is encrypted."""
    if "META-INF/encryption.xml" not in archive.names:
        return False
    methods = descendants(archive.root("META-INF/encryption.xml"), "EncryptionMethod")
    return any(not re.search("font|embedding", attr(one, "Algorithm")) for one in methods)


def _chapters(package: Element, folder: str) -> list[str]:
    """Paths of the pages in reading order, without the one that lists the others."""
    items = {attr(one, "id"): one for one in descendants(package, "item")}
    found = []
    for one in descendants(package, "itemref"):
        item = items.get(attr(one, "idref"))
        if item is None or "nav" in attr(item, "properties").split():
            continue
        found.append(posixpath.normpath(posixpath.join(folder, unquote(attr(item, "href")))))
    return found


class _EpubBook:
    def __init__(self, archive: Archive, title: str) -> None:
        self.archive = archive
        self.title = title
        self.blocks: list[Block] = []
        self.notes: dict[str, NoteBody] = {}
        self.pictures: dict[str, bytes] = {}
        self.dropped: list[Drop] = []
        self.found: list[Diagnostic] = []
        self.characters = 0

    def chapter(self, path: str) -> None:
        try:
            page = read_html(decode_page(path, self.archive.read(path)))
        except RefusedError:
            return  # a page that is a picture alone
        labels = {old: str(len(self.notes) + at) for at, old in enumerate(page.notes, start=1)}
        for old, note in page.notes.items():
            blocks = tuple(_relabelled(one, labels) for one in note.blocks)
            self.notes[labels[old]] = NoteBody(blocks, note.place)  # type: ignore[arg-type]  # of the same kinds
        for block in page.blocks:
            made = _relabelled(block, labels)
            if isinstance(made, Figure):
                made = self._figure(made, path)
            if isinstance(made, Heading) and made.title:
                # the title of a page is one of a chapter, but for that of the book
                made = replace(made, title=words(made.inlines).strip() == self.title)
            if isinstance(made, Paragraph) and (lines := stanza(made.inlines)):
                made = Verse(lines=lines, place=made.place)
            self.blocks.append(made)
        self.dropped += page.dropped
        self.found += page.found
        self.characters += page.characters

    def _figure(self, figure: Figure, page: str) -> Figure:
        """A figure with the picture that lies in the book."""
        here = posixpath.dirname(page)
        path = posixpath.normpath(posixpath.join(here, unquote(figure.picture)))
        data = self.archive.read(path) if path in self.archive.names else b""
        name = picture_name(posixpath.basename(path), data)
        if name:
            self.pictures[name] = data
        elif data:
            self.found.append(Diagnostic(
                code=NO_PICTURE, where=page, hint="save it as PNG into the workspace",
                fact=f"the picture {posixpath.basename(path)} is no PNG or JPEG"))  # fmt: skip
        return replace(figure, picture=name or posixpath.basename(path))

    def document(self) -> Document:
        """The book under its title, where no page has it."""
        titled = any(isinstance(one, Heading) and one.title for one in self.blocks)
        if self.title and not titled:
            self.blocks.insert(0, Heading(level=1, inlines=(TextRun(self.title),), title=True))
            self.characters += len(self.title)
        return Document(format=FORMAT, blocks=tuple(self.blocks), notes=self.notes,
                        pictures=self.pictures, characters=self.characters,
                        dropped=tuple(self.dropped), found=tuple(self.found))  # fmt: skip


def _relabelled(block: Block, labels: Mapping[str, str]) -> Block:
    """The block with the labels that its notes have in the book."""

    def inside(inlines: Inlines) -> Inlines:
        return tuple(
            NoteRef(labels.get(one.label, one.label)) if isinstance(one, NoteRef)
            else replace(one, children=inside(one.children))
            if isinstance(one, StyledRun | Hyperlink)
            else one for one in inlines
        )  # fmt: skip

    match block:
        case Paragraph() | Heading() | Item() | Quote():
            return replace(block, inlines=inside(block.inlines))
        case Verse():
            return replace(block, lines=tuple(inside(line) for line in block.lines))
        case TableBlock():
            rows = tuple(tuple(inside(cell) for cell in row) for row in block.rows)
            return replace(block, rows=rows, caption=inside(block.caption))
        case Figure():
            return replace(block, caption=inside(block.caption))
        case CodeBlock() | Ornament():
            return block
    assert_never(block)
