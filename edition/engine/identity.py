"""Identities of what a build is made with: they change when the thing does. Nothing heavy is
imported and only fontconfig is started, for this runs before every build."""

from __future__ import annotations

import os
from pathlib import Path

from edition.engine import programs
from edition.engine.cache import digest

_SECONDS = 60.0


def program_identity(name: str) -> str:
    """Changes when the program does; starts nothing."""
    found = programs.find(name)
    if found is None:
        return f"{name}:none"
    return file_identity(Path(found).resolve())


def file_identity(path: Path) -> str:
    """Path, size and time of change."""
    try:
        status = path.stat()
    except OSError:
        return f"{path}:none"
    return f"{path}:{status.st_size}:{status.st_mtime_ns}"


def font_identity() -> str:
    """Changes when a font is installed, removed or replaced."""
    paths = sorted(set(list_fonts("%{file}\n")) - {""})
    return digest(*(file_identity(Path(one)) for one in paths))


def list_fonts(form: str) -> list[str]:
    """A line of ``form`` for each face that fontconfig knows; none where it is missing."""
    program = programs.find("fc-list")
    said = None if program is None else programs.output([program, "--format", form], _SECONDS)
    # not splitlines(): a name may have any of the characters at which that parts
    lines = os.fsdecode(said.out).split("\n") if said and said.status == 0 else []
    return [one for one in lines if "\0" not in one]  # which no name has: it is not fontconfig's
