"""The boundary of a workspace: nothing in it leads out of it, and every file in it can be read to
its end. Looked at before anything is read, for what is read may be quoted."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from edition.diagnostics import Diagnostic, error

OUTSIDE = error("WSP001", "A file leads out of the workspace")
NOT_PLAIN = error("WSP002", "A file is no plain file")
TOO_LARGE = error("WSP003", "A file is larger than any text")

FOLDERS = ("source", "bib", "templates")  # what is read without being named
LARGEST = 32 << 20  # bytes of a file that is read as text
_PICTURES = (".png", ".jpg", ".jpeg", ".pdf", ".tif", ".tiff", ".svg", ".psd", ".icc", ".icm")
_READ = (".bib", ".toml", ".sty")
_DEEPEST = 32  # folders within folders
_LINKED = 2  # links on the way: readers follow those of source/ and of a folder in it


def crossed(root: Path) -> tuple[Diagnostic, ...]:
    """What in the workspace ``root`` leads out of it, would never end, or is too large; nothing
    where all is well. Opens no file."""
    top = Path(os.path.realpath(root))
    found: list[Diagnostic] = []
    for name in FOLDERS:
        for path in below(top / name, top):
            fault = _fault(path, top) or _mistaken(path, top)
            if fault is not None:
                found.append(fault)
    return tuple(found)


def below(
    path: Path, top: Path, within: frozenset[str] = frozenset(), links: int = 0
) -> Iterator[Path]:
    """``path`` and all below it, in order; what begins with a full stop is read by nobody. Links to
    folders within ``top``, which is no link, are followed as far as readers follow them, and not
    back into a folder that they lie in: ``within``, without links; ``links`` lead to it."""
    if not os.path.lexists(path):
        return
    yield path
    links += path.is_symlink()
    real = os.path.realpath(path)
    if real in within or len(within) > _DEEPEST or not Path(real).is_relative_to(top):
        return
    if links > _LINKED or not path.is_dir():
        return
    try:
        inner = sorted(one for one in path.iterdir() if not one.name.startswith("."))
    except OSError:
        return  # who reads it says so
    for one in inner:
        yield from below(one, top, within | {real}, links)


def _fault(path: Path, top: Path) -> Diagnostic | None:
    where = path.relative_to(top).as_posix()
    if path.is_symlink():
        # not Path.resolve(), which raises for links that lead to each other
        real = Path(os.path.realpath(path))
        if not real.is_relative_to(top):
            hint = "put the file itself in its place"
            return Diagnostic(code=OUTSIDE, where=where, hint=hint,
                              fact="it is a link to a place outside the workspace")  # fmt: skip
    try:
        status = path.stat()
    except FileNotFoundError:
        return None  # a link to nothing: who reads the folder says so
    except OSError as problem:
        fact = f"it cannot be reached: {problem.strerror}"
        return Diagnostic(code=NOT_PLAIN, where=where, fact=fact, hint="delete it")
    if stat.S_ISDIR(status.st_mode):
        return _linked(path, where)
    if not stat.S_ISREG(status.st_mode):
        fact = f"it is {_kind(status.st_mode)}, and no file"
        return Diagnostic(code=NOT_PLAIN, where=where, fact=fact, hint="delete it")
    if status.st_size > LARGEST and path.suffix.lower() not in _PICTURES:
        fact = f"it has {status.st_size >> 20} MB; texts have up to {LARGEST >> 20}"
        return Diagnostic(code=TOO_LARGE, where=where, fact=fact, hint="divide it, or take it out")
    return None


def _mistaken(path: Path, top: Path) -> Diagnostic | None:
    """In the folders that are read by the names of their files alone, what has such a name and is
    no file; else nobody would say that it is passed over."""
    where = path.relative_to(top).as_posix()
    fact = ""
    if where == "templates" and path.is_file():
        fact = "it is a file, and no folder"
    elif where.startswith(("bib/", "templates")):
        if path.is_symlink() and not path.exists():
            fact = "it is a link to nothing"
        elif path.suffix in _READ and path.is_dir():
            fact = "it is a folder, and no file"
    if not fact:
        return None
    return Diagnostic(code=NOT_PLAIN, where=where, fact=fact, hint="put the file in its place")


def _linked(path: Path, where: str) -> Diagnostic | None:
    """A link to a folder above itself is a loop."""
    if path.is_symlink() and path.parent.resolve().is_relative_to(path.resolve()):
        fact = "it is a link to a folder that it lies in"
        return Diagnostic(code=NOT_PLAIN, where=where, fact=fact, hint="delete it")
    return None


def _kind(mode: int) -> str:
    kinds = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket",
             stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}  # fmt: skip
    return kinds.get(stat.S_IFMT(mode), "something else")
