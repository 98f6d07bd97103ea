"""One answer for the encoding of any text file."""

from __future__ import annotations

import pytest

from edition import decoding

TRADITIONAL = "陳小月，《溪邊的石頭與舊渡口》，新竹：青苔書房，二〇〇八年，頁三至十二。"
SIMPLIFIED = "陈小月：《溪边的石头与旧渡口》，合肥：青苔书房，2008年，第3—12页。"
FRENCH = "Léon Œuvré, «\xa0Le gué près de la rivière\xa0», Orléans, 1999 – n° 4."


@pytest.mark.parametrize(
    ("text", "codec"),
    [(TRADITIONAL, "big5hkscs"), (SIMPLIFIED, "gb18030"), (TRADITIONAL, "gb18030"),
     (FRENCH, "cp1252"), (SIMPLIFIED, "utf-8"), ("plain", "utf-8"), ("", "utf-8")],
)  # fmt: skip
def test_the_encoding_is_told_by_everyday_characters(text: str, codec: str) -> None:
    data = text.encode(codec)
    assert decoding.guess(data) == (codec, False)
    assert data.decode(codec) == text


def test_a_mark_tells_and_damage_does_not_mislead() -> None:
    assert decoding.guess(b"\xff\xfe" + "溪".encode("utf-16-le")) == ("utf-16-le", True)
    assert decoding.guess(b"\xef\xbb\xbfa") == ("utf-8", True)
    damaged = SIMPLIFIED.encode() + b"\xe6\xba and \xff"
    assert decoding.guess(damaged) == ("utf-8", False)
