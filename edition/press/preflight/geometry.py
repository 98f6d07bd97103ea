"""Matrices and upright rectangles of content streams."""

from __future__ import annotations

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]  # left, bottom, right, top
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Rect = (-1e12, -1e12, 1e12, 1e12)


def multiply(a: Matrix, b: Matrix) -> Matrix:
    """``a`` applied before ``b``."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def bounds(rect: Rect, by: Matrix) -> Rect:
    """The upright rectangle round ``rect`` after a transformation."""
    xs, ys = [], []
    for x in (rect[0], rect[2]):
        for y in (rect[1], rect[3]):
            xs.append(x * by[0] + y * by[2] + by[4])
            ys.append(x * by[1] + y * by[3] + by[5])
    return min(xs), min(ys), max(xs), max(ys)


def within(inner: Rect, outer: Rect) -> Rect:
    """What both rectangles have in common; empty (right < left) where nothing."""
    return (max(inner[0], outer[0]), max(inner[1], outer[1]),
            min(inner[2], outer[2]), min(inner[3], outer[3]))  # fmt: skip
