"""Bytes of a bibliography → text, and how the file ends its lines.

Bytes that are no text in a file of UTF-8 are kept as lone surrogates (``surrogateescape``), so that
the file can be written back as it was.
"""

from __future__ import annotations

import bisect
import codecs
import re
from collections import defaultdict
from dataclasses import dataclass

from edition import decoding
from edition.diagnostics import Diagnostic, Outcome, error, info, warning
from edition.source import BOM, SourceFile

ENCODED = warning("BIB002", "A bibliography is not in UTF-8")
DAMAGED = error("BIB003", "A bibliography holds bytes that are no text")
LINE_ENDS = info("BIB004", "A bibliography has a byte order mark or foreign line ends")

_END = re.compile(r"\r\n|\r|\n")
_SURROGATE = re.compile("[\udc80-\udcff]")
_FAR = 2_000  # lines over which a line is looked for again
_SHOWN = 5  # places of damage reported one by one


@dataclass(frozen=True, slots=True)
class FileForm:
    """How a file was written: what :func:`encode` needs to write a text back in the same way."""

    encoding: str = "utf-8"
    mark: bool = False  # byte order mark
    newline: str = "\n"
    ends: tuple[str, ...] = ()  # of each line, where the file has several kinds


@dataclass(frozen=True, slots=True)
class DecodedList:
    source: SourceFile
    form: FileForm


def decode(path: str, data: bytes) -> Outcome[DecodedList]:
    """``data`` as a source file with line ends ``\\n`` and without a byte order mark. Never fails:
    what is no text is reported and kept as surrogates."""
    encoding, mark = decoding.guess(data)
    errors = "surrogateescape" if encoding == "utf-8" else "replace"
    text = data.decode(encoding, errors).removeprefix(BOM)
    newline, mixed = _newline(text)
    ends = tuple(_END.findall(text)) if mixed else ()
    if newline != "\n" or mixed:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = SourceFile(path, text)
    found = _report(source, encoding, mark, newline, mixed)
    return Outcome(DecodedList(source, FileForm(encoding, mark, newline, ends)), tuple(found))


def encode(text: str, form: FileForm | None = None, before: str = "") -> bytes:
    """The text in UTF-8 with the line ends and byte order mark of ``form``; bytes that were kept
    as surrogates come out as they were. ``before``: the text as it was read, whose lines keep
    their own ends where the file has several kinds."""
    form = form or FileForm()
    if form.ends:
        text = _with_ends(text, before, form)
    elif form.newline != "\n":
        text = text.replace("\n", form.newline)
    return (codecs.BOM_UTF8 if form.mark else b"") + text.encode("utf-8", "surrogateescape")


def _with_ends(text: str, before: str, form: FileForm) -> str:
    """Each line that stands in ``before`` with the end it has there, found again in order; others
    with that of the line in whose place they stand."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(before.split("\n")):
        places[line].append(number)
    at, made = 0, []
    lines = text.split("\n")
    for line in lines[:-1]:
        held = places.get(line, ())
        found = bisect.bisect_left(held, at)
        if found < len(held) and held[found] - at < _FAR:
            at = held[found]
        end = form.ends[at] if at < len(form.ends) else form.newline
        if found < len(held) and held[found] == at:
            at += 1
        made.append(line + end)
    return "".join([*made, lines[-1]])


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
            fact=f"the file was read as {decoding.NAMES[encoding]}",
            hint="what is written from it is UTF-8; if names look wrong, convert the file itself",
        ))  # fmt: skip
    damage = _SURROGATE if encoding == "utf-8" else re.compile("\ufffd")
    bad = [one.start() for one in damage.finditer(source.text)]
    more = f"; {len(bad) - _SHOWN} more follow" if len(bad) > _SHOWN else ""
    found += [
        Diagnostic(
            code=DAMAGED,
            span=source.span(at, at + 1),
            fact=f"a byte here is not {decoding.NAMES.get(encoding, 'UTF-8')}{more}",
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
