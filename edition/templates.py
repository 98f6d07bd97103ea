"""Layouts and TeX styles: those of the workspace before the shipped ones of the same name."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# in a checkout templates/ lies beside the package, in an installed wheel inside it
_SHIPPED = (_PACKAGE.parent / "templates", _PACKAGE / "_templates")


def folders(root: Path) -> tuple[Path, ...]:
    """Where templates are looked for, in order."""
    return (root / "templates", *_SHIPPED)


def find(name: str, root: Path) -> Path | None:
    """The file that serves as template ``name``; None where there is none."""
    for folder in folders(root):
        if (folder / name).is_file():
            return folder / name
    return None


def names(pattern: str, root: Path) -> tuple[str, ...]:
    """Names of all templates that match, for hints."""
    found = {path.name for folder in folders(root) for path in folder.glob(pattern)}
    return tuple(sorted(found))


def shipped(name: str) -> Path:
    """The shipped file or folder ``name``, whatever a workspace has; the first place it may be
    in where there is none."""
    places = [folder / name for folder in _SHIPPED]
    return next((one for one in places if one.exists()), places[0])
