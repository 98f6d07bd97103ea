"""What a page paints with: colours by the names of their spaces, and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject

from edition.press.preflight.geometry import Matrix, Rect, bounds
from edition.press.preflight.tokens import Operand, numbers

Colour = tuple[str, tuple[float, ...]]  # DeviceCMYK, (0, 0, 0, 1)
BLACK: Colour = ("DeviceGray", (0.0,))
_DEPTH = 12  # spaces on top of spaces; deeper nesting is a loop or an attack
# operator → space, and whether it is for strokes
_DEVICE = {
    "g": ("DeviceGray", False),
    "G": ("DeviceGray", True),
    "rg": ("DeviceRGB", False),
    "RG": ("DeviceRGB", True),
    "k": ("DeviceCMYK", False),
    "K": ("DeviceCMYK", True),
}
# inks of the process, and what stands for all of them (crop marks) or for none
_PROCESS = {"Cyan", "Magenta", "Yellow", "Black", "All", "None"}
OPERATORS = frozenset((*_DEVICE, "cs", "CS", "sc", "scn", "SC", "SCN"))
_ABBREVIATED = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK"}


@dataclass(frozen=True, slots=True)
class PaintedPicture:
    name: str
    resolution: float  # pixels an inch, the worse of both directions
    space: str
    rect: Rect


def chosen(
    name: str, operands: list[Operand], resources: Any, fill: Colour, stroke: Colour
) -> tuple[Colour, Colour]:
    """Fill and stroke after the operator ``name`` of :data:`OPERATORS`."""
    if name in _DEVICE:
        space, strokes = _DEVICE[name]
        value: Colour = (space, numbers(operands))
    else:
        strokes = name[0].isupper()
        if name in ("cs", "CS"):
            value = (space_name(named(str(operands[0]), resources)), ())
        else:
            value = ((stroke if strokes else fill)[0], numbers(operands))
    return (fill, value) if strokes else (value, stroke)


def named(name: str, resources: Any) -> Any:
    """The colour space that ``resources`` call ``name``; ``name`` itself where they have none."""
    space = resources.get("/ColorSpace", DictionaryObject()).get_object().get(name)
    return space if space is not None else name


def spots(value: Any, depth: int = 0) -> set[str]:
    """Names of the inks of a colour space that are none of the four of the process."""
    value = value.get_object() if hasattr(value, "get_object") else value
    if not isinstance(value, ArrayObject) or len(value) < 2 or depth >= _DEPTH:
        return set()
    kind, inner = str(value[0]), value[1].get_object()
    if kind == "/Indexed":
        return spots(inner, depth + 1)
    if kind == "/Separation":
        return {str(inner).lstrip("/")} - _PROCESS
    if kind == "/DeviceN":
        return {str(one).lstrip("/") for one in inner} - _PROCESS
    return set()


def space_name(value: Any, depth: int = 0) -> str:
    """``DeviceCMYK``, ``ICCBased3``, ``Separation`` …"""
    value = value.get_object() if hasattr(value, "get_object") else value
    if isinstance(value, ArrayObject) and value:
        kind = str(value[0]).lstrip("/")
        if kind == "ICCBased":
            return f"ICCBased{int(value[1].get_object().get('/N', 0))}"
        if kind == "Indexed" and depth < _DEPTH:
            return space_name(value[1], depth + 1)
        return kind
    return str(value).lstrip("/")


def picture(name: str, image: Any, ctm: Matrix) -> PaintedPicture:
    """An image object as the matrix ``ctm`` shows it."""
    return _shown(name, image, ctm, space_name(image.get("/ColorSpace", "none")))


def inline(operands: list[Operand], ctm: Matrix) -> PaintedPicture:
    """The same for an image that stands among the operators."""
    flat = all(isinstance(key, str) for key in operands[::2])
    keys: dict[Any, Any] = dict(zip(operands[::2], operands[1::2], strict=False)) if flat else {}
    space = keys.get("/CS", keys.get("/ColorSpace", "none"))
    size = {"/Width": keys.get("/W", keys.get("/Width", 0)),
            "/Height": keys.get("/H", keys.get("/Height", 0))}  # fmt: skip
    named = _ABBREVIATED.get(str(space), str(space).lstrip("/"))
    return _shown("in the page's text", size, ctm, named)


def _shown(name: str, image: Any, ctm: Matrix, space: str) -> PaintedPicture:
    width = (ctm[0] ** 2 + ctm[1] ** 2) ** 0.5
    height = (ctm[2] ** 2 + ctm[3] ** 2) ** 0.5
    across = float(image.get("/Width", 0)) * 72 / width if width else 0.0
    down = float(image.get("/Height", 0)) * 72 / height if height else 0.0
    return PaintedPicture(name, min(across, down), space, bounds((0, 0, 1, 1), ctm))
