"""Pictures that were placed on pages as PDF: their marks are theirs, and no words of the book.

A reader of words takes those of a picture for words of the page, beyond the edges of the picture
too, where nothing is printed. For a proof of what the book says they are taken out.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edition.press.preflight import quiet

if TYPE_CHECKING:
    from pypdf import PdfReader

_EMPTY = zlib.compress(b"")
_STREAM = re.compile(rb"stream\r?\n")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)\b")
_HEAD = 1 << 16  # bytes in which the dictionary of a stream ends


def without(data: bytes, pictures: Iterable[Path]) -> bytes:
    """The PDF ``data`` with the forms empty that show the first pages of ``pictures``, known by
    their operators; of the same length, every object where it was. What cannot be read stays."""
    shown = frozenset(one for path in pictures if (one := _operators(path)))
    if not shown:
        return data
    from pypdf import PdfReader

    made = bytearray(data)
    with quiet():
        reader = PdfReader(io.BytesIO(data))
        for number, form in _forms(reader):
            if _bare(form.get_data()) in shown and "/Filter" in form:
                _empty(made, reader.xref[0].get(number, -1))
    return bytes(made)


def _operators(path: Path) -> bytes:
    """The operators of a picture's first page without white space; none where it has none."""
    from pypdf import PdfReader

    try:
        with quiet():
            content = PdfReader(path).pages[0].get_contents()
            return _bare(content.get_data()) if content is not None else b""
    except Exception:  # noqa: BLE001  (pypdf meets damage with errors of every kind)
        return b""


def _bare(operators: bytes) -> bytes:
    return b"".join(operators.split())


def _forms(reader: PdfReader) -> Iterator[tuple[int, Any]]:
    """(number, form) of each form that a page calls, once each."""
    seen: set[int] = set()
    for page in reader.pages:
        resources: Any = page.get("/Resources")
        held = resources.get_object().get("/XObject") if resources is not None else None
        called: Any = held.get_object() if held is not None else {}
        for name in called:
            form = called.raw_get(name)
            number = getattr(form, "idnum", -1)
            if number in seen or number < 0:
                continue
            seen.add(number)
            if form.get_object().get("/Subtype") == "/Form":
                yield number, form.get_object()


def _empty(data: bytearray, start: int) -> None:
    """Put an empty stream in the place of the one of the object that begins at ``start``."""
    head = _STREAM.search(data, start, start + _HEAD) if start >= 0 else None
    told = _LENGTH.search(data, start, head.start()) if head is not None else None
    length = int(told[1]) if told else 0
    if head is not None and len(_EMPTY) <= length:
        data[head.end() : head.end() + length] = _EMPTY.ljust(length, b"\n")
