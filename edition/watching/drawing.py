"""Pictures of pages, drawn by poppler when somebody looks at them, and once for each look of a
page: a change is seen as fast in a long book as in a short one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from edition.engine import programs

DPI = 110
_KEPT = 48 << 20  # bytes of pictures in memory
_AT_ONCE = 2
_SECONDS = 60.0


class DrawnPages:
    """Pages as JPEG, by their looks."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(_AT_ONCE)

    def page(self, pdf: Path, look: str, number: int) -> bytes | None:
        """Page ``number``, from 1, of a file; None where it cannot be drawn. ``look``: equal ones
        are of equal pictures."""
        known = self._known(look)
        if known is not None:
            return known
        with self._turn:
            drawn = self._known(look) or _draw(pdf, number)
        if drawn:
            self._keep(look, drawn)
        return drawn

    def _known(self, look: str) -> bytes | None:
        with self._lock:
            if look in self._made:
                self._made.move_to_end(look)
            return self._made.get(look)

    def _keep(self, look: str, drawn: bytes) -> None:
        with self._lock:
            self._size += len(drawn) - len(self._made.pop(look, b""))
            self._made[look] = drawn
            while self._size > _KEPT:
                self._size -= len(self._made.popitem(last=False)[1])


def _draw(pdf: Path, number: int) -> bytes | None:
    program = programs.find("pdftoppm")
    if program is None:
        return None
    page = str(number)
    said = programs.output(
        [program, "-r", str(DPI), "-cropbox", "-jpeg", "-jpegopt", "quality=88", "-f", page, "-l",
         page, str(pdf)], _SECONDS,
    )  # fmt: skip
    return said.out if said is not None and said.status == 0 and said.out else None
