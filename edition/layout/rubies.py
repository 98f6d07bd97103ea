"""Room for readings above characters (ruby): between two lines, clear of the upper one.

A text that has some, the running text, notes or tables, has a leading that leaves that room in all
of it, so that its lines stand at one distance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from edition.config import Config
from edition.layout.boxes import style_of
from edition.layout.types import Box, Layout, Style
from edition.model import LANGS, Edition, Inlines, Ruby, Segment, flat

# templates/edition-grid.sty sets them so
_UP = 0.96  # em from the baseline of the text to that of a reading
_LINE = 0.225  # em below the baseline to the foot of the line of a name
_INK = 0.1  # and to that of a character
_LETTER = 0.72  # em of a reading that its letters are high, with their tones
_IN_CELL = 0.86  # of the leading from line to line within a cell
_CLEAR = 0.2  # points that stay free


def there(box: Box) -> bool:
    """Whether a box has readings."""
    cells = box.segment.table.cells if box.segment and box.segment.table else ()
    return _has(box.inlines) or any(_has(cell.inlines) for cell in cells)


def roomy(layout: Layout, edition: Edition, config: Config) -> Layout:
    """``layout`` with room for the readings that the edition has."""
    lined = config.name_marks.marks != "off"
    styles = dict(layout.styles)
    for name in dict.fromkeys(_styles(edition)):
        if name == "table-zh":
            styles |= _tables(styles, layout.geometry.grid, lined=lined)
            continue
        leading = needed(styles[name], layout.geometry.grid, lined=lined)
        if leading > styles[name].leading:
            styles[name] = replace(styles[name], leading=leading)
    if layout.geometry.stacked:  # notes of both languages have one leading
        leading = max(styles[f"note-{lang}"].leading for lang in LANGS)
        styles |= {f"note-{lang}": replace(styles[f"note-{lang}"], leading=leading)
                   for lang in LANGS}  # fmt: skip
    return replace(layout, styles=styles)


def needed(style: Style, grid: float, *, lined: bool, share: float = 1.0) -> float:
    """The least leading, in whole grid units, on which a reading keeps clear of the line above it;
    ``lined``: names there may have lines; ``share`` of it that is from line to line."""
    high = (_LINE if lined else _INK) * style.size + _top(style)
    return math.ceil(high / share / grid - 1e-6) * grid


def _top(style: Style) -> float:
    """Points from a baseline to above the reading of its characters."""
    return _UP * style.size + _LETTER * _size(style.size) + _CLEAR


def _tables(styles: Mapping[str, Style], grid: float, *, lined: bool) -> dict[str, Style]:
    """The styles of tables with room within cells and below the rule of the head: alike in both
    languages, whose rows stand level."""
    zh = styles["table-zh"]
    leading = max(zh.leading, needed(zh, grid, lined=lined, share=_IN_CELL))
    first = max(zh.first, _top(zh))
    names = [name for name in ("table-zh", "table-en") if name in styles]
    return {name: replace(styles[name], leading=max(leading, styles[name].leading), first=first)
            for name in names}  # fmt: skip


def _size(base: float) -> float:
    """Points of a reading."""
    return base / 2 if base > 11 else 5.0 if base < 9.4 else 5.5


def _styles(edition: Edition) -> Iterator[str]:
    """The styles of Chinese texts that have readings."""
    for (lang, _), segment in edition.segments.items():
        if lang == "zh" and _of_segment(segment):
            yield f"{style_of(segment)}-zh"
    notes = [note.texts.get("zh", ()) for note in edition.notes]
    notes += [one.inlines for section in edition.sections for one in section.footnotes
              if one.lang == "zh"]  # fmt: skip
    if any(map(_has, notes)):
        yield "note-zh"


def _of_segment(segment: Segment) -> bool:
    cells = segment.table.cells if segment.table else ()
    return _has(segment.inlines) or any(_has(cell.inlines) for cell in cells)


def _has(inlines: Inlines) -> bool:
    return any(isinstance(one, Ruby) for one in flat(inlines))
