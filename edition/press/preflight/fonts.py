"""Fonts: embedded, and naming the characters that they show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pypdf.generic import DictionaryObject

from edition.press import tounicode
from edition.press.preflight import codes
from edition.press.preflight.advance import key_of
from edition.press.preflight.report import PlacedFinding, of_page

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def font_findings(pages: Sequence[Any]) -> Iterator[PlacedFinding]:
    """Each fault once a font, at the first page that uses it."""
    seen: set[int] = set()
    for page in pages:
        for font in page.content.fonts.values():
            key = key_of(font)
            if key not in seen:
                seen.add(key)
                yield from _one(font, page.number)
    yield from _idle(pages, seen)


def _idle(pages: Iterable[Any], used: set[int]) -> Iterator[PlacedFinding]:
    """Fonts that pages list and nothing is set in, in one finding: they ask for nothing."""
    listed: dict[int, tuple[str, int]] = {}
    for page in pages:
        resources = page.page.get("/Resources", DictionaryObject()).get_object()
        for named in resources.get("/Font", DictionaryObject()).get_object().values():
            font = named.get_object()
            name = str(font.get("/BaseFont", "unnamed")).lstrip("/")
            listed.setdefault(key_of(font), (name, page.number))
    idle = [listed[key] for key in listed if key not in used]
    if idle:
        names = ", ".join(sorted({name for name, _ in idle}))
        what = "a font that nothing is set in" if len(idle) == 1 else (
            f"{len(idle)} fonts that nothing is set in")  # fmt: skip
        yield of_page(codes.PRE013, idle[0][1], f"the file lists {what}: {names}",
                      "it does no harm; writing the file again drops it")  # fmt: skip


def _one(font: DictionaryObject, page: int) -> Iterator[PlacedFinding]:
    name = str(font.get("/BaseFont", "unnamed")).lstrip("/")
    if not _embedded(font):
        yield of_page(codes.PRE010, page, f"the font {name} is not embedded",
                      "the printer would replace it, Chinese text by blanks")  # fmt: skip
    if "/ToUnicode" not in font:
        if font.get("/Subtype") == "/Type0" or "/Encoding" not in font:
            yield of_page(codes.PRE011, page, f"the font {name} has no ToUnicode map",
                          "its text can be neither searched nor copied")  # fmt: skip
        return
    stream: Any = font["/ToUnicode"].get_object()
    named = tounicode.characters(stream.get_data())
    wrong = sorted(char for char in named if usual(char) != char)
    # a font of such characters alone has been chosen for them
    if wrong and len(wrong) < len(named) and _chinese(name, named):
        shown = "、".join(f"{char} (U+{ord(char):04X})" for char in wrong[:5])
        yield of_page(
            codes.PRE012,
            page,
            f"text in {name} extracts as {shown}",
            "the glyph is shared; the screen and press files of this program repair the map",
        )


def usual(char: str) -> str:
    """The character that ``char``, as named by a shared glyph, stands for in running text."""
    point = ord(char)
    if point == 0x22EF:  # midline ellipsis of mathematics → the ellipsis of both scripts
        return "…"
    if 0x2780 <= point <= 0x2789:  # dingbat circled digits → circled digits
        return chr(0x2460 + point - 0x2780)
    if 0x2F00 <= point <= 0x2FDF:  # Kangxi radicals → the ideographs they look like
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) == 1 else char
    if 0xF900 <= point <= 0xFAFF or 0x2F800 <= point <= 0x2FA1F:  # compatibility ideographs
        return unicodedata.normalize("NFC", char)
    return char


def _chinese(name: str, named: set[str]) -> bool:
    """Whether a font sets Chinese text: in a font of mathematics ⋯ is what it says."""
    return "CJK" in name or any(
        "\u3000" <= char <= "\u303f" or "\u4e00" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
        for char in named
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
