"""What passes between the parts of the bibliography: entries as they stand in the file, what is
wrong with them, and what an editor decided about it.

An entry is never changed: a correction is a :class:`Change` or a :class:`Merge` *about* it, and
the corrected library is computed from the entries and the applied ones.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from edition.source import SourceFile, Span


class Tier(enum.StrEnum):
    """What becomes of a correction. Its values are those of ``changes.json``."""

    APPLIED = "applied"
    PROPOSED = "proposed"  # waits for the editor
    REFUSED = "refused"  # by the editor, or by a rule that forbids it


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry. ``value`` is the content without its outer braces or quotation
    marks, strings (``@string``) and ``#`` resolved, runs of white space as one space, as BibTeX
    reads them; else as written: inner braces and TeX stay.
    ``raw`` is the value as written, with its delimiters; ``span`` covers ``raw`` in the file."""

    name: str  # lower case
    value: str
    raw: str = ""
    span: Span | None = None  # None: the field isn't in the file


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``fields`` keep the order of the file. ``span`` covers the entry from ``@`` to
    its closing brace; ``start`` and ``end`` are its code-point offsets. ``lead`` is where the
    comment directly above the entry begins (``start`` if there is none): it moves with it."""

    key: str
    type: str  # lower case
    fields: tuple[Field, ...]
    span: Span | None = None  # None: the entry was made, not read
    lead: int = -1

    @property
    def start(self) -> int:
        return self.span.start if self.span else -1

    @property
    def end(self) -> int:
        return self.span.end if self.span else -1

    @property
    def raw(self) -> str:
        return self.span.text if self.span else ""

    @property
    def line(self) -> int:
        return self.span.line if self.span else 0

    def field(self, name: str) -> Field | None:
        # a loop: a generator takes twice as long, and this is asked millions of times
        for one in self.fields:
            if one.name == name:
                return one
        return None

    def get(self, name: str, default: str = "") -> str:
        found = self.field(name)
        return default if found is None else found.value

    def __contains__(self, name: str) -> bool:
        return self.field(name) is not None

    def with_field(self, name: str, value: str) -> Entry:
        """The entry with ``name`` set to ``value`` in its place, or added at the end; an empty
        value removes it. The field keeps its span, so that the file can be patched there."""
        kept = []
        found = False
        for one in self.fields:
            if one.name != name:
                kept.append(one)
            elif not found:
                found = True
                if value:
                    kept.append(Field(name, value, one.raw, one.span))
        if value and not found:
            kept.append(Field(name, value))
        return Entry(self.key, self.type, tuple(kept), self.span, self.lead)


@dataclass(frozen=True, slots=True)
class StringDef:
    """``@string{name = value}``; ``value`` resolved."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A part of the file that is no readable entry. ``span`` covers it verbatim; ``key`` is what
    can be made out of its key. It is counted as one entry and never lost."""

    key: str
    reason: str
    span: Span
    stays: bool = False  # in the corrected file: BibTeX’s readers read on past it

    @property
    def raw(self) -> str:
        return self.span.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A bibliography. ``aliases``: key of a merged entry -> key of the entry that it went into.
    ``found`` counts the entries of the file:
    ``found == len(entries) + number of merged + len(quarantined)`` always holds."""

    entries: tuple[Entry, ...]
    strings: tuple[StringDef, ...] = ()
    preambles: tuple[Span, ...] = ()
    comments: tuple[Span, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    source: SourceFile | None = None
    newline: str = "\n"  # line end of the file
    ends: tuple[str, ...] = ()  # of each line, where they are of several kinds
    mark: bool = False  # byte order mark at its head
    # where each of several files that were joined begins in ``source``
    parts: tuple[tuple[int, SourceFile], ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    found: int = 0

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def place(self, span: Span) -> Span:
        """``span`` in the file that it was read from, where several were joined."""
        if span.file is not self.source:
            return span
        for start, file in reversed(self.parts):
            if start <= span.start:
                return Span(file, span.start - start, span.end - start)
        return span

    def by_key(self) -> dict[str, Entry]:
        return {one.key: one for one in self.entries}

    def find(self, key: str) -> Entry | None:
        """The entry of ``key``, or of what it was merged into. Linear: for many keys, make
        :meth:`by_key` once."""
        key = self.aliases.get(key, key)
        return next((one for one in self.entries if one.key == key), None)


# --- corrections -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of one entry, before and after. ``before`` is empty where the field is missing,
    ``after`` where it is removed. ``rule`` is stable (``name.in-text``, ``pages.locator`` …);
    ``evidence`` says in words what was seen and where. ``field`` may be ``key`` or ``type``."""

    entry: str
    field: str
    before: str
    after: str
    rule: str
    evidence: tuple[str, ...]
    tier: Tier
    confidence: float = 1.0  # 0 … 1
    alternatives: tuple[str, ...] = ()  # other readings, likeliest first
    reason: str = ""  # of the editor, or why a rule refused
    into: str = ""  # key of the entry that this one’s went into


@dataclass(frozen=True, slots=True)
class Conflict:
    """Merged entries that disagree on a field: each key with its reading."""

    field: str
    kept: str
    readings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Entries that are one work. ``fields`` are the fields of the result that ``kept`` lacks or
    has a poorer reading of (name, value), each recorded for the report."""

    kept: str
    merged: tuple[str, ...]
    tier: Tier
    rule: str
    evidence: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyDecision:
    """The editor's word, from ``bib/decisions.toml``. ``accept`` and ``refuse`` speak of a
    proposal, ``set`` gives an own reading (``value``), ``distinct`` says that ``entries`` are
    different works, ``merge`` that they are one (the first is kept). ``before`` is what the
    field held when it was decided: if it holds something else now, the decision is stale."""

    verdict: Literal["accept", "refuse", "set", "distinct", "merge"]
    entries: tuple[str, ...]
    field: str = ""
    before: str = ""
    value: str = ""
    rule: str = ""
    reason: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Everything that was found. ``library`` is the corrected one: applied merges and changes
    done, ``aliases`` filled, ``ids`` set in merged entries."""

    merges: tuple[Merge, ...] = ()
    changes: tuple[Change, ...] = ()
    library: Library = field(default_factory=lambda: Library(entries=()))


# --- evidence from the document --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class InText:
    """A citation as it stands in the text that the list belongs to: ``(凌勝利·雒景瑜 2021, 5)``
    has names ("凌勝利", "雒景瑜"), year "2021", locator "5"."""

    names: tuple[str, ...]
    year: str
    locator: str
    span: Span | None
    key: str = ""  # of the entry cited, where the text or the entry itself says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known besides the list: citations of the text it belongs to, names the edition
    knows (any language), keys that the edition's text cites."""

    citations: tuple[InText, ...] = ()
    names: tuple[str, ...] = ()
    cited: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()  # Chinese texts of the document: its own vocabulary
    auto: bool = True  # False: nothing is applied by itself, all is proposed
    house: bool = False  # True: matters of form are brought into one style too
