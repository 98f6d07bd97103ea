"""What stands beside the texts: notes with their lemmas, names, terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from edition.model.inlines import Inlines, Lang
from edition.source import Span


@dataclass(frozen=True, slots=True)
class Lemma:
    """The words a note is about, as they stand in the segment, and what tells them apart."""

    quote: str
    span: Span
    prefix: str = ""
    suffix: str = ""
    occurrence: int = 0  # 1-based; 0: the lemma must be unique


ReadingType: TypeAlias = Literal[
    "substitution", "omission", "addition", "transposition", "conjecture"
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What witnesses, or a scholar, have in the place of a lemma; of the lemma itself, who has it
    so. An empty ``text`` says that nothing stands there."""

    text: str
    span: Span
    wit: tuple[str, ...] = ()  # sigla
    resp: Mapping[Lang, Inlines] = field(default_factory=dict)  # who conjectured it, and where
    type: ReadingType | None = None
    faulty: bool = False  # the editor calls it a fault: 訛 脫 衍 倒


@dataclass(frozen=True, slots=True)
class ApparatusEntry:
    """An entry of the apparatus: a lemma with its readings, and what the editor says of them."""

    lem: Reading
    readings: tuple[Reading, ...]
    remark: Mapping[Lang, Inlines] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's note. ``lemmas`` and ``texts`` are by language; a language that is missing in
    ``texts`` prints no note on that side. 校 notes have ``sic``/``corr``/``resp``/``evidence``, or
    an ``entry`` of the apparatus, from which their texts are made where none are written."""

    id: str
    layer: str
    at: str  # segment id
    lemmas: Mapping[Lang, Lemma]
    texts: Mapping[Lang, Inlines]
    span: Span
    sic: str = ""
    corr: str = ""
    resp: str = ""
    evidence: str = ""
    proposed: bool = False  # not yet accepted by the editor (written by an import or a collation)
    entry: ApparatusEntry | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a note stands: after code point ``end`` of the plain text of ``segment``, or of one of
    its cells (``cell``, from 1, the head first), or of a footnote that it calls (``footnote``, its
    label)."""

    note: str
    lang: Lang
    segment: str
    start: int
    end: int
    cell: int = 0
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A person, place, body or work of names.toml. Forms of ``locked`` names are never converted
    by script; ``hans``/``hant`` give an explicit form where conversion would be wrong."""

    id: str
    kind: Literal["person", "place", "body", "work"]
    zh: str
    en: str
    span: Span
    variants: tuple[str, ...] = ()  # other spellings in use, either language
    sort: str = ""  # pinyin for Chinese sorting
    locked: bool = False
    hans: str = ""
    hant: str = ""
    short: str = ""  # of a body: what citations say for it, in Chinese and in English texts
    short_en: str = ""
    family: str = ""  # of a person: the surname in English, first or last of ``en``


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of glossary.toml."""

    id: str
    zh: str
    en: str
    span: Span
    pinyin: str = ""
    zh_gloss: Inlines = ()
    en_gloss: Inlines = ()
