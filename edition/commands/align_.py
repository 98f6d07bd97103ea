"""Tell which segments of the two languages answer to each other; with --write, write it down.

Ids decide where there are any; else kinds, lengths, figures, citations, names, signs and words do.
--write gives both sides of a pair one id and says by corresp which Chinese segments one English
segment answers to; a pair that is not certain is marked sure="0.83" until it is accepted. --update
takes in a new version of a text and keeps ids, so that notes stay where they are. --review asks
about pairs that are not certain, keeps the answers and writes them into the texts.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from edition.commands import add_dir, add_format, finish, guarded, say
from edition.diagnostics import Diagnostic, exit_code
from edition.numerals import counted


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "segments", metavar="ID", nargs="*", help="with --accept: only these (default: all)"
    )
    parser.add_argument("--write", action="store_true", help="write ids, corresp and sure")
    parser.add_argument(
        "--review", action="store_true",
        help="ask about what is not certain, both texts side by side; the answers go into"
             " alignment-decisions.toml and into the texts, as --write does",
    )  # fmt: skip
    parser.add_argument(
        "--html", action="store_true", help="with --review: on a page in the browser"
    )
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
    from edition import ids, pairing, realign
    from edition.aligning import SURE

    root = guarded(args.dir)
    done: list[str] = []
    told: tuple[Diagnostic, ...] = ()
    if args.update is not None:
        taken = realign.update(root, args.update)
        if not taken.ok:
            return finish(taken.diagnostics, format=args.format, full=args.all, root=root)
        done.append(f"{args.update.name} taken in, {taken.value} ids kept")
    if args.review:
        reviewed = pairing.review(root, "page" if args.html else "terminal")
        if not reviewed.ok:
            return finish(reviewed.diagnostics, format=args.format, full=args.all, root=root)
        told = reviewed.diagnostics
        if reviewed.value:
            done.append(f"{counted(reviewed.value, 'place')} unsure: edition align --review")
    if args.write or args.review:
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
    code = finish((*told, *state.diagnostics), format=args.format, full=args.all, root=root)
    if args.format is None:
        for line in (*done, state.value.line()):
            say(line)
    return code
