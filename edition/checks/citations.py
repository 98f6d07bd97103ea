"""Citations of works that the bibliography does not have."""

from __future__ import annotations

from difflib import get_close_matches

from edition.checks import walk
from edition.config import Config
from edition.diagnostics import Diagnostic, error
from edition.model import Edition

UNKNOWN = error("CIT001", "Citation of an unknown key")
NO_BIBLIOGRAPHY = error("CIT002", "Citations without a bibliography")


def check(edition: Edition, _: Config, keys: frozenset[str] | None) -> list[Diagnostic]:
    """One finding for each unknown key at each place; one in all without a bibliography."""
    found: list[Diagnostic] = []
    for segment, cite in walk.citations(edition):
        if keys is None:
            fact = "the text cites works, and there is no bibliography"
            hint = "write bib/references.bib"
            return [Diagnostic(code=NO_BIBLIOGRAPHY, span=cite.span, segment=segment, fact=fact,
                               hint=hint)]  # fmt: skip
        for item in cite.items:
            if item.key not in keys:
                near = get_close_matches(item.key, keys, 3, 0.6)
                hint = "add it to the bibliography"
                if near:
                    hint = f"did you mean {' or '.join(near)}?"
                fact = f"the bibliography has no entry {item.key}"
                found.append(Diagnostic(code=UNKNOWN, span=item.span, segment=segment, fact=fact,
                                        hint=hint))  # fmt: skip
    return found
