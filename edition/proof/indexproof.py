"""The index: the pages that it names are those on which the words are read.

Where a box stands on one page there is nothing to tell: the page is that of the box, which is
proved. Where it runs over pages, the words have to begin on the page that the index names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from edition.diagnostics import error
from edition.layout.types import Book, BookIndex, Box, SliceAt
from edition.proof import expected
from edition.proof.types import PageFinding, ReadSlice

ELSEWHERE = error("PRF022", "the index names a page on which its words do not stand")
_PAGE = -1  # in place of the number of a slice


def of_box(
    key: str, pages: Sequence[int], parts: Sequence[ReadSlice], index: BookIndex | None
) -> Iterator[tuple[int, PageFinding]]:
    """(number of the part, finding) for each headword that does not begin on the page that the
    index names. ``pages``: of the parts."""
    if index is None:
        return
    said = [_said(part) for part in parts]
    for number, page in enumerate(pages):
        here, whole = said[number], "".join(said[number:])
        for form in index.placed.get((key, page), ()):
            at = whole.find(expected.folded(form))
            # cells that stand side by side are read line by line: words in them may be parted
            if at >= len(here) or (at < 0 and not _is_block(parts[number])):
                fact = f"“{form}” does not begin there"
                yield number, PageFinding(ELSEWHERE.id, _PAGE, 0, fact)


def of_book(book: Book, places: Mapping[str, Sequence[SliceAt]]) -> Iterator[tuple[Box, str]]:
    """(box, what is wrong) for each box that holds a word of the index and does not stand on the
    page that the index names for it."""
    for key, page in book.index.placed if book.index else ():
        if page not in {one.page for one in places.get(key, ())}:
            yield book.boxes[key], f"it is not on page {page + 1} of the file"


def _said(part: ReadSlice) -> str:
    """What was read of a part, without the hyphens that divide words."""
    if _is_block(part):
        return expected.folded(part.text)
    return expected.folded("".join(
        line.text[:-1] if line.divided else line.text for line in part.lines
    ))  # fmt: skip


def _is_block(part: ReadSlice) -> bool:
    return any(line.block for line in part.lines)
