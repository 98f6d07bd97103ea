"""The lines that a finished page draws below its text: straight ones and waves, with their places.

They are paths that are stroked: a straight line from one point to another, as XeTeX's driver writes
rules, or one of curves between two heights. Rules that the driver fills as boxes count too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from edition.press.characters import PT, Finished
from edition.press.preflight.geometry import IDENTITY, Matrix, multiply
from edition.press.preflight.tokens import numbers, operations


class Stroke(NamedTuple):
    """A level line, in TeX points from the page's top left corner: its ends, the heights between
    which it runs, that it is a wave, and how thick it is."""

    left: float
    right: float
    top: float
    bottom: float
    wavy: bool
    thick: float


Strokes = tuple[Stroke, ...]
_POINTS = {"m": 2, "l": 2, "c": 6}


def read(file: Finished, index: int) -> Strokes:
    """The level lines of a page (0-based), in the order in which they are drawn. Raises as
    :class:`Finished` does."""
    box = file.pages[index].mediabox
    left, top = float(box.left), float(box.top)
    return tuple(
        Stroke((x1 - left) * PT, (x2 - left) * PT, (top - y2) * PT, (top - y1) * PT, wavy,
               thick * PT)
        for x1, y1, x2, y2, wavy, thick in _paths(file.content(index))
        if x2 - x1 > y2 - y1
    )  # fmt: skip


def _paths(content: bytes) -> Iterator[tuple[float, float, float, float, bool, float]]:
    """Each path that is drawn: its bounds, that it has curves, and its thickness."""
    ctm, width = IDENTITY, 1.0
    saved: list[tuple[Matrix, float]] = []
    points: list[tuple[float, float]] = []
    wavy = False
    for name, operands in operations(content):
        values = numbers(operands)
        match name:
            case "q":
                saved.append((ctm, width))
            case "Q" if saved:
                ctm, width = saved.pop()
            case "cm" if len(values) == 6:
                a, b, c, d, e, f = values
                ctm = multiply((a, b, c, d, e, f), ctm)
            case "w" if values:
                width = values[0]
            case "m" | "l" | "c" if len(values) == _POINTS[name]:
                wavy |= name == "c"
                points.append(_moved(values[-2], values[-1], ctm))
            case "re" if len(values) == 4:
                x, y, wide, high = values
                points += [_moved(x, y, ctm), _moved(x + wide, y + high, ctm)]
            case "S" | "s" | "f" | "F" | "f*" | "B" | "n":
                if points and name != "n":
                    stroked = width * (ctm[3] ** 2 + ctm[2] ** 2) ** 0.5 if name in "sS" else 0.0
                    yield (*_bounds(points), wavy, stroked)
                points, wavy = [], False
            case _:
                pass


def _moved(x: float, y: float, ctm: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = ctm
    return x * a + y * c + e, x * b + y * d + f


def _bounds(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
