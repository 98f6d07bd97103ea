"""Run the project's tests (in a checkout).

Further words are pytest's: edition test tests/commands/test_cli.py -k usage"""

from __future__ import annotations

import argparse

from edition.commands import checkout, start


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="PYTEST…", help="files and options")


def run(args: argparse.Namespace) -> int:
    root = checkout("tests")
    if root is None:
        return 2
    # a few long tests of TeX would else be one worker's at the end
    words = args.words or ["-n", "auto", "--dist", "worksteal", "-q"]
    return start("pytest", *words, root=root)
