"""Proof of one stream of pages: pair after pair, the English of each under its Chinese."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from edition.layout.types import Book, BoxRole, Row, SliceAt

Runs = Mapping[str, Sequence[int]]  # box → its places in the order of reading


def out_of_order(
    rows: Sequence[Row], slices: Sequence[SliceAt], book: Book
) -> Iterator[tuple[Row, str]]:
    """The rows of which something stands before the pair above it, or elsewhere than directly
    below its other language, each with what is wrong; over a page end, what goes on at the head
    of the next page is below."""
    runs = _runs(slices, book)
    above = -1
    for row in rows:
        keys = [key for key in (*row.zh, *row.en) if key in runs]
        if not keys:
            continue
        places = [place for key in keys for place in runs[key]]
        if any(len(runs[key]) > 1 for key in keys) or places != sorted(places):
            yield row, "its English does not follow its Chinese"
        elif places[-1] - places[0] >= len(places):
            yield row, "something stands between its Chinese and its English"
        elif places[0] <= above:
            yield row, "it stands before the pair that it follows"
        above = max(above, *places)


def _runs(slices: Sequence[SliceAt], book: Book) -> Runs:
    """Boxes of the text by their places among all, from above and page by page; a box that goes on
    from page to page has one."""
    text = [
        one for one in slices
        if book.boxes[one.slice.key].role is not BoxRole.NOTE or book.boxes[one.slice.key].at_end
    ]  # fmt: skip
    text.sort(key=lambda one: (one.page, one.top))
    runs: dict[str, list[int]] = defaultdict(list)
    for place, (key, _) in enumerate(groupby(text, key=lambda one: one.slice.key)):
        runs[key].append(place)
    return runs
