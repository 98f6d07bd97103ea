"""Reading a workspace: files → :class:`~edition.model.Edition`, with the place of everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from edition.config import Config, Matter
from edition.diagnostics import Diagnostic, Outcome, unseen
from edition.keeping import Keep
from edition.model import (
    LANGS,
    Edition,
    Footnote,
    Kind,
    Lang,
    Name,
    Note,
    Presence,
    Section,
    Segment,
    Term,
    other,
)
from edition.readers import alignment, contents, discovery, notes, pictures, records, text
from edition.readers.codes import TXT001, TXT002, TXT003, TXT017, TXT019, TXT024
from edition.readers.discovery import GLOSSARY, NAMES, TEXT
from edition.source import SourceFile, Span, UndecodableError, is_there

T = TypeVar("T")


def read_edition(root: Path, config: Config, keep: Keep | None = None) -> Outcome[Edition]:
    """Everything under ``root/source``, aligned; notes have no anchors yet. Best effort: a file
    that cannot be read is left out and reported. Files that ``keep`` has are not parsed again."""
    files = discovery.discover(root)
    reader = _WorkspaceReader(root, files.diagnostics, keep or Keep())
    sections = reader.sections(_in_order(files.value.sections, config.matter))
    names, terms = reader.names(), reader.terms()
    forms = contents.forms(names, terms)
    pairs = alignment.align_all(sections, config.length_ratio, forms)
    found_notes = reader.notes(files.value.notes, config)
    segments = [one for section in sections for lang in LANGS for one in section.side(lang)]
    reader.found += [*text.duplicates(segments), *notes.duplicates(found_notes)]
    edition = Edition(
        sections=sections, pairs=pairs.value, notes=found_notes, names=names,
        terms=terms, segments={(one.lang, one.id): one for one in reversed(segments)},
    )  # fmt: skip
    return Outcome(edition, (*reader.found, *pairs.diagnostics))


def _in_order(stems: Mapping[str, T], matter: Matter) -> dict[str, T]:
    """Sections as the book has them: those of its front matter first, those of its back matter
    last, the others by name between them."""
    front = [one for one in matter.front if one in stems]
    back = [one for one in matter.back if one in stems]
    body = [one for one in stems if one not in front and one not in back]
    return {one: stems[one] for one in (*front, *body, *back)}


def hidden(file: SourceFile) -> list[Diagnostic]:
    """Characters of a file that nobody sees."""
    return [
        Diagnostic(code=TXT003, span=span, hint="delete it", fix=unseen(span),
                   fact=f"U+{ord(span.text):04X} cannot be seen and changes what is read")
        for span in file.hidden()
    ]  # fmt: skip


def _is_text(segment: Segment) -> bool:
    """Whether a segment is text other than a heading."""
    return segment.kind is not Kind.HEADING and segment.presence is Presence.TEXT


def _is_body(segment: Segment) -> bool:
    """Whether a segment is such text, or says itself why there is none."""
    return _is_text(segment) or segment.presence is not Presence.TEXT


class _WorkspaceReader:
    def __init__(self, root: Path, found: Sequence[Diagnostic], keep: Keep) -> None:
        self.root = root
        self.keep = keep
        self.found: list[Diagnostic] = list(found)
        self.absent: list[Lang] = []  # languages that no section has
        self.alone_said = False

    def parsed(
        self, path: Path, read: Callable[[SourceFile], Outcome[T]], *how: str
    ) -> tuple[SourceFile, T] | None:
        """A file and what ``read`` makes of it, which depends on the file and on ``how``."""
        file = self._file(path)
        if file is None:
            return None

        def make() -> tuple[SourceFile, Outcome[T]]:
            done = read(file)
            return file, Outcome(done.value, (*hidden(file), *done.diagnostics))

        held, made = self.keep.value("file", (*how, file.path, file.text), make)
        self.found += made.diagnostics
        return held, made.value

    def _file(self, path: Path) -> SourceFile | None:
        shown = path.relative_to(self.root).as_posix()
        try:
            return SourceFile.read(path, shown)
        except UndecodableError as fault:
            fact = f"byte {fault.offset} (line {fault.line}) is not UTF-8"
            hint = "save the file as UTF-8"
            self.found.append(Diagnostic(code=TXT002, span=fault.span, fact=fact, hint=hint))
        except OSError as fault:
            fact = fault.strerror or "no file"
            hint = "look at its permissions; what the others say of each other waits for it"
            self.found.append(Diagnostic(code=TXT001, where=shown, fact=fact, hint=hint))
        return None

    # --- text -----------------------------------------------------------------------------------

    def sections(self, stems: Mapping[str, Mapping[Lang, Path]]) -> tuple[Section, ...]:
        if not stems:
            where = TEXT.as_posix()
            hint = "edition new DIR makes a workspace to begin with"
            self.found.append(Diagnostic(code=TXT019, where=where, hint=hint,
                                         fact=f"there is no text in {where}"))  # fmt: skip
        self.absent = [
            lang for lang in LANGS if stems and all(lang not in paths for paths in stems.values())
        ]
        return tuple(self._section(stem, paths) for stem, paths in stems.items())

    def _section(self, stem: str, paths: Mapping[Lang, Path]) -> Section:
        sides: dict[Lang, tuple[Segment, ...]] = {"zh": (), "en": ()}
        footnotes: list[Footnote] = []
        read_from: dict[Lang, SourceFile] = {}
        head: Span | None = None
        for lang, path in paths.items():
            parsed = self.parsed(path, partial(text.read, section=stem, lang=lang), stem, lang)
            if parsed is not None:
                file, read = parsed
                head = file.span(0)
                read_from[lang] = file
                resolved = [pictures.resolve(one, self.root) for one in read.segments]
                self.found += [found for _, wrong in resolved for found in wrong]
                sides[lang] = tuple(segment for segment, _ in resolved)
                footnotes += read.footnotes
        if head is not None:
            self._one_sided(stem, paths, head)
        written = self._written(stem, sides, read_from)
        return Section(stem, written["zh"], written["en"], tuple(footnotes))

    def _one_sided(self, stem: str, paths: Mapping[Lang, Path], head: Span) -> None:
        """A section without one of its files; said once of a language that no section has."""
        for lang in LANGS:
            if lang in paths:
                continue
            fact = f"{stem}.{lang}.md does not exist: the section prints one language"
            if lang in self.absent:
                if self.alone_said:
                    continue
                self.alone_said = True
                fact = f"no section has a file .{lang}.md: the edition prints one language"
            self.found.append(Diagnostic(code=TXT017, span=head, fact=fact))

    def _written(
        self, stem: str, sides: Mapping[Lang, tuple[Segment, ...]], files: Mapping[Lang, SourceFile]
    ) -> Mapping[Lang, tuple[Segment, ...]]:
        """The sides of a section without one that holds nothing but headings where the other
        holds a text: it is reported here, once, and not again at each of the other's segments."""
        kept = dict(sides)
        for lang, file in files.items():
            there = sides[other(lang)]
            if any(_is_body(one) for one in sides[lang]):
                continue
            if sides[lang] and not any(_is_text(one) for one in there):
                continue
            what = "has only headings" if sides[lang] else "has no text"
            hint = f"write the translation, or delete {stem}.{lang}.md to print one language"
            self.found.append(Diagnostic(code=TXT024, span=file.span(0), fact=f"the file {what}",
                                         hint=hint))  # fmt: skip
            kept[lang] = ()
        return kept

    # --- notes, names, terms --------------------------------------------------------------------

    def notes(self, files: Sequence[Path], config: Config) -> tuple[Note, ...]:
        made: list[Note] = []
        layers = tuple(one.id for one in config.layers)
        sigla = tuple(one.siglum.zh for one in config.witnesses)
        for path in files:
            read = partial(notes.read, layers=layers, sigla=sigla)
            parsed = self.parsed(path, read, *layers, "", *sigla)
            made += parsed[1] if parsed else ()
        return tuple(made)

    def names(self) -> tuple[Name, ...]:
        path = self.root / NAMES
        parsed = self.parsed(path, records.names) if is_there(path) else None
        return parsed[1] if parsed else ()

    def terms(self) -> tuple[Term, ...]:
        path = self.root / GLOSSARY
        parsed = self.parsed(path, records.terms) if is_there(path) else None
        return parsed[1] if parsed else ()
