"""What each page of a finished file looks like, as a digest: pages of two builds with the same look
are drawn once. Fonts are subset anew for every file, so that codes count by what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from edition.press.characters import DamagedError, Finished

_STRING = re.compile(rb"<([0-9A-Fa-f]+)>")
_BY_MEANING = {"/Font"}  # of resources
# what leads back to where an object stands
_BACK = frozenset(("/Parent", "/P", "/StructParent", "/StructParents", "/Metadata", "/PieceInfo"))
_DEEPEST = 24


def looks(pdf: bytes) -> tuple[str, ...]:
    """A digest for each page; of a file that cannot be read none."""
    try:
        file = Finished(pdf)
        look = _Looks(file)
        return tuple(look.of(index) for index in range(len(file.pages)))
    except DamagedError:
        return ()


class _Looks:
    def __init__(self, file: Finished) -> None:
        self.file = file
        self._more: dict[int, tuple[Any, bytes]] = {}  # of resources, which live as long
        self._streams: dict[tuple[int, int], bytes] = {}

    def of(self, index: int) -> str:
        file = self.file
        content = file.content(index)
        made = blake2b(content, digest_size=16)
        made.update("\n".join(file.boxes(index)).encode())
        fonts = sorted(file.fonts_of(index).items())
        strings = set(_STRING.findall(content))
        for name, font in fonts:
            made.update(f"{name} {font.identity}\n".encode())
            meanings = font.meanings
            for code in _codes(strings, font.digits):
                if code in meanings:
                    made.update(b"%d %s" % (code, repr(meanings[code]).encode()))
        made.update(self._resources(index))
        return made.hexdigest()

    def _resources(self, index: int) -> bytes:
        """Of all that a page draws but characters."""
        resources = self.file.resources(index)
        if id(resources) not in self._more:
            made = blake2b(digest_size=16)
            for key in sorted(set(resources) - _BY_MEANING):
                made.update(key.encode())
                for part in self._parts(resources[key], 0):
                    made.update(part)
            self._more[id(resources)] = resources, made.digest()
        return self._more[id(resources)][1]

    def _parts(self, found: Any, deep: int) -> Iterator[bytes]:
        """An object and all that it is made of."""
        if isinstance(found, IndirectObject):
            place = (found.idnum, found.generation)
            if place in self._streams:
                yield self._streams[place]
                return
            self._streams[place] = b"round"
            made = blake2b(digest_size=16)
            for part in self._parts(found.get_object(), deep):
                made.update(part)
            self._streams[place] = made.digest()
            yield self._streams[place]
        elif deep > _DEEPEST:
            yield b"deep"
        elif isinstance(found, DictionaryObject):
            for key in sorted(set(found) - _BACK):
                yield key.encode()
                yield from self._parts(found.raw_get(key), deep + 1)
            if isinstance(found, StreamObject):
                yield found._data
        elif isinstance(found, ArrayObject):
            for one in list.__iter__(found):
                yield from self._parts(one, deep + 1)
        else:
            yield repr(found).encode()


def _codes(strings: Iterable[bytes], digits: int) -> list[int]:
    """The codes of strings, each once and in order."""
    return sorted(set().union(*(_of_string(one, digits) for one in strings)))


@lru_cache(maxsize=1 << 16)
def _of_string(string: bytes, digits: int) -> frozenset[int]:
    return frozenset(int(string[at : at + digits], 16) for at in range(0, len(string), digits))
