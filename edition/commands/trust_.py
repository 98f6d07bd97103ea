"""Let the TeX styles of a workspace run, as they are now.

A style in templates/ is a program, and runs only where you say so: once with --trust-templates, or
recorded for the folder by this command until a style in it changes. Read them first."""

from __future__ import annotations

import argparse

from edition.commands import EDITION, NO_WORKSPACE, add_dir, finish, say, unwritable, workspace
from edition.diagnostics import Diagnostic


def arguments(parser: argparse.ArgumentParser) -> None:
    add_dir(parser)
    parser.add_argument("--revoke", action="store_true", help="trust them no longer")


def run(args: argparse.Namespace) -> int:
    from edition import trust

    root = workspace(args.dir)
    if not (root / EDITION).is_file():
        fact = f"there is no {EDITION}, so nothing was recorded"
        return finish([Diagnostic(code=NO_WORKSPACE, fact=fact, where=str(root),
                                  hint="name a workspace with --dir")])  # fmt: skip
    folder = root / "templates"
    try:
        if args.revoke:
            was = trust.revoke(folder)
            say(f"{folder} is {'no longer' if was else 'not'} trusted")
        elif not trust.styles(folder):
            say(f"there are no styles in {folder}: nothing to trust")
        else:
            trust.record(folder)
            names = ", ".join(path.name for path in trust.styles(folder))
            say(f"{folder} is trusted until one of these changes: {names}")
    except OSError as problem:
        return finish([unwritable(problem, folder)])
    return 0
