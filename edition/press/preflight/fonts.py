"""Fonts: embedded, and naming the characters that they show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pypdf.generic import DictionaryObject

from edition.diagnostics import Diagnostic
from edition.press import tounicode
from edition.press.preflight import codes

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def font_findings(pages: Iterable[Any]) -> Iterator[Diagnostic]:
    """Each fault once a font, at the first page that uses it."""
    seen: set[int] = set()
    for page in pages:
        for font in page.content.fonts.values():
            key = font.indirect_reference.idnum if font.indirect_reference else id(font)
            if key not in seen:
                seen.add(key)
                yield from _one(font, page.where)


def _one(font: DictionaryObject, where: str) -> Iterator[Diagnostic]:
    name = str(font.get("/BaseFont", "unnamed")).lstrip("/")
    if not _embedded(font):
        yield Diagnostic(
            code=codes.PRE010,
            where=where,
            fact=f"the font {name} is not embedded",
            hint="the printer would replace it, Chinese text by blanks",
        )
    if "/ToUnicode" not in font:
        if font.get("/Subtype") == "/Type0" or "/Encoding" not in font:
            yield Diagnostic(
                code=codes.PRE011,
                where=where,
                fact=f"the font {name} has no ToUnicode map",
                hint="its text can be neither searched nor copied",
            )
        return
    stream: Any = font["/ToUnicode"].get_object()
    data = stream.get_data()
    if tounicode.repaired_cmap(data) != data:
        wrong = sorted(_named(data) - _named(tounicode.repaired_cmap(data)))
        shown = "、".join(f"{char} (U+{ord(char):04X})" for char in wrong[:5])
        yield Diagnostic(
            code=codes.PRE012,
            where=where,
            fact=f"text in {name} extracts as {shown}",
            hint="the glyph is shared; the screen and press profiles repair the map",
        )


def _embedded(font: DictionaryObject) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    holder: Any = font
    if "/DescendantFonts" in font:
        listed: Any = font["/DescendantFonts"].get_object()
        holder = listed[0].get_object()
    descriptor = holder.get("/FontDescriptor", DictionaryObject()).get_object()
    return any(key in descriptor for key in _FILES)


def _named(cmap: bytes) -> set[str]:
    """All single characters that a CMap names, ranges by their first only."""
    named = set()
    for target in re.findall(rb"<([0-9A-Fa-f]{4,8})>\s*(?=[\n\r<\]e])", cmap):
        text = bytes.fromhex(target.decode()).decode("utf-16-be", "replace")
        if len(text) == 1:
            named.add(text)
    return named
