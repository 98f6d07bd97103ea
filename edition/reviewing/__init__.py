"""Reviews: open questions put to the editor one by one, in the terminal or on a local page.

What is asked (:class:`Question`) and what becomes of the answers (:class:`DecisionStore`) is the
caller's: corrections of a bibliography, readings of an import, pairs of an alignment.
"""

from edition.reviewing.questions import (
    DecisionStore,
    FactRow,
    MarkedText,
    Question,
    Review,
    ReviewAnswers,
    ReviewProgress,
)
from edition.reviewing.walk import Terminal, walk

__all__ = [
    "ReviewAnswers",
    "MarkedText",
    "ReviewProgress",
    "Question",
    "Review",
    "FactRow",
    "DecisionStore",
    "Terminal",
    "walk",
]
