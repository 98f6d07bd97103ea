"""The pages of a PDF of XeTeX's driver without taking all its objects apart.

Going through 1,500 pages by pypdf costs more than all that is done with those that changed. Here
object streams are unpacked as bytes, the page tree is followed in these, and pypdf makes a page
when it is asked for. What is not in the form that the driver and :mod:`edition.press.addition`
write goes by pypdf as a whole: what a page is said to be is the same either way.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, NameObject

_STREAM = re.compile(rb"\s*\d+ 0 obj\s*<<((?:[^<>]|<[0-9A-Fa-f]*>)*)>>\s*stream\r?\n")
_CONTENT = re.compile(rb"\d+ 0 obj\n<</Filter/FlateDecode/Length (\d+)>>\nstream\n")
_HEAD = 1 << 10  # bytes in which the dictionary of a packed stream ends
_NAMES = re.compile(rb"/Length\s+(\d+)|/(N|First)\s+(\d+)|/Filter\s*/FlateDecode|/Type\s*/ObjStm")
_MOST = 1 << 26  # bytes of one stream
_KIDS = re.compile(rb"/Kids\s*\[((?:\s*\d+ 0 R)*)\s*\]")
_KID = re.compile(rb"(\d+) 0 R")
_NODE = re.compile(rb"/Type\s*/Page(s?)(?![A-Za-z])")
_CONTENTS = re.compile(rb"/Contents\s*(?:\[\s*(\d+) 0 R\s*\]|(\d+) 0 R(?!\s*\]))")
_RESOURCES = re.compile(rb"/Resources\s+(\d+) 0 R")
_BOXES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
_INHERITED = ("/Resources", *_BOXES[:3])  # ISO 32000-1, 7.7.3.4
_OWN_BOX = re.compile("|".join(_BOXES).encode())
_HANDED = re.compile("|".join(_INHERITED).encode())
_END = re.compile(rb"\s*>>\s*\Z")


def _boxes(page: DictionaryObject) -> tuple[str, ...]:
    return tuple([str(page.get(name)) for name in _BOXES])


class UnknownFormError(Exception):
    """An object is written otherwise than the driver writes it."""


class Leaves:
    """The pages of a file, in order. Raises whatever pypdf does for a damaged file."""

    def __init__(self, data: bytes, reader: PdfReader) -> None:
        self._data = data
        self._reader = reader
        self._held: dict[int, dict[int, bytes]] = {}  # objects by the stream that they are in
        self._made: dict[int, PageObject] = {}
        self._resources: dict[bytes, Any] = {}
        self._handed: dict[tuple[int, ...], DictionaryObject] = {}  # by the nodes above
        self._boxes: dict[tuple[int, ...], tuple[str, ...]] = {}
        self._leaves: list[tuple[int, bytes, tuple[int, ...]]] = []
        self._whole: list[PageObject] | None = None
        try:
            self._leaves = list(self._walk())
        except (UnknownFormError, ValueError, LookupError, zlib.error):
            self._whole = list(reader.pages)

    def __len__(self) -> int:
        return len(self._leaves) if self._whole is None else len(self._whole)

    def __getitem__(self, index: int) -> PageObject:
        if self._whole is not None:
            return self._whole[index]
        if index not in self._made:
            number, _, nodes = self._leaves[index]
            page = PageObject(self._reader, IndirectObject(number, 0, self._reader))
            for name, value in self._inherited(nodes).items():
                page.setdefault(name, value)
            self._made[index] = page
        return self._made[index]

    @property
    def references(self) -> list[IndirectObject]:
        """What leads to each page."""
        if self._whole is not None:
            return [one.indirect_reference for one in self._whole if one.indirect_reference]
        return [IndirectObject(number, 0, self._reader) for number, *_ in self._leaves]

    def with_entries(self, index: int, entries: Mapping[str, bytes]) -> bytes | None:
        """A page as it is written, with more entries; None where it has one of them, or is not
        written as the driver does."""
        if self._whole is not None:
            return None
        raw = self._leaves[index][1]
        if any(name.encode("ascii") in raw for name in entries):
            return None
        more = b"".join(name.encode("ascii") + b" " + said for name, said in entries.items())
        made, ends = _END.subn(lambda _: more + b">>", raw)
        return made if ends else None

    def content(self, index: int) -> bytes:
        """The content stream of a page."""
        if self._whole is None and (named := _CONTENTS.search(self._leaves[index][1])):
            number = int(named[1] or named[2])
            if number not in self._reader.xref_objStm and number in self._reader.xref.get(0, ()):
                with contextlib.suppress(UnknownFormError, zlib.error):
                    data, _ = self._unpacked(number)
                    return data + b"\n" if named[1] and data[-1:] != b"\n" else data  # as pypdf
        stream = self[index].get_contents()
        return stream.get_data() if stream is not None else b""

    def resources(self, index: int) -> Any:
        """The resources of a page; pages that have the same share them."""
        if self._whole is None and (named := _RESOURCES.search(self._leaves[index][1])):
            number = int(named[1])
            with contextlib.suppress(UnknownFormError, ValueError, LookupError, zlib.error):
                raw = self._raw(number)
                if raw not in self._resources:
                    self._resources[raw] = IndirectObject(number, 0, self._reader).get_object()
                return self._resources[raw]
        return self[index].get("/Resources", DictionaryObject()).get_object()

    def boxes(self, index: int) -> tuple[str, ...]:
        """Media and crop box, rotation and unit of a page, as they are written."""
        if self._whole is not None or _OWN_BOX.search(self._leaves[index][1]):
            return _boxes(self[index])
        nodes = self._leaves[index][2]
        if nodes not in self._boxes:
            self._boxes[nodes] = _boxes(self._inherited(nodes))
        return self._boxes[nodes]

    # --- the tree ---------------------------------------------------------------------------------

    def _walk(self) -> Iterator[tuple[int, bytes, tuple[int, ...]]]:
        """Number, bytes and nodes above, the root first, of each page."""
        root = self._reader.root_object.raw_get("/Pages")
        if not isinstance(root, IndirectObject):
            raise UnknownFormError
        seen: set[int] = set()
        waiting: list[tuple[int, tuple[int, ...]]] = [(root.idnum, ())]
        while waiting:
            number, nodes = waiting.pop()
            raw = self._raw(number)
            kind = _NODE.findall(raw)
            if number in seen or len(kind) != 1:
                raise UnknownFormError
            seen.add(number)
            if not kind[0]:
                yield number, raw, nodes
                continue
            kids = _KIDS.search(raw)
            if kids is None:
                raise UnknownFormError
            below = (*nodes, number)
            waiting += [(int(one), below) for one in reversed(_KID.findall(kids[1]))]

    def _inherited(self, nodes: tuple[int, ...]) -> DictionaryObject:
        """What the nodes above a page hand down to it."""
        if nodes not in self._handed:
            found = DictionaryObject()
            for number in nodes:
                if not _HANDED.search(self._raw(number)):
                    continue
                node: Any = IndirectObject(number, 0, self._reader).get_object()
                found.update({NameObject(name): node[name] for name in _INHERITED if name in node})
            self._handed[nodes] = found
        return self._handed[nodes]

    def packed(self) -> dict[int, bytes]:
        """All objects that are packed into streams, as they are written, the latest of each; none
        of a file that is written otherwise than by the driver."""
        with contextlib.suppress(UnknownFormError, ValueError, LookupError, zlib.error):
            streams = dict.fromkeys(one for one, _ in self._reader.xref_objStm.values())
            for stream in streams:
                if stream not in self._held:
                    self._held[stream] = dict(self._packed(stream))
            return {number: self._held[stream][number]
                    for number, (stream, _) in self._reader.xref_objStm.items()}  # fmt: skip
        return {}

    # --- objects ----------------------------------------------------------------------------------

    def _raw(self, number: int) -> bytes:
        """An object as it is written, which is packed into a stream."""
        stream, _ = self._reader.xref_objStm[number]
        if number in self._reader.xref[0]:
            raise UnknownFormError  # which of the two is the later one, pypdf knows
        if stream not in self._held:
            self._held[stream] = dict(self._packed(stream))
        return self._held[stream][number]

    def _packed(self, stream: int) -> Iterator[tuple[int, bytes]]:
        """The objects of a stream by number (ISO 32000-1, 7.5.7)."""
        data, first = self._unpacked(stream)
        places = [int(one) for one in data[:first].split()]
        starts = [*places[1::2], len(data) - first]
        for number, start, end in zip(places[::2], starts, starts[1:], strict=False):
            yield number, data[first + start : first + end]

    def _unpacked(self, number: int) -> tuple[bytes, int]:
        """The data of a stream that stands by itself, and where the first object of a packed one
        begins."""
        start = self._reader.xref[0][number]
        plain = _CONTENT.match(self._data, start, start + _HEAD)  # as pages are
        if plain is not None:
            return _inflated(self._data[plain.end() : plain.end() + int(plain[1])]), 0
        head = _STREAM.match(self._data, start, start + _HEAD)
        if head is None or _NAMES.sub(b"", head[1]).strip():
            raise UnknownFormError  # another filter, or a length that stands elsewhere
        named = {one[2] or b"Length": int(one[1] or one[3]) for one in _NAMES.finditer(head[1])
                 if one[1] or one[3]}  # fmt: skip
        if b"/FlateDecode" not in head[1] or b"Length" not in named:
            raise UnknownFormError
        data = _inflated(self._data[head.end() : head.end() + named[b"Length"]])
        return data, named.get(b"First", 0)


def _inflated(packed: bytes) -> bytes:
    inflate = zlib.decompressobj()
    data = inflate.decompress(packed, _MOST)
    if not inflate.eof:
        raise UnknownFormError
    return data
