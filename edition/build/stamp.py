"""What a build was made from, and with, as one digest: equal stamps, equal outputs.

Nothing heavy is imported here: this is all that runs when nothing has changed.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from edition import templates
from edition.engine import identity
from edition.engine.cache import digest
from edition.files import write_text

_PACKAGE = Path(__file__).resolve().parents[1]
INPUTS = ("source", "bib")
_TEX_LISTS = (
    "/var/lib/texmf",
    "/usr/share/texlive/texmf-dist",
    "/usr/share/texmf",
    "/usr/local/share/texmf",
)
# what of the environment changes the bytes of a PDF, or which fonts and packages are found
_ENVIRONMENT = ("SOURCE_DATE_EPOCH", "TEXMFHOME", "OSFONTDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the last whole build of a variant left: written last, removed first."""

    stamp: str
    line: str  # the line of proof
    outputs: dict[str, tuple[int, int]]  # path -> size, time of change in ns
    pictures: tuple[str, ...]  # files named by figures, relative to the workspace
    remarks: tuple[dict[str, Any], ...] = ()  # warnings and the like, see edition.build.remarks


def inputs(root: Path, request: Sequence[str]) -> str:
    """Digest of everything that a build depends on but pictures: the workspace's files by
    content; program, libraries, fonts and TeX by identity. ``request`` is what was asked for."""
    parts: list[str | bytes] = [*request]
    for folder in [root / one for one in INPUTS] + list(templates.folders(root)):
        for path in _files(folder):
            parts += [str(path.relative_to(folder)), _content(path)]
    parts += [code(), templates.trusted(root), *tools()]
    parts += [f"{name}={os.environ.get(name, '')}" for name in _ENVIRONMENT]
    return digest(*parts)


@lru_cache(maxsize=1)
def code() -> str:
    """Digest of this program and its libraries."""
    parts: list[str | bytes] = [platform.python_version(), *_libraries()]
    for path in _files(_PACKAGE, ".py"):
        parts += [str(path.relative_to(_PACKAGE)), _content(path)]
    return digest(*parts)


def with_pictures(stamp: str, root: Path, pictures: Sequence[str]) -> str:
    """The whole stamp. Only a finished build knows which pictures, anywhere in the workspace, its
    figures name; hence the two steps."""
    return digest(stamp, *(part for one in pictures for part in (one, _content(root / one))))


def tools() -> Iterator[str]:
    """Identities of the programs, TeX's packages and the fonts; starts only fontconfig."""
    for program in ("xelatex", "xdvipdfmx", "biber"):
        yield identity.program_identity(program)
    for folder in _TEX_LISTS:
        yield identity.file_identity(Path(folder) / "ls-R")
    yield identity.font_identity()


def _files(folder: Path, suffix: str = "") -> list[Path]:
    """All files below ``folder``, in order, without those of editors and caches."""
    found: list[Path] = []
    for where, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith((".", "__pycache__"))]
        found += [
            Path(where) / one
            for one in names
            if one.endswith(suffix) and not one.startswith(".") and one[-1:] != "~"
        ]
    return sorted(found)


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            return b"no file"  # a pipe or a device may never end
        return path.read_bytes()
    except OSError as problem:
        return f"unreadable {problem.errno}".encode()


def _libraries() -> Iterator[str]:
    """Installed distributions with their versions, by the names of their folders."""
    import sysconfig

    with contextlib.suppress(OSError):
        folder = Path(sysconfig.get_paths()["purelib"])
        yield from sorted(one.name for one in folder.iterdir() if one.suffix == ".dist-info")


def stat_outputs(paths: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """Size and time of each file; raises ``OSError`` where one is gone."""
    found = {}
    for path in paths:
        status = path.stat()
        found[str(path)] = (status.st_size, status.st_mtime_ns)
    return found


def whole(state: State) -> bool:
    """Whether the outputs are still those that the build left."""
    try:
        return stat_outputs([Path(one) for one in state.outputs]) == state.outputs
    except OSError:
        return False


def read(path: Path) -> State | None:
    """The state, or None where there is none or it is damaged."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return State(
            stamp=str(data["stamp"]),
            line=str(data["line"]),
            outputs={
                str(name): (int(size), int(time)) for name, (size, time) in data["outputs"].items()
            },
            pictures=tuple(str(one) for one in data["pictures"]),
            remarks=tuple(dict(one) for one in data["remarks"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write(path: Path, state: State) -> None:
    write_text(path, json.dumps(asdict(state), ensure_ascii=False, indent=1) + "\n")
