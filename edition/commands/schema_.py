"""Print a JSON Schema of the files that an editor writes, or write those that a workspace's name.

Editors that know them complete and explain keys as one types: docs/editors.md.
"""

from __future__ import annotations

import argparse

from edition.commands import add_dir, add_format, finish, guarded, say, unwritable


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", default="", help="without it, all names")
    parser.add_argument(
        "--write", action="store_true", help="into schemas/ of the workspace, all of its files"
    )
    add_dir(parser)
    add_format(parser)


def run(args: argparse.Namespace) -> int:
    import sys

    from edition import schemas
    from edition.cli import WRONG_USAGE
    from edition.diagnostics import Diagnostic

    if args.write:
        return _write(args)
    if args.name and args.name not in schemas.NAMES:
        wrong = Diagnostic(code=WRONG_USAGE, where="command line",
                           fact=f"there is no schema “{args.name}”",
                           hint=f"there are: {', '.join(schemas.NAMES)}")  # fmt: skip
        return finish([wrong], format=args.format)
    if args.name:
        sys.stdout.write(schemas.text(args.name))  # as it is: another program reads it
        return 0
    for one in schemas.SCHEMAS:
        say(f"{one.name:20} {one.of or 'what --format json tells'}")
    return 0


def _write(args: argparse.Namespace) -> int:
    from edition import schemas
    from edition.files import write_all

    root = guarded(args.dir)
    made = [(root / name, text.encode()) for name, text in schemas.files()]
    if not (root / schemas.FOLDER).resolve().is_relative_to(root.resolve()):
        problem = OSError(0, "it is a link that leads out of the workspace",
                          str(root / schemas.FOLDER))  # fmt: skip
        return finish([unwritable(problem, root)], format=args.format)
    try:
        write_all(made)
    except OSError as problem:
        return finish([unwritable(problem, root)], format=args.format)
    if args.format is None:
        say(f"{len(made)} schemas in {root / schemas.FOLDER}")
    return 0
