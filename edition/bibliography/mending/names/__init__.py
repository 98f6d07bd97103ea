"""Names mended from the document's own evidence.

Signals, by strength: (1) another entry of the same work, (2) a citation in the text, (3) the
author elsewhere in the list beside the same co-author, both only where that reading is the better
one (:mod:`edition.bibliography.mending.direction`), (4) the pinyin of a Chinese twin, (5) the
citation key, (6) words of the URL or DOI, (7) the order of the list, (8) names the edition knows,
and a list of given names. A reading is applied only with two of them, (1) or (2) among them, where
it is the only candidate, within two letters (Chinese: one look-alike character), and what stands
there is found nowhere else. Everything else is proposed. Two-character Chinese names, given names
of Chinese authors and real names that differ are always the editor's.
"""

from edition.bibliography.mending.names.repairing import repair_names, unmatched

__all__ = ["repair_names", "unmatched"]
