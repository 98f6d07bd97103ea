"""A BibTeX file → :class:`Library`: every entry and field with its place, broken ones set aside.

:mod:`edition.bibliography.reading.scan` finds the blocks. TeX in values is left as it is;
:func:`edition.bibliography.values.plain` makes text of it, for exports and keys of comparison.
Nothing is lost: each block that begins like an entry is among ``entries`` or ``quarantined``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from edition.bibliography.reading import closing, encoding, scan
from edition.bibliography.types import Entry, Field, Library, Quarantined, StringDef
from edition.diagnostics import Code, Diagnostic, Fix, Outcome, error, warning
from edition.source import SourceFile, Span
from edition.source import read_bytes as source_bytes

UNREADABLE = error("BIB001", "A bibliography cannot be read")
UNCLOSED = error("BIB005", "A brace or quotation mark is never closed")
COMMA = error("BIB006", "A comma is missing in an entry")
WIDE = error("BIB007", "Full-width punctuation stands where BibTeX needs ASCII")
MALFORMED = error("BIB008", "An entry is not well formed")
DUPLICATE_KEY = error("BIB009", "A key is used by two entries")
DUPLICATE_FIELD = error("BIB010", "A field stands twice in an entry")
NESTED = warning("BIB011", "What looks like an entry stands inside a field")
STRING = warning("BIB012", "A string is used that is not defined")
CROSSREF = warning("BIB013", "An entry refers to one that is not there")
NO_ENTRY = warning("BIB014", "A bibliography holds no entry")
HIDDEN = error("BIB015", "A bibliography holds a character that cannot be seen")
GROWN = error("BIB016", "A string grows beyond what a field can hold")
BETWEEN = warning("BIB017", "Text stands between the entries of a bibliography")
ODD_KEY = warning("BIB018", "A key holds full-width punctuation")

_CODES = {"unclosed": UNCLOSED, "comma": COMMA, "wide": WIDE}
_SPACE = re.compile(r"\s+")
_SURROGATE = re.compile("[\udc80-\udcff]")
_MONTHS = {name: str(number) for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
)}  # fmt: skip
_TEXT = re.compile(r"^[ \t]*[^\s%]", re.MULTILINE)
_LOOKED = 200  # broken entries in which a missing brace or quotation mark is looked for
_SHOWN = 5  # hidden characters reported one by one
# A value made of @string parts may hold so many characters, and all values together so many times
# those of the file: strings that double each other would fill any memory.
GROWTH = 100_000
GROWTH_ALL = 8
_MARGIN = re.compile(r"(?:[ \t]*%[^\n]*)?\n?|,")  # what ends the line of an entry
_PARENTS = ("crossref", "xref", "xdata")


def load(path: Path, shown: str = "") -> Outcome[Library]:
    """The library of a file; empty, with a diagnostic, where the file can't be read."""
    shown = shown or str(path)
    try:
        data = source_bytes(path)
    except OSError as failed:
        fact = f"{shown} cannot be read: {failed.strerror or failed}"
        hint = "a workspace keeps its bibliography in bib/references.bib"
        found = Diagnostic(code=UNREADABLE, fact=fact, where=shown, hint=hint)
        return Outcome(Library(entries=()), (found,))
    return read_bytes(shown, data)


def read_bytes(path: str, data: bytes) -> Outcome[Library]:
    """As :func:`read`, from bytes of any encoding."""
    decoded = encoding.decode(path, data)
    library = read(decoded.value.source)
    form = decoded.value.form
    value = replace(library.value, newline=form.newline, mark=form.mark, ends=form.ends)
    return Outcome(value, (*decoded.diagnostics, *library.diagnostics))


def read(source: SourceFile) -> Outcome[Library]:
    """Always a library: what can't be read is quarantined with a diagnostic at its place, and
    ``found == len(entries) + len(quarantined)``. Time is linear in the length of the text."""
    reader = _LibraryReader(source)
    for block in scan.scan(source.text):
        reader.add(block)
    return Outcome(reader.library(), tuple(reader.found))


class _LibraryReader:
    """Gathers the library block by block; strings are resolved by those defined before them."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.entries: dict[str, Entry] = {}
        self.strings: list[StringDef] = []
        self.values = dict(_MONTHS)
        self.preambles: list[Span] = []
        self.comments: list[Span] = []
        self.quarantined: list[Quarantined] = []
        self.found: list[Diagnostic] = []
        self.last = 0  # end of the block before
        self.room = GROWTH_ALL * len(source.text) + GROWTH
        self.grown = False  # the last value was too large
        self.looked = 0  # broken entries that a missing mark was looked for in
        self.between = 0  # end of the block before, for the text between

    def add(self, block: scan.BibBlock) -> None:
        span = self.source.span(block.start, block.end)
        self._between(block.start)
        self.between = block.end
        if block.fault is not None:
            self._fault(block, block.fault, span)
        elif block.kind == "entry":
            self._entry(block, span)
        elif block.kind == "string":
            one = block.fields[0]
            value = self._value(one)
            if self.grown:
                self.grown = False  # the string stays undefined, and what uses it is told
            else:
                self.values[one.name] = value
            self.strings.append(StringDef(one.name, value, span))
        elif block.kind == "preamble":
            self.preambles.append(span)
        else:
            self.comments.append(span)
        self.last = block.end

    def library(self) -> Library:
        entries = tuple(self.entries.values())
        self._between(len(self.source.text), last=True)
        self._hidden()
        self.found += _dangling(entries, self.entries)
        if not entries and not self.quarantined and _TEXT.search(self.source.text):
            self.found.append(Diagnostic(
                code=NO_ENTRY, span=self.source.span(0), fact="the file holds text and no entry",
                hint="a pasted list of references is read with edition bib --from"))  # fmt: skip
        return Library(
            entries=entries,
            strings=tuple(self.strings),
            preambles=tuple(self.preambles),
            comments=tuple(self.comments),
            quarantined=tuple(self.quarantined),
            source=self.source,
            found=len(entries) + len(self.quarantined),
        )

    def _between(self, end: int, *, last: bool = False) -> None:
        """Tell of text between the blocks that is no comment: it stays where it is, and no reader
        takes it for part of an entry."""
        if last and not self.entries and not self.quarantined:
            return  # no bibliography at all, which is told as such
        text, start = self.source.text, self.between
        lines = [(found.start(), found.group().strip()) for found in
                 re.finditer(r"[^\n]+", text[start:end])]  # fmt: skip
        held = [(at, line) for at, line in lines if line.strip(",;} \t") and line[0] != "%"]
        if not held:
            return
        at, line = held[0]
        field = re.match(r",?\s*[A-Za-z][\w-]*\s*=", line)
        if field and start and text[start:end].count("}") > text[start:end].count("{"):
            brace = self.source.span(start - 1, start)
            self.found.append(Diagnostic(
                code=MALFORMED, span=brace, fix=Fix(brace, "", "delete it"),
                fact="a closing brace too many: fields go on behind the end of the entry, in none",
                hint="without the brace they are part of it"))  # fmt: skip
            return
        many = f"{len(held)} lines stand" if len(held) > 1 else "a line stands"
        shown = line if len(line) <= 60 else line[:60] + "…"
        hint = (
            "it looks like a field: move it into the entry above, before its closing brace"
            if field
            else "references are read with edition bib --from; put % before a remark"
        )
        self.found.append(Diagnostic(
            code=BETWEEN, span=self.source.span(start + at, start + at + len(line)), hint=hint,
            fact=f"{many} between the entries and in none of them: “{shown}”"))  # fmt: skip

    def _hidden(self) -> None:
        held = list(self.source.hidden())
        for number, span in enumerate(held[:_SHOWN]):
            more = (
                f"; {len(held) - _SHOWN} more follow"
                if number == _SHOWN - 1 < len(held) - 1
                else ""
            )
            self.found.append(Diagnostic(
                code=HIDDEN, span=span, hint="delete it in the file",
                fact=f"U+{ord(span.text):04X} cannot be seen and changes what is read{more}",
            ))  # fmt: skip

    def _fault(self, block: scan.BibBlock, fault: scan.BlockFault, span: Span) -> None:
        end = min(fault.at + max(1, fault.fix_length), len(self.source.text))
        at = self.source.span(min(fault.at, end), end)
        fix = None
        if fault.fix:
            place = self.source.span(fault.at, fault.at + fault.fix_length)
            verb = "write" if fault.fix_length else "insert"
            fix = Fix(place, fault.fix, f"{verb} “{fault.fix}”")
        elif fault.kind in ("unclosed", "shape") and self.looked < _LOOKED:
            self.looked += 1
            lacking = closing.missing(span.text)
            if lacking:
                place = span.within(lacking[0], lacking[0])
                shown = lacking[1].strip()
                fix = Fix(place, lacking[1], f"insert “{shown}” at the end of line {place.line}")
        code = _CODES.get(fault.kind, MALFORMED)
        self._quarantine(block, span, code, at, fault.what, fix)

    def _quarantine(
        self, block: scan.BibBlock, span: Span, code: Code, at: Span, what: str,
        fix: Fix | None = None, hint: str = "", *, stays: bool = False,
    ) -> None:  # fmt: skip
        self.quarantined.append(Quarantined(block.key, what, span, stays))
        name = f"the entry “{block.key}”" if block.key else f"the block of line {span.line}"
        self.found.append(Diagnostic(
            code=code, span=at, fact=f"{what}; {name} is set aside as it stands", fix=fix,
            hint=hint or "mend it in the file; until then nothing can cite it",
        ))  # fmt: skip

    def _entry(self, block: scan.BibBlock, span: Span) -> None:
        taken = self.entries.get(block.key)
        if taken is not None:
            what = f"the key “{block.key}” is that of the entry of line {taken.line} already"
            hint = "give it another key; if both are one work, keep one of them"
            self._quarantine(
                block, span, DUPLICATE_KEY, span.within(0, 1), what, hint=hint, stays=True
            )
            return
        if _SURROGATE.search(self.source.text, block.start, block.end):
            what = "it holds bytes that are no text"
            self._quarantine(block, span, encoding.DAMAGED, span.within(0, 1), what)
            return
        fields: dict[str, Field] = {}
        for one in block.fields:
            made = self._field(one)
            before = fields.setdefault(one.name, made)
            if before is not made and before.value != made.value:
                what = f"“{one.name}” stands twice with different content"
                place = self.source.span(one.at, one.end)
                hint = "keep the right one of the two"
                self._quarantine(block, span, DUPLICATE_FIELD, place, what, hint=hint, stays=True)
                return
        self._nested(block)
        self._odd_key(block)
        entry = Entry(block.key, block.type, tuple(fields.values()), span, self._lead(block))
        self.entries[block.key] = entry

    def _field(self, one: scan.RawField) -> Field:
        span = self.source.span(one.start, one.end)
        return Field(one.name, self._value(one), span.text, span)

    def _value(self, one: scan.RawField) -> str:
        parts: list[str] = []
        size = 0
        for piece in one.pieces:
            part = self._piece(piece)
            size += len(part)
            grown = len(part) > piece.end - piece.start
            self.room -= len(part) if grown else 0
            if (size > GROWTH and len(one.pieces) > 1 and size > one.end - one.start) or (
                grown and self.room < 0
            ):
                self._grown(one)
                return self.source.text[one.start : one.end][:200]
            parts.append(part)
        return _SPACE.sub(" ", "".join(parts)).strip()

    def _grown(self, one: scan.RawField) -> None:
        self.grown = True
        if any(found.code is GROWN for found in self.found):
            return
        self.found.append(Diagnostic(
            code=GROWN, span=self.source.span(one.at, one.end),
            fact=f"the strings of “{one.name}” come to more than {GROWTH:,} characters, or "
            f"those of all values to more than {GROWTH_ALL} times the file; they stay apart",
            hint="write the value out"))  # fmt: skip

    def _piece(self, piece: scan.ValuePiece) -> str:
        text = self.source.text[piece.start : piece.end]
        if piece.kind != "w":
            return text[1:-1]
        if text.isdecimal():
            return text
        value = self.values.get(text.lower())
        if value is None:
            fact = f"the string “{text}” is not defined; its name stands for it"
            hint = "define it before: @string{name = {…}}, or put the value in braces"
            span = self.source.span(piece.start, piece.end)
            self.found.append(Diagnostic(code=STRING, span=span, fact=fact, hint=hint))
            return text
        return value

    def _odd_key(self, block: scan.BibBlock) -> None:
        """A comma of full width in a key is a letter of it to every reader."""
        wide = scan.WIDE_COMMA.search(block.key)
        if wide:
            at = self.source.text.index(block.key, block.start)
            self.found.append(Diagnostic(
                code=ODD_KEY, span=self.source.span(at, at + len(block.key)),
                fact=f"the key “{block.key}” holds “{wide.group()}”, which is part of it",
                hint="a citation must have it too; give the entry a plain key"))  # fmt: skip

    def _nested(self, block: scan.BibBlock) -> None:
        for start in scan.entry_starts(self.source.text, block.start + 1, block.end):
            fact = f"a line of the entry “{block.key}” begins like an entry of its own"
            hint = "if it is one, a brace is missing before it"
            span = self.source.span(start, start + 1)
            self.found.append(Diagnostic(code=NESTED, span=span, fact=fact, hint=hint))
            return

    def _lead(self, block: scan.BibBlock) -> int:
        """Where the comment lines directly above the entry begin."""
        text = self.source.text
        lead = text.rfind("\n", self.last, block.start) + 1
        if lead <= self.last or text[lead : block.start].strip():
            return block.start
        while lead > self.last + 1:
            above = text.rfind("\n", self.last, lead - 1) + 1
            if above <= self.last and self.last:
                break
            if not text[above : lead - 1].strip():
                break
            lead = above
        return lead if text[lead : block.start].strip() else block.start


def _dangling(entries: Iterable[Entry], keys: dict[str, Entry]) -> list[Diagnostic]:
    """Entries that inherit from one that isn't there."""
    found = []
    for entry in entries:
        for name in _PARENTS:
            field = entry.field(name)
            if field is None:
                continue
            for key in (one.strip() for one in field.value.split(",")):
                if key and key not in keys:
                    fact = f"“{entry.key}” refers to “{key}”, which is no entry of the file"
                    hint = "mend the key, or add the entry"
                    found.append(Diagnostic(code=CROSSREF, span=field.span or entry.span,
                                            fact=fact, hint=hint))  # fmt: skip
    return found
