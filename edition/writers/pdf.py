"""PDF: the pages as they were set and proved, and the same under the name that tells the file for
screens from those for printers."""

from __future__ import annotations

from collections.abc import Mapping

from edition.writers.types import Manuscript


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    pages = manuscript.pages
    assert pages is not None, "a writer of pages is given pages"
    return {".pdf": pages.pdf, ".screen.pdf": pages.pdf}
