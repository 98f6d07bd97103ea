"""Write a new workspace: a small edition that builds, to begin with.

The folder is made, or must be empty: nothing is ever overwritten.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from edition.commands import add_format, finish, say, shorter


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of the workspace")
    parser.add_argument(
        "--template", choices=("prose", "verse", "classical", "article"), default=None,
        help="a small text of this kind, with remarks on what one may write",
    )  # fmt: skip
    parser.add_argument("--script", choices=("hant", "hans"), default="hant", help="of its Chinese")
    add_format(parser)


def run(args: argparse.Namespace) -> int:
    from edition import workspace

    made = workspace.new(args.folder, args.template, args.script)
    code = finish(made.diagnostics, format=args.format, full=args.all)
    if not code and args.format is None:
        say(f"{len(made.value)} files in {shorter(args.folder)}")
        say(f"next: edition build --dir {shorter(args.folder)}")
    return code
