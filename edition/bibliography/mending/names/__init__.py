"""Names mended from the document's own evidence.

Signals, by strength: another entry of the same work, a citation in the text, the author elsewhere
in the list beside the same co-author, the first and the last only where that reading is the better
one (:mod:`edition.bibliography.mending.direction`), the citation key, of a Chinese name by its
pinyin, words of the URL or DOI, the order of the list, names the edition knows, a list of given
names. A reading is applied only with two of them, one of the first two among them, where it is the
only candidate, within two letters (Chinese: one look-alike character), and what stands there is
found nowhere else. Everything else is proposed. Two-character Chinese names, given names of Chinese
authors and real names that differ are always the editor's.
"""

from edition.bibliography.mending.names.repairing import repair_names, unmatched

__all__ = ["repair_names", "unmatched"]
