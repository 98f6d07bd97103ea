"""The script of an article, and its characters of the other one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.bibliography.types import Library
from edition.bibliography.values import split
from edition.characters import HAN
from edition.diagnostics import Diagnostic
from edition.importers.codes import EMENDED, OTHER_SCRIPT
from edition.importers.decisions import Decisions
from edition.importers.parts import Article
from edition.importers.suspects import Emendation
from edition.model import Name
from edition.script import Suspect, normalise, script_of
from edition.source import SourceFile


def names_of(
    article: Article, library: Library, file: SourceFile, known: Sequence[str] = ()
) -> list[Name]:
    """Chinese names of authors, here and of works, and what is ``known``: names are not words."""
    found = [one for one in known if re.fullmatch(rf"[{HAN}·]{{2,}}", one)]
    found += [one.names["zh"].text for one in article.authors if "zh" in one.names]
    for entry in library.entries:
        found += [one for one in split(entry.get("author"))
                  if re.fullmatch(rf"[{HAN}·]{{2,12}}", one)]  # fmt: skip
    return [Name(id=f"n{at}", kind="person", zh=one, en="", span=file.span(0), locked=True)
            for at, one in enumerate(dict.fromkeys(found))]  # fmt: skip


def examine(
    file: SourceFile, names: list[Name], decisions: Decisions, *, apply: bool
) -> tuple[str, dict[int, str], list[Diagnostic]]:
    """(script, offset → character put right, findings). Without ``apply`` nothing is put right but
    what was accepted, and all is reported but what was refused."""
    script = script_of(file.text)
    if script is None:
        return "hant", {}, []
    made = normalise(file.text, script, names=names)
    emended: dict[int, str] = {}
    found: list[Diagnostic] = []
    for one in sorted((*made.emendations, *made.left), key=lambda suspect: suspect.offset):
        if one.source == one.target:
            continue
        done = apply and one.safe
        if not done and decisions.takes("script", Emendation(
                one.offset, one.source, one.target, _evidence(one))):  # fmt: skip
            continue
        if done:
            emended[one.offset] = one.target
        found.append(_finding(file, one, done=done))
    return script, emended, found


def _evidence(one: Suspect) -> str:
    others = f"it may also be {' or '.join(one.others)}" if one.others else ""
    return "; ".join(part for part in (one.evidence and f"in {one.evidence}", others) if part)


def _finding(file: SourceFile, one: Suspect, *, done: bool) -> Diagnostic:
    seen = f" in {one.evidence}" if one.evidence else ""
    was = f"“{one.source}” stands in the article"
    doubt = f", or {' or '.join(one.others)}" if one.others else ""
    return Diagnostic(
        code=EMENDED if done else OTHER_SCRIPT, span=file.span(one.offset, one.offset + 1),
        fact=f"{one.source} {'put right as' if done else 'for'} {one.target}{seen}",
        hint=was if done else f"{one.target}{doubt}")  # fmt: skip
