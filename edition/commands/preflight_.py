"""Look a PDF over before it goes to a printer or an archive; any PDF."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from edition.commands import finish, readable, say
from edition.diagnostics import exit_code


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "--for",
        dest="purpose",
        choices=("auto", "screen", "press", "cover"),
        default="auto",
        help="what the file is for (default: what it says of itself)",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> int:
    from edition.press.preflight.report import PlacedFinding, Report, gathered

    if (unreadable := readable(args.file)) is not None:
        report = Report(file=str(args.file), findings=(PlacedFinding(unreadable),), checked=())
    else:
        from edition.press import preflight

        report = preflight.run(args.file, args.purpose).value
    if args.format == "json":
        say(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        return exit_code(one.diagnostic for one in report.findings)
    code = finish(gathered(report.findings))
    if report.pages:
        say(report.summary())
    return code
