"""XDV → lines."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from edition.engine.xdv import opcodes as op
from edition.engine.xdv import specials
from edition.engine.xdv.opcodes import LENGTH, VersionError, XdvError, definition

_SLOT = b"ED:"
_OF_THE_PAGE = b"pdf:pagesize"


_TOLD = struct.Struct(">IqI")  # offset, font, bytes of the text that follows


class Slot(NamedTuple):
    """A place in a line where a number goes that only the plan knows. ``font``: what is selected
    there, to be selected again after what is spliced in; -1 for none."""

    offset: int
    kind: str
    order: int
    font: int


class XdvWord(NamedTuple):
    """What the glyphs say that a line draws at ``offset``."""

    offset: int
    text: str
    font: int


class XdvLine(NamedTuple):
    """The bytes of a line, its slots in the order of their offsets, and the fonts it selects.
    ``told``: its words, packed, for there are many; they are told by the run that set it, and not
    kept."""

    data: bytes
    slots: tuple[Slot, ...] = ()
    fonts: tuple[int, ...] = ()
    told: bytes = b""

    @property
    def words(self) -> tuple[XdvWord, ...]:
        """What its glyphs say, in their order."""
        found, at = [], 0
        while at < len(self.told):
            offset, font, size = _TOLD.unpack_from(self.told, at)
            at += _TOLD.size + size
            text = self.told[at - size : at].decode("utf-16-be", "replace")
            found.append(XdvWord(offset, text, font))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a run shipped: lines by the first two of TeX's counters, fonts by their names."""

    lines: Mapping[tuple[int, int], XdvLine]
    fonts: Mapping[int, bytes]


def font_name(font: bytes) -> int:
    """31 bits that stand for a font in lines; the largest number a font may have is 2³¹−1."""
    return int.from_bytes(hashlib.blake2b(font, digest_size=4).digest(), "big") & 0x7FFFFFFF


def font_file(font: bytes) -> tuple[str, int] | None:
    """Path and index of the file of a font, by its definition; None of a font of TeX's own."""
    if font[0] != op.NATIVE_FONT:
        return None
    length = font[7]  # after the operation, the size and the flags
    path = font[8 : 8 + length].decode("utf-8", "surrogateescape")
    return path, int.from_bytes(font[8 + length : 12 + length], "big")


def font_size(font: bytes) -> int:
    """The size of a font, by its definition, in scaled points."""
    return int.from_bytes(font[1:5], "big")


def read(data: bytes) -> Shipped:
    """The lines of a file. Raises :class:`XdvError`, for a special that names a file which the
    build did not write as well."""
    try:
        return _read(data)
    except (struct.error, LookupError, ValueError) as problem:
        raise XdvError(f"the file is damaged: {problem}") from problem


def check(data: bytes) -> None:
    """Raise :class:`XdvError` where a file is damaged, or a driver would open what is not the
    build's."""
    try:
        read(data)
    except VersionError:
        specials.check_raw(data)


def _read(data: bytes) -> Shipped:
    post, last = _tail(data)
    names: dict[int, int] = {}
    fonts: dict[int, bytes] = {}
    at = post + 29
    while data[at] != op.POST_POST:
        number, font, at = definition(data, at)
        name = names[number] = font_name(font)
        if fonts.setdefault(name, font) != font:
            raise XdvError("two fonts have one name")
    selections = {
        number: bytes((op.FNT4,)) + name.to_bytes(4, "big") for number, name in names.items()
    }
    starts = [post]
    while last != -1:
        if data[last] != op.BOP or last >= starts[-1]:
            raise XdvError(f"no page begins at {last}")
        starts.append(last)
        (last,) = struct.unpack_from(">i", data, last + 41)
    (pages,) = struct.unpack_from(">H", data, post + 27)
    if (len(starts) - 1) & 0xFFFF != pages:
        raise XdvError(f"{len(starts) - 1} pages, of which the file has {pages}")
    starts.reverse()
    lines: dict[tuple[int, int], XdvLine] = {}
    for start, end in pairwise(starts):
        box, line = struct.unpack_from(">ii", data, start + 1)
        lines[box, line] = _line(data, start + 45, end - 1, names, selections)
    return Shipped(lines, fonts)


def _tail(data: bytes) -> tuple[int, int]:
    """(start of the postamble, start of the last page)."""
    end = len(data.rstrip(bytes((op.FILL,))))
    if end < 6 or data[end - 6] != op.POST_POST:
        raise XdvError("the file has no end: TeX was stopped")
    post, version = struct.unpack_from(">IB", data, end - 5)
    if version != op.VERSION:
        raise VersionError(f"XDV of version {version}, not {op.VERSION}")
    if data[post] != op.POST:
        raise XdvError("the file has no postamble")
    (last,) = struct.unpack_from(">i", data, post + 1)
    return post, last


def _line(
    data: bytes, at: int, end: int, names: Mapping[int, int], selections: Mapping[int, bytes]
) -> XdvLine:
    """One line, its fonts by name. This is the loop in which the time goes: 0.1 s for 23,000
    lines."""
    out = bytearray()
    slots: list[Slot] = []
    told = bytearray()
    used: dict[int, None] = {}
    begun, font = at, -1
    lengths, first, last = LENGTH, op.FNT_NUM_0, op.FNT_NUM_63
    while at < end:
        operation = data[at]
        length = lengths[operation]
        if length:
            at += length
        elif operation == op.GLYPHS:
            at += 7 + 10 * (data[at + 5] << 8 | data[at + 6])
        elif first <= operation <= last or op.FNT1 <= operation <= op.FNT4:
            out += data[begun:at]
            size = 0 if operation <= last else operation - op.FNT1 + 1
            number = (
                int.from_bytes(data[at + 1 : at + 1 + size], "big") if size else operation - first
            )
            out += selections[number]
            font = names[number]
            used[font] = None
            begun = at = at + 1 + size
        elif op.XXX1 <= operation <= op.XXX4:
            text, after = _special(data, at)
            specials.check(text)
            slot = text.startswith(_SLOT)
            if slot or text.startswith(_OF_THE_PAGE):
                out += data[begun:at]
                if slot:
                    slots.append(Slot(len(out), chr(text[3]), int(text[4:]), font))
                begun = after
            at = after
        elif operation == op.TEXT_AND_GLYPHS:  # becomes glyphs alone
            out += data[begun:at]
            begun = at + 3 + 2 * (data[at + 1] << 8 | data[at + 2])
            told += _TOLD.pack(len(out), font, begun - at - 3) + data[at + 3 : begun]
            out.append(op.GLYPHS)
            at = begun + 6 + 10 * (data[begun + 4] << 8 | data[begun + 5])
        else:  # a font is defined on the page that first uses it; the postamble has it too
            out += data[begun:at]
            begun = at = definition(data, at)[2]
    if at != end:
        raise XdvError("an operation runs over the end of its page")
    out += data[begun:end]
    return XdvLine(bytes(out), tuple(slots), tuple(used), bytes(told))


def letters(line: XdvLine, ligatures: Mapping[int, Mapping[int, int]]) -> int:
    """How many letters a line draws: one for a glyph, of a ligature as many as it stands for.
    ``ligatures``: their letters by the name of the font and the number of the glyph. Spaces draw
    none."""
    data, at, count = line.data, 0, 0
    own: Mapping[int, int] = {}
    while at < len(data):
        operation = data[at]
        if LENGTH[operation]:
            at += LENGTH[operation]
        elif operation in (op.GLYPHS, op.TEXT_AND_GLYPHS):
            if operation == op.TEXT_AND_GLYPHS:
                at += 2 + 2 * (data[at + 1] << 8 | data[at + 2])
            number = data[at + 5] << 8 | data[at + 6]
            at += 7 + 10 * number
            count += number
            if own:  # the numbers of the glyphs come last
                shown = struct.unpack_from(f">{number}H", data, at - 2 * number)
                count += sum(own[glyph] - 1 for glyph in shown if glyph in own)
        elif op.XXX1 <= operation <= op.XXX4:
            at = _special(data, at)[1]
        elif op.FNT1 <= operation <= op.FNT4:
            end = at + 2 + operation - op.FNT1
            own = ligatures.get(int.from_bytes(data[at + 1 : end], "big"), {})
            at = end
        else:
            at += 1
    return count


def _special(data: bytes, at: int) -> tuple[bytes, int]:
    size = data[at] - op.XXX1 + 1
    length = int.from_bytes(data[at + 1 : at + 1 + size], "big")
    start = at + 1 + size
    return data[start : start + length], start + length
