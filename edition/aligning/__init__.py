"""Aligning two texts by what they say: which paragraphs of one answer to which of the other.

Pure: units in, beads out, each with how sure it is. No model and no network; the evidence is
kinds, lengths, figures, citations, names, signs, sounds of names, words that the texts themselves
teach, and a dictionary where the extra ``align`` is installed.
"""

from edition.aligning.service import align
from edition.aligning.units import CERTAIN, SURE, Aligned, Bead, Form, Moved, Part, Unit, letters

__all__ = [
    "CERTAIN", "SURE", "Aligned", "Bead", "Form", "Moved", "Part", "Unit", "align", "letters",
]  # fmt: skip
