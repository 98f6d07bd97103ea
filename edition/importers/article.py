"""An article as OCR text or Markdown → the files of a workspace, and what is wrong in it. Pure:
reading and writing are :mod:`edition.importers.workspace`'s."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edition.aligning.asking import Texts
from edition.bibliography.types import Entry, Library
from edition.diagnostics import Diagnostic, Outcome
from edition.importers import examination, footnotes, joining, merging, outline, scripts
from edition.importers import lines as looks
from edition.importers.bare import Bare, bare_marks, marks_in
from edition.importers.citations import EntryIndex
from edition.importers.codes import EMENDED, NO_FONT, UNACCOUNTED
from edition.importers.decisions import Decisions, Proposal, in_order
from edition.importers.decoding import Decoded, decode, findings_of
from edition.importers.documents.draft import Draft, Spans, draft
from edition.importers.documents.model import Document
from edition.importers.keys import keys_of, with_places, without_uncited
from edition.importers.ledger import Ledger
from edition.importers.manner import PLAIN, Manner
from edition.importers.marks import key, seen
from edition.importers.pairs.made import Made
from edition.importers.parts import Article
from edition.importers.proposals import as_yaml
from edition.importers.reflist import listed
from edition.importers.scanner import Scanner
from edition.importers.settings import settings
from edition.importers.structure import Builder
from edition.importers.suspects import Emendation
from edition.importers.uses import with_uses
from edition.importers.writing import MarkupWriter, numbered_signs
from edition.model import Lang
from edition.source import SourceFile

if TYPE_CHECKING:
    from edition.importers.pairs.units import GivenUnit

SETTINGS, NOTES, BIB = "source/edition.toml", "source/notes/proposed.yaml", "bib/references.bib"
ACCEPTED = "source/notes/accepted.yaml"
_MARKDOWN = re.compile(r"^#{1,6} |\[\^[^\s\]]+\]:", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an article makes. ``files``: path in the workspace → text; ``blocks``: of each text file
    its (id, block) in order; ``accounted`` as in ``import.json``; ``carried``: the characters of
    the article that go over as they are, in order."""

    files: Mapping[str, str]
    blocks: Mapping[str, tuple[tuple[str, str], ...]]
    accounted: Mapping[str, Any]
    counts: Mapping[str, int]
    encoding: str
    source: str
    carried: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    open: tuple[Proposal, ...] = ()  # what an editor may decide
    made: Made | None = None  # what it is assembled of
    texts: Texts | None = None  # of a text and its translation: what answers to what
    units: tuple[GivenUnit, ...] = ()  # of a file for translators that this program wrote


def convert(name: str, data: bytes, manner: Manner = PLAIN) -> Outcome[Imported]:
    """The workspace that an article makes, as texts. Never fails: what has no form of its own is
    a paragraph."""
    return _fronted(decode(name, data), None, manner)


def convert_document(
    name: str, document: Document, manner: Manner = PLAIN, *,
    lang: Lang | None = None, fronted: bool = True,
) -> Outcome[Imported]:  # fmt: skip
    """As :func:`convert`, of a document that a reader has read. ``lang``: its language where that
    is known; not ``fronted``: its first lines are text, no title and authors."""
    drafted = draft(name, document, interlinear=manner.interlinear)
    decoded = Decoded(file=drafted.file, encoding=document.format, bom=False, returns=(),
                      characters=document.characters)  # fmt: skip
    made = _fronted(decoded, drafted, manner, lang=lang, fronted=fronted)
    return Outcome(made.value, (*document.found, *made.diagnostics))


def _fronted(
    decoded: Decoded, drafted: Draft | None, manner: Manner, *, lang: Lang | None = None,
    fronted: bool = True,
) -> Outcome[Imported]:  # fmt: skip
    """An import; of a text that is title and authors alone these are the text."""
    made = _converted(decoded, drafted, manner, lang=lang, fronted=fronted)
    if made.value.counts["segments"] or not fronted or not made.value.carried.strip():
        return made
    return _converted(decoded, drafted, manner, lang=lang, fronted=False)


def _converted(
    decoded: Decoded, drafted: Draft | None, manner: Manner, *, lang: Lang | None, fronted: bool
) -> Outcome[Imported]:  # fmt: skip
    """One import; where something is put right, a second one of the text that is right, so that
    every file has it."""
    decisions = Decisions(manner.decisions, decoded.file)
    first = _Import(decoded, decisions, manner, draft=drafted, lang=lang, fronted=fronted)
    made = first.result()
    changes = first.put_right | decisions.characters()
    stale = decisions.findings()
    if not changes:
        return Outcome(made, (*first.found, *stale))
    text = decoded.file.text
    words = "".join(changes.get(at, char) for at, char in enumerate(text))
    right: SourceFile = replace(decoded.file, text=words)  # with the places of a document
    again = _Import(
        replace(decoded, file=right), Decisions(manner.decisions, decoded.file),
        replace(manner, normalise=False), draft=drafted, lang=lang, fronted=fronted,
        was={at: text[at] for at in changes}, accepted=decisions.readings(),
    )  # fmt: skip
    logged = [one for one in first.found if one.code is EMENDED]
    value = again.result()
    return Outcome(value, (*logged, *stale, *again.found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """An article with its list, and both as they are written."""

    article: Article
    library: Library
    script: str
    writer: MarkupWriter
    texts: Mapping[str, tuple[tuple[str, str], ...]]  # path of each file → its (id, block)


@dataclass(slots=True)
class _Import:
    """One import, step by step; ``found`` grows as it goes."""

    decoded: Decoded
    decisions: Decisions
    manner: Manner
    draft: Draft | None = None
    was: Mapping[int, str] = field(default_factory=dict)  # what stood where one was put right
    accepted: Sequence[Emendation] = ()
    put_right: dict[int, str] = field(default_factory=dict)
    lang: Lang | None = None
    fronted: bool = True
    found: list[Diagnostic] = field(default_factory=list)
    ledger: Ledger = field(init=False)
    bare: Bare = field(init=False)

    def __post_init__(self) -> None:
        text = self.file.text
        noted = self.document is not None and self.document.notes
        self.bare = Bare() if noted else bare_marks(text, list(seen(text)))
        self.ledger = Ledger(self.file, was=self.was)
        if self.draft is not None:
            self.ledger.ours, self.ledger.elsewhere = self.draft.ours, self.draft.document.dropped

    @property
    def file(self) -> SourceFile:
        return self.decoded.file

    @property
    def document(self) -> Document | None:
        return self.draft.document if self.draft else None

    def result(self) -> Imported:
        """What the article makes. To be called once: the ledger is written in on the way."""
        article = self._article()
        library, followed = self._library(article)
        names = scripts.names_of(article, library, self.file, self.manner.known)
        script, self.put_right, other = scripts.examine(
            self.file, names, self.decisions, apply=self.manner.normalise
        )
        self.found += other
        writer = self._writer(article, library)
        texts = _texts(article, writer)
        self.found += writer.index.found
        library = without_uncited(library, followed, writer.index.cited)
        wrong, emendations = examination.examine(
            self.file, article, writer, library, [one.zh for one in names], self.manner.known,
            self.decisions,
        )  # fmt: skip
        self.found += wrong
        written = _Written(article=article, library=library, script=script, writer=writer,
                           texts=texts)  # fmt: skip
        files = self._files(written, emendations)
        return replace(self._settled(written, files), made=_made(written, files[BIB]))

    def _article(self) -> Article:
        """The parts of the article: lines scanned, headings settled, what pages cut joined."""
        file, drafted = self.file, self.draft
        if drafted is None:
            self.found += findings_of(self.decoded)
            scanned = Scanner(file, self.ledger, bare=self.bare).scan()
        else:
            paged = drafted.document.paged
            scanner = Scanner(file, self.ledger, drafted.given, paged=paged, bare=self.bare)
            scanned = scanner.scan()
        self.found += outline.settle(scanned)
        if drafted is None or drafted.document.paged:
            scanned, rejoined = joining.join(self.ledger, scanned)
            self.found += rejoined
        pictures = drafted.document.pictures if drafted else {}
        lang = self.lang or looks.language(file.text)
        article = Builder(file, self.ledger, scanned, lang, pictures, fronted=self.fronted).build()
        self.found += article.found
        return article

    def _library(self, article: Article) -> tuple[Library, list[Entry]]:
        """The list of references, and what of it came along with the article."""
        library, unread = listed(self.file, self.ledger, article.references)
        self.found += unread
        own = {one.key for one in library.entries}
        followed = [one for one in self.manner.entries if one.key not in own]
        library = replace(library, entries=(*library.entries, *followed))
        library, unknown = with_places(library, self._cited(), self.file)
        self.found += unknown
        return library, followed

    def _cited(self) -> tuple[str, ...]:
        return self.document.cited if self.document else ()

    def _writer(self, article: Article, library: Library) -> MarkupWriter:
        drafted = self.draft
        marks = _marks(article, self.bare)
        if drafted is not None and drafted.document.notes:  # their marks are known
            marks = [one for one in marks if one.family == "markdown"]
        notes = footnotes.pair(marks, article.notes)
        self.found += notes.found
        emphasis = drafted is None and _MARKDOWN.search(self.file.text) is not None
        writer = MarkupWriter(
            self.file, self.ledger, notes, EntryIndex(library), emphasis=emphasis,
            spans=drafted.spans if drafted else Spans(), literal=drafted is not None,
            interlinear=self.manner.interlinear, bare=self.bare, lacking=self._lacking(self.file),
        )  # fmt: skip
        writer.index.cited.update(keys_of(self._cited()))
        return writer

    def _files(self, written: _Written, emendations: Sequence[Emendation]) -> dict[str, str]:
        """Path of each file of the workspace → its text."""
        article, writer = written.article, written.writer
        made = {path: merging.join(parts) for path, parts in written.texts.items()}
        day = self.document.date if self.document and self.document.date else article.day
        facts = settings(article, named(self.file.path), written.script,
                         numeric=writer.index.numeric, date=day)  # fmt: skip
        made[SETTINGS] = numbered_signs(facts, writer.lacking)
        entries = _bib(with_uses(written.library, writer.index))
        made[BIB] = numbered_signs(entries, writer.lacking)
        if proposed := as_yaml(emendations, writer.written):
            made[NOTES] = proposed
        if accepted := as_yaml(self.accepted, writer.written, accepted=True):
            made[ACCEPTED] = accepted
        return made

    def _lacking(self, file: SourceFile) -> frozenset[str]:
        asked = self.manner.lacking
        lacking = frozenset[str]() if asked is None else asked(file.text)
        if lacking:
            signs = sorted(lacking)
            shown = ", ".join(f"{one} (U+{ord(one):04X})" for one in signs[:12])
            more = f" and {len(signs) - 12} more" if len(signs) > 12 else ""
            at = min(file.text.find(one) for one in signs)
            self.found.append(Diagnostic(
                code=NO_FONT, span=file.span(at, at + 1), fact=f"no font has {shown}{more}",
                hint="their numbers print in their place: [ሀ]{ids=\"U+1200\"}; install a font that "
                     "has them, or name it under [fonts] in edition.toml"))  # fmt: skip
        return lacking

    def _settled(self, written: _Written, files: Mapping[str, str]) -> Imported:
        """The account closed: what nobody answered for is told."""
        file, ledger = self.file, self.ledger
        article, writer = written.article, written.writer
        ledger.settle()
        for start, end in ledger.lost():
            self.found.append(Diagnostic(
                code=UNACCOUNTED, span=file.span(start, end),
                fact=f"“{file.text[start:end][:40]}” stands nowhere in the workspace",
                hint="please report this: it is a fault of the importer"))  # fmt: skip
        account = ledger.as_dict(self.decoded)
        if lost := account["characters"] - account["kept"] - account["dropped"]:
            self.found.append(Diagnostic(
                code=UNACCOUNTED, where=file.path,
                fact=f"{lost} characters of the document were not read",
                hint="please report this: it is a fault of the importer"))  # fmt: skip
        counts = {
            "sections": len(article.sections),
            "segments": len(writer.written),
            "footnotes": len(article.notes) + sum(map(len, writer.asides.values())),
            "references": written.library.found,
            "citations": sum(len(one) for one in writer.index.citedas.values()),
            "findings": len(self.found),
        }
        return Imported(
            files=files, blocks=written.texts, accounted=account, counts=counts,
            encoding=self.decoded.encoding, source=file.path, carried=ledger.kept_text(),
            pictures=self.draft.document.pictures if self.draft else {},
            open=tuple(in_order(self.decisions.open)),
        )  # fmt: skip


def _made(written: _Written, bib: str) -> Made:
    """What the article is assembled of, for an import of both languages."""
    writer = written.writer
    return Made(
        article=written.article, library=written.library, written=tuple(writer.written),
        stems=tuple(_stems(written.article)), bib=bib, script=written.script,
        numeric=writer.index.numeric,
        notes={own[1:]: block for parts in written.texts.values() for own, block in parts
               if own.startswith("^")},
    )  # fmt: skip


def named(path: str) -> str:
    """A name for outputs, from that of the file."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", Path(path).stem).strip("-._")[:60] or "article"


def _bib(library: Library) -> str:
    """The list of works as a ``.bib`` file; its reader is loaded where there is one."""
    if not library.entries and not library.quarantined:
        return ""
    from edition.bibliography.reading import as_bib

    return as_bib(library)


def _stems(article: Article) -> Iterator[str]:
    """The section of each segment, in the order in which they are written."""
    for section in article.sections:
        for _ in section.segments:
            yield section.stem


def _texts(article: Article, writer: MarkupWriter) -> dict[str, tuple[tuple[str, str], ...]]:
    """Path of each text file → its (id, block)."""
    texts: dict[str, tuple[tuple[str, str], ...]] = {}
    for section in article.sections:
        for lang, made in writer.section(section).items():
            made += writer.notes(section, lang, loose=lang == article.lang)
            if made:
                texts[section.path(lang)] = tuple(made)
    return texts


def _marks(article: Article, bare: Bare) -> list[footnotes.FootnoteMark]:
    """Every footnote mark of the text, in order. Bare superscripts are marks only where none has a
    parenthesis: else they are squares and powers."""
    passages = [
        one for section in article.sections for segment in section.segments
        for one in (segment.passage, *(cell for row in segment.rows for cell in row))
    ]  # fmt: skip
    found = [(passage, mark) for passage in passages for mark in marks_in(passage, bare)]
    fenced = any(mark.closed for _, mark in found)
    marks = [
        footnotes.FootnoteMark(key(mark.label), mark.family, passage.span(mark.start, mark.end))
        for passage, mark in found
        if not (mark.family == "super" and fenced and not mark.closed
                and "<" not in passage.text[mark.start : mark.end])
    ]  # fmt: skip
    return sorted(marks, key=lambda one: one.span.start)
