"""Run broken and strange inputs through everything that reads (in a checkout).

An input is known by target and number under a seed: --only text:1234 --seed 7 runs one again. What
is found is made small and kept in tests/fuzz/found/, which the tests run; the exit code is 1."""

from __future__ import annotations

import argparse

from edition.commands import checkout, start

FOLDER = "tests/fuzz"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--minutes", metavar="M", help="for how long (default: 2; 0: no limit)")
    parser.add_argument("--inputs", metavar="N", help="stop after so many")
    parser.add_argument("--seed", metavar="S", help="of what is random (default: the time)")
    parser.add_argument(
        "--target", action="append", metavar="T", help="only this one; may be given again"
    )
    parser.add_argument("--jobs", metavar="J", help="processes at once (default: one a core)")
    parser.add_argument("--only", metavar="T:N", help="run one input again, or the FILE of one")
    parser.add_argument("--keep", metavar="DIR", help="where to keep what is found")


def run(args: argparse.Namespace) -> int:
    root = checkout(FOLDER)
    if root is None:
        return 2
    words = []
    for name in ("minutes", "inputs", "seed", "target", "jobs", "only", "keep"):
        given = getattr(args, name)
        for value in given if isinstance(given, list) else [given]:
            words += [] if value is None else [f"--{name}", value]
    return start(str(root / FOLDER / "run.py"), *words, root=root)
