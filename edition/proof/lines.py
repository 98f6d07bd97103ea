"""The printed lines of the finished pages, and how well they are filled.

A line is the glyphs of one box that stand on one baseline of its grid. Raised numbers, ruby and
other small type belong to no line: what is judged is what a reader's eye follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from edition.latex.faces import is_han
from edition.layout.shapes import is_block, is_table
from edition.layout.types import Book, Box, BoxRole, Layout, Measures, SliceAt, Style
from edition.model import BlockStart, Kind, Lang
from edition.press.characters import Glyph, GlyphPages

LOOSE: Mapping[Lang, float] = {"zh": 0.1, "en": 0.45}  # em: between Han, between words
_SMALL = 0.8  # of the size of the box: what is smaller is raised, or a reading
_SPACE = 0.13  # em between two glyphs from which on they are of two words
_CELL = 0.9  # em between two glyphs from which on they are of two cells of a table
_STUB = 2  # letters of a divided word that are too few to be left or begun with
_LADDER = 2  # lines in succession that may end in a divided word
_HYPHENS = "-\u2010\u00ad"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """``number``: which line of its box, from 1; of a block, which run of its glyphs. ``loose``:
    how much wider than set solid its gaps are, in em: between Han where the line is Chinese, the
    whole space between words where it is English; None where it is not filled out."""

    key: str
    page: int
    number: int
    lang: Lang
    glyphs: tuple[Glyph, ...]
    size: float
    first: bool = False  # of its box
    last: bool = False
    block: bool = False
    loose: float | None = None

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.glyphs)

    @property
    def divided(self) -> bool:
        """Whether it ends within a word."""
        return self.text[-1:] in _HYPHENS and not self.last

    def words(self) -> list[str]:
        """Its words: runs of glyphs without a space between them."""
        words = [self.glyphs[0].text] if self.glyphs else [""]
        for before, one in pairwise(self.glyphs):
            if one.x - before.right > _SPACE * self.size:
                words.append("")
            words[-1] += one.text
        return words


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the lines of text and notes are filled: lines that are filled out, and those of them
    that are loose, by language; runs of more than two divided words one below the other; words
    divided after or before two letters; columns that end in a divided word."""

    lines: Mapping[Lang, int] = field(default_factory=dict)
    loose: Mapping[Lang, int] = field(default_factory=dict)
    ladders: int = 0
    stubs: int = 0
    ends: int = 0

    def as_dict(self) -> dict[str, object]:
        return {
            "lines": dict(self.lines), "loose": dict(self.loose), "ladders": self.ladders,
            "stubs": self.stubs, "column_ends": self.ends,
        }  # fmt: skip

    def share(self, lang: Lang) -> float:
        """Of the filled lines of a language, the share that is loose."""
        return self.loose.get(lang, 0) / max(1, self.lines.get(lang, 0))


def printed(
    book: Book, layout: Layout, measures: Measures, slices: Sequence[SliceAt], pages: GlyphPages
) -> tuple[PrintedLine, ...]:
    """All lines of all boxes, box by box in the order of the slices."""
    by_page: dict[int, list[SliceAt]] = defaultdict(list)
    for one in slices:
        by_page[one.page].append(one)
    lines: list[PrintedLine] = []
    for index, here in by_page.items():
        held: dict[int, list[Glyph]] = defaultdict(list)
        for glyph in pages[index] if index < len(pages) else ():
            number = _slice_of(glyph, here, book)
            if number is not None:
                held[number].append(glyph)
        for number, glyphs in sorted(held.items()):
            one = here[number]
            box = book.boxes[one.slice.key]
            style = layout.styles[box.style]
            if _has_words(box):
                continue
            if is_block(box) or is_table(box):
                lines += _of_block(glyphs, one, box, style)
            else:
                total = measures[box.key].lines if box.key in measures else one.slice.last
                lines += _of_text(glyphs, one, box, style, total)
    return tuple(lines)


def _has_words(box: Box) -> bool:
    """Whether a picture brings words of its own, which are no lines of ours."""
    return bool(box.segment and box.segment.figure.lower().endswith(".pdf"))


def _slice_of(glyph: Glyph, slices: Sequence[SliceAt], book: Book) -> int | None:
    middle = glyph.x + glyph.advance / 2
    for number, one in enumerate(slices):
        width = book.boxes[one.slice.key].width
        margin = 0.6 * glyph.size
        if one.top < glyph.y <= one.bottom and one.x - margin <= middle <= one.x + width + margin:
            return number
    return None


def _of_text(
    glyphs: Sequence[Glyph], place: SliceAt, box: Box, style: Style, total: int
) -> Iterator[PrintedLine]:
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for one in glyphs:
        if one.size >= _SMALL * style.size:
            rows[round((one.y - place.top - style.first) / style.leading)].append(one)
    filled = style.align in ("justify", "ragged") and _is_prose(box)
    # in a note of several blocks, each ends in a line that is as long as its words
    several = any(isinstance(one, BlockStart) for one in box.inlines)
    right = place.x + box.width - 2 * style.size
    for row, found in sorted(rows.items()):
        number = place.slice.first + row + 1
        line = PrintedLine(
            key=box.key, page=place.page, number=number, lang=box.lang, size=style.size,
            glyphs=tuple(sorted(found, key=lambda one: one.x)), first=number == 1,
            last=number >= total,
        )  # fmt: skip
        ends = line.last or (several and line.glyphs[-1].right < right)
        loose = _looseness(line) if filled and not ends else None
        yield replace(line, loose=loose)


def _is_prose(box: Box) -> bool:
    kind = box.segment.kind if box.segment else Kind.PARA
    return box.role in (BoxRole.TEXT, BoxRole.NOTE) and kind in (Kind.PARA, Kind.ITEM, Kind.QUOTE)


def _of_block(
    glyphs: Sequence[Glyph], place: SliceAt, box: Box, style: Style
) -> Iterator[PrintedLine]:
    """Runs of a table, picture or finished page: what stands on one baseline without the gap
    that parts two cells."""
    size = median(one.size for one in glyphs) if box.pdf else style.size
    big = [one for one in glyphs if one.size >= _SMALL * size]
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for one in big:
        rows[round(one.y)].append(one)
    number = 0
    for _, found in sorted(rows.items()):
        found.sort(key=lambda one: one.x)
        runs: list[list[Glyph]] = [[]]
        for one in found:
            apart = not box.pdf and runs[-1] and one.x - runs[-1][-1].right > _CELL * size
            if apart:
                runs.append([])
            runs[-1].append(one)
        for run in runs:
            number += 1
            yield PrintedLine(key=box.key, page=place.page, number=number, lang=box.lang,
                              glyphs=tuple(run), size=size, block=True)  # fmt: skip


def _looseness(line: PrintedLine) -> float | None:
    gaps: list[float] = []
    for before, after in pairwise(line.glyphs):
        gap = (after.x - before.right) / line.size
        han = is_ideograph(before.text) and is_ideograph(after.text)
        if han if line.lang == "zh" else not han and gap > _SPACE:
            gaps.append(gap)
    return median(gaps) if gaps else None


def is_ideograph(text: str) -> bool:
    return len(text) == 1 and is_han(text) and text.isalpha()


def figures(lines: Sequence[PrintedLine], written: Callable[[str], str]) -> Figures:
    """What the lines come to, over the whole book. ``written``: the text of a box by its key; a
    word that the editor wrote with a hyphen there is not one that was divided after two letters."""
    count: dict[Lang, int] = {"zh": 0, "en": 0}
    loose: dict[Lang, int] = {"zh": 0, "en": 0}
    ladders = stubs = run = 0
    for line, after in pairwise((*lines, None)):
        assert line is not None
        if line.loose is not None:
            count[line.lang] += 1
            loose[line.lang] += line.loose > LOOSE[line.lang]
        run = run + 1 if line.divided else 0
        ladders += run == _LADDER + 1
        if line.divided and after is not None and after.key == line.key:
            head, tail = line.words()[-1].rstrip(_HYPHENS), after.words()[0]
            short = _letters(head) <= _STUB or _letters(tail) <= _STUB
            stubs += short and not line.block and f"{head}-{tail[:_STUB]}" not in written(line.key)
    return Figures(lines=count, loose=loose, ladders=ladders, stubs=stubs, ends=_ends(lines))


def _letters(word: str) -> int:
    return sum(one.isalpha() for one in word)


def _ends(lines: Sequence[PrintedLine]) -> int:
    """Columns whose last line of text ends in a divided word."""
    feet: dict[tuple[int, Lang], PrintedLine] = {}
    for line in lines:
        if line.key.startswith(("n:", "f:")) or not line.glyphs:
            continue
        where = line.page, line.lang
        if where not in feet or line.glyphs[0].y > feet[where].glyphs[0].y:
            feet[where] = line
    return sum(line.divided for line in feet.values())
