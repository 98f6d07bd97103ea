"""One module a command: ``arguments(parser)`` and ``run(args) -> exit code``. What a command needs
is imported when it runs. Module names end in ``_``, since ``import`` is a word of Python."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from edition.config import Variant
from edition.diagnostics import Diagnostic, Severity, error, exit_code
from edition.numerals import counted
from edition.source import printable
from edition.terminal import FORMATS, Format, show

NO_CHECKOUT = error("USE007", "The command needs a clone of the repository")

UNREADABLE = error("USE002", "A file named on the command line cannot be read")

NO_WORKSPACE = error("USE005", "The folder is no workspace")

NOT_WRITTEN = error("USE011", "A file named on the command line cannot be written")

EDITION = Path("source") / "edition.toml"


def add_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dir",
        metavar="DIR",
        type=Path,
        default=None,
        help="the workspace (default: this folder or the nearest one above)",
    )
    parser.add_argument(
        "--cache",
        metavar="DIR",
        type=Path,
        default=None,
        help="where caches and work lie (default: EDITION_CACHE, or the user's cache folder)",
    )


def add_format(parser: argparse.ArgumentParser, *formats: str) -> None:
    parser.add_argument(
        "--format",
        choices=formats or FORMATS,
        default=None,
        help="of the diagnostics (default: text, and annotations on GitHub)",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="every finding in the order of the files (default: a few of each kind)",
    )


def add_quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-q", "--quiet", action="store_true", help="nothing but errors")


def add_variant(parser: argparse.ArgumentParser) -> None:
    """Which edition of the text, where not as ``edition.toml`` says."""
    parser.add_argument("--layout", choices=("facing", "columns", "stacked"), default=None)
    parser.add_argument("--script", choices=("hant", "hans"), default=None)
    parser.add_argument("--variant", metavar="NAME", default="", help="of [variants]")
    parser.add_argument("--side", choices=("zh", "en"), default=None, help="one language alone")
    parser.add_argument(
        "--notes", metavar="LAYERS", default=None,
        help="layers of notes that are printed, with commas between; none: no notes",
    )  # fmt: skip
    parser.add_argument("--paper", metavar="SIZE", default="", help="A5, 16開, 170x240 …")
    parser.add_argument(
        "--scale", metavar="SIZE", default="", help="size of running text (18pt), or a factor (1.2)"
    )
    parser.add_argument("--large-print", action="store_true", help="running text of 18 points")
    parser.add_argument(
        "--exam", action="store_true", help="the Chinese alone, without notes and glossary"
    )


def asked_variant(args: argparse.Namespace) -> Variant:
    """What :func:`add_variant` was told, but for layout and script."""
    notes = None if args.notes is None else tuple(
        one.strip() for one in args.notes.split(",") if one.strip() and one.strip() != "none"
    )  # fmt: skip
    return Variant(
        name=args.variant, side=args.side, notes=notes, paper=args.paper, scale=args.scale,
        large_print=args.large_print, exam=args.exam,
    )  # fmt: skip


def add_trust(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--trust-templates", action="store_true",
        help="let TeX styles in the workspace's templates/ run, which are code",
    )  # fmt: skip


def workspace(given: Path | None) -> Path:
    """The workspace's folder: the one given, else the nearest with an edition, else this one."""
    if given is not None:
        return given
    here = Path.cwd()
    return next((one for one in (here, *here.parents) if (one / EDITION).is_file()), here)


class RefusedWorkspaceError(Exception):
    """The workspace must not be read; ``found`` says why."""

    def __init__(self, found: tuple[Diagnostic, ...]) -> None:
        super().__init__()
        self.found = found


def guarded(given: Path | None) -> Path:
    """:func:`workspace`, looked over before anything in it is read or written. Raises
    :class:`RefusedWorkspaceError`."""
    from edition.boundary import crossed

    root = workspace(given)
    found = crossed(root)
    if found:
        raise RefusedWorkspaceError(found)
    return root


def finish(
    found: Iterable[Diagnostic],
    *,
    format: Format | None = None,
    root: Path | None = None,
    full: bool = True,
    remarks: bool = True,
    quiet: bool = False,
    more: Mapping[str, Any] | None = None,
) -> int:
    """Show diagnostics, and the exit code that they come to. A person is shown a few of each kind
    where not ``full``; without ``remarks`` told only how many of them there are, so that what
    matters stands out; and with ``quiet`` shown errors only. ``more``: further keys of the JSON."""
    found = tuple(found)
    shown = found
    if format is None:
        least = Severity.INFO if remarks else Severity.WARNING
        least = Severity.ERROR if quiet else least
        shown = tuple(one for one in found if one.level >= least)
        left = sum(one.level is Severity.INFO for one in found)
        if left and not remarks and not quiet:
            say(f"{counted(left, 'remark')}; --format text shows {'it' if left == 1 else 'them'}")
    show(shown, format, prefix=prefix(root) if root else "", full=full, **(more or {}))
    return exit_code(found)


def prefix(root: Path) -> str:
    """The workspace's path from the root of the repository that CI has checked out, with a
    slash at its end; empty where it is that root, and the whole path where it lies elsewhere."""
    checkout = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
    try:
        path = root.resolve().relative_to(checkout.resolve()).as_posix()
    except ValueError:
        return f"{root.resolve().as_posix()}/"
    return "" if path == "." else f"{path}/"


def readable(path: Path) -> Diagnostic | None:
    """None where ``path`` is a file that can be read, else what to say."""
    try:
        with path.open("rb"):
            return None
    except OSError as problem:
        fact = f"it cannot be read: {problem.strerror or problem}"
        hint = "look at its path and its permissions"
        return Diagnostic(code=UNREADABLE, fact=fact, where=str(path), hint=hint)


def unwritable(problem: OSError, target: Path) -> Diagnostic:
    """What to say where an output could not be written."""
    return Diagnostic(
        code=NOT_WRITTEN,
        fact=f"it cannot be written: {problem.strerror or problem}",
        where=str(problem.filename or target),
        hint="name another place with --out",
    )


def shorter(path: Path) -> Path:
    """The path from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def say(text: str) -> None:
    """A line of result, to stdout."""
    sys.stdout.write(printable(text) + "\n")


def checkout(needed: str) -> Path | None:
    """The folder of the repository that this program runs from; None, and said, where it was
    installed without ``needed``."""
    root = Path(__file__).resolve().parents[2]
    if (root / needed).is_dir():
        return root
    finish(
        [
            Diagnostic(
                code=NO_CHECKOUT,
                fact=f"there is no {needed}/ here",
                where=str(root),
                hint="run it in a clone of the repository",
            )
        ]
    )
    return None


def start(program: str, *words: str, root: Path) -> int:
    """Run a module or script of the checkout with this Python; its exit code, or 128 and the number
    of the signal that ended it. A file beside the edition is never taken for a module: ``-m`` alone
    would look in ``root`` first. Told to end, this tells what it started, and waits for it."""
    import subprocess

    sys.stdout.flush()
    how = [program] if program.endswith(".py") else ["-P", "-m", program]
    command = [sys.executable, *how, *words]
    with subprocess.Popen(command, cwd=root) as started:  # noqa: S603  (our own)
        before = {number: signal.signal(number, lambda number, _: started.send_signal(number))
                  for number in (signal.SIGTERM, signal.SIGHUP)}  # fmt: skip
        try:
            status = started.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
    return status if status >= 0 else 128 - status
