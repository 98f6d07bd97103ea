"""Names and terms that are known to be right: of a file that is given, or of the workspace."""

from __future__ import annotations

import re
from pathlib import Path

from edition.characters import HAN
from edition.diagnostics import Outcome
from edition.model import Name, Term
from edition.readers.records import names, terms
from edition.source import SourceFile

_FILES = ("names.toml", "glossary.toml")
_HAN = re.compile(rf"[{HAN}]")


def names_in(path: Path) -> Outcome[tuple[str, ...]]:
    """The Chinese forms in ``path``: a names.toml or glossary.toml, else a text with one on each
    line. Raises ``OSError``."""
    file = SourceFile(path.name, path.read_text("utf-8", errors="replace"))
    if path.suffix != ".toml":
        lines = (line.strip() for line in file.text.splitlines())
        return Outcome(tuple(line for line in lines if _HAN.search(line)))
    read: Outcome[tuple[Name, ...]] | Outcome[tuple[Term, ...]] = (
        terms(file) if re.search(r"^\[\[term\]\]", file.text, re.MULTILINE) else names(file)
    )
    return Outcome(_forms(read.value), read.diagnostics)


def names_of(root: Path) -> Outcome[tuple[str, ...]]:
    """Those of the workspace ``root``; none where there is none yet."""
    found: tuple[str, ...] = ()
    for path in (root / "source" / name for name in _FILES):
        if path.is_file():
            found += names_in(path).value  # what is wrong in them the check tells
    return Outcome(found)


def _forms(records: tuple[Name, ...] | tuple[Term, ...]) -> tuple[str, ...]:
    made: list[str] = []
    for one in records:
        made.append(one.zh)
        if isinstance(one, Name):
            made += [one.hant, one.hans, *(form for form in one.variants if _HAN.search(form))]
    return tuple(dict.fromkeys(form for form in made if form))
