"""Blocks of a text file: headings, paragraphs, items, quotations, stanzas, tables, pictures,
footnotes. A scanner of lines, since every character must keep its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from edition.diagnostics import Diagnostic
from edition.model import Kind, Lang
from edition.readers import attributes
from edition.readers.attributes import Attributes
from edition.readers.codes import TXT006, TXT018
from edition.readers.passage import Passage, join_lines
from edition.source import SourceFile

Line = tuple[int, str]  # offset in the file, text

_HEADING = re.compile(r"(#+)[ \t]+")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<label>[-*+]|\d{1,4}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"[ \t]*> ?")
_TABLE = re.compile(r"[ \t]*\|")
_CAPTION = re.compile(r"[ \t]*:[ \t]+")
_FIGURE = re.compile(r"[ \t]*!\[(?P<caption>.*)\]\((?P<path>[^()]*)\)[ \t]*(?=\{|$)")
_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\s\[\]^]+)\]:[ \t]*")
_VERSE = re.compile(r"[ \t]*:::[ \t]*(?P<name>\S*)[ \t]*$")
_ATTRIBUTES = re.compile(r"(?:^|\s*)\{(?P<inside>\s*(?:[#.][^{}\s]|[A-Za-z][\w-]*=)[^{}]*)\}\s*$")
_FOREIGN = re.compile(r"[ \t]*(?:```|~~~|(?:[-*_][ \t]*){3,}$|<!--)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block. ``rows``: lines of a table; ``kind`` None: a footnote with its ``label``."""

    kind: Kind | None
    passage: Passage
    attrs: Attributes = field(default_factory=Attributes)
    level: int = 0
    label: str = ""
    rows: tuple[Line, ...] = ()
    figure: str = ""
    start: int = 0


class Scanner:
    """Reads the blocks of one file. ``found`` collects what is wrong."""

    def __init__(self, file: SourceFile, lang: Lang) -> None:
        self.file = file
        self.lang = lang
        self.lines: list[Line] = list(file.lines())
        self.at = 0
        self.found: list[Diagnostic] = []

    def blocks(self) -> Iterator[Block]:
        """All blocks in order."""
        while self.at < len(self.lines):
            start, line = self.lines[self.at]
            if not line.strip():
                self.at += 1
                continue
            verse = _VERSE.match(line)
            if verse:
                yield from self._verse(verse)
            elif _FOREIGN.match(line):
                self._refuse(start, line, f"“{line.strip()[:20]}” has no meaning here")
                self.at += 1
            else:
                yield self._block(start, line)

    def _refuse(self, start: int, line: str, fact: str) -> None:
        self.found.append(Diagnostic(
            code=TXT006, span=self.file.span(start, start + len(line)), fact=fact,
            hint="docs/format.md lists what a text may hold"))  # fmt: skip

    def _block(self, start: int, line: str) -> Block:
        if match := _HEADING.match(line):
            return self._heading(start, line, match)
        if match := _FOOTNOTE.match(line):
            lines = [(start + match.end(), line[match.end() :]), *self._rest(_FOOTNOTE)]
            return self._finished(Block(kind=None, passage=self._joined(lines), start=start,
                                        label=match["label"]), plain=True)  # fmt: skip
        if _TABLE.match(line):
            return self._table(start)
        if match := _FIGURE.match(line):
            return self._figure(start, line, match)
        if _QUOTE.match(line) and line.lstrip().startswith(">"):
            return self._quote(start)
        if match := _ITEM.match(line):
            return self._item(start, line, match)
        lines = [(start, line), *self._rest(None)]
        return self._finished(Block(kind=Kind.PARA, passage=self._joined(lines), start=start))

    def _joined(self, lines: list[Line]) -> Passage:
        return join_lines(self.file, lines, self.lang)

    def _rest(self, stop: re.Pattern[str] | None) -> list[Line]:
        """Lines that go on with the block that begins on this line."""
        self.at += 1
        taken: list[Line] = []
        while self.at < len(self.lines):
            start, line = self.lines[self.at]
            begins = _HEADING.match(line) or _TABLE.match(line) or _VERSE.match(line) or (
                stop is not None and stop.match(line)
            )
            if not line.strip() or begins or _FOOTNOTE.match(line):
                break
            taken.append((start, line))
            self.at += 1
        return taken

    def _finished(self, block: Block, *, plain: bool = False) -> Block:
        """The block without the attributes at its end. A footnote has none."""
        passage = block.passage.stripped()
        match = None if plain else _ATTRIBUTES.search(passage.text)
        if match is None:
            return replace(block, passage=passage)
        inside = passage.cut(match.start("inside"), match.end("inside"))
        read, found = attributes.read(
            inside, attributes.BLOCK_CLASSES, attributes.BLOCK_KEYS
        )
        self.found += found
        return replace(block, passage=passage.cut(0, match.start()).stripped(), attrs=read)

    # --- kinds of blocks ------------------------------------------------------------------------

    def _heading(self, start: int, line: str, match: re.Match[str]) -> Block:
        self.at += 1
        level = len(match[1])
        if level > 3:
            self._refuse(start, line, f"a heading of level {level}: there are three levels")
        passage = self._joined([(start + match.end(), line[match.end() :])])
        return self._finished(
            Block(kind=Kind.HEADING, passage=passage, level=min(level, 3), start=start)
        )

    def _item(self, start: int, line: str, match: re.Match[str]) -> Block:
        lines = [(start + match.end(), line[match.end() :]), *self._rest(_ITEM)]
        label = match["label"]
        indent = len(match["indent"].expandtabs(3))
        return self._finished(
            Block(
                kind=Kind.ITEM, passage=self._joined(lines), start=start,
                label="•" if label in "-*+" else label, level=1 + min(indent // 2, 3),
            )
        )  # fmt: skip

    def _quote(self, start: int) -> Block:
        lines: list[Line] = []
        while self.at < len(self.lines):
            offset, line = self.lines[self.at]
            match = _QUOTE.match(line)
            if not match:
                break
            self.at += 1
            if not line[match.end() :].strip():
                break
            lines.append((offset + match.end(), line[match.end() :]))
        passage = self._joined(lines or [(start, "")])
        return self._finished(Block(kind=Kind.QUOTE, passage=passage, start=start))

    def _table(self, start: int) -> Block:
        rows: list[Line] = []
        while self.at < len(self.lines) and _TABLE.match(self.lines[self.at][1]):
            rows.append(self.lines[self.at])
            self.at += 1
        caption: list[Line] = [(rows[-1][0] + len(rows[-1][1]), "")]
        after = self.lines[self.at] if self.at < len(self.lines) else (0, "")
        if match := _CAPTION.match(after[1]):
            caption = [(after[0] + match.end(), after[1][match.end() :]), *self._rest(None)]
        block = Block(kind=Kind.TABLE, passage=self._joined(caption), rows=tuple(rows),
                      start=start)  # fmt: skip
        return self._finished(block)

    def _figure(self, start: int, line: str, match: re.Match[str]) -> Block:
        self.at += 1
        tail = line[match.end() :]
        caption = self._joined([(start + match.start("caption"), match["caption"])])
        block = Block(kind=Kind.FIGURE, passage=caption, figure=match["path"].strip(), start=start)
        marks = self._finished(
            Block(kind=Kind.FIGURE, passage=self._joined([(start + match.end(), tail)]))
        )
        return replace(block, attrs=marks.attrs)

    def _verse(self, opening: re.Match[str]) -> Iterator[Block]:
        start, line = self.lines[self.at]
        self.at += 1
        if opening["name"] != "verse":
            self._refuse(start, line, f"“:::{opening['name']}” is no block of this format")
            return
        stanza: list[Line] = []
        while self.at < len(self.lines):
            offset, text = self.lines[self.at]
            self.at += 1
            closing = _VERSE.match(text)
            if (closing or not text.strip()) and stanza:
                yield self._stanza(stanza)
                stanza = []
            if closing:
                return
            if text.strip():
                stanza.append((offset, text))
        self.found.append(Diagnostic(
            code=TXT018, span=self.file.span(start, start + len(line)),
            fact="the verse that begins here has no end",
            hint="close it by a line :::"))  # fmt: skip
        if stanza:
            yield self._stanza(stanza)

    def _stanza(self, lines: list[Line]) -> Block:
        passage = join_lines(self.file, lines, self.lang, keep_ends=True)
        return self._finished(Block(kind=Kind.VERSE, passage=passage, start=lines[0][0]))
