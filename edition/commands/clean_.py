"""Remove what was built: dist/ and the caches of the workspace, when no build runs.

Sources, the bibliography and its corrected files stay."""

from __future__ import annotations

import argparse
from pathlib import Path

from edition.commands import EDITION, NO_WORKSPACE, add_dir, finish, say, workspace
from edition.diagnostics import Diagnostic, error

NOT_REMOVED = error("USE006", "A folder cannot be removed")

# ".cache": of builds of before, or where EDITION_CACHE names it
BUILT = ("dist", ".cache")


def arguments(parser: argparse.ArgumentParser) -> None:
    add_dir(parser)


def run(args: argparse.Namespace) -> int:
    root = workspace(args.dir)
    # a folder named dist may hold anything where there is no edition beside it
    if not (root / EDITION).is_file():
        fact = f"there is no {EDITION}, so nothing was removed"
        return finish(
            [
                Diagnostic(
                    code=NO_WORKSPACE,
                    fact=fact,
                    where=str(root),
                    hint="name a workspace with --dir",
                )
            ]
        )
    return finish(_clean(root))


def _clean(root: Path) -> list[Diagnostic]:
    from edition import private
    from edition.build.lock import locked
    from edition.build.run import WAIT, failed
    from edition.build.types import Request

    try:
        home = private.of_workspace(root)
        with locked(home / "lock", seconds=WAIT, waiting=say):
            folders = [*(root / name for name in BUILT), home]
            return [one for folder in folders if (one := remove(folder)) is not None]
    except OSError as problem:
        return [failed(problem, Request(root=root))]


def remove(folder: Path) -> Diagnostic | None:
    import shutil

    if folder.is_symlink() or not folder.exists():
        # what a link leads to is not ours to remove
        if folder.is_symlink():
            folder.unlink()
            say(f"removed the link {folder}")
        return None
    try:
        shutil.rmtree(folder)
    except OSError as problem:
        fact = problem.strerror or str(problem)
        return Diagnostic(code=NOT_REMOVED, fact=fact, where=str(problem.filename or folder))
    say(f"removed {folder}")
    return None
