"""A new workspace: a small complete edition to begin with, which builds as it is."""

from __future__ import annotations

from pathlib import Path

from edition import files, templates
from edition.diagnostics import Diagnostic, Outcome, error

TAKEN = error("CFG008", "A folder is not empty")
NO_ROOM = error("CFG009", "A workspace cannot be written")

SAMPLE = "workspace"  # folder of the sample among the templates


def new(folder: Path) -> Outcome[tuple[str, ...]]:
    """Write the sample into ``folder``, which is made or must be empty; the paths written, from
    there. Nothing that exists is touched."""
    if folder.exists() and not folder.is_dir():
        return _refused(folder, "there is a file of this name")
    try:
        if folder.is_dir() and any(folder.iterdir()):
            return _refused(folder, f"{folder} is not empty")
        written = []
        for name, path in samples():
            files.write_bytes(folder / name, path.read_bytes())
            written.append(name)
    except OSError as fault:
        fact = f"{fault.filename or folder}: {fault.strerror or fault}"
        return Outcome((), (Diagnostic(code=NO_ROOM, where=str(folder), fact=fact),))
    return Outcome(tuple(written))


def _refused(folder: Path, fact: str) -> Outcome[tuple[str, ...]]:
    hint = "name a folder that does not exist yet"
    return Outcome((), (Diagnostic(code=TAKEN, where=str(folder), fact=fact, hint=hint),))


def samples() -> list[tuple[str, Path]]:
    """(path in the workspace, file) of the sample, in order."""
    root = templates.shipped(SAMPLE)
    return [(path.relative_to(root).as_posix(), path) for path in sorted(root.rglob("*"))
            if path.is_file()]  # fmt: skip
