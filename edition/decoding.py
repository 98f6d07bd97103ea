"""Which encoding a file of text is in: one answer for the whole program.

UTF-8 is tried first; what is none is weighed between GB18030, Big5 and Windows-1252 by how many
everyday characters it has in each.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from functools import cache

NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030", "big5hkscs": "Big5", "cp1252": "Windows-1252",
          "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
         "utf-32-le": "UTF-32", "utf-32-be": "UTF-32"}  # fmt: skip
# that of UTF-16 begins that of UTF-32
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"),
          (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 1 << 20  # bytes weighed
_FEW = 16


def guess(data: bytes) -> tuple[str, bool]:
    """The codec of ``data``, a key of :data:`NAMES`, and whether a byte order mark says so."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data), False
    return "utf-8", False


def _guess(data: bytes) -> str:
    """The encoding of bytes that are not all UTF-8."""
    first = _HIGH.search(data)
    sample = data[first.start() if first else 0 :][:_SAMPLE]
    scores = {name: _common(sample, name) for name in ("gb18030", "big5hkscs")}
    best = max(scores, key=lambda one: scores[one])
    # a file of UTF-8 with some damage: most of what is beyond ASCII still decodes
    kept = sample.decode("utf-8", "ignore")
    good = sum(len(one.encode()) for one in kept if ord(one) > 127)
    high = len(_HIGH.findall(sample))
    # some characters of GB18030 are by chance of UTF-8 too; a handful of bytes tells nothing
    if good >= 0.5 * high > 0 and (good > scores[best] * high or high < _FEW):
        return "utf-8"
    return best if scores[best] >= 0.6 else "cp1252"


def _common(sample: bytes, name: str) -> float:
    """The share of everyday characters among what is not ASCII, read in that encoding: those of
    the first levels of GB 2312 (rows 16-55) or Big5 (A4-C6), and full-width punctuation."""
    text = [one for one in sample.decode(name, "replace") if ord(one) > 127][:20_000]
    return sum(1 for one in text if _everyday(one)) / max(1, len(text))


@cache
def _everyday(one: str) -> bool:
    if one in "，。：；、！？（）《》〈〉“”‘’「」『』—…·–":
        return True
    for name, last in (("gb2312", 0xD7), ("big5", 0xC6)):
        with contextlib.suppress(UnicodeEncodeError):
            data = one.encode(name)
            if len(data) == 2 and (0xB0 if name == "gb2312" else 0xA4) <= data[0] <= last:
                return True
    return False
