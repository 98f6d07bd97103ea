"""Bytes of an article → its text: UTF-8 with or without a mark, UTF-16, Big5, GB18030."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from edition.source import BOM, SourceFile

# The most frequent characters of Chinese, both scripts: they tell the encodings apart.
_COMMON = frozenset(
    "的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们生到作地於于出就分對对成會会可主發发年動动同工也能下過过子說说產产種种面而"
    "方後后多定行學学法所民得經经十三之進进着等部度家電电力裡里如水化高自二理起小物現现實实加量都兩两體体制機机當当使點点從从業业本去把性好"
    "應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间樣样與与關关各重新線线內内數数正心反明看原又利比或但質质氣气第向道命此變变"
    "條条只沒没結结解問问意建月公無无系軍军很情者最立代想已通並并提直題题程展五果料象員员革位入常文總总次品式活設设及管特件長长求老頭头基資资"
)
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """``characters`` are those of the decoded file; those of ``file.text`` are fewer by the byte
    order mark and by the carriage returns of line ends, ``returns``: runs (first line, count)."""

    file: SourceFile
    encoding: str
    characters: int
    bom: bool
    returns: tuple[tuple[int, int], ...]
    replaced: int = 0  # bytes that are no text; each stands as U+FFFD


def decode(path: str, data: bytes) -> Decoded:
    """The text of ``data``. Never fails: what is no text in any encoding becomes U+FFFD."""
    encoding, raw, replaced = _text(data)
    text = raw.removeprefix(BOM)
    returns = _returns(text) if "\r" in text else ()
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(file=SourceFile(path, clean), encoding=encoding, characters=len(raw),
                   bom=raw.startswith(BOM), returns=returns, replaced=replaced)  # fmt: skip


def _text(data: bytes) -> tuple[str, str, int]:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        text = data.decode("utf-32", "replace")
        return "UTF-32", text, text.count("\ufffd")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
        return "UTF-16", text, text.count("\ufffd")
    try:
        return "UTF-8", data.decode("utf-8"), 0
    except UnicodeDecodeError:
        pass
    readings = []
    for rank, encoding in enumerate(("utf-8", "gb18030", "big5hkscs", "cp1252")):
        text = data.decode(encoding, "replace")
        lost = text.count("\ufffd")
        readings.append((_score(text, lost, encoding), -rank, encoding, text, lost))
    _, _, encoding, text, lost = max(readings)
    names = {"utf-8": "UTF-8", "gb18030": "GB18030", "big5hkscs": "Big5", "cp1252": "Windows-1252"}
    return names[encoding], text, lost


def _score(text: str, lost: int, encoding: str) -> float:
    """How much ``text`` is like one that somebody wrote: 1 at best."""
    han = _HAN.findall(text)
    usual = sum(char in _COMMON for char in han)
    strange = sum(1 for char in text if char > "\x7f") - len(han)
    if encoding == "cp1252":
        quotes = sum(text.count(char) for char in "“”‘’–—éèüöäçñ©…")
        return min(quotes / max(strange + lost, 1), 1) * 0.35 - lost / max(len(text), 1) * 20
    known = usual / max(len(han), 1)
    share = len(han) / max(len(han) + strange, 1)
    return known * share - lost / max(len(text), 1) * 20


def _returns(text: str) -> tuple[tuple[int, int], ...]:
    """Runs of lines that end in a carriage return and a line feed."""
    runs: list[tuple[int, int]] = []
    for number, line in enumerate(re.split(r"\n|\r(?!\n)", text), start=1):
        if line.endswith("\r"):
            if runs and sum(runs[-1]) == number:
                runs[-1] = (runs[-1][0], runs[-1][1] + 1)
            else:
                runs.append((number, 1))
    return tuple(runs)
