"""Web pages → a document: pages of browsers, of blogs, of wikis, and those that Word saves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import lxml.html
from lxml import etree

from edition.importers.documents.counting import counted, missing, words_of
from edition.importers.documents.html.content import content_of, title_of, titled
from edition.importers.documents.html.inlines import (
    Reader,
    out_of_sight,
    place_of,
    text_in,
    text_of,
    tidy,
)
from edition.importers.documents.html.notes import HtmlNotes, notes_of
from edition.importers.documents.html.tables import grid
from edition.importers.documents.looks import subtitled
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
from edition.importers.documents.verse import lines_of
from edition.importers.documents.xml import Element

FORMAT = "web page"
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "ul", "poem",
))  # fmt: skip
_POEM = re.compile(r"\b(?:poem|verse|stanza|poetry|line-block)\b", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?P<mark>[·•●○§o◆■▪-]|\(?\d{1,3}[.)、]|[a-z][.)])[\s\u00a0]+")


@dataclass(slots=True)
class Fragment:
    """Blocks of HTML in a Markdown text. ``signs``: its tags and attributes."""

    blocks: list[Block]
    signs: list[str]
    dropped: list[tuple[str, str]]


def read_html(text: str) -> Document:
    """The document that a web page is. Raises :class:`RefusedError` where it has no text."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # lxml refuses text that names an encoding
    try:
        root = lxml.html.document_fromstring(
            text, parser=lxml.html.HTMLParser(no_network=True, remove_comments=True,
                                              remove_pis=True, huge_tree=False))  # fmt: skip
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise RefusedError("the web page has no text in it",
                           "save the page as a whole, and import that") from fault  # fmt: skip
    body = root.find("body")
    body = root if body is None else body
    walker = _Walker(notes_of(body))
    blocks = walker.page(root, body)
    made = Document(
        format=FORMAT, blocks=tuple(blocks), notes=walker.written(), characters=0,
        dropped=tuple(Drop(part, why) for part, why in walker.reader.left if part.strip()),
    )  # fmt: skip
    return counted(made, text_of(body, "\n"), ())


def fragment(text: str, place: int) -> Fragment:
    """Blocks of HTML that stand in a Markdown text, from line ``place`` on."""
    try:
        root = lxml.html.fragment_fromstring(
            text, create_parent="div", parser=lxml.html.HTMLParser(
                no_network=True, remove_comments=True, remove_pis=True))  # fmt: skip
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Fragment([], [], [(text, "HTML that cannot be read")])
    walker = _Walker(HtmlNotes({}, {}, frozenset()))
    blocks = [replace(one, place=place) for one in walker.blocks(root)]
    left = walker.reader.left
    words = "\n".join((*words_of(blocks, {}), *(one for one, _ in left)))
    if others := " ".join(missing(text, words)):
        left.append((others, "HTML that prints nothing"))
    return Fragment(blocks, [], left)


@dataclass(slots=True)
class _Walker:
    notes: HtmlNotes
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(self.notes)

    # --- a page -----------------------------------------------------------------------------------

    def page(self, root: Element, body: Element) -> list[Block]:
        """The blocks of a page: of its text alone, where it can be told from what is about it."""
        content = content_of(body)
        if content is not body:
            self._left_out(body, content)
        blocks = list(self.blocks(content))
        if not blocks and not self.notes.bodies:
            raise RefusedError(
                "the web page has no text in it",
                "open it in a browser, save it as a whole, and import that",
            )
        while self.notes.bodies and blocks and isinstance(blocks[-1], Ornament):
            del blocks[-1]  # it parted the notes from the text
        blocks = list(subtitled(titled(blocks)))
        if not any(isinstance(one, Heading) and one.level == 1 for one in blocks):
            title = title_of(root, body)
            if title:
                blocks.insert(0, Heading(level=1, inlines=(TextRun(title),), title=True, place=1))
        return blocks

    def _left_out(self, body: Element, content: Element) -> None:
        """Tell what stands outside the text."""
        inside = set(content.iterdescendants()) | {content}
        outer = set(content.iterancestors())
        bodies = set(self.notes.bodies.values())
        out = []
        for one in body.iter():
            if one in inside or not isinstance(one.tag, str):
                continue
            if any(up in bodies for up in (one, *one.iterancestors())):
                continue
            if one.tag not in ("script", "style"):
                out.append(one.text or "")
                out += [child.tail or "" for child in one]
            elif one in outer:
                out += [child.tail or "" for child in one]
        self.reader.left.append(("".join(out), "outside the text of the page"))

    # --- blocks -----------------------------------------------------------------------------------

    def blocks(self, element: Element, depth: int = 0) -> Iterator[Block]:
        """The blocks in an element; words between them are paragraphs."""
        loose: list[Inline] = [TextRun(element.text)] if element.text else []
        start = element
        for child in element:
            if isinstance(child.tag, str) and self._is_block(child):
                yield from self._paragraphs(loose, start)
                loose = []
                yield from self._block(child, depth)
            else:
                if not loose:
                    start = child
                loose += self.reader.child(child)
            if child.tail:
                loose.append(TextRun(child.tail))
        yield from self._paragraphs(loose, start)

    def _is_block(self, element: Element) -> bool:
        if element in self.notes.marks or element in self.notes.backs:
            return False
        if element.tag in _BLOCKS or element.tag == "img":
            return True
        return element.tag in ("a", "span", "font", "b", "strong", "i", "em") and any(
            one.tag in _BLOCKS for one in element.iterdescendants() if isinstance(one.tag, str)
        )

    def _block(self, element: Element, depth: int) -> Iterator[Block]:
        place = place_of(element)
        if element in self.notes.bodies.values():
            return  # it is written with its mark
        if out_of_sight(element):
            self.reader._gone(element, "no part of the text")
            return
        name = element.tag
        classes = element.get("class") or ""
        if name in ("h1", "h2", "h3", "h4", "h5", "h6") or "MsoTitle" in classes:
            words = self.reader.words(element)
            level = int(name[1]) if name[0] == "h" else 1
            if words:
                yield Heading(level=level, inlines=words, place=place,
                              title="title" in classes.lower() and level == 1)  # fmt: skip
        elif name == "p" and re.search(r"\bsubtitle\b", classes):
            if words := self.reader.words(element):
                yield Heading(level=2, inlines=words, place=place, title=True)
        elif name in ("ul", "ol"):
            yield from self._list(element, depth + 1)
        elif name == "li":
            yield from self._item(element, "-", max(depth, 1))
        elif name == "blockquote":
            yield from (_quoted(one) for one in self.blocks(element))
        elif name == "pre":
            text = text_in(element).strip("\n")
            yield CodeBlock(lines=tuple(text.split("\n")), place=place)
        elif name == "hr":
            yield Ornament(place=place)
        elif name == "table":
            yield from self._table(element, place)
        elif name == "figure" or name == "img":
            yield from self._figure(element, place)
        elif _POEM.search(classes) or name == "poem":
            yield from self._verse(element)
        elif name == "p" and "MsoListParagraph" in classes:
            yield from self._word_item(element, place)
        elif name == "dd":
            yield from (_quoted(one) for one in self.blocks(element))
        else:
            yield from self.blocks(element, depth)

    def _paragraphs(self, words: list[Inline], element: Element) -> Iterator[Block]:
        """Words as paragraphs: two line ends part them."""
        place = place_of(element)
        part: list[Inline] = []
        for number, one in enumerate(words):
            rest = [two for two in words[number + 1 : number + 4]
                    if not (isinstance(two, TextRun) and not two.text.strip())]  # fmt: skip
            if isinstance(one, LineEnd) and rest and isinstance(rest[0], LineEnd):
                if made := tidy(part):
                    yield Paragraph(inlines=made, place=place)
                part = []
            else:
                part.append(one)
        if made := tidy(part):
            yield Paragraph(inlines=made, place=place)

    def _list(self, element: Element, depth: int) -> Iterator[Block]:
        number = int(start) if (start := element.get("start") or "1").isdecimal() else 1
        loose: list[Inline] = [TextRun(element.text)] if element.text else []
        yield from self._paragraphs(loose, element)
        for child in element:
            if child.tag == "li":
                mark = f"{min(number, 9999)}." if element.tag == "ol" else "-"
                yield from self._item(child, mark, min(depth, 4))
                number += child not in self.notes.bodies.values()
            elif isinstance(child.tag, str):
                yield from self._block(child, depth)
            if child.tail and child.tail.strip():
                yield from self._paragraphs([TextRun(child.tail)], child)

    def _item(self, element: Element, mark: str, depth: int) -> Iterator[Block]:
        if element in self.notes.bodies.values():
            return
        if out_of_sight(element):
            self.reader._gone(element, "no part of the text")
            return
        first = True
        for block in self.blocks(element, depth):
            if isinstance(block, Paragraph):
                yield Item(inlines=block.inlines, depth=depth, mark=mark if first else "",
                           place=block.place)  # fmt: skip
                first = False
            else:
                yield block

    def _word_item(self, element: Element, place: int) -> Iterator[Block]:
        """An item of a list as Word saves it: a paragraph whose mark is in its text."""
        words = self.reader.words(element)
        first = words[0] if words else None
        found = _BULLET.match(first.text) if isinstance(first, TextRun) else None
        if found is None or not isinstance(first, TextRun):
            if words:
                yield Item(inlines=words, mark="-", place=place)
            return
        mark = found["mark"]
        self.reader.left.append((mark, "mark of an item"))
        rest = (TextRun(first.text[found.end() :]), *words[1:])
        number = re.search(r"\d+", mark)
        yield Item(inlines=tidy(rest), mark=f"{number[0]}." if number else "-", place=place)

    def _verse(self, element: Element) -> Iterator[Block]:
        stanzas: list[list[Inlines]] = [[]]
        for block in self.blocks(element):
            if not isinstance(block, Paragraph):
                yield block
                continue
            lines = [made for line in lines_of(block.inlines) if (made := tidy(line))]
            stanzas.append(lines)
        for stanza in stanzas:
            if stanza:
                yield Verse(lines=tuple(stanza), place=place_of(element))

    def _figure(self, element: Element, place: int) -> Iterator[Block]:
        pictures = [element] if element.tag == "img" else list(element.iter("img"))
        caption: Inlines = ()
        for one in element.iter("figcaption"):
            caption = self.reader.words(one)
        if not pictures:
            yield from self.blocks(element)
            return
        told = "".join("".join(map(str, one.itertext())) for one in element.iter("figcaption"))
        if "".join("".join(map(str, element.itertext())).split()) != "".join(told.split()):
            # words beside the caption
            caption = self.reader.words(element)
        for one in pictures:
            alt = (one.get("alt") or "").strip()
            words = caption or ((TextRun(alt),) if alt else ())
            yield Figure(picture=one.get("src") or "", caption=words, place=place)

    def _table(self, element: Element, place: int) -> Iterator[Block]:
        rows = [row for row in element.iter("tr")
                if next((up for up in row.iterancestors("table")), None) is element]  # fmt: skip
        yield from self._stray(element)
        layout = element.get("role") == "presentation" or any(
            one.tag in ("table", "h1", "h2", "h3", "ul", "ol", "blockquote")
            for one in element.iterdescendants()
        )
        wide = max((sum(one.tag in ("td", "th") for one in row) for row in rows), default=0)
        if layout or wide < 2:
            for row in rows:
                for cell in row:
                    if cell.tag in ("td", "th"):
                        yield from self.blocks(cell)
            return
        found = element.find("caption")
        caption = self.reader.words(found) if found is not None else ()
        yield TableBlock(rows=grid(rows, self._cell), caption=caption, place=place)

    def _stray(self, table: Element) -> Iterator[Block]:
        """Words of a table that stand in none of its cells."""
        for part in (table, *table.iterchildren("thead", "tbody", "tfoot", "colgroup")):
            yield from self._paragraphs([TextRun(part.text)] if part.text else [], part)
            for child in part:
                if isinstance(child.tag, str) and child.tag not in (
                        "thead", "tbody", "tfoot", "colgroup", "col", "tr", "caption"):  # fmt: skip
                    yield from self._alone(child)
                yield from self._paragraphs([TextRun(child.tail)] if child.tail else [], child)
        for row in table.iter("tr"):
            if next((up for up in row.iterancestors("table")), None) is not table:
                continue
            yield from self._paragraphs([TextRun(row.text)] if row.text else [], row)
            for cell in row:
                if isinstance(cell.tag, str) and cell.tag not in ("td", "th"):
                    yield from self._alone(cell)
                yield from self._paragraphs([TextRun(cell.tail)] if cell.tail else [], cell)

    def _alone(self, element: Element) -> Iterator[Block]:
        if self._is_block(element):
            yield from self._block(element, 0)
        else:
            yield from self._paragraphs(self.reader.child(element), element)

    def _cell(self, cell: Element) -> Inlines:
        parts: list[Inline] = []
        for block in self.blocks(cell):
            if isinstance(block, Paragraph | Item | Quote | Heading):
                parts += [*([TextRun(" ")] if parts else []), *block.inlines]
            elif isinstance(block, Figure):
                parts += block.caption
            elif isinstance(block, Verse):
                parts += [one for line in block.lines for one in (*line, TextRun(" "))]
            elif isinstance(block, CodeBlock):
                parts += [TextRun(" ".join(block.lines))]
        return tidy(parts)

    # --- notes ------------------------------------------------------------------------------------

    def written(self) -> dict[str, NoteBody]:
        """The notes of the page."""
        made = {}
        for label, body in self.notes.bodies.items():
            taken: list[NoteBlock] = []
            inner = list(self.blocks(body))
            for block in inner:
                if isinstance(block, Paragraph | Item | Quote | Verse):
                    taken.append(block)
                elif isinstance(block, Heading):
                    taken.append(Paragraph(inlines=block.inlines))
                elif isinstance(block, CodeBlock):
                    taken.append(Paragraph(inlines=(TextRun(" ".join(block.lines)),)))
                elif isinstance(block, TableBlock):
                    cells = [cell for row in (*block.rows, (block.caption,)) for cell in row]
                    taken += [Paragraph(inlines=cell) for cell in cells if cell]
                elif isinstance(block, Figure) and block.caption:
                    taken.append(Paragraph(inlines=block.caption))
            made[label] = NoteBody(tuple(taken), place_of(body))
        return made


def _quoted(block: Block) -> Block:
    return (
        Quote(inlines=block.inlines, place=block.place) if isinstance(block, Paragraph) else block
    )
