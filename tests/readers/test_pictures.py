"""Pictures that a text names, without TeX."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from book_samples import png, workspace

from edition.config import load
from edition.model import plain
from edition.readers import read_edition


def jpeg(wide: int, high: int) -> bytes:
    """The segments of a JPEG file that its size is read from."""
    frame = struct.pack(">HHBHHB", 0xFFC0, 11, 8, high, wide, 1) + b"\1\x11\0"
    return b"\xff\xd8" + frame + struct.pack(">HH", 0xFFDA, 2) + b"data\xff\xd9"


def codes(folder: Path, name: str, data: bytes | None) -> tuple[list[str], str]:
    text = f'# H {{#h}}\n\n![c]({name}){{#h.1 alt="A line"}}\n'
    workspace(folder, text, text)
    if data is not None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    config = load(folder).value
    assert config is not None
    read = read_edition(folder, config)
    assert all(one.span and one.span.line == 3 for one in read.diagnostics)
    return [one.code.id for one in read.diagnostics[:1]], read.value.sections[0].zh[1].figure


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.png", png(1200, 40), []),
        ("a.png", None, ["PIC001"]),
        ("../a.png", None, ["PIC001"]),
        ("園" * 3000 + ".png", None, ["PIC001"]),
        ("a.png", b"GIF89a", ["PIC002"]),
        ("a.png", jpeg(1200, 800), ["PIC002"]),
        ("a.jpeg", jpeg(1200, 800), []),
        ("a.jpg", jpeg(1200, 800)[:-2], ["PIC003"]),
        ("a.jpg", jpeg(1200, 800)[:9], ["PIC003"]),
        ("a.png", png(1200, 400)[:60], ["PIC003"]),
        ("a.png", png(1200, 400).replace(b"IDAT", b"IDAU"), ["PIC003"]),
        ("a.png", png(50_000, 50_000, lines=1), ["PIC004"]),
        ("a.png", png(64, 50_000), ["PIC004"]),
        ("a.png", png(50_000, 20), ["PIC004"]),
        ("a.png", png(601, 18_000), []),
        ("a.png", png(601, 18_100), ["PIC004"]),
        ("a.jpg", jpeg(65_000, 600), ["PIC004"]),
        ("a.png", png(90, 90), ["PIC005"]),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 90, ["PIC003"]),
        ("a.pdf", b"%PDF-1.7\ntrailer << /Encrypt 9 0 R >> startxref 0 %%EOF", ["PIC002"]),
        ("a.pdf", b"%PDF-1.7\nstartxref 0 %%EOF", []),
    ],
)  # fmt: skip
def test_what_is_said_of_a_picture(
    tmp_path: Path, name: str, data: bytes | None, code: list[str]
) -> None:
    assert codes(tmp_path, name, data)[0] == code


def test_a_picture_has_words_for_those_who_do_not_see_it(tmp_path: Path) -> None:
    zh, en = "# H {#h}\n\n![池](a.png)\n", '# H {#h}\n\n![Pond](a.png){alt="A pond"}\n'
    workspace(tmp_path, zh, en)
    (tmp_path / "a.png").write_bytes(png(1200, 40))
    config = load(tmp_path).value
    assert config is not None
    read = read_edition(tmp_path, config)
    assert [(one.code.id, one.span and one.span.file.path) for one in read.diagnostics] == [
        ("PIC006", "source/text/01-s.zh.md")
    ]
    assert plain(read.value.sections[0].en[1].alt) == "A pond"
    paragraph = 'A paragraph. {alt="none"}\n'
    workspace(tmp_path, zh, "# H {#h}\n\n" + paragraph)
    assert "TXT009" in {one.code.id for one in read_edition(tmp_path, config).diagnostics}


def test_a_path_is_relative_to_the_workspace_or_to_the_text(tmp_path: Path) -> None:
    found, path = codes(tmp_path, "source/pictures/a.png", png(900, 9))
    assert (found, path) == ([], "source/pictures/a.png")
    beside = tmp_path / "source" / "text" / "b.png"
    beside.write_bytes(png(900, 9))
    found, path = codes(tmp_path, "b.png", None)
    assert (found, path) == ([], "source/text/b.png")


def test_a_picture_outside_the_workspace_is_none(tmp_path: Path) -> None:
    (tmp_path / "out.png").write_bytes(png(900, 9))
    inside = tmp_path / "w"
    assert codes(inside, "../out.png", None)[0] == ["PIC001"]
    (inside / "link.png").symlink_to(tmp_path / "out.png")
    assert codes(inside, "link.png", None)[0] == ["PIC001"]


@pytest.mark.parametrize(("unit", "dots", "code"), [
    (b"\x01", 39, "PIC004"), (b"\x01", 11811, ""), (b"\x01", 0, ""), (b"\x00", 1, ""),
    (b"\x01", 0xFFFFFFFF, "PIC004"),
])  # fmt: skip
def test_a_resolution_that_no_page_can_have(
    tmp_path: Path, unit: bytes, dots: int, code: str
) -> None:
    body = struct.pack(">II", dots, dots) + unit
    check = struct.pack(">I", zlib.crc32(b"pHYs" + body))
    data = png(900, 9)
    head = data[:33] + struct.pack(">I", 9) + b"pHYs" + body + check + data[33:]
    assert codes(tmp_path, "source/pictures/a.png", head)[0] == ([code] if code else [])


def test_a_ring_of_links_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to("a.png")
    assert codes(tmp_path, "a.png", None)[0] == ["PIC001"]
