"""The findings of single files, those too that stand in an editor and are not saved."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from edition.diagnostics import Diagnostic

FOLDERS = ("source", "bib", "templates")  # of a workspace, with all that can have findings


def shown(root: Path, path: Path) -> str:
    """``path`` as findings name it: from the workspace ``root``, with slashes; empty where it lies
    outside the folders of which a workspace is made."""
    whole = os.path.abspath(path)  # noqa: PTH100  (links stay: they are named as they are written)
    ways = ((whole, os.path.abspath(root)), (whole, os.path.realpath(root)),  # noqa: PTH100
            (os.path.realpath(path), os.path.realpath(root)))  # fmt: skip
    for inner, outer in ways:
        below = Path(os.path.relpath(inner, outer))
        if below.parts[:1] and below.parts[0] in FOLDERS and len(below.parts) > 1:
            return below.as_posix()
    return ""


def nearest_root(path: Path) -> Path | None:
    """The nearest folder above ``path`` that is a workspace."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100
    return next((one for one in whole.parents if (one / "source" / "edition.toml").is_file()), None)


def of(found: Iterable[Diagnostic], files: Collection[str]) -> tuple[Diagnostic, ...]:
    """The findings at places in ``files``."""
    return tuple(one for one in found if file_of(one) in files)


def file_of(found: Diagnostic) -> str:
    """The file that a finding speaks of; what it names otherwise where that is no file."""
    return found.span.file.path if found.span else found.where
