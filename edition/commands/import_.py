"""Import an article, as OCR text or Markdown, into a workspace.

Writes source/, bib/references.bib and the report IMPORT.md (for programs: import.json). A workspace
that has been edited since is left as it is, unless --update merges what changed in the article."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from edition.commands import add_format, finish, guarded, readable, say, shorter, unwritable
from edition.diagnostics import Diagnostic, Severity, error
from edition.numerals import counted

if TYPE_CHECKING:
    from edition.importers.workspace import Written
    from edition.reviewing import Review

INCOMPLETE = error("USE012", "An import lacks its article or its folder")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", type=Path, help="the article: text or Markdown"
    )
    parser.add_argument("--from", dest="article", metavar="FILE", type=Path, help="the same")
    parser.add_argument("--to", metavar="DIR", type=Path, help="the workspace to write")
    parser.add_argument(
        "--normalise",
        action="store_true",
        help="put characters of the other script right where their context is clear, and log each",
    )
    parser.add_argument(
        "--update",
        action="store_true",
        help="merge into a workspace that has been edited, segment by segment",
    )
    parser.add_argument(
        "--names", metavar="FILE", type=Path,
        help="names and terms that are right: a names.toml or glossary.toml, or one on each line",
    )  # fmt: skip
    parser.add_argument(
        "--review", action="store_true",
        help="ask about suspected readings and characters, one by one or by kind; the answers go"
             " into import-decisions.toml",
    )  # fmt: skip
    parser.add_argument(
        "--html", action="store_true", help="with --review: on a page in the browser"
    )
    add_format(parser)


def run(args: argparse.Namespace) -> int:
    file = args.file or args.article
    if file is None or args.to is None:
        fact = f"where is the workspace of {file} to go?" if file else "which article is it?"
        hint = "edition import FILE --to DIR"
        wrong = Diagnostic(code=INCOMPLETE, where="command line", fact=fact, hint=hint)
        return finish([wrong], format=args.format)
    if unread := readable(file):
        return finish([unread], format=args.format)
    if args.names is not None and (unread := readable(args.names)):
        return finish([unread], format=args.format)
    from edition.importers.known import names_in, names_of
    from edition.importers.reviewing import decided, review
    from edition.importers.workspace import run_import

    guarded(args.to)
    try:
        listed = names_of(args.to) if args.names is None else names_in(args.names)
        told = decided(args.to)
        if not listed.ok or not told.ok:
            return finish((*listed.diagnostics, *told.diagnostics), format=args.format)
        if args.review:
            how: Review = "page" if args.html else "terminal"
            failed = review(file, args.to, listed.value, told.value, how, normalise=args.normalise)
            if failed:
                return finish(failed, format=args.format)
            told = decided(args.to)
        done = run_import(
            file, args.to, normalise=args.normalise, update=args.update, known=listed.value,
            decisions=told.value,
        )  # fmt: skip
    except OSError as problem:
        return finish([unwritable(problem, args.to)], format=args.format)
    if args.format is not None:
        return finish(done.diagnostics, format=args.format, full=args.all)
    # the report holds all findings in order; here only what stopped the import
    errors = [one for one in done.diagnostics if one.level is Severity.ERROR]
    code = finish(errors, full=args.all)
    if done.value is not None:
        tell(done.value, done.diagnostics, args.to)
    return code


def tell(done: Written, found: tuple[Diagnostic, ...], to: Path) -> None:
    """What came of an import, in a few lines."""
    from edition.importers.report import kinds
    from edition.importers.workspace import REPORT

    made, account = done.imported, done.imported.accounted
    say(
        f"{account['characters']} characters ({made.encoding}) = {account['kept']} kept"
        f" + {account['dropped']} dropped, each with its reason in {REPORT}"
    )
    say(", ".join(f"{count} {name}" for name, count in made.counts.items() if name != "findings"))
    for kind in kinds(found):
        say(f"  {kind.line()}")
    if made.open:
        say(f"{counted(len(made.open), 'proposal')} open: edition import … --review")
    say(f"the report: {shorter((to / REPORT).resolve())}")
    if done.files:
        say(f"{len(done.files)} files written; next: edition build --dir {to}")
    else:
        say("nothing has changed since the last import")
