"""Build ``edition/importers/data/lookalikes.gz``: which characters are easily misread for which.

    pip install numpy pillow
    python tools/lookalikes.py

The ideographs of GB 2312 and of Big5's first plane are drawn in Noto Serif CJK TC and Noto Sans CJK
TC on 32 × 32 points and compared in three ways:

- **blurred** as a scan is, by the cosine of what is left when the mean of all is taken away;
- by their **ink**: the share of it that lies on the ink of the other, or beside it;
- by a **component** that they share: their left, right, upper or lower parts, cut at three places,
  each stretched to one size, so that 青 in 清 and in 請 is the same.

The ranks by these three are merged (:data:`MERGED`). A line is a character and its look-alikes, the
likest first. Both scripts are in it: a reader takes those of his text's.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DATA = Path(__file__).resolve().parent.parent / "edition" / "importers" / "data"
FONTS = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")  # components: by the first
FOLDER = Path("/usr/share/fonts/opentype/noto")
FACE = 3  # TC
SIDE, PART = 32, 10  # points of a character, of a component
CUTS = (11, 16, 20)
FAINT, INK = 90, 110  # of 255, from which a point counts
LEAST_AREA = 30  # points of a component
MOST = 64
# of ink, component and picture: what a rank by it is multiplied by, what is added
MERGED = ((1.0, 0.0), (1.5, 2.0), (1.5, 1.0))
ROWS = 800  # characters that are compared at once

Drawing = dict[tuple[str, int], numpy.ndarray]


def is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        try:
            return 0xA4 <= char.encode("big5")[0] <= 0xC6
        except UnicodeEncodeError:
            return False
    return True


def drawn(char: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    picture = Image.new("L", (SIDE, SIDE), 0)
    ImageDraw.Draw(picture).text((SIDE / 2, SIDE / 2), char, fill=255, font=font, anchor="mm")
    return picture


def blurred(picture: Image.Image, radius: float) -> numpy.ndarray:
    soft = picture.filter(ImageFilter.GaussianBlur(radius))
    return numpy.asarray(soft, dtype=numpy.float32) / 255


def unit(pictures: list[numpy.ndarray]) -> numpy.ndarray:
    flat = numpy.stack(pictures).reshape(len(pictures), -1)
    flat = flat - flat.mean(axis=0)
    return flat / (numpy.linalg.norm(flat, axis=1, keepdims=True) + 1e-6)


def part(picture: Image.Image, box: tuple[int, int, int, int]) -> numpy.ndarray:
    piece = picture.crop(box)
    inked = piece.point(lambda value: 255 if value > FAINT else 0).getbbox()
    if inked is None or (inked[2] - inked[0]) * (inked[3] - inked[1]) < LEAST_AREA:
        return numpy.zeros((PART, PART), dtype=numpy.float32)
    return blurred(piece.crop(inked).resize((PART, PART), Image.Resampling.BILINEAR), 0.7)


def components(pictures: list[Image.Image]) -> Drawing:
    """(side, cut) → that component of every character."""
    boxes = {}
    for cut in CUTS:
        boxes["right", cut] = (cut, 0, SIDE, SIDE)
        boxes["left", cut] = (0, 0, cut, SIDE)
        boxes["lower", cut] = (0, cut, SIDE, SIDE)
        boxes["upper", cut] = (0, 0, SIDE, cut)
    return {key: unit([part(one, box) for one in pictures]) for key, box in boxes.items()}


def widened(ink: numpy.ndarray) -> numpy.ndarray:
    wide = ink.copy()
    wide[:, 1:] |= ink[:, :-1]
    wide[:, :-1] |= ink[:, 1:]
    wide[:, :, 1:] |= ink[:, :, :-1]
    wide[:, :, :-1] |= ink[:, :, 1:]
    return wide


def flat(ink: numpy.ndarray) -> numpy.ndarray:
    return ink.reshape(len(ink), -1).astype(numpy.float32)


def likeness(chars: list[str]) -> Iterator[tuple[str, tuple[numpy.ndarray, ...]]]:
    """Each character with its likeness to all by ink, component and picture."""
    fonts = [ImageFont.truetype(str(FOLDER / name), SIDE - 2, index=FACE) for name in FONTS]
    pictures = [[drawn(char, font) for char in chars] for font in fonts]
    wholes = [unit([blurred(one, 1.3) for one in some]) for some in pictures]
    inks = [numpy.stack([numpy.asarray(one) > INK for one in some]) for some in pictures]
    own, wide = [flat(ink) for ink in inks], [flat(widened(ink)) for ink in inks]
    parts = components(pictures[0])
    for start in range(0, len(chars), ROWS):
        rows = slice(start, start + ROWS)
        whole = sum(one[rows] @ one.T for one in wholes) / len(FONTS)
        ink = sum(inked(a, b, rows) for a, b in zip(own, wide, strict=True)) / len(FONTS)
        shared = numpy.maximum.reduce([
            parts[side, cut][rows] @ parts[side, other].T
            for side, cut in parts for other in CUTS
            if abs(CUTS.index(cut) - CUTS.index(other)) <= 1
        ])  # fmt: skip
        merged = (0.4 * whole + 2 * ink + 0.6 * shared, shared + 0.3 * whole, whole)
        for at, char in enumerate(chars[rows]):
            yield char, tuple(one[at] for one in merged)


def inked(own: numpy.ndarray, wide: numpy.ndarray, rows: slice) -> numpy.ndarray:
    total = own.sum(1)
    both = own[rows] @ own.T
    near = own[rows] @ wide.T + wide[rows] @ own.T
    return (both + near / 2) / (total[rows][:, None] + total[None, :] + 1e-6)


def main() -> None:
    chars = [chr(point) for point in range(0x4E00, 0x9FA6) if is_common(chr(point))]
    lines = []
    for char, scores in likeness(chars):
        ranks = numpy.full(len(chars), numpy.inf)
        for score, (times, more) in zip(scores, MERGED, strict=True):
            order = numpy.argsort(-score)[: MOST + 1]
            ranks[order] = numpy.minimum(ranks[order], times * numpy.arange(MOST + 1) + more)
        order = numpy.argsort(ranks, kind="stable")[: MOST + 1]
        lines.append(char + "".join(chars[at] for at in order if chars[at] != char))
    DATA.mkdir(exist_ok=True)
    data = gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0)
    (DATA / "lookalikes.gz").write_bytes(data)


if __name__ == "__main__":
    main()
