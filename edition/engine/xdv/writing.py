"""Lines → XDV: pages are put together by copying bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping

from edition.engine.xdv import opcodes as op
from edition.engine.xdv.reading import Slot

Part = bytes  # something at its place, complete in itself

_AT = struct.Struct(">BBiBi").pack
_RULE = struct.Struct(">Bii").pack
_GLYPHS = struct.Struct(">BiH").pack
_SPACE = struct.Struct(">BiBiHiiH").pack
_LARGEST = 1_073_741_823  # sp: what TeX allows
_POP = bytes((op.POP,))
_PUSH = bytes((op.PUSH,))


def at(x: int, y: int, data: bytes) -> Part:
    """The ``data`` of a line with their origin at (x, y) from the page's upper left corner."""
    return _AT(op.PUSH, op.DOWN4, y - op.INCH, op.RIGHT4, x - op.INCH) + data + _POP


def filled(slot: Slot, label: bytes) -> bytes:
    """``label`` as it stands in a slot."""
    if slot.font < 0:
        return _PUSH + label + _POP
    # a pop brings back the place and not the font
    return b"".join((_PUSH, label, _POP, bytes((op.FNT4,)), slot.font.to_bytes(4, "big")))


def rule(x: int, y: int, width: int, height: int) -> Part:
    """A rule whose lower left corner is at (x, y) from the page's upper left corner."""
    return at(x, y, _RULE(op.PUT_RULE, height, width))


def space_before(glyph: int, width: int) -> bytes:
    """A glyph of no ink before what follows, which stays where it is."""
    return _SPACE(op.RIGHT4, -width, op.GLYPHS, width, 1, 0, 0, glyph)


def end_of_glyphs(data: bytes, at: int) -> int:
    """Where the glyphs end that are drawn at ``at``."""
    return at + 7 + 10 * int.from_bytes(data[at + 5 : at + 7], "big")


def last_glyph(data: bytes, at: int) -> tuple[int, bytes, bytes]:
    """Of the glyphs drawn at ``at``: where they end; all but the last, nothing where it is alone;
    the last."""
    width, number = struct.unpack_from(">iH", data, at + 1)
    end = end_of_glyphs(data, at)
    places, glyphs = data[at + 7 : at + 7 + 8 * number], data[at + 7 + 8 * number : end]
    if number < 2:
        return end, b"", data[at:end]
    across, down = struct.unpack_from(">ii", places, 8 * number - 8)
    before = _GLYPHS(op.GLYPHS, across, number - 1) + places[:-8] + glyphs[:-2]
    last = _GLYPHS(op.GLYPHS, width - across, 1) + struct.pack(">ii", 0, down) + glyphs[-2:]
    return end, before, last


def code(operators: bytes) -> Part:
    """Operators of a content stream, which the driver writes between text objects."""
    text = b"pdf:code " + operators
    if len(text) < 256:
        return bytes((op.XXX1, len(text))) + text
    return bytes((op.XXX4,)) + len(text).to_bytes(4, "big") + text


class XdvWriter:
    """An XDV file in the making."""

    def __init__(self, width: str, height: str, comment: bytes = b" parallel-edition") -> None:
        """``width`` and ``height`` of the paper as TeX dimensions."""
        size = f"pdf:pagesize width {width} height {height}".encode("ascii")
        self._size = bytes((op.XXX1, len(size))) + size
        self._out = bytearray(
            struct.pack(">BBIII", op.PRE, op.VERSION, op.NUMERATOR, op.DENOMINATOR, 1000)
            + bytes((len(comment),)) + comment
        )  # fmt: skip
        self._last = -1
        self._pages = 0

    def page(self, parts: Iterable[Part]) -> None:
        """Add a page."""
        here = len(self._out)
        self._pages += 1
        self._out += struct.pack(">B10ii", op.BOP, self._pages, *[0] * 9, self._last)
        self._out += self._size
        self._out += b"".join(parts)
        self._out.append(op.EOP)
        self._last = here

    def finish(self, fonts: Mapping[int, bytes]) -> bytearray:
        """The whole file, to which nothing is added; ``fonts`` by name, those not used included."""
        out = self._out
        post = len(out)
        out += struct.pack(
            ">BiIIIIIHH", op.POST, self._last, op.NUMERATOR, op.DENOMINATOR, 1000,
            _LARGEST, _LARGEST, 100, self._pages & 0xFFFF,
        )  # fmt: skip
        for name, font in sorted(fonts.items()):
            out += font[:1] + name.to_bytes(4, "big") + font[1:]
        out += struct.pack(">BIB", op.POST_POST, post, op.VERSION)
        out += bytes((op.FILL,)) * (4 + -len(out) % 4)
        return out
