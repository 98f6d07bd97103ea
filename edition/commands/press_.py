"""Build, and make what a printer wants: press file, booklet and cover."""

from __future__ import annotations

import argparse
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
    shorter,
    workspace,
)


def arguments(parser: argparse.ArgumentParser) -> None:
    add_dir(parser)
    add_variant(parser)
    add_trust(parser)
    parser.add_argument(
        "--profile", metavar="NAME", help="of [press.profiles] in edition.toml (default: [press])"
    )
    parser.add_argument("--out", metavar="DIR", type=Path, help="default: dist/ of the workspace")
    add_format(parser)
    add_quiet(parser)


def run(args: argparse.Namespace) -> int:
    from edition.build import Request
    from edition.build.press import press  # the package has the module by this name
    from edition.terminal import Progress

    root = workspace(args.dir)
    request = Request(root=root, layout=args.layout, script=args.script,
                      variant=asked_variant(args), out=args.out)  # fmt: skip
    made = press(request, Progress(quiet=args.quiet or args.format is not None),
                 profile=args.profile)  # fmt: skip
    if made.value is not None and args.format is None and not args.quiet:
        names = ", ".join(str(shorter(one)) for one in made.value.files)
        say(f"{names}: {made.value.pages} pages, spine {made.value.spine:.2f} mm")
    return finish(
        made.diagnostics,
        format=args.format,
        full=args.all,
        root=root,
        remarks=False,
        quiet=args.quiet,
    )
