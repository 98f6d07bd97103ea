"""CSV: the texts as a table, for spreadsheets and for whatever reads rows (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from edition.cells import inert
from edition.model import LANGS
from edition.writers import exchange
from edition.writers.types import Manuscript
from edition.writers.xml import fit


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    """With a mark of its encoding, without which spreadsheets take it for another."""
    tags = exchange.tags(manuscript)
    rows = [("id", *(tags[lang] for lang in LANGS))]
    rows += [(one.id, *(exchange.plain(one.words[lang]) for lang in LANGS))
             for one in exchange.units(manuscript)]  # fmt: skip
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [inert(fit(cell)) for cell in row] for row in rows
    )
    return {".csv": out.getvalue().encode("utf-8-sig")}
