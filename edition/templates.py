"""Layouts and TeX styles: those of the workspace before the shipped ones of the same name. Layouts
are data; styles are code, and only those run that the user trusts (:mod:`edition.trust`)."""

from __future__ import annotations

from pathlib import Path

from edition import trust
from edition.diagnostics import Diagnostic, error, info

UNTRUSTED = error("CFG020", "A TeX style of the workspace is not trusted")
RUNS = info("CFG021", "A TeX style of the workspace runs")

_PACKAGE = Path(__file__).resolve().parent
# in a checkout templates/ lies beside the package, in an installed wheel inside it
_SHIPPED = (_PACKAGE.parent / "templates", _PACKAGE / "_templates")


def folders(root: Path) -> tuple[Path, ...]:
    """Where templates are looked for, in order."""
    return (root / "templates", *_SHIPPED)


def find(name: str, root: Path) -> Path | None:
    """The file that serves as template ``name``; None where there is none."""
    own = name.endswith(".toml") or trusted(root) == "trusted"
    for folder in folders(root) if own else _SHIPPED:
        if (folder / name).is_file():
            return folder / name
    return None


def trusted(root: Path) -> trust.State:
    """Whether the styles of a workspace run."""
    return trust.state(root / "templates", _SHIPPED[0])


def told(root: Path) -> tuple[Diagnostic, ...]:
    """What is to be said of a workspace's own styles: that they run, or that they do not."""
    said = trusted(root)
    styles = [f"templates/{path.name}" for path in trust.styles(root / "templates")]
    if said == "trusted":
        fact = "it takes the place of the shipped style, and is code"
        return tuple(Diagnostic(code=RUNS, where=one, fact=fact) for one in styles)
    if said in ("untrusted", "changed"):
        fact = "it is code, and you have not said that it may run"
        if said == "changed":
            fact = "it is code, and has changed since you said that it may run"
        hint = "read it, then run: edition trust (or --trust-templates, for once); or delete it"
        return tuple(Diagnostic(code=UNTRUSTED, where=one, fact=fact, hint=hint) for one in styles)
    return ()


def names(pattern: str, root: Path) -> tuple[str, ...]:
    """Names of all templates that match, for hints."""
    found = {path.name for folder in folders(root) for path in folder.glob(pattern)}
    return tuple(sorted(found))


def shipped(name: str) -> Path:
    """The shipped file or folder ``name``, whatever a workspace has; the first place it may be
    in where there is none."""
    places = [folder / name for folder in _SHIPPED]
    return next((one for one in places if one.exists()), places[0])
