"""DrawnPages of pages, drawn by poppler when somebody looks at them: a change is seen as fast in a
long book as in a short one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from edition.engine import programs

DPI = 110
_KEPT = 120  # pictures in memory
_AT_ONCE = 2
_SECONDS = 60.0


class DrawnPages:
    """DrawnPages of pages as JPEG, by the number of the build and the page."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(_AT_ONCE)

    def page(self, pdf: Path, made: int, number: int) -> bytes | None:
        """Page ``number``, from 1, of the build ``made``; None where it cannot be drawn."""
        with self._lock:
            known = self._made.get((made, number))
        if known is not None:
            return known
        with self._turn:
            drawn = _draw(pdf, number)
        if drawn:
            with self._lock:
                self._made[made, number] = drawn
                while len(self._made) > _KEPT:
                    self._made.popitem(last=False)
        return drawn


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
