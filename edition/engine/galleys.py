"""Galleys: the lines of boxes as they were set, kept by content for every later build.

The store is a folder of *packs*, each some thousand galleys in one file that is written once and
never changed: builds at the same time add files of their own, and need no lock. A pack begins with
the keys in it, so that opening the store reads a few kilobytes; its body is checked by a digest
before it is used, and what is damaged is set again.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from edition.engine.xdv import Slot, XdvLine
from edition.files import write_bytes

_MAGIC = b"galley2\n"
_KEY = 16  # bytes
_PACK = 4 << 20  # bytes of lines in a pack
_SMALL = 1 << 17  # bytes, of 1 << 19 that a whole pack has: smaller ones are joined,
_MANY = 12  # when there are more than these
_LIMIT = 256 << 20  # bytes in all


class Point(NamedTuple):
    """A place of interest in a line, in scaled points from its upper left corner: a note mark, the
    ends of a citation."""

    kind: str
    order: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Galley:
    """The lines of one box, with the points of each; a block has one line, whatever its height.
    ``measure`` is what the measuring run wrote of it, ready for JSON."""

    lines: tuple[XdvLine, ...]
    points: tuple[tuple[Point, ...], ...] = ()
    measure: Any = None

    @property
    def fonts(self) -> frozenset[int]:
        return frozenset(name for line in self.lines for name in line.fonts)


@dataclass(slots=True)
class GalleyStore:
    """Galleys by key (32 hexadecimal digits), and the definitions of their fonts by name."""

    folder: Path
    fonts: dict[int, bytes] = field(default_factory=dict)
    _packs: dict[str, Path] = field(default_factory=dict)  # key -> where it is
    _read: dict[str, Galley] = field(default_factory=dict)
    _new: dict[str, Galley] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> GalleyStore:
        store = cls(folder)
        store.let_go()
        return store

    def has(self, key: str) -> bool:
        """Whether there is one of this key, unless it is damaged."""
        return key in self._read or key in self._new or key in self._packs

    def get(self, keys: Iterable[str]) -> dict[str, Galley]:
        """Those of ``keys`` that the store has."""
        wanted = dict.fromkeys(keys)
        packs = {self._packs[key] for key in wanted if key in self._packs and key not in self._read}
        for path in sorted(packs):
            self._load(path)
        return {
            key: galley
            for key in wanted
            if (galley := self._new.get(key) or self._read.get(key)) is not None
        }

    def add(self, galleys: Mapping[str, Galley], fonts: Mapping[int, bytes]) -> None:
        self.fonts |= fonts
        self._new |= galleys

    def let_go(self) -> None:
        """Hold no lines: those that are asked for again are read again."""
        self._read = {}
        self._packs = {key: path for path in _files(self.folder) for key in _keys(path)}

    def save(self) -> None:
        """Write what was added. A store that cannot be written to only costs time."""
        if not self._new:
            return
        with contextlib.suppress(OSError):
            for part in _parts(self._new):
                _write(self.folder, part, self.fonts)
            self._join()
            _shrink(self.folder)
        self._read |= self._new
        self._new = {}

    def _load(self, path: Path) -> None:
        try:
            fonts, galleys = _unpack(path.read_bytes())
        except (OSError, ValueError, struct.error, zlib.error, IndexError, KeyError, TypeError):
            with contextlib.suppress(OSError):
                path.unlink()
            self._packs = {key: own for key, own in self._packs.items() if own != path}
            return
        with contextlib.suppress(OSError):
            os.utime(path)  # the time of last use
        self.fonts |= fonts
        self._read |= galleys

    def _join(self) -> None:
        """Make one pack of many small ones."""
        small = [path for path in _files(self.folder) if path.stat().st_size < _SMALL]
        if len(small) <= _MANY:
            return
        fonts: dict[int, bytes] = {}
        galleys: dict[str, Galley] = {}
        for path in small:
            with contextlib.suppress(ValueError, struct.error, zlib.error):
                own, held = _unpack(path.read_bytes())
                fonts |= own
                galleys |= held
        for part in _parts(galleys):
            _write(self.folder, part, fonts)
        for path in small:
            path.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.galleys"))


def _shrink(folder: Path) -> None:
    """Delete the packs that were not used for longest, down to the limit."""
    by_use = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in _files(folder))
    size = sum(one for _, one, _ in by_use)
    for _, own, path in by_use:
        if size <= _LIMIT:
            break
        path.unlink(missing_ok=True)
        size -= own


def _parts(galleys: Mapping[str, Galley]) -> Iterator[dict[str, Galley]]:
    part: dict[str, Galley] = {}
    size = 0
    for key, galley in galleys.items():
        part[key] = galley
        size += sum(len(line.data) for line in galley.lines)
        if size >= _PACK:
            yield part
            part, size = {}, 0
    if part:
        yield part


# --- packs ----------------------------------------------------------------------------------
# magic, number of keys, keys, digest of the body, body: zlib of plain values, pickled


def _write(folder: Path, galleys: Mapping[str, Galley], fonts: Mapping[int, bytes]) -> None:
    names = sorted({name for galley in galleys.values() for name in galley.fonts})
    # plain values alone: those of classes would be told with their classes
    records = [
        (
            galley.measure,
            [(line.data, [*map(tuple, line.slots)], line.fonts) for line in galley.lines],
            [[*map(tuple, line)] for line in galley.points],
        )
        for galley in galleys.values()
    ]
    held = {name: fonts[name] for name in names}, records
    body = zlib.compress(pickle.dumps(held, pickle.HIGHEST_PROTOCOL), 1)
    keys = b"".join(bytes.fromhex(key) for key in galleys)
    pack = b"".join((_MAGIC, struct.pack(">I", len(galleys)), keys, _digest(keys + body), body))
    write_bytes(folder / f"{_digest(pack).hex()}.galleys", pack)


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _keys(path: Path) -> list[str]:
    """The keys of a pack; none where it is not one."""
    try:
        with path.open("rb") as pack:
            head = pack.read(len(_MAGIC) + 4)
            if head[: len(_MAGIC)] != _MAGIC or len(head) < len(_MAGIC) + 4:
                return []
            (count,) = struct.unpack_from(">I", head, len(_MAGIC))
            keys = pack.read(min(count, 1 << 24) * _KEY)
    except OSError:
        return []
    return [keys[at : at + _KEY].hex() for at in range(0, len(keys) // _KEY * _KEY, _KEY)]


def _unpack(pack: bytes) -> tuple[dict[int, bytes], dict[str, Galley]]:
    """Fonts and galleys of a pack. Raises ``ValueError`` and the like for a damaged one."""
    at = len(_MAGIC) + 4
    (count,) = struct.unpack_from(">I", pack, len(_MAGIC))
    keys = pack[at : at + count * _KEY]
    at += count * _KEY
    body = pack[at + 16 :]
    if pack[: len(_MAGIC)] != _MAGIC or _digest(keys + body) != pack[at : at + 16]:
        raise ValueError("the pack is damaged")
    try:
        fonts, records = _Plain(io.BytesIO(zlib.decompress(body))).load()
    except Exception as problem:  # bytes of any kind raise errors of any kind
        raise ValueError("the pack is damaged") from problem
    galleys: dict[str, Galley] = {}
    for number, (measure, lines, points) in enumerate(records):
        made = [
            XdvLine(data, tuple(map(_slot, slots)) if slots else (), used)
            for data, slots, used in lines
        ]
        held = tuple([tuple(map(_point, line)) if line else () for line in points])
        key = keys[number * _KEY : (number + 1) * _KEY].hex()
        galleys[key] = Galley(tuple(made), held, measure)
    return fonts, galleys


_slot, _point = Slot._make, Point._make


class _Plain(pickle.Unpickler):
    """Reads numbers, bytes, texts and lists of them, and nothing that has a class: whatever stands
    in a pack, reading it runs nothing."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")
