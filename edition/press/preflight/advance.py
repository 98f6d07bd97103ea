"""How far a string moves the point of writing, by the widths that the font's dictionary gives; in
vertical fonts, by the heights."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject

from edition.press.preflight.tokens import Operand

_CODES = 65536  # a two-byte code has no more


def key_of(font: DictionaryObject) -> int:
    """What tells a font from the others of its file; one that stands in the page's own resources
    has no object number."""
    reference = getattr(font, "indirect_reference", None)
    return reference.idnum if reference else -id(font)


def _vertical(encoding: Any) -> bool:
    """Whether a CMap, or the name of one, is for lines from top to bottom."""
    encoding = encoding.get_object() if encoding is not None else None
    if isinstance(encoding, DictionaryObject):
        return encoding.get("/WMode") == 1
    return str(encoding).endswith("-V")


class Advance:
    """The widths of one font, in thousandths of its size."""

    def __init__(self, font: DictionaryObject) -> None:
        self.composite = font.get("/Subtype") == "/Type0"
        self.unit = 1 / 1000
        self.widths: dict[int, float] = {}
        self.default = 1000.0 if self.composite else 500.0
        self.vertical = self.composite and _vertical(font.get("/Encoding"))
        self._known: dict[bytes, float] = {}
        if self.composite:
            descendants: Any = font["/DescendantFonts"].get_object()
            self._composite(descendants[0].get_object())
        else:
            first = int(font.get("/FirstChar", 0))
            listed = font.get("/Widths", ArrayObject()).get_object()
            self.widths = {first + at: float(width) for at, width in enumerate(listed)}
            if font.get("/Subtype") == "/Type3":  # these have units of their own
                self.unit = float(font["/FontMatrix"][0])  # type: ignore[index]

    def _composite(self, descendant: DictionaryObject) -> None:
        if self.vertical:
            # /W2 is left out: the characters that it sets apart are few
            self.default = float(descendant.get("/DW2", (880, -1000))[1])
            return
        self.default = float(descendant.get("/DW", 1000))
        listed = list(descendant.get("/W", ArrayObject()).get_object())
        at = 0
        while at + 1 < len(listed):
            first, second = int(listed[at]), listed[at + 1].get_object()
            if isinstance(second, ArrayObject):
                for step, width in enumerate(second):
                    self.widths[first + step] = float(width)
                at += 2
            elif at + 2 < len(listed):
                width = float(listed[at + 2])
                for code in range(first, min(int(second), first + _CODES) + 1):
                    self.widths[code] = width
                at += 3
            else:
                break

    def of(self, parts: list[Operand], size: float, spacing: float, words: float) -> float:
        """Width of the strings and moves of one ``TJ`` in units of text space."""
        width, count, blanks = 0.0, 0, 0
        kerned = 0.0
        for part in parts:
            if isinstance(part, bytes):
                if part not in self._known:
                    self._known[part] = self._width(part)
                width += self._known[part]
                count += len(part) // 2 if self.composite else len(part)
                blanks += 0 if self.composite else part.count(b" ")
            elif isinstance(part, float):
                kerned += part
        return (width * self.unit - kerned / 1000) * size + spacing * count + words * blanks

    def _width(self, data: bytes) -> float:
        get, default = self.widths.get, self.default
        if not self.composite:
            return sum(get(code, default) for code in data)
        pairs = zip(data[::2], data[1::2], strict=False)
        return sum(get(high << 8 | low, default) for high, low in pairs)
