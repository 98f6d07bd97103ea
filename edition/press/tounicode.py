"""Repair of what text extracts as.

One glyph may serve several characters; xdvipdfmx then names whichever comes first in the font,
so that ``……`` is copied as ``⋯⋯`` and ① as ➀. The maps are rewritten to the character a text of
this kind means; everything else in them stays as it was.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfWriter

_BFCHAR = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_BFRANGE = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_TRIPLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def intended(char: str) -> str:
    """The character that ``char``, as named by a shared glyph, stands for in running text."""
    point = ord(char)
    if point == 0x22EF:  # midline ellipsis of mathematics → the ellipsis of both scripts
        return "…"
    if 0x2780 <= point <= 0x2789:  # dingbat circled digits → circled digits
        return chr(0x2460 + point - 0x2780)
    if 0x2E80 <= point <= 0x2FDF:  # radicals → the ideographs they look like
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) == 1 else char
    if 0xF900 <= point <= 0xFAFF or 0x2F800 <= point <= 0x2FA1F:  # compatibility ideographs
        return unicodedata.normalize("NFC", char)
    return char


def _repaired(target: bytes) -> bytes:
    text = bytes.fromhex(target.decode("ascii")).decode("utf-16-be", "surrogatepass")
    fixed = "".join(intended(char) for char in text)
    return fixed.encode("utf-16-be", "surrogatepass").hex().upper().encode("ascii")


def _pairs(match: re.Match[bytes]) -> bytes:
    def one(pair: re.Match[bytes]) -> bytes:
        return b"<%s> <%s>" % (pair[1], _repaired(pair[2]))

    return b"beginbfchar" + _PAIR.sub(one, match[1]) + b"endbfchar"


def _ranges(match: re.Match[bytes]) -> bytes:
    """Ranges in which a target changes are spelled out as ``[<…> <…>]`` lists."""

    def one(triple: re.Match[bytes]) -> bytes:
        first, last = int(triple[1], 16), int(triple[2], 16)
        base, width = int(triple[3], 16), len(triple[3])
        targets = [b"%0*X" % (width, base + step) for step in range(last - first + 1)]
        fixed = [_repaired(target) for target in targets]
        if fixed == targets:
            return triple[0]
        listed = b" ".join(b"<%s>" % target for target in fixed)
        return b"<%s> <%s> [%s]" % (triple[1], triple[2], listed)

    return b"beginbfrange" + _TRIPLE.sub(one, match[1]) + b"endbfrange"


def repaired_cmap(cmap: bytes) -> bytes:
    """The ToUnicode CMap with shared glyphs named as running text means them."""
    return _BFRANGE.sub(_ranges, _BFCHAR.sub(_pairs, cmap))


def repair(writer: PdfWriter) -> int:
    """Rewrite the ToUnicode maps of all fonts; result: how many maps changed."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    seen: dict[int, Any] = {}
    changed = 0
    for stored in list(writer._objects):
        font = stored.get_object() if stored is not None else None
        if not isinstance(font, DictionaryObject) or font.get("/Type") != "/Font":
            continue
        if "/ToUnicode" not in font:
            continue
        stream: Any = font["/ToUnicode"].get_object()
        if id(stream) not in seen:
            data = stream.get_data()
            fixed = repaired_cmap(data)
            seen[id(stream)] = None
            if fixed != data:
                new = DecodedStreamObject()
                new.set_data(fixed)
                seen[id(stream)] = writer._add_object(new.flate_encode())
                changed += 1
        if seen[id(stream)] is not None:
            font[NameObject("/ToUnicode")] = seen[id(stream)]
    return changed
