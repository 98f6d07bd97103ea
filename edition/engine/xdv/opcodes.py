"""The operations of XDV (version 7, of XeTeX 0.9999 and later): DVI's, and those for native fonts.

Sources: the web documentation of DVI in ``dvitype.web``; for 252 to 254, ``xetex.web`` and
``xdvipdfmx``'s ``dvi.c``.
"""

from __future__ import annotations

import struct

VERSION = 7
INCH = 4_736_286  # sp; the origin of DVI is an inch from the upper left corner of the page

PUT_RULE = 137
BOP, EOP = 139, 140
PUSH, POP = 141, 142
RIGHT4, DOWN4 = 146, 160
FNT_NUM_0, FNT_NUM_63 = 171, 234
FNT1, FNT4 = 235, 238
XXX1, XXX4 = 239, 242
FNT_DEF1, FNT_DEF4 = 243, 246
PRE, POST, POST_POST, FILL = 247, 248, 249, 223
NATIVE_FONT, GLYPHS, TEXT_AND_GLYPHS = 252, 253, 254

NUMERATOR, DENOMINATOR = 25_400_000, 473_628_672  # of a scaled point in 100 nm


class XdvError(Exception):
    """A file that is cut short, of another version, or with an operation nobody knows."""


class VersionError(XdvError):
    """A whole file, of a version that cannot be read here."""


def _lengths() -> tuple[int, ...]:
    """Length in bytes of each operation that has a fixed one, itself included; else 0."""
    length = [0] * 256
    length[:128] = [1] * 128  # set_char_0 … 127
    for size in range(4):
        length[128 + size] = length[133 + size] = 2 + size  # set, put
        for first in (143, 148, 153, 157, 162, 167):  # right, w, x, down, y, z
            length[first + size] = 2 + size
    length[132] = length[PUT_RULE] = 9
    for alone in (138, PUSH, POP, 147, 152, 161, 166):  # nop, push, pop, w0, x0, y0, z0
        length[alone] = 1
    return tuple(length)


LENGTH = _lengths()
_EXTRAS = (0x0200, 0x1000, 0x2000, 0x4000)  # colour, extend, slant, embolden: four bytes each


def definition(data: bytes, at: int) -> tuple[int, bytes, int]:
    """The font definition at ``at``: its number, its bytes without the number (operation first),
    and where it ends."""
    operation = data[at]
    if operation == NATIVE_FONT:
        number, flags = struct.unpack_from(">I4xH", data, at + 1)
        end = at + 12 + data[at + 11] + 4
        end += sum(4 for flag in _EXTRAS if flags & flag)
        return number, bytes((operation,)) + data[at + 5 : end], end
    if FNT_DEF1 <= operation <= FNT_DEF4:
        size = operation - FNT_DEF1 + 1
        number = int.from_bytes(data[at + 1 : at + 1 + size], "big")
        names = at + 1 + size + 12
        end = names + 2 + data[names] + data[names + 1]
        return number, bytes((FNT_DEF4,)) + data[at + 1 + size : end], end
    raise XdvError(f"operation {operation} where a font is defined")
