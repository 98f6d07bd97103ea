"""Numbers of tables and figures: they rise as the tables stand on the pages, and what the text
refers to bears the number that it names.

The words of every box are proved against what was read back; here the boxes are compared with each
other, each on the page where TeX put it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from edition.diagnostics import error
from edition.layout.types import Book, Box, SliceAt
from edition.model import LANGS, Kind, Lang, other, plain
from edition.readers.captions import NUMBER, number_of, references, target, value

NUMBER_OF_CAPTION = error("PRF030", "a table or figure does not bear the number that it should")


def of_book(book: Book, places: Mapping[str, Sequence[SliceAt]]) -> Iterator[tuple[Box, str]]:
    """(box, what is wrong) for captions out of order and for references to another number."""
    yield from _rising(book, places)
    for box in book.boxes.values():
        runs = [box.inlines]
        if box.segment and box.segment.table:
            runs += [cell.inlines for cell in box.segment.table.cells]
        for one in (one for run in runs for one in references(run) if NUMBER in one.classes):
            said, caption = plain(one.children), _caption(book, target(one), box.lang)
            if caption is None:
                continue  # its language is not printed: the words stand alone
            number = number_of(caption.inlines)
            if number != said and box.lang == caption.lang:
                yield box, f"it names {said}, and {target(one)} is {number or 'not numbered'}"


def _caption(book: Book, segment: str, lang: Lang) -> Box | None:
    """The box of the table or figure, of the language of the reference where there is one."""
    boxes = (book.boxes.get(f"{segment}/{side}") for side in (lang, other(lang)))
    return next((box for box in boxes if box is not None), None)


def _rising(book: Book, places: Mapping[str, Sequence[SliceAt]]) -> Iterator[tuple[Box, str]]:
    """Where each number is that of the one before it, or less."""
    for kind in (Kind.TABLE, Kind.FIGURE):
        for lang in LANGS:
            boxes = [box for key, box in book.boxes.items() if places.get(key) and box.lang == lang
                     and box.segment and box.segment.kind is kind
                     and number_of(box.inlines)]  # fmt: skip
            boxes.sort(key=lambda box: (places[box.key][0].page, places[box.key][0].top))
            last: dict[int, tuple[int, ...]] = {}  # those within chapters, and those without
            for box in boxes:
                number = value(number_of(box.inlines))
                before = last.get(len(number), (0,))
                if number <= before:
                    said = ".".join(map(str, before))
                    yield box, f"{number_of(box.inlines)} stands after number {said}"
                last[len(number)] = max(before, number)
