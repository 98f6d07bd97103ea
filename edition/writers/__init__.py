"""Writers: one prepared edition, in every format that a reader may want. One file a format.

The table is all that the rest of the program knows of them. To add a format, write a module with
a function ``write`` (:class:`~edition.writers.types.Write`) and add its row.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from edition.writers.types import Manuscript, Pages, Write

__all__ = ["FORMATS", "WRITERS", "Manuscript", "Pages", "Write", "Writer", "writer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """One format: ``pages`` where it is made of set pages, ``scripts`` where it shows Chinese in
    both scripts, ``data`` where it says what is written rather than what is printed of it;
    ``pairs`` where it takes both languages (``untranslated``: or a Chinese text that has no
    English yet), ``terms`` where it takes a glossary."""

    name: str
    module: str
    says: str  # what it is, for help
    pages: bool = False
    scripts: bool = False
    data: bool = False
    pairs: bool = False
    untranslated: bool = False
    terms: bool = False

    @property
    def write(self) -> Write:
        """Its function; its libraries are loaded with it."""
        return cast(Write, import_module(self.module).write)


WRITERS = (
    Writer(name="pdf", module="edition.writers.pdf", says="pages for print and screen",
           pages=True),
    Writer(name="html", module="edition.writers.web", says="a page for browsers, off line too",
           scripts=True),
    Writer(name="epub", module="edition.writers.epub", says="EPUB 3, for readers of books"),
    Writer(name="tei", module="edition.writers.tei", says="TEI P5; reads back as the same edition",
           data=True),
    Writer(name="docx", module="edition.writers.word", says="a Word file for review, in and out",
           data=True, pairs=True, untranslated=True),
    Writer(name="tmx", module="edition.writers.tmx", says="TMX 1.4, a memory of translations",
           data=True, pairs=True),
    Writer(name="xliff", module="edition.writers.xliff", says="XLIFF 2.0, for translators",
           data=True, pairs=True, untranslated=True),
    Writer(name="csv", module="edition.writers.spreadsheet", says="a table of both languages",
           data=True, pairs=True, untranslated=True),
    Writer(name="xlsx", module="edition.writers.workbook", says="the same as a workbook",
           data=True, pairs=True, untranslated=True),
    Writer(name="tbx", module="edition.writers.tbx", says="TBX-Basic, the glossary",
           data=True, pairs=True, terms=True),
)  # fmt: skip
FORMATS = tuple(one.name for one in WRITERS)


def writer(name: str) -> Writer:
    """The writer of a format in :data:`FORMATS`."""
    return next(one for one in WRITERS if one.name == name)
