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
_HEX = rb"<\s*([0-9A-Fa-f][0-9A-Fa-f\s]*)>"
_PAIR = re.compile(_HEX + rb"\s*" + _HEX)
_TARGET = re.compile(_HEX)
# first, last, and either the target of the first or a list of all targets
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[([^\]]*)\])")
_LONGEST = 65536  # codes in a range; two bytes name no more


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


def _text(target: bytes) -> str:
    digits = b"".join(target.split()).decode("ascii")
    data = bytes.fromhex(digits if len(digits) % 2 == 0 else digits + "0")
    return data.decode("utf-16-be", "surrogatepass" if len(data) % 2 == 0 else "replace")


def _repaired(target: bytes) -> bytes:
    """The target as it stands, unless it names a character that text does not mean."""
    text = _text(target)
    fixed = "".join(intended(char) for char in text)
    if fixed == text:
        return target
    return fixed.encode("utf-16-be", "surrogatepass").hex().upper().encode("ascii")


def _targets(first: bytes, last: bytes, base: bytes) -> list[bytes]:
    """The targets of a range that names only its first: its last unit counts up."""
    count = min(int(last, 16) - int(first, 16) + 1, _LONGEST)
    digits = b"".join(base.split())
    start, width = int(digits, 16), len(digits)
    return [b"%0*X" % (width, start + step) for step in range(max(count, 0))]


def _ends(first: bytes, last: bytes) -> tuple[bytes, bytes]:
    return b"".join(first.split()), b"".join(last.split())


def _pairs(match: re.Match[bytes]) -> bytes:
    def one(pair: re.Match[bytes]) -> bytes:
        return b"<%s> <%s>" % (pair[1], _repaired(pair[2]))

    return b"beginbfchar" + _PAIR.sub(one, match[1]) + b"endbfchar"


def _ranges(match: re.Match[bytes]) -> bytes:
    """Ranges in which a target changes are spelled out as ``[<…> <…>]`` lists."""

    def one(found: re.Match[bytes]) -> bytes:
        first, last = _ends(found[1], found[2])
        if found[4] is not None:
            targets = [target[1] for target in _TARGET.finditer(found[4])]
        else:
            targets = _targets(first, last, found[3])
        fixed = [_repaired(target) for target in targets]
        if fixed == targets:
            return found[0]
        listed = b" ".join(b"<%s>" % target for target in fixed)
        return b"<%s> <%s> [%s]" % (first, last, listed)

    return b"beginbfrange" + _RANGE.sub(one, match[1]) + b"endbfrange"


def repaired_cmap(cmap: bytes) -> bytes:
    """The ToUnicode CMap with shared glyphs named as running text means them."""
    return _BFRANGE.sub(_ranges, _BFCHAR.sub(_pairs, cmap))


def characters(cmap: bytes) -> set[str]:
    """All characters that a ToUnicode CMap names."""
    named: set[str] = set()
    for block in _BFCHAR.finditer(cmap):
        for pair in _PAIR.finditer(block[1]):
            named.update(_text(pair[2]))
    for block in _BFRANGE.finditer(cmap):
        for found in _RANGE.finditer(block[1]):
            first, last = _ends(found[1], found[2])
            if found[4] is not None:
                targets = [target[1] for target in _TARGET.finditer(found[4])]
            else:
                targets = _targets(first, last, found[3])
            for target in targets:
                named.update(_text(target))
    return named


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
