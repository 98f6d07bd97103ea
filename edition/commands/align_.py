"""Tell which segments of the two languages answer to each other; with --write, write it down.

Ids decide where there are any; else kinds, lengths, figures, citations, names, signs and words do.
--write gives both sides of a pair one id and says by corresp which Chinese segments one English
segment answers to; a pair that is not certain is marked sure="0.83" until it is accepted. --update
takes in a new version of a text and keeps ids, so that notes stay where they are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from edition.commands import add_dir, add_format, finish, guarded, say
from edition.diagnostics import exit_code


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "segments", metavar="ID", nargs="*", help="with --accept: only these (default: all)"
    )
    parser.add_argument("--write", action="store_true", help="write ids, corresp and sure")
    parser.add_argument("--accept", action="store_true", help="what is proposed is right")
    parser.add_argument(
        "--least", metavar="CHANCE", type=float, default=None,
        help="with --write: the least chance that is written (default: 0.75)",
    )  # fmt: skip
    parser.add_argument(
        "--update", metavar="FILE", type=Path,
        help="a new version of the file of this name in source/text",
    )  # fmt: skip
    parser.add_argument("--pairs", action="store_true", help="list all pairs, as JSON")
    add_dir(parser)
    add_format(parser)


def run(args: argparse.Namespace) -> int:
    from edition import ids, realign
    from edition.readers.alignment import SURE

    root = guarded(args.dir)
    done: list[str] = []
    if args.update is not None:
        taken = realign.update(root, args.update)
        if not taken.ok:
            return finish(taken.diagnostics, format=args.format, full=args.all, root=root)
        done.append(f"{args.update.name} taken in, {taken.value} ids kept")
    if args.write:
        least = SURE if args.least is None else args.least
        written = ids.write(root, least=least, joins=True)
        if not written.ok:
            return finish(written.diagnostics, format=args.format, full=args.all, root=root)
        value = written.value
        done.append(f"{value.ids} ids written in {len(value.files)} files, {value.joined} corresp, "
                    f"{value.proposed} pairs proposed")  # fmt: skip
    if args.accept:
        accepted = realign.accept(root, args.segments)
        if not accepted.ok:
            return finish(accepted.diagnostics, format=args.format, full=args.all, root=root)
        done.append(f"{accepted.value} pairs accepted")
    state = realign.state(root)
    if args.pairs:
        rows = [one.as_dict() for one in state.value.rows]
        say(json.dumps(rows, ensure_ascii=False, indent=1))
        return exit_code(state.diagnostics)
    code = finish(state.diagnostics, format=args.format, full=args.all, root=root)
    if args.format is None:
        for line in (*done, state.value.line()):
            say(line)
    return code
