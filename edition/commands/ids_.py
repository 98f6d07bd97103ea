"""Write missing ids into the text files; with --touch, renew the hashes of translations.

Both sides of a pair get one id. A hash tells the Chinese that a translation was last checked
against: after a change of the Chinese, `check` says that the English is stale until it is
touched. Nothing else in the files changes.
"""

from __future__ import annotations

import argparse

from edition.commands import add_dir, add_format, finish, guarded, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("segments", metavar="ID", nargs="*", help="touch only these (default: all)")
    parser.add_argument("--touch", action="store_true", help="their translations were checked")
    add_dir(parser)
    add_format(parser)


def run(args: argparse.Namespace) -> int:
    from edition import ids

    root = guarded(args.dir)
    written = ids.write(root, touch=args.touch or bool(args.segments), only=args.segments)
    code = finish(written.diagnostics, format=args.format, full=args.all, root=root)
    if args.format is None:
        value = written.value
        say(f"{value.ids} ids and {value.hashes} hashes written in {len(value.files)} files")
    return code
