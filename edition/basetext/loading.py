"""The file of a base text, from the workspace or from where the command line says."""

from __future__ import annotations

from pathlib import Path

from edition import boundary, config
from edition.basetext.reading import BaseText, read
from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome, error
from edition.importers import decoding
from edition.importers.documents.model import RefusedError
from edition.importers.documents.signatures import kind_of
from edition.source import Span

UNREAD = error("BAS001", "The base text cannot be read")

_PLAIN = "save it as plain text, with marks of its pages: [p. 35]"
_DOCUMENTS = frozenset(("html", "docx", "odt", "epub", "xlsx", "pdf", "rtf", "doc"))
_SETTING = ("base", "file")


def load(root: Path, settings: Config, given: Path | None = None) -> Outcome[BaseText | None]:
    """The base text ``given``, else the one that ``[base] file`` names inside the workspace
    ``root``. None where neither does, or with what hinders its reading. Reads one file."""
    if given is not None:
        return _read(given, str(given), None)
    if not settings.base_file:
        return Outcome(None)
    span = config.place(root, *_SETTING)
    path = root / settings.base_file
    if not path.resolve().is_relative_to(root.resolve()):
        return _unread("it lies outside the workspace", settings.base_file, span,
                       "put it into the workspace, or name it with --base")  # fmt: skip
    return _read(path, settings.base_file, span)


def _read(path: Path, shown: str, span: Span | None) -> Outcome[BaseText | None]:
    try:
        if not path.is_file():
            return _unread("there is no such file", shown, span, "")
        if path.stat().st_size > boundary.LARGEST:
            return _unread("it is larger than any text", shown, span, "")
        data = path.read_bytes()
    except (OSError, ValueError) as fault:
        return _unread(getattr(fault, "strerror", "") or str(fault), shown, span, "")
    try:
        kind = "text" if data[:1] == b"<" and data[:2] != b"<!" else kind_of(data, path.name)
    except RefusedError as refused:
        return _unread(refused.fact, shown, span, _PLAIN)
    if kind in _DOCUMENTS:
        return _unread(f"it is a document ({kind}), and no plain text", shown, span, _PLAIN)
    return Outcome(read(decoding.decode(shown, data).file))


def _unread(fact: str, shown: str, span: Span | None, hint: str) -> Outcome[BaseText | None]:
    found = Diagnostic(code=UNREAD, span=span, where=shown, fact=f"{shown}: {fact}", hint=hint)
    return Outcome(None, (found,))
