"""Show the pages in a browser of this machine, made again whenever a file is saved.

A click on a page tells the file and the line, and “Go to” the page of a line: docs/watch.md.
Nothing is written into the workspace. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import re
import sys

from edition.commands import (
    add_dir,
    add_format,
    add_quiet,
    add_trust,
    add_variant,
    asked_variant,
    finish,
    guarded,
)
from edition.source import printable

LINK = "vscode://file{file}:{line}"
_LINK = re.compile(r"[a-z][a-z0-9+.-]{1,40}://[^\s<>\"']{0,400}")
_NO_LINKS = ("javascript", "data", "vbscript", "file", "blob", "about")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", metavar="N", type=_port, default=0, help="default: one that is free"
    )
    parser.add_argument(
        "--link", metavar="ADDRESS", type=_link, default=LINK,
        help="opens {file} at {line} in an editor; none: no links (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--jobs", metavar="N", type=int, default=0, help="processes at once; default: cores"
    )
    add_dir(parser)
    add_variant(parser)
    add_trust(parser)
    add_format(parser, "text", "json")
    add_quiet(parser)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1024 <= int(text) < 65536):
        raise argparse.ArgumentTypeError("a port is a number from 1024 to 65535")
    return int(text)


def _link(text: str) -> str:
    if text == "none":
        return ""
    scheme = text.partition(":")[0]
    if not _LINK.fullmatch(text) or scheme in _NO_LINKS or "{file}" not in text:
        raise argparse.ArgumentTypeError(f"an address such as {LINK}, or none")
    return text


def run(args: argparse.Namespace) -> int:
    from edition.build.types import Request
    from edition.watching import run as watching

    root = guarded(args.dir).resolve()
    request = Request(root=root, layout=args.layout, script=args.script,
                      variant=asked_variant(args), jobs=max(0, args.jobs))  # fmt: skip
    quiet = args.quiet or args.format == "json"

    def tell(line: str) -> None:
        if not quiet or line.startswith("http://"):
            sys.stderr.write(printable(line) + "\n")
            sys.stderr.flush()

    done = watching.watch(request, link=args.link, port=args.port, tell=tell)
    return finish(done.diagnostics, format=args.format, root=root)
