"""The apparatus: what witnesses and scholars read in the place of the text's own words.

Entries are data (``lem``, ``rdg``, ``wit``); their printed notes are made from them here, in each
language in its own manner. Witnesses are compared with the text by :mod:`collation`.
"""

from edition.apparatus.emending import emended
from edition.apparatus.printing import printed

__all__ = ["emended", "printed"]
