"""Every character of a finished PDF with its place: what the proof of lines is read from.

Poppler gives words; where a line begins, how far a line is stretched and how long a dash is shows
only in single glyphs. The content streams are ours (XeTeX's), so that a small reader serves: it
follows positions, fonts and forms, and takes each glyph for what its font's ToUnicode says.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from edition.press.preflight.advance import Advance, key_of
from edition.press.preflight.geometry import IDENTITY, Matrix, multiply
from edition.press.preflight.tokens import Operand, numbers, operations
from edition.press.tounicode import mapping

PT = 72.27 / 72  # TeX points in a PDF unit
_DEPTH = 6  # forms within forms


class Glyph(NamedTuple):
    """One glyph: its characters, its left edge and baseline in TeX points from the page's top
    left corner, its size, and how far it moves the point of writing."""

    text: str
    x: float
    y: float
    size: float
    advance: float

    @property
    def right(self) -> float:
        return self.x + self.advance


GlyphPages = tuple[tuple[Glyph, ...], ...]


def read(pdf: bytes) -> GlyphPages | None:
    """Glyphs of each page in the order in which they are drawn; None for a file that is broken."""
    try:
        fonts: dict[int, _Font] = {}
        return tuple(_Reader(page, fonts).read() for page in PdfReader(BytesIO(pdf)).pages)
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


class _Font:
    """Widths and characters of one font of two-byte codes, as XeTeX writes them."""

    def __init__(self, font: DictionaryObject) -> None:
        advance = Advance(font)
        self.bytes = 2 if advance.composite else 1
        self.unit, self.widths, self.default = advance.unit, advance.widths, advance.default
        stream: Any = font.get("/ToUnicode")
        self.texts = mapping(stream.get_object().get_data()) if stream is not None else {}

    def width(self, code: int) -> float:
        """Of a glyph, in parts of the size."""
        return self.widths.get(code, self.default) * self.unit


@dataclass(slots=True)
class _State:
    ctm: Matrix
    font: _Font | None = None
    size: float = 0.0
    scale: float = 1.0

    def copy(self) -> _State:
        return _State(self.ctm, self.font, self.size, self.scale)


class _Reader:
    """Reads one page."""

    def __init__(self, page: PageObject, fonts: dict[int, _Font]) -> None:
        self.page = page
        self.fonts = fonts
        self.glyphs: list[Glyph] = []
        self.left, self.top = float(page.mediabox.left), float(page.mediabox.top)
        self.line: Matrix = IDENTITY
        self.text: Matrix = IDENTITY

    def read(self) -> tuple[Glyph, ...]:
        stream = self.page.get_contents()
        if stream is not None:
            resources = self.page.get("/Resources", DictionaryObject()).get_object()
            self._run(stream.get_data(), resources, _State(IDENTITY), 0)
        return tuple(self.glyphs)

    def _run(self, data: bytes, resources: Any, state: _State, depth: int) -> None:
        saved: list[_State] = []
        for name, operands in operations(data):
            match name:
                case "TJ" | "Tj":
                    parts = operands[-1] if operands else []
                    self._show(parts if isinstance(parts, list) else [parts], state)
                case "Td" | "TD":
                    x, y = numbers(operands)[:2]
                    self.line = self.text = multiply((1, 0, 0, 1, x, y), self.line)
                case "Tf":
                    state.font = self._font(resources, str(operands[0]))
                    state.size = numbers(operands)[0]
                case "Tm":
                    self.line = self.text = _matrix(operands)
                case "BT":
                    self.line = self.text = IDENTITY
                case "Tz":
                    state.scale = numbers(operands)[0] / 100
                case "cm":
                    state.ctm = multiply(_matrix(operands), state.ctm)
                case "q":
                    saved.append(state.copy())
                case "Q" if saved:
                    state = saved.pop()
                case "Do":
                    self._form(resources, str(operands[0]), state, depth)
                case _:
                    pass

    def _show(self, parts: list[Operand], state: _State) -> None:
        font = state.font
        if font is None:
            return
        for part in parts:
            if isinstance(part, float):
                self._move(-part / 1000 * state.size * state.scale)
                continue
            if not isinstance(part, bytes):
                continue
            for at in range(0, len(part) - font.bytes + 1, font.bytes):
                code = int.from_bytes(part[at : at + font.bytes], "big")
                step = font.width(code) * state.size * state.scale
                a, b, c, d, x, y = multiply(self.text, state.ctm)
                self.glyphs.append(
                    Glyph(
                        font.texts.get(code, "\ufffd"),
                        (x - self.left) * PT,
                        (self.top - y) * PT,
                        (c * c + d * d) ** 0.5 * state.size * PT,
                        (a * a + b * b) ** 0.5 * step * PT,
                    )
                )
                self._move(step)

    def _move(self, across: float) -> None:
        a, b, c, d, x, y = self.text
        self.text = (a, b, c, d, x + across * a, y + across * b)

    def _font(self, resources: Any, name: str) -> _Font:
        fonts: Any = resources.get("/Font", DictionaryObject()).get_object()
        font = fonts.get(name, DictionaryObject()).get_object()
        key = key_of(font)
        if key not in self.fonts:
            self.fonts[key] = _Font(font)
        return self.fonts[key]

    def _form(self, resources: Any, name: str, state: _State, depth: int) -> None:
        known: Any = resources.get("/XObject", DictionaryObject()).get_object()
        form = known.get(name, DictionaryObject()).get_object()
        if form.get("/Subtype") != "/Form" or not isinstance(form, StreamObject):
            return
        if depth < _DEPTH:
            matrix = _matrix([float(value) for value in form.get("/Matrix", IDENTITY)])
            inner: Any = form.get("/Resources", resources)
            kept = self.line, self.text
            ctm = multiply(matrix, state.ctm)
            self._run(form.get_data(), inner.get_object(), _State(ctm), depth + 1)
            self.line, self.text = kept


def _matrix(operands: list[Operand]) -> Matrix:
    a, b, c, d, e, f = numbers(operands)[:6]
    return a, b, c, d, e, f
