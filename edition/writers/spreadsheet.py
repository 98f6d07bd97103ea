"""CSV: the texts as a table, for spreadsheets and for whatever reads rows (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from edition.cells import inert
from edition.writers import exchange
from edition.writers.types import Manuscript


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    """With a mark of its encoding, without which spreadsheets take it for another."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [inert(cell) for cell in row] for row in exchange.table(manuscript)
    )
    return {".csv": out.getvalue().encode("utf-8-sig")}
