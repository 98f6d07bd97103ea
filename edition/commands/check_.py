"""Check text, notes, names, citations and settings: everything that needs no TeX."""

from __future__ import annotations

import argparse

from edition.commands import add_dir, add_format, add_quiet, add_variant, finish, say, workspace


def arguments(parser: argparse.ArgumentParser) -> None:
    add_dir(parser)
    add_variant(parser)
    add_format(parser)
    add_quiet(parser)


def run(args: argparse.Namespace) -> int:
    from edition.build import check
    from edition.diagnostics import Severity
    from edition.terminal import Progress

    root = workspace(args.dir)
    progress = Progress(quiet=True)
    found = check(root, layout=args.layout, script=args.script, progress=progress)
    code = finish(found, format=args.format, full=args.all, root=root, quiet=args.quiet)
    if args.format is None and not args.quiet:
        count = [sum(one.level is level for one in found) for level in reversed(Severity)]
        say("{} errors, {} warnings, {} remarks".format(*count))
    return code
