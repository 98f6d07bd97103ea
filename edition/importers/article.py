"""``edition import``: an article as OCR text or Markdown → a workspace and a report of its faults."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from edition import files
from edition.bibliography.types import Field, Library
from edition.diagnostics import Diagnostic, Outcome
from edition.importers import (
    addresses,
    blocks,
    footnotes,
    joining,
    merging,
    outline,
    report,
    scripts,
    suspects,
    writing,
)
from edition.importers import lines as looks
from edition.importers.citations import Index
from edition.importers.codes import (
    CONFLICT,
    EDITED,
    ENCODING,
    HIDDEN,
    NEVER_CITED,
    NO_FIGURE,
    UNACCOUNTED,
    UNDECODED,
    UNEVEN,
    UNREADABLE,
    UNWRITTEN,
)
from edition.importers.decoding import Decoded, decode
from edition.importers.ledger import Ledger
from edition.importers.proposals import as_yaml
from edition.importers.references import as_bib
from edition.importers.reflist import listed
from edition.importers.structure import Article, Builder
from edition.readers.passage import Passage
from edition.source import SourceFile

REPORT, RECORD = "IMPORT.md", "import.json"
SETTINGS, NOTES, BIB = "source/edition.toml", "source/notes/proposed.yaml", "bib/references.bib"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import made. ``files``: path in the workspace → text; ``blocks``: of each text file
    its (id, block) in order; ``accounted`` as in ``import.json``; ``written``: paths that changed;
    ``changes``: difference to the workspace as it was; ``carried``: the characters of the article
    that go over as they are, in order."""

    files: Mapping[str, str]
    blocks: Mapping[str, tuple[tuple[str, str], ...]]
    accounted: Mapping[str, Any]
    counts: Mapping[str, int]
    encoding: str
    source: str
    carried: str
    written: tuple[str, ...] = ()
    changes: str = ""


def run_import(
    file: Path, to: Path, *, normalise: bool = False, update: bool = False
) -> Outcome[ImportResult | None]:
    """Import ``file`` into the workspace ``to``. A workspace that has been edited since its import,
    or was not made by one, is left as it is (IMP002) unless ``update`` merges into it. None where
    ``file`` cannot be read (IMP001) or ``to`` cannot be written (IMP008)."""
    try:
        data = file.read_bytes()
    except OSError as fault:
        fact = f"{file}: {fault.strerror or fault}"
        return Outcome(None, (Diagnostic(code=UNREADABLE, where=str(file), fact=fact),))
    made = convert(file.name, data, normalise=normalise)
    try:
        return _write(made, to, update=update)
    except OSError as fault:
        fact = f"{fault.filename or to}: {fault.strerror or fault}"
        return Outcome(None, (*made.diagnostics, Diagnostic(
            code=UNWRITTEN, where=str(to), fact=fact, hint="nothing is half written")))  # fmt: skip


def convert(name: str, data: bytes, *, normalise: bool = False) -> Outcome[ImportResult]:
    """The workspace that an article makes, as texts. Pure: nothing is read or written. Never fails:
    what has no form of its own is a paragraph."""
    decoded = decode(name, data)
    made = _Import(decoded, normalise=normalise)
    return Outcome(made.result(), tuple(made.found))


@dataclass(slots=True)
class _Import:
    """One import, step by step; ``found`` grows as it goes."""

    decoded: Decoded
    normalise: bool
    found: list[Diagnostic] = field(default_factory=list)

    def result(self) -> ImportResult:
        file = self.decoded.file
        ledger = Ledger(file)
        self._of_bytes()
        scanned = blocks.Scanner(file, ledger).scan()
        self.found += outline.settle(scanned)
        joined, rejoined = joining.join(file, ledger, scanned)
        self.found += rejoined
        article = Builder(file, ledger, joined, looks.language(file.text)).build()
        self.found += article.found
        library, diagnostics = listed(file, ledger, article.references)
        self.found += diagnostics
        writer = self._writer(article, ledger, library)
        texts = self._texts(article, writer)
        return self._result(article, ledger, writer, texts, library)

    def _of_bytes(self) -> None:
        decoded = self.decoded
        if decoded.replaced:
            at = decoded.file.text.find("\ufffd")
            self.found.append(Diagnostic(
                code=UNDECODED, span=decoded.file.span(at, at + 1),
                fact=f"{decoded.replaced} places are no text in {decoded.encoding}",
                hint="each stands as \ufffd; look for a better copy of the file"))  # fmt: skip
        if decoded.encoding != "UTF-8":
            self.found.append(Diagnostic(code=ENCODING, span=decoded.file.span(0),
                                         fact=f"read as {decoded.encoding}"))  # fmt: skip
        hidden = list(decoded.file.hidden())
        if hidden:
            codes = sorted({f"U+{ord(one.text):04X}" for one in hidden})
            self.found.append(Diagnostic(code=HIDDEN, span=hidden[0], hint="they are dropped",
                                         fact=f"{len(hidden)} of {', '.join(codes[:8])}"))  # fmt: skip

    def _writer(self, article: Article, ledger: Ledger, library: Library) -> writing.Writer:
        file = self.decoded.file
        names = scripts.names_of(article, library, file)
        script, emended, found = scripts.examine(file, ledger, names, apply=self.normalise)
        self.found += found
        self.script = script
        marks = _marks(article)
        notes = footnotes.pair(marks, article.notes)
        self.found += notes.found
        markdown = bool(re.search(r"^#{1,6} |\[\^[^\s\]]+\]:", file.text, re.MULTILINE))
        return writing.Writer(file, ledger, notes, Index(library), emended, emphasis=markdown)

    script: str = "hant"

    def _texts(
        self, article: Article, writer: writing.Writer
    ) -> dict[str, tuple[tuple[str, str], ...]]:
        texts: dict[str, tuple[tuple[str, str], ...]] = {}
        for section in article.sections:
            sides = writer.section(section, article.lang)
            sides[article.lang] += writer.notes(section)
            for lang, made in sides.items():
                if made:
                    texts[f"source/text/{section.stem}.{lang}.md"] = tuple(made)
        return texts

    def _result(
        self, article: Article, ledger: Ledger, writer: writing.Writer,
        texts: dict[str, tuple[tuple[str, str], ...]], library: Library,
    ) -> ImportResult:  # fmt: skip
        self.found += writer.index.found
        proposals = self._examined(article, writer, library)
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(self.decoded.file.path).stem).strip("-._")
        made = {path: merging.join(parts) for path, parts in texts.items()}
        made[SETTINGS] = writing.settings(article, name[:60] or "article", self.script, ledger)
        made[BIB] = as_bib(_with_uses(library, writer.index))
        if proposals:
            made[NOTES] = proposals
        ledger.settle()
        for start, end in ledger.lost():
            self.found.append(Diagnostic(
                code=UNACCOUNTED, span=self.decoded.file.span(start, end),
                fact=f"“{self.decoded.file.text[start:end][:40]}” stands nowhere in the workspace",
                hint="please report this: it is a fault of the importer"))  # fmt: skip
        counts = {
            "sections": len(article.sections),
            "segments": len(writer.written),
            "footnotes": len(article.notes),
            "references": library.found,
            "citations": sum(len(one) for one in writer.index.citedas.values()),
            "findings": len(self.found),
        }
        return ImportResult(files=made, blocks=texts, accounted=ledger.as_dict(self.decoded),
                            counts=counts, encoding=self.decoded.encoding,
                            source=self.decoded.file.path, carried=ledger.kept_text())  # fmt: skip

    def _examined(self, article: Article, writer: writing.Writer, library: Library) -> str:
        """What is wrong with the wording; returns the proposed notes."""
        file = self.decoded.file
        body = [one.segment.passage for one in writer.written]
        body += [cell for one in writer.written for row in one.segment.rows for cell in row]
        notes = [joining.whole(file, one) for one in article.notes]
        listing = [_raw(file, one.start, one.end) for one in library.entries]
        misread, emendations = suspects.misread(file, [*body, *notes, *listing])
        self.found += misread
        authors = [name for entry in library.entries
                   for name in entry.get("author").split(" and ")]  # fmt: skip
        self.found += suspects.spellings(file, authors)
        self.found += suspects.signs([*body, *notes, *listing])
        self.found += addresses.contradictions(_addresses([*notes, *listing]))
        self.found += _uncited(library, writer.index, notes)
        self.found += addresses.unlike(notes)
        self.found += addresses.differing(_addresses(notes), _addresses(listing))
        for one in writer.written:
            segment = one.segment
            if segment.kind == "figure" and not segment.picture:
                self.found.append(Diagnostic(
                    code=NO_FIGURE, span=segment.passage.span(0, len(segment.passage.text)),
                    segment=segment.id, fact="the figure is not in the file",
                    hint="put the picture into the workspace and its path into the parentheses"))
            if segment.kind == "table" and len({len(row) for row in segment.rows}) > 1:
                first = segment.rows[0][0]
                self.found.append(Diagnostic(
                    code=UNEVEN, span=first.span(0, len(first.text)), segment=segment.id,
                    fact="rows differ in length; the shorter ones end in empty cells"))  # fmt: skip
        return as_yaml(emendations, writer.written)


def _raw(file: SourceFile, start: int, end: int) -> Passage:
    return Passage(file, file.text[start:end], tuple(range(start, end)))


def _marks(article: Article) -> list[footnotes.Mark]:
    """Every footnote mark of the text, in order. Bare superscripts are marks only where none has a
    parenthesis: else they are squares and powers."""
    passages = [one for section in article.sections for segment in section.segments
                for one in (segment.passage, *(cell for row in segment.rows for cell in row))]  # fmt: skip
    found = [(passage, *mark) for passage in passages for mark in writing.marks_in(passage)]
    fenced = any(closed for *_, closed in found)
    marks = [
        footnotes.Mark(footnotes.key(label), family, passage.span(start, end))
        for passage, start, end, family, label, closed in found
        if not (family == "super" and fenced and not closed and "<" not in passage.text[start:end])
    ]
    return sorted(marks, key=lambda one: one.span.start)


def _addresses(passages: list[Passage]) -> list[addresses.Address]:
    found = []
    for passage in passages:
        for one in addresses.SOURCE.finditer(passage.text):
            body = one["body"].strip("- •\n\t")
            found.append(addresses.Address(body, one["url"], passage.span(*one.span("url"))))
    return found


def _uncited(library: Library, index: Index, notes: list[Passage]) -> list[Diagnostic]:
    """Entries that neither the text nor a footnote names."""
    if not library.entries:
        return []
    named = " ".join(one.text for one in notes)
    found = []
    for entry in library.entries:
        url = entry.get("url")
        if entry.key in index.cited or (url and url.rstrip("/.") in named):
            continue
        found.append(Diagnostic(
            code=NEVER_CITED, span=entry.span, where=f"entry {entry.key}",
            fact=f"{entry.key} is cited neither in the text nor in a footnote"))  # fmt: skip
    return found


def _with_uses(library: Library, index: Index) -> Library:
    """Entries with ``citedas``: how the text cites them."""
    entries = []
    for entry in library.entries:
        uses = index.citedas.get(entry.key)
        if uses:
            added = Field("citedas", "; ".join(uses))
            entry = replace(entry, fields=(*entry.fields, added))
        entries.append(entry)
    return replace(library, entries=tuple(entries))


# --- the workspace ----------------------------------------------------------------------------


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(path: Path) -> str | None:
    """The text of a file; None where there is none, U+FFFD where it is not UTF-8."""
    if not path.exists():
        return None
    return path.read_text("utf-8", errors="replace")


def _record(to: Path) -> dict[str, Any]:
    """What the last import wrote; empty where there was none."""
    try:
        record = json.loads(_read(to / RECORD) or "{}")
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}


def _write(made: Outcome[ImportResult], to: Path, *, update: bool) -> Outcome[ImportResult | None]:
    result, found = made.value, list(made.diagnostics)
    record = _record(to)
    known = record.get("files") if isinstance(record.get("files"), dict) else {}
    assert isinstance(known, dict)
    edited = _edited(to, result, known)
    if edited and not update:
        names = ", ".join(edited[:5]) + (" …" if len(edited) > 5 else "")
        found.append(Diagnostic(
            code=EDITED, where=str(to), fact=f"edited or not made by an import: {names}",
            hint="nothing was written; --update merges what changed in the article"))  # fmt: skip
        return Outcome(result, tuple(found))
    texts = dict(result.files)
    if edited:
        for path in edited:
            current = _read(to / path)
            if current is None or path not in texts:
                texts.pop(path, None)
                continue
            if path in result.blocks:
                base = record.get("blocks", {}).get(path, {})
                merged = merging.text(path, current, base, result.blocks[path])
                found += merged.found
                texts[path] = merged.text
            else:
                if known.get(path) != _hash(texts[path]) and texts[path] != current:
                    found.append(_conflict(path, current, texts[path]))
                texts[path] = current
    changes = "".join(
        merging.difference(path, current, text) for path, text in sorted(texts.items())
        if (current := _read(to / path)) is not None and current != text
    )  # fmt: skip
    stale = [path for path in known if path not in result.files and path not in edited]
    for path in stale:
        changes += merging.difference(path, _read(to / path) or "", "")
        (to / path).unlink(missing_ok=True)
    result = replace(result, changes=changes)
    written = [path for path, text in sorted(texts.items()) if _read(to / path) != text]
    for path in written:
        files.write_text(to / path, texts[path])
    _write_reports(to, result, found)
    return Outcome(replace(result, written=tuple(written)), tuple(found))


def _conflict(path: str, current: str, new: str) -> Diagnostic:
    return Diagnostic(code=CONFLICT, where=path, fact=f"{path} was edited and stands as it is",
                      hint=merging.difference(path, current, new))  # fmt: skip


def _edited(to: Path, result: ImportResult, known: Mapping[str, str]) -> list[str]:
    """Files that are not as an import left them: changed, removed, or another's."""
    found = []
    for path in sorted({*known, *result.files}):
        current = _read(to / path)
        if path in known:
            if current is None or _hash(current) != known[path]:
                found.append(path)
        elif current is not None:
            found.append(path)
    if not known and not found and any((to / "source").glob("**/*.*")):
        found.append("source/")
    return found


def _write_reports(to: Path, result: ImportResult, found: list[Diagnostic]) -> None:
    accounted = result.accounted
    blocks_of = {path: dict(parts) for path, parts in result.blocks.items()}
    hashes = {path: _hash(text) for path, text in result.files.items()}
    record = report.as_json(result.source, result.encoding, found, accounted, hashes, blocks_of)
    text = report.as_markdown(result.source, result.encoding, found, accounted, result.counts,
                              result.changes)  # fmt: skip
    for path, content in ((RECORD, record), (REPORT, text)):
        if _read(to / path) != content:
            files.write_text(to / path, content)
