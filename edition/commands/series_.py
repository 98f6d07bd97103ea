"""Build a series: many workspaces, layouts, scripts and variants, on all cores or on a cluster.

What series.toml lists is built into build/series/NAME, a folder a job, with a report for all."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from edition.commands import add_format, add_quiet, add_trust, finish, say, shorter


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", type=Path, default=Path("series.toml"),
                        help="default: series.toml in this folder")  # fmt: skip
    parser.add_argument("--list", action="store_true",
                        help="the jobs, and nothing is built; with --format json, a matrix for CI"
                        )  # fmt: skip
    parser.add_argument("--only", action="append", default=[], metavar="JOB",
                        help="this job, or all of this volume; * for any letters; may be given "
                        "again")  # fmt: skip
    parser.add_argument("--report", action="store_true",
                        help="build nothing: report what is there")  # fmt: skip
    parser.add_argument("--out", metavar="DIR", type=Path, help="default: build/series/NAME")
    parser.add_argument("--jobs", metavar="N", type=int, default=0,
                        help="jobs at once on this machine; default: cores")  # fmt: skip
    parser.add_argument("--scheduler", metavar="ADDRESS", default="",
                        help="build on the workers of a Dask cluster: tcp://HOST:8786")  # fmt: skip
    parser.add_argument(
        "--prove-all", action="store_true",
        help="build everything again, and read all pages back",
    )  # fmt: skip
    parser.add_argument("--cache", metavar="DIR", type=Path, default=None,
                        help="where caches and work lie (default: EDITION_CACHE, or the user's "
                        "cache folder)")  # fmt: skip
    add_trust(parser)
    add_format(parser)
    add_quiet(parser)


def run(args: argparse.Namespace) -> int:
    from edition.series.run import Asked, series
    from edition.terminal import Progress

    asked = Asked(
        file=args.file, only=tuple(args.only), out=args.out, jobs=max(0, args.jobs),
        scheduler=args.scheduler, report_only=args.report, prove_all=args.prove_all,
    )  # fmt: skip
    if args.list:
        return listed(args, asked)
    progress = Progress(quiet=args.quiet or args.format is not None)
    came = series(asked, progress.say)
    code = finish(came.diagnostics, format=args.format, full=args.all, root=asked.top,
                  remarks=False, quiet=args.quiet)  # fmt: skip
    if came.value is not None and args.format is None and not args.quiet:
        where = came.value.page or came.value.folder
        say(f"{shorter(where.resolve())}: {came.value.line}")
    return code


def listed(args: argparse.Namespace, asked: object) -> int:
    from edition.series.run import Asked, matrix, planned

    assert isinstance(asked, Asked)
    plan = planned(asked)
    code = finish(plan.diagnostics, full=args.all, root=asked.top) if plan.diagnostics else 0
    if plan.value is None or code:
        return code
    name, jobs = plan.value
    if args.format == "json":
        say(json.dumps(matrix(jobs, name), ensure_ascii=False))
    else:
        for job in jobs:
            say(job.name)
    return 0
