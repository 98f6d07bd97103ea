"""Reading a workspace: files → :class:`~edition.model.Edition`, with the place of everything."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome
from edition.model import LANGS, Edition, Footnote, Lang, Name, Note, Section, Segment, Term
from edition.readers import alignment, notes, records, text
from edition.readers.codes import TXT001, TXT002, TXT003, TXT017, TXT019, TXT021
from edition.source import SourceFile, Span, UndecodableError

TEXT: Final = Path("source") / "text"
NOTES: Final = Path("source") / "notes"
NAMES: Final = Path("source") / "names.toml"
GLOSSARY: Final = Path("source") / "glossary.toml"
_STEM = re.compile(r"\w[\w.-]*")  # it becomes part of ids


def read_edition(root: Path, config: Config) -> Outcome[Edition]:
    """Everything under ``root/source``, aligned; notes have no anchors yet. Best effort: a file
    that cannot be read is left out and reported."""
    reader = _Reader(root)
    sections = reader.sections()
    pairs = alignment.align_all(sections, config.length_ratio)
    found_notes = reader.notes(tuple(layer.id for layer in config.layers))
    segments = [one for section in sections for lang in LANGS for one in section.side(lang)]
    reader.found += [*text.duplicates(segments), *notes.duplicates(found_notes)]
    edition = Edition(
        sections=sections, pairs=pairs.value, notes=found_notes, names=reader.names(),
        terms=reader.terms(), segments={(one.lang, one.id): one for one in reversed(segments)},
    )  # fmt: skip
    return Outcome(edition, (*reader.found, *pairs.diagnostics))


def hidden(file: SourceFile) -> list[Diagnostic]:
    """Characters of a file that nobody sees."""
    return [
        Diagnostic(code=TXT003, span=span, hint="delete it",
                   fact=f"U+{ord(span.text):04X} cannot be seen and changes what is read")
        for span in file.hidden()
    ]  # fmt: skip


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.found: list[Diagnostic] = []

    def file(self, path: Path) -> SourceFile | None:
        shown = path.relative_to(self.root).as_posix()
        try:
            file = SourceFile.read(path, shown)
            self.found += hidden(file)
            return file
        except UndecodableError as fault:
            fact = f"byte {fault.offset} (line {fault.line}) is not UTF-8"
            hint = "save the file as UTF-8"
            self.found.append(Diagnostic(code=TXT002, where=shown, fact=fact, hint=hint))
        except OSError as fault:
            fact = fault.strerror or "no file"
            hint = "look at its permissions; what the others say of each other waits for it"
            self.found.append(Diagnostic(code=TXT001, where=shown, fact=fact, hint=hint))
        return None

    # --- text -----------------------------------------------------------------------------------

    def sections(self) -> tuple[Section, ...]:
        folder = self.root / TEXT
        stems: dict[str, dict[Lang, Path]] = {}
        for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
            stem, _, lang = path.name.removesuffix(".md").rpartition(".")
            side = next((one for one in LANGS if one == lang), None)
            if side is None or not _STEM.fullmatch(stem):
                where = path.relative_to(self.root).as_posix()
                hint = "letters, digits and hyphens: 01-name.zh.md or 01-name.en.md"
                self.found.append(Diagnostic(code=TXT021, where=where, hint=hint,
                                             fact=f"{path.name} is not read"))  # fmt: skip
            else:
                stems.setdefault(stem, {})[side] = path
        if not stems:
            where = TEXT.as_posix()
            hint = "edition new DIR makes a workspace to begin with"
            self.found.append(Diagnostic(code=TXT019, where=where, hint=hint,
                                         fact=f"there is no text in {where}"))  # fmt: skip
        return tuple(self._section(stem, paths) for stem, paths in sorted(stems.items()))

    def _section(self, stem: str, paths: dict[Lang, Path]) -> Section:
        sides: dict[Lang, tuple[Segment, ...]] = {"zh": (), "en": ()}
        footnotes: list[Footnote] = []
        head: Span | None = None
        for lang, path in paths.items():
            file = self.file(path)
            if file is not None:
                head = file.span(0)
                read = text.read(file, stem, lang)
                self.found += read.diagnostics
                sides[lang] = read.value.segments
                footnotes += read.value.footnotes
        missing = [lang for lang in LANGS if lang not in paths]
        for lang in missing:
            fact = f"{stem}.{lang}.md does not exist: the section prints one language"
            where = f"{TEXT.as_posix()}/{stem}.{alignment.other(lang)}.md"
            self.found.append(Diagnostic(code=TXT017, span=head, where=where, fact=fact))
        return Section(stem, sides["zh"], sides["en"], tuple(footnotes))

    # --- notes, names, terms --------------------------------------------------------------------

    def notes(self, layers: tuple[str, ...]) -> tuple[Note, ...]:
        folder = self.root / NOTES
        made: list[Note] = []
        if folder.is_dir():
            for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
                file = self.file(path)
                if file is not None:
                    read = notes.read(file, layers)
                    self.found += read.diagnostics
                    made += read.value
        return tuple(made)

    def names(self) -> tuple[Name, ...]:
        path = self.root / NAMES
        file = self.file(path) if os.path.lexists(path) else None
        if file is None:
            return ()
        read = records.names(file)
        self.found += read.diagnostics
        return read.value

    def terms(self) -> tuple[Term, ...]:
        path = self.root / GLOSSARY
        file = self.file(path) if os.path.lexists(path) else None
        if file is None:
            return ()
        read = records.terms(file)
        self.found += read.diagnostics
        return read.value
