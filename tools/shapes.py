"""Build the tables of characters under ``edition/bibliography/data`` (run by hand, seldom).

    python tools/shapes.py

``glyphs.bin``: what each character looks like, so that likeness of shape is computed from the
glyphs and not looked up in a list: the ideographs of GB 2312, Big5 and KS X 1001 and the Latin
letters, drawn in Noto Serif CJK TC on a grid of 24 × 24 bits. Compressed with zlib: the side, the
characters in UTF-8, a zero byte, then 72 bytes a character, row by row,
lowest bit first.

``hans.txt``: traditional characters and, on the second line, the simplified ones (OpenCC t2s,
character by character); for comparing only, never for writing.
"""

from __future__ import annotations

import string
import zlib
from pathlib import Path

import opencc
from PIL import Image, ImageDraw, ImageFont

DATA = Path(__file__).resolve().parent.parent / "edition" / "bibliography" / "data"
FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
FACE = 3  # TC: the traditional forms
SIDE = 24
INK = 96  # of 255: darker than this is ink


def common() -> str:
    """The ideographs that one of the national sets has."""
    found = []
    for point in range(0x4E00, 0xA000):
        for encoding in ("gb2312", "big5", "euc_kr"):
            try:
                chr(point).encode(encoding)
            except UnicodeEncodeError:
                continue
            found.append(chr(point))
            break
    return "".join(found)


def bits(char: str, font: ImageFont.FreeTypeFont) -> int:
    picture = Image.new("L", (SIDE, SIDE), 0)
    place, anchor = ((SIDE / 2, SIDE / 2), "mm") if char >= "\u3400" else ((SIDE / 2, 18), "ms")
    ImageDraw.Draw(picture).text(place, char, fill=255, font=font, anchor=anchor)
    return sum(1 << at for at, ink in enumerate(picture.tobytes()) if ink > INK)


def main() -> None:
    DATA.mkdir(exist_ok=True)
    font = ImageFont.truetype(FONT, SIDE, index=FACE)
    chars = string.ascii_letters + common()
    table = (
        bytes([SIDE])
        + chars.encode()
        + b"\0"
        + b"".join(bits(char, font).to_bytes(SIDE * SIDE // 8, "little") for char in chars)
    )
    (DATA / "glyphs.bin").write_bytes(zlib.compress(table, 9))
    convert = opencc.OpenCC("t2s").convert
    pairs = [(char, convert(char)) for char in map(chr, range(0x3400, 0xA000))]
    pairs = [(old, new) for old, new in pairs if old != new and len(new) == 1]
    text = "".join(a for a, _ in pairs) + "\n" + "".join(b for _, b in pairs) + "\n"
    (DATA / "hans.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
