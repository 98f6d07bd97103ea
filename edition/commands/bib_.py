"""Correct a bibliography: of the workspace, of .bib files, or of pasted lists.

Writes corrected.bib, corrected.json, corrected.ris, CHANGES.md, CHANGES.html and changes.json, with
--gb7714 corrected.gb7714.bib, with --dialect one dialect of .bib too; what is read is never
rewritten."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from edition.commands import EDITION, add_dir, add_format, finish, guarded, say, shorter, unwritable
from edition.diagnostics import Diagnostic, Outcome, error, override

if TYPE_CHECKING:
    from edition.bibliography.service import Summary

NO_OUT = error("USE010", "A folder for the outputs is missing")
NO_UPDATE = error("USE025", "A list cannot be updated so")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        type=Path,
        help="bibliographies outside a workspace, several as one: .bib, .ris, .nbib, CSL-JSON "
        "(.json), EndNote XML (.xml); needs --out",
    )
    parser.add_argument(
        "--from",
        dest="lists",
        action="append",
        default=[],
        metavar="LIST.txt",
        type=Path,
        help="a pasted list of references; may be given again, and beside FILE.bib",
    )
    parser.add_argument("--out", metavar="DIR", type=Path, help="default: bib/ of the workspace")
    parser.add_argument("--review", action="store_true", help="decide on open proposals here")
    parser.add_argument(
        "--html", action="store_true", help="with --review: on a page, served to this machine alone"
    )
    parser.add_argument("--no-auto", action="store_true", help="propose all, apply nothing")
    parser.add_argument("--sort", choices=("key", "author", "year"), default=None)
    parser.add_argument(
        "--update",
        metavar="NEW.bib",
        type=Path,
        help="a later version of the list: decisions follow their works through renamed keys",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where the outputs are out of date"
    )
    parser.add_argument(
        "--gb7714",
        action="store_true",
        help="write corrected.gb7714.bib too: for biblatex-gb7714-2015, originals and translations "
        "linked",
    )
    parser.add_argument(
        "--dialect",
        choices=("bibtex", "biblatex"),
        action="append",
        default=[],
        help="write corrected.bibtex.bib or corrected.biblatex.bib too; may be given twice",
    )
    parser.add_argument(
        "--house-style", action="store_true", help="even out what is only form, whole or not at all"
    )
    add_dir(parser)
    add_format(parser)


def run(args: argparse.Namespace) -> int:
    root = guarded(args.dir)
    many = len(args.lists) > 1
    if (args.files or many) and args.out is None:
        named = ", ".join(map(str, args.files or args.lists))
        problem = Diagnostic(
            code=NO_OUT,
            where="command line",
            fact=f"where are the outputs of {named} to go?",
            hint="name a folder with --out",
        )
        return finish([problem], format=args.format)
    odd = args.update and (args.check or args.lists or len(args.files) > 1)
    if odd:
        problem = Diagnostic(
            code=NO_UPDATE,
            where="command line",
            fact="an update takes the place of one list, and writes",
            hint="give --update with one FILE.bib, or in a workspace, without --check and --from",
        )
        return finish([problem], format=args.format)
    try:
        done = corrected(args, root)
    except OSError as problem:
        return finish([unwritable(problem, args.out or root / "bib")], format=args.format)
    found = done.diagnostics if args.files else as_set(done.diagnostics, root)
    code = finish(found, format=args.format, full=args.all, root=root, remarks=False)
    if done.value is not None and args.format is None:
        for name in done.value.written:
            say(str(shorter((done.value.folder / name).resolve())))
        say(done.value.line)
        if done.value.update is not None:
            say(done.value.update.line)
    return code


def as_set(found: tuple[Diagnostic, ...], root: Path) -> tuple[Diagnostic, ...]:
    """Findings with the severities that the workspace gives them."""
    from edition import config

    settings = config.load(root).value if (root / EDITION).is_file() else None
    return override(found, settings.severities) if settings else found


def corrected(args: argparse.Namespace, root: Path) -> Outcome[Summary | None]:
    from edition.bibliography import service
    from edition.bibliography.writing import REFERENCES

    settings = service.Settings(
        no_auto=args.no_auto,
        review=("page" if args.html else "terminal") if args.review else "",
        sort=args.sort,
        check=args.check,
        gb7714=args.gb7714,
        dialects=tuple(dict.fromkeys(args.dialect)),
        house=args.house_style,
    )
    if args.update is not None:
        old = args.files[0] if args.files else root / "bib" / REFERENCES
        own = None if args.files else root
        return service.run_update(args.update, old, args.out or root / "bib", settings, root=own)
    if args.files or len(args.lists) > 1 or (args.lists and args.out and args.dir is None):
        return service.run_files(args.files, args.out, settings, lists=args.lists)
    from_list = args.lists[0] if args.lists else None
    return service.run_bib(root, settings, from_list=from_list, out=args.out)
