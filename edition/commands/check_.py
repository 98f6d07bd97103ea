"""Check text, notes, names, citations and settings: everything that needs no TeX.

FILE asks for the findings of files alone; --stdin PATH checks what an editor holds and has not
saved, as if it stood there. --fix makes the fixes that need no asking: docs/editors.md.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from edition.commands import (
    add_dir,
    add_format,
    add_quiet,
    add_trust,
    add_variant,
    asked_variant,
    finish,
    say,
    unwritable,
    workspace,
)
from edition.diagnostics import Diagnostic, Severity, error
from edition.numerals import counted

NO_PART = error("USE015", "A file that is no part of a workspace")
DECISIONS = "bib/decisions.toml"
NOT_TOGETHER = error("USE016", "Options of the check that do not go together")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar="FILE", nargs="*", type=Path, help="tell the findings of these files only"
    )
    parser.add_argument(
        "--stdin", metavar="PATH", type=Path, default=None,
        help="check standard input as if it were the file PATH, and tell its findings only",
    )  # fmt: skip
    parser.add_argument("--fix", action="store_true", help="make the fixes that are safe")
    parser.add_argument(
        "--dry-run", action="store_true", help="with --fix: show what would change, write nothing"
    )
    add_dir(parser)
    add_variant(parser)
    parser.add_argument(
        "--base", type=Path, metavar="FILE", default=None,
        help="the base text, which textual notes are compared with",
    )  # fmt: skip
    add_trust(parser)
    add_format(parser)
    add_quiet(parser)


def run(args: argparse.Namespace) -> int:
    wrong = _together(args)
    if wrong:
        return finish([wrong], format=args.format)
    from edition.build import onefile
    from edition.source import unsaved

    asked: list[Path] = [*args.files, *([args.stdin] if args.stdin else [])]
    root = args.dir or (onefile.nearest_root(asked[0]) if asked else None) or workspace(None)
    root = root.resolve()
    files = [onefile.shown(root, path) for path in asked]
    strange = [_no_part(path, root) for path, name in zip(asked, files, strict=True)
               if name in ("", DECISIONS)]  # fmt: skip
    if strange:
        return finish(strange, format=args.format)
    only = files if asked else None
    texts: Mapping[Path, bytes] = {}
    if args.stdin:
        texts = {root / files[-1]: sys.stdin.buffer.read()}
    with unsaved(texts) if texts else nullcontext():
        if args.fix:
            return _fix(args, root, only)
        return _told(args, root, _check(args, root, only))


def _together(args: argparse.Namespace) -> Diagnostic | None:
    fact = ""
    if args.stdin and (args.fix or args.files):
        fact = "--stdin stands alone: it is one file, and it is not written"
    elif args.dry_run and not args.fix:
        fact = "--dry-run is a part of --fix"
    if not fact:
        return None
    return Diagnostic(code=NOT_TOGETHER, where="command line", fact=fact,
                      hint="with --format json each finding of --stdin has its fix")  # fmt: skip


def _no_part(path: Path, root: Path) -> Diagnostic:
    if path.name == Path(DECISIONS).name:
        return Diagnostic(code=NO_PART, where=str(path), hint="edition bib --check looks at it",
                          fact="decisions on bibliographies are no part of it")  # fmt: skip
    return Diagnostic(code=NO_PART, where=str(path), hint="name one in source/, bib/, templates/",
                      fact=f"it is no file of the workspace {root}")  # fmt: skip


def _check(
    args: argparse.Namespace, root: Path, only: Sequence[str] | None
) -> tuple[Diagnostic, ...]:
    import gc

    from edition.build import check

    gc.disable()  # a check makes values that all live to its end
    return check(root, layout=args.layout, script=args.script, variant=asked_variant(args),
                 base=args.base, only=only)  # fmt: skip


def _told(
    args: argparse.Namespace, root: Path, found: Sequence[Diagnostic], **more: Any
) -> int:  # fmt: skip
    """Show what was found; the exit code."""
    code = finish(found, format=args.format, full=args.all, root=root, quiet=args.quiet, more=more)
    if args.format is None and not args.quiet:
        levels = Counter(one.level for one in found)
        names = (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "remark"),
        )
        say(", ".join(counted(levels[level], name) for level, name in names))
    return code


def _fix(args: argparse.Namespace, root: Path, only: Sequence[str] | None) -> int:
    from edition.build import onefile, repairs

    wanted: Callable[[str], bool] = (lambda path: path in only) if only else lambda _: True
    made = repairs.repaired(root, lambda: _check(args, root, None), wanted)
    if not args.dry_run:
        try:
            changed = repairs.write(root, made)
        except OSError as problem:
            return finish([unwritable(problem, root)], format=args.format)
        if changed:
            return finish([changed], format=args.format, root=root)
    left = made.left if only is None else onefile.of(made.left, only)
    if args.format is None:
        _say_fixes(made, dry=args.dry_run)
    fixed, refused = ([one.as_dict() for one in ones] for ones in (made.done, made.refused))
    return _told(args, root, left, fixed=fixed, refused=refused, written=not args.dry_run)


def _say_fixes(made: Any, *, dry: bool) -> None:
    from edition.build import repairs

    if dry and made.after:
        say(repairs.difference(made))
    for one in made.done:
        say(f"{one.place}: {'would be fixed' if dry else 'fixed'} {one.code.id}: {one.fix.label}")
    for one in made.refused:
        say(f"{one.place}: not fixed {one.code.id}: to {one.fix.label} would bring more errors")
