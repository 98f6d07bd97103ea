"""One build at a time in a workspace. The lock is the system's own, which goes with its process:
a build that was killed leaves none behind."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path


class BusyError(OSError):
    """Another build went on longer than was worth waiting for. ``owner`` is its process."""

    def __init__(self, owner: str) -> None:
        super().__init__(f"process {owner} builds here")
        self.owner = owner


@contextlib.contextmanager
def locked(path: Path, *, seconds: float, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock ``path``; where another process does, say so by ``waiting`` and wait up to
    ``seconds``. Raises :class:`BusyError` after that, ``OSError`` where no lock can be made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii", errors="replace") as handle:
        until = time.monotonic() + seconds
        told = False
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as busy:
                handle.seek(0)
                owner = handle.read(20).strip() or "unknown"
                if time.monotonic() >= until:
                    raise BusyError(owner) from busy
                if not told:
                    waiting(f"another build runs here (process {owner}); waiting for it")
                    told = True
                time.sleep(0.1)
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        yield
