"""Put the pages of a PDF on sheets to print, fold and stitch; any PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from edition.commands import finish, readable, say, shorter, unwritable


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "--signature",
        metavar="N",
        type=int,
        default=0,
        help="pages folded together, a multiple of 4 (default: 0, one stitched booklet)",
    )
    parser.add_argument(
        "--sheet", default="A4", help="A4, A3, letter, trim or WIDTHxHEIGHT in mm (default: A4)"
    )
    parser.add_argument(
        "--creep",
        metavar="MM",
        type=float,
        default=0.0,
        help="how far each sheet pushes the one inside it outwards",
    )
    parser.add_argument("--marks", action="store_true", help="where to cut, fold and gather")
    parser.add_argument(
        "--proof", action="store_true", help="openings as they are read, for proofreading"
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="default: beside FILE")


def run(args: argparse.Namespace) -> int:
    if (unreadable := readable(args.file)) is not None:
        return finish([unreadable])
    from edition.press import service

    try:
        made = service.booklet(
            args.file,
            signature=args.signature,
            sheet=args.sheet,
            creep=args.creep,
            marks=args.marks,
            plan="proof" if args.proof else "booklet",
            out=args.out,
        )
    except OSError as problem:
        return finish([unwritable(problem, args.out or args.file)])
    if made.value is not None:
        say(f"{shorter(made.value)}: print both sides, turning at the short edge")
    return finish(made.diagnostics)
