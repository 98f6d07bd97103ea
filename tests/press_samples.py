"""PDFs for the tests of press and preflight: drawn by hand, or set by XeLaTeX."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)
from tex_samples import CONFIG, Book, box, layout, note, stack

from edition.config import Script
from edition.engine import fonts
from edition.engine.cache import Cache
from edition.engine.measure import measure
from edition.engine.typeset import typeset
from edition.press import printing, profiles, screen
from edition.press.document import Profile
from edition.press.printing import Extras, PressSpec
from edition.press.types import Link, Metadata, Navigation, OutlineItem, PageLabel

META = Metadata(title="樣張 · Sample", author="The editors", subject="小樣 & <specimen>",
                keywords=("測試", "test"), date=datetime(2026, 11, 23, tzinfo=UTC))  # fmt: skip
WIDTH, HEIGHT = 300.0, 420.0


def fitting() -> Profile:
    """A profile of a printing process, by its header: enough for what is not rendered."""
    header = bytearray(128)
    header[12:16], header[16:20], header[36:40] = b"prtr", b"CMYK", b"acsp"
    return Profile(bytes(header), "FOGRA39", "a test")


def name(text: str) -> NameObject:
    return NameObject(text)


def drawn(pages: Sequence[str], *, size: tuple[float, float] = (WIDTH, HEIGHT)) -> bytes:
    """A PDF of these content streams. Each page can call a Type 3 font /F whose letter x is a
    box of one em, so that text needs no font file."""
    writer = PdfWriter()
    font = writer._add_object(box_font(writer))
    for content in pages:
        page = writer.add_blank_page(*size)
        stream = DecodedStreamObject()
        stream.set_data(content.encode("latin1"))
        page[name("/Contents")] = writer._add_object(stream)
        page[name("/Resources")] = DictionaryObject(
            {name("/Font"): DictionaryObject({name("/F"): font})}
        )
    return saved(writer)


def box_font(writer: PdfWriter) -> DictionaryObject:
    glyph = DecodedStreamObject()
    glyph.set_data(b"1000 0 0 0 1000 700 d1 0 0 1000 700 re f")
    numbers = [0.001, 0.0, 0.0, 0.001, 0.0, 0.0]
    return DictionaryObject({
        name("/Type"): name("/Font"), name("/Subtype"): name("/Type3"),
        name("/FontBBox"): ArrayObject([NumberObject(n) for n in (0, 0, 1000, 700)]),
        name("/FontMatrix"): ArrayObject([FloatObject(n) for n in numbers]),
        name("/CharProcs"): DictionaryObject({name("/x"): writer._add_object(glyph)}),
        name("/Encoding"): DictionaryObject({
            name("/Type"): name("/Encoding"),
            name("/Differences"): ArrayObject([NumberObject(120), name("/x")]),
        }),
        name("/FirstChar"): NumberObject(120), name("/LastChar"): NumberObject(120),
        name("/Widths"): ArrayObject([NumberObject(1000)]),
    })  # fmt: skip


def text(x: float, y: float, letters: str = "xxxx", size: float = 10) -> str:
    return f"BT /F {size} Tf {x} {y} Td ({letters}) Tj ET"


def saved(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """``data`` after ``change`` was made to a writer of it."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    return saved(writer)


def pressed(pages: int = 4, content: str = "", *, spec: PressSpec | None = None,
            extras: Extras | None = None) -> bytes:  # fmt: skip
    """A press file without a fault, of pages with one line each or with ``content``."""
    data = drawn([content or text(60, 200)] * pages)
    return printing.finish_data(data, meta=META, spec=spec or PressSpec(signature=4),
                                profile=fitting(), extras=extras or Extras())  # fmt: skip


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def streams(data: bytes) -> list[bytes]:
    """The operators of each page."""
    contents = [page.get_contents() for page in reader(data).pages]
    return [one.get_data() if one is not None else b"" for one in contents]


# --- set by XeLaTeX ------------------------------------------------------------------------------

_ZH = {
    "hant": "園主愛菊，自號東籬……每一株花的名字都寫在木牌上——從說起，到為止。",
    "hans": "园主爱菊，自号东篱……每一株花的名字都写在木牌上——从说起，到为止。",
}
_EN = "The owner loved chrysanthemums … and wrote the name of every plant on a wooden tag. "


def set_book(folder: Path, shape: str = "facing", script: Script = "hant", times: int = 12) -> Path:
    """TeX's PDF of a few pages in both languages, with a note on each side."""
    config = replace(CONFIG, script=script)
    style = layout(shape)
    zh, en = style.geometry.zh_width, style.geometry.en_width
    book = Book.of(
        box("i/zh", "zh", _ZH[script] * times, width=zh),
        note("n/zh", "zh", _ZH[script], width=zh),
        box("i/en", "en", _EN * times, width=en),
        note("n/en", "en", _EN, width=en),
    )
    cache = Cache(folder / "cache")
    measured = measure(book.boxes, style, config, folder, cache)
    assert not measured.diagnostics
    plan = stack(book, measured.value, style, lines=6)
    done = typeset(book, plan, measured.value, style, config, folder, cache=cache)
    assert done.value is not None, done.diagnostics
    return Path(done.value.pdf)


def navigation(pages: int) -> Navigation:
    return Navigation(
        outline=(OutlineItem("一　入園 · Into the garden", 0, 600.0,
                             (OutlineItem("二", pages - 1, 500.0),)),),
        links=(Link(0, (60, 60, 90, 72), pages - 1, 300.0),
               Link(0, (60, 80, 90, 92), uri="https://example.org/園?q=一 二#%E4%B8%80")),
        labels=(PageLabel(0, "roman"), PageLabel((pages - 1) // 2 * 2, "decimal")),
        facing=True,
    )  # fmt: skip


def profile(file: str, *, printer: bool) -> Profile:
    found = profiles.load(file, Path(), printer=printer)
    assert found.value is not None, found.diagnostics
    return found.value


def finished(source: Path, script: Script = "hant") -> tuple[bytes, bytes]:
    """Screen and press file of TeX's PDF of a book that :func:`set_book` made."""
    pages = len(PdfReader(source).pages)
    cache = Cache(source.parents[1] / "cache")
    faces = fonts.probe(replace(CONFIG, script=script), cache, _ZH[script] + _EN).value
    assert faces is not None
    on_screen = screen.finish(source, meta=META, nav=navigation(pages),
                              profile=profile(profiles.SCREEN, printer=False),
                              named=faces.named)  # fmt: skip
    for_press = printing.finish(source, meta=META, spec=PressSpec(marks=True, signature=8),
                                profile=profile(profiles.PRINT, printer=True),
                                extras=Extras(name="sample", named=faces.named))  # fmt: skip
    return on_screen, for_press
