"""Fit the two languages to each other: of the column ratios, or the sizes of Chinese, that a
layout allows, the one that leaves least white between pairs.

Lengths are estimated from the text, so that the choice costs no run of TeX and an edit of a few
words does not move it: the candidates are coarse on purpose.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from edition.keeping import Keep, ResultTable
from edition.layout import kinds, widths
from edition.layout.types import Geometry, Layout, Style
from edition.model import Edition, Kind, Pair

_PAPER = 0.15  # what paper counts against white
_ABSENT = 6.0  # em: what says that a side has no text
# styles that follow the size of Chinese body text
_SIZED = (*(one.value for one in Kind if kinds.of(one).sized), "absent", "byline", "heading4")
_RISE = 0.92  # em that the first line of Chinese needs above its baseline: Han are .88 em high


@dataclass(frozen=True, slots=True)
class _Extent:
    """Natural lengths of one pair, in em of its type."""

    zh: float
    en: float


def fit(
    layout: Layout, edition: Edition, limits: tuple[float, float], *, keep: Keep | None = None
) -> Layout:
    """``layout`` with the candidate that wastes least; ``limits``: least and greatest share of
    the columns that Chinese may take. ``keep`` has what is known of the widths of texts."""
    candidates = list(_candidates(layout, limits))
    if len(candidates) < 2:
        return candidates[0] if candidates else layout
    extents = tuple(_extents(edition.pairs, (keep or Keep()).table("widths")))
    if not extents:
        return candidates[0]
    return min(candidates, key=lambda one: waste(one, extents))


def _extents(pairs: Sequence[Pair], known: ResultTable) -> Iterator[_Extent]:
    for pair in pairs:
        if kinds.of(pair.kind).prose and pair.zh and pair.en:
            zh, en = ("".join(one.text for one in pair.side(lang)) for lang in ("zh", "en"))
            if zh or en:
                both = f"{len(zh)} {zh}{en}"
                wide = known.get(both)
                if wide is None:
                    wide = [widths.width(zh, 1), widths.width(en, 1)]
                    known.set(both, wide)
                yield _Extent(wide[0] or _ABSENT, wide[1] or _ABSENT)


def waste(layout: Layout, extents: Sequence[_Extent]) -> float:
    """Area that stays blank beside the shorter side of each pair, in square points, and a part of
    the whole: of two that leave as much blank, the one that takes less paper is better."""
    geometry = layout.geometry
    zh, en = layout.styles["para-zh"], layout.styles["para-en"]
    total = 0.0
    for one in extents:
        high_zh = _height(one.zh, zh, geometry.zh_width)
        high_en = _height(one.en, en, geometry.en_width)
        short = geometry.zh_width if high_zh < high_en else geometry.en_width
        total += abs(high_zh - high_en) * short
        total += _PAPER * max(high_zh, high_en) * (geometry.zh_width + geometry.en_width) / 2
    return total


def _height(extent: float, style: Style, measure: float) -> float:
    lines = -((extent + style.indent) * style.size // -measure)
    return lines * style.leading


def _candidates(layout: Layout, limits: tuple[float, float]) -> Iterator[Layout]:
    geometry = layout.geometry
    if not (geometry.zh_width and geometry.en_width):  # one language has the whole measure
        yield layout
        return
    if geometry.stacked:
        yield layout
        return
    if geometry.facing:
        yield from (_sized(layout, size, leading) for size, leading in layout.fit.zh)
        if not layout.fit.zh:
            yield layout
        return
    room = geometry.text_width - geometry.gutter
    size = layout.styles["para-zh"].size
    first = max(math.ceil(limits[0] * room / size - 1e-6), layout.fit.least)
    last = int(limits[1] * room / size + 1e-6)
    for count in range(first, last + 1):
        yield _divided(layout, room, count * size / room)
    if first > last:  # the limits are an order, a line of whole characters is a wish
        yield _divided(layout, room, limits[1])


def _sized(layout: Layout, size: float, leading: float) -> Layout:
    """``layout`` with Chinese of another size. Where that needs a lower first baseline, the
    English beside it gets the same: first lines of a pair stand on one line of the grid."""
    styles = dict(layout.styles)
    ratio = size / styles["para-zh"].size
    for kind in _SIZED:
        zh, en = styles[f"{kind}-zh"], styles[f"{kind}-en"]
        new = round(zh.size * ratio, 2)
        rise = max(0.0, round(_RISE * new - zh.first, 2))
        styles[zh.name] = replace(zh, size=new, leading=leading, first=zh.first + rise)
        styles[en.name] = replace(en, first=en.first + rise)
    return replace(layout, styles=styles)


def _divided(layout: Layout, room: float, share: float) -> Layout:
    geometry: Geometry = replace(
        layout.geometry, zh_width=round(room * share, 3), en_width=round(room * (1 - share), 3)
    )
    return replace(layout, geometry=geometry)
