"""Reviews: open questions put to the editor one by one, in the terminal or on a local page.

What is asked (:class:`Question`) and what becomes of the answers (:class:`Store`) is the caller's:
corrections of a bibliography, readings of an import, pairs of an alignment.
"""

from edition.reviewing.questions import Answers, Marked, Progress, Question, Review, Row, Store
from edition.reviewing.walk import Terminal, walk

__all__ = [
    "Answers", "Marked", "Progress", "Question", "Review", "Row", "Store", "Terminal", "walk",
]  # fmt: skip
