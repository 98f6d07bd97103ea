"""Markdown → a document: CommonMark and pandoc's additions; the markup of docs/format.md as well,
so that a text of a workspace can be imported again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from markdown_it.token import Token

from edition.importers.documents.counting import counted
from edition.importers.documents.heads import HEAD_PLACE, bibliographies, date_of, head_blocks
from edition.importers.documents.html import fragment
from edition.importers.documents.markdown.inlines import Words, label_of
from edition.importers.documents.markdown.parser import tokens_of
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
    TableBlock,
    TextRun,
    Verse,
)
from edition.importers.lines import CAPTION

FORMAT = "Markdown"
_ATTRIBUTES = re.compile(r"\s*\{(?P<inside>[#.:][^{}\n]*|-)\}\s*$")
_GAP = re.compile(r"^\s*\{[#.][^{}]*\.(?:untranslated|omitted|blank)[^{}]*\}\s*$")
_NO_WORDS = re.compile(r"^(?:\[TOC\]|\[\[_?TOC_?\]\]|\\(?:newpage|pagebreak|clearpage)|<!--.*-->)$",
                       re.IGNORECASE | re.DOTALL)  # fmt: skip
_DEFINED = re.compile(r"^[ >*+.\d-]{0,9}\[([^\[\]]{1,999})\]:", re.MULTILINE)
_ALERT = re.compile(r"^\[!\w+\][ \t]*\n?")


def read_markdown(text: str) -> Document:
    """The document that a Markdown text is."""
    reader = _MarkdownReader(text)
    blocks = reader.blocks()
    return reader.document(blocks)


@dataclass(slots=True)
class _MarkdownReader:
    text: str
    words: Words = field(init=False)
    tokens: list[Token] = field(init=False)
    at: int = 0
    notes: dict[str, NoteBody] = field(default_factory=dict)
    date: str = ""
    lists: tuple[str, ...] = ()
    versed: bool = False  # lines of verse are read: their ends count

    def __post_init__(self) -> None:
        self.tokens, learnt = tokens_of(self.text)
        self.words = Words(learnt)

    def document(self, blocks: list[Block]) -> Document:
        """What was read, and how many characters the text has: all its letters and figures, and
        what of its other signs is taken over."""
        drops = [Drop(part, reason) for part, reason in self.words.dropped if part]
        made = Document(format=FORMAT, blocks=tuple(blocks), notes=self.notes, characters=0,
                        dropped=tuple(drops), paged=True, cited=tuple(self.words.cited),
                        date=self.date, bibliographies=self.lists)  # fmt: skip
        return counted(_untitled(made), self.text, self.words.signs)

    def blocks(self) -> list[Block]:
        made = list(self._until(""))
        self._inline_notes()
        for one in self.words.learnt.get("references", {}).values():
            self.words.signs.append(f"{one.get('href', '')} {one.get('title', '')}")
        self.words.signs += _DEFINED.findall(self.text)
        return made

    def _inline_notes(self) -> None:
        waiting = dict(self.words.notes)
        while waiting:
            label, tokens = waiting.popitem()
            before = set(self.words.notes)
            self.notes[label] = NoteBody((Paragraph(inlines=self.words.read(tokens)),))
            waiting |= {own: self.words.notes[own] for own in set(self.words.notes) - before}

    # --- blocks -----------------------------------------------------------------------------------

    def _until(self, closing: str) -> Iterator[Block]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == closing:
                return
            yield from self._block(token)

    def _block(self, token: Token) -> Iterable[Block]:
        place = token.map[0] + 1 if token.map else 0
        match token.type:
            case "front_matter":
                head = head_blocks(token.content)
                fields = re.findall(r"^[\s-]*([\w-]+)\s*:", token.content, re.MULTILINE)
                self.words.signs.append(" ".join(fields))
                self.words.dropped += head.dropped
                if behind := self.text.split("\n", 1)[0].strip("- "):
                    self.words.dropped.append((behind, "behind the sign of a head"))
                self.date = date_of(token.content)
                self.lists = bibliographies(token.content)
                return head.blocks
            case "heading_open":
                inline = self._next()
                return [
                    Heading(level=int(token.tag[1]), inlines=self._inlines(inline), place=place)
                ]
            case "paragraph_open":
                return self._paragraph(self._next(), place)
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token, 1)
            case "blockquote_open":
                return self._quote(place)
            case "fence" | "code_block" | "math_block" | "math_block_label":
                self.words.signs.append(token.info)
                lines = tuple(token.content.strip("\n").split("\n"))
                return [CodeBlock(lines=lines, place=place)]
            case "hr":
                return [Ornament(place=place)]
            case "table_open":
                return [self._table(place)]
            case "html_block":
                return self._html(token, place)
            case "footnote_reference_open":
                return self._note(token, place)
            case "container_div_open":
                return self._division(token, place)
            case "dt_open":
                return [Paragraph(inlines=self._inlines(self._next()), place=place)]
            case "dd_open":
                return self._definition()
            case _:
                return []

    def _next(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _inlines(self, token: Token) -> Inlines:
        """The words of a block, without the attributes at their end."""
        children = list(token.children or ())
        tail = "".join(one.content for one in children[-3:] if one.type == "text")
        if found := _ATTRIBUTES.search(tail):
            keep = len(found[0])
            while children and keep > 0 and children[-1].type == "text":
                last = children.pop()
                if len(last.content) > keep:
                    last.content = last.content[:-keep]
                    children.append(last)
                    break
                keep -= len(last.content)
            self.words.signs.append(found[0])
        return self.words.read(children, lines=self.versed)

    def _paragraph(self, inline: Token, place: int) -> list[Block]:
        if _GAP.match(inline.content) or _NO_WORDS.match(inline.content):
            self.words.dropped.append((inline.content, "place without text"))
            return []
        children = inline.children or []
        pictures = [one for one in children if one.type == "image"]
        others = "".join(one.content for one in children if one.type not in ("image", "softbreak"))
        rest = re.sub(r"\{[^{}]*\}", "", others).strip()
        if pictures and not rest:
            self.words.signs.append(others)
            return [self._figure(one, place) for one in pictures]
        lines = inline.content.split("\n")
        if len(lines) > 1 and all(CAPTION.match(one) for one in lines):
            groups = groupby(children, key=lambda one: one.type == "softbreak")
            parts = [list(each) for breaks, each in groups if not breaks]
            return [Paragraph(inlines=self.words.read(each), place=place + number)
                    for number, each in enumerate(parts)]  # fmt: skip
        if len(lines) > 1 and all(re.match(r"\|(?:[ \u3000]|$)", one) for one in lines):
            return [self._line_block(children, place)]
        return [Paragraph(inlines=self._inlines(inline), place=place)]

    def _line_block(self, children: Sequence[Token], place: int) -> Verse:
        """Lines that stand behind bars, as pandoc writes verse and addresses."""
        groups = groupby(children, key=lambda one: one.type == "softbreak")
        lines: list[Inlines] = []
        for part in (list(each) for breaks, each in groups if not breaks):
            part[0].content = re.sub(r"^\| ?", "", part[0].content)
            self.words.signs.append("|")
            lines.append(self.words.read(part))
        return Verse(lines=tuple(lines), place=place)

    def _figure(self, token: Token, place: int) -> Figure:
        path = str(token.attrGet("src") or "")
        self.words.signs.append(path + str(token.attrGet("title") or ""))
        return Figure(picture=path, caption=self.words.read(token.children or ()), place=place)

    def _list(self, opening: Token, depth: int) -> Iterator[Block]:
        closing = opening.type.replace("open", "close")
        while (token := self._next()).type != closing:
            if token.type != "list_item_open":
                continue
            mark = "-"
            if token.info:
                mark = f"{token.info}{token.markup}"
                self.words.signs.append(token.info)
            yield from self._item(mark, depth)

    def _item(self, mark: str, depth: int) -> Iterator[Block]:
        first = True
        while (token := self._next()).type != "list_item_close":
            if token.type in ("bullet_list_open", "ordered_list_open"):
                if first:
                    first = False
                yield from self._list(token, min(depth + 1, 4))
                continue
            for block in self._block(token):
                if isinstance(block, Paragraph):
                    yield Item(inlines=block.inlines, depth=depth, mark=mark if first else "",
                               place=block.place)  # fmt: skip
                    first = False
                else:
                    yield block

    def _quote(self, place: int) -> Iterator[Block]:
        for block in self._until("blockquote_close"):
            if isinstance(block, Paragraph):
                inlines = block.inlines
                if inlines and isinstance(inlines[0], TextRun) and (
                        found := _ALERT.match(inlines[0].text)):  # fmt: skip
                    self.words.dropped.append((found[0], "sign of a box"))
                    inlines = (TextRun(inlines[0].text[found.end() :]), *inlines[1:])
                yield Quote(inlines=inlines, place=block.place or place)
            else:
                yield block

    def _table(self, place: int) -> TableBlock:
        rows: list[tuple[Inlines, ...]] = []
        row: list[Inlines] = []
        while (token := self._next()).type != "table_close":
            if token.type == "inline":
                row.append(self.words.read(token.children or ()))
            elif token.type == "tr_close":
                rows.append(tuple(row))
                row = []
        caption = _own_caption(rows, self.words.signs)
        after = self.tokens[self.at : self.at + 3]
        if len(after) == 3 and after[0].type == "paragraph_open":
            inline = after[1]
            found = re.match(r"(?::|Table:)\s+", inline.content)
            if (found or _ATTRIBUTES.fullmatch(inline.content)) and inline.children:
                self.at += 3
                first = inline.children[0]
                lead = len(found[0]) if found else 0
                self.words.signs.append(inline.content[:lead])
                first.content = first.content[lead:]
                caption = (*caption, *self._inlines(inline))
        return TableBlock(rows=tuple(rows), caption=caption, place=place)

    def _html(self, token: Token, place: int) -> list[Block]:
        """Blocks of HTML, by the reader of web pages."""
        read = fragment(token.content, place)
        self.words.signs += read.signs
        self.words.dropped += read.dropped
        return read.blocks

    def _note(self, token: Token, place: int) -> Iterable[Block]:
        label = label_of(str(token.meta["label"]))
        self.words.signs.append(str(token.meta["label"]))
        read = list(self._until("footnote_reference_close"))
        taken: list[NoteBlock] = []
        for block in read:
            if isinstance(block, Paragraph | Item | Quote | Verse):
                taken.append(block)
            else:
                yield block
        name, number = label, 2
        while name in self.notes:  # a second definition: nothing refers to it, and it stays
            name, number = f"{label}-{number}", number + 1
        self.notes[name] = NoteBody(tuple(taken), place)

    def _division(self, token: Token, place: int) -> Iterator[Block]:
        self.words.signs.append(token.info)
        verse = self.versed = "verse" in re.split(r"[\s{}.]+", token.info)
        for block in self._until("container_div_close"):
            if verse and isinstance(block, Paragraph):
                yield Verse(lines=_lines(block.inlines), place=block.place or place)
            else:
                yield block
        self.versed = False

    def _definition(self) -> Iterator[Block]:
        for block in self._until("dd_close"):
            if isinstance(block, Paragraph):
                yield Quote(inlines=block.inlines, place=block.place)
            else:
                yield block


def _lines(inlines: Inlines) -> tuple[Inlines, ...]:
    """The lines of a stanza."""
    lines: list[list[Inline]] = [[]]
    for one in inlines:
        if isinstance(one, LineEnd) or (isinstance(one, TextRun) and one.text == "\n"):
            lines.append([])
        else:
            lines[-1].append(one)
    return tuple(tuple(line) for line in lines if line)


def _own_caption(rows: list[tuple[Inlines, ...]], signs: list[str]) -> Inlines:
    """The caption that stands right below a table, as docs/format.md has it."""
    first = rows[-1][0][0] if len(rows) > 1 and rows[-1][0] else None
    if not isinstance(first, TextRun) or not first.text.startswith(": ") or any(rows[-1][1:]):
        return ()
    caption = [TextRun(first.text[2:]), *rows.pop()[0][1:]]
    last = caption[-1]
    if isinstance(last, TextRun) and (found := _ATTRIBUTES.search(last.text)):
        signs.append(found[0])
        caption[-1] = TextRun(last.text[: found.start()])
    return tuple(caption)


def _untitled(document: Document) -> Document:
    """``document`` without a heading that repeats the title of its head."""
    heads = [one for one in document.blocks if isinstance(one, Heading)]
    if len(heads) < 2 or not heads[0].title or heads[0].place != HEAD_PLACE:
        return document
    own, again = (
        re.sub(r"\W", "", "".join(one.text for one in head.inlines if isinstance(one, TextRun)))
        for head in heads[:2]
    )
    if heads[1].level > 1 or not again or not own.startswith(again):
        return document
    blocks = tuple(one for one in document.blocks if one is not heads[1])
    drop = Drop(again, "title repeated", heads[1].place)
    return replace(document, blocks=blocks, dropped=(*document.dropped, drop))
