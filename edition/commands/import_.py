"""Import a text, or a text and its translation, into a workspace.

Reads Word, OpenDocument, EPUB, PDF, web pages, text, Markdown, and tables or memories of both
languages (.csv, .xlsx, .tmx …); what a file is, it says itself. Of two files one is Chinese and one
English, in any order: both sides are aligned. Writes source/, bib/references.bib and the report
IMPORT.md (for programs: import.json). Nothing that stands in the folder is replaced, unless
--update merges what changed, or adds the side that is not there yet.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition.commands import finish, guarded, readable, say, shorter, unwritable
from edition.diagnostics import Diagnostic, Outcome, Severity, error
from edition.numerals import counted
from edition.terminal import FORMATS

if TYPE_CHECKING:
    from edition.importers.taking import Options
    from edition.importers.workspace import WrittenFiles
    from edition.reviewing import Review

INCOMPLETE = error("USE012", "An import lacks its article or its folder")
READ = ("lines", "wrapped", "markdown", "csv", "tsv")
MANY = error("USE030", "An import of more than a text and its translation")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="*", metavar="FILE", type=Path, help="the text; or it and its translation"
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
        "--interlinear", action="store_true",
        help="commentary between the lines, in brackets or in small type, becomes footnotes",
    )  # fmt: skip
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
        "--as-notes", metavar="LAYER", default=None,
        help="of a Word file for review: comments become proposed notes of a layer",
    )  # fmt: skip
    parser.add_argument(
        "--html", action="store_true", help="with --review: on a page in the browser"
    )
    parser.add_argument(
        "--script", choices=("hant", "hans"), default="", help="to print, if not that of the text"
    )
    parser.add_argument(
        "--title", metavar="TITLE", action="append", default=[],
        help="of the book; twice, once in each language",
    )  # fmt: skip
    parser.add_argument(
        "--languages", choices=("zh", "en", "zh,en"), default=None,
        help="that are to be looked for (default: what the text holds)",
    )  # fmt: skip
    parser.add_argument(
        "--format", action="append", choices=(*READ, *FORMATS), default=None,
        help="how to read a plain text: lines that are paragraphs each, wrapped lines, Markdown, a"
             " table; text, json, github: how findings are told, as everywhere",
    )  # fmt: skip
    parser.add_argument(
        "--all", action="store_true",
        help="every finding in the order of the files (default: a few of each kind)",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    asked = args.format or ()
    args.kind = next((one for one in asked if one in READ), None)
    args.format = next((one for one in asked if one in FORMATS), None)
    paths = [*args.files, *([args.article] if args.article else [])]
    if wrong := _unusable(args, paths):
        return finish(wrong, format=args.format)
    guarded(args.to)
    how: Review = "" if not args.review else "page" if args.html else "terminal"
    gc.disable()  # an import makes values that all live to its end
    try:
        if args.update and len(paths) == 1:
            from edition.importers.returned.service import recognised

            if recognised(paths[0], args.to):
                return _review_back(args, paths[0], how)
        options = _options(args)
        if options.value is None:
            return finish(options.diagnostics, format=args.format)
        done = _imported(args, paths, options.value, how)
    except OSError as problem:
        return finish([unwritable(problem, args.to)], format=args.format)
    if args.format is not None:
        return finish(done.diagnostics, format=args.format, full=args.all)
    return _told(args, done, sides=_gives_sides(paths, done.value))


def _unusable(args: argparse.Namespace, paths: Sequence[Path]) -> list[Diagnostic]:
    """What is wrong with the command line."""
    if not paths or args.to is None:
        fact = f"where is the workspace of {paths[0]} to go?" if paths else "which article is it?"
        hint = "edition import FILE --to DIR"
        return [Diagnostic(code=INCOMPLETE, where="command line", fact=fact, hint=hint)]
    if len(paths) > 2:
        return [Diagnostic(code=MANY, where="command line", fact=f"there are {len(paths)} files",
                           hint="edition import CHINESE ENGLISH --to DIR")]  # fmt: skip
    named = paths if args.names is None else [*paths, args.names]
    return [fault for path in named if (fault := readable(path))]


def _options(args: argparse.Namespace) -> Outcome[Options | None]:
    """What is asked for, with the names that are known and what was decided before; None where a
    file of these cannot be read."""
    from edition.aligning import asking as pairs
    from edition.converting import MachinePrograms
    from edition.importers.known import names_in, names_of
    from edition.importers.reviewing import decided
    from edition.importers.taking import Options

    names = names_of(args.to) if args.names is None else names_in(args.names)
    decisions, rulings = decided(args.to), pairs.decided(args.to)
    if not (names.ok and decisions.ok and rulings.ok):
        return Outcome(None, (*names.diagnostics, *decisions.diagnostics, *rulings.diagnostics))
    return Outcome(Options(
        normalise=args.normalise, script=args.script, titles=tuple(args.title), format=args.kind,
        languages=tuple(args.languages.split(",")) if args.languages else (),
        programs=MachinePrograms(), interlinear=args.interlinear, known=names.value,
        decisions=decisions.value, rulings=rulings.value,
    ))  # fmt: skip


def _imported(
    args: argparse.Namespace, paths: Sequence[Path], options: Options, how: Review
) -> Outcome[WrittenFiles | None]:
    """Import, and ask about what is unsure where a review is wanted: about readings before, about
    the sides of a text that has come to another one behind. Raises ``OSError``."""
    from edition.importers.workspace import run_import

    if how:
        asked = _reviewed(paths, args.to, options, how)
        if asked.value is None:
            return Outcome(None, asked.diagnostics)
        options = asked.value
    done = run_import(paths, args.to, update=args.update, options=options)
    if how and args.update and _gives_sides(paths, done.value):
        failed = _review_of_sides(args.to, how)
        if failed:
            return Outcome(None, tuple(failed))
    return done


def _reviewed(
    paths: Sequence[Path], to: Path, options: Options, how: Review
) -> Outcome[Options | None]:
    """The options with what is decided now; None where it could not be asked."""
    from edition.aligning import asking as pairs
    from edition.importers.reviewing import decided, review, review_pairs

    if failed := [one for path in paths for one in review(path, to, options, how)]:
        return Outcome(None, tuple(failed))
    options = replace(options, decisions=decided(to).value)
    if failed := review_pairs(paths, to, options, how):
        return Outcome(None, tuple(failed))
    return Outcome(replace(options, rulings=pairs.decided(to).value))


def _gives_sides(paths: Sequence[Path], made: WrittenFiles | None) -> bool:
    """Whether one file has brought a side to the other, or both."""
    return made is not None and len(paths) == 1 and "pairs" in made.imported.counts


def _told(args: argparse.Namespace, done: Outcome[WrittenFiles | None], *, sides: bool) -> int:
    """Tell what came of an import. The report holds all findings in order; here are only those
    that stopped it, and where the sides of a text are to be looked at."""
    from edition.importers.codes import MOVED, UNSURE

    open_places = (UNSURE, MOVED) if args.update and sides and not args.review else ()
    shown = [one for one in done.diagnostics
             if one.level is Severity.ERROR or one.code in open_places]  # fmt: skip
    code = finish(shown, full=args.all)
    if done.value is not None:
        tell(done.value, done.diagnostics, args.to)
        if unsure := sum(one.code is UNSURE for one in shown):
            say(f"{counted(unsure, 'place')} unsure: edition align --review --dir {args.to}")
    return code


def _review_back(args: argparse.Namespace, path: Path, how: Review) -> int:
    """Take back a Word file for review. Raises ``OSError``."""
    from edition.importers.returned.service import take_back

    done = take_back(path, args.to, how=how, layer=args.as_notes)
    made = done.value
    if args.format is not None or made is None:
        return finish(done.diagnostics, format=args.format)
    code = finish([one for one in done.diagnostics if one.level is Severity.ERROR], full=args.all)
    for one in done.diagnostics:
        say(f"  {one.segment or one.place}: {one.fact}")
        if one.hint:
            say("".join(f"    {line}\n" for line in one.hint.splitlines()).rstrip("\n"))
    say(made.changes.rstrip("\n") or "the texts are as they were")
    say(f"{counted(len(made.suggestions), 'changed text')}, {made.texts} taken; "
        f"{counted(made.comments, 'comment')}")  # fmt: skip
    if made.notes:
        say(f"the comments are proposed notes: {shorter(args.to / made.notes)}")
    return code


def _review_of_sides(to: Path, how: Review) -> list[Diagnostic]:
    """Ask about what is unsure between the texts of a workspace, and write the answers into them;
    what went wrong. Raises ``OSError``."""
    from edition import ids, pairing
    from edition.aligning import SURE

    done = pairing.review(to, how)
    if not done.ok:
        return list(done.diagnostics)
    written = ids.write(to, least=SURE, joins=True)
    return [] if written.ok else list(written.diagnostics)


def tell(done: WrittenFiles, found: tuple[Diagnostic, ...], to: Path) -> None:
    """What came of an import, in a few lines."""
    from edition.importers.report import kinds
    from edition.importers.workspace import REPORT

    made, account = done.imported, done.imported.accounted
    if not done.reported:
        say(", ".join(f"{count} {name}" for name, count in made.counts.items()))
        for diagnostic in found:
            say(f"  {diagnostic.place or diagnostic.segment}: {diagnostic.fact}")
        say(done.changes.rstrip("\n") or "the texts are as they were")
        return
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
