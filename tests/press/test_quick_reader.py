"""Cross-reference streams taken apart as a whole say what pypdf reads in them, entry by entry."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from edition.press import quick_reader
from edition.press.quick_reader import QuickReader

Entry = tuple[int, int, int]
HEAD = b"%PDF-1.5\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
FREE: Entry = (0, 0, 0)
ROOT: Entry = (1, 9, 0)


def file(
    *tables: list[Entry], widths: tuple[int, int, int] = (1, 4, 2), more: bytes = b"",
    index: bytes = b"", cut: int = 0,
) -> bytes:  # fmt: skip
    """A file with cross-reference streams behind each other, the first of them without one before;
    ``more``: what they say too, ``cut``: bytes that the last is short of."""
    data, before = HEAD, b""
    for number, entries in enumerate(tables):
        start = len(data)
        table = b"".join((value % 256**width).to_bytes(width, "big") for one in entries
                         for value, width in zip(one, widths, strict=True))  # fmt: skip
        table = table[: len(table) - cut] if number + 1 == len(tables) else table
        said = b" ".join(b"%d" % width for width in widths)
        data += (
            b"%d 0 obj\n<</Type/XRef/Size %d/W[%s]/Root 1 0 R%s%s%s/Length %d>>\nstream\n%s\n"
            b"endstream\nendobj\n"
            % (90 + number, len(entries), said, before, index, more, len(table), table)
        )
        before = b"/Prev %d" % start
    return data + b"startxref\n%d\n%%%%EOF\n" % start


def told(reader: Callable[[BytesIO], PdfReader], data: bytes) -> object:
    """All that a reader knows of where objects are; its error where it has one."""
    try:
        read = reader(BytesIO(data))
    except PdfReadError as problem:
        return str(problem)
    return read.xref, list(read.xref_objStm.items()), sorted(read.trailer)


entries = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from((9, 0, 300, 70_000)), st.integers(0, 3)),
    max_size=6,
)


@settings(max_examples=25)
@given(st.lists(entries, min_size=1, max_size=3),
       st.sampled_from(((1, 4, 2), (1, 3, 1), (1, 2, 2), (2, 4, 2))))  # fmt: skip
def test_it_reads_what_pypdf_reads(
    tables: list[list[Entry]], widths: tuple[int, int, int]
) -> None:  # fmt: skip
    data = file(*([FREE, ROOT, *one] for one in tables), widths=widths)
    assert told(QuickReader, data) == told(PdfReader, data)


@pytest.mark.parametrize("form", list(quick_reader._FIELDS))
def test_every_width_of_fields_is_read(form: str) -> None:
    first, second, third = map(int, form.split())
    where = (300, 70_000, 1 << 24)[second - 2]
    data = file([FREE, ROOT, (2, where, 255), (2, 7, 0)], widths=(first, second, third))
    read = QuickReader(BytesIO(data))
    assert read.xref_objStm == {2: (where, 255), 3: (7, 0)}
    assert told(QuickReader, data) == told(PdfReader, data)


@pytest.mark.parametrize("more", [
    {"cut": 3}, {"index": b"/Index[0 9]"}, {"index": b"/Index[1 2 0 1]"}, {"index": b"/Index[4]"},
    {"index": b"/Index[-1 3]"}, {"widths": (0, 4, 2)}, {"widths": (1, 4, 0)},
])  # fmt: skip
def test_what_is_written_otherwise_is_left_to_pypdf(more: dict[str, object]) -> None:
    data = file([FREE, ROOT, (2, 5, 1)], **more)  # type: ignore[arg-type]
    assert told(QuickReader, data) == told(PdfReader, data)


def test_the_last_table_has_the_last_word() -> None:
    read = QuickReader(BytesIO(file([FREE, ROOT, (2, 5, 1)], [FREE, ROOT, (1, 9, 0)])))
    assert read.xref == {0: {1: 9, 2: 9}}
    assert not read.xref_objStm


def test_more_entries_than_pypdf_takes_are_refused() -> None:
    with pytest.raises(PdfReadError):
        QuickReader(BytesIO(file([FREE, ROOT, (2, 5, 1)])), xref_stream_maximum_entries=2)
