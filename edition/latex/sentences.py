"""Where sentences end, so that a segment that is divided over two pages can be divided after the
same sentence on both sides. A miss costs nothing but a less welcome break."""

from __future__ import annotations

import re

from edition.model import Lang

_ZH = re.compile("[。！？!?]+[」』”’）》〕]*")
_EN = re.compile(r"[.!?…]+[”’\"')\]]*(?=\s+[“‘\"'(\[]*[A-Z0-9\u4e00-\u9fff]|\s*$)")
# A full stop after these, or after a single capital, ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|Nos|vol|vols|p|pp|ch|chap|fig|ed|eds|trans|cf|e\.g|"
    r"i\.e|etc|al|vs|viz|ca|c|f|ff|n|nn|sec|art|Inc|Ltd|Co|Corp)|\b[A-Z])\.$"
)


def ends(text: str, lang: Lang) -> tuple[int, ...]:
    """Offsets just after each end of sentence in ``text``, ascending."""
    if lang == "zh":
        return tuple(found.end() for found in _ZH.finditer(text))
    return tuple(
        found.end()
        for found in _EN.finditer(text)
        if not _ABBREVIATED.search(text[max(0, found.start() - 8) : found.start() + 1])
        or found.end() == len(text)
    )
