"""What can be wrong with a pair of segments: kinds, lengths, a translation out of date.

How long a translation is, is learnt from the edition itself: classical Chinese takes four times
the English that a report takes.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from edition.aligning import letters
from edition.diagnostics import Diagnostic, error, warning
from edition.model import LANGS, Kind, Pair, Presence, Segment, other, plain
from edition.readers import wording
from edition.readers.wording import SIDES

RATIO = warning("ALN004", "Suspicious length of a translation")
STALE = warning("ALN005", "The source has changed since its translation was checked")
KINDS = warning("ALN006", "A pair of different kinds")
NO_TEXT = error("ALN007", "A pair without text on either side")
PROPOSED = warning("ALN010", "A pair that is only proposed")

_KINDS = {
    Kind.HEADING: "a heading", Kind.PARA: "a paragraph", Kind.ITEM: "an item of a list",
    Kind.QUOTE: "a quotation", Kind.VERSE: "verse", Kind.TABLE: "a table", Kind.FIGURE: "a figure",
    Kind.CODE: "code", Kind.TERM: "a term", Kind.DEFINITION: "a definition", Kind.BREAK: "a rule",
}  # fmt: skip
USUAL = (0.8, 6.5)  # English letters for one character where a text is too short to learn from
_LEAST = 20  # Chinese characters below which a ratio of lengths says nothing
_ENOUGH = 12  # pairs from which a ratio is learnt
_FAR = 4.0  # spreads from the median that are suspicious
_NEAR = 1.8  # times the median, either way, that never are
_SPREAD = 0.16  # of the logarithm: no translation is evener
_SHORT = 8.0  # characters by which short texts vary freely


@dataclass(frozen=True, slots=True)
class ExpectedLength:
    """English letters for one Chinese character: the median, and the spread of its logarithm
    (both robust: what is wrong with a few pairs does not touch them)."""

    ratio: float
    spread: float

    def limits(self, han: int) -> tuple[float, float]:
        """Least and greatest ratio that is usual for a text of ``han`` characters."""
        short = _SHORT / (han + _SHORT)
        far = max(_FAR * math.hypot(self.spread, short), math.log(_NEAR))
        return self.ratio * math.exp(-far), self.ratio * math.exp(far)


def expected(sizes: Iterable[tuple[int, int]]) -> ExpectedLength | None:
    """What the lengths of an edition teach; None where they are too few."""
    logs = [math.log(latin / han) for han, latin in sizes if han >= _LEAST and latin]
    if len(logs) < _ENOUGH:
        return None
    middle = median(logs)
    spread = 1.4826 * median(abs(one - middle) for one in logs)
    return ExpectedLength(math.exp(middle), max(spread, _SPREAD))


def judge(
    pair: Pair, size: tuple[int, int], usual: ExpectedLength | tuple[float, float]
) -> list[Diagnostic]:
    """Everything about one pair, of the :func:`lengths` ``size``. ``usual``: what is expected of
    them, learnt or as limits."""
    if not (pair.zh and pair.en):
        return []
    found: list[Diagnostic] = []
    zh, en = pair.zh[0], pair.en[0]
    if all(one.presence is not Presence.TEXT for one in (*pair.zh, *pair.en)):
        fact = "neither language has a text here"
        found.append(Diagnostic(code=NO_TEXT, span=zh.span, segment=pair.id, fact=fact))
    if zh.kind is not en.kind and Presence.TEXT is zh.presence is en.presence:
        fact = f"the Chinese is {_KINDS[zh.kind]}, the English {_KINDS[en.kind]}"
        found.append(Diagnostic(code=KINDS, span=en.span, segment=pair.id, fact=fact))
    found += _length(pair, size, usual)
    return [*found, *_stale(pair), *_proposed(pair)]


def _proposed(pair: Pair) -> list[Diagnostic]:
    stated = next((one for one in (*pair.zh, *pair.en) if one.sure), None)
    if stated is None:
        return []
    fact = f"these were put together by their texts, with a chance of {stated.sure}"
    way = f"strike out sure where it is right (edition align --accept {stated.id} does)"
    return [Diagnostic(code=PROPOSED, span=stated.span, segment=pair.id, fact=fact,
                       hint="\n".join([way, *wording.beside(pair.zh, pair.en)]))]  # fmt: skip


def _stale(pair: Pair) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for lang in LANGS:
        own, source = pair.side(lang), pair.side(other(lang))
        stated = next((one for one in own if one.source_hash), None)
        if stated is not None and stated.source_hash != source_hash(source):
            fact = f"the {SIDES[other(lang)]} is not the text that this was last checked against"
            found.append(Diagnostic(code=STALE, span=stated.span, segment=stated.id, fact=fact,
                                    hint="check it, then run edition ids --touch"))  # fmt: skip
    return found


def lengths(pair: Pair) -> tuple[int, int]:
    """Chinese characters and English letters; none of a heading, which shortens, and none of a
    pair with one side only."""
    if pair.kind is Kind.HEADING or not (pair.zh and pair.en):
        return 0, 0
    return sum(letters(one.text) for one in pair.zh), sum(letters(one.text) for one in pair.en)


def _length(
    pair: Pair, size: tuple[int, int], usual: ExpectedLength | tuple[float, float]
) -> list[Diagnostic]:
    han, latin = size
    if han < _LEAST or not latin:
        return []
    least, most = usual.limits(han) if isinstance(usual, ExpectedLength) else usual
    if least <= latin / han <= most:
        return []
    fact = f"{latin} English letters stand for {han} Chinese characters, {latin / han:.1f} for one"
    return [Diagnostic(code=RATIO, span=pair.en[0].span, segment=pair.id, fact=fact,
                       hint=f"between {least:.1f} and {most:.1f} is usual here; "
                            "is something missing, or aligned wrongly?")]  # fmt: skip


def source_hash(segments: Sequence[Segment]) -> str:
    """Eight hexadecimal digits of the printed text, for ``{hash="…"}``: a change of markup alone
    makes no translation stale."""
    parts: list[str] = []
    for one in segments:
        parts.append(one.text)
        if one.table:
            rows = (one.table.header, *one.table.rows)
            parts += ["\t".join(plain(cell.inlines) for cell in row) for row in rows]
    text = unicodedata.normalize("NFC", "\n".join(parts))
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
