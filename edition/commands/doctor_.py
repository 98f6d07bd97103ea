"""List programs, TeX packages, fonts and libraries, and how to install what is missing."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Sequence
from typing import TYPE_CHECKING

from edition.commands import add_dir, say, workspace
from edition.diagnostics import Diagnostic, exit_code

if TYPE_CHECKING:
    from edition.engine.probe import MetNeed

_TITLES = {
    "program": "Programs",
    "tex": "TeX packages",
    "font": "Fonts",
    "style": "Styles of references that a setting may ask for",
    "test": "Programs of the tests",
    "jar": "Java libraries of the tests",
    "library": "Python libraries",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    add_dir(parser)
    parser.add_argument("--tests", action="store_true",
                        help="what only the tests of this project need, too")  # fmt: skip
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> int:
    from edition.engine import probe

    found = probe.survey(probe.needs_of(tests=args.tests))
    missing = (*probe.diagnose(found), *own_fonts(args))
    if args.format == "json":
        say(json.dumps({
            "found": [{"kind": one.need.kind, "name": one.need.name, "version": one.version,
                       "path": one.path, "ok": one.met} for one in found],
            "diagnostics": [one.as_dict() for one in missing],
            "install": probe.install_command(found),
        }, ensure_ascii=False, indent=1))  # fmt: skip
    else:
        table(found)
        conclude(missing, probe.install_command(found))
    return exit_code(missing)


def own_fonts(args: argparse.Namespace) -> tuple[Diagnostic, ...]:
    """What the workspace's own choice of fonts lacks, where there is a workspace."""
    from edition import private
    from edition.config import load
    from edition.engine.cache import Cache
    from edition.engine.fonts import probe
    from edition.engine.probe import style_missing

    root = workspace(args.dir)
    config = load(root).value if (root / "source" / "edition.toml").is_file() else None
    if config is None:
        return ()
    style = style_missing(config.bibliography.style)
    lacking = probe(config, Cache(private.of_workspace(root))).diagnostics
    return lacking if style is None else (*lacking, style)


def table(found: Sequence[MetNeed]) -> None:
    say(f"Python {platform.python_version()} on {platform.platform()}")
    kind = ""
    for one in found:
        if one.need.kind != kind:
            kind = one.need.kind
            say(f"\n{_TITLES[kind]}")
        state = "ok" if one.met else "none" if one.need.kind == "style" else "MISSING"
        told = one.version or ("" if one.met else one.fault or one.need.package)
        where = one.path if kind != "library" else ""
        say(f"  {state:8}{one.need.name:24} {told[:40]:42}{where}".rstrip())


def conclude(missing: Sequence[Diagnostic], command: str) -> None:
    from edition.diagnostics import as_text

    if missing:
        say(f"\n{as_text(missing)}")
    if command:
        say(f"\nInstall what is missing:\n  {command}")
    elif not missing:
        say("\nEverything is there.")
