"""Anchors: where in the text each note stands.

An anchor is never guessed. A lemma is *found* at one place, or there is an error: *fuzzy* where
something like it stands in the segment, *ambiguous* where it stands more than once, *orphaned*
where nothing of the kind is there. Both languages are treated alike. Positions are code points of
the plain text of a segment; lemma and text are compared in NFC.
"""

from edition.anchors.lookup import attach
from edition.anchors.marks import insert_marks
from edition.anchors.places import undivided

__all__ = ["attach", "insert_marks", "undivided"]
