"""What a finished PDF shows, run by run with its place: what the proof of lines is read from.

Poppler gives words; where a line begins, how far a line is stretched and how long a dash is shows
only in the glyphs. A run is what one operator writes on one baseline, in pieces as the driver
parted it, each with its edges: within a piece glyphs stand side by side. The content streams are
ours (XeTeX's), and a page of text is almost all ``[<…>-384<…>]TJ``: such operators are taken whole
by one pattern. Whatever it does not know, pictures of others above all, goes token by token.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple

from pypdf import PageObject, __version__
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from edition.press.fontfacts import FontFacts
from edition.press.leaves import Leaves
from edition.press.preflight.advance import key_of
from edition.press.preflight.geometry import IDENTITY, Matrix, multiply
from edition.press.preflight.tokens import Operand, numbers, operations
from edition.press.quick_reader import QuickReader

PT = 72.27 / 72  # TeX points in a PDF unit
READER = f"pypdf {__version__}"  # what reads files here
_DEPTH = 6  # forms within forms
_FAR = 0.9  # em: a gap from which on what follows is a run of its own
_BROKEN = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError)

UNMARKED, ARTIFACT = -1, -2

# (characters, left edge, right edge): a plain tuple, for a book has a million
Piece = tuple[str, float, float]


class Run(NamedTuple):
    """Pieces on one baseline from left to right, and the size of their font. ``y`` is the
    baseline's; all in TeX points from the page's top left corner. ``mark``: the id of its marked
    content, :data:`UNMARKED` outside all, :data:`ARTIFACT` in what is no text."""

    y: float
    size: float
    pieces: tuple[Piece, ...]
    mark: int = UNMARKED

    @property
    def left(self) -> float:
        return self.pieces[0][1]

    @property
    def right(self) -> float:
        return self.pieces[-1][2]


Runs = tuple[Run, ...]


class DamagedError(Exception):
    """A file that cannot be read, in words."""


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except _BROKEN as problem:
        raise DamagedError(f"it is damaged ({problem})") from problem


class Finished:
    """A finished file. It and its methods raise :class:`DamagedError`."""

    def __init__(self, pdf: bytes) -> None:
        with _told():
            self.pages = Leaves(pdf, QuickReader(BytesIO(pdf)))
        self.fonts: dict[int, FontFacts] = {}
        self._contents: dict[int, bytes] = {}
        # by the identity of resources, which pages share and which live as long
        self._fonts_of: dict[int, tuple[Any, dict[str, FontFacts]]] = {}

    def content(self, index: int) -> bytes:
        """The content stream of a page (0-based)."""
        if index not in self._contents:
            with _told():
                self._contents[index] = self.pages.content(index)
        return self._contents[index]

    def resources(self, index: int) -> Any:
        with _told():
            return self.pages.resources(index)

    def boxes(self, index: int) -> tuple[str, ...]:
        """Media and crop box, rotation and unit of a page, as they are written."""
        with _told():
            return self.pages.boxes(index)

    def fonts_of(self, index: int) -> dict[str, FontFacts]:
        """The fonts of a page by the names that its content calls them."""
        with _told():
            resources = self.resources(index)
            if id(resources) not in self._fonts_of:
                listed: Any = resources.get("/Font", DictionaryObject()).get_object()
                own = {name: self.font(listed[name].get_object()) for name in listed}
                self._fonts_of[id(resources)] = resources, own
            return self._fonts_of[id(resources)][1]

    def font(self, font: DictionaryObject) -> FontFacts:
        key = key_of(font)
        if key not in self.fonts:
            self.fonts[key] = FontFacts(font)
        return self.fonts[key]

    def runs(self, index: int, *, glyphs: bool = False) -> Runs:
        """What a page shows, in the order in which it is drawn; with ``glyphs`` in pieces of one
        glyph each."""
        content, resources = self.content(index), self.resources(index)
        with _told():
            return _GlyphReader(self, self.pages[index], glyphs=glyphs).read(content, resources)


def read(pdf: bytes, *, glyphs: bool = False) -> tuple[Runs, ...] | None:
    """Runs of each page; None for a file that is damaged."""
    try:
        finished = Finished(pdf)
        return tuple(finished.runs(n, glyphs=glyphs) for n in range(len(finished.pages)))
    except DamagedError:
        return None


# --- operators as XeTeX's driver writes them ------------------------------------------------------

_N = rb"[+-]?(?:\d+\.?\d*|\.\d+)"
_PLAIN = re.compile(
    rb"\s*(?:\[([<>0-9A-Fa-f.+-]*)\]\s*TJ"
    rb"|(" + _N + rb")\s+(" + _N + rb")\s+Td"
    rb"|/([^\x00\s()<>\[\]{}/%]+)\s+(" + _N + rb")\s+Tf"
    rb"|((?:" + _N + rb"\s+)*)([A-Za-z]\*?|[A-Za-z][A-Za-z]|EMC|SCN|scn)(?=[\s\[/<(]|\Z)"
    rb"|/(\w+)\s*<<\s*(?:/MCID\s+(\d+)\s*|/Type\s*/\w+\s*)?(?:/ActualText\s*<[0-9A-Fa-f\s]*>\s*)?"
    rb">>\s*BDC"
    rb"(?=\s|\Z)"
    rb"|\Z)"
)
_PIECE = re.compile(rb"([-+.\d]*)<([0-9A-Fa-f]*)>")
_ARRAY = re.compile(rb"(?:(?:" + _N + rb")?<[0-9A-Fa-f]*>)*(" + _N + rb")?")
_INLINE = frozenset((b"BI", b"ID", b"EI"))  # a picture within the content
_IGNORED = (b"TJ", b"Tj", b"Td", b"Tf", b"TD", b"Do")  # not in the form that is known here


@dataclass(slots=True)
class _TextState:
    ctm: Matrix
    font: FontFacts | None = None
    size: float = 0.0
    scale: float = 1.0

    def copy(self) -> _TextState:
        return _TextState(self.ctm, self.font, self.size, self.scale)


class _GlyphReader:
    """Reads one page."""

    def __init__(self, file: Finished, page: PageObject, *, glyphs: bool) -> None:
        self.file = file
        self.glyphs = glyphs
        self.runs: list[Run] = []
        self.marks: list[int] = []
        self.left, self.top = float(page.mediabox.left), float(page.mediabox.top)
        self.line: Matrix = IDENTITY
        self.text: Matrix = IDENTITY

    def read(self, data: bytes, resources: Any) -> Runs:
        if not self._plain(data, resources):
            self.runs, self.line, self.text = [], IDENTITY, IDENTITY
            self.marks = []
            self._run(data, resources, _TextState(IDENTITY), 0)
        return tuple(self.runs)

    def _plain(self, data: bytes, resources: Any) -> bool:
        """Read a stream by the pattern; whether it knew all of it."""
        state, saved = _TextState(IDENTITY), list[_TextState]()
        match, at, end = _PLAIN.match, 0, len(data)
        while at < end:
            step = match(data, at)
            if step is None:
                return False
            at = step.end()
            match step.lastindex:
                case 1:
                    array = _ARRAY.fullmatch(step[1])
                    if array is None:
                        return False
                    self._show(_PIECE.findall(step[1]), state)
                    if array[1]:
                        self._move(-float(array[1]) / 1000 * state.size * state.scale)
                case 3:
                    a, b, c, d, x, y = self.line
                    across, down = float(step[2]), float(step[3])
                    self.line = self.text = (
                        a, b, c, d, across * a + down * c + x, across * b + down * d + y,
                    )  # fmt: skip
                case 5:
                    state.font = self._font(resources, "/" + step[4].decode("latin1"))
                    state.size = float(step[5])
                case 7:
                    if step[7] in _INLINE or step[7] in _IGNORED:
                        return False
                    values: list[Operand] = [float(one) for one in step[6].split()]
                    state = self._set(step[7].decode("ascii"), values, state, saved)
                case 8:
                    self._begin(step[8], None)
                case 9:
                    self._begin(step[8], int(step[9]))
                case _:
                    pass
        return True

    def _run(self, data: bytes, resources: Any, state: _TextState, depth: int) -> None:
        saved: list[_TextState] = []
        for name, operands in operations(data):
            match name:
                case "TJ" | "Tj":
                    parts = operands[-1] if operands else []
                    self._show_parts(parts if isinstance(parts, list) else [parts], state)
                case "Td" | "TD":
                    x, y = numbers(operands)[:2]
                    self.line = self.text = multiply((1, 0, 0, 1, x, y), self.line)
                case "Tf":
                    state.font = self._font(resources, str(operands[0]))
                    state.size = numbers(operands)[0]
                case "BDC" | "BMC":
                    told = list(map(str, operands))
                    at = told.index("/MCID") + 1 if "/MCID" in told else 0
                    id_ = int(float(told[at])) if 0 < at < len(told) else None
                    self._begin(told[0][1:].encode() if told else b"", id_)
                case "Do":
                    self._form(resources, str(operands[0]), state, depth)
                case _:
                    state = self._set(name, operands, state, saved)

    def _set(
        self, name: str, operands: list[Operand], state: _TextState, saved: list[_TextState]
    ) -> _TextState:
        """The state after an operator that writes nothing."""
        match name:
            case "Tm":
                self.line = self.text = _matrix(operands)
            case "BT":
                self.line = self.text = IDENTITY
            case "Tz":
                state.scale = numbers(operands)[0] / 100
            case "cm":
                state.ctm = multiply(_matrix(operands), state.ctm)
            case "EMC" if self.marks:
                self.marks.pop()
            case "q":
                saved.append(state.copy())
            case "Q" if saved:
                return saved.pop()
            case _:
                pass
        return state

    def _begin(self, tag: bytes, id_: int | None) -> None:
        """Marked content begins; what has no id belongs to that around it."""
        around = self.marks[-1] if self.marks else UNMARKED
        self.marks.append(ARTIFACT if tag == b"Artifact" else around if id_ is None else id_)

    @property
    def _mark(self) -> int:
        return self.marks[-1] if self.marks else UNMARKED

    def _show_parts(self, parts: Iterable[Operand], state: _TextState) -> None:
        """An array of :meth:`_show` as tokens."""
        pairs: list[tuple[bytes, bytes]] = []
        before = 0.0
        for part in parts:
            if isinstance(part, float):
                before += part
            elif isinstance(part, bytes):
                pairs.append((b"%r" % before if before else b"", part.hex().encode()))
                before = 0.0
        self._show(pairs, state)
        self._move(-before / 1000 * state.size * state.scale)

    def _show(self, pairs: Iterable[tuple[bytes, bytes]], state: _TextState) -> None:
        """Write strings (hexadecimal), each after a move to the left in thousandths of an em."""
        font = state.font
        if font is None or not pairs:
            return
        a, b, c, d, x, y = multiply(self.text, state.ctm)
        across = (a * a + b * b) ** 0.5 * state.scale
        em = across * state.size * PT
        size = (c * c + d * d) ** 0.5 * state.size * PT
        if b or a <= 0 or em <= 0:
            self._turned(pairs, state)
            return
        left = start = (x - self.left) * PT
        baseline = (self.top - y) * PT
        known, learn = (font.split, font.parts) if self.glyphs else (font.known, font.whole)
        unit, far = em / 1000, _FAR * em
        pieces: list[Piece] = []
        for gap, string in pairs:
            if gap:
                move = float(gap) * unit
                left -= move
                if pieces and (-move > far or left < pieces[-1][1]):
                    self.runs.append(Run(baseline, size, tuple(pieces), self._mark))
                    pieces = []
            said = known.get(string)
            for text, width in said if said is not None else learn(string):
                right = left + width * em
                if text != " ":  # it is told, and draws nothing
                    pieces.append((text, left, right))
                left = right
        if pieces:
            self.runs.append(Run(baseline, size, tuple(pieces), self._mark))
        # ``scale`` is within ``across``: back to the space of the text
        self._move((left - start) / (PT * across) * state.scale)

    def _turned(self, pairs: Iterable[tuple[bytes, bytes]], state: _TextState) -> None:
        """The same where lines do not run from left to right: a run for each glyph."""
        font = state.font
        assert font is not None
        for gap, string in pairs:
            if gap:
                self._move(-float(gap) / 1000 * state.size * state.scale)
            for text, width in font.split.get(string) or font.parts(string):
                step = width * state.size * state.scale
                a, b, c, d, x, y = multiply(self.text, state.ctm)
                left = (x - self.left) * PT
                size = (c * c + d * d) ** 0.5 * state.size * PT
                right = left + (a * a + b * b) ** 0.5 * step * PT
                self.runs.append(Run((self.top - y) * PT, size, ((text, left, right),), self._mark))
                self._move(step)

    def _move(self, across: float) -> None:
        a, b, c, d, x, y = self.text
        self.text = (a, b, c, d, x + across * a, y + across * b)

    def _font(self, resources: Any, name: str) -> FontFacts:
        fonts: Any = resources.get("/Font", DictionaryObject()).get_object()
        return self.file.font(fonts.get(name, DictionaryObject()).get_object())

    def _form(self, resources: Any, name: str, state: _TextState, depth: int) -> None:
        known: Any = resources.get("/XObject", DictionaryObject()).get_object()
        form = known.get(name, DictionaryObject()).get_object()
        if form.get("/Subtype") != "/Form" or not isinstance(form, StreamObject):
            return
        if depth < _DEPTH:
            matrix = _matrix([float(value) for value in form.get("/Matrix", IDENTITY)])
            inner: Any = form.get("/Resources", resources)
            kept = self.line, self.text
            ctm = multiply(matrix, state.ctm)
            self._run(form.get_data(), inner.get_object(), _TextState(ctm), depth + 1)
            self.line, self.text = kept


def _matrix(operands: list[Operand]) -> Matrix:
    a, b, c, d, e, f = numbers(operands)[:6]
    return a, b, c, d, e, f
