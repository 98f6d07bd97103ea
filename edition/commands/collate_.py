"""Compare witnesses with the Chinese text and propose entries of the apparatus.

SIGLUM=FILE names a witness that edition.toml declares, and its text: plain, or in the form of
source/text; FILE alone is called by its siglum. An entry for each place where they differ is
written to source/notes/collation.yaml, with proposed: true until you strike it out. White space
and punctuation are not compared.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from edition.commands import add_dir, add_format, finish, guarded, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "witnesses", metavar="SIGLUM=FILE", nargs="+", type=_witness,
        help="siglum of a witness and the file of its text",
    )  # fmt: skip
    parser.add_argument(
        "--fold", action="store_true", help="forms of one character (説 說 说) are one"
    )
    parser.add_argument(
        "--layer", metavar="ID", default="", help="layer of the entries (default: 校)"
    )
    parser.add_argument(
        "--text", metavar="STEM", default="", help="the section that they are witnesses of"
    )
    add_dir(parser)
    add_format(parser)


def _witness(word: str) -> tuple[str, Path]:
    """(siglum, file); a file alone is called by its siglum."""
    siglum, sign, name = word.partition("=")
    return (siglum, Path(name)) if sign else (Path(word).stem, Path(word))


def run(args: argparse.Namespace) -> int:
    from edition import collating

    root = guarded(args.dir)
    done = collating.collate(
        root, args.witnesses, fold=args.fold, layer=args.layer, section=args.text
    )
    code = finish(done.diagnostics, format=args.format, full=args.all, root=root)
    if args.format is None:
        for siglum, characters, agreeing, places in done.value.witnesses:
            say(f"{siglum}: {characters:,} characters, {agreeing:.1%} agree, "
                f"{places} places differ")  # fmt: skip
        if not code:
            say(f"{collating.FILE}: {done.value.added} entries proposed, "
                f"{done.value.extended} have more readings now")  # fmt: skip
    return code
