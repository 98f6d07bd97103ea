"""Build the edition: dist/<id>.pdf with its proof."""

from __future__ import annotations

import argparse
from pathlib import Path

from edition.commands import (
    add_dir,
    add_format,
    add_quiet,
    add_variant,
    finish,
    say,
    shorter,
    workspace,
)


def arguments(parser: argparse.ArgumentParser) -> None:
    add_dir(parser)
    add_variant(parser)
    parser.add_argument("--out", metavar="DIR", type=Path, help="default: dist/ of the workspace")
    parser.add_argument(
        "--proof", action="store_true", help="pictures of all pages too: proof.png, proof.html"
    )
    parser.add_argument(
        "--plain", action="store_true",
        help="set the whole document in one run of XeLaTeX, not from lines: the same pages, slower",
    )  # fmt: skip
    parser.add_argument(
        "--jobs", metavar="N", type=int, default=0, help="runs of XeLaTeX at once; default: cores"
    )
    add_format(parser)
    add_quiet(parser)


def run(args: argparse.Namespace) -> int:
    from edition.build import Built, Request, build, pictures
    from edition.terminal import Progress

    root = workspace(args.dir)
    request = Request(
        root=root, layout=args.layout, script=args.script, out=args.out, plain=args.plain,
        jobs=max(0, args.jobs),
    )  # fmt: skip
    faulty: list[Built] = []  # pages that were not published
    made = build(request, Progress(quiet=args.quiet or args.format is not None),
                 unpublished=faulty.append)  # fmt: skip
    if made.value is not None and args.format is None and not args.quiet:
        unchanged = "" if made.value.composed else " (nothing has changed)"
        say(f"{shorter(made.value.pdf)}{unchanged}: {made.value.line}")
    found = made.diagnostics
    of = made.value or next(iter(faulty), None)
    if args.proof and of is not None:
        drawn = pictures(request, of, found, published=made.value is not None)
        found = (*found, *drawn.diagnostics)
        if drawn.value is not None and args.format is None and not args.quiet:
            say(f"{shorter(drawn.value.sheet)}, {shorter(drawn.value.report)}")
    return finish(
        found, format=args.format, full=args.all, root=root, remarks=False, quiet=args.quiet
    )
