"""An article as OCR text or Markdown → the files of a workspace, and what is wrong in it. Pure:
reading and writing are :mod:`edition.importers.workspace`'s."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edition.aligning.asking import Texts
from edition.bibliography.reading import as_bib
from edition.bibliography.types import Entry, Field, Library
from edition.diagnostics import Diagnostic, Outcome
from edition.importers import examination, footnotes, joining, merging, outline, scripts
from edition.importers import lines as looks
from edition.importers.bare import Bare, bare_marks, marks_in
from edition.importers.citations import EntryIndex
from edition.importers.codes import EMENDED, ENCODING, HIDDEN, NO_FONT, UNACCOUNTED, UNDECODED
from edition.importers.decisions import Decisions, Proposal, in_order
from edition.importers.decoding import Decoded, decode
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
from edition.importers.writing import MarkupWriter, numbered_signs
from edition.model import Lang
from edition.source import SourceFile

if TYPE_CHECKING:
    from edition.importers.pairs.units import GivenUnit

SETTINGS, NOTES, BIB = "source/edition.toml", "source/notes/proposed.yaml", "bib/references.bib"
ACCEPTED = "source/notes/accepted.yaml"


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

    def result(self) -> Imported:
        file = self.decoded.file
        drafted = self.draft
        ledger = Ledger(file, was=self.was)
        noted = drafted is not None and drafted.document.notes
        bare = Bare() if noted else bare_marks(file.text, list(seen(file.text)))
        if drafted is None:
            self.found += _of_bytes(self.decoded)
            scanned = Scanner(file, ledger, bare=bare).scan()
        else:
            ledger.ours, ledger.elsewhere = drafted.ours, drafted.document.dropped
            paged = drafted.document.paged
            scanned = Scanner(file, ledger, drafted.given, paged=paged, bare=bare).scan()
        self.found += outline.settle(scanned)
        joined, rejoined = joining.join(ledger, scanned) if drafted is None or (
            drafted.document.paged) else (scanned, [])  # fmt: skip
        self.found += rejoined
        pictures = drafted.document.pictures if drafted else {}
        lang = self.lang or looks.language(file.text)
        article = Builder(file, ledger, joined, lang, pictures, fronted=self.fronted).build()
        self.found += article.found
        library, unread = listed(file, ledger, article.references)
        self.found += unread
        cited = drafted.document.cited if drafted else ()
        own = {one.key for one in library.entries}
        followed = [one for one in self.manner.entries if one.key not in own]
        library = replace(library, entries=(*library.entries, *followed))
        library, unknown = with_places(library, cited, file)
        self.found += unknown
        names = scripts.names_of(article, library, file, self.manner.known)
        script, self.put_right, other = scripts.examine(
            file, names, self.decisions, apply=self.manner.normalise
        )
        self.found += other
        marks = _marks(article, bare)
        if drafted is not None and drafted.document.notes:  # their marks are known
            marks = [one for one in marks if one.family == "markdown"]
        notes = footnotes.pair(marks, article.notes)
        self.found += notes.found
        markdown = drafted is None and bool(
            re.search(r"^#{1,6} |\[\^[^\s\]]+\]:", file.text, re.MULTILINE)
        )
        writer = MarkupWriter(file, ledger, notes, EntryIndex(library), emphasis=markdown,
                        spans=drafted.spans if drafted else Spans(),
                        literal=drafted is not None, interlinear=self.manner.interlinear, bare=bare,
                        lacking=self._lacking(file))  # fmt: skip
        writer.index.cited.update(keys_of(cited))
        texts = _texts(article, writer)
        self.found += writer.index.found
        library = without_uncited(library, followed, writer.index.cited)
        wrong, emendations = examination.examine(
            file,
            article,
            writer,
            library,
            [one.zh for one in names],
            self.manner.known,
            self.decisions,
        )
        self.found += wrong
        made = {path: merging.join(parts) for path, parts in texts.items()}
        numeric = writer.index.numeric
        made[SETTINGS] = settings(article, named(file.path), script, numeric=numeric,
                                  date=drafted.document.date if drafted and drafted.document.date
                                  else article.day)  # fmt: skip
        made[SETTINGS] = numbered_signs(made[SETTINGS], writer.lacking)
        made[BIB] = numbered_signs(as_bib(_with_uses(library, writer.index)), writer.lacking)
        proposed = as_yaml(emendations, writer.written)
        if proposed:
            made[NOTES] = proposed
        if accepted := as_yaml(self.accepted, writer.written, accepted=True):
            made[ACCEPTED] = accepted
        side = Made(
            article=article, library=library, written=tuple(writer.written),
            stems=tuple(_stems(article)), bib=made[BIB], script=script, numeric=numeric,
            notes={own[1:]: block for parts in texts.values() for own, block in parts
                   if own.startswith("^")},
        )  # fmt: skip
        return replace(self._settled(ledger, article, writer, library, made, texts), made=side)

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

    def _settled(
        self, ledger: Ledger, article: Article, writer: MarkupWriter, library: Library,
        files: Mapping[str, str], texts: Mapping[str, tuple[tuple[str, str], ...]],
    ) -> Imported:  # fmt: skip
        file = self.decoded.file
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
            "references": library.found,
            "citations": sum(len(one) for one in writer.index.citedas.values()),
            "findings": len(self.found),
        }
        return Imported(
            files=files, blocks=texts, accounted=account, counts=counts,
            encoding=self.decoded.encoding, source=file.path, carried=ledger.kept_text(),
            pictures=self.draft.document.pictures if self.draft else {},
            open=tuple(in_order(self.decisions.open)),
        )  # fmt: skip


def _of_bytes(decoded: Decoded) -> list[Diagnostic]:
    """What the bytes of the file tell: its encoding, what is no text, what cannot be seen."""
    file = decoded.file
    found: list[Diagnostic] = []
    if decoded.replaced:
        at = file.text.find("\ufffd")
        found.append(Diagnostic(
            code=UNDECODED, span=file.span(at, at + 1),
            fact=f"{decoded.replaced} places are no text in {decoded.encoding}",
            hint="each stands as \ufffd; look for a better copy of the file"))  # fmt: skip
    if decoded.encoding != "UTF-8":
        fact = f"the file is read as {decoded.encoding}"
        found.append(Diagnostic(code=ENCODING, span=file.span(0), fact=fact))
    hidden = list(file.hidden())
    if hidden:
        codes = ", ".join(sorted({f"U+{ord(one.text):04X}" for one in hidden})[:8])
        found.append(Diagnostic(code=HIDDEN, span=hidden[0], hint="they are dropped",
                                fact=f"{len(hidden)} of {codes}"))  # fmt: skip
    return found


def named(path: str) -> str:
    """A name for outputs, from that of the file."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", Path(path).stem).strip("-._")[:60] or "article"


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


def _once(entry: Entry) -> Entry:
    """``entry`` with each field once: what a reference says a second time is a note."""
    seen: dict[str, Field] = {}
    more: list[str] = []
    for one in entry.fields:
        if one.name in seen and one.value != seen[one.name].value:
            more.append(one.value)
        seen.setdefault(one.name, one)
    if more:
        note = "; ".join([*([seen["note"].value] if "note" in seen else []), *more])
        seen["note"] = Field("note", note)
    return replace(entry, fields=tuple(seen.values()))


def _with_uses(library: Library, index: EntryIndex) -> Library:
    """Entries with ``citedas``: how the text cites them."""
    entries = []
    for entry in library.entries:
        if year := re.fullmatch(r"(\d{4})[a-z]", entry.get("year")):
            entry = entry.with_field("year", year[1])  # the letter is given anew, by the list
        entry = _once(entry)
        uses = index.citedas.get(entry.key)
        if uses:
            added = Field("citedas", "; ".join(uses))
            entry = replace(entry, fields=(*entry.fields, added))
        entries.append(entry)
    return replace(library, entries=tuple(entries))
