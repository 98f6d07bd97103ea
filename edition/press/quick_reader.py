"""pypdf's reader, which takes the cross-reference streams of our files apart as a whole: a book of
3,000 pairs has 30,000 objects, and a call for each of their fields takes longer than all that is
read of it.
"""

from __future__ import annotations

import struct
from itertools import chain
from typing import Any, cast

from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject, read_object

# fields of an entry by their widths: the one in the middle may be of three bytes
_FIELDS = {"1 2 1": ">BHB", "1 2 2": ">BHH", "1 3 1": ">BBHB", "1 3 2": ">BBHH",
           "1 4 1": ">BIB", "1 4 2": ">BIH"}  # fmt: skip
_PLAIN, _PACKED = 1, 2  # kinds of entries (ISO 32000-1, table 18); others are free


class QuickReader(PdfReader):
    """Gives what :class:`pypdf.PdfReader` gives. ``tests/press/test_quick_reader.py`` holds both to
    the same."""

    def _read_pdf15_xref_stream(self, stream: Any) -> StreamObject:
        start = stream.tell()
        stream.seek(-1, 1)
        number, generation = self.read_object_header(stream)
        table = read_object(stream, self)
        places = _places(table) if isinstance(table, StreamObject) else None
        entries = self._xref_stream_entry_count + len(places or ())
        if places is None or entries > self._xref_stream_maximum_entries:
            stream.seek(start)
            return super()._read_pdf15_xref_stream(stream)
        self._xref_stream_entry_count = entries
        self.cache_indirect_object(generation, number, table)
        self._take(places)
        return cast(StreamObject, table)

    def _take(self, places: list[tuple[int, int, int, int]]) -> None:
        """Tables are read from the last to the first: what is known is the later word."""
        packed = self.xref_objStm
        for number, kind, where, index in places:
            if kind == _PACKED:
                if number not in packed and number not in self.xref.get(0, ()):
                    packed[number] = where, index
            elif kind == _PLAIN:
                known = self.xref.setdefault(index, {})
                if number not in known and number not in packed:
                    known[number] = where


def _places(table: StreamObject) -> list[tuple[int, int, int, int]] | None:
    """(number, kind, where, index) of each object; None for a table of another form."""
    widths: Any = table.get("/W")
    size: Any = table.get("/Size")
    if table.get("/Type") != "/XRef" or not isinstance(widths, list):
        return None
    form = _FIELDS.get(" ".join(map(str, widths)))
    index: Any = table.get("/Index", [0, size])
    pairs = [*index] if isinstance(index, list) else []
    if form is None or len(pairs) % 2 or not all(_is_number(one) for one in (size, *pairs)):
        return None
    data = table.get_data()
    count = sum(pairs[1::2])
    if len(data) != count * struct.calcsize(form):
        return None
    numbers = chain.from_iterable(
        range(first, first + many) for first, many in zip(pairs[::2], pairs[1::2], strict=True)
    )
    entries = struct.iter_unpack(form, data)
    if len(form) == len(">BIH"):
        found = [(number, *one) for number, one in zip(numbers, entries, strict=True)]
    else:
        found = [
            (number, kind, high << 16 | low, index)
            for number, (kind, high, low, index) in zip(numbers, entries, strict=True)
        ]
    return found if all(one[1] <= _PACKED for one in found) else None


def _is_number(one: object) -> bool:
    return isinstance(one, int) and not isinstance(one, IndirectObject) and 0 <= one <= 1 << 31
