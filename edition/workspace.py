"""A new workspace: a small complete edition to begin with, which builds as it is. Its Chinese is
written in traditional characters; in simplified ones it is converted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args

from edition import files, schemas, templates
from edition.diagnostics import Diagnostic, Outcome, error
from edition.script.dictionaries import Script, conversion

TAKEN = error("CFG008", "A folder is not empty")
NO_ROOM = error("CFG009", "A workspace cannot be written")

SAMPLE = "workspace"  # folder of the sample among the templates
Kind = Literal["prose", "verse", "classical", "article"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_CHINESE = (".md", ".toml", ".yaml", ".bib")


def new(
    folder: Path, kind: Kind | None = None, script: Script = "hant"
) -> Outcome[tuple[str, ...]]:  # fmt: skip
    """Write the sample, or that of a kind of text, into ``folder``, which is made or must be
    empty; the paths written, from there. Nothing that exists is touched. ``script``: that its
    Chinese is written and printed in."""
    if folder.exists() and not folder.is_dir():
        return _refused(folder, "there is a file of this name")
    try:
        if folder.is_dir() and any(folder.iterdir()):
            return _refused(folder, f"{folder} is not empty")
        written = []
        for name, path in samples(kind):
            head = schemas.reference(name).encode()
            files.write_bytes(folder / name, head + _in_script(path, script))
            written.append(name)
        for name, text in schemas.files():
            files.write_text(folder / name, text)
            written.append(name)
    except OSError as fault:
        fact = f"{fault.filename or folder}: {fault.strerror or fault}"
        return Outcome((), (Diagnostic(code=NO_ROOM, where=str(folder), fact=fact),))
    return Outcome(tuple(written))


def _refused(folder: Path, fact: str) -> Outcome[tuple[str, ...]]:
    hint = "name a folder that does not exist yet"
    return Outcome((), (Diagnostic(code=TAKEN, where=str(folder), fact=fact, hint=hint),))


def _in_script(path: Path, script: Script) -> bytes:
    """A file of a sample, its Chinese in ``script``."""
    data = path.read_bytes()
    if script == "hant" or path.suffix not in _CHINESE:
        return data
    text = conversion("hans", "generic")(data.decode("utf-8"))
    return re.sub(r'(?m)^((?:source_)?script = )"hant"', r'\1"hans"', text).encode("utf-8")


def samples(kind: Kind | None = None) -> list[tuple[str, Path]]:
    """(path in the workspace, file) of the sample, or of that of a kind of text, in order."""
    root = templates.shipped(SAMPLE) if kind is None else templates.shipped("kinds") / kind
    return [(path.relative_to(root).as_posix(), path) for path in sorted(root.rglob("*"))
            if path.is_file()]  # fmt: skip
