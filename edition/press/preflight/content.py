"""What a page draws: a small interpreter of content streams.

It follows the graphics state only as far as the checks need it: where text stands, which colours
paint, at what resolution pictures are shown, what is transparent.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

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
from edition.press.preflight.tokens import Operand, operations

Colour = tuple[str, tuple[float, ...]]  # DeviceCMYK, (0, 0, 0, 1)
_DEPTH = 12  # forms within forms; deeper nesting is a loop or an attack
_OPERATORS = 3_000_000  # on one page, forms counted each time they are drawn
_ASCENT, _DESCENT = 0.7, 0.0  # of the size: height of capitals, and the baseline


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    resolution: float  # pixels an inch, the worse of both directions
    space: str
    rect: Rect


@dataclass(slots=True)
class Content:
    """What one page draws."""

    runs: list[Rect] = field(default_factory=list)  # a string each: baseline to capitals
    colours: dict[str, set[tuple[float, ...]]] = field(default_factory=dict)
    inks: set[Colour] = field(default_factory=set)  # of text
    pictures: list[Picture] = field(default_factory=list)
    transparent: bool = False
    marks: int = 0  # painting operators: 0 is a blank page
    fonts: dict[int, DictionaryObject] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        return not self.marks and not self.faults


@dataclass(frozen=True, slots=True)
class _State:
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
    fill: Colour = ("DeviceGray", (0.0,))
    stroke: Colour = ("DeviceGray", (0.0,))


_DEVICE = {
    "g": ("DeviceGray", False),
    "G": ("DeviceGray", True),
    "rg": ("DeviceRGB", False),
    "RG": ("DeviceRGB", True),
    "k": ("DeviceCMYK", False),
    "K": ("DeviceCMYK", True),
}
_COLOURS = frozenset((*_DEVICE, "cs", "CS", "sc", "scn", "SC", "SCN"))
_TEXT = {"Tc": "spacing", "Tw": "words", "TL": "leading", "Ts": "rise"}
_MOVES = frozenset(("BT", "Td", "TD", "Tm", "T*"))
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))
_FILLS, _STROKES = {"f", "F", "f*", "b", "b*", "B", "B*"}, {"S", "s", "b", "b*", "B", "B*"}
_ABBREVIATED = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK"}


def scan(page: PageObject, advances: dict[int, Advance] | None = None) -> Content:
    """Read everything that ``page`` draws, forms included. Never raises on a broken stream: the
    fault is recorded. ``advances``: widths of fonts already read, by object number."""
    content = Content()
    reader = _Reader(content, {} if advances is None else advances)
    try:
        stream = page.get_contents()
        resources = page.get("/Resources", DictionaryObject()).get_object()
        if stream is not None:
            reader.run(stream.get_data(), resources, _State(), 0)
    except Exception as problem:  # noqa: BLE001  a broken stream is a finding, not a crash
        content.faults.append(f"{type(problem).__name__}: {problem}")
    return content


class _Reader:
    def __init__(self, content: Content, advances: dict[int, Advance]) -> None:
        self.content = content
        self.advances = advances
        self.line: Matrix = IDENTITY
        self.text: Matrix = IDENTITY
        self.left = _OPERATORS

    def run(self, data: bytes, resources: Any, state: _State, depth: int) -> None:
        saved: list[_State] = []
        for name, operands in operations(data):
            self.left -= 1
            if self.left < 0:
                raise ValueError(f"it draws more than {_OPERATORS} things")
            if name == "q":
                saved.append(state)
            elif name == "Q":
                state = saved.pop() if saved else state
            elif name in _SHOWS:
                state = self.show(name, operands, state)
            else:
                state = self.step(name, operands, resources, state, depth)

    def step(
        self, name: str, operands: list[Operand], resources: Any, state: _State, depth: int
    ) -> _State:
        if name in _MOVES:
            return self.move(name, operands, state)
        if name in _TEXT:
            value: Any = {_TEXT[name]: _numbers(operands)[0]}
            return replace(state, **value)
        if name in _COLOURS:
            return _colour(name, operands, resources, state)
        match name:
            case "cm":
                return replace(state, ctm=multiply(_matrix(operands), state.ctm))
            case "Tf":
                return self.choose(resources, operands, state)
            case "Tz":
                return replace(state, scale=_numbers(operands)[0] / 100)
            case "Tr":
                return replace(state, mode=int(_numbers(operands)[0]))
            case "gs":
                self.extended(resources, str(operands[0]))
            case "Do":
                self.object(resources, str(operands[0]), state, depth)
            case "BI":
                self.inline(operands, state)
            case "sh":
                self.shading(resources, str(operands[0]))
            case _ if name in _FILLS or name in _STROKES:
                self.drawn(name, state)
        return state

    def drawn(self, name: str, state: _State) -> None:
        self.content.marks += 1
        if name in _FILLS:
            self.paint(state.fill)
        if name in _STROKES:
            self.paint(state.stroke)

    def choose(self, resources: Any, operands: list[Operand], state: _State) -> _State:
        fonts = resources.get("/Font", DictionaryObject()).get_object()
        font = fonts.get(str(operands[0]), DictionaryObject()).get_object()
        self.content.fonts[id(font)] = font
        return replace(state, font=font, size=_numbers(operands)[0])

    def move(self, name: str, operands: list[Operand], state: _State) -> _State:
        if name == "BT":
            self.line = self.text = IDENTITY
        elif name == "Tm":
            self.line = self.text = _matrix(operands)
        else:
            x, y = (0.0, -state.leading) if name == "T*" else _numbers(operands)[:2]
            self.line = self.text = multiply((1, 0, 0, 1, x, y), self.line)
            if name == "TD":
                return replace(state, leading=-y)
        return state

    def show(self, name: str, operands: list[Operand], state: _State) -> _State:
        if name in "'\"":
            if name == '"':
                words, spacing = _numbers(operands)[:2]
                state = replace(state, words=words, spacing=spacing)
            state = self.move("T*", [], state)
        if state.font is None or not operands:
            return state
        last = operands[-1]
        parts: list[Operand] = last if isinstance(last, list) else [last]
        advance = self.advance(state.font).of(parts, state.size, state.spacing, state.words)
        across = advance * state.scale
        whole = multiply(self.text, state.ctm)
        self.text = multiply((1, 0, 0, 1, across, 0), self.text)
        low, high = _DESCENT * state.size, _ASCENT * state.size
        rect = (min(0.0, across), low + state.rise, max(0.0, across), high + state.rise)
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
            self.advances[key] = Advance(font)
        return self.advances[key]

    def paint(self, colour: Colour) -> None:
        self.content.colours.setdefault(colour[0], set()).add(colour[1])

    def extended(self, resources: Any, name: str) -> None:
        states = resources.get("/ExtGState", DictionaryObject()).get_object()
        found = states.get(name, DictionaryObject()).get_object()
        opaque = float(found.get("/ca", 1)) == 1 and float(found.get("/CA", 1)) == 1
        plain = found.get("/BM", "/Normal") in ("/Normal", "/Compatible")
        if not opaque or not plain or found.get("/SMask", "/None") != "/None":
            self.content.transparent = True

    def shading(self, resources: Any, name: str) -> None:
        known = resources.get("/Shading", DictionaryObject()).get_object()
        found = known.get(name, DictionaryObject()).get_object()
        self.content.marks += 1
        self.paint((_space_name(found.get("/ColorSpace", "none")), ()))

    def inline(self, operands: list[Operand], state: _State) -> None:
        keys = dict(zip(operands[::2], operands[1::2], strict=False)) if _flat(operands) else {}
        space = keys.get("/CS", keys.get("/ColorSpace", "none"))
        named = _ABBREVIATED.get(str(space), str(space).lstrip("/"))
        size = {"/Width": keys.get("/W", keys.get("/Width", 0)),
                "/Height": keys.get("/H", keys.get("/Height", 0))}  # fmt: skip
        self.content.marks += 1
        self.content.pictures.append(_picture("in the page's text", size, state.ctm, named))

    def object(self, resources: Any, name: str, state: _State, depth: int) -> None:
        known = resources.get("/XObject", DictionaryObject()).get_object()
        found = known.get(name, DictionaryObject()).get_object()
        if found.get("/Subtype") == "/Image":
            self.content.marks += 1
            space = _space_name(found.get("/ColorSpace", "none"))
            self.content.pictures.append(_picture(name.lstrip("/"), found, state.ctm, space))
            if "/SMask" in found:
                self.content.transparent = True
        elif isinstance(found, StreamObject):
            if depth >= _DEPTH:
                raise ValueError(f"forms are nested deeper than {_DEPTH}")
            matrix: Any = found.get("/Matrix", IDENTITY)
            ctm = multiply(_matrix([float(value) for value in matrix]), state.ctm)
            clip = state.clip
            if "/BBox" in found:
                box: Any = found["/BBox"].get_object()
                left, bottom, right, top = (float(value) for value in box)
                clip = within(bounds((left, bottom, right, top), ctm), clip)
            inner = found.get("/Resources", resources)
            state = replace(state, ctm=ctm, clip=clip)
            self.run(found.get_data(), inner.get_object(), state, depth + 1)


def _flat(operands: list[Operand]) -> bool:
    return all(isinstance(key, str) for key in operands[::2])


def _numbers(operands: list[Operand]) -> tuple[float, ...]:
    return tuple(value for value in operands if isinstance(value, float))


def _matrix(operands: list[Operand]) -> Matrix:
    a, b, c, d, e, f = _numbers(operands)[:6]
    return a, b, c, d, e, f


def _colour(name: str, operands: list[Operand], resources: Any, state: _State) -> _State:
    if name in _DEVICE:
        space, stroke = _DEVICE[name]
        value = (space, _numbers(operands))
    else:
        stroke = name[0].isupper()
        if name in ("cs", "CS"):
            value = (_space(str(operands[0]), resources), ())
        else:
            value = ((state.stroke if stroke else state.fill)[0], _numbers(operands))
    return replace(state, stroke=value) if stroke else replace(state, fill=value)


def _space(name: str, resources: Any) -> str:
    named = resources.get("/ColorSpace", DictionaryObject()).get_object().get(name)
    return _space_name(named if named is not None else name)


def _space_name(value: Any, depth: int = 0) -> str:
    """``DeviceCMYK``, ``ICCBased3``, ``Separation`` …"""
    value = value.get_object() if hasattr(value, "get_object") else value
    if isinstance(value, ArrayObject) and value:
        kind = str(value[0]).lstrip("/")
        if kind == "ICCBased":
            return f"ICCBased{int(value[1].get_object().get('/N', 0))}"
        if kind == "Indexed" and depth < _DEPTH:
            return _space_name(value[1], depth + 1)
        return kind
    return str(value).lstrip("/")


def _picture(name: str, image: Any, ctm: Matrix, space: str) -> Picture:
    width = (ctm[0] ** 2 + ctm[1] ** 2) ** 0.5
    height = (ctm[2] ** 2 + ctm[3] ** 2) ** 0.5
    across = float(image.get("/Width", 0)) * 72 / width if width else 0.0
    down = float(image.get("/Height", 0)) * 72 / height if height else 0.0
    return Picture(name, min(across, down), space, bounds((0, 0, 1, 1), ctm))
