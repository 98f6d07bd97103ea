"""The author's footnotes: references without definition, and the reverse."""

from __future__ import annotations

from edition.checks import walk
from edition.config import Config
from edition.diagnostics import Diagnostic
from edition.model import LANGS, Edition, FootnoteRef, flat
from edition.readers.codes import TXT012, TXT013


def check(edition: Edition, _: Config, __: frozenset[str] | None) -> list[Diagnostic]:
    """Findings by section and language: a footnote serves the side that defines it."""
    found: list[Diagnostic] = []
    for section in edition.sections:
        for lang in LANGS:
            defined = {one.label: one for one in section.footnotes if one.lang == lang}
            used: set[str] = set()
            for segment in section.side(lang):
                for one in (one for run in walk.of_segment(segment) for one in flat(run)):
                    if isinstance(one, FootnoteRef):
                        used.add(one.label)
                        if one.label not in defined:
                            fact = f"footnote [^{one.label}] is not defined in this file"
                            found.append(Diagnostic(
                                code=TXT012, span=one.span, segment=segment.id, fact=fact,
                                hint=f"write [^{one.label}]: … at its end"))  # fmt: skip
            for label, footnote in defined.items():
                if label not in used:
                    fact = f"nothing refers to footnote [^{label}]: it is not printed"
                    hint = f"put [^{label}] where its mark belongs"
                    found.append(Diagnostic(
                        code=TXT013, span=footnote.span, fact=fact, hint=hint))  # fmt: skip
    return found
