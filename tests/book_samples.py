"""Small editions set on real XeLaTeX, from texts that a test gives."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from pypdf import PdfReader

from edition import apparatus
from edition.anchors import attach
from edition.build.pages import Composed, compose
from edition.config import load
from edition.diagnostics import Diagnostic, Severity
from edition.engine.cache import Cache
from edition.layout import spec, variants
from edition.model import References
from edition.press import strokes
from edition.press.characters import Finished
from edition.readers import captions, read_edition

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = """[edition]
id = "sample"
title = { zh = "小書", en = "A small book" }
[layout]
name = "facing"
[[layers]]
id = "注"
name = { zh = "注", en = "Notes" }
numbering = "circled"
"""


def png(wide: int, high: int, *, lines: int | None = None) -> bytes:
    """A white picture; ``lines``: how many of its lines are there."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    pixels = (b"\0" + b"\xff" * (-(-wide // 8))) * (high if lines is None else lines)
    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    packed = zlib.compress(pixels)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed)
            + chunk(b"IEND", b""))  # fmt: skip


def workspace(folder: Path, zh: str, en: str, *, notes: str = "", settings: str = SETTINGS) -> Path:
    """A workspace of one section, ``01-s``."""
    for name, text in (
        ("edition.toml", settings), ("text/01-s.zh.md", zh), ("text/01-s.en.md", en),
        ("notes/n.yaml", notes),
    ):  # fmt: skip
        path = folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


NONE = References(style="gb7714-2015", entries={})


def built(
    folder: Path,
    layout: Literal["facing", "columns", "stacked"],
    *,
    paper: str = "",
    plain: bool = False,
    references: References = NONE,
) -> tuple[Composed, list[Diagnostic]]:
    """The edition of a workspace on finished pages, with all that was found. The proof has no
    violations: that is asserted here, so that no test forgets it."""
    config = load(folder).value
    assert config is not None
    config = replace(config, layout=layout, paper=paper or config.paper)
    read = read_edition(folder, config)
    counted = captions.numbered(read.value, config)
    anchored = attach(apparatus.printed(counted.value, config))
    text, config = variants.narrowed(apparatus.emended(anchored.value, config), config)
    shape = spec.load(config, ROOT).value
    assert shape is not None
    work = folder / f"work-{layout}{'-plain' if plain else ''}"
    done = compose(
        text, config,
        references, shape, root=folder, work=work,
        cache=Cache(folder / "cache"), progress=lambda _: None, plain=plain,
    )  # fmt: skip
    found = [*read.diagnostics, *anchored.diagnostics, *done.diagnostics]
    assert [one.fact for one in found if one.level is Severity.ERROR] == []
    assert done.value is not None
    return done.value, found


_NEAR = 0.05  # points: a thousandth of an em of large type, and the driver's rounding


def _glyphs(file: Finished, number: int) -> list[tuple[str, float, float, float]]:
    """Every glyph of a page: its text, its left edge, its baseline, its size."""
    return [(text, left, run.y, run.size) for run in file.runs(number, glyphs=True)
            for text, left, _ in run.pieces]  # fmt: skip


def same_pages(lines: Composed, plain: Composed) -> None:
    """Both ways of making pages give the same ones: every glyph and every line of every page, in
    the order in which they are drawn, every point. The one file alone is tagged, and says so."""
    for done, kind in ((lines, b"A"), (plain, b"U")):
        assert b"<pdfaid:conformance>%s<" % kind in done.pdf
        assert (b"/StructTreeRoot" in done.pdf) == (b"pdfuaid:part" in done.pdf) == (kind == b"A")
    files = [Finished(one.pdf) for one in (lines, plain)]
    assert len(files[0].pages) == len(files[1].pages)
    for number in range(len(files[0].pages)):
        own, its = (_glyphs(file, number) for file in files)
        assert [one[0] for one in own] == [one[0] for one in its]
        assert [one[1:] for one in own] == [pytest.approx(one[1:], abs=_NEAR) for one in its]
        drawn, other = (strokes.read(file, number) for file in files)
        assert len(drawn) == len(other)
        assert all(a == pytest.approx(b, abs=_NEAR) for a, b in zip(drawn, other, strict=True))
    for point, other in zip(lines.typeset.points, plain.typeset.points, strict=True):
        assert replace(point, x=0, y=0, width=0) == replace(other, x=0, y=0, width=0)
        assert (point.x, point.y, point.width) == pytest.approx(
            (other.x, other.y, other.width), abs=1e-3
        )
    for own, its in zip(lines.typeset.slices, plain.typeset.slices, strict=True):
        assert (own.slice, own.page) == (its.slice, its.page)
        assert (own.x, own.top, own.bottom) == pytest.approx((its.x, its.top, its.bottom), abs=1e-3)


def pages_with(done: Composed, *words: str) -> list[int]:
    """0-based pages whose text has all ``words``, spaces left out."""
    path = done.source.parent / "read.pdf"
    path.write_bytes(done.pdf)
    texts = ["".join(page.extract_text().split()) for page in PdfReader(path).pages]
    return [n for n, text in enumerate(texts) if all(word in text for word in words)]
