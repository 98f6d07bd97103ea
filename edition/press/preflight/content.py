"""What a page draws: a small interpreter of content streams.

It follows the graphics state only as far as the checks need it: where text stands, which colours
paint, at what resolution pictures are shown, what is transparent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import DictionaryObject, StreamObject

from edition.press.preflight import paints
from edition.press.preflight.advance import Advance, key_of
from edition.press.preflight.geometry import (
    EVERYWHERE,
    IDENTITY,
    Matrix,
    Rect,
    bounds,
    multiply,
    within,
)
from edition.press.preflight.paints import BLACK, Colour, PaintedPicture
from edition.press.preflight.report import told
from edition.press.preflight.tokens import Operand, numbers, operations

_DEPTH = 12  # forms within forms; deeper nesting is a loop or an attack
_OPERATORS = 3_000_000  # on one page, forms counted each time they are drawn
_FAULTS = 3  # told of one page
_ASCENT, _DESCENT = 0.7, 0.0  # of the size: height of capitals, and the baseline


class _EndlessError(Exception):
    """A page that draws without end."""


@dataclass(slots=True)
class Content:
    """What one page draws."""

    runs: list[Rect] = field(default_factory=list)  # a string each: baseline to capitals
    colours: dict[str, set[tuple[float, ...]]] = field(default_factory=dict)
    inks: set[Colour] = field(default_factory=set)  # of text
    pictures: list[PaintedPicture] = field(default_factory=list)
    spots: set[str] = field(default_factory=set)  # names of inks beside the four
    thinnest: float = math.inf  # of lines, in units of the page
    transparent: bool = False
    marks: int = 0  # painting operators: 0 is a blank page
    fonts: dict[int, DictionaryObject] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        return not self.marks and not self.faults


@dataclass(frozen=True, slots=True)
class _GraphicsState:
    ctm: Matrix = IDENTITY
    clip: Rect = EVERYWHERE
    font: DictionaryObject | None = None
    size: float = 0.0
    spacing: float = 0.0
    words: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0  # of lines; 0: the thinnest that the device draws


_TEXT = {"Tc": "spacing", "Tw": "words", "TL": "leading", "Ts": "rise"}
_MOVES = frozenset(("BT", "Td", "TD", "Tm", "T*"))
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))
_FILLS, _STROKES = {"f", "F", "f*", "b", "b*", "B", "B*"}, {"S", "s", "b", "b*", "B", "B*"}


def scan(page: PageObject, advances: dict[int, Advance] | None = None) -> Content:
    """Read everything that ``page`` draws, forms included. Never raises on a broken stream: the
    fault is recorded. ``advances``: widths of fonts already read, by object number."""
    content = Content()
    reader = _ContentReader(content, {} if advances is None else advances)
    try:
        stream = page.get_contents()
        resources = page.get("/Resources", DictionaryObject()).get_object()
        if stream is not None:
            reader.run(stream.get_data(), resources, _GraphicsState(), 0)
    except Exception as problem:  # noqa: BLE001  a broken stream is a finding, not a crash
        reader.fault(told(problem))
    return content


class _ContentReader:
    def __init__(self, content: Content, advances: dict[int, Advance]) -> None:
        self.content = content
        self.advances = advances
        self.line: Matrix = IDENTITY
        self.text: Matrix = IDENTITY
        self.left = _OPERATORS
        self.bars: list[float] = []  # the lesser sides of rectangles of the path

    def run(self, data: bytes, resources: Any, state: _GraphicsState, depth: int) -> None:
        saved: list[_GraphicsState] = []
        for name, operands in operations(data):
            self.left -= 1
            if self.left < 0:
                raise _EndlessError(f"it draws more than {_OPERATORS} things")
            try:
                if name == "q":
                    saved.append(state)
                elif name == "Q":
                    state = saved.pop() if saved else state
                elif name in _SHOWS:
                    state = self.show(name, operands, state)
                else:
                    state = self.step(name, operands, resources, state, depth)
            except _EndlessError:
                raise
            except Exception as problem:  # noqa: BLE001  a broken operator is a finding
                unfit = isinstance(problem, ValueError | TypeError | LookupError | AttributeError)
                fact = "its operands do not fit" if unfit else told(problem)
                self.fault(f"operator {name}: {fact}")

    def fault(self, text: str) -> None:
        """Note what broke; the rest of the page is read as viewers do."""
        if len(self.content.faults) < _FAULTS:
            self.content.faults.append(text)

    def step(
        self, name: str, operands: list[Operand], resources: Any, state: _GraphicsState, depth: int
    ) -> _GraphicsState:
        if name in _MOVES:
            return self.move(name, operands, state)
        if name in _TEXT:
            value: Any = {_TEXT[name]: numbers(operands)[0]}
            return replace(state, **value)
        if name in paints.OPERATORS:
            if name in ("cs", "CS"):
                self.content.spots |= paints.spots(paints.named(str(operands[0]), resources))
            fill, stroke = paints.chosen(name, operands, resources, state.fill, state.stroke)
            return replace(state, fill=fill, stroke=stroke)
        match name:
            case "cm":
                return replace(state, ctm=multiply(_matrix(operands), state.ctm))
            case "Tf":
                return self.choose(resources, operands, state)
            case "Tz":
                return replace(state, scale=numbers(operands)[0] / 100)
            case "Tr":
                return replace(state, mode=int(numbers(operands)[0]))
            case "gs":
                return self.extended(resources, str(operands[0]), state)
            case "w":
                return replace(state, width=numbers(operands)[0])
            case "re":
                self.bars.append(_lesser(numbers(operands)[2:4], state.ctm))
            case "m" | "l" | "c" | "v" | "y":
                self.bars = [math.inf]  # no plain bar any more
            case "n":
                self.bars = []
            case "Do":
                self.object(resources, str(operands[0]), state, depth)
            case "BI":
                self.content.marks += 1
                self.content.pictures.append(paints.inline(operands, state.ctm))
            case "sh":
                self.shading(resources, str(operands[0]))
            case _ if name in _FILLS or name in _STROKES:
                self.drawn(name, state)
            case _:
                pass
        return state

    def drawn(self, name: str, state: _GraphicsState) -> None:
        self.content.marks += 1
        if name in _FILLS:
            self.paint(state.fill)
            self.thin(*self.bars)
        if name in _STROKES:
            self.paint(state.stroke)
            self.thin(state.width * _scale(state.ctm))
        self.bars = []

    def thin(self, *widths: float) -> None:
        self.content.thinnest = min(self.content.thinnest, *widths, math.inf)

    def choose(
        self, resources: Any, operands: list[Operand], state: _GraphicsState
    ) -> _GraphicsState:
        fonts = resources.get("/Font", DictionaryObject()).get_object()
        font = fonts.get(str(operands[0]), DictionaryObject()).get_object()
        return replace(state, font=font, size=numbers(operands)[0])

    def move(self, name: str, operands: list[Operand], state: _GraphicsState) -> _GraphicsState:
        if name == "BT":
            self.line = self.text = IDENTITY
        elif name == "Tm":
            self.line = self.text = _matrix(operands)
        else:
            x, y = (0.0, -state.leading) if name == "T*" else numbers(operands)[:2]
            self.line = self.text = multiply((1, 0, 0, 1, x, y), self.line)
            if name == "TD":
                return replace(state, leading=-y)
        return state

    def show(self, name: str, operands: list[Operand], state: _GraphicsState) -> _GraphicsState:
        if name in "'\"":
            if name == '"':
                words, spacing = numbers(operands)[:2]
                state = replace(state, words=words, spacing=spacing)
            state = self.move("T*", [], state)
        if state.font is None or not operands:
            return state
        self.content.fonts[id(state.font)] = state.font
        last = operands[-1]
        parts: list[Operand] = last if isinstance(last, list) else [last]
        advance = self.advance(state.font)
        moved = advance.of(parts, state.size, state.spacing, state.words)
        whole = multiply(self.text, state.ctm)
        if advance.vertical:  # downwards, the point of writing in the middle of the column
            half = state.size * state.scale / 2
            rect = (-half, min(0.0, moved), half, max(0.0, moved))
            self.text = multiply((1, 0, 0, 1, 0, moved), self.text)
        else:
            across = moved * state.scale
            low, high = _DESCENT * state.size, _ASCENT * state.size
            rect = (min(0.0, across), low + state.rise, max(0.0, across), high + state.rise)
            self.text = multiply((1, 0, 0, 1, across, 0), self.text)
        if state.mode in (3, 7):  # invisible: the text of a scan
            return state
        seen = within(bounds(rect, whole), state.clip)
        if seen[0] <= seen[2] and seen[1] <= seen[3]:
            self.content.runs.append(seen)
            self.content.marks += 1
            ink = state.stroke if state.mode in (1, 5) else state.fill
            self.content.inks.add(ink)
            self.paint(ink)
        return state

    def advance(self, font: DictionaryObject) -> Advance:
        key = key_of(font)
        if key not in self.advances:
            try:
                self.advances[key] = Advance(font)
            except Exception as problem:  # noqa: BLE001  a broken font is a finding
                self.fault(f"widths of a font: {told(problem)}")
                self.advances[key] = Advance(DictionaryObject())
        return self.advances[key]

    def paint(self, colour: Colour) -> None:
        self.content.colours.setdefault(colour[0], set()).add(colour[1])

    def extended(self, resources: Any, name: str, state: _GraphicsState) -> _GraphicsState:
        states = resources.get("/ExtGState", DictionaryObject()).get_object()
        found = states.get(name, DictionaryObject()).get_object()
        opaque = float(found.get("/ca", 1)) == 1 and float(found.get("/CA", 1)) == 1
        plain = found.get("/BM", "/Normal") in ("/Normal", "/Compatible")
        if not opaque or not plain or found.get("/SMask", "/None") != "/None":
            self.content.transparent = True
        return replace(state, width=float(found.get("/LW", state.width)))

    def shading(self, resources: Any, name: str) -> None:
        known = resources.get("/Shading", DictionaryObject()).get_object()
        found = known.get(name, DictionaryObject()).get_object()
        self.content.marks += 1
        space = found.get("/ColorSpace", "none")
        self.content.spots |= paints.spots(space)
        self.paint((paints.space_name(space), ()))

    def object(self, resources: Any, name: str, state: _GraphicsState, depth: int) -> None:
        known = resources.get("/XObject", DictionaryObject()).get_object()
        found = known.get(name, DictionaryObject()).get_object()
        if found.get("/Subtype") == "/Image":
            self.image(name.lstrip("/"), found, state)
        elif isinstance(found, StreamObject):
            if depth >= _DEPTH:
                raise _EndlessError(f"forms are nested deeper than {_DEPTH}")
            self.form(found, resources, state, depth)

    def image(self, name: str, image: Any, state: _GraphicsState) -> None:
        self.content.marks += 1
        self.content.pictures.append(paints.picture(name, image, state.ctm))
        self.content.spots |= paints.spots(image.get("/ColorSpace", "none"))
        if image.get("/ImageMask"):  # a stencil, painted through in the colour of fills
            self.paint(state.fill)
        if "/SMask" in image:
            self.content.transparent = True

    def form(self, form: StreamObject, resources: Any, state: _GraphicsState, depth: int) -> None:
        matrix: Any = form.get("/Matrix", IDENTITY)
        ctm = multiply(_matrix([float(value) for value in matrix]), state.ctm)
        clip = state.clip
        if "/BBox" in form:
            box: Any = form["/BBox"].get_object()
            left, bottom, right, top = (float(value) for value in box)
            clip = within(bounds((left, bottom, right, top), ctm), clip)
        inner = form.get("/Resources", resources)
        state = replace(state, ctm=ctm, clip=clip)
        self.run(form.get_data(), inner.get_object(), state, depth + 1)


def _matrix(operands: list[Operand]) -> Matrix:
    a, b, c, d, e, f = numbers(operands)[:6]
    return a, b, c, d, e, f


def _scale(ctm: Matrix) -> float:
    """By how much lines grow that are drawn under ``ctm``: the mean of both directions."""
    return math.sqrt(abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]))


def _lesser(sides: tuple[float, ...], ctm: Matrix) -> float:
    """The lesser side of a rectangle as ``ctm`` draws it; one without a side is not drawn."""
    across = abs(sides[0]) * math.hypot(ctm[0], ctm[1])
    high = abs(sides[1]) * math.hypot(ctm[2], ctm[3])
    return min(across, high) or math.inf
