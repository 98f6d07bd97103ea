"""XLSX: the texts as a workbook of one sheet (ECMA-376), in which nothing is a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from edition.writers import exchange
from edition.writers.archive import packed
from edition.writers.types import Manuscript

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook.workbook import Workbook

_MOST = 32_767  # characters of a cell (Excel specifications and limits)
_WIDTHS = {"A": 14, "B": 60, "C": 60}  # of the columns, in figures
_NO_DATE = datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook must have one, and knows no zones
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # is read as a character (ECMA-376 22.4.2.4)


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    """A row for each unit; the versions stand in a hidden column. A Chinese text that no cell holds
    is cut off, and an English one left out, so that it does not come back cut off."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator, book.properties.created = "edition", _NO_DATE
    sheet = book.create_sheet("texts")
    sheet.freeze_panes = "A2"
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions["D"].hidden = True
    for number, (own, zh, en, version) in enumerate(exchange.table(manuscript)):
        zh = zh if len(zh) <= _MOST else f"{zh[: _MOST - 1]}…"
        en = en if len(en) <= _MOST else ""
        sheet.append(list(_cells(book, (own, zh, en, version), head=not number)))
    out = io.BytesIO()
    book.save(out)
    return {".xlsx": _without_days(out.getvalue())}


def _cells(book: Workbook, texts: tuple[str, ...], *, head: bool) -> Iterator[Cell]:
    """Cells that are texts, and stay so when they are edited."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    for text in texts:
        cell = WriteOnlyCell(book.worksheets[0])
        cell.value = _CODE.sub("_x005F_", text)
        cell.data_type, cell.quotePrefix = "s", True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if head:
            cell.font = Font(bold=True)
        yield cell


def _without_days(data: bytes) -> bytes:
    """The archive without the day and hour that the library writes into it."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    files = {name: archive.read(name) for name in sorted(archive.namelist())}
    core = "docProps/core.xml"
    files[core] = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", files[core])
    return packed(files, first="[Content_Types].xml")
