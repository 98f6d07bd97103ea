"""A PDF of XeTeX's driver and what is added behind it (ISO 32000-1, 7.5.6): pages, fonts and
pictures stay as they are, byte for byte. New objects, and those that refer to them, go into object
streams, as the driver's own do. Taking 1,500 pages apart and writing them anew takes twenty times
as long, and makes the file half as large again.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    create_string_object,
)

from edition.press.leaves import Leaves
from edition.press.quick_reader import QuickReader

_PACKED = 200  # objects in a stream, as the driver has it
# of deflating, 1 to 9: the highest takes 0.12 s more of 1,500 pages for 0.2 % of the file
_LEVEL = 7
_TAIL = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_HEADER = 8  # bytes of "%PDF-1.5"


class Raw(PdfObject):
    """An object as it stands in the file."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def write_to_stream(self, stream: Any, encryption_key: Any = None) -> None:  # noqa: ARG002
        stream.write(self.data)


def fits(data: bytes) -> bool:
    """Whether the file ends in a cross-reference stream, behind which another may stand."""
    tail = _TAIL.search(data, max(0, len(data) - 64))
    return bool(tail) and b"/XRef" in data[int(tail[1]) : int(tail[1]) + 200] if tail else False


class Addition:
    """What :class:`pypdf.PdfWriter` is to the functions of :mod:`edition.press.document` and
    :mod:`edition.press.navigation`: they add objects, and change the catalogue, pages and fonts."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf_header = data[:_HEADER].decode("latin-1")
        self._reader = QuickReader(BytesIO(data))
        size: Any = self._reader.trailer["/Size"]
        self._first = int(size)
        self._new: dict[int, PdfObject] = {}
        self._ID: ArrayObject | None = None
        self._info = DictionaryObject()
        self._root = self._reader.trailer.raw_get("/Root")
        self._root_object: DictionaryObject = self._root.get_object()
        self._leaves = Leaves(data, self._reader)
        self.references = self._leaves.references  # to all pages
        self._entries: dict[int, dict[str, PdfObject]] = {}  # by page, from 0
        self._fonts: dict[int, DictionaryObject] = {}

    def _add_object(self, added: PdfObject) -> IndirectObject:
        number = self._first + len(self._new)
        self._new[number] = added
        return IndirectObject(number, 0, self)

    def get_object(self, reference: IndirectObject) -> PdfObject | None:
        """The object that an added reference names."""
        return self._new.get(reference.idnum)

    def link(self, page: int, links: Sequence[PdfObject]) -> list[IndirectObject]:
        """Give a page its links; what refers to them."""
        added = [self._add_object(one) for one in links]
        self.put(page, {"/Annots": ArrayObject(added)})
        return added

    def put(self, page: int, entries: Mapping[str, PdfObject]) -> None:
        """Give a page entries that it has not."""
        self._entries.setdefault(page, {}).update(entries)

    def _with_entries(self) -> Iterator[tuple[int, PdfObject]]:
        """The pages that were given entries."""
        for page, entries in self._entries.items():
            reference = self.references[page]
            raw = self._leaves.with_entries(
                page, {name: _bytes(one) for name, one in entries.items()}
            )
            if raw is not None:
                yield reference.idnum, Raw(raw)
                continue
            target = reference.get_object()
            assert isinstance(target, DictionaryObject)
            target.update({NameObject(name): one for name, one in entries.items()})
            yield reference.idnum, target

    @property
    def metadata(self) -> Mapping[str, str]:
        return {name: str(value) for name, value in self._info.items()}

    @metadata.setter
    def metadata(self, facts: Mapping[str, str]) -> None:
        self._info = DictionaryObject(
            {NameObject(name): create_string_object(value) for name, value in facts.items()}
        )

    @property
    def _objects(self) -> list[DictionaryObject]:
        """The fonts that say what their glyphs mean."""
        if not self._fonts:
            for number in self._saying():
                found = IndirectObject(number, 0, self._reader).get_object()
                if isinstance(found, DictionaryObject) and found.get("/Type") == "/Font":
                    self._fonts[number] = found
        return list(self._fonts.values())

    def _saying(self) -> Iterator[int]:
        """Numbers of objects with a ToUnicode map, within streams and outside."""
        key = b"/ToUnicode"
        for number in sorted({stream for stream, _ in self._reader.xref_objStm.values()}):
            stream: Any = IndirectObject(number, 0, self._reader).get_object()
            held = stream.get_data()
            first = int(stream["/First"])
            places = [int(one) for one in held[:first].split()]
            starts = [*places[1::2], len(held) - first]
            for name, start, end in zip(places[::2], starts, starts[1:], strict=False):
                if key in held[first + start : first + end]:
                    yield name
        for number, offset in self._reader.xref.get(0, {}).items():
            if key in self.data[offset : self.data.find(b"endobj", offset)]:
                yield number

    def to_bytes(self) -> bytes:
        """The whole file."""
        changed: dict[int, Any] = {self._root.idnum: self._root_object}
        changed |= {number: one for number, one in self._fonts.items() if self._is_new(one)}
        changed |= self._with_entries()
        info = self._add_object(self._info)
        file = _File(self.pdf_header.encode("latin-1") + self.data[_HEADER:])
        # the catalogue, the facts and streams stand outside streams
        outside = {self._root.idnum, info.idnum}
        outside |= {number for number, one in self._new.items() if isinstance(one, StreamObject)}
        every: dict[int, PdfObject] = dict(sorted((changed | self._new).items()))
        packed = [(number, one) for number, one in every.items() if number not in outside]
        for number in sorted(outside):
            file.put(number, _bytes(every[number]))
        number = file.pack(self._first + len(self._new), packed)
        ids = _bytes(self._ID or ArrayObject())
        before = _TAIL.search(self.data, len(self.data) - 64)
        facts = b"/Root %d 0 R/Info %d 0 R/ID%s/Prev %s" % (
            self._root.idnum, info.idnum, ids, before[1] if before else b"0",
        )  # fmt: skip
        return file.finished(number, facts)

    def _is_new(self, one: PdfObject | None) -> bool:
        """Whether an object of the file refers to one that was added."""
        if not isinstance(one, DictionaryObject):
            return False
        for value in one.values():
            # an array gives what its references lead to
            listed = isinstance(value, ArrayObject) and value
            first = list.__getitem__(value, 0) if listed else value
            if isinstance(first, IndirectObject) and first.idnum >= self._first:
                return True
        return False


class _File:
    """Bytes with a cross-reference stream for what is put behind them."""

    def __init__(self, data: bytes) -> None:
        self.parts = [data if data.endswith(b"\n") else data + b"\n"]
        self.at = len(self.parts[0])
        self.places: dict[int, tuple[int, int, int]] = {}  # kind, where, index: 7.5.8.3

    def put(self, number: int, data: bytes) -> None:
        self.places[number] = (1, self.at, 0)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, data))

    def pack(self, first: int, objects: list[tuple[int, PdfObject]]) -> int:
        """Put objects into streams, numbered from ``first``; the number behind these. They are
        compressed on all cores: that takes as long as all else."""
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            streams = []
            for number, start in enumerate(range(0, len(objects), _PACKED), first):
                told = self._packed(number, objects[start : start + _PACKED])
                streams.append(threads.submit(_stream, *told))
            for number, stream in enumerate(streams, first):
                self.put(number, stream.result())
        return first + len(streams)

    def _packed(self, number: int, objects: list[tuple[int, PdfObject]]) -> tuple[bytes, bytes]:
        """What the stream ``number`` of objects says of itself, and what it holds."""
        heads: list[str] = []
        bodies: list[bytes] = []
        at = 0
        for index, (name, one) in enumerate(objects):
            body = _bytes(one) + b"\n"
            heads.append(f"{name} {at}")
            bodies.append(body)
            at += len(body)
            self.places[name] = (2, number, index)
        head = " ".join(heads).encode() + b"\n"
        kind = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
        return kind, head + b"".join(bodies)

    def finished(self, number: int, facts: bytes) -> bytes:
        start = self.at
        self.places[number] = (1, start, 0)
        runs: list[list[int]] = []
        for name in sorted(self.places):
            if runs and runs[-1][0] + runs[-1][1] == name:
                runs[-1][1] += 1
            else:
                runs.append([name, 1])
        table = b"".join(
            kind.to_bytes(1, "big") + where.to_bytes(4, "big") + index.to_bytes(2, "big")
            for _, (kind, where, index) in sorted(self.places.items())
        )
        index = " ".join(f"{first} {count}" for first, count in runs).encode()
        kind = b"/Type/XRef/Size %d/W[1 4 2]/Index[%s]%s" % (number + 1, index, facts)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, _stream(kind, table)))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self.parts)

    def _write(self, data: bytes) -> None:
        self.parts.append(data)
        self.at += len(data)


def _stream(kind: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data, _LEVEL)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (
        kind,
        len(packed),
        packed,
    )


def _bytes(one: PdfObject) -> bytes:
    if isinstance(one, Raw):  # as most are
        return one.data
    out = BytesIO()
    one.write_to_stream(out)
    return out.getvalue()
