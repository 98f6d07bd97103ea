"""Letters drawn as strokes, for the slug line outside the trim.

A font there would have to be embedded with every file, and its text would turn up when the book
is searched. Letters of a few straight strokes on a grid of 4 × 6 need neither; they take the
registration colour, as the marks do.
"""

from __future__ import annotations

# Strokes of each letter: points "xy" on the grid, x from 0 to 4, y from 0 (baseline) to 6; a
# space lifts the pen.
_STROKES = {
    "A": "00 26 40 12 32", "B": "00 06 36 45 44 33 03 33 42 41 30 00", "C": "46 06 00 40",
    "D": "00 06 26 44 42 20 00", "E": "46 06 00 40 03 33", "F": "46 06 00 03 33",
    "G": "46 06 00 40 43 23", "H": "00 06 40 46 03 43", "I": "20 26", "J": "46 41 30 10 01",
    "K": "00 06 46 03 40", "L": "06 00 40", "M": "00 06 23 46 40", "N": "00 06 40 46",
    "O": "00 06 46 40 00", "P": "00 06 46 43 03", "Q": "00 06 46 40 00 22 40",
    "R": "00 06 46 43 03 23 40", "S": "46 06 03 43 40 00", "T": "06 46 26 20",
    "U": "06 00 40 46", "V": "06 20 46", "W": "06 10 23 30 46", "X": "00 46 06 40",
    "Y": "06 23 46 23 20", "Z": "06 46 00 40", "0": "00 06 46 40 00 46", "1": "15 26 20 10 30",
    "2": "06 46 43 03 00 40", "3": "06 46 40 00 13 43", "4": "06 03 43 46 40",
    "5": "46 06 03 43 40 00", "6": "46 06 00 40 43 03", "7": "06 46 10",
    "8": "00 06 46 40 00 03 43", "9": "00 40 46 06 03 43", "-": "13 33", "–": "03 43",
    ".": "20 21", ",": "10 21", ":": "21 22 24 25", "/": "00 46", "+": "03 43 21 25",
    "=": "02 42 04 44", "(": "36 24 22 30", ")": "16 24 22 10", "_": "00 40", "×": "11 35 15 31",
    "²": "15 26 25 14 34", "³": "16 36 35 25 35 34 14", "%": "00 46 05 06 40 41",
    "'": "25 26", "·": "23 24",
}  # fmt: skip
# pairs of a letter's points that are no strokes: where the pen is lifted before the n-th point
_LIFTS = {
    "A": (3,), "E": (4,), "F": (3,), "H": (2, 4), "K": (2,), "T": (2,), "X": (2,), "Y": (),
    "Q": (5,), "1": (3,), "3": (4,), "4": (3,), "+": (2,), "=": (2,), ":": (2,), "×": (2,),
    "%": (2, 4),
}  # fmt: skip
_ADVANCE = 6
_HEIGHT = 6


def legible(text: str) -> str:
    """``text`` in the letters there are; any other becomes a hyphen."""
    return "".join(one if one in _STROKES or one == " " else "-" for one in text.upper())


def width(text: str, size: float) -> float:
    """Length of the line in the unit of ``size``, which is the height of its letters."""
    return len(text) * _ADVANCE * size / _HEIGHT


def operators(text: str, x: float, y: float, size: float) -> str:
    """Path operators that draw ``text`` with its lower left corner at (x, y); lines only, no
    colour."""
    unit = size / _HEIGHT
    parts = []
    for at, letter in enumerate(legible(text)):
        left = x + at * _ADVANCE * unit
        lifts = _LIFTS.get(letter, ())
        for index, point in enumerate(_STROKES.get(letter, "").split()):
            across, up = left + int(point[0]) * unit, y + int(point[1]) * unit
            parts.append(f"{across:.2f} {up:.2f} {'l' if index and index not in lifts else 'm'}")
    return " ".join([*parts, "S"]) if parts else ""
