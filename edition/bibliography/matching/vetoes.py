"""What keeps two records apart however alike they look. Each veto has its own stable code.

An absolute veto refuses a merge; the others leave it to the editor (proposed, never applied).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from edition.bibliography.matching import kindvetoes, placevetoes, titlevetoes
from edition.bibliography.matching.records import Record
from edition.bibliography.matching.similarity import Likeness
from edition.bibliography.matching.veto import Veto


def vetoes(a: Record, b: Record, like: Likeness) -> Iterator[Veto]:
    """Every veto that speaks against merging ``a`` and ``b``."""
    for check in CHECKS:
        found = check(a, b, like)
        if found:
            yield found


CHECKS: tuple[Callable[[Record, Record, Likeness], Veto | None], ...] = (
    titlevetoes.translation,
    titlevetoes.about,
    titlevetoes.part,
    titlevetoes.sequel,
    placevetoes.edition,
    placevetoes.volume,
    placevetoes.number,
    placevetoes.pages,
    kindvetoes.linked,
    kindvetoes.own,
    titlevetoes.wording,
    kindvetoes.parents,
    placevetoes.house,
    placevetoes.address,
    placevetoes.whole,
    kindvetoes.chapter,
    titlevetoes.generic,
    titlevetoes.serial,
    placevetoes.date,
    kindvetoes.kinds,
    placevetoes.identifiers,
    kindvetoes.authors,
    placevetoes.years,
    placevetoes.venue,
)
