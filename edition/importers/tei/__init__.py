"""TEI in: our own files, which read back as the same edition, and those of others, of which text,
translation and apparatus are taken over and the rest is told."""

from __future__ import annotations

from edition.diagnostics import Diagnostic, Outcome
from edition.importers.article import Imported
from edition.importers.codes import NO_PICTURE
from edition.importers.documents.archives import parse
from edition.importers.documents.model import Document, RefusedError
from edition.importers.documents.xml import Element, attr, descendants
from edition.importers.pairs.splitting import Sides
from edition.importers.tei.foreign import read_foreign
from edition.importers.tei.own import is_own, read_own

__all__ = ["one_language", "read"]


def read(name: str, data: bytes) -> Outcome[Imported | Document | Sides]:
    """What a TEI file holds: a whole workspace where this program wrote it, else a text, or a text
    and its translation. Raises :class:`RefusedError` where there is no text."""
    root = parse(data, name)
    if is_own(root):
        try:
            return Outcome(read_own(name, root), tuple(_pictures(name, root)))
        except (LookupError, ValueError, RecursionError):
            pass  # another program has changed it: what it says is read as any other
    made = read_foreign(name, root)
    return Outcome(made.value, made.diagnostics)


def one_language(name: str, data: bytes) -> Document:
    """The text of a TEI file in one language. Raises :class:`RefusedError` for another."""
    made = read_foreign(name, parse(data, name)).value
    if isinstance(made, Sides):
        raise RefusedError("it holds a text and its translation", "import it alone")
    return made


def _pictures(name: str, root: Element) -> list[Diagnostic]:
    """The pictures that a file names, and does not hold."""
    return [
        Diagnostic(code=NO_PICTURE, where=name, fact=f"{attr(one, 'url')} is named and not held",
                   hint=f"put it at {attr(one, 'url')} in the workspace")
        for one in descendants(root, "graphic")
    ]  # fmt: skip
