"""Bytes of an article → its text, with what reading it left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from edition import decoding
from edition.diagnostics import Diagnostic
from edition.importers.codes import ENCODING, UNDECODED
from edition.importers.codes import HIDDEN as UNSEEN
from edition.source import BOM, SourceFile

# characters that nobody sees, and that no text needs: they are dropped, and said
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


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
    codec, _ = decoding.guess(data)
    name = decoding.NAMES[codec]
    try:
        return name, data.decode(codec), 0
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
        return name, text, text.count("\ufffd")


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


def findings_of(decoded: Decoded) -> list[Diagnostic]:
    """What the bytes of the file tell: its encoding, what is no text, what cannot be seen."""
    file = decoded.file
    found: list[Diagnostic] = []
    if decoded.replaced:
        at = file.text.find("\ufffd")
        found.append(Diagnostic(
            code=UNDECODED, span=file.span(at, at + 1),
            fact=f"{decoded.replaced} places are no text in {decoded.encoding}",
            hint="each stands as \ufffd; look for a better copy of the file"))  # fmt: skip
    if decoded.encoding != "UTF-8":
        fact = f"the file is read as {decoded.encoding}"
        found.append(Diagnostic(code=ENCODING, span=file.span(0), fact=fact))
    hidden = list(file.hidden())
    if hidden:
        codes = ", ".join(sorted({f"U+{ord(one.text):04X}" for one in hidden})[:8])
        found.append(Diagnostic(code=UNSEEN, span=hidden[0], hint="they are dropped",
                                fact=f"{len(hidden)} of {codes}"))  # fmt: skip
    return found
