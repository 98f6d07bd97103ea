"""Print what is measured: times against bare XeLaTeX, precision and recall (in a checkout).

Without a topic all run but the peers; topics are the names of tests/bench/bench_*.py."""

from __future__ import annotations

import argparse

from edition.commands import checkout, finish, say, start
from edition.diagnostics import Diagnostic, error

PEERS = "peers"
NO_BENCH = error("USE008", "There is no such bench")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("topics", nargs="*", metavar="TOPIC")
    parser.add_argument(
        "--peers", action="store_true",
        help="this program, Typst and XeLaTeX with paracol on one corpus: takes minutes; writes "
        "docs/performance.md",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    root = checkout("tests/bench")
    if root is None:
        return 2
    benches = {
        one.stem.removeprefix("bench_"): one
        for one in sorted((root / "tests" / "bench").glob("bench_*.py"))
    }
    unknown = [one for one in args.topics if one not in benches]
    if unknown:
        return finish(
            [
                Diagnostic(
                    code=NO_BENCH,
                    fact=f"there is no bench “{one}”",
                    where="command line",
                    hint=f"there are: {', '.join(benches)}",
                )
                for one in unknown
            ]
        )
    worst = 0
    usual = [] if args.peers else [topic for topic in benches if topic != PEERS]
    for topic in [*(args.topics or usual), *[PEERS] * args.peers]:
        say(f"== {topic}")
        words = ["--write"] if topic == PEERS else []
        worst = max(worst, start(str(benches[topic]), *words, root=root))
    return worst
