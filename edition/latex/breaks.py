"""Where a line may end: the rules of Chinese composition as data.

*Requirements for Chinese Text Layout* (W3C, “Prohibition rules for line start and line end”)
names three measures; this is its GB method (GB/T 15834-2011, 5.1): marks that close, points,
connectors and interpuncts begin no line, marks that open end none, the solidus does neither, and
the two halves of a dash or an ellipsis are not parted. The strict measure, by which dashes and
ellipses begin no line either, costs more loose lines than it mends and is not taken. Latin stops,
brackets and signs that belong to a figure are ruled like their Chinese counterparts.

Nothing here knows of TeX. Where TeX text is made, :mod:`edition.latex.joints` forbids and allows
by this table, whatever version of xeCJK is installed; the proof reads both ends of every printed
line against the same table.
"""

from __future__ import annotations

OPENING = frozenset("（《〈「『【〔［｛“‘〖〘〚〝｟｢")
CLOSING = frozenset("）》〉」』】〕］｝”’〗〙〛〞〟｠｣")
POINTS = frozenset("，。、；：？！．｡､﹐﹑﹒﹔﹕﹖﹗")
LONG = frozenset("—…⋯‥⸺")  # dashes and ellipses: never parted from their like
CONNECTORS = frozenset("–～〜")
INTERPUNCTS = frozenset("·・‧")
SOLIDUS = frozenset("／")
UNITS = frozenset("%‰％℃°")  # belong to the figure before them

LATIN_OPENING = frozenset("([{")
LATIN_CLOSING = frozenset(",.;:!?)]}") | UNITS

MARKS = OPENING | CLOSING | POINTS | LONG | CONNECTORS | INTERPUNCTS | SOLIDUS
NO_START = CLOSING | POINTS | CONNECTORS | INTERPUNCTS | SOLIDUS | LATIN_CLOSING
NO_END = OPENING | SOLIDUS | LATIN_OPENING


def allowed(before: str, after: str) -> bool | None:
    """Whether a line may end between two neighbouring characters; None where the table has no
    rule: between two ideographs a line may end anyway, within a Latin word by its own rules."""
    if before in NO_END or after in NO_START or (before in LONG and before == after):
        return False
    if (before in MARKS and after in OPENING | LONG) or before in LONG | CONNECTORS | INTERPUNCTS:
        return True
    return None
