"""Bytes of a bibliography → text: which encoding they are in, and how the file ends its lines.

UTF-8 is tried first; what is none is weighed between GB18030, Big5 and Windows-1252 by how many
everyday characters it has in each. Bytes that are no text in a file of UTF-8 are
kept as lone surrogates (``surrogateescape``), so that the file can be written back as it was.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass
from functools import cache

from edition.diagnostics import Diagnostic, Outcome, error, info, warning
from edition.source import BOM, SourceFile

ENCODED = warning("BIB002", "A bibliography is not in UTF-8")
DAMAGED = error("BIB003", "A bibliography holds bytes that are no text")
LINE_ENDS = info("BIB004", "A bibliography has a byte order mark or foreign line ends")

_NAMES = {"gb18030": "GB18030", "big5hkscs": "Big5", "cp1252": "Windows-1252",
          "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}  # fmt: skip
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_HIGH = re.compile(rb"[\x80-\xff]")
_SURROGATE = re.compile("[\udc80-\udcff]")
_SAMPLE = 1 << 20  # bytes weighed
_SHOWN = 5  # places of damage reported one by one


@dataclass(frozen=True, slots=True)
class Form:
    """How a file was written: what :func:`encode` needs to write a text back in the same way."""

    encoding: str = "utf-8"
    mark: bool = False  # byte order mark
    newline: str = "\n"


@dataclass(frozen=True, slots=True)
class Decoded:
    source: SourceFile
    form: Form


def decode(path: str, data: bytes) -> Outcome[Decoded]:
    """``data`` as a source file with line ends ``\\n`` and without a byte order mark. Never fails:
    what is no text is reported and kept as surrogates."""
    encoding, mark = _encoding(data)
    errors = "surrogateescape" if encoding == "utf-8" else "replace"
    text = data.decode(encoding, errors).removeprefix(BOM)
    newline, mixed = _newline(text)
    if newline != "\n" or mixed:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = SourceFile(path, text)
    found = _report(source, encoding, mark, newline, mixed)
    return Outcome(Decoded(source, Form(encoding, mark, newline)), tuple(found))


def encode(text: str, form: Form | None = None) -> bytes:
    """The text in UTF-8 with the line ends and byte order mark of ``form``; bytes that were kept
    as surrogates come out as they were."""
    form = form or Form()
    if form.newline != "\n":
        text = text.replace("\n", form.newline)
    return (codecs.BOM_UTF8 if form.mark else b"") + text.encode("utf-8", "surrogateescape")


def _encoding(data: bytes) -> tuple[str, bool]:
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
    # a file of UTF-8 with some damage: most of what is beyond ASCII still decodes
    kept = sample.decode("utf-8", "ignore")
    good = sum(len(one.encode()) for one in kept if ord(one) > 127)
    if good and good * 2 >= len(_HIGH.findall(sample)):
        return "utf-8"
    scores = {name: _common(sample, name) for name in ("gb18030", "big5hkscs")}
    best = max(scores, key=lambda one: scores[one])
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


def _newline(text: str) -> tuple[str, bool]:
    """The commonest line end of the file, and whether it has others besides."""
    crlf = text.count("\r\n")
    cr, lf = text.count("\r") - crlf, text.count("\n") - crlf
    ends = {"\n": lf, "\r\n": crlf, "\r": cr}
    best = max(ends, key=lambda one: ends[one]) if any(ends.values()) else "\n"
    return best, sum(1 for count in ends.values() if count) > 1


def _report(
    source: SourceFile, encoding: str, mark: bool, newline: str, mixed: bool
) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    if encoding != "utf-8":
        found.append(Diagnostic(
            code=ENCODED,
            span=source.span(0),
            fact=f"the file was read as {_NAMES[encoding]}",
            hint="what is written from it is UTF-8; if names look wrong, convert the file itself",
        ))  # fmt: skip
    damage = _SURROGATE if encoding == "utf-8" else re.compile("\ufffd")
    bad = [one.start() for one in damage.finditer(source.text)]
    more = f"; {len(bad) - _SHOWN} more follow" if len(bad) > _SHOWN else ""
    found += [
        Diagnostic(
            code=DAMAGED,
            span=source.span(at, at + 1),
            fact=f"a byte here is not {_NAMES.get(encoding, 'UTF-8')}{more}",
            hint="entries that hold such bytes are set aside as they are: mend them in the file",
        )
        for at in bad[:_SHOWN]
    ]
    parts = ["a byte order mark"] if mark and encoding == "utf-8" else []
    parts += ["line ends of several kinds"] if mixed else []
    parts += ["line ends of Windows"] if newline == "\r\n" and not mixed else []
    parts += ["line ends of old Macs"] if newline == "\r" and not mixed else []
    if parts:
        found.append(Diagnostic(
            code=LINE_ENDS, span=source.span(0), fact=f"the file has {' and '.join(parts)}"
        ))  # fmt: skip
    return found
