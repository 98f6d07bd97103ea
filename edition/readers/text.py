"""``source/text/*.{zh,en}.md`` → segments and the author's footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from edition.diagnostics import Code, Diagnostic, Outcome
from edition.model import (
    Align,
    Cell,
    Footnote,
    Inline,
    Inlines,
    Kind,
    Lang,
    LineBreak,
    Presence,
    Segment,
    Styled,
    Table,
    Text,
)
from edition.readers import inline, noteblocks
from edition.readers.blocks import BlockScanner, Line, MarkupBlock
from edition.readers.codes import TXT009, TXT010, TXT014, TXT015, TXT020
from edition.readers.passage import Passage, join_lines
from edition.readers.signs import signs
from edition.source import SourceFile, Span

_SPACES = re.compile(r"^[ \t]+|[ \t]{2,}|\t")
_BAR = re.compile(r"\\.|\|")  # an escape, or a bar
_RULE = re.compile(r"\s*:?-+:?\s*$")


def _kept(spaces: re.Match[str]) -> str:
    """A run of spaces in a line of code, at whose end a line may be divided; an indent stays."""
    count = len(spaces[0].expandtabs(4))
    return "\u00a0" * (count - 1) + (" " if spaces.start() else "\u00a0")


@dataclass(frozen=True, slots=True)
class TextFile:
    segments: tuple[Segment, ...]
    footnotes: tuple[Footnote, ...]


def read(file: SourceFile, section: str, lang: Lang) -> Outcome[TextFile]:
    """One side of a section, best effort, with everything that is wrong with it."""
    reader = _TextReader(file, section, lang)
    return Outcome(reader.read(), tuple(reader.found))


class _TextReader:
    def __init__(self, file: SourceFile, section: str, lang: Lang) -> None:
        self.file = file
        self.section = section
        self.lang = lang
        self.found: list[Diagnostic] = []
        self.given: frozenset[str] = frozenset()

    def say(self, code: Code, start: int, end: int, fact: str, hint: str = "") -> None:
        self.found.append(
            Diagnostic(code=code, span=self.file.span(start, end), fact=fact, hint=hint)
        )

    def read(self) -> TextFile:
        scanner = BlockScanner(self.file, self.lang)
        segments: list[Segment] = []
        footnotes: dict[str, Footnote] = {}
        blocks = tuple(scanner.blocks())
        self.given = frozenset(block.attrs.id for block in blocks)
        for block in blocks:
            if block.kind is None:
                self._footnote(block, footnotes)
            else:
                segments.append(self._segment(block, block.kind, len(segments) + 1))
        self.found += scanner.found
        return TextFile(tuple(segments), tuple(footnotes.values()))

    def _inlines(self, passage: Passage) -> Inlines:
        inlines, found = inline.read(passage)
        self.found += found
        return inlines

    def _code(self, block: MarkupBlock) -> Inlines:
        """Lines as they stand: their spaces are not drawn together."""
        made: list[Inline] = []
        for start, line in block.rows:
            span = self.file.span(start, start + len(line))
            if made:
                made.append(LineBreak(self.file.span(start)))
            kept = _SPACES.sub(_kept, line.rstrip())
            text = Text(kept or "\u00a0", span)
            made.append(Styled((text,), ("code",), (), span))
        return tuple(made)

    def _footnote(self, block: MarkupBlock, footnotes: dict[str, Footnote]) -> None:
        span = self.file.span(block.start, block.start + len(block.label) + 4)
        if block.label in footnotes:
            fact = f"footnote [^{block.label}] is defined twice"
            self.found.append(Diagnostic(code=TXT014, span=span, fact=fact))
            return
        inlines, found = noteblocks.read(self.file, block.rows, self.lang)
        self.found += found
        footnotes[block.label] = Footnote(block.label, self.lang, inlines, span)

    def _segment(self, block: MarkupBlock, kind: Kind, position: int) -> Segment:
        attrs, passage = block.attrs, block.passage
        named = (one for one in Presence if one.value in attrs.classes)
        presence = next(named, Presence.TEXT)
        whole = self.file.span(block.start, max(block.start, passage.at(len(passage.text))))
        if presence is not Presence.TEXT and (passage.text or block.rows):
            fact = f"it is marked .{presence.value} and has text"
            self.found.append(Diagnostic(code=TXT009, span=whole, segment=attrs.id, fact=fact))
        elif (
            presence is Presence.TEXT
            and kind is not Kind.BREAK
            and not (passage.text or block.rows or block.figure)
        ):
            hint = "write its text, or .untranslated, .omitted or .blank in its attributes"
            span = self.file.span(block.start)
            self.found.append(Diagnostic(code=TXT020, span=span, segment=attrs.id,
                                         fact="it has no text", hint=hint))  # fmt: skip
        self._misplaced(block, kind, whole)
        table = self._table(block.rows) if kind is Kind.TABLE and block.rows else None
        inlines = self._code(block) if kind is Kind.CODE else self._inlines(passage)
        return Segment(
            id=attrs.id or self._by_position(position), given=bool(attrs.id), lang=self.lang,
            kind=kind, inlines=inlines, span=whole, level=block.level,
            label=block.label, table=table, figure=block.figure, presence=presence,
            corresp=tuple(attrs.get("corresp").split()), source_hash=attrs.get("hash"),
            classes=attrs.classes, sure=attrs.get("sure"),
            short=_said(attrs.passage("short")), alt=_said(attrs.passage("alt")),
        )  # fmt: skip

    def _misplaced(self, block: MarkupBlock, kind: Kind, whole: Span) -> None:
        """Attributes that only some kinds of blocks have."""
        attrs = block.attrs
        facts = []
        if attrs.passage("short") and kind not in (Kind.HEADING, Kind.TABLE, Kind.FIGURE):
            facts.append("“short” is said of headings, tables and figures, and this is none")
        if attrs.passage("alt") and not block.figure:
            facts.append("“alt” is said of pictures, and this is none")
        if "byline" in attrs.classes and kind is not Kind.PARA:
            facts.append("a byline is a paragraph, and this is none")
        if "part" in attrs.classes and not (kind is Kind.HEADING and block.level == 1):
            facts.append("a part is a heading of level 1, and this is none")
        if "unnumbered" in attrs.classes and kind not in (Kind.TABLE, Kind.FIGURE):
            facts.append("only tables and figures have numbers, and this is neither")
        self.found += [
            Diagnostic(code=TXT009, span=whole, segment=attrs.id, fact=fact) for fact in facts
        ]

    def _by_position(self, position: int) -> str:
        """The id of a segment that has none, beside one that has the id of another's place: so
        it is where a paragraph was put in after ids were written."""
        name, number = f"{self.section}.{position}", 1
        while name in self.given:
            number += 1
            name = f"{self.section}.{position}-{number}"
        return name

    # --- tables ---------------------------------------------------------------------------------

    def _table(self, rows: Sequence[Line]) -> Table:
        cells = [self._cells(row) for row in rows]
        aligns: list[Align] = []
        body = cells[1:]
        if len(cells) > 1 and cells[1] and all(_RULE.match(one.text) for one in cells[1]):
            aligns = [_align(one.text) for one in cells[1]]
            body = cells[2:]
            if len(aligns) != len(cells[0]):
                self.say(
                    TXT015,
                    rows[1][0],
                    rows[1][0] + len(rows[1][1]),
                    f"the rule has {len(aligns)} cells, the first row {len(cells[0])}",
                )
        columns = len(cells[0])
        for row, (start, line) in zip(body, rows[len(rows) - len(body) :], strict=True):
            if len(row) != columns:
                self.say(TXT015, start, start + len(line),
                         f"this row has {len(row)} cells, the first has {columns}")  # fmt: skip
        made = [
            tuple(self._cell(cell, aligns[n] if n < len(aligns) else "left")
                  for n, cell in enumerate(row))
            for row in (cells[0], *body)
        ]  # fmt: skip
        return Table(made[0], tuple(made[1:]))

    def _cell(self, passage: Passage, align: Align) -> Cell:
        stripped = passage.stripped()
        span = stripped.span(0, len(stripped.text))
        return Cell(self._inlines(stripped), align, span)

    def _cells(self, row: Line) -> list[Passage]:
        """The cells of one line: between bars that no backslash precedes."""
        start, line = row
        bars = [one.start() for one in _BAR.finditer(line) if one[0] == "|"]
        right = len(line.rstrip())
        if len(bars) < 2 or bars[-1] != right - 1:  # the last bar may be left out
            bars.append(right)
        return [
            _with_bars(join_lines(self.file, [(start + one + 1, line[one + 1 : two])], self.lang))
            for one, two in pairwise(bars)
        ]


def _with_bars(cell: Passage) -> Passage:
    """``cell`` with the bars of its code: these too stand behind a backslash in a table."""
    if "\\|" not in cell.text:
        return cell
    gone = {
        one.first + at for one in signs(cell.text) if one.kind == "code"
        for at, char in enumerate(cell.text[one.first : one.last])
        if char == "\\" and cell.text.startswith("|", one.first + at + 1)
    }  # fmt: skip
    kept = [at for at in range(len(cell.text)) if at not in gone]
    return Passage(cell.file, "".join(cell.text[at] for at in kept),
                   tuple(cell.offsets[at] for at in kept))  # fmt: skip


def _said(value: Passage | None) -> Inlines:
    """The value of an attribute as text."""
    if value is None or not value.text.strip():
        return ()
    return (Text(value.text, value.span(0, len(value.text))),)


def _align(rule: str) -> Align:
    rule = rule.strip()
    if rule.startswith(":") and rule.endswith(":"):
        return "center"
    return "right" if rule.endswith(":") else "left"


def duplicates(segments: Sequence[Segment]) -> list[Diagnostic]:
    """Ids that two segments of one language have."""
    seen: dict[tuple[Lang, str], Segment] = {}
    found: list[Diagnostic] = []
    for one in segments:
        first = seen.setdefault((one.lang, one.id), one)
        if first is not one:
            fact = f"the id {one.id} is taken: {first.span.place}"
            found.append(Diagnostic(code=TXT010, span=one.span, segment=one.id, fact=fact,
                                    hint="an id is unique in the edition"))  # fmt: skip
    return found
