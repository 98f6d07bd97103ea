"""The script of an article, and its characters of the other one."""

from __future__ import annotations

import re
from collections import defaultdict
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
    groups: dict[tuple[str, str, bool], list[Suspect]] = defaultdict(list)
    for one in (*made.emendations, *made.left):
        if one.source == one.target:
            continue
        done = apply and one.safe
        if not done and decisions.takes("script", Emendation(
                one.offset, one.source, one.target, _evidence(one))):  # fmt: skip
            continue
        if done:
            emended[one.offset] = one.target
        groups[one.source, one.target, done].append(one)
    return script, emended, [_finding(file, *key, group) for key, group in groups.items()]


def _evidence(one: Suspect) -> str:
    others = f"it may also be {' or '.join(one.others)}" if one.others else ""
    return "; ".join(part for part in (one.evidence and f"in {one.evidence}", others) if part)


def _finding(
    file: SourceFile, source: str, target: str, done: bool, group: list[Suspect]
) -> Diagnostic:
    at = group[0].offset
    lines = list(dict.fromkeys(str(file.position(one.offset)[0]) for one in group))
    phrases = list(dict.fromkeys(one.evidence for one in group if one.evidence))
    seen = f" in {'、'.join(phrases[:6])}" if phrases else ""
    others = sorted({other for one in group for other in one.others})
    doubt = f", or {' or '.join(others)}" if others else ""
    often = "once" if len(group) == 1 else f"{len(group)} times"
    places = f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)}"
    return Diagnostic(
        code=EMENDED if done else OTHER_SCRIPT, span=file.span(at, at + 1),
        fact=f"{source} {'put right as' if done else 'for'} {target}{seen}, {often}: {places}",
        hint=f"“{source}” stands in the article" if done else f"{target}{doubt}")  # fmt: skip
