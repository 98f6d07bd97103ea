"""Names of front and back matter that nothing in the workspace has, or that would print nothing."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import get_args

from edition.config import Config, MatterName
from edition.diagnostics import Diagnostic, error, warning
from edition.model import Edition, Kind

UNKNOWN = error("CFG012", "Matter that is not there")
EMPTY = warning("CFG013", "Matter that has nothing to print")

_MADE = get_args(MatterName)
_TEXTS = ("dedication", "epigraph", "preface", "foreword", "afterword", "appendix")


def check(edition: Edition, config: Config, keys: frozenset[str] | None) -> list[Diagnostic]:
    """Of the names that edition.toml gives; defaults print what there is."""
    sections = {one.id for one in edition.sections}
    found = []
    for name, span in config.matter.places:
        if name not in _MADE and name not in sections:
            found.append(Diagnostic(code=UNKNOWN, span=span, fact=_missing(name),
                                    hint=_hint(name, sorted(sections))))  # fmt: skip
    for name, why in _empty(edition, config, keys):
        place = config.matter.place(name)
        if place is not None:
            found.append(Diagnostic(code=EMPTY, span=place, fact=f"{name} prints nothing: {why}",
                                    hint="strike it out, or say what it is to print"))  # fmt: skip
    return found


def _missing(name: str) -> str:
    return f"there is no text “{name}”: neither source/text/{name}.zh.md nor {name}.en.md"


def _hint(name: str, sections: list[str]) -> str:
    near = get_close_matches(name, (*_MADE, *sections), 1, 0.7)
    bare = [one for one in sections if one.lstrip("0123456789.-_") == name]
    if bare:
        return f"did you mean {bare[0]}?"
    if near and name not in _TEXTS:
        return f"did you mean {near[0]}?"
    return f"write it, or name one of: {', '.join(_MADE)}"


def _empty(
    edition: Edition, config: Config, keys: frozenset[str] | None
) -> Iterator[tuple[str, str]]:
    """Matter of the book's own with nothing in it, and why."""
    imprint, base = config.imprint, config.base_text
    if not (config.publisher.zh or config.publisher.en or config.date or imprint.isbn
            or imprint.lines or imprint.rights.zh or imprint.rights.en or imprint.colophon.zh
            or imprint.colophon.en):  # fmt: skip
        yield "imprint", "there is no [imprint], no publisher and no date"
    if not (base.zh or base.en):
        yield "base", "[edition] has no base_text"
    if not config.rules and not config.matter.generated_rules:
        yield "rules", "there are no rules, and generated_rules is not set"
    if not config.witnesses:
        yield "sigla", "there is no [[witness]]"
    if not config.abbreviations:
        yield "abbreviations", "there is no [[abbreviation]]"
    if not edition.terms:
        yield "glossary", "there is no glossary.toml, or nothing in it"
    for name, kind in (("tables", Kind.TABLE), ("figures", Kind.FIGURE)):
        if not any(one.text.strip() for pair in edition.pairs if pair.kind is kind
                   for one in (*pair.zh, *pair.en)):  # fmt: skip
            yield name, "none has a caption"
    if keys is None:
        yield "references", "there is no bibliography"
    if not config.bibliography.corrections:
        yield "corrections", "corrections = true is not set under [bibliography]"
    if not (config.index.names or config.index.works or config.index.terms):
        yield "index", "[index] asks for nothing"
    if not config.contents:
        yield "contents", "contents = 0 under [layout]"
