"""One build at a time in a workspace, or several that share nothing but its caches. The lock is the
system's own, which goes with its process: a build that was killed leaves none behind."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from edition.private import UnsafeError


class BusyError(OSError):
    """Another build went on longer than was worth waiting for. ``owner`` is its process."""

    def __init__(self, owner: str) -> None:
        super().__init__(f"process {owner} builds here")
        self.owner = owner


@contextlib.contextmanager
def locked(
    path: Path, *, seconds: float, waiting: Callable[[str], None], shared: bool = False
) -> Iterator[None]:
    """Hold the lock ``path``, ``shared`` with others that ask for it so; where another process
    does, say so by ``waiting`` and wait up to ``seconds``. Raises :class:`BusyError` after that,
    ``OSError`` where no lock can be made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + seconds
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    told = False
    while True:
        with _opened(path) as handle:
            try:
                fcntl.flock(handle, kind | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                owner = handle.read(20).strip() or "unknown"
                if time.monotonic() >= until:
                    raise BusyError(owner) from busy
                if not told:
                    waiting(f"another build runs here (process {owner}); waiting for it")
                    told = True
                time.sleep(0.1)
                continue
            if not _still_there(path, handle.fileno()):  # its owner has cleaned up
                continue
            handle.seek(0)
            handle.truncate()
            handle.write(str(os.getpid()))
            handle.flush()
            yield
            return


def _opened(path: Path) -> TextIO:
    """The file of a lock; no other file is ever opened, or emptied, in its stead."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    handle = os.open(path, flags, 0o600)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnsafeError(path, "it is no plain file, so it cannot be a lock")
    return os.fdopen(handle, "r+", encoding="ascii", errors="replace")


def _still_there(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(handle))
    except OSError:
        return False
