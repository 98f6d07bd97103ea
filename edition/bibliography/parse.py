"""A BibTeX file → :class:`Library`: every entry and field with its place, broken ones set aside.

:mod:`edition.bibliography.scan` finds the blocks. TeX in values is left as it is; :func:`plain`
makes text of it, for exports and keys of comparison. Nothing is lost: each block that begins like
an entry is among ``entries`` or ``quarantined``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from edition.bibliography import encoding, scan
from edition.bibliography.types import Entry, Field, Library, Quarantined, StringDef
from edition.diagnostics import Code, Diagnostic, Fix, Outcome, error, warning
from edition.source import SourceFile, Span

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

_CODES = {"unclosed": UNCLOSED, "comma": COMMA, "wide": WIDE}
_SPACE = re.compile(r"\s+")
_SURROGATE = re.compile("[\udc80-\udcff]")
_MONTHS = {name: str(number) for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
)}  # fmt: skip
_TEXT = re.compile(r"^[ \t]*[^\s%]", re.MULTILINE)
_PARENTS = ("crossref", "xref", "xdata")


def load(path: Path, shown: str = "") -> Outcome[Library]:
    """The library of a file; empty, with a diagnostic, where the file can't be read."""
    shown = shown or str(path)
    try:
        data = path.read_bytes()
    except OSError as failed:
        fact = f"{shown} cannot be read: {failed.strerror or failed}"
        hint = "a workspace keeps its bibliography in bib/references.bib"
        found = Diagnostic(code=UNREADABLE, fact=fact, where=shown, hint=hint)
        return Outcome(Library(entries=()), (found,))
    return read_bytes(shown, data)


def read_bytes(path: str, data: bytes) -> Outcome[Library]:
    """As :func:`read`, from bytes of any encoding (:mod:`edition.bibliography.encoding`)."""
    decoded = encoding.decode(path, data)
    library = read(decoded.value.source)
    return Outcome(library.value, (*decoded.diagnostics, *library.diagnostics))


def read(source: SourceFile) -> Outcome[Library]:
    """Always a library: what can't be read is quarantined with a diagnostic at its place, and
    ``found == len(entries) + len(quarantined)``. Time is linear in the length of the text."""
    reader = _Reader(source)
    for block in scan.scan(source.text):
        reader.add(block)
    return Outcome(reader.library(), tuple(reader.found))


class _Reader:
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

    def add(self, block: scan.Block) -> None:
        span = self.source.span(block.start, block.end)
        if block.fault is not None:
            self._fault(block, block.fault, span)
        elif block.kind == "entry":
            self._entry(block, span)
        elif block.kind == "string":
            one = block.fields[0]
            value = self._value(one)
            self.values[one.name] = value
            self.strings.append(StringDef(one.name, value, span))
        elif block.kind == "preamble":
            self.preambles.append(span)
        else:
            self.comments.append(span)
        self.last = block.end

    def library(self) -> Library:
        entries = tuple(self.entries.values())
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

    def _fault(self, block: scan.Block, fault: scan.Fault, span: Span) -> None:
        at = self.source.span(fault.at, fault.at + max(1, fault.fix_length))
        fix = None
        if fault.fix:
            place = self.source.span(fault.at, fault.at + fault.fix_length)
            verb = "write" if fault.fix_length else "insert"
            fix = Fix(place, fault.fix, f"{verb} “{fault.fix}”")
        code = _CODES.get(fault.kind, MALFORMED)
        self._quarantine(block, span, code, at, fault.what, fix)

    def _quarantine(
        self, block: scan.Block, span: Span, code: Code, at: Span, what: str,
        fix: Fix | None = None, hint: str = "",
    ) -> None:  # fmt: skip
        self.quarantined.append(Quarantined(block.key, what, span))
        name = f"the entry “{block.key}”" if block.key else f"the block of line {span.line}"
        self.found.append(Diagnostic(
            code=code, span=at, fact=f"{what}; {name} is set aside as it stands", fix=fix,
            hint=hint or "mend it in the file; until then nothing can cite it",
        ))  # fmt: skip

    def _entry(self, block: scan.Block, span: Span) -> None:
        taken = self.entries.get(block.key)
        if taken is not None:
            what = f"the key “{block.key}” is that of the entry of line {taken.line} already"
            hint = "give it another key; if both are one work, keep one of them"
            self._quarantine(block, span, DUPLICATE_KEY, span.within(0, 1), what, hint=hint)
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
                self._quarantine(block, span, DUPLICATE_FIELD, place, what, hint=hint)
                return
        self._nested(block)
        entry = Entry(block.key, block.type, tuple(fields.values()), span, self._lead(block))
        self.entries[block.key] = entry

    def _field(self, one: scan.RawField) -> Field:
        span = self.source.span(one.start, one.end)
        return Field(one.name, self._value(one), span.text, span)

    def _value(self, one: scan.RawField) -> str:
        parts = [self._piece(piece) for piece in one.pieces]
        return _SPACE.sub(" ", "".join(parts)).strip()

    def _piece(self, piece: scan.Piece) -> str:
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

    def _nested(self, block: scan.Block) -> None:
        for start in scan.entry_starts(self.source.text, block.start + 1, block.end):
            fact = f"a line of the entry “{block.key}” begins like an entry of its own"
            hint = "if it is one, a brace is missing before it"
            span = self.source.span(start, start + 1)
            self.found.append(Diagnostic(code=NESTED, span=span, fact=fact, hint=hint))
            return

    def _lead(self, block: scan.Block) -> int:
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


# --- text of values ----------------------------------------------------------------------------

_CASE = re.compile(r"[{}]")
# commands whose argument is the text; the decoder would drop some of them with it
_STYLED = re.compile(
    r"\\(?:textit|textbf|textsc|textsf|texttt|textrm|textup|emph|mkbibquote|mkbibemph|enquote"
    r"|textnormal|uppercase|lowercase|mbox|url)\s*(?=\{)"
)


_MATH = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
_FORMULA = re.compile(r"[^\s\d][^\s]{0,11}|.*[_^\\].*", re.DOTALL)
_RAISED = re.compile(r"([_^])(?:\{([^{}]*)\}|([^{}\\]))")


def unmath(value: str) -> str:
    """A value with its formulas as text: H$_2$O with a subscript, $x$ without its dollars. What is
    no formula, as in “from $5 to $6”, stays."""
    if "$" not in value:
        return value
    return _MATH.sub(_formula, value)


def _formula(found: re.Match[str]) -> str:
    if not _FORMULA.fullmatch(found[1]):
        return found.group()
    names = {"_": "textsubscript", "^": "textsuperscript"}
    return _RAISED.sub(lambda one: f"\\{names[one[1]]}{{{one[2] or one[3] or ''}}}", found[1])


@lru_cache(maxsize=1)
def _decoder() -> object:
    from bibtexparser.middlewares import LatexDecodingMiddleware

    return LatexDecodingMiddleware(keep_braced_groups=True, keep_math_mode=True)


def plain(value: str) -> str:
    """The text of a value: TeX's accents and symbols as characters, braces left out, ``~`` as a
    space. Only values with a backslash are given to the decoder, which is slow."""
    if "\\" in value:
        value = decoded(_STYLED.sub("", value))
    value = _CASE.sub("", value)
    if "://" not in value:
        value = value.replace("~", " ")
    return _SPACE.sub(" ", value).strip()


@lru_cache(maxsize=20_000)
def decoded(value: str) -> str:
    """TeX's accents and symbols as characters; braces stay."""
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field as BlockField

    decoder = _decoder()
    block = Block("article", "key", [BlockField("title", value)])
    done = decoder.transform_entry(block, None)  # type: ignore[attr-defined]
    fields = getattr(done, "fields_dict", {})
    return str(fields["title"].value) if "title" in fields else value
