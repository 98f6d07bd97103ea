"""Repair of what text extracts as.

One glyph may serve several characters; xdvipdfmx then names whichever comes first in the font,
so that ``……`` is copied as ``⋯⋯`` and ``fi`` as a ligature. The maps are rewritten to what the text
means, which those who chose the fonts know; everything else in them stays as it was, and so do the
fonts of placed pictures.
"""

from __future__ import annotations

import contextlib
import re
import struct
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from edition.layout.types import Named

if TYPE_CHECKING:
    from pypdf import PdfWriter

    from edition.press.addition import Addition

_BFCHAR = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_BFRANGE = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_HEX = rb"<\s*([0-9A-Fa-f][0-9A-Fa-f\s]*)>"
_PAIR = re.compile(_HEX + rb"\s*" + _HEX)
_TARGET = re.compile(_HEX)
# first, last, and either the target of the first or a list of all targets
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[([^\]]*)\])")
_LONGEST = 65536  # codes in a range; two bytes name no more


def _text(target: bytes) -> str:
    digits = b"".join(target.split()).decode("ascii")
    data = bytes.fromhex(digits if len(digits) % 2 == 0 else digits + "0")
    return data.decode("utf-16-be", "surrogatepass" if len(data) % 2 == 0 else "replace")


Says = Callable[[int, str], str]  # number of a glyph, what it is named → what it is to say


def _repaired(glyph: int, target: bytes, says: Says) -> bytes:
    """The target as it stands, unless it names a character that text does not mean."""
    text = _text(target)
    fixed = says(glyph, text)
    if fixed == text:
        return target
    return _target(fixed)


def _target(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass").hex().upper().encode("ascii")


def _targets(first: bytes, last: bytes, base: bytes) -> list[bytes]:
    """The targets of a range that names only its first: its last unit counts up."""
    count = min(int(last, 16) - int(first, 16) + 1, _LONGEST)
    digits = b"".join(base.split())
    start, width = int(digits, 16), len(digits)
    return [b"%0*X" % (width, start + step) for step in range(max(count, 0))]


def _ends(first: bytes, last: bytes) -> tuple[bytes, bytes]:
    return b"".join(first.split()), b"".join(last.split())


def repaired_cmap(cmap: bytes, says: Says) -> bytes:
    """The ToUnicode CMap in which glyphs say what ``says`` tells. Ranges in which a target
    changes are spelled out as ``[<…> <…>]`` lists."""

    def pair(match: re.Match[bytes]) -> bytes:
        return b"<%s> <%s>" % (match[1], _repaired(_number(match[1]), match[2], says))

    def pairs(match: re.Match[bytes]) -> bytes:
        return b"beginbfchar" + _PAIR.sub(pair, match[1]) + b"endbfchar"

    def span(match: re.Match[bytes]) -> bytes:
        first, last = _ends(match[1], match[2])
        targets = _listed(match)
        fixed = [_repaired(glyph, target, says)
                 for glyph, target in enumerate(targets, _number(first))]  # fmt: skip
        if fixed == targets:
            return match[0]
        listed = b" ".join(b"<%s>" % target for target in fixed)
        return b"<%s> <%s> [%s]" % (first, last, listed)

    def spans(match: re.Match[bytes]) -> bytes:
        return b"beginbfrange" + _RANGE.sub(span, match[1]) + b"endbfrange"

    return _BFRANGE.sub(spans, _BFCHAR.sub(pairs, cmap))


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()), 16)


def glyphs(cmap: bytes) -> set[int]:
    """The numbers of the glyphs that a ToUnicode CMap names."""
    found = {_number(pair[1]) for block in _BFCHAR.finditer(cmap)
             for pair in _PAIR.finditer(block[1])}  # fmt: skip
    for block in _BFRANGE.finditer(cmap):
        for one in _RANGE.finditer(block[1]):
            first = _number(one[1])
            found.update(range(first, first + len(_listed(one))))
    return found


def _listed(match: re.Match[bytes]) -> list[bytes]:
    """The targets of a range."""
    if match[4] is not None:
        return [target[1] for target in _TARGET.finditer(match[4])]
    return _targets(*_ends(match[1], match[2]), match[3])


def characters(cmap: bytes) -> set[str]:
    """All characters that a ToUnicode CMap names."""
    named: set[str] = set()
    for block in _BFCHAR.finditer(cmap):
        for pair in _PAIR.finditer(block[1]):
            named.update(_text(pair[2]))
    for block in _BFRANGE.finditer(cmap):
        for found in _RANGE.finditer(block[1]):
            for target in _listed(found):
                named.update(_text(target))
    return named


def mapping(cmap: bytes) -> dict[int, str]:
    """Characters by code, as a ToUnicode CMap names them."""
    named: dict[int, str] = {}
    for block in _BFCHAR.finditer(cmap):
        for pair in _PAIR.finditer(block[1]):
            named[int(b"".join(pair[1].split()), 16)] = _text(pair[2])
    for block in _BFRANGE.finditer(cmap):
        for found in _RANGE.finditer(block[1]):
            first, last = _ends(found[1], found[2])
            if found[4] is not None:
                targets = [target[1] for target in _TARGET.finditer(found[4])]
            else:
                targets = _targets(first, last, found[3])
            start = int(first, 16)
            named.update((start + step, _text(target)) for step, target in enumerate(targets))
    return named


def repair(writer: PdfWriter | Addition, named: Named) -> int:
    """Rewrite the ToUnicode maps of the fonts that are ``named``; result: how many changed."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    changed = 0
    for stored in list(writer._objects):
        font = stored.get_object() if stored is not None else None
        if not isinstance(font, DictionaryObject) or font.get("/Type") != "/Font":
            continue
        if "/ToUnicode" not in font:
            continue
        stream: Any = font["/ToUnicode"].get_object()
        data = stream.get_data()
        name = str(font.get("/BaseFont", ""))
        fixed = repaired_cmap(data, _says(name, data, named))
        told = named.glyphs.get(_stem(name), {})
        fixed = completed(fixed, {code: told[code] for code in told.keys() - glyphs(data)})
        if _stem(name) in named.fonts:
            with contextlib.suppress(struct.error):  # a damaged font is for preflight to tell
                fixed = completed(fixed, dict.fromkeys(_shown(font) - glyphs(fixed), UNKNOWN))
        if fixed != data:
            new = DecodedStreamObject()
            new.set_data(fixed)
            font[NameObject("/ToUnicode")] = writer._add_object(new.flate_encode())
            changed += 1
    return changed


# what parts of words say that are shaped as a whole: ActualText tells their text
UNKNOWN = "\ufffd"


def completed(cmap: bytes, unnamed: Mapping[int, str]) -> bytes:
    """The map with a text for each glyph that no character names. PDF/A-2u wants every glyph to
    say something."""
    at = cmap.rfind(b"endcmap")
    if not unnamed or at < 0:
        return cmap
    codes = sorted(unnamed)
    blocks = [codes[start : start + 100] for start in range(0, len(codes), 100)]
    added = b"".join(
        b"%d beginbfchar\n%sendbfchar\n"
        % (
            len(block),
            b"".join(b"<%04X> <%s>\n" % (code, _target(unnamed[code])) for code in block),
        )
        for block in blocks
    )
    return cmap[:at] + added + cmap[at:]


def _shown(font: Any) -> set[int]:
    """The glyphs that the embedded subset of a TrueType font has an outline for: those that are
    shown, and their parts. Tables ``head`` and ``loca`` of the OpenType specification."""
    for listed in font["/DescendantFonts"].get_object() if "/DescendantFonts" in font else ():
        descriptor = listed.get_object().get("/FontDescriptor")
        file = descriptor.get_object().get("/FontFile2") if descriptor is not None else None
        if file is None:
            continue
        data = file.get_object().get_data()
        tables = {
            data[at : at + 4]: struct.unpack_from(">II", data, at + 8)
            for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
        }
        if b"head" not in tables or b"loca" not in tables:
            continue
        (long,) = struct.unpack_from(">h", data, tables[b"head"][0] + 50)
        start, size = tables[b"loca"]
        count = size // (4 if long else 2)
        places = struct.unpack_from(f">{count}{'I' if long else 'H'}", data, start)
        return {glyph for glyph in range(1, count - 1) if places[glyph] != places[glyph + 1]}
    return set()


def _stem(font: str) -> str:
    return font.lstrip("/").rpartition("+")[2].split("-", 1)[0]


def _says(font: str, cmap: bytes, named: Named) -> Says:
    """What the font of this name (``/ABCDEF+Family-Regular-Identity-H``) is to say."""
    stem = _stem(font)
    characters, numbered = named.fonts.get(stem, {}), named.glyphs.get(stem, {})
    of_stem = [of_twin for name, of_twin in named.twins if name == stem]
    if of_stem:
        # any font may have the space that is drawn before its words for readers of the PDF
        has = {glyph for glyph, text in mapping(cmap).items() if not text.isspace()}
        numbered = next((one for one in of_stem if has <= one.keys()), numbered)

    def says(glyph: int, text: str) -> str:
        if glyph in numbered:
            return numbered[glyph]
        return "".join(characters.get(char, char) for char in text)

    return says
