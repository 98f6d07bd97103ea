"""Build the edition: dist/<id>.pdf with its proof, and other formats where they are asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

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
from edition.diagnostics import Diagnostic
from edition.writers import FORMATS, WRITERS

if TYPE_CHECKING:
    from edition.build import Request


def arguments(parser: argparse.ArgumentParser) -> None:
    add_dir(parser)
    add_variant(parser)
    add_trust(parser)
    parser.add_argument(
        "--to", metavar="FORMATS", type=_formats, default=(),
        help=f"with commas between: {', '.join(f'{one.name} ({one.says})' for one in WRITERS)}; "
        "default: [outputs] in edition.toml, else pdf",
    )  # fmt: skip
    parser.add_argument(
        "--all-variants", action="store_true", help="the edition and every one of [variants]"
    )
    parser.add_argument("--out", metavar="DIR", type=Path, help="default: dist/ of the workspace")
    parser.add_argument(
        "--proof", action="store_true", help="pictures of all pages too: proof.png, proof.html"
    )
    parser.add_argument(
        "--plain", action="store_true",
        help="set the whole document in one run of XeLaTeX, not from lines: the same pages, slower",
    )  # fmt: skip
    parser.add_argument(
        "--jobs", metavar="N", type=int, default=0, help="processes at once; default: cores"
    )
    parser.add_argument(
        "--prove-all", action="store_true",
        help="read all pages back, those too that are as in the build before",
    )  # fmt: skip
    add_format(parser)
    add_quiet(parser)


def run(args: argparse.Namespace) -> int:
    from edition.build import Request

    root = workspace(args.dir)
    request = Request(
        root=root, layout=args.layout, script=args.script, variant=asked_variant(args),
        out=args.out, plain=args.plain, jobs=max(0, args.jobs), prove_all=args.prove_all,
        formats=args.to, pages=args.proof,
    )  # fmt: skip
    if not args.all_variants:
        return _finish(args, [_build(args, request)])
    variants = [replace(request.variant, name=name) for name in ("", *_names(root))]
    return _finish(args, [_build(args, replace(request, variant=one)) for one in variants])


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(one.strip() for one in text.split(",") if one.strip())
    unknown = [one for one in names if one not in FORMATS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"there is no format “{text if not names else unknown[0]}”"
                                         f"; there are: {', '.join(FORMATS)}")  # fmt: skip
    return names


def _names(root: Path) -> list[str]:
    from edition import config

    loaded = config.load(root)
    return list(loaded.value.variants) if loaded.value else []


def _finish(args: argparse.Namespace, found: Sequence[Sequence[Diagnostic]]) -> int:
    """Show what was found, once each, and give the exit code."""
    every = {(one.code.id, one.place, one.fact): one for many in found for one in many}
    return finish(
        every.values(), format=args.format, full=args.all, root=workspace(args.dir),
        remarks=False, quiet=args.quiet,
    )  # fmt: skip


def _build(args: argparse.Namespace, request: Request) -> Sequence[Diagnostic]:
    """Build one variant, say what came of it, and give what was found."""
    from edition.build import Built, build, pictures
    from edition.terminal import Progress

    faulty: list[Built] = []  # pages that were not published
    made = build(request, Progress(quiet=args.quiet or args.format is not None),
                 unpublished=faulty.append)  # fmt: skip
    if made.value is not None and args.format is None and not args.quiet:
        unchanged = "" if made.value.prepared else " (nothing has changed)"
        say(f"{shorter(made.value.files[0])}{unchanged}: {made.value.line}")
        texts = [one for one in made.value.files[1:] if one.suffix != ".pdf"]
        if texts:
            say(", ".join(str(shorter(one)) for one in texts))
    found = made.diagnostics
    of = made.value or next(iter(faulty), None)
    if args.proof and of is not None:
        drawn = pictures(request, of, found, published=made.value is not None)
        found = (*found, *drawn.diagnostics)
        if drawn.value is not None and args.format is None and not args.quiet:
            say(f"{shorter(drawn.value.sheet)}, {shorter(drawn.value.report)}")
    return found
