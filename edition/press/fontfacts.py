"""What the codes of one font mean to a reader of a file: their characters, and their widths."""

from __future__ import annotations

import hashlib
from functools import cached_property
from itertools import groupby, tee
from typing import Any

from pypdf.generic import DictionaryObject

from edition.press.preflight.advance import Advance
from edition.press.tounicode import mapping

UNNAMED = "\ufffe"  # no character: what a glyph says of which the font says nothing
# marks whose length is judged stand in pieces of their own
_APART = frozenset("—")
# of a font's description, what is another in every subset
_SUBSET = frozenset(("/FontName", "/FontFile", "/FontFile2", "/FontFile3", "/CIDSet", "/CharSet"))

Said = tuple[tuple[str, float], ...]  # characters and width in em, of a piece or of each glyph


class FontFacts:
    """One font of a file. ``known`` and ``split`` remember what :meth:`whole` and :meth:`parts`
    say of a string (hexadecimal)."""

    def __init__(self, font: DictionaryObject) -> None:
        advance = Advance(font)
        self.digits = 4 if advance.composite else 2
        self.unit, self.widths, self.default = advance.unit, advance.widths, advance.default
        stream: Any = font.get("/ToUnicode")
        self.texts = mapping(stream.get_object().get_data()) if stream is not None else {}
        self.known: dict[bytes, Said] = {}
        self.split: dict[bytes, Said] = {}
        self.name = _stem(font)
        self.identity = _identity(font, self.name)

    def parts(self, string: bytes) -> Said:
        """Of each glyph."""
        said = tuple(
            (self.texts.get(code, UNNAMED), self.widths.get(code, self.default) * self.unit)
            for code in self.codes(string)
        )
        self.split[string] = said
        return said

    def said(self, string: bytes) -> str:
        """The characters of a string."""
        return "".join(text for text, _ in self.split.get(string) or self.parts(string))

    def whole(self, string: bytes) -> Said:
        """Of the string as one piece, spaces apart, or glyph by glyph where the length of one is
        judged."""
        said = self.parts(string)
        if len(said) > 1 and not any(text in _APART for text, _ in said):
            said = tuple(
                ("".join(text for text, _ in group), sum(width for _, width in again))
                for group, again in (tee(one) for _, one in groupby(said, key=_is_space))
            )
        self.known[string] = said
        return said

    def codes(self, string: bytes) -> list[int]:
        digits = self.digits
        if len(string) % 2:
            string += b"0"  # ISO 32000-1, 7.3.4.3
        ends = range(digits, len(string) + 1, digits)
        return [int(string[end - digits : end], 16) for end in ends]

    @cached_property
    def meanings(self) -> dict[int, tuple[str, float]]:
        """Characters and width of every code that the font tells something of."""
        texts, widths = self.texts, self.widths
        return {
            code: (texts.get(code, UNNAMED), widths.get(code, self.default))
            for code in texts.keys() | widths.keys()
        }


def _is_space(glyph: tuple[str, float]) -> bool:
    return glyph[0] == " "


def _stem(font: DictionaryObject) -> str:
    return str(font.get("/BaseFont", "")).lstrip("/").rpartition("+")[2]


def _identity(font: DictionaryObject, name: str) -> str:
    """Digest of what is the same in every subset of the font: of its name, kind and metrics."""
    parts = [name, str(font.get("/Subtype")), str(font.get("/Encoding"))]
    listed: Any = font.get("/DescendantFonts")
    for own in (font, *(one.get_object() for one in (listed.get_object() if listed else ()))):
        parts += [str(own.get("/Subtype")), str(own.get("/DW")), str(own.get("/FontMatrix"))]
        described: Any = own.get("/FontDescriptor")
        if described is not None:
            facts = described.get_object()
            parts += [f"{key} {facts[key]}" for key in sorted(facts) if key not in _SUBSET]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()
