"""What tells that something was saved that a build reads."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from edition.boundary import FOLDERS

DEBOUNCE = 250  # milliseconds without a change, before it is told
_TICK = 0.2  # seconds after which files elsewhere are looked at
_PATIENCE = 10.0
# what editors write beside a file while they save it
_PASSING = re.compile(r"\..*|.*~|#.*#|4913|.*\.(?:sw[a-p]|tmp|bak)")

Stamp = tuple[int, int, int] | None  # of a file: time of change, size, identity


class Changes:
    """Looks at the folders of a workspace, whenever they come and go, and at single files
    elsewhere, until it is closed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._told: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._stop, self._ready = threading.Event(), threading.Event()
        self._files: dict[Path, Stamp] = {}
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        self._ready.wait(_PATIENCE)

    def close(self) -> None:
        self._stop.set()
        self._thread.join(_PATIENCE)

    def wait(self, seconds: float) -> bool:
        """Whether something was saved: waits for it. What was saved till then is one change."""
        try:
            self._told.get(timeout=seconds)
        except queue.Empty:
            return False
        with contextlib.suppress(queue.Empty):
            while True:
                self._told.get_nowait()
        return True

    def also(self, files: Iterable[Path], since: float) -> None:
        """Look at these files and no others outside of the folders. One that was changed after
        ``since`` (:func:`time.time`) is told."""
        with self._lock:
            before = self._files
            self._files = {one: before[one] if one in before else _stamp(one) for one in files}
            new = [stamp for one, stamp in self._files.items() if one not in before]
        if any(stamp is not None and stamp[0] > since * 1e9 for stamp in new):
            self._told.put(None)

    def _look(self) -> None:
        """Looking begins anew where it ended, and where folders are others than they were; once it
        has, what was saved meanwhile is told."""
        missed = False
        while not self._stop.is_set():
            folders = _folders(self._root)
            for saved in self._saved([path for path, _ in folders]):
                self._ready.set()
                if self._elsewhere() or saved or missed:
                    self._told.put(None)
                missed = _folders(self._root) != folders
                if missed:
                    break
            else:
                missed = True

    def _saved(self, folders: list[str]) -> Iterator[bool]:
        """Again and again, whether something was saved in the folders."""
        if not folders:
            while not self._stop.wait(_TICK):
                yield False
            return
        from watchfiles import watch

        try:
            for changes in watch(
                *folders, watch_filter=lambda _, path: not _PASSING.fullmatch(Path(path).name),
                debounce=4 * DEBOUNCE, step=DEBOUNCE, stop_event=self._stop,
                rust_timeout=int(_TICK * 1000), yield_on_timeout=True, raise_interrupt=False,
            ):  # fmt: skip
                yield bool(changes)
        except (OSError, RuntimeError):
            # a folder went away at this moment, or the name of a file is not UTF-8
            self._stop.wait(_TICK)

    def _elsewhere(self) -> bool:
        """Whether one of the single files was changed since it was looked at."""
        with self._lock:
            now = {one: _stamp(one) for one in self._files}
            changed, self._files = now != self._files, now
        return changed


def _folders(root: Path) -> list[tuple[str, int]]:
    """The folders that are there, links followed, and what tells one from another of its name."""
    found: dict[str, int] = {}
    for folder in (root / one for one in FOLDERS):
        for path in (folder, *_links(folder)):
            with contextlib.suppress(OSError):
                if path.is_dir():
                    found[os.path.realpath(path)] = path.stat().st_ino
    return sorted(found.items())


def _links(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError), os.scandir(folder) as inner:
        return [Path(one.path) for one in inner if one.is_symlink()]
    return []


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
