"""Lengths as TeX reads them."""

from __future__ import annotations

from functools import lru_cache

SCALED = 65536  # scaled points in a point


@lru_cache(maxsize=1 << 14)  # a book has few places and lengths, and asks for them often
def scaled(points: float) -> int:
    """Scaled points of ``points`` as TeX has them after reading three decimals and ``pt``: its own
    rounding (The TeXbook, §102 of the program), so that sums agree with what TeX did."""
    sign = -1 if points < 0 else 1
    whole, _, part = f"{abs(points):.3f}".partition(".")
    fraction = 0
    for digit in reversed(part):
        fraction = (fraction + int(digit) * 2 * SCALED) // 10
    return sign * (int(whole) * SCALED + (fraction + 1) // 2)
