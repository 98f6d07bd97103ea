"""Chinese text with characters misread by chance: one in so many, each for one that looks like it.

Look-alikes are measured otherwise than the program measures them: the ink of characters in a
sans-serif face that falls on the ink of the other, or beside it (己已, 末未, 間問); and those of
which one half is the same and the rest is somewhat alike (a shared component: 情清).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache, partial

from PIL import Image, ImageDraw, ImageFont

from edition.script.characters import common_in

# script → whether a character may stand in a text of it
COMMON: dict[str, Callable[[str], bool]] = {
    "hans": partial(common_in, script="hans"), "hant": partial(common_in, script="hant")
}  # fmt: skip
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIDE = 24
NEAR = 0.76  # share of the ink that two characters have in common
HALF, REST = 0.92, 0.4  # of the half that is shared, and of the other
CHOICES = 5
PER = 400


@cache
def _common() -> tuple[str, ...]:
    """The characters in everyday use: the first levels of GB 2312 and Big5."""
    found = []
    for point in range(0x4E00, 0xA000):
        char = chr(point)
        try:
            level = char.encode("gb2312")[0]
            if 0xB0 <= level <= 0xD7:
                found.append(char)
                continue
        except UnicodeEncodeError:
            pass
        try:
            if 0xA4 <= char.encode("big5")[0] <= 0xC6:
                found.append(char)
        except UnicodeEncodeError:
            pass
    return tuple(found)


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, SIDE, index=2)


@cache
def _ink(char: str) -> int:
    picture = Image.new("L", (SIDE, SIDE), 0)
    ImageDraw.Draw(picture).text((SIDE / 2, SIDE / 2), char, fill=255, font=_font(), anchor="mm")
    return sum(1 << at for at, value in enumerate(picture.tobytes()) if value > 110)


def _mask(inside: Callable[[int, int], bool]) -> int:
    return sum(1 << (y * SIDE + x) for y in range(SIDE) for x in range(SIDE) if inside(x, y))


_HALVES = (
    _mask(lambda x, _: x < SIDE // 2), _mask(lambda x, _: x >= SIDE // 2),
    _mask(lambda _, y: y < SIDE // 2), _mask(lambda _, y: y >= SIDE // 2),
)  # fmt: skip


def _wide(ink: int) -> int:
    """The ink and what lies a point beside it."""
    return ink | ink << 1 | ink >> 1 | ink << SIDE | ink >> SIDE


def _shared(a: int, b: int) -> float:
    both = a.bit_count() + b.bit_count()
    near = (a & _wide(b)).bit_count() + (b & _wide(a)).bit_count()
    return ((a & b).bit_count() + near / 2) / both if both else 0.0


@cache
def lookalikes(char: str, script: Callable[[str], bool]) -> tuple[str, ...]:
    """What ``char`` is misread for, the likest first; ``script``: which characters may stand in
    the text."""
    own = _ink(char)
    scored = []
    for other in _common():
        if other == char or not script(other):
            continue
        ink = _ink(other)
        score = _shared(own, ink)
        if score < NEAR:
            halves = [(_shared(own & half, ink & half), _shared(own & ~half, ink & ~half))
                      for half in _HALVES]  # fmt: skip
            score = max((s for s, rest in halves if s >= HALF and rest >= REST), default=0) * 0.9
        if score >= NEAR:
            scored.append((score, other))
    return tuple(other for _, other in sorted(scored, reverse=True)[:CHOICES])


def corrupted(
    text: str, seed: int, script: Callable[[str], bool], per: int = PER
) -> tuple[str, dict[int, str]]:
    """``text`` with one Chinese character in ``per`` misread (at least one), and what stood at
    each of these places."""
    chance = random.Random(seed)
    places = [at for at, char in enumerate(text) if "\u4e00" <= char <= "\u9fff"]
    wanted = max(1, len(places) // per)
    out, done = list(text), dict[int, str]()
    for at in chance.sample(places, len(places)):
        if len(done) == wanted:
            break
        others = lookalikes(text[at], script)
        if others and not any(abs(at - one) < 4 for one in done):
            out[at] = chance.choice(others)
            done[at] = text[at]
    return "".join(out), done
