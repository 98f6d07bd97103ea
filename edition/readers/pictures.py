"""Pictures that a text names: found, whole, and of a size that can be printed. Read by their
headers, so that ``check`` needs neither TeX nor a library for images."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from edition.diagnostics import Code, Diagnostic, error, warning
from edition.model import Segment, plain

MISSING = error("PIC001", "There is no such picture")
FOREIGN = error("PIC002", "A picture is not a PNG, JPEG or PDF file")
BROKEN = error("PIC003", "A picture is not whole")
HUGE = error("PIC004", "A picture is too large to be printed")
COARSE = warning("PIC005", "A picture has few pixels")
UNSAID = warning("PIC006", "A picture without words for those who do not see it")
_SAY = 'write {alt="…"} behind it; till then its caption is read out in its place'

MOST_PIXELS = 200_000_000  # as many as a sheet of A2 has at 600 dots an inch
MOST_BYTES = 256 << 20
SMALLEST, LARGEST = 1.0, 14_000.0  # points of 1/72 inch that a side may have in its own size
WIDEST = 100  # times its height that a picture may be wide: scrolls have up to fifty
HIGHEST = 30  # times its width: as wide as a text TeX measures no more than 5.7 m
FEWEST = 600  # pixels: 150 an inch on four inches, a usual measure
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class PictureFault:
    code: Code
    fact: str
    hint: str = ""


def resolve(segment: Segment, root: Path) -> tuple[Segment, list[Diagnostic]]:
    """``segment`` with the path of its picture relative to the workspace ``root``, and what is
    wrong with it. A path is relative to the workspace, or else to the folder of the text."""
    if not segment.figure:
        return segment, []
    path = _find(segment.figure, Path(segment.span.file.path).parent, root)
    if path is None:
        hint = "a path is relative to the workspace, or to the folder of the text"
        fault: PictureFault | None = PictureFault(
            MISSING, f"there is no file {segment.figure}", hint
        )
    else:
        segment = replace(segment, figure=path.relative_to(root.resolve()).as_posix())
        fault = next(_faults(path), None)
    if fault is None and not plain(segment.alt).strip():
        fault = PictureFault(UNSAID, f"nothing says what {path.name if path else ''} shows", _SAY)
    if fault is None:
        return segment, []
    return segment, [Diagnostic(code=fault.code, span=segment.span, segment=segment.id,
                                fact=fault.fact, hint=fault.hint)]  # fmt: skip


def _find(given: str, folder: Path, root: Path) -> Path | None:
    """The file inside the workspace that is meant; a pipe or a device is none."""
    top = root.resolve()
    for base in (top, top / folder):
        try:
            path = (base / given).resolve()
            if path.is_relative_to(top) and path.is_file():
                return path
        except (OSError, RuntimeError, ValueError):  # a ring of links, no name of a file, too long
            continue
    return None


def _faults(path: Path) -> Iterator[PictureFault]:
    name = path.name
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            yield PictureFault(HUGE, f"{name} has {size >> 20} megabytes", "make it smaller")
            return
        data = path.read_bytes()
    except OSError as fault:
        yield PictureFault(MISSING, f"{name} cannot be read: {fault.strerror}")
        return
    yield from faults_of(path.name, data)


def faults_of(name: str, data: bytes) -> Iterator[PictureFault]:
    """What is wrong with a picture of this name."""
    kinds = {_PNG: (".png", _png), _JPEG: (".jpg", _jpeg), _PDF: (".pdf", _pdf)}
    kind = next((one for head, one in kinds.items() if data.startswith(head)), None)
    suffix = Path(name).suffix.lower().replace(".jpeg", ".jpg")
    if kind is None or suffix != kind[0]:
        what = f"is a {kind[0][1:].upper()} file by its content" if kind else "is none of these"
        yield PictureFault(FOREIGN, f"{name} {what}", "save it as PNG, JPEG or PDF, and name it so")
        return
    try:
        yield from kind[1](name, data)
    except (struct.error, zlib.error, IndexError):
        yield PictureFault(BROKEN, f"{name} breaks off", "copy it anew")


def _size(name: str, wide: int, high: int, dots: tuple[float, float]) -> Iterator[PictureFault]:
    """``dots``: of an inch, across and down; 0 where the file does not say."""
    sides = [72 * size / per for size, per in ((wide, dots[0]), (high, dots[1])) if per > 0]
    if wide < 1 or high < 1:
        yield PictureFault(BROKEN, f"{name} is {wide} × {high} pixels", "save it anew")
    elif wide * high > MOST_PIXELS:
        yield PictureFault(
            HUGE,
            f"{name} is {wide} × {high} pixels",
            "make it smaller: a page at 600 dots an inch is 4000 × 5700",
        )
    elif sides and (min(sides) < SMALLEST or max(sides) > LARGEST):
        said = f"{name} says that it has {dots[0]:.4g} dots an inch"
        yield PictureFault(HUGE, f"{said} and is {sides[0] * 25.4 / 72:.4g} mm wide",
                    "save it with 300 dots an inch")  # fmt: skip
    elif wide > WIDEST * high or high > HIGHEST * wide:
        which = "height" if high > wide else "width"
        fact = f"{name} is {wide} × {high} pixels: on a page in its whole {which} it is a hair line"
        yield PictureFault(HUGE, fact, "cut it into parts, and name each")
    elif wide < FEWEST:
        yield PictureFault(
            COARSE,
            f"{name} is {wide} pixels wide",
            "as wide as the text it will look coarse: 1200 pixels and more print well",
        )


def _png(name: str, data: bytes) -> Iterator[PictureFault]:
    wide, high = struct.unpack_from(">II", data, 16)
    at, pixels, dots = 8, [], (0.0, 0.0)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) < length or len(data) < at + 12 + length:
            raise IndexError
        (check,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(kind + body) != check:
            yield PictureFault(BROKEN, f"{name} is damaged", "copy it anew")
            return
        if kind == b"pHYs" and body[8:9] == b"\x01":  # dots a metre
            across, down = struct.unpack_from(">II", body)
            dots = across * 0.0254, down * 0.0254
        if kind == b"IDAT":
            pixels.append(body)
        at += 12 + length
        if kind == b"IEND":
            break
    yield from _size(name, wide, high, dots)
    if wide * high <= MOST_PIXELS:
        _unpack(b"".join(pixels), _bytes_of(wide, high, *data[24:26]))


def _bytes_of(wide: int, high: int, depth: int, colours: int) -> int:
    """The least that the pixels of a PNG take (ISO/IEC 15948, 7.2 and 11.2.1)."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colours, 1)
    return (wide * high * depth * channels + 7) // 8 + high


def _unpack(data: bytes, least: int) -> None:
    """Go through compressed ``data``, keeping nothing. Raises ``IndexError`` where it breaks off or
    is less than ``least`` bytes, ``zlib.error`` where it is damaged."""
    reader = zlib.decompressobj()
    length = 0
    while data and not reader.eof:
        length += len(reader.decompress(data, 1 << 20))
        data = reader.unconsumed_tail
    if not reader.eof or length < least:
        raise IndexError


def _jpeg(name: str, data: bytes) -> Iterator[PictureFault]:
    at, wide, high, dots = 2, 0, 0, (0.0, 0.0)
    while True:
        marker, length = struct.unpack_from(">HH", data, at)
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            high, wide = struct.unpack_from(">HH", data, at + 5)
        elif marker == 0xFFE0 and data[at + 4 : at + 9] == b"JFIF\0":
            unit, across, down = struct.unpack_from(">BHH", data, at + 11)
            per = {1: 1.0, 2: 2.54}.get(unit, 0.0)
            dots = across * per, down * per
        elif marker == 0xFFDA:
            break
        elif marker < 0xFF01:
            yield PictureFault(BROKEN, f"{name} is damaged", "save it anew")
            return
        at += 2 + length
    if data.rfind(b"\xff\xd9") < at:
        yield PictureFault(BROKEN, f"{name} breaks off", "copy it anew")
        return
    yield from _size(name, wide, high, dots)


def _pdf(name: str, data: bytes) -> Iterator[PictureFault]:
    if b"startxref" not in data[-2048:]:
        yield PictureFault(BROKEN, f"{name} breaks off", "copy it anew")
    elif b"/Encrypt" in data[-4096:]:
        yield PictureFault(FOREIGN, f"{name} is encrypted", "save it without a password")
