"""Build ``edition/importers/data/lookalikes.gz``: which characters are easily misread for which.

    pip install numpy pillow
    python tools/lookalikes.py

All ideographs of Unicode's main block are drawn in Noto Serif CJK TC and Noto Sans CJK
TC on 32 × 32 points, blurred as a scan is, and compared by the cosine of what is left when the mean
of all characters is taken away. Characters of which one half is the same (left, right, top or
bottom: a shared component) come nearer by :data:`HALF`. A line is a character and its look-alikes
among the ideographs of GB 2312 and of Big5's first plane, the likest first: :data:`MOST` of one of
these, :data:`FEW` of a rarer one.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DATA = Path(__file__).resolve().parent.parent / "edition" / "importers" / "data"
FONTS = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")
FOLDER = Path("/usr/share/fonts/opentype/noto")
FACE = 3  # TC
SIDE = 32
MOST, FEW = 32, 20
LEAST = 0.4  # likeness that is none any more
HALF = 0.3


def is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        try:
            return 0xA4 <= char.encode("big5")[0] <= 0xC6
        except UnicodeEncodeError:
            return False
    return True


def drawn(chars: list[str], font: ImageFont.FreeTypeFont) -> numpy.ndarray:
    rows = []
    for char in chars:
        picture = Image.new("L", (SIDE, SIDE), 0)
        ImageDraw.Draw(picture).text((SIDE / 2, SIDE / 2), char, fill=255, font=font, anchor="mm")
        blurred = picture.filter(ImageFilter.GaussianBlur(1.3))
        rows.append(numpy.asarray(blurred, dtype=numpy.float32) / 255)
    return numpy.stack(rows)


def unit(pictures: numpy.ndarray) -> numpy.ndarray:
    flat = pictures.reshape(len(pictures), -1)
    flat = flat - flat.mean(axis=0)
    return flat / (numpy.linalg.norm(flat, axis=1, keepdims=True) + 1e-6)


def parts(pictures: numpy.ndarray) -> list[numpy.ndarray]:
    """The whole of each picture, then its halves."""
    middle = SIDE // 2
    return [
        unit(pictures), unit(pictures[:, :, :middle]), unit(pictures[:, :, middle:]),
        unit(pictures[:, :middle]), unit(pictures[:, middle:]),
    ]  # fmt: skip


def main() -> None:
    chars = [chr(point) for point in range(0x4E00, 0x9FA6)]
    common = numpy.array([at for at, char in enumerate(chars) if is_common(char)])
    fonts = [ImageFont.truetype(str(FOLDER / name), SIDE - 2, index=FACE) for name in FONTS]
    drawings = [parts(drawn(chars, font)) for font in fonts]
    lines = []
    for start in range(0, len(chars), 500):
        rows = slice(start, start + 500)
        alike = sum(likeness(drawing, rows, common) for drawing in drawings) / len(fonts)
        for number, scores in enumerate(alike):
            char = chars[start + number]
            order = numpy.argsort(-scores)[: (MOST if is_common(char) else FEW) + 1]
            others = (chars[common[at]] for at in order if scores[at] >= LEAST)
            lines.append(char + "".join(other for other in others if other != char))
    DATA.mkdir(exist_ok=True)
    data = gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0)
    (DATA / "lookalikes.gz").write_bytes(data)


def likeness(drawing: list[numpy.ndarray], rows: slice, common: numpy.ndarray) -> numpy.ndarray:
    whole, *halves = (part[rows] @ part[common].T for part in drawing)
    shared = numpy.maximum.reduce(halves)
    return whole + HALF * numpy.clip((shared - 0.75) * 4, 0, 1)


if __name__ == "__main__":
    main()
