"""Tables and memories of translations: CSV, TSV, XLSX, JSON, TMX, XLIFF, PO → rows of cells."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Iterator, Sequence

from edition.importers.decoding import decode
from edition.importers.documents.archives import Archive, parse
from edition.importers.documents.model import (
    Block,
    Document,
    Inline,
    Inlines,
    LineEnd,
    Paragraph,
    RefusedError,
    TableBlock,
    TextRun,
)
from edition.importers.documents.xml import Element, attr, child, children, descendants, local
from edition.readers.passage import is_wide

ROWS = 200_000
_TWO = "it needs a column, or a field, of each language"
_PLACED = ("ph", "x")  # codes that stand for something by themselves
_BREAKS = re.compile(r"<br\b|\blb\b|\btab\b|&#(?:9|10|x9|xa);|[\t\n]|\bch val=", re.IGNORECASE)
HOLDS_CODE = {"bpt", "ept", "ph", "it", "ut"}  # what stands in them is markup of the program's


def read(kind: str, name: str, data: bytes) -> Document:
    """The rows in ``data``. Raises :class:`RefusedError` where there are none."""
    match kind:
        case "csv" | "tsv":
            rows = _separated(name, data, "\t" if kind == "tsv" else "")
        case "xlsx":
            rows = sheet(data)
        case "json":
            rows = _json(name, data)
        case "tmx":
            rows = _tmx(parse(data, name))
        case "xliff":
            rows = _xliff(parse(data, name))
        case "po":
            rows = _po(decode(name, data).file.text)
        case _:
            raise RefusedError(f"files of the kind {kind} hold no rows", _TWO)
    return document(kind, [row for row in rows if any(cell.strip() for cell in row)])


def document(kind: str, rows: Sequence[Sequence[str]]) -> Document:
    """Rows as a document of one table; those of a single column as paragraphs."""
    if not rows:
        raise RefusedError("there is no text in it", _TWO)
    if len(rows) > ROWS:
        raise RefusedError(f"it has more than {ROWS} rows", "divide it")
    wide = max(map(len, rows))
    used = [at for at in range(wide) if any(at < len(row) and row[at].strip() for row in rows)]
    blocks: tuple[Block, ...]
    if len(used) == 1:
        only = used[0]
        blocks = tuple(
            Paragraph(inlines=_cell(row[only]), place=number)
            for number, row in enumerate(rows, start=1) if only < len(row)
        )  # fmt: skip
    else:
        made = tuple(tuple(_cell(row[at]) if at < len(row) else () for at in used) for row in rows)
        blocks = (TableBlock(rows=made, place=1),)
    counted = frozenset(used)  # of a wide table, a list would be walked for each cell
    count = sum(len(cell.replace("\n", "")) for row in rows for at, cell in enumerate(row)
                if at in counted)  # fmt: skip
    return Document(format=kind.upper(), blocks=blocks, characters=count)


def _cell(text: str) -> Inlines:
    made: list[Inline] = []
    for line in text.split("\n"):
        made += [*([LineEnd()] if made else []), TextRun(line)]
    return tuple(made)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


# --- tables --------------------------------------------------------------------------------------


def _separated(name: str, data: bytes, sign: str) -> list[list[str]]:
    text = decode(name, data).file.text
    head = text[:20000]
    if not sign:
        lines = [line for line in head.splitlines()[:20] if line.strip()]
        sign = max(",;\t|", key=lambda one: min((line.count(one) for line in lines), default=0))
    csv.field_size_limit(1 << 24)
    try:
        return [[_clean(cell) for cell in row]
                for row in csv.reader(io.StringIO(text), delimiter=sign)]  # fmt: skip
    except csv.Error as fault:
        raise RefusedError(f"its rows cannot be told apart: {fault}",
                           "save it anew as CSV or .xlsx") from fault  # fmt: skip


def sheet(data: bytes) -> list[list[str]]:
    """The first sheet that has text. Raises :class:`RefusedError`."""
    Archive(data)  # within the limits
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for sheet in book.worksheets:
                rows = [["" if cell is None else _clean(str(cell)) for cell in row]
                        for row in sheet.iter_rows(values_only=True, max_row=ROWS + 1)]  # fmt: skip
                if any(any(cell.strip() for cell in row) for row in rows):
                    return rows
    except RefusedError:
        raise
    except Exception as fault:
        raise RefusedError("the workbook is damaged", "open it in Excel, save it anew") from fault
    return []


def _json(name: str, data: bytes) -> list[list[str]]:
    text = decode(name, data).file.text
    try:
        made = json.loads(text)
    except ValueError as fault:
        raise RefusedError(f"it is no JSON: {fault}", "mend it there") from fault
    except RecursionError as fault:
        raise RefusedError("its lists stand too deep in each other", _TWO) from fault
    rows = list(_json_rows(made))
    if not rows:
        raise RefusedError("this JSON has no list of pairs in it",
                           'write [{"zh": "…", "en": "…"}, …]')  # fmt: skip
    return rows


def _json_rows(made: object) -> Iterator[list[str]]:
    if isinstance(made, dict):
        values = list(made.values())
        lists = [one for one in values if isinstance(one, list)]
        if len(lists) >= 2 and all(isinstance(text, str) for one in lists for text in one):
            for at in range(max(map(len, lists))):  # {"zh": [...], "en": [...]}
                yield [one[at] if at < len(one) else "" for one in lists]
        elif values and all(isinstance(one, str) for one in values):
            for value in values:  # texts by their ids
                yield [_clean(value)]
        else:
            for one in values:
                if isinstance(one, dict | list):
                    yield from _json_rows(one)
        return
    keys: dict[str, None] = {}
    for one in made if isinstance(made, list) else ():
        if isinstance(one, dict):
            keys |= dict.fromkeys(key for key, value in one.items() if isinstance(value, str))
    for one in made if isinstance(made, list) else ():
        if isinstance(one, dict):
            yield [_clean(str(one.get(key) or "")) for key in keys]
        elif isinstance(one, list):
            yield [_clean(cell) if isinstance(cell, str) else "" for cell in one]
        elif isinstance(one, str):
            yield [_clean(one)]


# --- memories of translations --------------------------------------------------------------------


def _text(element: Element | None) -> str:
    """Words of a segment, without the codes of the program that wrote it."""
    if element is None:
        return ""
    text = _clean("".join(_words(element))).strip()
    held = any(attr(one, "space") == "preserve" for one in (element, *element.iterancestors()))
    return text if held else _unwrapped(text)


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for one in element:
        if local(one) not in HOLDS_CODE:
            yield from _words(one)
        code = "".join((one.text or "", *map(str, one.attrib.values())))
        if local(one) in _PLACED and _BREAKS.search(code):
            yield " "  # a line end or a tab, which parts words
        yield one.tail or ""


def _language(element: Element) -> str:
    """The language of a text by its two letters, whatever program names it."""
    name = re.split("[-_]", attr(element, "lang").lower())[0]
    return {"zho": "zh", "chi": "zh", "cmn": "zh", "eng": "en"}.get(name, name)


def _tmx(root: Element) -> list[list[str]]:
    rows = []
    for unit in descendants(root, "tu"):
        texts: dict[str, str] = {}
        for variant in children(unit, "tuv"):
            texts.setdefault(_language(variant), _text(child(variant, "seg")))
        if "zh" in texts or "en" in texts:
            rows.append([texts.get("zh", ""), texts.get("en", "")])
        elif texts:
            rows.append(list(texts.values()))
    return rows


def _xliff(root: Element) -> list[list[str]]:
    return [[_text(child(unit, "source")), _text(child(unit, "target"))]
            for unit in descendants(root, "trans-unit", "segment")
            if attr(unit, "restype") != "x-gettext-domain-header"]  # fmt: skip


_STRING = re.compile(r'^\s*(?P<key>msgid|msgid_plural|msgctxt|msgstr(?:\[\d+\])?)?\s*'
                     r'"(?P<text>(?:[^"\\]|\\.)*)"\s*$')  # fmt: skip
_ESCAPES = {"n": "\n", "t": " ", "r": "", '"': '"', "\\": "\\"}


def _unwrapped(text: str) -> str:
    """A text whose lines go on in the next; paragraphs, with a blank line between, stay apart."""
    made = ""
    for line in map(str.strip, text.strip().split("\n")):
        if not line:
            made += "\n"
        elif made and not made.endswith("\n") and not (is_wide(made[-1]) and is_wide(line[0])):
            made += f" {line}"
        else:
            made += line
    return made


def _po(text: str) -> list[list[str]]:
    rows: list[list[str]] = []
    entry: dict[str, str] = {}
    key = ""

    def end() -> None:
        if entry.get("msgid"):  # the first entry has an empty one: it is the head
            said = entry.get("msgstr") or entry.get("msgstr[0]", "")
            rows.append([_unwrapped(entry["msgid"]), _unwrapped(said)])
        entry.clear()

    for line in text.splitlines():
        found = _STRING.match(line)
        if found is None:
            if not line.strip():
                end()
            continue
        if found["key"]:
            if found["key"] in ("msgid", "msgctxt") and "msgstr" in "".join(entry):
                end()
            key = found["key"]
            entry[key] = ""
        if key:
            entry[key] = entry.get(key, "") + re.sub(
                r"\\(.)", lambda sign: _ESCAPES.get(sign[1], sign[1]), found["text"])  # fmt: skip
    end()
    return rows
