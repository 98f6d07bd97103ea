"""``edition COMMAND``: arguments in, exit code out. Each command is a module of
:mod:`edition.commands`, loaded when it is asked for.

Exit codes: 0 clean, 1 the edition has errors, 2 usage or configuration, 3 a program or font is
missing, 4 TeX failed, 5 preflight failed; 128 and the signal's number where one ended it: 130
interrupted, 143 terminated.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import gc
import importlib
import io
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, Protocol, cast

from edition import __version__
from edition.diagnostics import Diagnostic, as_text, error, exit_code

WRONG_USAGE = error("USE001", "The command line is wrong")
FAILED = error("USE009", "This program failed")

# the order of the work: check and build, then what is around them
COMMANDS = (
    "build", "watch", "series", "check", "press", "preflight", "booklet", "bib", "import", "align",
    "collate", "ids", "new", "schema", "doctor", "trust", "clean", "test", "fuzz", "bench",
)  # fmt: skip


# commands that make their values and end; those that go on for hours collect what they drop
_SHORT = (["build"], ["check"])


class Command(Protocol):
    """What a module of ``edition.commands`` offers. Its docstring's first line is its help."""

    __doc__: str | None

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


class Parser(argparse.ArgumentParser):
    """Faults of usage are diagnostics like all others."""

    def error(self, message: str) -> NoReturn:
        hint = f"{' '.join(self.format_usage().split())}; {self.prog} --help tells more"
        found = Diagnostic(code=WRONG_USAGE, fact=message, hint=hint, where="command line")
        sys.stderr.write(as_text([found]) + "\n")
        raise SystemExit(WRONG_USAGE.exit)


def load(name: str) -> Command:
    """The module of a command."""
    return cast(Command, importlib.import_module(f"edition.commands.{name}_"))


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, by its name."""
    commands = next(one for one in parser()._actions if isinstance(one.choices, dict))
    return dict(cast("dict[str, argparse.ArgumentParser]", commands.choices))


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of the named commands."""
    found = Parser(
        prog="edition",
        description="Print-ready, parallel Chinese–English, annotated editions from plain text.",
    )
    found.add_argument("--version", action="version", version=f"edition {__version__}")
    commands = found.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in names:
        command = load(name)
        title, _, more = (command.__doc__ or "").strip().partition("\n")
        sub = commands.add_parser(
            name,
            help=title.rstrip("."),
            description=f"{title}\n{more}".rstrip(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.arguments(sub)
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code. Only faults of usage and ``--help`` raise ``SystemExit``."""
    words = list(sys.argv[1:] if argv is None else argv)
    # one command asked for: no need to load the others
    names = words[:1] if words and words[0] in COMMANDS else COMMANDS
    if words[:1] == ["test"] and words[1:2] not in (["-h"], ["--help"], ["--"]):
        words.insert(1, "--")  # the options are pytest's
    args = parser(names).parse_args(words)
    if getattr(args, "cache", None):
        os.environ["EDITION_CACHE"] = str(args.cache.absolute())
    if getattr(args, "trust_templates", False):
        os.environ["EDITION_TRUST_TEMPLATES"] = "1"
    from edition.commands import RefusedWorkspaceError, finish

    try:
        code = load(args.command).run(args)
        sys.stdout.flush()
        return code
    except RefusedWorkspaceError as refused:
        return finish(refused.found, format=getattr(args, "format", None))
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; what was there before is as it was\n")
        return 130
    except BrokenPipeError:
        # the reader of our output went away, as `| head` does: nothing is wrong
        _silence()
        return 141
    except OSError as fault:
        if fault.filename is not None or fault.errno not in _UNWRITTEN:
            return failed(fault)
        _silence()
        with contextlib.suppress(OSError):
            sys.stderr.write(f"what was to be said could not be written: {fault.strerror}\n")
        return 2
    except Exception as fault:  # noqa: BLE001  (the last door: an editor never meets a traceback)
        return failed(fault)


# of the stream that all is printed to, which has no name
_UNWRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


def _silence() -> None:
    """Let what is left to print go nowhere."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def failed(fault: Exception) -> int:
    """Report a fault of this program itself; the traceback goes to a file. The exit code."""
    import traceback

    handle, name = tempfile.mkstemp(prefix="edition-fault-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write("".join(traceback.format_exception(fault)))
    found = Diagnostic(
        code=FAILED,
        fact=f"{type(fault).__name__}: {fault}",
        where="edition",
        hint=f"this is a fault of the program, not of the edition; report it with {Path(name)}",
    )
    sys.stderr.write(as_text([found]) + "\n")
    return exit_code([found])


class _Signalled(BaseException):
    """A signal asked this program to end."""


def _end(number: int, _: object) -> NoReturn:
    """End what runs, then this program, by way of all that clears up after itself."""
    from edition.engine import programs

    signal.signal(number, signal.SIG_DFL)
    programs.stop_all()
    raise KeyboardInterrupt if number == signal.SIGINT else _Signalled(number)


def run() -> NoReturn:
    """Entry of the console script."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:  # closed by who started us: no file of ours takes its number
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        # a terminal of another encoding shows what it lacks by numbers
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    if sys.argv[1:2] in _SHORT:
        gc.disable()  # the process ends with the command, and all that it holds with it
    try:
        code = main()
    except _Signalled as told:
        code = 128 + told.args[0]
    raise SystemExit(code)


if __name__ == "__main__":
    run()
