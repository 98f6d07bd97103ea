"""Names and terms whose Chinese stands in a segment while the English facing it has none of
their English forms: a hint at an uneven translation, never more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from edition.checks import walk
from edition.config import Config
from edition.diagnostics import Diagnostic, info
from edition.model import Edition, Kind, Name, Pair, Segment, Term, plain

NAME = info("NAM004", "A name that the translation does not have")
TERM = info("GLO004", "A term that the translation renders otherwise")

_WORD = re.compile(r"[^\W\d_]{4,}")  # shorter words are articles and the like
_ENDING = 3  # letters that inflection may change


def check(edition: Edition, _: Config, __: frozenset[str] | None) -> list[Diagnostic]:
    """One finding for a name or term and a pair. Headings are let off: they shorten."""
    every: list[Name | Term] = [*edition.names, *edition.terms]
    entries = [one for one in every if one.zh]
    found: list[Diagnostic] = []
    for pair in edition.pairs:
        if pair.kind is Kind.HEADING or not (pair.zh and pair.en):
            continue
        chinese, english = _text(pair.zh), _text(pair.en).casefold()
        if not english.strip():
            continue
        here = _longest([one for one in entries if one.zh in chinese], chinese)
        found += [_finding(one, pair) for one in here if not _rendered(one, english)]
    return found


def _finding(entry: Name | Term, pair: Pair) -> Diagnostic:
    kind = NAME if isinstance(entry, Name) else TERM
    fact = f"{entry.zh} stands in the Chinese, “{entry.en}” not in the English"
    hint = "add the form that is used here to its variants" if isinstance(entry, Name) else ""
    return Diagnostic(code=kind, span=pair.en[0].span, segment=pair.id, fact=fact, hint=hint)


def _text(segments: Iterable[Segment]) -> str:
    return "\n".join(plain(run) for one in segments for run in walk.of_segment(one))


def _longest(entries: Sequence[Name | Term], chinese: str) -> list[Name | Term]:
    """Without entries that stand there only as part of longer ones."""
    kept = []
    for one in entries:
        rest = chinese
        for other in entries:
            if one.zh != other.zh and one.zh in other.zh:
                rest = rest.replace(other.zh, "\n")
        if one.zh in rest:
            kept.append(one)
    return kept


def _rendered(entry: Name | Term, english: str) -> bool:
    forms = [entry.en]
    if isinstance(entry, Name):
        forms += entry.variants
        if entry.kind == "person":  # "Goodman" alone is Goodman
            forms += entry.en.split()
    return any(_stands(form.casefold(), english) for form in forms if form) or not entry.en


def _stands(form: str, english: str) -> bool:
    """The form as it is, or all its longer words in any inflection."""
    stems = [word[: max(4, len(word) - _ENDING)] for word in _WORD.findall(form)]
    return form in english or (bool(stems) and all(stem in english for stem in stems))
