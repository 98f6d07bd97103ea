"""A layout, and boxes made by hand, for the tests that run XeLaTeX."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from edition.config import Bilingual, Config
from edition.latex.faces import Coverage, Face, Faces, Family
from edition.layout import types
from edition.layout.types import (
    BookPlan,
    Box,
    BoxRole,
    Geometry,
    Layout,
    Measures,
    PagePlan,
    Placed,
    Slice,
    Style,
)
from edition.model import Inline, Inlines, Kind, Lang, Segment, Text
from edition.source import SourceFile

GRID = 7.0
_FAMILY = Family(regular=Face("/fonts/x.otf"),
                 bold=Face("/fonts/x.otf"), italic=Face("/fonts/x.otf"),
                 bold_italic=Face("/fonts/x.otf"))  # fmt: skip
# faces of no font: for TeX that is written and not run
FACES = Faces(zh=_FAMILY, zh_sans=_FAMILY, en=_FAMILY, identity="",
              han=Coverage.of([*range(32, 0x250), *range(0x2000, 0x9FFF)]),
              latin=Coverage.of(range(32, 0x180)))  # fmt: skip
CONFIG = Config(id="sample", title=Bilingual(zh="樣張", en="Sample"), date="2026-11-23")

_STYLES = (
    Style(name="zh", size=10.5, leading=17.5, first=12, indent=2),
    Style(name="en", size=10.5, leading=14, first=10.5, indent=1.2),
    Style(name="note-zh", size=8.5, leading=14, first=10, left=1.6),
    Style(name="note-en", size=8.5, leading=10.5, first=8, left=1.6),
    Style(name="heading", size=13, leading=21, first=15, align="left", weight="bold"),
    Style(name="item", size=10.5, leading=14, first=10.5, left=1.5),
    Style(name="quote", size=9.5, leading=14, first=10, left=2, right=2),
    Style(name="verse", size=10.5, leading=14, first=10.5, left=2, align="left"),
    Style(name="table", size=9, leading=14, first=10),
    Style(name="toc", size=10, leading=14, first=10),
    Style(name="center", size=16, leading=21, first=16, align="center"),
    Style(name="right", size=9, leading=14, first=10, align="right"),
    Style(name="head", size=8.5, leading=14, first=9),
)


def layout(name: str = "facing", width: float = 350.0) -> Layout:
    gutter = 17.5
    column = (width - gutter) / 2
    zh, en = (width, width) if name == "facing" else (column, column)
    geometry = Geometry(
        layout=name, paper_width=max(483.7, width + 124), paper_height=682.9, text_width=width,
        grid=GRID, lines=76, inner=62, top=70, gutter=gutter, zh_width=zh, en_width=en, note_gap=14,
    )  # fmt: skip
    return Layout(geometry=geometry, styles={style.name: style for style in _STYLES})


def inlines(*parts: str | Inline) -> Inlines:
    """Text for each string, with spans into a file of its own; other inlines as they are."""
    file = SourceFile("text.md", "".join(part for part in parts if isinstance(part, str)))
    found: list[Inline] = []
    at = 0
    for part in parts:
        if isinstance(part, str):
            found.append(Text(part, file.span(at, at + len(part))))
            at += len(part)
        else:
            found.append(part)
    return tuple(found)


SPAN = SourceFile("text.md", "-").whole()


def box(
    key: str,
    lang: Lang,
    *parts: str | Inline,
    style: str = "",
    width: float = 350.0,
    kind: Kind = Kind.PARA,
    **more: object,
) -> Box:
    """A text box with a segment of its own."""
    content = inlines(*parts)
    segment = Segment(id=key, given=True, lang=lang, kind=kind, inlines=content, span=SPAN, level=1)
    made = Box(
        key=key, role=BoxRole.TEXT, style=style or lang, width=width, lang=lang,
        inlines=content, segment=segment, span=content[0].span if content else None,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def note(key: str, lang: Lang, *parts: str | Inline, width: float = 350.0, **more: object) -> Box:
    made = Box(key=key, role=BoxRole.NOTE, style=f"note-{lang}", width=width, lang=lang,
               inlines=inlines(*parts), numbering="circled")  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


@dataclass
class Book:
    boxes: dict[str, Box] = field(default_factory=dict)

    @classmethod
    def of(cls, *boxes: Box) -> Book:
        return cls({one.key: one for one in boxes})


def whole(book: Book) -> types.Book:
    """The boxes as the book that a proof is told of: no rows, no headings."""
    return types.Book(boxes=book.boxes, flows=(), layers={}, labels={}, titles={}, heads={})


def stack(
    book: Book,
    measures: Measures,
    shape: Layout,
    *,
    lines: int | Mapping[str, int] = 10_000,
    heads: bool = True,
) -> BookPlan:
    """All boxes of text one below the other, each cut after every ``lines`` of its lines (by
    key, or all alike), over as many pages as they need; notes on the page of the slice before
    them."""
    pages: list[list[Placed]] = [[]]
    notes: list[list[Slice]] = [[]]
    numbers: dict[str, str] = {}
    first: dict[str, int] = {}
    y = 0.0
    for key, one in book.boxes.items():
        measure = measures[key]
        if one.role is BoxRole.NOTE:
            notes[-1].append(Slice(key, 0, measure.lines))
            numbers[key] = chr(0x2460 + len(numbers) % 20)
            first[key] = len(pages) - 1
            continue
        high = shape.styles[one.style].leading / GRID
        step = lines if isinstance(lines, int) else lines[key]
        for start in range(0, measure.lines, step):
            end = min(start + step, measure.lines)
            if y + (end - start) * high > 50:
                pages.append([])
                notes.append([])
                y = 0.0
            first.setdefault(key, len(pages) - 1)
            pages[-1].append(Placed(Slice(key, start, end), one.lang, y))
            y += (end - start) * high
    return BookPlan(
        pages=tuple(
            PagePlan(
                index=index, label=str(index + 1) if heads else "", side="zh",
                body=tuple(body), notes=tuple(notes[index]),
                head_left=inlines("樣張") if heads else (),
                head_right=inlines("Sample") if heads else (),
            )
            for index, body in enumerate(pages)
        ),
        numbers=numbers,
        first_page=first,
    )  # fmt: skip
