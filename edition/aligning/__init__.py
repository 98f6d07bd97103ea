"""Aligning two texts by what they say: which paragraphs of one answer to which of the other.

Pure: units in, beads out, each with how sure it is. No model and no network; the evidence is
kinds, lengths, figures, citations, names, signs, sounds of names, words that the texts themselves
teach, and a dictionary where the extra ``align`` is installed.
"""

from __future__ import annotations

from collections.abc import Sequence

from edition.aligning.units import (
    CERTAIN,
    SURE,
    Aligned,
    Bead,
    Bitext,
    Moved,
    TermForms,
    Unit,
    letters,
)

__all__ = [
    "CERTAIN",
    "SURE",
    "Aligned",
    "Bead",
    "TermForms",
    "Moved",
    "Bitext",
    "Unit",
    "align",
    "letters",
]


def align(parts: Sequence[Bitext], forms: Sequence[TermForms] = ()) -> tuple[Aligned, ...]:
    """:func:`edition.aligning.service.align`, which is loaded where there is something to align:
    most texts have all their ids."""
    from edition.aligning import service

    return service.align(parts, forms)
