"""What lies in a workspace where nothing reads it: a list, decisions, a glossary or notes under a
name or in a folder that is near the right one.

Names of files that are there are taken from their folders: on a system that knows no capitals in
names, ``Names.toml`` would be found as ``names.toml`` too.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from edition import templates
from edition.diagnostics import Code
from edition.readers.codes import TXT001, TXT021, TXT023

BIB: Final = Path("bib")
LIST: Final = "references.bib"
_READ = (LIST, "decisions.toml", "corrected.bib")  # of bib/
# files that belong elsewhere, by their lower-case names
PLACES: Final[Mapping[str, Path]] = {
    **{name: Path("source") / name for name in ("edition.toml", "names.toml", "glossary.toml")},
    **{name: BIB / name for name in _READ},
}
_FOLDERS: Final = (Path("source/text"), Path("source/notes"))
_WRITTEN = (".md", ".markdown", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Stray:
    """A file that is not read: what to say of it."""

    code: Code
    path: Path
    fact: str
    hint: str


def strays(root: Path) -> Iterator[Stray]:
    """What of ``root`` itself, of ``bib/`` and ``templates/`` is not read, and was meant to be."""
    yield from _above(root)
    yield from _of_bib(root)
    yield from _of_templates(root)


def misplaced(path: Path, root: Path) -> Stray | None:
    """A file of the workspace that belongs into another folder: an error where nothing of its name
    is there, else a warning. None for any other file."""
    place = PLACES.get(path.name.lower())
    if place is None or path == root / place:
        return None
    taken = os.path.lexists(root / place)
    fact = f"{path.name} is not read here" + (f": {place.as_posix()} is" if taken else "")
    return Stray(TXT023 if taken else TXT021, path, fact, f"its place is {place.as_posix()}")


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _above(root: Path) -> Iterator[Stray]:
    """In the folder of the workspace: what belongs into ``source/`` or ``bib/``."""
    for path in _inside(root):
        stray = misplaced(path, root)
        if stray is not None:
            yield stray
        for place in _FOLDERS:
            if path.name.lower() == place.name and not os.path.lexists(root / place):
                inside = [one for one in _inside(path) if one.suffix.lower() in _WRITTEN]
                if inside:
                    fact = f"{path.name}/ is not read, and holds {inside[0].name}"
                    yield Stray(TXT021, path, fact, f"its place is {place.as_posix()}/")


def _of_bib(root: Path) -> Iterator[Stray]:
    folder = root / BIB
    if os.path.lexists(folder) and not folder.is_dir():
        yield Stray(TXT001, folder, "it is a file, and not a folder", "make bib a folder")
        return
    present = {one.name: one for one in _inside(folder)}
    for name in _READ:
        path = present.get(name)
        if path is not None and not path.is_file():
            what = "a folder" if path.is_dir() else "no plain file"
            if path.is_symlink() and not path.exists():
                what = "a link to nothing"
            yield Stray(TXT001, path, f"it is {what}", f"make {name} a file, or take it away")
    for name, path in present.items():
        if name not in _READ and not name.startswith("."):
            yield from _near(path, present)


def _near(path: Path, present: Collection[str]) -> Iterator[Stray]:
    """A file of ``bib/`` whose name is nearly that of one that is read."""
    name, suffix = path.name.lower(), path.suffix.lower()
    near = get_close_matches(name, _READ, 1, 0.85)
    alone = suffix in (".bib", ".bibtex") and LIST not in present
    if name in PLACES and name not in _READ:
        yield Stray(TXT021, path, f"{path.name} is not read here",
                    f"its place is {PLACES[name].as_posix()}")  # fmt: skip
    elif near and (near[0] not in present or near[0] == "decisions.toml" or name in _READ):
        yield Stray(TXT021, path, f"{path.name} is not read", f"did you mean {near[0]}?")
    elif alone and path.is_file():
        yield Stray(TXT021, path, f"{path.name} is not read", f"did you mean {LIST}?")


def _of_templates(root: Path) -> Iterator[Stray]:
    folder = root / "templates"
    shipped = templates.shipped("facing.toml").parent
    if folder.resolve() == shipped.resolve():
        return
    known = [one.name for one in _inside(shipped) if one.is_file()]
    for path in _inside(folder):
        if path.name in known or path.is_dir() or path.name.startswith("."):
            continue
        near = get_close_matches(path.name.lower(), known, 1, 0.8)
        if near:
            yield Stray(TXT021, path, f"{path.name} is not read", f"did you mean {near[0]}?")
        elif path.suffix.lower() == ".toml":
            hint = f"a template has the name of one that is shipped: {', '.join(known)}"
            yield Stray(TXT023, path, f"{path.name} is not read", hint)
