"""Check text, notes, names, citations and settings: everything that needs no TeX."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from edition.commands import (
    add_dir,
    add_format,
    add_quiet,
    add_trust,
    add_variant,
    asked_variant,
    finish,
    say,
    workspace,
)
from edition.numerals import counted


def arguments(parser: argparse.ArgumentParser) -> None:
    add_dir(parser)
    add_variant(parser)
    parser.add_argument(
        "--base", type=Path, metavar="FILE", default=None,
        help="the base text, which textual notes are compared with",
    )  # fmt: skip
    add_trust(parser)
    add_format(parser)
    add_quiet(parser)


def run(args: argparse.Namespace) -> int:
    from edition.build import check
    from edition.diagnostics import Severity
    from edition.terminal import Progress

    root = workspace(args.dir)
    progress = Progress(quiet=True)
    found = check(root, layout=args.layout, script=args.script, variant=asked_variant(args),
                  base=args.base, progress=progress)  # fmt: skip
    code = finish(found, format=args.format, full=args.all, root=root, quiet=args.quiet)
    if args.format is None and not args.quiet:
        levels = Counter(one.level for one in found)
        names = (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "remark"),
        )
        say(", ".join(counted(levels[level], name) for level, name in names))
    return code
