"""Blocks of a text file: headings, paragraphs, items, quotations, stanzas, tables, pictures,
footnotes. A scanner of lines, since every character must keep its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from edition.diagnostics import Diagnostic
from edition.model import HEADINGS, Kind, Lang
from edition.readers import attributes
from edition.readers.attributes import Attributes
from edition.readers.codes import TXT006, TXT008, TXT016, TXT018
from edition.readers.passage import Passage, join_lines
from edition.readers.signs import signs
from edition.source import SourceFile

Line = tuple[int, str]  # offset in the file, text

_HEADING = re.compile(r"(#+)[ \t]+")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<label>[-*+]|\d{1,4}[.)])[ \t]+(?=\S)")
# what ends a paragraph without a blank line: a number alone may be the chance of a line's break
_NEW_ITEM = re.compile(r"[ \t]*(?:[-*+]|1[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"[ \t]*> ?")
_BLOCK_INSIDE = re.compile(r"[ \t]*(?:>|!\[|#+[ \t]|[-*+][ \t]|\d{1,4}[.)][ \t]|\||:::)")
_TABLE = re.compile(r"[ \t]*\|")
_DEFINITION = re.compile(r"[ \t]*:[ \t]+(?=\S)")
_CAPTION = re.compile(r"[ \t]*:[ \t]+")
_FIGURE = re.compile(r"[ \t]*!\[(?P<caption>.*)\]\((?P<path>[^()]*)\)[ \t]*(?=\{|$)")
_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\s\[\]^]+)\]:[ \t]*")
_VERSE = re.compile(r"[ \t]*:::[ \t]*(?P<name>\S*)[ \t]*$")
# not after "]": those are of a span; not after "\\": that is a brace to print
_BRACES = r"(?<![\]\\])\{(?P<inside>\s*(?:[#.][^{}\s]|[A-Za-z][\w-]*=)[^{}]*)\}"
_ATTRIBUTES = re.compile(_BRACES + r"\s*$")
_STRAY = re.compile(_BRACES)
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})[^`]*$")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*(?=\{|$)")
_FOREIGN = re.compile(r"[ \t]*(?:={3,}[ \t]*$|#+[^#\s]|<!--)")
_DEPTH = 4  # of lists in lists


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkupBlock:
    """One block. ``rows``: lines of a table or of code; ``kind`` None: a footnote with its
    ``label``, and its lines in ``rows``.

    ``braces`` is the place of the inside of its attributes; where it has none, they can be
    written at ``end`` after ``lead``.
    """

    kind: Kind | None
    passage: Passage
    attrs: Attributes = field(default_factory=Attributes)
    level: int = 0
    label: str = ""
    rows: tuple[Line, ...] = ()
    figure: str = ""
    start: int = 0
    braces: tuple[int, int] | None = None
    end: int = 0
    lead: str = " "


class BlockScanner:
    """Reads the blocks of one file, or of some of its lines. ``found`` collects what is wrong."""

    def __init__(self, file: SourceFile, lang: Lang, lines: Sequence[Line] | None = None) -> None:
        self.file = file
        self.lang = lang
        self.lines: list[Line] = list(file.lines() if lines is None else lines)
        self.at = 0
        self.defines = False  # a list of definitions may go on
        self.indents: list[int] = []  # of the items that the next one may stand in
        self.found: list[Diagnostic] = []

    def blocks(self) -> Iterator[MarkupBlock]:
        """All blocks in order."""
        while self.at < len(self.lines):
            start, line = self.lines[self.at]
            if not line.strip():
                self.at += 1
                continue
            verse = _VERSE.match(line)
            if verse:
                yield from self._verse(verse)
            elif (_RULE.match(line) and self._heads(line)) or _FOREIGN.match(line):
                self._foreign(start, line)
            else:
                yield self._block(start, line)

    def _refuse(self, start: int, line: str, fact: str, hint: str = "") -> None:
        self.found.append(Diagnostic(
            code=TXT006, span=self.file.span(start, start + len(line)), fact=fact,
            hint=hint or "docs/format.md lists what a text may hold"))  # fmt: skip

    def _foreign(self, start: int, line: str) -> None:
        shown = line.strip()[:20]
        hint = ""
        if shown.startswith("-"):
            hint = "leave a blank line above a rule; settings stand in edition.toml"
        if shown.startswith("#"):
            hint = "write a space after # of a heading, or \\# for the sign"
        self._refuse(start, line, f"“{shown}” has no meaning here", hint)
        self.at += 1

    def _block(self, start: int, line: str) -> MarkupBlock:
        if match := _RULE.match(line):
            return self._break(start, line, match)
        if match := _ITEM.match(line):
            return self._item(start, line, match)
        if self.indents and line.startswith(("  ", "\t")) and not _BLOCK_INSIDE.match(line):
            return self._item_goes_on(start, line)
        self.indents = []
        if match := _FENCE.match(line):
            return self._code(start, match)
        if self.defines and (match := _DEFINITION.match(line)):
            lines = [(start + match.end(), line[match.end() :]), *self._rest(_DEFINITION)]
            return self._finished(
                MarkupBlock(kind=Kind.DEFINITION, passage=self._joined(lines), start=start)
            )
        self.defines = False
        if match := _HEADING.match(line):
            return self._heading(start, line, match)
        if match := _FOOTNOTE.match(line):
            lines = [(start + match.end(), line[match.end() :]), *self._rest(), *self._indented()]
            return self._finished(MarkupBlock(kind=None, passage=self._joined(lines), start=start,
                                        label=match["label"], rows=tuple(lines)),
                                  plain=True)  # fmt: skip
        if _TABLE.match(line):
            return self._table(start)
        if match := _FIGURE.match(line):
            return self._figure(start, line, match)
        if _QUOTE.match(line):
            return self._quote(start)
        lines = [(start, line), *self._rest()]
        self.defines = len(lines) == 1 and self._next(_DEFINITION)
        kind = Kind.TERM if self.defines else Kind.PARA
        return self._finished(MarkupBlock(kind=kind, passage=self._joined(lines), start=start))

    def _next(self, pattern: re.Pattern[str]) -> bool:
        return self.at < len(self.lines) and bool(pattern.match(self.lines[self.at][1]))

    def _heads(self, line: str) -> bool:
        """Whether a rule is what other formats have above settings or below a heading."""
        above = self.lines[self.at - 1][1] if self.at else ""
        dashes = line.lstrip().startswith("-")
        return dashes and (not self.at or bool(above.strip()))

    def _joined(self, lines: list[Line]) -> Passage:
        return join_lines(self.file, lines, self.lang)

    def _rest(self, item: re.Pattern[str] = _NEW_ITEM) -> list[Line]:
        """Lines that go on with the block that begins on this line; ``item`` begins another."""
        self.at += 1
        taken: list[Line] = []
        while self.at < len(self.lines):
            start, line = self.lines[self.at]
            starts = (_HEADING, _TABLE, _VERSE, _FOOTNOTE, _QUOTE, _FIGURE, _FOREIGN, _FENCE,
                      _RULE, item)  # fmt: skip
            defines = not taken and item is _NEW_ITEM and _DEFINITION.match(line)
            if defines or not line.strip() or any(one.match(line) for one in starts):
                break
            taken.append((start, line))
            self.at += 1
        return taken

    def _indented(self) -> list[Line]:
        """Indented lines below a footnote, blank lines between them too: more of its blocks."""
        taken: list[Line] = []
        blank: list[Line] = []
        depth = 0
        while self.at < len(self.lines):
            start, line = self.lines[self.at]
            body = line.lstrip(" \t")
            if body:
                own = len(line) - len(body)
                if own < 2 and not line.startswith("\t"):
                    break
                depth = min(depth or own, own)
                taken += [*blank, (start + depth, line[depth:])]
                blank = []
            else:
                blank.append((start, ""))
            self.at += 1
        return taken

    def _finished(self, block: MarkupBlock, *, plain: bool = False) -> MarkupBlock:
        """The block without the attributes at its end. A footnote has none."""
        passage = block.passage.stripped()
        end = passage.span(0, len(passage.text)).end if passage.text else block.end
        match = None if plain else _ATTRIBUTES.search(passage.text)
        if match is None:
            self._stray(passage, plain=plain)
            return replace(block, passage=passage, end=end)
        inside = passage.cut(match.start("inside"), match.end("inside"))
        read, found = attributes.read(inside, attributes.BLOCK_CLASSES, attributes.BLOCK_KEYS)
        self.found += found
        rest = passage.cut(0, match.start()).stripped()
        self._stray(rest)
        place = inside.span(0, len(inside.text))
        return replace(block, passage=rest, attrs=read, braces=(place.start, place.end))

    def _stray(self, passage: Passage, *, plain: bool = False) -> None:
        strays = list(_STRAY.finditer(passage.text))
        code = [one for one in signs(passage.text) if one.kind == "code"] if strays else []
        for match in strays:
            if any(one.start < match.start() < one.end for one in code):
                continue
            fact = f"“{match[0]}” stands in the midst of a block"
            hint = "attributes stand at the end of a block; write \\{ for a brace that prints"
            if plain:
                fact = f"a footnote has no attributes: “{match[0]}”"
            self.found.append(Diagnostic(
                code=TXT008, span=passage.span(*match.span()), fact=fact, hint=hint))  # fmt: skip

    # --- kinds of blocks ------------------------------------------------------------------------

    def _heading(self, start: int, line: str, match: re.Match[str]) -> MarkupBlock:
        self.at += 1
        level = len(match[1])
        if level > HEADINGS:
            self._refuse(start, line, f"a heading of level {level}: there are {HEADINGS} levels")
        passage = self._joined([(start + match.end(), line[match.end() :])])
        return self._finished(MarkupBlock(
            kind=Kind.HEADING, passage=passage, level=min(level, HEADINGS), start=start,
            end=start + match.end()))  # fmt: skip

    def _item(self, start: int, line: str, match: re.Match[str]) -> MarkupBlock:
        lines = [(start + match.end(), line[match.end() :]), *self._rest(_ITEM)]
        label = match["label"]
        depth = self._depth(len(match["indent"].expandtabs(4)))
        if depth > _DEPTH:
            self.found.append(Diagnostic(
                code=TXT016, span=self.file.span(start, start + match.end()),
                fact=f"a list in {depth - 1} lists: there are {_DEPTH} levels"))  # fmt: skip
        return self._finished(
            MarkupBlock(
                kind=Kind.ITEM, passage=self._joined(lines), start=start,
                label="•" if label in "-*+" else label, level=min(depth, _DEPTH),
            )
        )  # fmt: skip

    def _item_goes_on(self, start: int, line: str) -> MarkupBlock:
        """A further paragraph of an item: a segment of its own, without a label."""
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        level = sum(one < indent for one in self.indents) or 1
        lines = [(start, line), *self._rest(_ITEM)]
        return self._finished(MarkupBlock(kind=Kind.ITEM, passage=self._joined(lines), start=start,
                                    level=min(level, _DEPTH)))  # fmt: skip

    def _break(self, start: int, line: str, match: re.Match[str]) -> MarkupBlock:
        self.at += 1
        self.indents = []
        end = start + len(line.rstrip())
        after = self._joined([(start + match.end(), line[match.end() :])])
        marks = self._finished(MarkupBlock(kind=Kind.BREAK, passage=after, start=start, end=end))
        self._behind(marks.passage, "a rule", "write it as a paragraph of its own")
        return replace(marks, end=end)

    def _behind(self, passage: Passage, what: str, hint: str) -> None:
        """Words behind a block that can have attributes only."""
        if passage.text.strip():
            self.found.append(Diagnostic(
                code=TXT008, span=passage.span(0, len(passage.text)),
                fact=f"“{passage.text.strip()[:40]}” behind {what} are no attributes",
                hint=hint))  # fmt: skip

    def _code(self, start: int, opening: re.Match[str]) -> MarkupBlock:
        """Lines between two fences, as they stand; attributes may follow on a line of their own."""
        fence = opening["fence"]
        head = self.lines[self.at]
        lines: list[Line] = []
        self.at += 1
        while self.at < len(self.lines):
            closing = self.lines[self.at][1].strip()
            if closing.startswith(fence) and not closing.strip(fence[0]):
                break
            lines.append(self.lines[self.at])
            self.at += 1
        else:
            self.found.append(Diagnostic(
                code=TXT018, span=self.file.span(start, start + len(head[1])),
                fact="the code that begins here has no end",
                hint=f"close it by a line {fence}"))  # fmt: skip
        foot = self.lines[min(self.at, len(self.lines) - 1)]
        self.at += 1
        after: list[Line] = [(foot[0] + len(foot[1]), "")]
        if self.at < len(self.lines) and _ATTRIBUTES.match(self.lines[self.at][1].strip()):
            after = [self.lines[self.at]]
            self.at += 1
        marks = self._finished(MarkupBlock(kind=Kind.CODE, passage=self._joined(after), start=start,
                                     end=foot[0] + len(foot[1]), lead="\n"))  # fmt: skip
        return replace(marks, rows=tuple(lines), end=foot[0] + len(foot[1]))

    def _depth(self, indent: int) -> int:
        """Level from 1 of an item, by the indents of the items that it follows."""
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        # one space more or less is a slip of the hand, not a level
        if not self.indents or indent > self.indents[-1] + 1:
            self.indents.append(indent)
        return len(self.indents)

    def _quote(self, start: int) -> MarkupBlock:
        lines: list[Line] = []
        while self.at < len(self.lines):
            offset, line = self.lines[self.at]
            match = _QUOTE.match(line)
            if not match:
                break
            self.at += 1
            inside = line[match.end() :]
            if not inside.strip():
                break
            if _BLOCK_INSIDE.match(inside) and not lines:
                self._refuse(offset, line, "a quotation holds paragraphs, no other blocks")
            lines.append((offset + match.end(), inside))
            if self.at < len(self.lines) and not _QUOTE.match(self.lines[self.at][1]):
                self.at -= 1
                return self._finished(
                    MarkupBlock(
                        kind=Kind.QUOTE, start=start, passage=self._joined([*lines, *self._rest()])
                    )
                )
        passage = self._joined(lines)
        end = start + 1
        return self._finished(MarkupBlock(kind=Kind.QUOTE, passage=passage, start=start, end=end))

    def _table(self, start: int) -> MarkupBlock:
        rows: list[Line] = []
        while self.at < len(self.lines) and _TABLE.match(self.lines[self.at][1]):
            rows.append(self.lines[self.at])
            self.at += 1
        caption: list[Line] = [(rows[-1][0] + len(rows[-1][1]), "")]
        after = self.lines[self.at] if self.at < len(self.lines) else (0, "")
        if match := _CAPTION.match(after[1]):
            caption = [(after[0] + match.end(), after[1][match.end() :]), *self._rest()]
        elif _ATTRIBUTES.match(after[1].strip()):
            caption = [after]
            self.at += 1
        block = MarkupBlock(kind=Kind.TABLE, passage=self._joined(caption), rows=tuple(rows),
                      start=start, end=rows[-1][0] + len(rows[-1][1]), lead="\n")  # fmt: skip
        finished = self._finished(block)
        return replace(finished, lead=" ") if finished.passage.text else finished

    def _figure(self, start: int, line: str, match: re.Match[str]) -> MarkupBlock:
        self.at += 1
        tail = line[match.end() :]
        caption = self._joined([(start + match.start("caption"), match["caption"])])
        block = MarkupBlock(
            kind=Kind.FIGURE, passage=caption, figure=match["path"].strip(), start=start
        )
        marks = self._finished(
            MarkupBlock(kind=Kind.FIGURE, passage=self._joined([(start + match.end(), tail)]))
        )
        end = start + len(line.rstrip())
        self._behind(marks.passage, "a figure", "write {#id}, or the words into the caption")
        return replace(block, attrs=marks.attrs, braces=marks.braces, end=end)

    def _verse(self, opening: re.Match[str]) -> Iterator[MarkupBlock]:
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
                if closing["name"]:
                    self._refuse(
                        offset, text, f"“{closing['name']}” stands behind the end of a verse"
                    )
                return
            if text.strip():
                stanza.append((offset, text))
        self.found.append(Diagnostic(
            code=TXT018, span=self.file.span(start, start + len(line)),
            fact="the verse that begins here has no end",
            hint="close it by a line :::"))  # fmt: skip
        if stanza:
            yield self._stanza(stanza)

    def _stanza(self, lines: list[Line]) -> MarkupBlock:
        passage = join_lines(self.file, lines, self.lang, keep_ends=True)
        return self._finished(MarkupBlock(kind=Kind.VERSE, passage=passage, start=lines[0][0]))
