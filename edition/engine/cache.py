"""A content-addressed store under one folder: safe to delete, tolerant of damage, pruned.

An entry is a file. A reader meets either a whole entry or none: files are written beside and
renamed, and every entry carries a digest of what it holds. Lines that were set, which are many and
small, have a store of their own (:mod:`edition.engine.galleys`).
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from edition.files import write_bytes
from edition.keeping import Keep

if TYPE_CHECKING:
    from edition.engine.galleys import GalleyStore

T = TypeVar("T")

_MAGIC = b"edition2\n"
_SUM = 16  # bytes of the digest that tells whether an entry is whole


def digest(*parts: str | bytes) -> str:
    """Key of a content: 32 hexadecimal digits. Parts are kept apart."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "little"))
        found.update(data)
    return found.hexdigest()


class Cache:
    """``root`` is made when the first entry is written. A cache that cannot be written to only
    costs time, so errors of the file system are not raised. ``keep`` has what programs of this
    ``code`` made of texts; nothing where no code is named."""

    def __init__(self, root: Path, code: str = "") -> None:
        self.root = root
        self.keep = Keep(self, code) if code else Keep()
        self._galleys: GalleyStore | None = None
        self._once: dict[Hashable, Any] = {}

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, the same as long as this cache is open: which fonts there are does
        not change within a build."""
        if what not in self._once:
            self._once[what] = make()
        made: T = self._once[what]
        return made

    def galleys(self) -> GalleyStore:
        """The store of lines that were set, opened once."""
        from edition.engine.galleys import GalleyStore

        if self._galleys is None:
            self._galleys = GalleyStore.open(self.root / "galleys")
        return self._galleys

    def _path(self, kind: str, key: str) -> Path:
        return self.root / kind / key[:2] / key

    def get(self, kind: str, key: str) -> bytes | None:
        """The entry, or None if there is none or it is damaged (then it is removed)."""
        path = self._path(kind, key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        head = len(_MAGIC) + _SUM
        body = data[head:]
        if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : head] != _checksum(body):
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        # the time of last use, by which entries are pruned
        with contextlib.suppress(OSError):
            path.touch()
        return body

    def put(self, kind: str, key: str, data: bytes) -> None:
        with contextlib.suppress(OSError):
            write_bytes(self._path(kind, key), _MAGIC + _checksum(data) + data)

    def prune(self, kind: str, *, keep: int, days: float = 30.0) -> int:
        """Remove entries of ``kind`` beyond the ``keep`` last used, and those unused for ``days``.
        Returns how many went."""
        found: list[tuple[float, Path]] = []
        with contextlib.suppress(OSError):
            for path in (self.root / kind).glob("??/*"):
                with contextlib.suppress(OSError):
                    found.append((path.stat().st_mtime, path))
        found.sort(reverse=True)
        oldest = time.time() - days * 86400
        gone = 0
        for place, (used, path) in enumerate(found):
            if place >= keep or used < oldest:
                with contextlib.suppress(OSError):
                    path.unlink()
                    gone += 1
        return gone


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SUM).digest()
