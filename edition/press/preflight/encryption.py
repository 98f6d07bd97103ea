"""Encrypted files, and whether they open without a password, as those do that forbid printing."""

from __future__ import annotations

from pathlib import Path

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError

from edition.diagnostics import Diagnostic, Outcome
from edition.press.preflight.codes import PRE002

_REFUSED = "neither PDF/X nor PDF/A allows it"
_AGAIN = "save it again without a password"


def told(reader: PdfReader, path: Path) -> Outcome[PdfReader | None]:
    """That ``reader`` is encrypted; None where it can't be read without more."""

    def said(fact: str, hint: str) -> tuple[Diagnostic, ...]:
        return (Diagnostic(code=PRE002, fact=fact, where=str(path), hint=hint),)

    try:
        opened = reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except DependencyError:  # AES takes a library that is no part of Python
        return Outcome(None, said(f"the file is encrypted by AES; {_REFUSED}",
                                  f"{_AGAIN}; to have it read as it is: pip install cryptography"
                                  ))  # fmt: skip
    if not opened:
        return Outcome(None, said(f"the file is encrypted and opens only with a password; "
                                  f"{_REFUSED}", _AGAIN))  # fmt: skip
    return Outcome(reader, said(f"the file is encrypted, though it opens without a password; "
                                f"{_REFUSED}", _AGAIN))  # fmt: skip
