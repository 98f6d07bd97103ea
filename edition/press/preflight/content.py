"""What a page draws: a small interpreter of content streams.

It follows the graphics state only as far as the checks need it: where text stands, which colours
paint, at what resolution pictures are shown, what is transparent.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEPTH = 12  # forms within forms; deeper nesting is a loop or an attack


def multiply(a: Matrix, b: Matrix) -> Matrix:
    """``a`` applied before ``b``."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


@dataclass(frozen=True, slots=True)
class Run:
    """One string shown: from (x0, y) to (x1, y) on the page, in PDF units."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    resolution: float  # pixels an inch, the worse of both directions
    space: str


@dataclass(slots=True)
class Content:
    """What one page draws."""

    runs: list[Run] = field(default_factory=list)
    colours: dict[str, set[tuple[float, ...]]] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    transparent: bool = False
    marks: int = 0  # painting operators: 0 is a blank page
    fonts: dict[int, DictionaryObject] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    ctm: Matrix = IDENTITY
    font: DictionaryObject | None = None
    size: float = 0.0
    spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    fill: tuple[str, tuple[float, ...]] = ("DeviceGray", (0.0,))
    stroke: tuple[str, tuple[float, ...]] = ("DeviceGray", (0.0,))


_DEVICE = {
    "g": ("DeviceGray", False),
    "G": ("DeviceGray", True),
    "rg": ("DeviceRGB", False),
    "RG": ("DeviceRGB", True),
    "k": ("DeviceCMYK", False),
    "K": ("DeviceCMYK", True),
}
_FILLS, _STROKES = {"f", "F", "f*", "b", "b*", "B", "B*"}, {"S", "s", "b", "b*", "B", "B*"}


def scan(page: PageObject) -> Content:
    """Read everything that ``page`` draws, forms included. Never raises on a broken stream: the
    fault is recorded."""
    content = Content()
    reader = _Reader(content)
    try:
        stream = page.get_contents()
        resources = page.get("/Resources", DictionaryObject()).get_object()
        if stream is not None:
            reader.run(stream, resources, _State(), 0)
    except Exception as problem:  # noqa: BLE001  a broken stream is a finding, not a crash
        content.faults.append(f"{type(problem).__name__}: {problem}")
    return content


class _Widths:
    """Advance of a string in a font, in thousandths of the size."""

    def __init__(self, font: DictionaryObject) -> None:
        self.composite = font.get("/Subtype") == "/Type0"
        self.widths: dict[int, float] = {}
        self.default = 1000.0 if self.composite else 500.0
        if self.composite:
            self._composite(font["/DescendantFonts"][0].get_object())  # type: ignore[index]
        else:
            first = int(font.get("/FirstChar", 0))
            listed = font.get("/Widths", ArrayObject()).get_object()
            self.widths = {first + at: float(width) for at, width in enumerate(listed)}

    def _composite(self, descendant: DictionaryObject) -> None:
        self.default = float(descendant.get("/DW", 1000))
        listed = list(descendant.get("/W", ArrayObject()).get_object())
        at = 0
        while at + 1 < len(listed):
            first, second = int(listed[at]), listed[at + 1].get_object()
            if isinstance(second, ArrayObject):
                for step, width in enumerate(second):
                    self.widths[first + step] = float(width)
                at += 2
            else:
                width = float(listed[at + 2])
                for code in range(first, min(int(second), first + 65535) + 1):
                    self.widths[code] = width
                at += 3

    def of(self, data: bytes) -> float:
        step = 2 if self.composite else 1
        codes = (int.from_bytes(data[at : at + step]) for at in range(0, len(data), step))
        return sum(self.widths.get(code, self.default) for code in codes)

    def count(self, data: bytes) -> int:
        return len(data) // 2 if self.composite else len(data)


class _Reader:
    def __init__(self, content: Content) -> None:
        self.content = content
        self.widths: dict[int, _Widths] = {}
        self.line: Matrix = IDENTITY
        self.text: Matrix = IDENTITY

    def run(self, stream: Any, resources: Any, state: _State, depth: int) -> None:
        if not isinstance(stream, ContentStream):
            stream = ContentStream(stream, None)
        saved: list[_State] = []
        for operands, operator in stream.operations:
            name = operator.decode("latin1") if isinstance(operator, bytes) else str(operator)
            if name == "q":
                saved.append(state)
            elif name == "Q":
                state = saved.pop() if saved else state
            else:
                state = self.step(name, operands, resources, state, depth)

    def step(self, name: str, operands: Any, resources: Any, state: _State, depth: int) -> _State:
        if name == "cm":
            matrix: Any = tuple(float(value) for value in operands)
            return replace(state, ctm=multiply(matrix, state.ctm))
        if name in _DEVICE or name in ("cs", "CS", "sc", "scn", "SC", "SCN"):
            return _colour(name, operands, resources, state)
        if name in ("Tf", "Tc", "Tz", "TL", "Td", "TD", "Tm", "T*", "BT"):
            return self.move(name, operands, resources, state)
        if name in ("Tj", "TJ", "'", '"'):
            self.show(name, operands, state)
        elif name in _FILLS or name in _STROKES or name == "sh":
            if name in _FILLS:
                self.paint(state.fill)
            if name in _STROKES:
                self.paint(state.stroke)
            self.content.marks += 1
        elif name == "gs":
            self.extended(resources, str(operands[0]))
        elif name == "Do":
            self.object(resources, str(operands[0]), state, depth)
        elif name == "INLINE IMAGE":
            self.content.marks += 1
        return state

    def move(self, name: str, operands: Any, resources: Any, state: _State) -> _State:
        match name:
            case "BT":
                self.line = self.text = IDENTITY
            case "Tf":
                fonts = resources.get("/Font", DictionaryObject()).get_object()
                font = fonts.get(str(operands[0]), DictionaryObject()).get_object()
                self.content.fonts[id(font)] = font
                return replace(state, font=font, size=float(operands[1]))
            case "Tc":
                return replace(state, spacing=float(operands[0]))
            case "Tz":
                return replace(state, scale=float(operands[0]) / 100)
            case "TL":
                return replace(state, leading=float(operands[0]))
            case "Tm":
                matrix: Any = tuple(float(value) for value in operands)
                self.line = self.text = matrix
            case _:
                x, y = (
                    (0.0, -state.leading)
                    if name == "T*"
                    else (float(operands[0]), float(operands[1]))
                )
                self.line = self.text = multiply((1, 0, 0, 1, x, y), self.line)
                if name == "TD":
                    return replace(state, leading=-y)
        return state

    def show(self, name: str, operands: Any, state: _State) -> None:
        parts = operands[0] if name == "TJ" else [operands[-1]]
        if state.font is None:
            return
        widths = self.widths.setdefault(id(state.font), _Widths(state.font))
        advance = 0.0
        for part in parts:
            if isinstance(part, (int, float)):
                advance -= float(part) / 1000 * state.size
            else:
                data = part.original_bytes if hasattr(part, "original_bytes") else bytes(part)
                advance += widths.of(data) / 1000 * state.size + state.spacing * widths.count(data)
        start = multiply(self.text, state.ctm)
        self.text = multiply((1, 0, 0, 1, advance * state.scale, 0), self.text)
        end = multiply(self.text, state.ctm)
        self.content.runs.append(Run(min(start[4], end[4]), max(start[4], end[4]), start[5]))
        self.content.marks += 1
        self.paint(state.fill)

    def paint(self, colour: tuple[str, tuple[float, ...]]) -> None:
        self.content.colours.setdefault(colour[0], set()).add(colour[1])

    def extended(self, resources: Any, name: str) -> None:
        states = resources.get("/ExtGState", DictionaryObject()).get_object()
        found = states.get(name, DictionaryObject()).get_object()
        opaque = float(found.get("/ca", 1)) == 1 and float(found.get("/CA", 1)) == 1
        plain = found.get("/BM", "/Normal") in ("/Normal", "/Compatible")
        if not opaque or not plain or found.get("/SMask", "/None") != "/None":
            self.content.transparent = True

    def object(self, resources: Any, name: str, state: _State, depth: int) -> None:
        known = resources.get("/XObject", DictionaryObject()).get_object()
        found = known.get(name, DictionaryObject()).get_object()
        if found.get("/Subtype") == "/Image":
            self.content.marks += 1
            self.content.pictures.append(_picture(name, found, state.ctm))
            if "/SMask" in found:
                self.content.transparent = True
        elif isinstance(found, StreamObject):
            if depth >= _DEPTH:
                self.content.faults.append(f"forms are nested deeper than {_DEPTH}")
                return
            matrix: Any = tuple(float(value) for value in found.get("/Matrix", IDENTITY))
            inner = found.get("/Resources", resources)
            state = replace(state, ctm=multiply(matrix, state.ctm))
            self.run(found, inner.get_object(), state, depth + 1)


def _numbers(operands: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in operands if isinstance(value, (int, float)))


def _colour(name: str, operands: Any, resources: Any, state: _State) -> _State:
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


def _space_name(value: Any) -> str:
    """``DeviceCMYK``, ``ICCBased3``, ``Separation`` …"""
    value = value.get_object() if hasattr(value, "get_object") else value
    if isinstance(value, ArrayObject) and value:
        kind = str(value[0]).lstrip("/")
        if kind == "ICCBased":
            return f"ICCBased{int(value[1].get_object().get('/N', 0))}"
        if kind == "Indexed":
            return _space_name(value[1])
        return kind
    return str(value).lstrip("/")


def _picture(name: str, image: DictionaryObject, ctm: Matrix) -> Picture:
    width = (ctm[0] ** 2 + ctm[1] ** 2) ** 0.5
    height = (ctm[2] ** 2 + ctm[3] ** 2) ** 0.5
    across = float(image.get("/Width", 0)) * 72 / width if width else 0.0
    down = float(image.get("/Height", 0)) * 72 / height if height else 0.0
    return Picture(name, min(across, down), _space_name(image.get("/ColorSpace", "none")))
